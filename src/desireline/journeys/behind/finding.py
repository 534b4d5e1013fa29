"""What finds the journeys behind a number: spans of a part, and in each the interaction that the number is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace

Level = Literal["touchpoint", "channel"]
NOWHERE = -1


class FoundSpans(NamedTuple):
    """Spans of which something is true, int64[m] ascending, and the interaction that it is about, :data:`NOWHERE` of none."""

    spans: NDArray[np.int64]
    places: NDArray[np.int64]


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
        hint = f"did you mean {', '.join(close)}?" if close else None
        raise UnknownNameError(f"there is no {what} {name!r}", hint=hint)
    return known.index(name)


def spans_of(spans: Spans, places: NDArray[np.int64], *, least: int = 0) -> FoundSpans:
    """The spans that interactions lie in, at least so many places from their beginning; of each the last interaction."""
    numbers = np.searchsorted(spans.starts, places, side="right") - 1
    inside = numbers >= 0
    inside[inside] = (places[inside] < spans.ends[numbers[inside]]) & (
        places[inside] >= spans.starts[numbers[inside]] + least
    )
    numbers, places = numbers[inside], places[inside]
    last = np.append(numbers[1:] != numbers[:-1], True) if len(numbers) else np.zeros(0, np.bool_)
    return FoundSpans(numbers[last], places[last])


def nowhere_in(numbers: NDArray[np.int64]) -> FoundSpans:
    """Spans by number as wholes: no single interaction is what it is about."""
    return FoundSpans(numbers, np.full(len(numbers), NOWHERE, np.int64))
