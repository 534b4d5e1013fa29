"""The editor of maps with mouse and keyboard: what is dragged, drawn and commented on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .maps import MAP, open_editor, step, workspace_with_map
from .serving import Server, serving


@pytest.fixture(scope="module")
def server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(workspace_with_map(tmp_path_factory.mktemp("drawn")), "--sign-in-as-demo") as server:
        yield server


@pytest.fixture
def editor(context: BrowserContext, server: Server) -> Page:
    return open_editor(context, server.address)


def names(page: Page) -> list[str]:
    """The ids of the steps, as they stand."""
    places = page.locator("[data-place^='step:']")
    return [str(each.get_attribute("data-place")).removeprefix("step:") for each in places.all()]


def drag(page: Page, start: Locator, end: Locator, *, to: float = 0.5) -> None:
    """With the mouse, from the middle of one element to a share of another one's width."""
    start.hover()
    page.mouse.down()
    box = end.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + to * box["width"], box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()


def test_a_step_is_dragged_to_another_place_and_undone(editor: Page) -> None:
    before = names(editor)
    step(editor, 0).hover()
    drag(editor, step(editor, 0).locator("[data-grip]"), step(editor, 1), to=0.9)
    assert names(editor)[:2] == [before[1], before[0]]
    editor.keyboard.press("Control+z")
    assert names(editor) == before


def test_a_way_is_drawn_from_a_step_to_an_earlier_one_and_taken_away_again(editor: Page) -> None:
    told = (str(step(editor, number).get_attribute("aria-label")).split(", ")[0][6:] for number in (2, 0))
    loop = re.compile("From “{}” back to “{}”".format(*map(re.escape, told)))
    ways = editor.get_by_role("img", name="Ways: branches and loops")
    handle = step(editor, 2).locator("[data-way]")
    step(editor, 2).hover()
    drag(editor, handle, step(editor, 0))
    expect(ways).to_have_accessible_name(loop)
    expect(step(editor, 2)).to_be_focused()
    drag(editor, handle, step(editor, 0))
    expect(editor.get_by_role("img", name=loop)).to_have_count(0)


def test_a_comment_on_a_cell_is_marked_in_the_editor_and_on_the_drawing(editor: Page, server: Server) -> None:
    cell = editor.locator("[data-place^='cell:']").first
    cell.focus()
    editor.keyboard.press("Alt+c")
    expect(editor.get_by_role("textbox", name="Write a comment; @ names somebody")).to_be_focused()
    editor.keyboard.type("Is that so?")
    editor.keyboard.press("Control+Enter")
    expect(cell.get_by_role("button", name="1 open comment")).to_be_visible()
    editor.goto(f"{server.address}/maps/{MAP}")
    editor.get_by_role("button", name=re.compile("^1 open comment: ")).click()
    comments = editor.get_by_role("region", name="Comments")
    expect(comments.get_by_text("Is that so?")).to_be_visible()
    comments.get_by_role("button", name="Settle").click()
    expect(editor.get_by_role("button", name=re.compile("^1 open comment: "))).to_have_count(0)
