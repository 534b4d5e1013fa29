"""Numbers of what comes again: touchpoints, loops, and the shape of a span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.loops import LoopCounts, ReturnsPass, returns_of
from desireline.journeys.behind.finding import Finder, FoundSpans, code_of, nowhere_in, spans_of
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace

Shape = Literal["linear", "branching", "cyclical", "any"]


@dataclass(frozen=True, slots=True)
class AgainNumber:
    """Spans in which a touchpoint comes again.

    Attributes
    ----------
    name
        The touchpoint; ``None``: any.
    via
        Only loops with this one touchpoint between; ``None``: all.
    later
        Only after one or more others, no direct repeats.
    """

    name: str | None = None
    via: str | None = None
    later: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        code = None if self.name is None else code_of(self.name, names, "touchpoint")
        via = None if self.via is None else code_of(self.via, names, "touchpoint")

        def find(spans: Spans) -> FoundSpans:
            found = returns_of(spans, len(names.touchpoints))
            chosen = np.ones(len(found.places), np.bool_) if code is None else found.codes == code
            if via is not None:
                chosen &= (found.between == 1) & (found.via == via)
            if self.later:
                chosen &= found.between > 0
            return spans_of(spans, found.places[chosen])

        return find


@dataclass(frozen=True, slots=True, eq=False)
class ShapeNumber:
    """Spans of two steps and more that have this shape.

    Attributes
    ----------
    usual
        What follows each touchpoint most often, int32[t]: see :class:`UsualWays`.
    """

    shape: Shape
    usual: NDArray[np.int32]

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""

        def find(spans: Spans) -> FoundSpans:
            codes = spans.part.touchpoints.astype(np.int64)
            steps = spans_with(spans, np.flatnonzero(codes[1:] != codes[:-1]) + 1)
            back = returns_of(spans, len(names.touchpoints))
            cyclical = np.zeros(len(spans.starts), np.bool_)
            cyclical[back.spans[back.between > 0]] = True
            off = (codes[1:] != codes[:-1]) & (self.usual[codes[:-1]] != codes[1:])
            branching = spans_with(spans, np.flatnonzero(off) + 1) & ~cyclical
            chosen = {
                "cyclical": cyclical,
                "branching": branching,
                "linear": steps & ~branching & ~cyclical,
                "any": steps,
            }
            return nowhere_in(np.flatnonzero(chosen[self.shape]))

        return find


def spans_with(spans: Spans, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which spans have one of these interactions after their first: bool[s]."""
    found = np.zeros(len(spans.starts), np.bool_)
    found[spans_of(spans, places, least=1).spans] = True
    return found


@dataclass(frozen=True, slots=True)
class UsualWays:
    """What follows each touchpoint most often, int32[t]; -1 where nothing does."""

    def begin(self, names: Names) -> Pass[Any, NDArray[np.int32]]:
        """One reading."""
        return _UsualPass(ReturnsPass(names.touchpoints, None))


@dataclass(frozen=True, slots=True)
class _UsualPass(Pass[LoopCounts, NDArray[np.int32]]):
    counting: ReturnsPass

    def partial(self, spans: Spans) -> LoopCounts:
        return self.counting.partial(spans)

    def combine(self, first: LoopCounts, second: LoopCounts) -> LoopCounts:
        return self.counting.combine(first, second)

    def conclude(self, state: LoopCounts) -> Answer[NDArray[np.int32]]:
        return Answer(self.counting.usual(state.moves))
