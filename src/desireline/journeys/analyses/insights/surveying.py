"""The first reading: how much there is of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.local_time import local_day
from desireline.journeys.analyses.acting import ACTING_FIELDS, acting_of
from desireline.journeys.analyses.insights.counting import CountingPass
from desireline.journeys.analyses.insights.goals import Goal, Goals
from desireline.journeys.analyses.insights.looking import JourneyWindow, looked_at
from desireline.journeys.analyses.insights.plan import (
    HORIZON_US,
    NUMBERS,
    Attribute,
    Measure,
    Plan,
)
from desireline.journeys.analyses.weekdays import WEEKDAYS
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.insights import Insights
from desireline.journeys.spans import end_of, rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.changes import steady_spans

MOST_TOUCHPOINTS, MOST_PAIRS, MOST_MEASURES = 150, 150, 50
MOST_SEGMENTS, MOST_VALUES = 150, 30
MOST_DAYS = 400
"""Only the last so many days of the record are looked at."""
LEAST_DAYS = 28
LEAST_COUNT = 100
"""What occurs less often is not followed: no stretch of it would say much."""
LEAST_STEADY = 0.8
"""Where so many customers keep their value, an attribute is one of customers."""
_FINEST = 2.0**20


@dataclass(frozen=True, slots=True)
class InsightsAnalysis:
    """Which shares and means are other in some stretch of days than on all other days, for everybody or in a segment.

    Followed are, of what customers do themselves: the share of the customers active on a day who were at a touchpoint
    (``level``), the share of interactions at a touchpoint that another one directly follows within a day (``transition``), and the means of
    waits, scores, sentiments and values at a touchpoint (``wait``, ``score``, ``sentiment``, ``value``). What rises or falls evenly is told as a
    trend. See docs/insights.md.

    Parameters
    ----------
    attributes
        Fields whose values make segments, such as ``attributes.platform``.
    timezone
        By whose clock days begin.
    window
        Where spans are journeys: how long each is looked at, counted for the day on which it begins. The share of a ``level`` is
        then of the journeys that begin on a day.
    goals
        Definitions whose journeys are followed to their goal (``conversion``): of those that begin on a day, the share that comes to it
        within a week, or their time-out where that is shorter. ``None``: none.
    record_end
        Until when customers could have been seen; of journeys the ``window`` says it. ``None``: the last interaction that is looked at.
    currency
        Of amounts, as findings say them; ``None``: it is not known.
    """

    attributes: tuple[str, ...] = ()
    timezone: str = "UTC"
    window: JourneyWindow | None = None
    goals: Goals | None = None
    record_end: datetime | None = None
    currency: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return (*ACTING_FIELDS, *NUMBERS, *self.attributes)

    def begin(self, names: Names) -> Pass[Any, Insights]:
        """See what there is first."""
        goals = () if self.goals is None else self.goals.ready(names)
        return SurveyPass(names, self.attributes, self.timezone, self.window, goals, self.record_end, self.currency)


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is of what.

    Attributes
    ----------
    touchpoints
        int64[t]: interactions that customers did themselves.
    pairs
        int64[t, t]: how often one directly follows another within a day.
    numbers, largest
        int64[t, m] how many, and float64[t, m] the largest amount, of each of :data:`NUMBERS`.
    values
        By attribute, int64[v]: how many interactions have each text.
    steady
        By attribute: customers with several values, and those of whom all are the same, int64[2].
    first, last
        First and last time in microseconds, of journeys that of their beginnings, otherwise until when customers could have been seen; the
        largest and smallest number there is, where there is no interaction.
    """

    touchpoints: NDArray[np.int64]
    pairs: NDArray[np.int64]
    numbers: NDArray[np.int64]
    largest: NDArray[np.float64]
    values: tuple[NDArray[np.int64], ...]
    steady: tuple[NDArray[np.int64], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SurveyPass(Pass[Survey, Insights]):
    """Counts what there is, and plans what is counted by day."""

    names: Names
    attributes: tuple[str, ...]
    timezone: str = "UTC"
    window: JourneyWindow | None = None
    goals: tuple[Goal, ...] = ()
    record_end: datetime | None = None
    currency: str | None = None

    def partial(self, spans: Spans) -> Survey:
        """The counts of one part."""
        spans = looked_at(spans, self.window)
        part, rows = spans.part, rows_of(spans)
        kinds = len(self.names.touchpoints)
        done = acting_of(self.names).of(spans.part)[rows]
        codes, times = part.touchpoints[rows].astype(np.int64), part.times[rows]
        last_of_span = np.zeros(len(codes), np.bool_)
        last_of_span[np.cumsum(spans.ends - spans.starts) - 1] = True
        follows = done[:-1] & done[1:] & ~last_of_span[:-1] & (np.diff(times) <= HORIZON_US)
        pairs = np.bincount((codes[:-1] * kinds + codes[1:])[follows], minlength=kinds * kinds)
        numbers = np.zeros((kinds, len(NUMBERS)), np.int64)
        largest = np.zeros((kinds, len(NUMBERS)))
        for place, name in enumerate(NUMBERS):
            values = part.field(name)[rows]
            known = ~np.isnan(values)
            numbers[:, place] = np.bincount(codes[known], minlength=kinds)
            np.maximum.at(largest[:, place], codes[known], np.abs(values[known]))
        counted = times if self.window is None else part.times[spans.starts]
        some = len(counted) > 0 and self.window is None
        last = end_of(spans, self.record_end) if some else int(counted.max(initial=np.iinfo(np.int64).min))
        return Survey(
            np.bincount(codes[done], minlength=kinds),
            pairs.reshape(kinds, kinds),
            numbers,
            largest,
            tuple(self._texts(spans, name) for name in self.attributes),
            tuple(self._steady(spans, name) for name in self.attributes),
            int(counted.min(initial=np.iinfo(np.int64).max)),
            last,
        )

    def _texts(self, spans: Spans, name: str) -> NDArray[np.int64]:
        codes = spans.part.field(name)[rows_of(spans)]
        return np.bincount(codes[codes >= 0], minlength=len(self.names.values[name]))

    def _steady(self, spans: Spans, name: str) -> NDArray[np.int64]:
        return np.array(steady_spans(read_only(spans.part.field(name)), spans.starts, spans.ends), np.int64)

    def combine(self, first: Survey, second: Survey) -> Survey:
        """The sums."""
        return Survey(
            first.touchpoints + second.touchpoints,
            first.pairs + second.pairs,
            first.numbers + second.numbers,
            np.maximum(first.largest, second.largest),
            tuple(one + other for one, other in zip(first.values, second.values, strict=True)),
            tuple(one + other for one, other in zip(first.steady, second.steady, strict=True)),
            min(first.first, second.first),
            max(first.last, second.last),
        )

    def conclude(self, state: Survey) -> Answer[Insights] | Pass[Any, Insights]:
        """Count by day what there is enough of; too short a record has no findings."""
        if state.first > state.last:
            return Answer(self._nothing(0))
        last_day = local_day(state.last, self.timezone)
        first_day = max(local_day(state.first, self.timezone), last_day - MOST_DAYS + 1)
        days = last_day - first_day + 1
        if days < LEAST_DAYS:
            return Answer(self._nothing(days))
        touchpoints = _most(state.touchpoints, self.names.touchpoints, MOST_TOUCHPOINTS)
        pairs = _most_pairs(state.pairs, touchpoints, self.names.touchpoints)
        plan = Plan(
            tuple(touchpoints),
            tuple((touchpoints.index(source), touchpoints.index(target)) for source, target in pairs),
            self._measures(state),
            self._segments(state),
            first_day,
            days,
            self.timezone,
            self.window,
            self.currency,
        )
        return CountingPass(self.names, plan, self.goals)

    def _nothing(self, days: int) -> Insights:
        return Insights(
            days, 0, (), timezone=self.timezone, journey=None if self.window is None else self.window.journey
        )

    def _measures(self, state: Survey) -> tuple[Measure, ...]:
        found = [
            (-count, self.names.touchpoints[touchpoint], NUMBERS[field], touchpoint, state.largest[touchpoint, field])
            for (touchpoint, field), count in np.ndenumerate(state.numbers)
            if count >= LEAST_COUNT and state.largest[touchpoint, field] > 0
        ]
        return tuple(
            Measure(code, field, float(_FINEST / largest))
            for _, _, field, code, largest in sorted(found)[:MOST_MEASURES]
        )

    def _segments(self, state: Survey) -> tuple[Attribute, ...]:
        found = [Attribute("weekday", WEEKDAYS, 1, is_steady=True)]
        room = MOST_SEGMENTS - len(WEEKDAYS)
        for name, counts, (several, steady) in zip(self.attributes, state.values, state.steady, strict=True):
            texts = self.names.values[name]
            often = np.flatnonzero(counts >= LEAST_COUNT).tolist()
            if not 2 <= len(np.flatnonzero(counts)) <= MOST_VALUES or len(often) > room:
                continue
            values = tuple(sorted(texts[code] for code in often))
            is_steady = steady >= LEAST_STEADY * several
            found.append(Attribute(name, values, found[-1].first + len(found[-1].values), is_steady=bool(is_steady)))
            room -= len(values)
        return tuple(found)


def _most(counts: NDArray[np.int64], names: tuple[str, ...], most: int) -> list[int]:
    """The codes of the most frequent ones that are frequent enough; of equal ones the first by name."""
    often = [code for code in range(len(names)) if counts[code] >= LEAST_COUNT]
    return sorted(often, key=lambda code: (-counts[code], names[code]))[:most]


def _most_pairs(counts: NDArray[np.int64], touchpoints: list[int], names: tuple[str, ...]) -> list[tuple[int, int]]:
    often = [(s, t) for s in touchpoints for t in touchpoints if counts[s, t] >= LEAST_COUNT // 2]
    return sorted(often, key=lambda pair: (-counts[pair], names[pair[0]], names[pair[1]]))[:MOST_PAIRS]
