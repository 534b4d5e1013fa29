"""How long customers stay, or take until an event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from desireline.base import InputError, Period, phrase
from desireline.journeys.analyses.acting import ACTING_FIELDS, Counting, acting_of
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans, Whose
from desireline.journeys.results.survival import UNITS, Survival, SurvivalStep, SurvivalUnit
from desireline.journeys.spans import bounds_of, end_of
from desireline.kernels.survival import kaplan_meier, time_to_event
from desireline.kernels.tallies import Tally, add, tally

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_NO_CHURN = -1


@dataclass(frozen=True, slots=True)
class SurvivalAnalysis:
    """How long it takes from a customer's first start to an event, and to how many it has not come yet.

    The start is the first interaction with one of ``starts``, the event the first one with one of ``events`` after it, in any span;
    or, with ``churn``, the moment when the first silence since the start has lasted that long and goes on. Customers to whom it has
    not come are watched until the end of the record. Times are rounded up to whole units.

    Parameters
    ----------
    events
        Touchpoints by name, whoever acted; any of them is the event. None where ``churn`` is given.
    churn
        So long a silence is the event; above zero. ``None`` where ``events`` are given.
    starts
        Touchpoints by name, whoever acted; none: any interaction of those that ``whose`` says.
    unit
        "minute", "hour" or "day".
    record_end
        Aware: until when anybody could have been seen; what came later is not. ``None``: the last interaction in the spans.
    begun
        Only customers who start in it, all of them by default; they are watched to the end of the record.
    whose
        "customer": what the company did, such as an invoice or an e-mail it sent, breaks no silence and is no start, unless the start
        names its touchpoint. "anybody": it does.
    """

    events: Sequence[str] = ()
    churn: timedelta | None = None
    starts: Sequence[str] = ()
    unit: SurvivalUnit = "day"
    record_end: datetime | None = None
    begun: Period | None = None
    whose: Whose = "customer"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return ACTING_FIELDS if self.whose == "customer" and not (self.starts and self.events) else ()

    def begin(self, names: Names) -> Pass[Any, Survival]:
        """Find the end of the record first; then the times.

        Raises
        ------
        InputError
            Neither events nor a churn is given, or both are, or the churn is not above zero.
        UnknownNameError
            Starts or events that are no touchpoints; all of them are listed.
        """
        if bool(self.events) == (self.churn is not None):
            raise InputError(
                phrase("expected either events or a churn"), hint=phrase('events=["Cancelled"], or churn="90d"')
            )
        if self.churn is not None and self.churn <= timedelta():
            raise InputError(phrase("expected a churn above zero, got {churn}", churn=self.churn))
        roles = tuple(
            marks_of_touchpoints(wanted, names.touchpoints, role=role) if wanted else None
            for wanted, role in ((self.starts, "starts"), (self.events, "events"))
        )
        return RecordEndPass(self, Counting(roles, acting_of(names, self.whose), self.record_end))


@dataclass(frozen=True, slots=True)
class RecordEndPass(Pass[int, Survival]):
    """Finds the end of the record."""

    settings: SurvivalAnalysis
    counting: Counting

    def partial(self, spans: Spans) -> int:
        """The last moment of one part, in microseconds."""
        return end_of(spans, self.settings.record_end)

    def combine(self, first: int, second: int) -> int:
        """The later one."""
        return max(first, second)

    def conclude(self, state: int) -> Pass[TimesCounts, Survival]:
        """Measure the times until then."""
        return TimesPass(self.settings, self.counting, state)


@dataclass(frozen=True, slots=True)
class TimesCounts:
    """Customers by the time to their event, or to the end of the record; how many interactions do not count.

    Keys of ``times``: twice the units, and one more for an event.
    """

    times: Tally
    left_out: int


@dataclass(frozen=True, slots=True)
class TimesPass(Pass[TimesCounts, Survival]):
    """Counts customers by the time to their event, or to the end of the record."""

    settings: SurvivalAnalysis
    counting: Counting
    record_end: int

    def partial(self, spans: Spans) -> TimesCounts:
        """The counts of one part."""
        churn, counted = self.settings.churn, self.counting.of(spans)
        is_start, is_event = counted.roles
        durations, has_come = time_to_event(
            spans.part.times,
            spans.starts,
            spans.ends,
            spans.owners,
            is_start,
            is_event,
            _NO_CHURN if churn is None else churn // _MICROSECOND,
            self.record_end,
            *bounds_of(self.settings.begun),
        )
        units = -(-durations // (UNITS[self.settings.unit] // _MICROSECOND))
        return TimesCounts(tally(2 * units + has_come), counted.left_out)

    def combine(self, first: TimesCounts, second: TimesCounts) -> TimesCounts:
        """The sums."""
        return TimesCounts(add(first.times, second.times), first.left_out + second.left_out)

    def conclude(self, state: TimesCounts) -> Answer[Survival]:
        """The curve."""
        said = self.settings
        steps = _steps(state.times)
        some = len(steps) > 0
        return Answer(
            Survival(
                events=tuple(said.events),
                churn_seconds=None if said.churn is None else said.churn.total_seconds(),
                starts=tuple(said.starts),
                unit=said.unit,
                record_end=_EPOCH + self.record_end * _MICROSECOND if some else None,
                median=_first_at_most_half(steps, "survival"),
                median_low=_first_at_most_half(steps, "low"),
                median_high=_first_at_most_half(steps, "high"),
                steps=steps,
                whose=said.whose,
                left_out=state.left_out,
            )
        )


def _steps(counted: Tally) -> tuple[SurvivalStep, ...]:
    """A step for every time at which an event comes or somebody is watched no longer."""
    times, places = np.unique(counted.keys // 2, return_inverse=True)
    events, censored = np.zeros((2, len(times)), np.int64)
    come = counted.keys % 2 == 1
    events[places[come]] = counted.counts[come]
    censored[places[~come]] = counted.counts[~come]
    at_risk = (events + censored)[::-1].cumsum()[::-1]
    columns = (times, at_risk, events, censored, *kaplan_meier(at_risk, events))
    return tuple(map(SurvivalStep, *(column.tolist() for column in columns)))


def _first_at_most_half(steps: tuple[SurvivalStep, ...], curve: str) -> float:
    """When a curve first is at half or below (Brookmeyer and Crowley 1982 for the ends of the interval); NaN if never."""
    return next((float(step.time) for step in steps if getattr(step, curve) <= 0.5), math.nan)
