"""Numbers of attribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.attribution import AttributionAnalysis, AttributionPass, codes_by
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_among, last_marked, spans_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.attribution import ModelName
from desireline.journeys.spans import rows_of
from desireline.kernels.attribution import Journeys
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class ConversionNumber(AnalysisNumber[AttributionAnalysis]):
    """Spans with a conversion."""

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(AttributionPass, names)

        def find(spans: Spans) -> FoundSpans:
            rows = np.arange(len(spans.part.times), dtype=np.int64)[rows_of(spans)]
            return spans_of(spans, rows[counting.is_outcome[spans.part.touchpoints[rows]]])

        return find


@dataclass(frozen=True, slots=True)
class CreditNumber(AnalysisNumber[AttributionAnalysis]):
    """Spans with a journey to a conversion, as attribution cuts them, or to none.

    Attributes
    ----------
    name
        Only journeys with this touchpoint, or in this channel; ``None``: all.
    converting
        Only those that lead to a conversion.
    model
        Only those of whose conversion this model gives it a part.
    """

    name: str | None = None
    converting: bool = False
    model: ModelName | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(AttributionPass, names)
        if self.model is not None and self.name is None:
            raise InputError(phrase("model: expected the name of what it credits, got none"), hint="name=Basket")
        code = None if self.name is None else code_among(self.name, counting.names, what=counting.by)

        def find(spans: Spans) -> FoundSpans:
            journeys = counting.journeys(spans)
            places = journeys.ends - 1 if code is None else self._places(codes_by(spans, counting.by) == code, journeys)
            chosen = places >= 0
            if self.converting or self.model is not None:
                chosen &= journeys.converted
            return spans_of(spans, places[chosen])

        return find

    def _places(self, marks: NDArray[np.bool_], journeys: Journeys) -> NDArray[np.int64]:
        """Of each journey the last interaction that is credited, int64[j]; -1 of none."""
        if self.model == "first":
            return np.where(marks[journeys.starts], journeys.starts, -1)
        if self.model == "last":
            return np.where(marks[journeys.ends - 1], journeys.ends - 1, -1)
        return last_marked(marks, journeys.starts, journeys.ends)
