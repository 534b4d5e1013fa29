"""Stays at the steps of a map: what lies between one place of a journey and the next.

A *stay* begins with an interaction that has its place at a step, and lasts until before the next one that has a place, but only so long.
What comes before the first place of a journey, or later, lies in no stay.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.alignment import Alignments, Cut, Signed

NO_STAY = -1


class Stays(NamedTuple):
    """``of_rows``, int64[n]: the number of the stay that each interaction lies in, or :data:`NO_STAY`. ``steps``, int64[m]: where each is."""

    of_rows: NDArray[np.int64]
    steps: NDArray[np.int64]


@kernel
def find_stays(
    placed: NDArray[np.int32],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    longest: int,
) -> Stays:
    """The stays of journeys, in their order.

    Parameters
    ----------
    placed
        int32[n]: the step at which an interaction has its place; negative for those without one.
    times
        int64[n], microseconds, never decreasing within a journey.
    starts, ends
        int64[s] each.
    longest
        How long after its begin something still lies in a stay, microseconds, included.

    O(n).
    """
    of_rows = np.full(len(placed), NO_STAY, np.int64)
    steps = np.empty(len(placed), np.int64)
    found = 0
    for span in range(len(starts)):
        current, since = np.int64(NO_STAY), np.int64(0)
        for place in range(starts[span], ends[span]):
            if placed[place] >= 0:
                current, since = np.int64(found), times[place]
                steps[found] = placed[place]
                found += 1
            of_rows[place] = current if times[place] - since <= longest else NO_STAY
    return Stays(of_rows, steps[:found].copy())


@kernel
def count_channels(
    signed: Signed,
    cut: Cut,
    once: NDArray[np.bool_],
    alignments: Alignments,
    channels: NDArray[np.uint8],
    number: int,
) -> NDArray[np.int64]:
    """The interactions that count for each step, by channel: uint8[n] below ``number`` -> int64[k, number].

    One with a place counts for its step alone, one without for all that it meets the condition of; where only a journey's first counts,
    no other does. O(n).
    """
    counts = np.zeros((len(once), number), np.int64)
    seen = np.full(len(once), -1, np.int64)
    for span in range(len(cut.starts)):
        for place in range(cut.starts[span], cut.ends[span]):
            signature, at_step = signed.signatures[place], alignments.placed[place]
            for at in range(signed.offsets[signature], signed.offsets[signature + 1]):
                step = signed.steps[at]
                if once[step] and seen[step] == span:
                    continue
                seen[step] = span
                if at_step < 0:
                    counts[step, channels[place]] += 1
            if at_step >= 0:
                counts[at_step, channels[place]] += 1
    return counts
