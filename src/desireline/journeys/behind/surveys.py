"""Numbers of answers to surveys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.journeys.analyses.scores import ScoresAnalysis, ScoresPass
from desireline.journeys.behind.finding import Finder, FoundSpans, spans_of
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class AnswersNumber:
    """Spans with an answer that is counted.

    Attributes
    ----------
    analysis
        Its surveys are named.
    value
        Only answers of the group with this name; ``None``: all.
    score
        Only this one; ``None``: all.
    """

    analysis: ScoresAnalysis
    value: str | None = None
    score: int | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, ScoresPass)
        group = None if self.value is None else counting.group_named(self.value)
        level = None if self.score is None else self.score - counting.asked.scale.low

        def find(spans: Spans) -> FoundSpans:
            told = counting.told_of(spans)
            chosen = np.ones(len(told.places), np.bool_) if group is None else told.groups == group
            if level is not None:
                chosen &= told.levels == level
            return spans_of(spans, np.sort(told.places[chosen]))

        return find
