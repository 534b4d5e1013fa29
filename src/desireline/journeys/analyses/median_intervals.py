"""Exact medians with the order-statistic interval of 95%, from the same readings as medians alone.

The ends of the interval are values near the middle, which parts keep for the median anyway: see
:class:`~desireline.journeys.analyses.medians.Values`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import FINEST_BITS, Measure, Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Spans
from desireline.kernels.medians import Brackets, Measures, within
from desireline.kernels.quantiles import bins_of_ranks, median_ranks

R = TypeVar("R")
MedianIntervals = NDArray[np.float64]
"""Median, lower and upper end of its interval by group in seconds, float64[k, 3]; NaN of no value, and of the ends below six."""
_MICROSECONDS = 1e6


def median_intervals_of(
    values: Values, measure: Measure, answer: Callable[[MedianIntervals], R]
) -> Answer[R] | Pass[tuple[Measures, ...], R]:
    """The answer from the values that are kept, or a second reading of those around the middles.

    Parameters
    ----------
    measure
        Gives the same values again. Can be pickled.
    answer
        Makes the answer of medians with their intervals.
    """
    reading = IntervalsPass(measure, answer, values.cells, median_ranks(values.sizes()))
    brackets = reading.brackets()
    if values.near is not None and all(each.covers(brackets) for each in values.near):
        return reading.conclude(tuple(each.within(brackets) for each in values.near))
    return reading


@dataclass(frozen=True, slots=True)
class IntervalsPass(Pass[tuple[Measures, ...], R], Generic[R]):
    """Collects the values from one end of each interval to the other; ``ranks``: see :func:`median_ranks`."""

    measure: Measure
    answer: Callable[[MedianIntervals], R]
    cells: NDArray[np.int64]
    ranks: NDArray[np.int64]

    def brackets(self) -> Brackets:
        """From the bin of the lowest wanted value to that of the highest, without that of zeros."""
        groups = len(self.cells)
        low, high = np.ones(groups + 1, np.int32), np.zeros(groups + 1, np.int32)
        bins = self._bins()
        low[:-1] = np.maximum(bins.min(axis=1), 1)
        high[:-1] = bins.max(axis=1)
        return Brackets(FINEST_BITS, low, high, np.zeros(groups, np.int64), np.zeros(groups, np.int64))

    def partial(self, spans: Spans) -> tuple[Measures, ...]:
        """The wanted values of one part."""
        found = self.brackets()
        return (Measures(*within(*self.measure(spans), found.low, found.high, found.bits)),)

    def combine(self, first: tuple[Measures, ...], second: tuple[Measures, ...]) -> tuple[Measures, ...]:
        """Both, not yet joined."""
        return first + second

    def conclude(self, state: tuple[Measures, ...]) -> Answer[R]:
        """The answer, from medians and intervals in seconds."""
        groups = np.concatenate([each.groups for each in state])
        values = np.concatenate([each.values for each in state])
        order = np.lexsort((values, groups))
        starts = np.searchsorted(groups[order], np.arange(len(self.cells)))
        first_bins = self.brackets().low[:-1].astype(np.int64)
        before = np.take_along_axis(np.cumsum(self.cells, axis=1) - self.cells, first_bins[:, None], axis=1)
        places = np.clip(starts[:, None] + self._wanted() - before, 0, max(len(values) - 1, 0))
        known = values[order][places] if len(values) else np.zeros(places.shape, np.int64)
        found = np.where(self._bins() > 0, known, 0).astype(np.float64)
        middle = found[:, 1] + (found[:, 2] - found[:, 1]) / 2
        intervals = np.stack([middle, found[:, 0], found[:, 3]], axis=-1) / _MICROSECONDS
        intervals[self.cells.sum(axis=1) == 0, 0] = np.nan
        intervals[self.ranks[:, 0] < 0, 1:] = np.nan
        return Answer(self.answer(intervals))

    def _wanted(self) -> NDArray[np.int64]:
        """The ranks, without an interval those of the middle."""
        return np.where(self.ranks >= 0, self.ranks, self.ranks[:, 1:2])

    def _bins(self) -> NDArray[np.int64]:
        return bins_of_ranks(self.cells, self._wanted())
