"""Numbers of customers over time: cohorts and who comes back, and to whom an event has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.local_time import local_day, local_days
from desireline.journeys.analyses.retention import RetentionAnalysis, RetentionPass
from desireline.journeys.analyses.survival import RecordEndPass, SurvivalAnalysis, TimesPass
from desireline.journeys.behind.finding import NOWHERE, AnalysisNumber, Finder, FoundSpans, spans_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.survival import UNITS
from desireline.journeys.spans import bounds_of, rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.calendar import FIRST_DAY, LAST_DAY, first_day_of, periods_of_days
from desireline.kernels.retention import PERIODS, follow_customers
from desireline.kernels.survival import time_to_event
from desireline.store import Workspace

CustomersThat = Literal["started", "returned", "inactive", "judged"]
EventsThat = Literal["started", "at risk", "happened"]
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def _microseconds(record_end: datetime | None) -> int:
    return 0 if record_end is None else (record_end - _EPOCH) // _MICROSECOND


class _Started(NamedTuple):
    """Customers with a start that is looked at, int64[c] ascending, and its place; every counted row with its customer."""

    owners: NDArray[np.int64]
    places: NDArray[np.int64]
    rows: NDArray[np.int64]
    row_owners: NDArray[np.int64]


def _started(spans: Spans, is_start: NDArray[np.bool_], begun: tuple[int, int]) -> _Started:
    rows = np.arange(len(spans.part.times), dtype=np.int64)[rows_of(spans)]
    row_owners = np.repeat(spans.owners, spans.ends - spans.starts)
    starting = is_start[rows]
    owners, firsts = np.unique(row_owners[starting], return_index=True)
    places = rows[starting][firsts]
    times = spans.part.times[places]
    inside = (times >= begun[0]) & (times < begun[1])
    return _Started(owners[inside], places[inside], rows, row_owners)


@dataclass(frozen=True, slots=True)
class CohortNumber(AnalysisNumber[RetentionAnalysis]):
    """Customers of a cohort.

    Attributes
    ----------
    that
        "started" in it; "returned" so many periods later, or with the kind "on_or_after" then or later; "inactive"; or "judged": who have
        a rhythm, so that it can be said whether they are inactive.
    first_day
        The first day of the cohort's period; ``None``: all cohorts that the record has followed so far.
    since
        How many periods later; of "started" for how many periods the record has to have followed the cohort, ``None``: however few.
    """

    that: CustomersThat
    first_day: date | None = None
    since: int | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(RetentionPass, names)
        if self.that in ("inactive", "judged"):
            return lambda spans: self._judged(spans, counting)
        return lambda spans: self._of_cohort(spans, counting)

    def _of_cohort(self, spans: Spans, counting: RetentionPass) -> FoundSpans:
        is_start, is_return = counting.counting.of(spans).roles
        started = _started(spans, is_start, bounds_of(self.analysis.begun))
        periods = self._periods(spans)
        cohorts = periods[started.places]
        chosen = self._chosen(cohorts)
        if self.that == "started":
            return spans_of(spans, started.places[chosen])
        known = np.full(len(spans.part.customers), -1, np.int64)
        known[started.owners[chosen]] = np.flatnonzero(chosen)
        own = known[started.row_owners]
        back = (own >= 0) & is_return[started.rows]
        rows, own = started.rows[back], own[back]
        since = periods[rows] - cohorts[own]
        later = self.since or 0
        came = since == later if self.analysis.kind == "in" else since >= later
        came &= rows > started.places[own]
        _, firsts = np.unique(own[came], return_index=True)
        return spans_of(spans, rows[came][firsts])

    def _judged(self, spans: Spans, counting: RetentionPass) -> FoundSpans:
        is_start, is_return = counting.counting.of(spans).roles
        found = follow_customers(
            spans.part.times,
            read_only(local_days(spans.part.times, self.analysis.timezone)),
            spans.starts,
            spans.ends,
            spans.owners,
            is_start,
            is_return,
            read_only(periods_of_days(self.analysis.by)),
            self.analysis.patience,
            *bounds_of(self.analysis.begun),
        )
        keys, owners = found[-2:]
        chosen = self._chosen(keys // PERIODS + int(periods_of_days(self.analysis.by)[0]))
        if self.that == "inactive":
            chosen &= keys % PERIODS < self._last_day() - FIRST_DAY
        last = np.searchsorted(spans.owners, owners[chosen], side="right") - 1
        return FoundSpans(last, np.full(len(last), NOWHERE, np.int64))

    def _periods(self, spans: Spans) -> NDArray[np.int64]:
        """The period of each interaction, int64[n]."""
        days = local_days(spans.part.times, self.analysis.timezone)
        return periods_of_days(self.analysis.by)[np.clip(days, FIRST_DAY, LAST_DAY) - FIRST_DAY].astype(np.int64)

    def _chosen(self, cohorts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which customers are of the cohort, by their periods: bool[c]."""
        periods = periods_of_days(self.analysis.by)
        if self.first_day is not None:
            day = np.clip((self.first_day - date(1970, 1, 1)).days, FIRST_DAY, LAST_DAY) - FIRST_DAY
            of_cohort: NDArray[np.bool_] = cohorts == int(periods[day])
            return of_cohort
        if self.since is None:
            return np.ones(len(cohorts), np.bool_)
        last_day = self._last_day()
        current = int(periods[last_day - FIRST_DAY])
        reached = current + (last_day + 1 >= first_day_of(current + 1, self.analysis.by))
        followed: NDArray[np.bool_] = cohorts + self.since < reached
        return followed

    def _last_day(self) -> int:
        """The last day of the record, since 1970-01-01."""
        last = _microseconds(self.analysis.record_end)
        return min(max(local_day(last, self.analysis.timezone), FIRST_DAY), LAST_DAY)


@dataclass(frozen=True, slots=True)
class EventNumber(AnalysisNumber[SurvivalAnalysis]):
    """Customers who started, to whom the event came after so long, or who were still waited for then.

    Attributes
    ----------
    time
        In units of the analysis; ``None``: whenever.
    """

    that: EventsThat
    time: int | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(RecordEndPass, names).conclude(_microseconds(self.analysis.record_end))
        assert isinstance(counting, TimesPass)
        return lambda spans: self._find(spans, counting)

    def _find(self, spans: Spans, counting: TimesPass) -> FoundSpans:
        begun = bounds_of(self.analysis.begun)
        is_start, is_event = counting.counting.of(spans).roles
        started = _started(spans, is_start, begun)
        churn = self.analysis.churn
        waited, has_come = time_to_event(
            spans.part.times,
            spans.starts,
            spans.ends,
            spans.owners,
            is_start,
            is_event,
            -1 if churn is None else churn // _MICROSECOND,
            counting.record_end,
            *begun,
        )
        units = -(-waited // (UNITS[self.analysis.unit] // _MICROSECOND))
        chosen = np.ones(len(units), np.bool_)
        if self.that == "happened":
            chosen &= has_come
        if self.time is not None:
            chosen &= units == self.time if self.that == "happened" else units >= self.time
        return spans_of(spans, started.places[chosen])
