"""Keeping maps on screen: what the head of a map says, maps below each other, and how it is beside how it shall be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .looking import no_faults
from .maps import MAP, open_editor, step, workspace_with_map
from .serving import Server, serving

TITLE = "I shop, and keep what I bought"


@pytest.fixture(scope="module")
def server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(workspace_with_map(tmp_path_factory.mktemp("kept")), "--sign-in-as-demo") as server:
        yield server


def test_a_map_is_kept_placed_and_drawn_as_it_shall_be_without_a_file(context: BrowserContext, server: Server) -> None:
    page = open_editor(context, server.address)
    with no_faults(page):
        name_the_map(page, server)
        say_whom_it_is_about(page)
        review(page)
        draw_in_detail(page)
        go_down_and_up_again(page)
        see_what_was_changed(page)
        draw_the_future(page)
        change_the_future(page)
        see_both(page)
        find_it_in_the_library(page, server)


def name_the_map(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/maps/{MAP}/edit?at=map")
    page.get_by_role("textbox", name="Name", exact=True).fill(TITLE)
    page.get_by_role("combobox", name="Level").click()
    page.get_by_role("option", name="Life cycle").click()


def say_whom_it_is_about(page: Page) -> None:
    scope = page.get_by_role("group", name="Whom the map is about")
    scope.get_by_role("textbox", name="Market").or_(scope.get_by_role("combobox", name="Market")).fill("UK")
    page.get_by_role("combobox", name="Tags").fill("kept")
    page.keyboard.press("Enter")


def review(page: Page) -> None:
    reviewing = page.get_by_role("group", name="Review")
    reviewing.get_by_role("button", name="Reviewed today").click()
    expect(reviewing.get_by_text(re.compile(r"^Reviewed on \d+ \w+ \d{4} by Demo$"))).to_be_visible()


def draw_in_detail(page: Page) -> None:
    """A step gets a map of its own, which its column opens."""
    step(page, 0).click()
    page.get_by_role("button", name="New map of this step").click()
    expect(step(page, 0).get_by_role("link", name=re.compile("^Open in detail: "))).to_be_visible()


def go_down_and_up_again(page: Page) -> None:
    page.get_by_role("link", name="To the map").click()
    drawing = page.get_by_role("region", name="Drawing of the map")
    drawing.get_by_role("link", name=re.compile("^Open in detail: ")).click()
    above = page.get_by_role("navigation", name="Maps above this one")
    above.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def see_what_was_changed(page: Page) -> None:
    page.get_by_role("button", name="Versions").click()
    versions = page.get_by_role("region", name="Versions")
    versions.get_by_role("button", name="What version 2 changed").click()
    expect(versions.get_by_text("Edited", exact=True).first).to_be_visible()
    expect(versions.get_by_text("Map: reviewed by")).to_be_visible()
    page.get_by_role("button", name="Versions").click()


def draw_the_future(page: Page) -> None:
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Draw the future state").click()
    expect(page.get_by_role("heading", level=1, name=f"{TITLE} (as it shall be)")).to_be_visible()


def change_the_future(page: Page) -> None:
    page.get_by_role("link", name="Edit").click()
    step(page, 1).click()
    page.keyboard.press("Delete")
    page.get_by_role("link", name="To the map").click()


def see_both(page: Page) -> None:
    """The step that goes says so; the others are the same."""
    page.get_by_role("link", name="As is beside shall be").click()
    expect(page.get_by_role("cell", name="goes")).to_have_count(1)
    page.get_by_role("switch", name="Only what is different").click()
    expect(page.get_by_role("cell", name="the same")).to_have_count(0)
    page.get_by_text("Drawings", exact=True).click()
    expect(page.get_by_role("region", name="Drawing of the map")).to_have_count(2)


def find_it_in_the_library(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/maps?scope=market:UK&view=tree")
    tree = page.get_by_role("list", name="Maps")
    expect(tree.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name=f"More: {TITLE}", exact=True).click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(page.get_by_role("heading", level=1, name=f"{TITLE} (copy)")).to_be_visible()
