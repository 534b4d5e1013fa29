"""What a linter says: findings, each with an id that is the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from desireline.maps.document import Path
from desireline.maps.linting.given import Given

Severity = Literal["error", "warning", "note", "unchecked"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first; ``unchecked``: it could not be found out whether something is wrong."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule fires.

    Attributes
    ----------
    subject
        What tells it from other findings of the rule: the id of a step, a cell, a phase …; "" for the whole map.
    path
        Its place in the document.
    checked
        Whether it could be found out; the message says what and why not.
    """

    message: str
    subject: str = ""
    path: Path = ()
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    meaning
        When it fires, in a few words.
    hint
        What to do about it.
    """

    name: str
    severity: Severity
    meaning: str
    hint: str
    spots: Callable[[Given], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has found.

    Attributes
    ----------
    id
        The name of the rule and what it found it at: ``pain-without-opportunity:p1``.
    place
        For people: ``line 12, lanes[2].cells[0] (p1)``.
    silenced
        Whether the document says to ignore it.
    at
        The kind and the id of the thing of the map that it is at: ``("cell", "p1")``; ``None``: of the map.
    """

    id: str
    rule: str
    severity: Severity
    place: str
    message: str
    hint: str
    silenced: bool = False
    at: tuple[str, str] | None = None
