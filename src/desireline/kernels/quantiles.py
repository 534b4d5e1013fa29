"""Exact quantiles of groups of values without keeping the values: which bins are needed, and what lies there.

The histograms are those of :mod:`desireline.kernels.medians`. Where all values of the bins that hold the wanted ranks
are known, the quantiles are exact. A quantile is read between the two values next to it, in proportion (type 7 of
Hyndman and Fan 1996, the default of numpy and R): that of 1/2 is the median.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.medians import Measures, bin_of

_DEVIATIONS = 5
_TAIL = 0.025


def ranks_of(sizes: NDArray[np.int64], fractions: Sequence[float]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Between which two values each quantile lies.

    Parameters
    ----------
    sizes
        int64[k]: how many values each group has; 0 is allowed.
    fractions
        f of them, from 0 to 1.

    Returns
    -------
    tuple
        Ranks from 0, int64[k, f, 2]; how far from the first to the second the quantile lies, float64[k, f].
    """
    places = np.maximum(sizes - 1, 0)[:, None] * np.array(fractions)
    firsts = np.floor(places).astype(np.int64)
    return np.stack([firsts, np.ceil(places).astype(np.int64)], axis=-1), places - firsts


def median_ranks(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which values make the median and its 95% interval: int64[k] -> int64[k, 4], ranks from 0.

    The two middle values stand between the ends of the interval, the order statistics with the ranks ``l`` and ``size - 1 - l``: the
    largest ``l`` for which the median lies between them with a probability of at least 95%, as the rank of the median is
    binomial (David and Nagaraja 2003, section 7.1). Below six values there is none: -1 at both ends. O(k * root of the sizes).
    """
    low = np.array([_last_of_tail(size) for size in sizes.tolist()], np.int64)
    high = np.where(low >= 0, sizes - 1 - low, -1)
    return np.stack([low, np.maximum(sizes - 1, 0) // 2, np.maximum(sizes // 2, 0), high], axis=-1)


def _last_of_tail(size: int) -> int:
    """The largest ``l`` for which of ``size`` throws of a coin at most ``l`` are heads with a probability below 2.5%; -1: there is none.

    What is further than ten standard deviations from the middle is taken for nothing.
    """
    start = max(0, size // 2 - 5 * math.isqrt(size) - 1)
    counts = np.arange(start, size // 2 + 1)
    first = math.lgamma(size + 1) - math.lgamma(start + 1) - math.lgamma(size - start + 1) - size * math.log(2)
    steps = np.log((size - counts[:-1]) / (counts[:-1] + 1))
    tails = np.cumsum(np.exp(first + np.concatenate([[0.0], np.cumsum(steps)])))
    return start + int((tails < _TAIL).sum()) - 1


def bins_of_ranks(cells: NDArray[np.int64], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """In which bin each rank lies: int64[k, bins], int64[k, ...] -> int64[k, ...]; of a group without values, 0.

    O(k * bins + ranks * log bins).
    """
    cumulated = np.cumsum(cells, axis=1)
    bins = np.zeros(ranks.shape, np.int64)
    for group in np.flatnonzero(cumulated[:, -1]).tolist():
        bins[group] = np.searchsorted(cumulated[group], ranks[group], side="right")
    return bins


def around_ranks(
    cells: NDArray[np.int64], fractions: Sequence[float], *, few: int, few_in_all: int
) -> NDArray[np.bool_]:
    """The bins in which the quantiles of everything probably lie, seen from the values of one part: bool[k, bins].

    Parameters
    ----------
    cells
        int64[k, bins]: the histograms of a part, which is a sample of everything.
    few, few_in_all
        Groups of up to ``few`` values, and all groups where they have up to ``few_in_all`` together, get all bins.

    Five standard deviations of a sample quantile's rank on both sides (the rank is binomial), a 64th of the values
    more, because what came last is no fair sample, and a bin more. Never the first bin: what lies there is 0. O(k *
    bins).
    """
    cumulated = np.cumsum(cells, axis=1)
    sizes = cumulated[:, -1]
    near = np.zeros(cells.shape, np.bool_)
    for group, size in enumerate(sizes.tolist()):
        if size <= few or sizes.sum() <= few_in_all:
            near[group] = True
            continue
        for fraction in fractions:
            reach = _DEVIATIONS * np.sqrt(fraction * (1 - fraction) * size) + size / 64
            ends = np.clip([fraction * size - reach, fraction * size + reach], 0, size - 1)
            low, high = np.searchsorted(cumulated[group], ends, side="right").tolist()
            near[group, max(low - 1, 0) : high + 2] = True
    near[:, 0] = False
    return near


@kernel
def in_bins(
    groups: NDArray[np.int32], values: NDArray[np.int64], wanted: NDArray[np.bool_], bits: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The values that lie in wanted bins of their group, in the order they come in.

    int32[m], int64[m], bool[k, bins] -> int32[r], int64[r]. O(m).
    """
    kept_groups, kept_values = np.empty(len(values), np.int32), np.empty(len(values), np.int64)
    kept = 0
    for place in range(len(values)):
        group, value = groups[place], values[place]
        kept_groups[kept] = group
        kept_values[kept] = value
        kept += wanted[group, bin_of(value, bits)]
    return kept_groups[:kept].copy(), kept_values[:kept].copy()


def quantiles(
    cells: NDArray[np.int64], kept: Measures, fractions: Sequence[float], *, bits: int
) -> NDArray[np.float64]:
    """The quantiles of each group, float64[k, f]; NaN for a group without values.

    Parameters
    ----------
    cells
        int64[k, bins]: the histograms of everything.
    kept
        All values of the bins that hold the ranks, but for those that are 0; others do no harm.

    O(k * bins + r log r).
    """
    ranks, weights = ranks_of(cells.sum(axis=1), fractions)
    bins = bins_of_ranks(cells, ranks)
    before = np.cumsum(cells, axis=1) - cells
    order = np.lexsort((kept.values, kept.groups))
    groups, values = kept.groups[order], kept.values[order]
    kept_bins = bins_of(values, bits)
    found = np.full(weights.shape, np.nan)
    for group in np.flatnonzero(cells.any(axis=1)).tolist():
        low, high = np.searchsorted(groups, [group, group + 1]).tolist()
        places = np.searchsorted(kept_bins[low:high], bins[group]) + ranks[group] - before[group, bins[group]]
        known = np.append(values[low:high], 0)
        firsts, seconds = known[np.where(bins[group] > 0, places, -1)].T
        found[group] = firsts + (seconds - firsts) * weights[group]
    return found


@kernel
def bins_of(values: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """The bin of each value, as in :func:`~desireline.kernels.medians.bin_of`: int64[m] -> int64[m]. O(m)."""
    bins = np.empty(len(values), np.int64)
    for place in range(len(values)):
        bins[place] = bin_of(values[place], bits)
    return bins


@kernel
def count_in_bins(
    groups: NDArray[np.int32], values: NDArray[np.int64], height: int, edges: NDArray[np.int64], bits: int
) -> NDArray[np.int64]:
    """How many values of each group lie from one edge (included) to the next; the last bin is open.

    Parameters
    ----------
    groups, values
        int32[m], int64[m], not negative.
    edges
        int64[b], increasing, the first is 0.
    bits
        How fine the table is that finds the edge; it changes no number.

    Returns
    -------
    NDArray
        int64[height, b]. O(m + b * bins).
    """
    counts = np.zeros((height, len(edges)), np.int64)
    edge_below = np.zeros((63 << bits) + 3, np.int64)
    for edge in range(len(edges)):
        edge_below[bin_of(edges[edge], bits) + 1 :] = edge
    for place in range(len(values)):
        edge = edge_below[bin_of(values[place], bits)]
        while edge + 1 < len(edges) and values[place] >= edges[edge + 1]:
            edge += 1
        counts[groups[place], edge] += 1
    return counts
