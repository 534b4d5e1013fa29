"""Exact medians as passes: first where the middle lies, then the few values that lie there.

An analysis gives a function from spans to :class:`Measures` (values by group) and one from the medians to its
answer; :func:`medians_of` makes the passes. Groups with few values need no histogram: all their values are
kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Spans
from desireline.kernels.medians import (
    Brackets,
    Measures,
    around_middles,
    bin_count,
    bracket_middles,
    histogram,
    middle_of_bin,
    select,
    within,
)

R = TypeVar("R")
Measure = Callable[[Spans], Measures]
Medians = NDArray[np.float64]
Cells = NDArray[np.uint32] | NDArray[np.int64]

FEW_VALUES = 64
FEW_VALUES_IN_ALL = 1_000_000
FEW_VALUES_OF_A_GROUP = 1_024
FEW_VALUES_OF_A_PART = 16_384
MOST_NEAR = 8_000_000
MOST_CELLS = 1 << 19
MOST_APPROXIMATE_CELLS = 1 << 22
FINEST_BITS = 5
_MICROSECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Middles(Generic[R]):
    """What the passes to a median share.

    Attributes
    ----------
    measure
        Gives the values by group, in microseconds, and the same ones in every pass. Can be pickled.
    answer
        Makes the answer from the median of each group in seconds (NaN without values).
    sizes
        int64[k]: how many values each group has in all parts.
    """

    measure: Measure
    answer: Callable[[Medians], R]
    sizes: NDArray[np.int64]


def medians_of(middles: Middles[R]) -> Pass[Cells, R] | Pass[tuple[Measures, ...], R]:
    """The pass that begins the way to the medians: without a histogram where there is little to keep."""
    sizes = middles.sizes
    large = np.flatnonzero(sizes > FEW_VALUES)
    if len(large) == 0 or sizes.sum() <= FEW_VALUES_IN_ALL:
        empty = np.zeros((0, bin_count(1)), np.int64)
        return MiddlesPass(middles, bracket_middles(empty, np.zeros(len(sizes) + 1, np.int32), sizes, bits=1))
    most = MOST_CELLS // bin_count(1)
    if len(large) > most:
        large = np.sort(np.argpartition(sizes, -most)[-most:])
    rows = np.full(len(sizes) + 1, len(large), np.int32)
    rows[large] = np.arange(len(large), dtype=np.int32)
    return HistogramPass(middles, rows, len(large), bits_for(len(large)))


def approximate_medians_of(middles: Middles[R]) -> Pass[Any, R]:
    """The pass to medians that are read from a histogram: one reading less. Little data has exact ones all the same."""
    if middles.sizes.sum() <= FEW_VALUES_IN_ALL:
        return medians_of(middles)
    groups = len(middles.sizes)
    bits = next((bits for bits in (3, 2) if groups * bin_count(bits) <= MOST_APPROXIMATE_CELLS), 1)
    return ApproximatePass(middles, np.arange(groups + 1, dtype=np.int32), groups, bits)


def bits_for(rows: int) -> int:
    """How finely to cut so that the histograms of so many rows stay in the cache of a core."""
    fine = (bits for bits in range(FINEST_BITS, 1, -1) if rows * bin_count(bits) <= MOST_CELLS)
    return next(fine, 1)


@dataclass(frozen=True, slots=True)
class Near:
    """The values of one part around the middles of its groups.

    ``low`` and ``high``, int32[k + 1]: from which bin to which they are kept, as in :class:`Brackets`.
    """

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    kept: Measures

    @classmethod
    def of(cls, measures: Measures, cells: Cells) -> Near:
        """Of the values of a part, with their histograms."""
        low, high = around_middles(cells, FEW_VALUES_OF_A_GROUP, FEW_VALUES_OF_A_PART)
        return cls(low, high, Measures(*within(*measures, low, high, FINEST_BITS)))

    def covers(self, brackets: Brackets) -> bool:
        """Whether every value of this part that lies in the brackets is kept."""
        wanted = brackets.low <= brackets.high
        return bool(((self.low <= brackets.low) & (self.high >= brackets.high))[wanted].all())

    def within(self, brackets: Brackets) -> Measures:
        """Those that lie in the brackets."""
        return Measures(*within(*self.kept, brackets.low, brackets.high, brackets.bits))


@dataclass(frozen=True, slots=True)
class Values:
    """Values by group from one reading: their histograms, and those that are probably around the middles.

    A part is a sample of everything, for customers are spread over parts by a hash. So the middle of everything is, but for
    rare cases, among the values that its parts keep, and needs no second reading.

    Attributes
    ----------
    cells
        int64[k, bins].
    near
        What each part keeps; ``None`` where that is more than :data:`MOST_NEAR` in all.
    """

    cells: NDArray[np.int64]
    near: tuple[Near, ...] | None

    @classmethod
    def of(cls, measures: Measures, groups: int) -> Values:
        """The values of one part."""
        rows = np.arange(groups + 1, dtype=np.int32)
        cells = histogram(measures.groups, measures.values, rows, groups, FINEST_BITS)
        return cls(cells.astype(np.int64), (Near.of(measures, cells),))

    def __add__(self, other: Values) -> Values:
        """Both."""
        cells = self.cells + other.cells
        if self.near is None or other.near is None:
            return Values(cells, None)
        near = self.near + other.near
        return Values(cells, near if sum(len(each.kept.values) for each in near) <= MOST_NEAR else None)

    def sizes(self) -> NDArray[np.int64]:
        """How many values each group has."""
        sizes: NDArray[np.int64] = self.cells.sum(axis=1)
        return sizes

    def conclude(self, measure: Measure, answer: Callable[[Medians], R]) -> Answer[R] | Pass[tuple[Measures, ...], R]:
        """The answer from the values that are kept, or a second reading of those around the middles."""
        sizes = self.sizes()
        rows = np.arange(len(sizes) + 1, dtype=np.int32)
        brackets = bracket_middles(self.cells, rows, sizes, bits=FINEST_BITS)
        reading = MiddlesPass(Middles(measure, answer, sizes), brackets)
        if self.near is not None and all(each.covers(brackets) for each in self.near):
            return reading.conclude(tuple(each.within(brackets) for each in self.near))
        return reading


@dataclass(frozen=True, slots=True)
class HistogramPass(Pass[Cells, R]):
    """Counts the values of each large group by bin."""

    middles: Middles[R]
    rows: NDArray[np.int32]
    height: int
    bits: int

    def partial(self, spans: Spans) -> Cells:
        """The histograms of one part; wide counts only where a cell could need them."""
        groups, values = self.middles.measure(spans)
        cells = histogram(groups, values, self.rows, self.height, self.bits)
        return cells if self.middles.sizes.sum() < 2**32 else cells.astype(np.int64)

    def combine(self, first: Cells, second: Cells) -> Cells:
        """The sum of two histograms."""
        return first + second

    def conclude(self, state: Cells) -> Pass[tuple[Measures, ...], R]:
        """Collect what lies around the middles."""
        brackets = bracket_middles(state, self.rows, self.middles.sizes, bits=self.bits)
        return MiddlesPass(self.middles, brackets)


@dataclass(frozen=True, slots=True)
class ApproximatePass(HistogramPass[R]):
    """Takes the middle of the bin in which a median lies: at most 6.25 % away where bins are an eighth of a doubling."""

    def conclude(self, state: Cells) -> Answer[R]:  # type: ignore[override]
        """The answer, from the middles of bins."""
        brackets = bracket_middles(state, self.rows, self.middles.sizes, bits=self.bits)
        low, high = (middle_of_bin(bins[:-1], self.bits) for bins in (brackets.low, brackets.high))
        known_zero = brackets.low[:-1] > brackets.high[:-1]
        medians = np.where(self.middles.sizes == 0, np.nan, np.where(known_zero, 0.0, (low + high) / 2))
        return Answer(self.middles.answer(medians / _MICROSECONDS))


@dataclass(frozen=True, slots=True)
class MiddlesPass(Pass[tuple[Measures, ...], R]):
    """Collects the values around the middle of each group, and finds the middle."""

    middles: Middles[R]
    brackets: Brackets

    def partial(self, spans: Spans) -> tuple[Measures, ...]:
        """The values of one part that lie in the brackets."""
        groups, values = self.middles.measure(spans)
        return (Measures(*within(groups, values, self.brackets.low, self.brackets.high, self.brackets.bits)),)

    def combine(self, first: tuple[Measures, ...], second: tuple[Measures, ...]) -> tuple[Measures, ...]:
        """Both, not yet joined: each value is copied once, at the end."""
        return first + second

    def conclude(self, state: tuple[Measures, ...]) -> Answer[R]:
        """The answer, from the medians in seconds."""
        groups = np.concatenate([each.groups for each in state])
        values = np.concatenate([each.values for each in state])
        medians = select(groups, values, self.brackets.first_ranks, self.brackets.second_ranks)
        return Answer(self.middles.answer(medians / _MICROSECONDS))
