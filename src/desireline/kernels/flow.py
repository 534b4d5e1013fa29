"""What directly follows what: numbering, counting and timing pairs of neighbours within spans."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.hashing import mix, table_size

DENSE_VOCABULARY = 256


class NumberedPairs(NamedTuple):
    """The pair that starts at each interaction.

    ``edges``, int32[n]: its number; ``len(pairs)`` at the last interaction of a span, where no pair starts.
    ``pairs``, int64[e]: what the numbers mean, ``source * vocabulary + target``.
    """

    edges: NDArray[np.int32]
    pairs: NDArray[np.int64]


class PairCounts(NamedTuple):
    """By number, [e] each: how often, for how many distinct customers, microseconds between in sum."""

    counts: NDArray[np.int64]
    customers: NDArray[np.int64]
    gaps: NDArray[np.float64]


def number_pairs(codes: NDArray[np.uint16], offsets: NDArray[np.int64], *, vocabulary: int) -> NumberedPairs:
    """Number the pairs of neighbours.

    Parameters
    ----------
    codes
        uint16[n], below ``vocabulary``.
    offsets
        int64[s + 1]: spans, none empty; ``[0]`` where there are none.
    vocabulary
        How many codes there are. Up to 256 every possible pair has its number (a table); beyond that only
        those that occur (a hash table), so that the memory is bounded by the interactions.

    O(n + min(vocabulary**2, n)).
    """
    if vocabulary <= DENSE_VOCABULARY:
        pairs = np.arange(vocabulary * vocabulary, dtype=np.int64)
        return NumberedPairs(_number_all(codes, offsets, vocabulary), pairs)
    return NumberedPairs(*_number_occurring(codes, offsets, vocabulary))


@kernel
def _number_all(codes: NDArray[np.uint16], offsets: NDArray[np.int64], vocabulary: int) -> NDArray[np.int32]:
    edges = np.empty(len(codes), np.int32)
    factor = np.int32(vocabulary)
    for place in range(len(codes) - 1):
        edges[place] = np.int32(codes[place]) * factor + np.int32(codes[place + 1])
    for span in range(len(offsets) - 1):
        edges[offsets[span + 1] - 1] = factor * factor
    return edges


@kernel
def _number_occurring(
    codes: NDArray[np.uint16], offsets: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    edges = np.empty(len(codes), np.int32)
    pairs = np.empty(len(codes), np.int64)
    known = 0
    slots = table_size(2048)
    table = np.full(slots, -1, np.int32)
    for span in range(len(offsets) - 1):
        for place in range(offsets[span], offsets[span + 1] - 1):
            if 2 * known >= slots:
                slots *= 4
                table = _rehashed(pairs[:known], slots)
            pair = np.int64(codes[place]) * vocabulary + np.int64(codes[place + 1])
            slot = np.int64(mix(pair) & np.uint64(slots - 1))
            while table[slot] >= 0 and pairs[table[slot]] != pair:
                slot = (slot + 1) & (slots - 1)
            if table[slot] < 0:
                table[slot] = known
                pairs[known] = pair
                known += 1
            edges[place] = table[slot]
    for span in range(len(offsets) - 1):
        edges[offsets[span + 1] - 1] = known
    return edges, pairs[:known].copy()


@kernel
def _rehashed(pairs: NDArray[np.int64], slots: int) -> NDArray[np.int32]:
    table = np.full(slots, -1, np.int32)
    for number in range(len(pairs)):
        slot = np.int64(mix(pairs[number]) & np.uint64(slots - 1))
        while table[slot] >= 0:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number
    return table


def count_pairs(
    edges: NDArray[np.int32],
    times: NDArray[np.int64],
    offsets: NDArray[np.int64],
    owners: NDArray[np.int64],
    *,
    pairs: int,
) -> PairCounts:
    """Count the pairs of :func:`number_pairs`, their distinct customers, and the microseconds between in sum.

    Parameters
    ----------
    edges, times
        int32[n], int64[n]; times never decrease within a span, and two of a span are less than 2**63 apart.
    offsets, owners
        int64[s + 1], int64[s]: spans and their customers; owners never decrease.
    pairs
        How many numbers there are.

    O(n + pairs). A customer is counted once for each pair, by a stamp of the last customer seen.
    """
    return PairCounts(*_count_pairs(edges, times, offsets, owners, pairs))


@kernel
def _count_pairs(
    edges: NDArray[np.int32],
    times: NDArray[np.int64],
    offsets: NDArray[np.int64],
    owners: NDArray[np.int64],
    pairs: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    counts = np.zeros(pairs, np.int64)
    customers = np.zeros(pairs, np.int64)
    gaps = np.zeros(pairs, np.float64)
    stamps = np.full(pairs, -1, np.int64)
    for span in range(len(owners)):
        owner = owners[span]
        for place in range(offsets[span], offsets[span + 1] - 1):
            edge = edges[place]
            counts[edge] += 1
            gaps[edge] += times[place + 1] - times[place]
            customers[edge] += stamps[edge] != owner
            stamps[edge] = owner
    return counts, customers, gaps


@kernel
def count_codes(
    codes: NDArray[np.uint16], offsets: NDArray[np.int64], owners: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How often each code occurs, and for how many distinct customers.

    uint16[n], int64[s + 1], int64[s] -> int64[vocabulary] twice. O(n + vocabulary).
    """
    counts = np.zeros(vocabulary, np.int64)
    customers = np.zeros(vocabulary, np.int64)
    stamps = np.full(vocabulary, -1, np.int64)
    for span in range(len(owners)):
        owner = owners[span]
        for place in range(offsets[span], offsets[span + 1]):
            code = codes[place]
            counts[code] += 1
            customers[code] += stamps[code] != owner
            stamps[code] = owner
    return counts, customers


@kernel
def gaps_between(times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Microseconds from each interaction to the next; 0 for the last. int64[n] -> int64[n]. O(n)."""
    gaps = np.zeros(len(times), np.int64)
    for place in range(len(times) - 1):
        gaps[place] = times[place + 1] - times[place]
    return gaps
