"""What directly follows what: counting and timing pairs of neighbours within spans.

A pair has a number: ``source * vocabulary + target`` while every possible pair can have one, and a place in the list of
those that occur where the vocabulary is large, so that memory is bounded by the interactions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.adjoining import last_adjoining, mark_starts
from desireline.kernels.hashing import mix, table_size

DENSE_VOCABULARY = 256
_LOW_HALF = 0xFFFFFFFF
_ONE, _TWO = np.uint64(1), np.uint64(2)
_COUNT, _CUSTOMERS, _STAMP, _HIGH, _LOW = (np.uint64(column) for column in range(5))


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


class FlowCounts(NamedTuple):
    """Of codes, and of pairs."""

    codes: CodeCounts
    pairs: PairCounts


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


def count_flow(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    pairs: NDArray[np.int64],
    *,
    vocabulary: int,
) -> FlowCounts:
    """Count the codes and the pairs, their distinct customers, and the microseconds between the two of a pair in sum.

    Parameters
    ----------
    codes, times
        uint16[n], int64[n]; times never decrease within a span, and two of a span are less than 2**63 apart.
    starts, ends, owners
        int64[s] each: spans and their customers; owners never decrease.
    pairs
        Those of :func:`occurring_pairs`.

    O(n + vocabulary + pairs). A customer is counted once for each code and pair, by a stamp of the last customer seen.
    """
    if vocabulary <= DENSE_VOCABULARY:
        by_code, by_pair = _count_all(codes, times, starts, ends, owners, vocabulary)
        of_codes = CodeCounts(by_code[:, 0].copy(), by_code[:, 1].copy())
        counts, customers, _, *gaps = np.ascontiguousarray(by_pair.T)
        return FlowCounts(of_codes, _carried(counts, customers, np.array(gaps)))
    table = _pair_table(pairs, table_size(len(pairs)))
    of_codes = count_codes(codes, starts, ends, owners, vocabulary=vocabulary)
    return FlowCounts(
        of_codes, _carried(*_count_occurring(codes, times, starts, ends, owners, vocabulary, pairs, table))
    )


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
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes and pairs in one reading.

    Returns
    -------
    tuple
        By code and by pair, int64[v, 2] and int64[v * v, 5]: how often, for how many customers; of a pair also a stamp, and
        the two halves of the gaps in sum. What belongs to one pair lies together, in one line of the cache.
    """
    marks = mark_starts(starts, len(codes))
    kinds = np.uint64(vocabulary)
    none = kinds * kinds
    by_code, stamps = np.zeros((kinds, _TWO), np.int64), np.full(kinds, -1, np.int64)
    by_pair = np.zeros((none + _ONE, np.uint64(5)), np.int64)
    by_pair[:, _STAMP] = -1
    span = 0
    while span < len(starts):
        last = last_adjoining(starts, ends, span)
        low, high = starts[span], ends[last]
        own_codes, own_times = codes[low:high], times[low:high]
        own_marks, own_owners = marks[low:high], owners[span : last + 1]
        begun, before, since = np.uint64(0), np.uint64(0), own_times[0]
        for place in range(len(own_codes)):
            begun += np.uint64(own_marks[place])
            owner, code, time = own_owners[begun - _ONE], np.uint64(own_codes[place]), own_times[place]
            pair = none if own_marks[place] else before * kinds + code
            by_pair[pair, _COUNT] += 1
            by_pair[pair, _CUSTOMERS] += by_pair[pair, _STAMP] != owner
            by_pair[pair, _STAMP] = owner
            by_pair[pair, _HIGH] += (time - since) >> 32
            by_pair[pair, _LOW] += (time - since) & _LOW_HALF
            by_code[code, _COUNT] += 1
            by_code[code, _CUSTOMERS] += stamps[code] != owner
            stamps[code] = owner
            before, since = code, time
        span = last + 1
    return by_code, by_pair[:none]


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
    marks = mark_starts(starts, len(codes))
    kinds = np.uint64(vocabulary)
    found = np.empty(len(codes) + 1, np.int32)
    gaps = np.empty(len(codes) + 1, np.int64)
    kept, span = np.uint64(0), 0
    while span < len(starts):
        last = last_adjoining(starts, ends, span)
        low, high = starts[span], ends[last]
        own_codes, own_times, own_marks = codes[low:high], times[low:high], marks[low:high]
        before, since = np.uint64(0), own_times[0]
        for place in range(len(own_codes)):
            code, time = np.uint64(own_codes[place]), own_times[place]
            group = group_of[before * kinds + code]
            found[kept] = group
            gaps[kept] = time - since
            kept += np.uint64((group >= 0) & (own_marks[place] == 0))
            before, since = code, time
        span = last + 1
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
