"""What can be moved is moved by mouse and by keyboard, and stays where it was put."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .looking import settle
from .serving import Server


def by_keyboard(page: Page, card: Locator, column: Locator) -> None:
    card.press("Shift+ArrowRight")


def by_mouse(page: Page, card: Locator, column: Locator) -> None:
    page.get_by_role("listitem").filter(has=card).drag_to(column)


@pytest.mark.parametrize("move", [by_keyboard, by_mouse])
def test_a_task_that_is_moved_on_the_board_is_there_after_a_reload(
    page: Page, demo_server: Server, move: Callable[[Page, Locator, Locator], None]
) -> None:
    page.goto(demo_server.address + "/improve?tab=board")
    columns = page.locator("section:has([data-column])")
    chosen = page.locator("[data-task]").first.get_attribute("data-task")
    card = page.locator(f'[data-task="{chosen}"]')
    title = card.inner_text()
    before = columns.filter(has=card).get_attribute("aria-label")
    names = [each.get_attribute("aria-label") for each in columns.all()]
    target = columns.nth(names.index(before) + 1)
    with page.expect_response(lambda answer: answer.request.method in {"PATCH", "PUT", "POST"} and answer.ok):
        move(page, card, target)
    expect(target).to_contain_text(title)
    page.reload()
    expect(target).to_contain_text(title)


def test_a_tile_of_home_that_is_moved_by_keys_is_there_after_a_reload_right_away(
    page: Page, demo_server: Server
) -> None:
    page.goto(demo_server.address + "/")
    settle(page)
    tiles = page.get_by_role("region", name="Key figures").get_by_role("region")
    first, second = (tiles.nth(place).get_attribute("aria-label") or "" for place in (0, 1))
    page.get_by_role("button", name="Arrange").press("Enter")
    page.get_by_role("button", name=f"Move {first}").press("ArrowRight")
    expect(tiles.first).to_have_attribute("aria-label", second)
    page.reload()
    expect(tiles.first).to_have_attribute("aria-label", second)
    expect(tiles.nth(1)).to_have_attribute("aria-label", first)
