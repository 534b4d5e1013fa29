"""What spans have before an outcome."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

NO_VALUE = -1


class Features(NamedTuple):
    """Numbers of the features that interactions make; one number, ``nothing``, stands for all that are not counted.

    Attributes
    ----------
    touchpoints
        int32[vocabulary]: from 0 up to ``nothing``.
    channels
        int32[channels].
    again
        int32[nothing + 1]: what it makes that a touchpoint comes a second time, by number of the touchpoint.
    followed
        int32[nothing + 1]: what it makes that anything directly follows it, by number of the touchpoint.
    moves
        int32[nothing + 1, nothing + 1]: what it makes that one directly follows another, by their numbers.
    """

    touchpoints: NDArray[np.int32]
    channels: NDArray[np.int32]
    again: NDArray[np.int32]
    followed: NDArray[np.int32]
    moves: NDArray[np.int32]


@kernel
def first_marked(marks: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of the first marked interaction of each span, its end where there is none: bool[n] -> int64[s]. O(n)."""
    places = np.empty(len(starts), np.int64)
    for span in range(len(starts)):
        place = starts[span]
        while place < ends[span] and not marks[place]:
            place += 1
        places[span] = place
    return places


@kernel
def last_values(codes: NDArray[np.int32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """The last known code of each span, :data:`NO_VALUE` where there is none: int32[n] -> int32[s]. O(n)."""
    values = np.full(len(starts), NO_VALUE, np.int32)
    for span in range(len(starts)):
        for place in range(ends[span] - 1, starts[span] - 1, -1):
            if codes[place] >= 0:
                values[span] = codes[place]
                break
    return values


@kernel
def longest_waits(
    waits: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many waits each span has, int64[s], and the longest, float64[s], 0 of none: float64[n], NaN where there is none. O(n)."""
    counts, longest = np.zeros(len(starts), np.int64), np.zeros(len(starts))
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            wait = waits[place]
            counts[span] += wait == wait
            longest[span] = wait if wait > longest[span] else longest[span]
    return counts, longest


@kernel
def count_codes(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], vocabulary: int
) -> NDArray[np.int64]:
    """How often each code occurs in spans: uint16[n] -> int64[vocabulary]. O(n)."""
    counts = np.zeros(vocabulary, np.int64)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            counts[codes[place]] += 1
    return counts


@kernel
def count_moves(
    codes: NDArray[np.uint16],
    numbers: NDArray[np.int32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    count: int,
) -> NDArray[np.int64]:
    """How often one of ``count`` numbers directly follows another: uint16[n], int32[vocabulary] -> int64[count, count]. O(n)."""
    counts = np.zeros((count, count), np.int64)
    for span in range(len(starts)):
        before = numbers[codes[starts[span]]]
        for place in range(starts[span] + 1, ends[span]):
            number = numbers[codes[place]]
            counts[before, number] += 1
            before = number
    return counts


@kernel
def count_features(
    codes: NDArray[np.uint16],
    channels: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    cells: NDArray[np.int64],
    features: Features,
    shape: tuple[int, int],
) -> NDArray[np.int64]:
    """How many spans have each feature at least once, by cell.

    Parameters
    ----------
    codes, channels
        uint16[n] touchpoints, uint8[n].
    starts, ends, cells
        int64[s] each: spans, none empty, and the cell of each.
    features
        What makes which feature.
    shape
        How many cells and features there are.

    Returns
    -------
    int64[cells, features]; of the feature ``nothing`` it says nothing. O(n).
    """
    counts = np.zeros(shape, np.int64)
    seen = np.full(shape[1], -1, np.int64)
    nothing = len(features.again) - 1
    for span in range(len(starts)):
        cell, before = cells[span], nothing
        for place in range(starts[span], ends[span]):
            touchpoint = features.touchpoints[codes[place]]
            again = features.again[touchpoint] if seen[touchpoint] == span else nothing
            _count(counts, seen, cell, span, touchpoint)
            _count(counts, seen, cell, span, again)
            _count(counts, seen, cell, span, features.channels[channels[place]])
            _count(counts, seen, cell, span, features.followed[before])
            _count(counts, seen, cell, span, features.moves[before, touchpoint])
            before = touchpoint
    return counts


@kernel
def _count(counts: NDArray[np.int64], seen: NDArray[np.int64], cell: int, span: int, feature: int) -> None:
    counts[cell, feature] += seen[feature] != span
    seen[feature] = span
