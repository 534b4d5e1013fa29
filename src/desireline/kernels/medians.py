"""Exact medians of groups of values, without keeping the values: three kernels for two readings of the data.

First reading: a logarithmic :func:`histogram` for each group; histograms add up. It says in which bins the
two middle values of each group lie. Second reading: only the values :func:`within` those bins. :func:`select`
then finds the middle ones. Bins: 0 has its own; each doubling of the value is cut into ``2**bits`` bins (as
in HdrHistogram, Tene 2012).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

_FRACTION_BITS = 52
_EXPONENT_BIAS = 1023
_KNOWN_TO_BE_ZERO = -1
_DEVIATIONS = 5


class Measures(NamedTuple):
    """Values by group: int32[m] and int64[m], not negative. A group past the last counts nowhere."""

    groups: NDArray[np.int32]
    values: NDArray[np.int64]


class Brackets(NamedTuple):
    """Where the two middle values of each of k groups lie.

    ``low`` and ``high``, int32[k + 1]: first and last bin; the last entry (no bin) is for values that count
    nowhere. ``first_ranks`` and ``second_ranks``, int64[k]: places of the two middle values among those in
    the bins, from 0; -1 where both are known to be 0, so that their many equals need not be collected.
    """

    bits: int
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    first_ranks: NDArray[np.int64]
    second_ranks: NDArray[np.int64]


def bin_count(bits: int) -> int:
    """How many bins a histogram has: enough for every value of an int64 that is not negative."""
    return (63 << bits) + 2


@kernel
def bin_of(value: int, bits: int) -> np.int64:
    """The bin of a value; a larger value is never in a smaller bin. Negative values count as 0. O(1), without a branch."""
    pattern = np.float64(max(value, 0)).view(np.int64)
    return max(np.int64((pattern >> (_FRACTION_BITS - bits)) - (_EXPONENT_BIAS << bits) + 1), np.int64(0))


def middle_of_bin(bins: NDArray[np.int32], bits: int) -> NDArray[np.float64]:
    """The value in the middle of each bin: int32[k] -> float64[k]; it is at most ``2**-(bits + 1)`` of it away from any other.

    O(k).
    """
    numbers = np.maximum(bins - 1, 0).astype(np.int64)
    doubling, part = numbers >> bits, (numbers & ((1 << bits) - 1)) + 0.5
    return np.where(bins == 0, 0.0, np.ldexp(1 + part / (1 << bits), doubling))


@kernel
def histogram(
    groups: NDArray[np.int32],
    values: NDArray[np.int64],
    rows: NDArray[np.int32],
    height: int,
    bits: int,
) -> NDArray[np.uint32]:
    """How many values of each row fall into each bin.

    Parameters
    ----------
    groups, values
        int32[m], int64[m]; see :class:`Measures`. m is below 2**32 and may be 0.
    rows
        int32[k + 1]: the row of each group; ``height`` for those that are not counted.
    height, bits
        The number of rows; how finely to cut a doubling (1 to 7).

    Returns
    -------
    NDArray
        uint32[height, bin_count(bits)].

    O(m + height * bins).
    """
    width = (63 << bits) + 2
    cells = np.zeros((height + 1) * width, np.uint32)
    for place in range(len(values)):
        cells[rows[groups[place]] * width + bin_of(values[place], bits)] += np.uint32(1)
    return cells[: height * width].reshape((height, width))


def bracket_middles(
    cells: NDArray[np.uint32] | NDArray[np.int64],
    rows: NDArray[np.int32],
    sizes: NDArray[np.int64],
    *,
    bits: int,
) -> Brackets:
    """The bins of the two middle values of each group; the whole range for groups without a histogram.

    Parameters
    ----------
    cells
        [height, bins]: the histograms of all data, added up.
    rows
        int32[k + 1]: as for :func:`histogram`.
    sizes
        int64[k]: how many values each group has; 0 is allowed.

    O(k + height * bins).
    """
    groups = len(sizes)
    low = np.zeros(groups + 1, np.int32)
    high = np.full(groups + 1, bin_count(bits), np.int32)
    low[groups], high[groups] = 1, 0
    firsts, seconds = np.maximum(sizes - 1, 0) // 2, sizes // 2
    counted = np.flatnonzero((rows[:-1] < len(cells)) & (sizes > 0))
    cumulated = np.cumsum(cells, axis=1, dtype=np.int64)[rows[counted]]
    low[counted] = (cumulated <= firsts[counted, None]).sum(axis=1)
    high[counted] = (cumulated <= seconds[counted, None]).sum(axis=1)
    before = np.maximum(low[counted] - 1, 0)[:, None]
    below = np.where(low[counted] > 0, np.take_along_axis(cumulated, before, axis=1)[:, 0], 0)
    firsts[counted] -= below
    seconds[counted] -= below
    zero = counted[(low[counted] == 0) & (high[counted] == 0)]
    low[zero], high[zero], firsts[zero] = 1, 0, _KNOWN_TO_BE_ZERO
    return Brackets(bits, low, high, firsts, seconds)


@kernel
def around_middles(
    cells: NDArray[np.uint32] | NDArray[np.int64], few: int, few_in_all: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The bins in which the middles of everything probably lie, seen from the values of one part.

    Parameters
    ----------
    cells
        [k, bins]: the histograms of a part, which is a sample of everything.
    few, few_in_all
        Groups of up to ``few`` values, and all groups where they have up to ``few_in_all`` together, get all bins.

    Returns
    -------
    tuple
        First and last bin of each group, int32[k + 1] as in :class:`Brackets`: five standard deviations of a sample median's
        rank on both sides (the rank is binomial, half of the root of the size); a 64th of the values more, because what came
        last is no fair sample; and a bin more. Never the bin of zeros, of which there may be very many.

    O(k * bins).
    """
    groups, width = cells.shape
    low, high = np.zeros(groups + 1, np.int32), np.full(groups + 1, width, np.int32)
    low[groups], high[groups] = 1, 0
    sizes = np.zeros(groups, np.int64)
    for group in range(groups):
        for bin_ in range(width):
            sizes[group] += cells[group, bin_]
    for group in range(groups):
        size = sizes[group]
        if size <= few or sizes.sum() <= few_in_all:
            continue
        reach = _DEVIATIONS / 2 * np.sqrt(size) + size / 64
        first, last, below = 0, 0, 0
        for bin_ in range(width):
            below += cells[group, bin_]
            first += below <= size / 2 - reach
            last += below <= min(size / 2 + reach, size - 1)
        low[group], high[group] = max(first - 1, 1), last + 1
    return low, high


@kernel
def within(
    groups: NDArray[np.int32],
    values: NDArray[np.int64],
    low: NDArray[np.int32],
    high: NDArray[np.int32],
    bits: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The values that lie in the bins from ``low`` to ``high`` of their group, in the order they come in.

    int32[m], int64[m], int32[k + 1], int32[k + 1] -> int32[r], int64[r]. O(m).
    """
    kept_groups = np.empty(len(values), np.int32)
    kept_values = np.empty(len(values), np.int64)
    kept = 0
    for place in range(len(values)):
        group = groups[place]
        bin_ = bin_of(values[place], bits)
        kept_groups[kept] = group
        kept_values[kept] = values[place]
        kept += (bin_ >= low[group]) & (bin_ <= high[group])
    return kept_groups[:kept].copy(), kept_values[:kept].copy()


@kernel
def select(
    groups: NDArray[np.int32],
    values: NDArray[np.int64],
    first_ranks: NDArray[np.int64],
    second_ranks: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The mean of the two middle values of each group; NaN for a group without values.

    int32[m], int64[m], int64[k], int64[k] -> float64[k]. O(m + k) expected: quickselect (Hoare 1961).
    """
    count = len(first_ranks)
    offsets = np.zeros(count + 1, np.int64)
    for place in range(len(groups)):
        offsets[groups[place] + 1] += 1
    for group in range(count):
        offsets[group + 1] += offsets[group]
    free = offsets[:-1].copy()
    grouped = np.empty(len(values), np.int64)
    for place in range(len(values)):
        grouped[free[groups[place]]] = values[place]
        free[groups[place]] += 1
    medians = np.full(count, np.nan)
    for group in range(count):
        low, high = offsets[group], offsets[group + 1]
        if first_ranks[group] == _KNOWN_TO_BE_ZERO:
            medians[group] = 0.0
        if low == high:
            continue
        first = _nth(grouped, low, high, low + first_ranks[group])
        second = first
        if second_ranks[group] != first_ranks[group]:
            second = grouped[low + second_ranks[group] : high].min()
        medians[group] = first + (second - first) / 2
    return medians


@kernel
def _nth(values: NDArray[np.int64], low: int, high: int, place: int) -> Any:
    """Put the value at ``place`` where sorting ``low:high`` would put it, and give it back."""
    last = high - 1
    while low < last:
        pivot = values[place]
        left, right = low, last
        while left <= right:
            while values[left] < pivot:
                left += 1
            while values[right] > pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if right < place:
            low = left
        if place < left:
            last = right
    return values[place]
