"""Numbers of attribution: the journeys to a conversion, and those that came to none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from desireline.journeys.analyses.attribution import AttributionAnalysis, AttributionPass
from desireline.journeys.behind.finding import Finder, FoundSpans, code_of, codes_of, spans_of
from desireline.journeys.model import Names, Spans
from desireline.kernels.attribution import cut_journeys
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class CreditNumber:
    """Spans with a journey that a touchpoint, or channel, has part in.

    Attributes
    ----------
    name
        What has part in it.
    converting
        Only journeys to a conversion.
    """

    analysis: AttributionAnalysis
    name: str
    converting: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, AttributionPass)
        code = code_of(self.name, names, self.analysis.by)
        lookback = self.analysis.lookback // timedelta(microseconds=1)

        def find(spans: Spans) -> FoundSpans:
            part = spans.part
            starts, ends, converted, *_ = cut_journeys(
                part.touchpoints,
                part.times,
                spans.starts,
                spans.ends,
                spans.owners,
                part.customers,
                counting.is_outcome,
                lookback,
            )
            places = np.flatnonzero(codes_of(spans, self.analysis.by) == code)
            journeys = np.searchsorted(starts, places, side="right") - 1
            chosen = journeys >= 0
            chosen[chosen] = places[chosen] < ends[journeys[chosen]]
            if self.converting:
                chosen[chosen] = converted[journeys[chosen]]
            return spans_of(spans, places[chosen])

        return find
