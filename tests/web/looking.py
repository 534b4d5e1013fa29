"""What every page has to keep, seen by a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page


@contextmanager
def no_faults(page: Page) -> Iterator[None]:
    """Nothing is written to the console as an error or a warning, and nothing throws, while the block runs."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"thrown: {error}"))
    page.on("console", lambda said: faults.append(f"{said.type}: {said.text}") if said.type in _LOUD else None)
    yield
    assert faults == []


_LOUD = frozenset({"error", "warning"})


def settle(page: Page) -> None:
    """Wait until nothing is on its way and nothing is shown as loading."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.querySelector('[role=status] .mantine-Skeleton-root') === null")


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def barriers(page: Page, axe: Path, *, within: str | None = None, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, each with the rule and the first element.

    Parameters
    ----------
    within
        Looks only at what is shown of this selector, and at all that came over the page with it.
    rules
        Looks only with these; with all that are usual where there are none.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(_RUN, [within, list(rules)])
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]


_RUN = """async ([within, rules]) => {
    const root = document.querySelector('main') ?? document.body;
    const outermost = element => {
        let found = element;
        while (found.parentElement !== root && found.parentElement !== document.body) found = found.parentElement;
        return found;
    };
    const run = (where, only) => axe.run(where, {
        resultTypes: ['violations'], ...(only.length === 0 ? {} : {runOnly: {type: 'rule', values: only}}),
    });
    if (within === null) return run(document, rules);
    const shown = [...document.querySelectorAll(within)].filter(each => each.checkVisibility());
    const found = await run({include: [...new Set(shown.map(outermost))]}, rules);
    if (rules.length > 0) return found;
    const ofThePage = await run(document, ['region']);
    return {violations: [...found.violations, ...ofThePage.violations]};
}"""
