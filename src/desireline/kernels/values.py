"""Values by group with how often each occurs: exact quantiles and means, whatever the order in which parts are added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.arrays import all_read_only

_LARGEST = 1 << 62


class ValueCounts(NamedTuple):
    """``groups``, ``values``, ``counts``: int64[k] each; ascending by group, then value, each pair once, counts from 1."""

    groups: NDArray[np.int64]
    values: NDArray[np.int64]
    counts: NDArray[np.int64]


class Summary(NamedTuple):
    """Of the values of one group: how many, their sum, the sum of their squares, the median and the 90th percentile.

    The median is the mean of the two middle values; the percentile is the smallest value that at least nine tenths do not
    exceed. NaN of none.
    """

    n: int
    total: float
    squares: float
    median: float
    p90: float


NOTHING = Summary(0, 0.0, 0.0, float("nan"), float("nan"))


def count_values(groups: NDArray[np.int64], values: NDArray[np.int64]) -> ValueCounts:
    """Count equal pairs: int64[n] twice, groups from 0, in any order, n may be 0. O(n log n): one sort where a pair fits 62 bits."""
    packing = _packing(groups, values)
    if packing is None:
        return _joined(groups, values, np.ones(len(groups), np.int64))
    packed = np.sort(packing.pack(groups, values))
    firsts = _firsts(packed)
    return ValueCounts(*packing.unpack(packed[firsts]), np.diff(firsts, append=len(packed)))


def add_values(first: ValueCounts, second: ValueCounts) -> ValueCounts:
    """The sums, exact in any order. O(k): both are in order."""
    return ValueCounts(*_merged(*all_read_only(first), *all_read_only(second)))


def in_groups(counted: ValueCounts, groups: NDArray[np.int64]) -> ValueCounts:
    """The same values by other groups, from 0: int64[k] in place of ``counted.groups``, in any order. O(k log k)."""
    return _joined(groups, counted.values, counted.counts)


def in_one_group(counted: ValueCounts) -> ValueCounts:
    """All values as those of group 0. O(k log k)."""
    return in_groups(counted, np.zeros_like(counted.groups))


def summaries(counted: ValueCounts) -> Mapping[int, Summary]:
    """A summary for each group that has values, made when it is looked up. O(k), and O(values) for each that is looked up.

    Sums are made in the order of the values, so they are always the same.
    """
    return _Summaries(counted)


class _Summaries(Mapping[int, Summary]):
    def __init__(self, counted: ValueCounts) -> None:
        self._counted = counted
        self._edges = np.flatnonzero(np.diff(counted.groups, prepend=-1, append=-1))
        self._places = {group: place for place, group in enumerate(counted.groups[self._edges[:-1]].tolist())}

    def __getitem__(self, group: int) -> Summary:
        own = slice(*self._edges[self._places[group] :][:2].tolist())
        return _summary(self._counted.values[own], self._counted.counts[own])

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _summary(values: NDArray[np.int64], counts: NDArray[np.int64]) -> Summary:
    up_to = np.cumsum(counts)
    n = int(up_to[-1])
    ranks = np.array([(n - 1) // 2, n // 2, -(-9 * n // 10) - 1])
    low, high, p90 = values[np.searchsorted(up_to, ranks, side="right")].tolist()
    amounts = values.astype(np.float64)
    return Summary(
        n, float(np.sum(amounts * counts)), float(np.sum(amounts * amounts * counts)), low + (high - low) / 2, p90
    )


class _Packing(NamedTuple):
    """Pairs as one number each, in the same order: the group above so many bits for the value."""

    lowest: int
    bits: int

    def pack(self, groups: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
        return (groups << self.bits) + (values - self.lowest)

    def unpack(self, packed: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return packed >> self.bits, (packed & ((1 << self.bits) - 1)) + self.lowest


def _packing(groups: NDArray[np.int64], values: NDArray[np.int64]) -> _Packing | None:
    """``None`` where a pair does not fit."""
    if len(groups) == 0:
        return _Packing(0, 0)
    lowest = int(values.min())
    bits = (int(values.max()) - lowest).bit_length()
    return _Packing(lowest, bits) if bits < 62 and (int(groups.max()) + 1) << bits < _LARGEST else None


def _firsts(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where another value begins."""
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(new)


@kernel
def _merged(
    groups: NDArray[np.int64],
    values: NDArray[np.int64],
    counts: NDArray[np.int64],
    other_groups: NDArray[np.int64],
    other_values: NDArray[np.int64],
    other_counts: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Two ordered sets of pairs as one. No branch that cannot be foreseen: a pair is written, then it is counted which were taken."""
    room = len(groups) + len(other_groups)
    merged_groups = np.empty(room, np.int64)
    merged_values = np.empty(room, np.int64)
    merged_counts = np.empty(room, np.int64)
    place, other, found = 0, 0, 0
    while place < len(groups) and other < len(other_groups):
        group, value = groups[place], values[place]
        other_group, other_value = other_groups[other], other_values[other]
        same = group == other_group
        is_first = (group < other_group) | (same & (value <= other_value))
        is_other = (other_group < group) | (same & (other_value <= value))
        merged_groups[found] = group if is_first else other_group
        merged_values[found] = value if is_first else other_value
        merged_counts[found] = counts[place] * is_first + other_counts[other] * is_other
        place += is_first
        other += is_other
        found += 1
    for rest in range(place, len(groups)):
        merged_groups[found], merged_values[found], merged_counts[found] = groups[rest], values[rest], counts[rest]
        found += 1
    for rest in range(other, len(other_groups)):
        merged_groups[found], merged_values[found] = other_groups[rest], other_values[rest]
        merged_counts[found] = other_counts[rest]
        found += 1
    return merged_groups[:found], merged_values[:found], merged_counts[:found]


def _joined(groups: NDArray[np.int64], values: NDArray[np.int64], counts: NDArray[np.int64]) -> ValueCounts:
    """Equal pairs once, with their counts in sum."""
    if len(groups) == 0:
        return ValueCounts(groups, values, counts)
    packing = _packing(groups, values)
    if packing is not None:
        packed = packing.pack(groups, values)
        order = np.argsort(packed, kind="stable")
        packed = packed[order]
        firsts = _firsts(packed)
        return ValueCounts(*packing.unpack(packed[firsts]), np.add.reduceat(counts[order], firsts))
    order = np.lexsort((values, groups))
    groups, values = groups[order], values[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (groups[1:] != groups[:-1]) | (values[1:] != values[:-1])
    firsts = np.flatnonzero(new)
    return ValueCounts(groups[firsts], values[firsts], np.add.reduceat(counts[order], firsts))
