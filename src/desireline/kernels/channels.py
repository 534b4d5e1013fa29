"""Moves from one channel to another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.adjoining import last_adjoining, mark_starts

_ONE = np.uint64(1)


@kernel
def count_moves(
    channels: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    vocabulary: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Directly following interactions in different channels: how often, for how many distinct customers.

    Parameters
    ----------
    channels
        uint8[n], below ``vocabulary``.
    starts, ends, owners
        int64[s] each: spans and their customers; owners never decrease.
    vocabulary
        How many channels there are, at most 256.

    Returns
    -------
    tuple
        int64[vocabulary, vocabulary] twice, by source and target; the diagonal is 0.

    O(n + vocabulary**2). The diagonal is counted too and thrown away: whether a channel stays is not to be foreseen.
    """
    marks = mark_starts(starts, len(channels))
    kinds = np.uint64(vocabulary)
    none = kinds * kinds
    counts = np.zeros(none + _ONE, np.int64)
    customers = np.zeros(none + _ONE, np.int64)
    stamps = np.full(none + _ONE, -1, np.int64)
    span = 0
    while span < len(starts):
        last = last_adjoining(starts, ends, span)
        low, high = starts[span], ends[last]
        own_channels, own_marks, own_owners = channels[low:high], marks[low:high], owners[span : last + 1]
        begun, source = np.uint64(0), np.uint64(0)
        for place in range(len(own_channels)):
            begun += np.uint64(own_marks[place])
            owner, target = own_owners[begun - _ONE], np.uint64(own_channels[place])
            move = none if own_marks[place] else source * kinds + target
            counts[move] += 1
            customers[move] += stamps[move] != owner
            stamps[move] = owner
            source = target
        span = last + 1
    for channel in range(vocabulary):
        counts[channel * vocabulary + channel] = 0
        customers[channel * vocabulary + channel] = 0
    shape = (vocabulary, vocabulary)
    return counts[:none].copy().reshape(shape), customers[:none].copy().reshape(shape)


@kernel
def count_ends(
    channels: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In which channels spans start, and in which they end.

    uint8[n], int64[s] twice -> int64[vocabulary] twice. O(s + vocabulary).
    """
    started = np.zeros(vocabulary, np.int64)
    ended = np.zeros(vocabulary, np.int64)
    for span in range(len(starts)):
        started[channels[starts[span]]] += 1
        ended[channels[ends[span] - 1]] += 1
    return started, ended
