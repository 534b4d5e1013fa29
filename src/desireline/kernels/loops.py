"""Touchpoints that come again within a span, and the shape of spans."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

SHAPES = ("single", "linear", "branching", "cyclical")
"""Of a span: one touchpoint alone; never off the usual way; off it, but never back; back at a touchpoint that it had left."""
MOST_NAMED = 3
"""So many other steps of a loop fit into one key."""
_LOW_HALF = 0xFFFFFFFF


class Returns(NamedTuple):
    """Interactions whose touchpoint was seen before in the same span, [m] each, in their order.

    Attributes
    ----------
    places, spans
        int64: of the interaction, and the number of its span.
    codes
        uint16.
    between
        int32: how many other steps lie between (direct repeats are one step); 0 for a direct repeat.
    via
        uint16: the code directly before.
    gaps
        int64: microseconds since the touchpoint was seen last.
    """

    places: NDArray[np.int64]
    spans: NDArray[np.int64]
    codes: NDArray[np.uint16]
    between: NDArray[np.int32]
    via: NDArray[np.uint16]
    gaps: NDArray[np.int64]


def find_returns(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    vocabulary: int,
) -> Returns:
    """Every return to a touchpoint.

    Parameters
    ----------
    codes, times
        uint16[n] below ``vocabulary``, int64[n]: in order within a span.
    starts, ends
        int64[s] each: spans in ascending order.

    O(n + vocabulary). Written without a branch on the return, which is not to be foreseen.
    """
    return Returns(*_find_returns(codes, times, starts, ends, vocabulary))


@kernel
def _find_returns(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    vocabulary: int,
) -> tuple[
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.uint16],
    NDArray[np.int32],
    NDArray[np.uint16],
    NDArray[np.int64],
]:
    most = len(codes) + 1
    places, spans, gaps = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    again, via = np.empty(most, np.uint16), np.empty(most, np.uint16)
    between = np.empty(most, np.int32)
    last = np.full(vocabulary, -1, np.int64)
    step_of_last = np.zeros(vocabulary, np.int64)
    found, steps = 0, 0
    for span in range(len(starts)):
        low = starts[span]
        before = codes[low]
        for place in range(low, ends[span]):
            code = codes[place]
            steps += code != before
            known = last[code]
            places[found], spans[found], again[found], via[found] = place, span, code, before
            between[found] = max(steps - step_of_last[code] - 1, 0)
            gaps[found] = times[place] - times[known]
            found += known >= low
            last[code] = place
            step_of_last[code] = steps
            before = code
    return (
        places[:found].copy(),
        spans[:found].copy(),
        again[:found].copy(),
        between[:found].copy(),
        via[:found].copy(),
        gaps[:found].copy(),
    )


@kernel
def sum_gaps(groups: NDArray[np.int32], gaps: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The sum of each group, exact whatever is added up, in two halves: ``sums[0] * 2**32 + sums[1]``.

    int32[m] below ``count``, int64[m] not negative -> int64[2, count], the low half below 2**32. O(m + count).
    """
    sums = np.zeros((2, count), np.int64)
    for row in range(len(groups)):
        sums[0, groups[row]] += gaps[row] >> 32
        sums[1, groups[row]] += gaps[row] & _LOW_HALF
    for group in range(count):
        sums[0, group] += sums[1, group] >> 32
        sums[1, group] &= _LOW_HALF
    return sums


@kernel
def cycle_keys(codes: NDArray[np.uint16], places: NDArray[np.int64], between: NDArray[np.int32]) -> NDArray[np.uint64]:
    """The loop that each return closes, in one number: its touchpoint, then the others from the last to the first.

    Parameters
    ----------
    codes
        uint16[n].
    places, between
        int64[m], int32[m] from 1 to :data:`MOST_NAMED`, as in :class:`Returns`.

    Returns
    -------
    NDArray
        uint64[m], 16 bits for each. O(interactions of the loops).
    """
    keys = np.empty(len(places), np.uint64)
    for row in range(len(places)):
        place = places[row]
        before = codes[place]
        key = np.uint64(before)
        left = between[row]
        while left > 0:
            place -= 1
            code = codes[place]
            if code != before:
                key = key << np.uint64(16) | np.uint64(code)
                left -= 1
            before = code
        keys[row] = key
    return keys


def codes_of_cycle(key: int | np.integer[Any], between: int) -> list[int]:
    """The codes of a loop from :func:`cycle_keys`, from its touchpoint back to it.

    >>> codes_of_cycle(7 << 32 | 3 << 16 | 5, 2)
    [7, 5, 3, 7]
    """
    others = [int(key) >> 16 * place & 0xFFFF for place in range(between)]
    first = int(key) >> 16 * between
    return [first, *others, first]


@kernel
def count_shapes(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    usual: NDArray[np.int32],
) -> NDArray[np.int64]:
    """How many spans have each shape.

    Parameters
    ----------
    codes
        uint16[n]: in order within a span.
    starts, ends
        int64[s] each: spans in ascending order.
    usual
        int32[vocabulary]: the code that follows each most often, other than itself; -1 where none does.

    Returns
    -------
    NDArray
        int64[4], in the order of :data:`SHAPES`. O(n + vocabulary).
    """
    counts = np.zeros(4, np.int64)
    last = np.full(len(usual), -1, np.int64)
    for span in range(len(starts)):
        low = starts[span]
        before = codes[low]
        moved, off, back = False, False, False
        for place in range(low, ends[span]):
            code = codes[place]
            moves = code != before
            moved |= moves
            off |= moves & (usual[before] != code)
            back |= moves & (last[code] >= low)
            last[code] = place
            before = code
        counts[3 if back else 2 if off else 1 if moved else 0] += 1
    return counts
