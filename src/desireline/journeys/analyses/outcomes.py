"""How the journeys of a definition ended."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, format_seconds, phrase
from desireline.journeys.analyses.medians import Medians, Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, share
from desireline.journeys.model import OUTCOMES, Names, Spans
from desireline.journeys.results.outcomes import OutcomeCount, Outcomes
from desireline.kernels.counting import count_rows
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers, durations

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_REACHED = OUTCOMES.index("reached")


@dataclass(frozen=True, slots=True)
class Following:
    """All journeys are followed equally long from their beginning, and for that begin as long before the end of the record.

    Parameters
    ----------
    within
        So long.
    record_end
        Until when customers could have been seen.

    Raises
    ------
    InputError
        ``within`` is negative.
    """

    within: timedelta
    record_end: datetime

    def __post_init__(self) -> None:
        """Check the duration."""
        if self.within < timedelta():
            raise InputError(phrase("within: expected a duration from zero on, got {within}", within=self.within))

    def are_followed(self, spans: Spans) -> NDArray[np.bool_]:
        """Which spans begin so early that they could be followed so long: bool[s]."""
        latest = (self.record_end - self.within - _EPOCH) // _MICROSECOND
        found: NDArray[np.bool_] = spans.part.times[spans.starts] <= latest
        return found

    def reach(self, spans: Spans) -> NDArray[np.bool_]:
        """Which of these reached their goal within this time: bool[s]; none where spans are no journeys."""
        if spans.outcomes is None:
            return np.zeros(len(spans.starts), np.bool_)
        lasted = durations(spans.part.times, spans.starts, spans.ends)
        in_time = lasted <= self.within // _MICROSECOND
        found: NDArray[np.bool_] = self.are_followed(spans) & (spans.outcomes == _REACHED) & in_time
        return found


@dataclass(frozen=True, slots=True)
class OutcomesAnalysis:
    """How many journeys reached their goal, ended without it, timed out or are not finished, and how long they took.

    Shares are of the journeys that are over; they are shares of journeys, of which one customer may have several. Spans that
    are no journeys are not counted. Near the end of the record those that are decided fast are over, and the others are not: these shares
    lean towards the fast ones there. What is reached by journeys that are all followed equally long does not.

    Parameters
    ----------
    following
        How long; ``None``: that share is not known.
    """

    following: Following | None = None

    def begin(self, names: Names) -> Pass[Any, Outcomes]:
        """One reading; a second one only where the middles were not among what was kept."""
        return OutcomesPass(self.following)


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """All customers; by outcome journeys and distinct customers, int64[4] each, and their durations.

    ``followed``: how many journeys are followed long enough, and how many of these reach their goal in time, int64[2].
    """

    all_customers: int
    journeys: NDArray[np.int64]
    customers: NDArray[np.int64]
    durations: Values
    followed: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OutcomesPass(Pass[OutcomeCounts, Outcomes]):
    """Counts journeys by how they ended."""

    following: Following | None = None

    def partial(self, spans: Spans) -> OutcomeCounts:
        """The counts of one part."""
        measures = measure_outcomes(spans)
        owners = spans.owners[: len(measures.groups)]
        journeys, customers = count_rows(measures.groups, owners, len(OUTCOMES))
        lasting = Values.of(measures, len(OUTCOMES))
        return OutcomeCounts(count_customers(owners), journeys, customers, lasting, self._followed(spans))

    def _followed(self, spans: Spans) -> NDArray[np.int64]:
        if self.following is None or spans.outcomes is None:
            return np.zeros(2, np.int64)
        followed, reached = self.following.are_followed(spans), self.following.reach(spans)
        return np.array([np.count_nonzero(followed), np.count_nonzero(reached)], np.int64)

    def combine(self, first: OutcomeCounts, second: OutcomeCounts) -> OutcomeCounts:
        """The sums."""
        return OutcomeCounts(
            first.all_customers + second.all_customers,
            first.journeys + second.journeys,
            first.customers + second.customers,
            first.durations + second.durations,
            first.followed + second.followed,
        )

    def conclude(self, state: OutcomeCounts) -> Answer[Outcomes] | Pass[Any, Outcomes]:
        """The answer, or a second reading for the medians."""
        within = None if self.following is None else self.following.within
        followed = (within, *state.followed.tolist())
        counts = (followed, state.all_customers, tuple(state.journeys.tolist()), tuple(state.customers.tolist()))
        return state.durations.conclude(measure_outcomes, partial(_outcomes, *counts))


def measure_outcomes(spans: Spans) -> Measures:
    """The duration of each journey, in the group of its outcome; nothing where spans are no journeys."""
    if spans.outcomes is None:
        return Measures(np.zeros(0, np.int32), np.zeros(0, np.int64))
    return Measures(spans.outcomes.astype(np.int32), durations(spans.part.times, spans.starts, spans.ends))


def _outcomes(
    followed: tuple[timedelta | None, int, int],
    all_customers: int,
    journeys: tuple[int, ...],
    customers: tuple[int, ...],
    medians: Medians,
) -> Outcomes:
    over = sum(journeys[:-1])
    unknown = Estimate(OUTCOMES[-1], "share", math.nan, 0)
    found = tuple(
        OutcomeCount(
            name,
            journeys[place],
            customers[place],
            unknown if name == OUTCOMES[-1] else share(name, journeys[place], over),
            float(medians[place]),
        )
        for place, name in enumerate(OUTCOMES)
    )
    return Outcomes(sum(journeys), all_customers, found, *_in_time(*followed))


def _in_time(within: timedelta | None, followed: int, reached: int) -> tuple[float, Estimate]:
    if within is None:
        return math.nan, Estimate(phrase("reached in time"), "share", math.nan, 0)
    seconds = within.total_seconds()
    return seconds, share(
        phrase("reached within {time} of the beginning", time=format_seconds(seconds)), reached, followed
    )
