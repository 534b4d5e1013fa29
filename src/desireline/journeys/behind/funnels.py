"""Numbers of funnels: who reaches a step, who stops there, and what they do then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.funnel import FunnelAnalysis, FunnelPass
from desireline.journeys.behind.finding import NOWHERE, AnalysisNumber, Finder, FoundSpans, code_among
from desireline.journeys.model import Names, Spans
from desireline.kernels.funnel import Attempts
from desireline.store import Workspace

FunnelGroup = Literal["value", "rest", "unknown"]


@dataclass(frozen=True, slots=True)
class FunnelNumber(AnalysisNumber[FunnelAnalysis]):
    """Customers who reach a step of a funnel; or reach it, and no further.

    Attributes
    ----------
    step
        From 1.
    dropped
        Only those who do not reach the next one.
    value
        Only those in the group with this value; ``None``: all.
    group
        "rest": those in all other groups instead; "unknown": those without a value.
    following
        Of those who dropped only those whose next interaction is with this touchpoint; ``None``: all.
    is_last
        Of those who dropped only those who have no further interaction.
    """

    step: int
    dropped: bool = False
    value: str | None = None
    group: FunnelGroup = "value"
    following: str | None = None
    is_last: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(FunnelPass, names)
        last = len(counting.names) - (1 if self.dropped else 0)
        if not 1 <= self.step <= last:
            raise InputError(phrase("step: expected 1 to {last}, got {step}", last=last, step=self.step))
        group = self._group(counting)
        nothing = len(names.touchpoints)
        following = nothing if self.is_last else None
        if self.following is not None:
            following = code_among(self.following, names.touchpoints, what=phrase("touchpoint"))

        def find(spans: Spans) -> FoundSpans:
            attempts = counting.attempts(spans)
            chosen = attempts.levels == self.step - 1 if self.dropped else attempts.levels >= self.step - 1
            if group is not None:
                is_of_group = counting.group_keys(spans, attempts) // len(counting.names) == group
                chosen &= is_of_group != (self.group == "rest")
            if following is not None:
                chosen &= _following(spans, attempts, nothing) == following
            places = np.where(attempts.levels == self.step - 1, attempts.places, NOWHERE)
            return _in_order(attempts.spans[chosen], places[chosen])

        return find

    def _group(self, counting: FunnelPass) -> int | None:
        """The number of the group, 0 of those without a value; ``None``: all."""
        if self.group == "unknown":
            return 0
        return None if self.value is None else 1 + code_among(self.value, counting.labels, what=phrase("group"))


def _following(spans: Spans, attempts: Attempts, nothing: int) -> NDArray[np.int64]:
    """The touchpoint after the last step that each attempt reached by code, ``nothing`` after the last interaction: int64[a]."""
    places, ends = attempts.places + 1, spans.ends[attempts.spans]
    codes = spans.part.touchpoints[np.minimum(places, ends - 1)].astype(np.int64)
    return np.where(places < ends, codes, nothing)


def _in_order(numbers: NDArray[np.int64], places: NDArray[np.int64]) -> FoundSpans:
    order = np.argsort(numbers, kind="stable")
    return FoundSpans(numbers[order], places[order])
