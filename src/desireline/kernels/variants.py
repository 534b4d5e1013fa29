"""Exact sequences: hashing them, and numbering equal ones with every match verified code by code."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.arrays import all_read_only
from desireline.kernels.hashing import mix, table_size


class Sequences(NamedTuple):
    """Sequences of codes, with their hashes: sequence ``i`` is ``codes[offsets[i]:offsets[i + 1]]``.

    uint64[s], uint16[c], int64[s + 1].
    """

    hashes: NDArray[np.uint64]
    codes: NDArray[np.uint16]
    offsets: NDArray[np.int64]


class NumberedSequences(NamedTuple):
    """``members``, int32[s]: number of each sequence; ``firsts``, int64[v]: first sequence of each number."""

    members: NDArray[np.int32]
    firsts: NDArray[np.int64]


def _read_only(sequences: Sequences) -> Sequences:
    return Sequences(*all_read_only(sequences))


@kernel
def sequence_hashes(codes: NDArray[np.uint16], offsets: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A 64-bit hash of each sequence: uint16[c], int64[s + 1] -> uint64[s]. O(c).

    Multiply and add, then mixed. Equal sequences have equal hashes; different ones may, and every use
    verifies.
    """
    hashes = np.empty(len(offsets) - 1, np.uint64)
    for sequence in range(len(hashes)):
        hashed = np.uint64(0x9E3779B97F4A7C15)
        for place in range(offsets[sequence], offsets[sequence + 1]):
            hashed = (hashed + np.uint64(codes[place]) + np.uint64(1)) * np.uint64(0xD1342543DE82EF95)
            hashed ^= hashed >> np.uint64(32)
        hashes[sequence] = mix(np.int64(hashed))
    return hashes


def number_sequences(sequences: Sequences) -> NumberedSequences:
    """Give equal sequences one number, in the order in which they first appear.

    O(c) expected. Two sequences are equal only if all their codes are: a collision of hashes costs time,
    never truth. No sequences give empty arrays.
    """
    return NumberedSequences(*_number(*_read_only(sequences)))


@kernel
def _number(
    hashes: NDArray[np.uint64], codes: NDArray[np.uint16], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    members = np.empty(len(hashes), np.int32)
    firsts = np.empty(len(hashes), np.int64)
    first_hashes = np.empty(len(hashes), np.uint64)
    known = 0
    slots = table_size(len(hashes))
    table = np.full(slots, -1, np.int32)
    for sequence in range(len(hashes)):
        hashed = hashes[sequence]
        slot = np.int64(hashed & np.uint64(slots - 1))
        while table[slot] >= 0:
            number = table[slot]
            if first_hashes[number] == hashed and _equal(codes, offsets, sequence, codes, offsets, firsts[number]):
                break
            slot = (slot + 1) & (slots - 1)
        if table[slot] < 0:
            table[slot] = known
            firsts[known] = sequence
            first_hashes[known] = hashed
            known += 1
        members[sequence] = table[slot]
    return members, firsts[:known].copy()


@kernel
def sequence_table(hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
    """A hash table over different sequences, for :func:`find_sequences`: uint64[k] -> int32[slots]. O(k)."""
    slots = table_size(len(hashes))
    table = np.full(slots, -1, np.int32)
    for number in range(len(hashes)):
        slot = np.int64(hashes[number] & np.uint64(slots - 1))
        while table[slot] >= 0:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number
    return table


def find_sequences(sequences: Sequences, known: Sequences, table: NDArray[np.int32]) -> NDArray[np.int32]:
    """The number of each sequence among the known ones (all different), ``len(known.hashes)`` if not there.

    int32[s]. ``table`` is the :func:`sequence_table` of the known ones. O(c) expected; every match is
    verified.
    """
    return _find(*_read_only(sequences), *_read_only(known), table)


@kernel
def _find(
    hashes: NDArray[np.uint64],
    codes: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    known_hashes: NDArray[np.uint64],
    known_codes: NDArray[np.uint16],
    known_offsets: NDArray[np.int64],
    table: NDArray[np.int32],
) -> NDArray[np.int32]:
    found = np.full(len(hashes), len(known_hashes), np.int32)
    for sequence in range(len(hashes)):
        hashed = hashes[sequence]
        slot = np.int64(hashed & np.uint64(len(table) - 1))
        while table[slot] >= 0:
            number = table[slot]
            if known_hashes[number] == hashed and _equal(codes, offsets, sequence, known_codes, known_offsets, number):
                found[sequence] = number
                break
            slot = (slot + 1) & (len(table) - 1)
    return found


@kernel
def _equal(
    codes: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    sequence: int,
    other_codes: NDArray[np.uint16],
    other_offsets: NDArray[np.int64],
    other: int,
) -> bool:
    start, other_start = offsets[sequence], other_offsets[other]
    length = offsets[sequence + 1] - start
    if length != other_offsets[other + 1] - other_start:
        return False
    # The compiler has no generators.
    for step in range(length):  # noqa: SIM110
        if codes[start + step] != other_codes[other_start + step]:
            return False
    return True


def pick_sequences(sequences: Sequences, picked: NDArray[np.int64]) -> Sequences:
    """A copy of the picked sequences, in the order of ``picked`` (int64[v]). O(codes copied)."""
    _, codes, offsets = _read_only(sequences)
    codes, offsets = _copy(codes, offsets, picked)
    return Sequences(sequences.hashes[picked], codes, offsets)


@kernel
def _copy(
    codes: NDArray[np.uint16], offsets: NDArray[np.int64], picked: NDArray[np.int64]
) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    out_offsets = np.zeros(len(picked) + 1, np.int64)
    for place in range(len(picked)):
        length = offsets[picked[place] + 1] - offsets[picked[place]]
        out_offsets[place + 1] = out_offsets[place] + length
    out_codes = np.empty(out_offsets[-1], np.uint16)
    for place in range(len(picked)):
        start = offsets[picked[place]]
        for to in range(out_offsets[place], out_offsets[place + 1]):
            out_codes[to] = codes[start + to - out_offsets[place]]
    return out_codes, out_offsets


@kernel
def count_members(
    members: NDArray[np.int32], owners: NDArray[np.int64], numbers: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many spans have each number, and how many distinct customers.

    int32[s], int64[s] (never decreasing) -> int64[numbers] twice. O(s + numbers).
    """
    spans = np.zeros(numbers, np.int64)
    customers = np.zeros(numbers, np.int64)
    stamps = np.full(numbers, -1, np.int64)
    for span in range(len(members)):
        number = members[span]
        spans[number] += 1
        customers[number] += stamps[number] != owners[span]
        stamps[number] = owners[span]
    return spans, customers


@kernel
def add_up(members: NDArray[np.int32], amounts: NDArray[np.int64], numbers: int) -> NDArray[np.int64]:
    """The sum of the amounts by number: int32[s], int64[s] -> int64[numbers]. O(s + numbers)."""
    sums = np.zeros(numbers, np.int64)
    for place in range(len(members)):
        sums[members[place]] += amounts[place]
    return sums
