"""What directly follows what: counting and timing pairs of neighbours within spans.

A pair has a number: ``source * vocabulary + target`` while every possible pair can have one, and a place in the list of
those that occur where the vocabulary is large, so that memory is bounded by the interactions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.hashing import mix, table_size

DENSE_VOCABULARY = 256
_LOW_HALF = 0xFFFFFFFF


class PairCounts(NamedTuple):
    """By number, int64[e]: how often, for how many distinct customers; int64[2, e]: microseconds between in sum.

    The sums are exact whatever is added up, in two halves: ``gaps[0] * 2**32 + gaps[1]``.
    """

    counts: NDArray[np.int64]
    customers: NDArray[np.int64]
    gaps: NDArray[np.int64]


class CodeCounts(NamedTuple):
    """By code, [v] each: how often, and for how many distinct customers."""

    counts: NDArray[np.int64]
    customers: NDArray[np.int64]


def occurring_pairs(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], *, vocabulary: int
) -> NDArray[np.int64]:
    """The pairs by number, int64[e] ascending: every possible one of a vocabulary up to 256, else those that occur.

    uint16[n] below ``vocabulary``, int64[s] twice. O(n + min(vocabulary**2, n log n)).
    """
    if vocabulary <= DENSE_VOCABULARY:
        return np.arange(vocabulary * vocabulary, dtype=np.int64)
    return np.sort(_distinct_pairs(codes, starts, ends, vocabulary))


@kernel
def _distinct_pairs(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], vocabulary: int
) -> NDArray[np.int64]:
    pairs = np.empty(len(codes), np.int64)
    known = 0
    slots = table_size(2048)
    table = np.full(slots, -1, np.int32)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span] - 1):
            if 2 * known >= slots:
                slots *= 4
                table = _pair_table(pairs[:known], slots)
            pair = np.int64(codes[place]) * vocabulary + np.int64(codes[place + 1])
            slot = _slot_of(pair, pairs, table)
            if table[slot] < 0:
                table[slot] = known
                pairs[known] = pair
                known += 1
    return pairs[:known].copy()


@kernel
def _pair_table(pairs: NDArray[np.int64], slots: int) -> NDArray[np.int32]:
    """A hash table from pair to its place."""
    table = np.full(slots, -1, np.int32)
    for number in range(len(pairs)):
        table[_slot_of(pairs[number], pairs, table)] = number
    return table


@kernel
def _slot_of(pair: int | np.integer[Any], pairs: NDArray[np.int64], table: NDArray[np.int32]) -> np.int64:
    slot = np.int64(mix(pair) & np.uint64(len(table) - 1))
    while table[slot] >= 0 and pairs[table[slot]] != pair:
        slot = (slot + 1) & (len(table) - 1)
    return slot


def count_pairs(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    pairs: NDArray[np.int64],
    *,
    vocabulary: int,
) -> PairCounts:
    """Count the pairs, their distinct customers, and the microseconds between in sum.

    Parameters
    ----------
    codes, times
        uint16[n], int64[n]; times never decrease within a span, and two of a span are less than 2**63 apart.
    starts, ends, owners
        int64[s] each: spans and their customers; owners never decrease.
    pairs
        Those of :func:`occurring_pairs`.

    O(n + pairs). A customer is counted once for each pair, by a stamp of the last customer seen.
    """
    if vocabulary <= DENSE_VOCABULARY:
        return _carried(*_count_all(codes, times, starts, ends, owners, vocabulary))
    table = _pair_table(pairs, table_size(len(pairs)))
    return _carried(*_count_occurring(codes, times, starts, ends, owners, vocabulary, pairs, table))


def _carried(counts: NDArray[np.int64], customers: NDArray[np.int64], gaps: NDArray[np.int64]) -> PairCounts:
    """With the low halves below 2**32, so that billions of parts can be added up."""
    return PairCounts(counts, customers, np.stack([gaps[0] + (gaps[1] >> 32), gaps[1] & _LOW_HALF]))


@kernel
def _count_all(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    vocabulary: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    counts = np.zeros(vocabulary * vocabulary, np.int64)
    customers = np.zeros(vocabulary * vocabulary, np.int64)
    gaps = np.zeros((2, vocabulary * vocabulary), np.int64)
    stamps = np.full(vocabulary * vocabulary, -1, np.int64)
    for span in range(len(starts)):
        owner = owners[span]
        low, high = starts[span], ends[span]
        before, since = np.int64(codes[low]), times[low]
        for place in range(low + 1, high):
            code, time = np.int64(codes[place]), times[place]
            pair = before * vocabulary + code
            counts[pair] += 1
            gaps[0, pair] += (time - since) >> 32
            gaps[1, pair] += (time - since) & _LOW_HALF
            customers[pair] += stamps[pair] != owner
            stamps[pair] = owner
            before, since = code, time
    return counts, customers, gaps


@kernel
def _count_occurring(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    vocabulary: int,
    pairs: NDArray[np.int64],
    table: NDArray[np.int32],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    counts = np.zeros(len(pairs), np.int64)
    customers = np.zeros(len(pairs), np.int64)
    gaps = np.zeros((2, len(pairs)), np.int64)
    stamps = np.full(len(pairs), -1, np.int64)
    for span in range(len(starts)):
        owner = owners[span]
        for place in range(starts[span], ends[span] - 1):
            pair = table[_slot_of(np.int64(codes[place]) * vocabulary + np.int64(codes[place + 1]), pairs, table)]
            counts[pair] += 1
            gaps[0, pair] += (times[place + 1] - times[place]) >> 32
            gaps[1, pair] += (times[place + 1] - times[place]) & _LOW_HALF
            customers[pair] += stamps[pair] != owner
            stamps[pair] = owner
    return counts, customers, gaps


def count_codes(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    *,
    vocabulary: int,
) -> CodeCounts:
    """How often each code occurs, and for how many distinct customers: uint16[n], int64[s] thrice. O(n + vocabulary)."""
    return CodeCounts(*_count_codes(codes, starts, ends, owners, vocabulary))


@kernel
def _count_codes(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    vocabulary: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    counts = np.zeros(vocabulary, np.int64)
    customers = np.zeros(vocabulary, np.int64)
    stamps = np.full(vocabulary, -1, np.int64)
    for span in range(len(starts)):
        owner = owners[span]
        for place in range(starts[span], ends[span]):
            code = codes[place]
            counts[code] += 1
            customers[code] += stamps[code] != owner
            stamps[code] = owner
    return counts, customers


def gaps_of_pairs(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    pairs: NDArray[np.int64],
    groups: NDArray[np.int32],
    *,
    vocabulary: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The microseconds between the two of each pair, in the group of the pair; other pairs are left out.

    Parameters
    ----------
    pairs, groups
        int64[k] ascending, int32[k] not negative: the group of some pairs.

    Returns
    -------
    tuple
        Groups and microseconds, int32[m] and int64[m]. O(n + min(vocabulary**2, k)).
    """
    if vocabulary <= DENSE_VOCABULARY:
        group_of = np.full(vocabulary * vocabulary, -1, np.int32)
        group_of[pairs] = groups
        return _gaps_by_table(codes, times, starts, ends, group_of, vocabulary)
    table = _pair_table(pairs, table_size(len(pairs)))
    return _gaps_by_hash(codes, times, starts, ends, pairs, groups, table, vocabulary)


@kernel
def _gaps_by_table(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    group_of: NDArray[np.int32],
    vocabulary: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    found = np.empty(len(codes) + 1, np.int32)
    gaps = np.empty(len(codes) + 1, np.int64)
    kept = 0
    for span in range(len(starts)):
        low, high = starts[span], ends[span]
        before, since = np.int64(codes[low]), times[low]
        for place in range(low + 1, high):
            code, time = np.int64(codes[place]), times[place]
            group = group_of[before * vocabulary + code]
            found[kept] = group
            gaps[kept] = time - since
            kept += group >= 0
            before, since = code, time
    return found[:kept], gaps[:kept]


@kernel
def _gaps_by_hash(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    pairs: NDArray[np.int64],
    groups: NDArray[np.int32],
    table: NDArray[np.int32],
    vocabulary: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    found = np.empty(len(codes), np.int32)
    gaps = np.empty(len(codes), np.int64)
    kept = 0
    for span in range(len(starts)):
        for place in range(starts[span], ends[span] - 1):
            pair = table[_slot_of(np.int64(codes[place]) * vocabulary + np.int64(codes[place + 1]), pairs, table)]
            if pair >= 0:
                found[kept] = groups[pair]
                gaps[kept] = times[place + 1] - times[place]
                kept += 1
    return found[:kept].copy(), gaps[:kept].copy()
