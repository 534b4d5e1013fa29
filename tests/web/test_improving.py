"""From an empty map to a task that is done: an opportunity typed on the map, rated, solved, and told by the history of the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from desireline.app.workspace import create
from desireline.maps import Document
from desireline.maps.storing import save

from .looking import settle
from .serving import Server, serving

HOW = "How might we ship faster?"
MAP = """\
desireline: map/1
id: shop
title: I shop
phases:
  - id: get
    name: Get it
    steps: [{id: order, name: I order}]
lanes:
  - {id: pains, role: pains, cells: [{id: slow, step: order, claims: [It takes a week]}]}
  - {id: chances, role: opportunities}
"""


@pytest.fixture
def server(chromium: Browser, tmp_path: Path) -> Iterator[Server]:
    save(create(tmp_path / "workspace"), Document(MAP), author="Ada")
    with serving(tmp_path / "workspace", "--sign-in-as-demo") as server:
        yield server


def test_what_is_typed_on_a_map_is_rated_solved_and_done_and_its_history_tells_it(page: Page, server: Server) -> None:
    type_opportunity(page, server)
    rate_and_solve(page, server)
    do_task(page, server)
    history = page.goto(f"{server.address}/maps/shop?panel=versions")
    assert history is not None
    for label in (
        "Edited",
        f"Opportunity “{HOW}”: value for customers 5, value for the business 4, effort 2",
        "Solution “Ship from the shop” added",
        "Task “Ask the shops” added",
    ):
        expect(page.get_by_text(label, exact=True).first).to_be_visible()


def type_opportunity(page: Page, server: Server) -> None:
    """In its lane, and say which pain is behind it."""
    page.goto(f"{server.address}/maps/shop/edit")
    cell = page.locator("[data-place='cell:chances/order']")
    cell.dblclick()
    page.keyboard.type(HOW)
    page.keyboard.press("Enter")
    opportunity = page.get_by_role("group", name="Opportunities").get_by_role("group", name=HOW)
    choose(page, opportunity.get_by_role("combobox", name="Pains behind it"), "It takes a week (I order)")
    page.keyboard.press("Escape")
    cell.click()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Version 2")).to_be_visible()


def rate_and_solve(page: Page, server: Server) -> None:
    """Where all opportunities stand: it is in the matrix as soon as it has a value and an effort."""
    page.goto(f"{server.address}/improve")
    settle(page)
    page.get_by_role("button", name=HOW).first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("It takes a week")
    for name, value in (("Customer value", "5"), ("Business value", "4"), ("Effort", "2")):
        drawer.get_by_role("textbox", name=f"{name}, 1 to 5").fill(value)
    drawer.get_by_role("button", name="Save").click()
    expect(drawer.get_by_text("Quick win")).to_be_visible()
    drawer.get_by_role("textbox", name="New solution").fill("Ship from the shop")
    drawer.get_by_role("button", name="Add").click()
    expect(drawer.get_by_role("group", name="Ship from the shop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"{HOW.replace('How might we', '…')}: value 4.5, effort 2")).to_be_visible()


def do_task(page: Page, server: Server) -> None:
    """Made and moved on the board; it is there after a reload."""
    page.goto(f"{server.address}/improve?tab=board")
    page.get_by_role("button", name="New task").click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Task").fill("Ask the shops")
    form.get_by_role("button", name="Add").click()
    card = page.locator("[data-task]", has_text="Ask the shops")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        card.press("Shift+ArrowRight")
    page.reload()
    expect(page.get_by_role("region", name="Doing (1)")).to_contain_text("Ask the shops")


def choose(page: Page, field: Locator, option: str) -> None:
    field.click()
    page.get_by_role("option", name=option).click()
