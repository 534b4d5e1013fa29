"""Exact quantiles of values by group, in one reading where that is enough.

Like :class:`desireline.journeys.analyses.medians.Values`, but for several quantiles of a group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import FEW_VALUES_OF_A_GROUP, FEW_VALUES_OF_A_PART, FINEST_BITS, MOST_NEAR
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Spans
from desireline.kernels.medians import Measures, histogram
from desireline.kernels.quantiles import around_ranks, bins_of_ranks, in_bins, quantiles, ranks_of

R = TypeVar("R")
Measure = Callable[[Spans], Measures]
Quartiles = NDArray[np.float64]
"""Lower quartile, median and upper quartile of each group in seconds, float64[k, 3]; NaN of none."""
QUARTILES = (0.25, 0.5, 0.75)
_MICROSECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Near:
    """The values of one part in some bins, bool[k, bins]."""

    bins: NDArray[np.bool_]
    kept: Measures


@dataclass(frozen=True, slots=True)
class Spread:
    """Values by group from one reading: their histograms, and those that are probably around the quartiles.

    Attributes
    ----------
    cells
        int64[k, bins].
    near
        What each part keeps; ``None`` where that is more than
        :data:`~desireline.journeys.analyses.medians.MOST_NEAR` in all.
    """

    cells: NDArray[np.int64]
    near: tuple[Near, ...] | None

    @classmethod
    def of(cls, measures: Measures, groups: int) -> Spread:
        """The values of one part, in microseconds."""
        rows = np.arange(groups + 1, dtype=np.int32)
        cells = histogram(measures.groups, measures.values, rows, groups, FINEST_BITS).astype(np.int64)
        bins = around_ranks(cells, QUARTILES, few=FEW_VALUES_OF_A_GROUP, few_in_all=FEW_VALUES_OF_A_PART)
        return cls(cells, (Near(bins, Measures(*in_bins(*measures, bins, FINEST_BITS))),))

    def __add__(self, other: Spread) -> Spread:
        """Both."""
        cells = self.cells + other.cells
        if self.near is None or other.near is None:
            return Spread(cells, None)
        near = self.near + other.near
        return Spread(cells, near if sum(len(each.kept.values) for each in near) <= MOST_NEAR else None)

    def conclude(self, measure: Measure, answer: Callable[[Quartiles], R]) -> Answer[R] | Pass[tuple[Measures, ...], R]:
        """The answer from the values that are kept, or a second reading of those that are needed.

        Parameters
        ----------
        measure
            Gives the same values again. Can be pickled.
        """
        ranks, _ = ranks_of(self.cells.sum(axis=1), QUARTILES)
        bins = bins_of_ranks(self.cells, ranks).reshape(len(self.cells), -1)
        wanted = np.zeros(self.cells.shape, np.bool_)
        np.put_along_axis(wanted, bins, values=True, axis=1)
        wanted[:, 0] = False
        reading = QuartilesPass(measure, answer, self.cells, wanted)
        if self.near is not None and all(not (wanted & ~each.bins).any() for each in self.near):
            return reading.conclude(tuple(each.kept for each in self.near))
        return reading


@dataclass(frozen=True, slots=True)
class QuartilesPass(Pass[tuple[Measures, ...], R], Generic[R]):
    """Collects the values in the bins that hold the quartiles."""

    measure: Measure
    answer: Callable[[Quartiles], R]
    cells: NDArray[np.int64]
    wanted: NDArray[np.bool_]

    def partial(self, spans: Spans) -> tuple[Measures, ...]:
        """The wanted values of one part."""
        return (Measures(*in_bins(*self.measure(spans), self.wanted, FINEST_BITS)),)

    def combine(self, first: tuple[Measures, ...], second: tuple[Measures, ...]) -> tuple[Measures, ...]:
        """Both, not yet joined."""
        return first + second

    def conclude(self, state: tuple[Measures, ...]) -> Answer[R]:
        """The answer, from the quartiles in seconds."""
        groups = np.concatenate([each.groups for each in state])
        values = np.concatenate([each.values for each in state])
        kept = Measures(*in_bins(groups, values, self.wanted, FINEST_BITS))
        return Answer(self.answer(quantiles(self.cells, kept, QUARTILES, bits=FINEST_BITS) / _MICROSECONDS))
