"""What finds the journeys behind a number: spans of a part, and in each the interaction that the number is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.journeys.engine import Analysis, Answer, Pass
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace

S = TypeVar("S")
A = TypeVar("A", bound=Analysis[Any])
P = TypeVar("P", bound=Pass[Any, Any])
Level = Literal["touchpoint", "channel"]
NOWHERE = -1


class FoundSpans(NamedTuple):
    """Spans of which something is true.

    Attributes
    ----------
    spans
        int64[m] ascending.
    places
        int64[m]: of each the interaction that it is about, :data:`NOWHERE` of none.
    times
        How often it is true in all of them together; ``None``: once in each.
    """

    spans: NDArray[np.int64]
    places: NDArray[np.int64]
    times: int | None = None


Finder = Callable[[Spans], FoundSpans]


class Number(Protocol):
    """A number of an answer."""

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """What finds the spans behind it.

        Raises
        ------
        UnknownNameError
            It names something that the index does not have.
        """


@dataclass(frozen=True, slots=True)
class AnalysisNumber(Generic[A]):
    """A number that an analysis has counted, or what it takes: found as the analysis counts it.

    Attributes
    ----------
    analysis
        With the settings with which it was asked.
    """

    analysis: A

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return tuple(getattr(self.analysis, "fields", ()))

    def counting(self, kind: type[P], names: Names) -> P:
        """The first pass of the analysis, which is of this kind."""
        found = self.analysis.begin(names)
        assert isinstance(found, kind)
        return found


@dataclass(frozen=True, slots=True)
class GatheringPass(Pass[S, S], Generic[S]):
    """One reading whose answer is its state.

    Attributes
    ----------
    read
        What one part has.
    add
        What two have together.
    """

    read: Callable[[Spans], S]
    add: Callable[[S, S], S]

    def partial(self, spans: Spans) -> S:
        """See :class:`Pass`."""
        return self.read(spans)

    def combine(self, first: S, second: S) -> S:
        """See :class:`Pass`."""
        return self.add(first, second)

    def conclude(self, state: S) -> Answer[S]:
        """See :class:`Pass`."""
        return Answer(state)


def codes_of(spans: Spans, by: Level) -> NDArray[np.integer]:
    """The touchpoints or channels of a part by code, [n]."""
    return spans.part.channels if by == "channel" else spans.part.touchpoints


def code_of(name: str, names: Names, by: Level) -> int:
    """The code of a touchpoint or channel.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    return code_among(name, names.channels if by == "channel" else names.touchpoints, what=by)


def code_among(name: str, known: Sequence[str], *, what: str) -> int:
    """The place of a name among those that are known; ``what`` it is the name of.

    Raises
    ------
    UnknownNameError
        It is none of them.
    """
    if name not in known:
        close = closest_names(name, known)
        hint = phrase("did you mean {close}?", close=", ".join(close)) if close else None
        raise UnknownNameError(phrase("there is no {what} {name!r}", what=what, name=name), hint=hint)
    return known.index(name)


def group_among(value: str | None, known: Sequence[str], *, what: str) -> int | None:
    """The code of a group by its name, empty for that without one: -1; ``None``: no group is named.

    Raises
    ------
    UnknownNameError
        It is none of them.
    """
    if value is None:
        return None
    return NO_VALUE if value == "" else code_among(value, known, what=what)


def spans_of(spans: Spans, places: NDArray[np.int64], *, least: int = 0) -> FoundSpans:
    """The spans that interactions, ascending, lie in, at least so many places from their beginning; of each the last one."""
    numbers = np.searchsorted(spans.starts, places, side="right") - 1
    inside = numbers >= 0
    inside[inside] = (places[inside] < spans.ends[numbers[inside]]) & (
        places[inside] >= spans.starts[numbers[inside]] + least
    )
    numbers, places = numbers[inside], places[inside]
    last = np.append(numbers[1:] != numbers[:-1], True) if len(numbers) else np.zeros(0, np.bool_)
    return FoundSpans(numbers[last], places[last], len(numbers))


def last_marked(marks: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The last marked interaction of each run, none empty, :data:`NOWHERE` of none: bool[n] -> int64[r]. O(n)."""
    last = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), NOWHERE))[ends - 1]
    return np.where(last >= starts, last, NOWHERE)


def nowhere_in(numbers: NDArray[np.int64]) -> FoundSpans:
    """Spans by number as wholes: no single interaction is what it is about."""
    return FoundSpans(numbers, np.full(len(numbers), NOWHERE, np.int64))
