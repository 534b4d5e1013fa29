"""Moves from one channel to another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


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
    cells = vocabulary * vocabulary
    counts = np.zeros(cells, np.int64)
    customers = np.zeros(cells, np.int64)
    stamps = np.full(cells, -1, np.int64)
    for span in range(len(owners)):
        owner = owners[span]
        for place in range(starts[span], ends[span] - 1):
            source, target = np.int64(channels[place]), np.int64(channels[place + 1])
            move = source * vocabulary + target
            counts[move] += 1
            customers[move] += stamps[move] != owner
            stamps[move] = owner
    for channel in range(vocabulary):
        counts[channel * vocabulary + channel] = 0
        customers[channel * vocabulary + channel] = 0
    return counts.reshape((vocabulary, vocabulary)), customers.reshape((vocabulary, vocabulary))


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
