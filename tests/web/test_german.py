"""In German nothing that the server writes is left in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from desireline.base.telling import catalogue

from .looking import settle
from .serving import Server

MAP = "/maps/live-with-brightwire"
PAGES = {
    "home": "/",
    "flow": "/explore/flow",
    "contacts": "/explore/contacts",
    "effort": "/explore/effort",
    "chains": "/explore/chains",
    "loops": "/explore/loops",
    "changes": "/explore/insights",
    "maps": "/maps",
    "measured-map": f"{MAP}?measured=1&panel=steps",
    "proposals": f"{MAP}?panel=proposals",
    "checks": f"{MAP}?panel=checks",
    "data": "/data",
    "quarantine": "/data/quarantine",
    "improve": "/improve",
    "lost": "/nothing-has-this-address",
}
ENGLISH = frozenset(
    english
    for english, german in catalogue("de").items()
    if german != english and "{" not in english and " " in english
)
"""Sentences that stand on a page as they are; a German one that is spelt the same is none."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_in_german_has_no_english_sentence_of_the_server(page: Page, demo_server: Server, path: str) -> None:
    page.goto(demo_server.address + path)
    expect(page.get_by_role("main")).to_be_visible()
    settle(page)
    assert page.locator("html").get_attribute("lang") == "de"
    assert sorted(ENGLISH & _texts(page)) == []


def _texts(page: Page) -> set[str]:
    """Every piece of text on the page, also in drawings."""
    found: list[str] = page.evaluate(
        """() => {
          const texts = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim());
          return texts;
        }"""
    )
    return set(found)
