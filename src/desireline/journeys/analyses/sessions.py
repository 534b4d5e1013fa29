"""How long sessions are: in interactions, and in time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import FINEST_BITS, Medians, Near, Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import DistributionBin, Names, Sessions, Spans
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers, count_spans, durations

INTERACTION_EDGES = (1, 2, 3, 6, 11, 21, 51)
SECOND_EDGES = (0.0, 1e-6, 10.0, 60.0, 300.0, 900.0, 3_600.0, 21_600.0, 86_400.0)
_MICROSECOND_EDGES = np.array([round(edge * 1e6) for edge in SECOND_EDGES], np.int64)


@dataclass(frozen=True, slots=True)
class SessionsAnalysis:
    """How many sessions and customers; the exact medians of interactions and of seconds; both distributions.

    A session is a span, whatever cut it. Its duration runs from its first interaction to its last: a session
    of one interaction lasts 0 seconds. Interactions are shown as 1, 2, 3-5, 6-10, 11-20, 21-50 and more;
    seconds as none at all, below 10, below 1, 5 and 15 minutes, 1 and 6 hours, 1 day, and more.
    """

    def begin(self, names: Names) -> Pass[Any, Sessions]:
        """Counts and histograms first; then the durations around the middle."""
        return SessionsPass()


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """Customers; sessions by number of interactions, and by bin of the distribution; the durations, in one group."""

    customers: int
    lengths: NDArray[np.int64]
    seconds: NDArray[np.int64]
    durations: Values


@dataclass(frozen=True, slots=True)
class SessionsPass(Pass[SessionCounts, Sessions]):
    """Counts sessions by length and by duration."""

    def partial(self, spans: Spans) -> SessionCounts:
        """The counts of one part."""
        times, starts, ends = spans.part.times, spans.starts, spans.ends
        lengths, seconds, cells, lasting = count_spans(times, starts, ends, _MICROSECOND_EDGES, FINEST_BITS)
        near = Near.of(_in_one_group(lasting), cells[None, :])
        return SessionCounts(count_customers(spans.owners), lengths, seconds, Values(cells[None, :], (near,)))

    def combine(self, first: SessionCounts, second: SessionCounts) -> SessionCounts:
        """The sums."""
        lengths = np.zeros(max(len(first.lengths), len(second.lengths)), np.int64)
        lengths[: len(first.lengths)] += first.lengths
        lengths[: len(second.lengths)] += second.lengths
        return SessionCounts(
            first.customers + second.customers,
            lengths,
            first.seconds + second.seconds,
            first.durations + second.durations,
        )

    def conclude(self, state: SessionCounts) -> Answer[Sessions] | Pass[Any, Sessions]:
        """The answer, or a second reading for the median duration."""
        return state.durations.conclude(measure_durations, SessionsAnswer(state))


@dataclass(frozen=True, slots=True)
class SessionsAnswer:
    """Makes the result when the median duration is known."""

    counts: SessionCounts

    def __call__(self, medians: Medians) -> Sessions:
        """The result; ``medians`` has one entry, in seconds."""
        lengths = self.counts.lengths
        by_length = np.add.reduceat(np.pad(lengths, (0, 52)), (*INTERACTION_EDGES, len(lengths) + 51))[:-1]
        return Sessions(
            sessions=int(lengths.sum()),
            customers=self.counts.customers,
            median_interactions=_median_of_counts(lengths),
            median_seconds=float(medians[0]),
            interactions_distribution=_distribution(INTERACTION_EDGES, by_length),
            seconds_distribution=_distribution(SECOND_EDGES, self.counts.seconds),
        )


def measure_durations(spans: Spans) -> Measures:
    """The duration of every span, all in one group."""
    return _in_one_group(durations(spans.part.times, spans.starts, spans.ends))


def _in_one_group(values: NDArray[np.int64]) -> Measures:
    return Measures(np.zeros(len(values), np.int32), values)


def _median_of_counts(counts: NDArray[np.int64]) -> float:
    """The median of values that are counted by value; NaN of none."""
    total = int(counts.sum())
    if total == 0:
        return math.nan
    first, second = np.searchsorted(np.cumsum(counts), ((total - 1) // 2, total // 2), side="right").tolist()
    return float(first + second) / 2


def _distribution(edges: Sequence[float], counts: NDArray[np.int64]) -> tuple[DistributionBin, ...]:
    highs = (*edges[1:], math.inf)
    return tuple(
        DistributionBin(float(low), float(high), count)
        for low, high, count in zip(edges, highs, counts.tolist(), strict=True)
    )
