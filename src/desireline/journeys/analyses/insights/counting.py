"""The second reading: counts by segment and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.local_time import first_moment
from desireline.journeys.analyses.acting import acting_of
from desireline.journeys.analyses.insights.finding import find_changes
from desireline.journeys.analyses.insights.goals import Goal, GoalCounts, Marked
from desireline.journeys.analyses.insights.joining import join_changes
from desireline.journeys.analyses.insights.looking import days_looked_at, looked_at
from desireline.journeys.analyses.insights.plan import (
    CHAIN_US,
    HORIZON_US,
    PROMPTED_US,
    Plan,
    renumbered,
    sent,
)
from desireline.journeys.analyses.weekdays import weekdays
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.insights import Insights
from desireline.journeys.spans import beginning_in, in_period, rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.changes import NOT_COUNTED, DayCounts, count_days, last_known, prompted, sum_days


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by day; number, sum and sum of squares of each measure: int64[3, m, g, d]; and the journeys of each goal."""

    days: DayCounts
    sums: NDArray[np.int64]
    goals: tuple[GoalCounts, ...]


class Looked(NamedTuple):
    """The spans, or what is left of them; what is known of the interactions of their part; and int32[n] the place of the touchpoint in the plan,
    :data:`NOT_COUNTED` of what the customer did not do or is not counted.
    """

    spans: Spans
    marks: Marked
    touchpoints: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CountingPass(Pass[Counted, Insights]):
    """Counts what the plan names."""

    names: Names
    plan: Plan
    goals: tuple[Goal, ...] = ()

    def partial(self, spans: Spans) -> Counted:
        """The counts of one part."""
        plan = self.plan
        pairs = np.full((len(plan.touchpoints), len(plan.touchpoints)), NOT_COUNTED, np.int32)
        for number, pair in enumerate(plan.pairs):
            pairs[pair] = number
        looked, marks, touchpoints = self.marked(spans)
        days = count_days(
            looked.part.times,
            read_only(marks.days),
            touchpoints,
            marks.prompted,
            marks.segments,
            looked.starts,
            looked.ends,
            looked.owners,
            read_only(pairs),
            (len(plan.touchpoints), len(plan.pairs), plan.segments, plan.days),
            HORIZON_US,
        )
        goals = tuple(each.count(looked.part, marks, plan) for each in self.goals)
        return Counted(DayCounts(*days), self._sums(looked, marks.segments, marks.days), goals)

    def marked(self, spans: Spans) -> Looked:
        """What is looked at of the spans, and what is known of each interaction."""
        plan = self.plan
        begin, end = (first_moment(day, plan.timezone) for day in (plan.first_day, plan.first_day + plan.days))
        spans = (
            beginning_in(looked_at(spans, plan.window), start_us=begin)
            if plan.window
            else in_period(spans, start_us=begin, end_us=end)
        )
        numbers = np.full(len(self.names.touchpoints), NOT_COUNTED, np.int32)
        numbers[list(plan.touchpoints)] = np.arange(len(plan.touchpoints))
        days = days_looked_at(spans, plan.window, plan.timezone)
        segments, done = self._segments(spans, days), acting_of(self.names).of(spans.part)
        marks = Marked(days - plan.first_day, self._prompted(spans, done), segments)
        kinds = np.where(done, numbers[spans.part.touchpoints], np.int32(NOT_COUNTED))
        return Looked(spans, marks, read_only(kinds))

    def _prompted(self, spans: Spans, done: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What was done because the company sent something, or asked: answers to a survey are."""
        part = spans.part
        turned = read_only(sent(spans, self.names))
        spans_of = (spans.starts, spans.ends)
        found = prompted(part.times, part.channels, turned, read_only(done), *spans_of, PROMPTED_US, CHAIN_US)
        return read_only(found | ~np.isnan(part.field("score")))

    def _segments(self, spans: Spans, days: NDArray[np.int64]) -> NDArray[np.int32]:
        """The segment of each interaction by attribute, int32[n, f].

        Its own value; where customers keep theirs, else the last one that is known of the customer.
        """
        part, plan = spans.part, self.plan
        found = np.empty((len(part.times), len(plan.attributes)), np.int32)
        found[:, 0] = plan.attributes[0].first + weekdays(days)
        for place, each in enumerate(plan.attributes[1:], start=1):
            known = part.field(each.name)
            if each.is_steady:
                known = last_known(read_only(known), spans.starts, spans.ends)
            found[:, place] = renumbered(self.names.values[each.name], each.values, each.first)[known]
        return read_only(found)

    def _sums(self, spans: Spans, segments: NDArray[np.int32], days_of: NDArray[np.int64]) -> NDArray[np.int64]:
        part, plan = spans.part, self.plan
        sums = np.zeros((3, len(plan.measures), plan.segments, plan.days), np.int64)
        rows = rows_of(spans)
        days = read_only(days_of[rows])
        chosen = read_only(segments[rows])
        for field in sorted({each.field for each in plan.measures}):
            values = part.field(field)[rows]
            measures = np.full(len(self.names.touchpoints), NOT_COUNTED, np.int32)
            scales = np.zeros(len(self.names.touchpoints))
            for number, each in enumerate(plan.measures):
                if each.field == field:
                    measures[each.touchpoint], scales[each.touchpoint] = number, each.scale
            codes = part.touchpoints[rows]
            known = ~np.isnan(values)
            whole = np.rint(np.where(known, values, 0.0) * scales[codes]).astype(np.int64)
            counted = np.where(known, measures[codes], np.int32(NOT_COUNTED))
            sums += sum_days(
                days,
                read_only(counted),
                read_only(whole),
                chosen,
                (len(plan.measures), plan.segments, plan.days),
            )
        return sums

    def combine(self, first: Counted, second: Counted) -> Counted:
        """The sums."""
        days = DayCounts._make(one + other for one, other in zip(first.days, second.days, strict=True))
        goals = tuple(one + other for one, other in zip(first.goals, second.goals, strict=True))
        return Counted(days, first.sums + second.sums, goals)

    def conclude(self, state: Counted) -> Answer[Insights]:
        """Look for changes, and join what is one event."""
        goals = tuple(zip(self.goals, state.goals, strict=True))
        looked, changes = find_changes(self.plan, self.names, state.days, state.sums, goals)
        window = self.plan.window
        findings = join_changes(changes, window=window, currency=self.plan.currency)
        journey = None if window is None else window.journey
        first_day = date(1970, 1, 1) + timedelta(days=self.plan.first_day)
        return Answer(Insights(self.plan.days, looked, findings, first_day, self.plan.timezone, journey))
