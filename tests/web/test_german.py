"""In German nothing is left in English: neither what the server writes nor what the pages say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from desireline.base.telling import catalogue

from .conftest import new_window
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
WITHOUT_PROSE = {
    "home": "/",
    "home-service": "/?view=service",
    **{
        name: f"/explore/{name}"
        for name in ("flow", "variants", "clusters", "channels", "contacts", "chains", "effort")
    },
    **{
        name: f"/explore/{name}"
        for name in ("scores", "emotion", "retention", "gaps", "handovers", "loops", "outcomes")
    },
    "paths": "/explore/paths?touchpoint=Checkout+started",
    "funnel": "/explore/funnel?steps=Checkout+started&steps=Order+placed",
    "survival": "/explore/survival?events=Order+placed",
    "nothing-chosen": "/explore/attribution",
    "no-such-journey": "/explore/flow?journey=nothing",
    "new-map": "/maps?new=template",
    "data": "/data",
    "import": "/data/import",
    "people": "/settings/people",
    "costs": "/settings/costs",
    "bad-link": "/link#nothing",
    "bad-share": "/shared/nothing",
    "lost": "/nothing-has-this-address",
    "no-such-map": "/maps/nothing",
}
"""Pages on which all that is English is a name in the data."""
ENGLISH_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "with",
        "is",
        "are",
        "not",
        "from",
        "by",
        "for",
        "each",
        "this",
        "that",
        "which",
        "than",
        "there",
        "its",
        "have",
        "has",
        "been",
    ]
)
"""Words that every English sentence has and no German one."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with new_window(chromium, viewport={"width": 1440, "height": 900}, locale="de-DE", bypass_csp=True) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_in_german_has_no_english_sentence_of_the_server(page: Page, demo_server: Server, path: str) -> None:
    page.goto(demo_server.address + path)
    expect(page.get_by_role("main")).to_be_visible()
    settle(page)
    assert page.locator("html").get_attribute("lang") == "de"
    assert sorted(ENGLISH & _texts(page)) == []


@pytest.mark.parametrize("path", WITHOUT_PROSE.values(), ids=WITHOUT_PROSE)
def test_a_page_in_german_has_no_english_word(page: Page, demo_server: Server, path: str) -> None:
    page.goto(demo_server.address + path)
    expect(page.locator("#root")).not_to_be_empty()
    settle(page)
    names = _names(page)
    left = {text for text in _texts(page) | _labels(page) if _english_words(text, names)}
    assert sorted(left) == []


def _english_words(text: str, names: list[str]) -> set[str]:
    for name in names:
        text = text.replace(name, "")
    text = re.sub(r"/\S+", "", text)  # addresses and folders
    return ENGLISH_WORDS & set(re.findall(r"[a-zäöüß]+", text.casefold()))


def _names(page: Page) -> list[str]:
    """Names of the data, the longest first."""
    found: list[str] = page.evaluate(
        """async () => {
          const read = (value) => typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(read);
          const ask = async (address) => (await fetch(`/api/${address}`)).json();
          const library = await ask("maps/library");
          const maps = library.maps.map((each) => `maps/documents/map/${each.id}`);
          const answers = await Promise.all(["journeys/names", "journeys/definitions", ...maps].map(ask));
          answers.push(library);
          return answers.flatMap(read);
        }"""
    )
    return sorted({each for each in found if len(each) > 3}, key=len, reverse=True)


def _labels(page: Page) -> set[str]:
    """What a screen reader or a pointer is told."""
    found: list[str] = page.evaluate(
        """() => ["aria-label", "title", "placeholder", "alt"].flatMap((name) =>
          [...document.querySelectorAll(`[${name}]`)].filter((each) => !each.closest("[aria-hidden]")).map((each) => each.getAttribute(name)))"""
    )
    return set(found)


def _texts(page: Page) -> set[str]:
    """Every piece of text on the page, also in drawings."""
    found: list[str] = page.evaluate(
        """() => {
          const texts = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const isShown = (node) => !["SCRIPT", "STYLE"].includes(node.parentElement?.tagName);
          while (walker.nextNode()) if (isShown(walker.currentNode)) texts.push(walker.currentNode.textContent.trim());
          return texts;
        }"""
    )
    return set(found)
