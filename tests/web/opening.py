"""Everything of a page that opens something over it: menus, dialogs, drawers, lists of choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

_SHOWN = """elements => elements.map((element, place) => {
    if (!element.checkVisibility() || element.disabled || element.closest('[inert]')) return null;
    const choice = element.matches('[role=combobox], input, textarea');
    const labels = element.labels ? [...element.labels].map(each => each.innerText).join(' ') : '';
    const name = element.getAttribute('aria-label') || labels || element.innerText || element.placeholder || '';
    const own = choice || element.hasAttribute('aria-expanded');
    const kind = `${element.tagName} ${element.getAttribute('class')}`;
    return {place, name: name.trim().slice(0, 60), kind: own ? `${kind} ${name}` : kind, choice};
}).filter(each => each !== null)"""

OPENERS = "[aria-haspopup]:not([aria-haspopup=false]), [role=combobox]"
_WAITING = "[role=status] .mantine-Skeleton-root"
OPENED = "[role=menu], [role=dialog], [role=listbox]"


@dataclass(frozen=True, slots=True)
class Opener:
    """Something that opens, and its name."""

    name: str
    element: Locator
    is_choice: bool


def openers(place: Locator) -> Iterator[Opener]:
    """What can be opened, once for each kind where many do the same: rows of a table, numbers, parts of a picture."""
    every = place.locator(OPENERS)
    found = every.evaluate_all(_SHOWN)
    kinds: set[str] = set()
    for each in found:
        if each["kind"] not in kinds:
            kinds.add(each["kind"])
            yield Opener(each["name"], every.nth(each["place"]), each["choice"])


def opened(page: Page) -> Locator:
    """What lies over the page."""
    return page.locator(OPENED).locator("visible=true")


def open_it(page: Page, opener: Opener) -> Locator | None:
    """Open it with the keyboard alone, and wait until it is there; ``None`` for a list of choices that has none."""
    before = opened(page).count()
    opener.element.press("ArrowDown" if opener.is_choice else "Enter")
    page.wait_for_function(f"document.querySelector('{_WAITING}') === null")
    if opener.is_choice and opened(page).count() == before:
        return None
    expect(opened(page), opener.name).to_have_count(before + 1)
    return opened(page).last


def close_it(page: Page) -> None:
    """Close by Escape what was opened last."""
    page.keyboard.press("Escape")
