"""Numbers of whole journeys: all of them, those of a length, those that ended so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desireline.base import InputError, phrase
from desireline.journeys.analyses.outcomes import Following
from desireline.journeys.behind.finding import Finder, FoundSpans, code_among, nowhere_in
from desireline.journeys.model import OUTCOMES, Names, Spans
from desireline.journeys.results.outcomes import IN_TIME
from desireline.kernels.sessions import durations
from desireline.store import Workspace

Measure = Literal["interactions", "seconds"]
OVER = "over"


@dataclass(frozen=True, slots=True)
class EveryNumber:
    """Spans, as far as they have a length.

    Attributes
    ----------
    measure
        In what the length is told.
    low, high
        From ``low`` (included) to ``high`` (excluded).
    """

    measure: Measure = "interactions"
    low: float = 0.0
    high: float = math.inf

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""

        def find(spans: Spans) -> FoundSpans:
            lengths = spans.ends - spans.starts
            low, high = self.low, self.high
            if self.measure == "seconds":
                lengths = durations(spans.part.times, spans.starts, spans.ends)
                low, high = round(low * 1e6), high if math.isinf(high) else round(high * 1e6)
            return nowhere_in(np.flatnonzero((lengths >= low) & (lengths < high)))

        return find


@dataclass(frozen=True, slots=True)
class OutcomeNumber:
    """Journeys of a definition that ended so; :data:`OVER`: however they ended.

    With ``following`` those that could be followed so long, :data:`FOLLOWED`, or reached the goal in time, :data:`IN_TIME`.
    """

    outcome: str
    following: Following | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        if self.following is not None:
            return self._followed(self.following)
        is_over = self.outcome == OVER
        code = code_among("unfinished" if is_over else self.outcome, OUTCOMES, what=phrase("outcome"))

        def find(spans: Spans) -> FoundSpans:
            if spans.outcomes is None:
                raise InputError(phrase("expected a journey, for only journeys have an outcome"), hint="journey=order")
            return nowhere_in(np.flatnonzero((spans.outcomes == code) != is_over))

        return find

    def _followed(self, following: Following) -> Finder:
        find_in = following.reach if self.outcome == IN_TIME else following.are_followed
        return lambda spans: nowhere_in(np.flatnonzero(find_in(spans)))
