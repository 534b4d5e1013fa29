"""Numbers of containment in a stretch of time: needs are followed beyond its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.journeys.analyses.containment import ContainmentAnalysis, ContainmentPass
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, spans_of
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class ContainmentNumber(AnalysisNumber[ContainmentAnalysis]):
    """Spans with a need that begins in self-service in the first stretch; ``stayed``: and that stays there."""

    stayed: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ContainmentPass, names)

        def find(spans: Spans) -> FoundSpans:
            needs = counting.begun_alone(spans)
            chosen = counting.within(needs, 0)
            if self.stayed:
                chosen &= needs.stayed
            return spans_of(spans, np.sort(needs.places[chosen]))

        return find
