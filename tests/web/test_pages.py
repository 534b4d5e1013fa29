"""Every page, wide and narrow, light and dark, with the demo company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import AXE, new_window
from .looking import barriers, no_faults, scrolls_sideways, settle
from .serving import Server

MAP = "/maps/live-with-brightwire"
PAGES = {
    "home": "/",
    "home-service": "/?view=service",
    "flow": "/explore/flow",
    "funnel": "/explore/funnel?steps=Checkout+started&steps=Order+placed",
    "contacts": "/explore/contacts",
    "maps": "/maps",
    "map": MAP,
    "measured-map": f"{MAP}?measured=1&panel=steps",
    "editor": f"{MAP}/edit",
    "presentation": f"{MAP}/present",
    "personas": "/personas",
    "customers": "/customers",
    "data": "/data",
    "import": "/data/import",
    "quarantine": "/data/quarantine",
    "names": "/data/names",
    "improve": "/improve",
    "settings": "/settings",
    "people": "/settings/people",
    "costs": "/settings/costs",
    "lost": "/nothing-has-this-address",
}
SIZES = {"wide": (1440, 900), "narrow": (360, 800)}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture(params=["light", "dark"])
def window(request: pytest.FixtureRequest, chromium: Browser, size: tuple[int, int]) -> Iterator[Page]:
    width, height = size
    with new_window(
        chromium,
        viewport={"width": width, "height": height},
        color_scheme=request.param,
        reduced_motion="reduce",
        bypass_csp=True,
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_fits_its_window_has_no_barrier_and_no_fault(window: Page, demo_server: Server, path: str) -> None:
    with no_faults(window):
        window.goto(demo_server.address + path)
        expect(window.get_by_role("main")).to_be_visible()
        settle(window)
    assert not scrolls_sideways(window)
    found = barriers(window, AXE)
    assert found == [], "\n".join(found)
