"""Exact sequences: told apart by 128 bits, counted, and found again.

Two 64-bit hashes that share no constant: with a billion different sequences the chance that any two of them are taken for
one is below 1e-20. So counting needs no codes, and states stay small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.counting import count_rows
from desireline.kernels.hashing import mix, table_size

PARTITIONS = 64
"""Sequences are counted in so many independent groups, by the top bits of their hash."""
_TOP_BITS = np.uint64(58)
_FOUR = np.uint64(4)


class Sequences(NamedTuple):
    """Sequences of codes: number ``i`` is ``codes[starts[i]:ends[i]]``; uint16[c], int64[s], int64[s]."""

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class SequenceCounts(NamedTuple):
    """Different sequences by partition: those of partition ``p`` are at ``offsets[p]:offsets[p + 1]``.

    ``keys``, uint64[v, 2]; ``counts``, int64[v, 3]: how many spans, how many distinct customers, and the first place
    where it was seen; ``offsets``, int64[PARTITIONS + 1].
    """

    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]
    offsets: NDArray[np.int64]


@kernel
def _key(codes: NDArray[np.uint16], start: int, end: int) -> tuple[np.uint64, np.uint64]:
    """The two hashes of one sequence: four codes at a time, multiply and add, then mixed; the length is in both.

    The last four codes may be among those before: together with the length that tells as much, and no processor foresees how
    many would be left.
    """
    low, high = np.uint64(start), np.uint64(end)
    length, word = high - low, np.uint64(0)
    first = length * np.uint64(0x9E3779B97F4A7C15)
    second = length ^ np.uint64(0xC2B2AE3D27D4EB4F)
    if length < _FOUR:
        for place in range(start, end):
            word = word << np.uint64(16) | np.uint64(codes[place])
    else:
        at = low
        while at + _FOUR < high:
            first, second = _stirred(first, second, _word(codes, at))
            at += _FOUR
        word = _word(codes, high - _FOUR)
    first, second = _stirred(first, second, word)
    return mix(np.int64(first)), mix(np.int64(second))


@kernel
def _word(codes: NDArray[np.uint16], place: np.uint64) -> np.uint64:
    """Four codes in one number."""
    return (
        np.uint64(codes[place])
        | np.uint64(codes[place + np.uint64(1)]) << np.uint64(16)
        | np.uint64(codes[place + np.uint64(2)]) << np.uint64(32)
        | np.uint64(codes[place + np.uint64(3)]) << np.uint64(48)
    )


@kernel
def _stirred(first: np.uint64, second: np.uint64, word: np.uint64) -> tuple[np.uint64, np.uint64]:
    first = (first + word) * np.uint64(0xD1342543DE82EF95)
    second = (second ^ word) * np.uint64(0x9FB21C651E98DF25)
    return first ^ first >> np.uint64(32), second ^ second >> np.uint64(29)


@kernel
def sequence_keys(codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """128 bits that tell each sequence apart: uint16[c], int64[s] twice -> uint64[s, 2]. O(c)."""
    keys = np.empty((len(starts), 2), np.uint64)
    for sequence in range(len(starts)):
        keys[sequence, 0], keys[sequence, 1] = _key(codes, starts[sequence], ends[sequence])
    return keys


def count_sequences(keys: NDArray[np.uint64], owners: NDArray[np.int64]) -> SequenceCounts:
    """Count equal sequences.

    uint64[s, 2], int64[s] (never decreasing); see :class:`SequenceCounts`. O(s) expected.
    """
    members, firsts = _number(keys)
    spans, customers = count_rows(members, owners, len(firsts))
    return SequenceCounts(*_by_partition(keys, firsts, spans, customers))


@kernel
def add_up(
    keys: NDArray[np.uint64], counts: NDArray[np.int64], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The counts of equal sequences in sum.

    Parameters
    ----------
    keys, counts
        uint64[m, 2], int64[m, 2 or more]; of the counts the first two are added up.
    bounds
        int64[p, 2]: the stretches to look at, from place to place.

    Returns
    -------
    tuple
        For every different one the place where it is first, int64[v], and the sums, int64[v, 2]. O(m) expected.
    """
    total = 0
    for piece in range(len(bounds)):
        total += bounds[piece, 1] - bounds[piece, 0]
    firsts = np.empty(total, np.int64)
    sums = np.empty((total, 2), np.int64)
    slots = table_size(total)
    table = np.full(slots, -1, np.int32)
    known = 0
    for piece in range(len(bounds)):
        for place in range(bounds[piece, 0], bounds[piece, 1]):
            first, second = keys[place, 0], keys[place, 1]
            slot = np.int64(first & np.uint64(slots - 1))
            while table[slot] >= 0:
                other = firsts[table[slot]]
                if keys[other, 0] == first and keys[other, 1] == second:
                    break
                slot = (slot + 1) & (slots - 1)
            number = table[slot]
            if number < 0:
                table[slot] = known
                firsts[known] = place
                sums[known, 0], sums[known, 1] = counts[place, 0], counts[place, 1]
                known += 1
            else:
                sums[number, 0] += counts[place, 0]
                sums[number, 1] += counts[place, 1]
    return firsts[:known].copy(), sums[:known].copy()


@kernel
def _number(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The number of each key in the order in which they first appear, and the place of the first of each number."""
    members = np.empty(len(keys), np.int32)
    firsts = np.empty(len(keys), np.int64)
    known = 0
    slots = table_size(len(keys))
    table = np.full(slots, -1, np.int32)
    for place in range(len(keys)):
        first, second = keys[place, 0], keys[place, 1]
        slot = np.int64(first & np.uint64(slots - 1))
        while table[slot] >= 0:
            known_key = firsts[table[slot]]
            if keys[known_key, 0] == first and keys[known_key, 1] == second:
                break
            slot = (slot + 1) & (slots - 1)
        if table[slot] < 0:
            table[slot] = known
            firsts[known] = place
            known += 1
        members[place] = table[slot]
    return members, firsts[:known].copy()


@kernel
def _by_partition(
    keys: NDArray[np.uint64], firsts: NDArray[np.int64], spans: NDArray[np.int64], customers: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """What :class:`SequenceCounts` holds: a counting sort by the top bits of the key."""
    offsets = np.zeros(PARTITIONS + 1, np.int64)
    for number in range(len(firsts)):
        offsets[np.int64(keys[firsts[number], 0] >> _TOP_BITS) + 1] += 1
    for partition in range(PARTITIONS):
        offsets[partition + 1] += offsets[partition]
    free = offsets[:-1].copy()
    sorted_keys = np.empty((len(firsts), 2), np.uint64)
    counts = np.empty((len(firsts), 3), np.int64)
    for number in range(len(firsts)):
        first = firsts[number]
        own = np.int64(keys[first, 0] >> _TOP_BITS)
        place = free[own]
        free[own] += 1
        sorted_keys[place, 0], sorted_keys[place, 1] = keys[first, 0], keys[first, 1]
        counts[place, 0], counts[place, 1], counts[place, 2] = spans[number], customers[number], first
    return sorted_keys, counts, offsets


def by_partition(keys: NDArray[np.uint64], counts: NDArray[np.int64]) -> SequenceCounts:
    """Different keys and their counts, uint64[v, 2] and int64[v, 3], as :class:`SequenceCounts` has them. O(v)."""
    order = np.argsort(keys[:, 0] >> _TOP_BITS, kind="stable")
    bounds = np.searchsorted(keys[order, 0] >> _TOP_BITS, np.arange(PARTITIONS + 1).astype(np.uint64))
    return SequenceCounts(keys[order], counts[order], bounds)


def pick(sequences: Sequences, picked: NDArray[np.int64]) -> Sequences:
    """A copy of the picked sequences, in the order of ``picked`` (int64[v]). O(codes copied)."""
    starts, ends = sequences.starts[picked], sequences.ends[picked]
    return Sequences(*_copy(sequences.codes, starts, ends))


@kernel
def _copy(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
    new_ends = np.cumsum(ends - starts)
    new_starts = new_ends - (ends - starts)
    out = np.empty(new_ends[-1] if len(new_ends) else 0, np.uint16)
    for sequence in range(len(starts)):
        shift = starts[sequence] - new_starts[sequence]
        for to in range(new_starts[sequence], new_ends[sequence]):
            out[to] = codes[to + shift]
    return out, new_starts, new_ends


@kernel
def key_table(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """A hash table over different keys, for :func:`find_sequences`: uint64[k, 2] -> int32[slots]. O(k)."""
    slots = table_size(len(keys))
    table = np.full(slots, -1, np.int32)
    for number in range(len(keys)):
        slot = np.int64(keys[number, 0] & np.uint64(slots - 1))
        while table[slot] >= 0:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number
    return table


@kernel
def find_sequences(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    known: NDArray[np.uint64],
    table: NDArray[np.int32],
    lengths: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Which sequences are known ones.

    Parameters
    ----------
    codes, starts, ends
        See :class:`Sequences`.
    known, table
        uint64[k, 2], all different, and their :func:`key_table`.
    lengths
        bool[l]: whether a known sequence has this length; no other sequence is looked at.

    Returns
    -------
    tuple
        The places of those that are known, int64[m] ascending, and the number of each, int32[m]. O(c) expected.
    """
    places = np.empty(len(starts), np.int64)
    numbers = np.empty(len(starts), np.int32)
    found = 0
    for sequence in range(len(starts)):
        length = ends[sequence] - starts[sequence]
        if length >= len(lengths) or not lengths[length]:
            continue
        first, second = _key(codes, starts[sequence], ends[sequence])
        slot = np.int64(first & np.uint64(len(table) - 1))
        while table[slot] >= 0:
            number = table[slot]
            if known[number, 0] == first and known[number, 1] == second:
                places[found] = sequence
                numbers[found] = number
                found += 1
                break
            slot = (slot + 1) & (len(table) - 1)
    return places[:found].copy(), numbers[:found].copy()
