"""All rules, and how a map is put before them."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from desireline.base import InputError, phrase
from desireline.maps.checking import path_text, place, problems_of
from desireline.maps.document import Document, Path
from desireline.maps.library import EMPTY_LIBRARY, Library
from desireline.maps.linting import claims, improvement, keeping, measurement, references, structure
from desireline.maps.linting.finding import SEVERITIES, Finding, Rule, Spot
from desireline.maps.linting.given import Given, paths_of
from desireline.maps.measured import Measured
from desireline.maps.reading import read_map

_MISSING = re.compile(r"expected the field '(\w+)'")


def _nothing(given: Given) -> Iterator[Spot]:
    """What the linter itself sees before or after the rules look."""
    return iter(())


NOT_VALID = Rule(
    "not-valid",
    "error",
    "The document breaks the schema; the other rules cannot look at it",
    phrase("what a document may say is described in docs/maps.md"),
    _nothing,
)
NOTHING_SILENCED = Rule(
    "nothing-silenced",
    "note",
    "The document silences something that no rule has found",
    phrase("take it out of lint: ignore"),
    _nothing,
)
RULES: tuple[Rule, ...] = (
    NOT_VALID,
    *keeping.RULES,
    *structure.RULES,
    *references.RULES,
    *claims.RULES,
    *improvement.RULES,
    *measurement.RULES,
    NOTHING_SILENCED,
)
"""In the order in which they are listed."""


def lint(
    document: Document,
    library: Library = EMPTY_LIBRARY,
    *,
    today: date,
    folder: pathlib.Path | None = None,
    measured: Measured | None = None,
    with_lines: bool = True,
) -> tuple[Finding, ...]:
    """What the rules find in a map, the worst first.

    A document silences findings by their ids, or all of a rule by its name: ``lint: {ignore: [no-owner, old-evidence:p1]}``. They are
    listed as silenced. A document that breaks the schema gives its breaches, which cannot be silenced.

    Parameters
    ----------
    library
        Where the documents are that it names.
    today
        What review dates and evidence are compared with.
    folder
        Where its picture files lie; ``None``: pictures are not checked, and that is said.
    measured
        What happened at its steps; ``None``: whether bindings are silent is not checked, and that is said.
    with_lines
        Whether places name their lines, for which the text is read once more.

    Raises
    ------
    InputError
        It is a document of another kind.
    """
    broken = tuple(_breaches(document))
    if broken:
        return broken
    try:
        journey_map = read_map(document, library)
    except InputError as error:
        if document.kind != "map":
            raise
        return (
            _breach("not-valid:named", "map", phrase("a document that it names: {message}", message=error.message)),
        )
    given = Given(document, journey_map, today, library, folder, measured, paths_of(document.tree))
    ignored = _ignored(document.tree)
    told = place if with_lines else _without_line
    found = [_finding(rule, spot, given, ignored, told) for rule in RULES for spot in rule.spots(given)]
    found += _idle(document, ignored, found)
    return tuple(sorted(_told_apart(found), key=lambda each: SEVERITIES.index(each.severity)))


def _breaches(document: Document) -> Iterator[Finding]:
    try:
        problems = problems_of(document)
    except InputError as error:
        yield _breach("not-valid", "document", error.message.removeprefix(document.origin).lstrip(":, "))
        return
    for each in problems:
        where = re.sub(r"^line \d+, ", "", each.where)
        missing = _MISSING.match(each.message)
        ident = f"not-valid:{where}.{missing[1]}" if missing else f"not-valid:{where}"
        yield _breach(ident, each.where, each.message)


def _breach(ident: str, where: str, message: str) -> Finding:
    return Finding(ident, NOT_VALID.name, NOT_VALID.severity, where, message, NOT_VALID.hint)


def _without_line(document: Document, path: Path) -> str:
    return path_text(document.tree, path)


def _finding(
    rule: Rule, spot: Spot, given: Given, ignored: Iterable[str], told: Callable[[Document, Path], str]
) -> Finding:
    ident = f"{rule.name}:{spot.subject}" if spot.subject else rule.name
    return Finding(
        id=ident,
        rule=rule.name,
        severity=rule.severity if spot.checked else "unchecked",
        place=told(given.document, spot.path) if spot.path else "map",
        message=spot.message,
        hint=rule.hint,
        silenced=ident in ignored or rule.name in ignored,
        at=given.thing_at(spot.path),
    )


def _ignored(tree: Any) -> tuple[str, ...]:
    return tuple((tree.get("lint") or {}).get("ignore") or ())


def _idle(document: Document, ignored: Iterable[str], found: Iterable[Finding]) -> Iterator[Finding]:
    named = {name for each in found for name in (each.id, each.rule)}
    for number, ident in enumerate(ignored):
        if ident not in named:
            where = place(document, ("lint", "ignore", number))
            rule = NOTHING_SILENCED
            yield Finding(
                f"{rule.name}:{ident}",
                rule.name,
                rule.severity,
                where,
                phrase("nothing is called {ident}", ident=ident),
                rule.hint,
            )


def _told_apart(found: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings with one id, which stand at one place, the first."""
    seen: set[str] = set()
    for each in found:
        if each.id not in seen:
            seen.add(each.id)
            yield each
