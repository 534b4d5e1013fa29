"""Whatever opens over a page, wide and narrow, light and dark: by keyboard, without a barrier, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from .conftest import AXE, new_window
from .looking import barriers, no_faults, scrolls_sideways, settle
from .opening import OPENED, Opener, close_it, open_it, opened, openers
from .serving import Server

MAP = "/maps/live-with-brightwire"
LIGHT: Literal["light"] = "light"
DARK: Literal["dark"] = "dark"
ABOUT_COLOURS = ("color-contrast", "link-in-text-block")
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}


def as_it_is(page: Page) -> None:
    """Nothing has to be done first."""


def with_menu(page: Page) -> None:
    """The navigation, which is hidden in a narrow window."""
    menu = page.get_by_role("button", name="Open the menu")
    if menu.is_visible():
        menu.press("Enter")


def arranging(page: Page) -> None:
    page.get_by_role("button", name="Arrange").press("Enter")


def one_customer(page: Page) -> None:
    page.get_by_label("Search a customer").fill("BW-00")
    page.get_by_role("link", name="BW-00").first.press("Enter")
    expect(page.get_by_role("region", name="Timeline")).to_be_visible()


def names_chosen(page: Page) -> None:
    for name in ("Programme watched", "E-mail sent"):
        page.get_by_role("checkbox", name=f"Choose {name}").check()


def mapping(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {
            "name": "shop.csv",
            "mimeType": "text/csv",
            "buffer": b"time,user_id,event\n2026-03-01 09:00,u1,Plans compared\n",
        }
    )
    expect(page.get_by_role("button", name="Preview")).to_be_visible()


@dataclass(frozen=True, slots=True)
class Place:
    """A page, what is done there first, and where on it everything is opened."""

    path: str
    prepare: Callable[[Page], None] = as_it_is
    within: str = "main"


PLACES = {
    "navigation": Place("/settings", with_menu, "body"),
    "home": Place("/"),
    "arranging": Place("/", arranging),
    "flow": Place("/explore/flow"),
    "funnel": Place("/explore/funnel?steps=Checkout+started&steps=Order+placed", within="[aria-label=Options]"),
    "comparison": Place(
        "/explore/contacts?compare=on&with_period=2026-01-01..2026-02-01", within="[aria-label='Second group']"
    ),
    "library": Place("/maps"),
    "new-map": Place("/maps?new=template", within="[aria-modal=true]"),
    "steps": Place(f"{MAP}?measured=1&panel=steps"),
    "comments": Place(f"{MAP}?panel=comments"),
    "sharing": Place(f"{MAP}?panel=sharing"),
    "editor": Place(f"{MAP}/edit"),
    "persona": Place("/personas/new"),
    "customer": Place("/customers", one_customer),
    "sources": Place("/data"),
    "mapping": Place("/data/import", mapping),
    "quarantine": Place("/data/quarantine"),
    "names": Place("/data/names", names_chosen),
    "matrix": Place("/improve"),
    "board": Place("/improve?tab=board"),
    "people": Place("/settings/people"),
    "keys": Place("/settings/keys"),
    "costs": Place("/settings/costs"),
    "definitions": Place("/settings/journeys"),
}


@pytest.fixture(params=SIZES)
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    with new_window(
        chromium, viewport={"width": width, "height": height}, reduced_motion="reduce", bypass_csp=True
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_opens_over_a_page_has_no_barrier_and_closes_to_where_it_was_opened(
    window: Page, demo_server: Server, place: Place
) -> None:
    with no_faults(window):
        window.goto(demo_server.address + place.path)
        expect(window.get_by_role("main")).to_be_visible()
        settle(window)
        place.prepare(window)
        settle(window)
        found = look_at_all(window, window.locator(place.within))
    assert found == [], "\n".join(found)


def look_at_all(page: Page, place: Locator) -> list[str]:
    """Open and close everything of a place, and what opens in that; returns what is wrong with it."""
    found: list[str] = []
    is_over = place.get_attribute("role") == "dialog"
    before = opened(page).count()
    for opener in openers(place):
        over = open_it(page, opener)
        if over is None:
            continue
        found += [f"{opener.name}: {each}" for each in in_both_schemes(page)]
        if scrolls_sideways(page):
            found.append(f"{opener.name}: wider than its window")
        if over.get_attribute("role") == "dialog" and not is_over:
            found += [f"{opener.name} › {each}" for each in look_at_all(page, over)]
        close_it(page)
        expect(opened(page), f"{opener.name} closes by Escape").to_have_count(before)
        if not has_focus_back(page, opener):
            found.append(f"{opener.name}: the focus is not back")
    return found


def has_focus_back(page: Page, opener: Opener) -> bool:
    """Whether the keyboard goes on where it was; the commands of the editor lead to the place that they are about."""
    back = "opener => opener.contains(document.activeElement) || document.activeElement?.closest('[role=grid]') != null"
    try:
        page.wait_for_function(back, arg=opener.element.element_handle())
    except TimeoutError:
        return False
    return True


def in_both_schemes(page: Page) -> list[str]:
    """All that axe finds in what is open; the second time, on dark ground, what it finds about colours."""
    found: list[str] = []
    for scheme, rules in ((LIGHT, ()), (DARK, ABOUT_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
        found += [f"{scheme}: {each}" for each in barriers(page, AXE, within=OPENED, rules=rules)]
    page.emulate_media(color_scheme="light")
    return found
