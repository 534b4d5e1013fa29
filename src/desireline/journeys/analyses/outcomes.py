"""How the journeys of a definition ended."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import Medians, Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, share
from desireline.journeys.model import OUTCOMES, Names, Spans
from desireline.journeys.results.outcomes import OutcomeCount, Outcomes
from desireline.kernels.counting import count_rows
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers, durations


@dataclass(frozen=True, slots=True)
class OutcomesAnalysis:
    """How many journeys reached their goal, ended without it, timed out or are not finished, and how long they took.

    Shares are of the journeys that are over; they are shares of journeys, of which one customer may have several. Spans that
    are no journeys are not counted.
    """

    def begin(self, names: Names) -> Pass[Any, Outcomes]:
        """One reading; a second one only where the middles were not among what was kept."""
        return OutcomesPass()


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """All customers; by outcome journeys and distinct customers, int64[4] each, and their durations."""

    all_customers: int
    journeys: NDArray[np.int64]
    customers: NDArray[np.int64]
    durations: Values


@dataclass(frozen=True, slots=True)
class OutcomesPass(Pass[OutcomeCounts, Outcomes]):
    """Counts journeys by how they ended."""

    def partial(self, spans: Spans) -> OutcomeCounts:
        """The counts of one part."""
        measures = measure_outcomes(spans)
        owners = spans.owners[: len(measures.groups)]
        journeys, customers = count_rows(measures.groups, owners, len(OUTCOMES))
        return OutcomeCounts(count_customers(owners), journeys, customers, Values.of(measures, len(OUTCOMES)))

    def combine(self, first: OutcomeCounts, second: OutcomeCounts) -> OutcomeCounts:
        """The sums."""
        return OutcomeCounts(
            first.all_customers + second.all_customers,
            first.journeys + second.journeys,
            first.customers + second.customers,
            first.durations + second.durations,
        )

    def conclude(self, state: OutcomeCounts) -> Answer[Outcomes] | Pass[Any, Outcomes]:
        """The answer, or a second reading for the medians."""
        counts = (state.all_customers, tuple(state.journeys.tolist()), tuple(state.customers.tolist()))
        return state.durations.conclude(measure_outcomes, partial(_outcomes, *counts))


def measure_outcomes(spans: Spans) -> Measures:
    """The duration of each journey, in the group of its outcome; nothing where spans are no journeys."""
    if spans.outcomes is None:
        return Measures(np.zeros(0, np.int32), np.zeros(0, np.int64))
    return Measures(spans.outcomes.astype(np.int32), durations(spans.part.times, spans.starts, spans.ends))


def _outcomes(all_customers: int, journeys: tuple[int, ...], customers: tuple[int, ...], medians: Medians) -> Outcomes:
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
    return Outcomes(sum(journeys), all_customers, found)
