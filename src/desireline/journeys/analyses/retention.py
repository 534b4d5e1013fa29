"""Cohorts of customers, and whether they come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Period, phrase
from desireline.interactions.local_time import local_day, local_days
from desireline.journeys.analyses.acting import ACTING_FIELDS, Counting, acting_of
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import share
from desireline.journeys.model import Names, Spans, Whose
from desireline.journeys.results.retention import Cohort, Retention, RetentionCell, RetentionKind
from desireline.journeys.spans import bounds_of, end_of, rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.calendar import FIRST_DAY, LAST_DAY, CalendarUnit, first_day_of, periods_of_days
from desireline.kernels.retention import PERIODS, follow_customers
from desireline.kernels.tallies import Tally, add, sum_by_key, tally

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
LONGEST_PATIENCE = 1000.0
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class RetentionAnalysis:
    """Customers by the calendar period in which they start, and how many of them come back in each period after it.

    The start is a customer's first interaction with one of the ``starts``; to come back is an interaction with one of the
    ``returns`` after it, in any span. Period 0 is the rest of that in which they started. A period that the record has not reached
    to the end has no number; the day on which the record ends counts as a whole one. A customer is inactive if the days since
    the last return are more than ``patience`` times the median pause between days with a return; who has fewer than three
    pauses has no rhythm and is not judged. Value at stake is what the inactive brought in the spans, by all interactions whoever
    did them, in hundredths so that sums are exact.

    Parameters
    ----------
    starts, returns
        Touchpoints by name, whoever acted; none: any interaction of those that ``whose`` says.
    by
        "day", "week" (from Monday on) or "month".
    kind
        "in": who came back in just that period (N-day retention). "on_or_after": in that period or any later one (unbounded).
    patience
        Above 0, up to 1,000.
    record_end
        Aware: until when anybody could have been seen; what came later is not. ``None``: the last interaction in the spans.
    begun
        Only customers who start in it, all of them by default; they are followed to the end of the record.
    timezone
        By whose clock days, weeks and months begin.
    whose
        "customer": what the company did, such as an invoice or an e-mail it sent, is neither a start nor a return, unless its touchpoint
        is named. "anybody": it is.
    """

    starts: Sequence[str] = ()
    returns: Sequence[str] = ()
    by: CalendarUnit = "week"
    kind: RetentionKind = "in"
    patience: float = 3.0
    record_end: datetime | None = None
    begun: Period | None = None
    timezone: str = "UTC"
    whose: Whose = "customer"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        is_asked = self.whose == "customer" and not (self.starts and self.returns)
        return (*ACTING_FIELDS, "value") if is_asked else ("value",)

    def begin(self, names: Names) -> Pass[Any, Retention]:
        """One pass counts everything.

        Raises
        ------
        InputError
            The patience is out of range.
        UnknownNameError
            Starts or returns that are no touchpoints; all of them are listed.
        """
        if not 0 < self.patience <= LONGEST_PATIENCE:
            raise InputError(
                phrase(
                    "expected a patience above 0 and up to {longest:g} times, got {patience}",
                    longest=LONGEST_PATIENCE,
                    patience=self.patience,
                )
            )
        roles = tuple(
            marks_of_touchpoints(wanted, names.touchpoints, role=role) if wanted else None
            for wanted, role in ((self.starts, "starts"), (self.returns, "returns"))
        )
        return RetentionPass(self, Counting(roles, acting_of(names, self.whose), self.record_end))


@dataclass(frozen=True, slots=True)
class RetentionCounts:
    """See :class:`desireline.kernels.retention.Returns`; and the last moment of the record in microseconds.

    ``worth`` has the keys of ``patience``, with the values of these customers in sum, in hundredths; ``valued``: how many
    interactions have a value; ``left_out``: how many do not count because the company did them.
    """

    last: int
    cohorts: Tally
    returns: Tally
    last_returns: Tally
    patience: Tally
    worth: Tally
    valued: int
    left_out: int


@dataclass(frozen=True, slots=True)
class RetentionPass(Pass[RetentionCounts, Retention]):
    """Counts starts and returns."""

    settings: RetentionAnalysis
    counting: Counting

    def partial(self, spans: Spans) -> RetentionCounts:
        """The counts of one part."""
        part, counted = spans.part, self.counting.of(spans)
        is_start, is_return = counted.roles
        *keys, judged = follow_customers(
            part.times,
            read_only(local_days(part.times, self.settings.timezone)),
            spans.starts,
            spans.ends,
            spans.owners,
            is_start,
            is_return,
            read_only(periods_of_days(self.settings.by)),
            self.settings.patience,
            *bounds_of(self.settings.begun),
        )
        last = end_of(spans, self.settings.record_end)
        worth, valued = _worth(spans, self.settings.record_end)
        cohorts, returns, last_returns, patience = (tally(each) for each in keys)
        at_stake = sum_by_key(keys[-1], worth[judged])
        return RetentionCounts(last, cohorts, returns, last_returns, patience, at_stake, valued, counted.left_out)

    def combine(self, first: RetentionCounts, second: RetentionCounts) -> RetentionCounts:
        """The sums, and the later end."""
        return RetentionCounts(
            max(first.last, second.last),
            add(first.cohorts, second.cohorts),
            add(first.returns, second.returns),
            add(first.last_returns, second.last_returns),
            add(first.patience, second.patience),
            add(first.worth, second.worth),
            first.valued + second.valued,
            first.left_out + second.left_out,
        )

    def conclude(self, state: RetentionCounts) -> Answer[Retention]:
        """Shares of the cohorts, as far as the record reaches."""
        said = self.settings
        returned = _by_cohort(state.returns if said.kind == "in" else state.last_returns)
        inactive = _by_cohort(state.patience)
        last_day = local_day(state.last, said.timezone) if len(state.cohorts.keys) else FIRST_DAY
        table = _Table.until(last_day, said)
        cohorts = tuple(
            table.cohort(number, customers, returned.get(number, {}), inactive.get(number, {}))
            for number, customers in zip(*(column.tolist() for column in state.cohorts), strict=True)
        )
        ends = None if not cohorts else _EPOCH + state.last * _MICROSECOND
        settings = (tuple(said.starts), tuple(said.returns), said.by, said.kind, said.patience)
        at_stake = _at_stake(state, last_day - FIRST_DAY)
        whose = (said.whose, state.left_out)
        return Answer(Retention(*settings, ends, cohorts, _curve(cohorts), *at_stake, said.timezone, *whose))


def _worth(spans: Spans, record_end: datetime | None) -> tuple[NDArray[np.int64], int]:
    """What each customer of a part brought, int64[k] in hundredths, and how many interactions have a value."""
    rows = rows_of(spans)
    values = spans.part.field("value")[rows]
    owners = np.repeat(spans.owners, spans.ends - spans.starts)
    known = ~np.isnan(values) & (spans.part.times[rows] <= end_of(spans, record_end))
    worth = np.zeros(len(spans.part.customers), np.int64)
    np.add.at(worth, owners[known], np.rint(values[known] * _HUNDREDTHS).astype(np.int64))
    return worth, int(known.sum())


def _at_stake(state: RetentionCounts, today: int) -> tuple[float, float]:
    """What the inactive brought, and what all who have a rhythm brought; NaN where no interaction has a value."""
    if not state.valued:
        return nan, nan
    inactive = state.worth.counts[state.worth.keys % PERIODS < today]
    return int(inactive.sum()) / _HUNDREDTHS, int(state.worth.counts.sum()) / _HUNDREDTHS


def _by_cohort(counted: Tally) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for key, count in zip(counted.keys.tolist(), counted.counts.tolist(), strict=True):
        found.setdefault(key // PERIODS, {})[key % PERIODS] = count
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """Makes cohorts, as far as the record reaches.

    ``last_day`` is that of the record as days since 1970-01-01, ``first_period`` that of 1900-01-01, ``reached`` the first period
    that is not over.
    """

    settings: RetentionAnalysis
    last_day: int
    first_period: int
    reached: int

    @classmethod
    def until(cls, last_day: int, settings: RetentionAnalysis) -> _Table:
        periods = periods_of_days(settings.by)
        last_day = min(max(last_day, FIRST_DAY), LAST_DAY)
        current = int(periods[last_day - FIRST_DAY])
        is_over = last_day + 1 >= first_day_of(current + 1, settings.by)
        return cls(settings, last_day, int(periods[0]), current + is_over)

    def cohort(self, number: int, customers: int, returned: dict[int, int], patience: dict[int, int]) -> Cohort:
        period, today = number + self.first_period, self.last_day - FIRST_DAY
        counts = np.zeros(max([self.reached - period - 1, *returned]) + 1, np.int64)
        counts[list(returned)] = list(returned.values())
        if self.settings.kind == "on_or_after":
            counts = counts[::-1].cumsum()[::-1]
        counts = counts[: max(self.reached - period, 0)]
        silent = sum(count for day, count in patience.items() if day < today)
        return Cohort(
            start=(datetime(1970, 1, 1) + timedelta(days=first_day_of(period, self.settings.by))).date(),
            customers=customers,
            cells=RetentionCell.all_of(counts, np.full(len(counts), customers)),
            inactive=share(phrase("inactive"), silent, sum(patience.values())),
        )


def _curve(cohorts: tuple[Cohort, ...]) -> tuple[RetentionCell, ...]:
    """All cohorts together: of each period those whose record reaches it."""
    longest = max((len(cohort.cells) for cohort in cohorts), default=0)
    returned, customers = np.zeros(longest, np.int64), np.zeros(longest, np.int64)
    for cohort in cohorts:
        returned[: len(cohort.cells)] += np.array([cell.returned for cell in cohort.cells], np.int64)
        customers[: len(cohort.cells)] += cohort.customers
    return RetentionCell.all_of(returned, customers)
