"""What is missing between interactions: skipped stages, moves to another channel, the latest examples of either."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def first_of_stages(
    touchpoints: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    stage_of: NDArray[np.int16],
    stages: int,
) -> NDArray[np.int64]:
    """The place of the first interaction of each stage in each span; -1 where the stage has none.

    Parameters
    ----------
    touchpoints
        uint16[n].
    starts, ends
        int64[s] each: spans.
    stage_of
        int16[touchpoints]: the stage of each, below ``stages``; -1 for none.
    stages
        How many there are.

    Returns
    -------
    NDArray
        int64[s, stages].

    O(n + s * stages). A span is left as soon as all its stages are found.
    """
    spans = len(starts)
    firsts = np.full((spans, stages), -1, np.int64)
    for span in range(spans):
        missing = stages
        for place in range(starts[span], ends[span]):
            if missing == 0:
                break
            stage = stage_of[touchpoints[place]]
            if stage >= 0 and firsts[span, stage] < 0:
                firsts[span, stage] = place
                missing -= 1
    return firsts


@kernel
def skipped_stages(firsts: NDArray[np.int64], times: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every span that reaches a stage without an earlier one: before, or at the same time.

    Parameters
    ----------
    firsts
        int64[s, stages]: see :func:`first_of_stages`.
    times
        int64[n].

    Returns
    -------
    tuple
        Spans, int64[k], never decreasing, and pairs, int32[k]: ``missing * stages + reached``.

    O(s * stages**2).
    """
    spans, stages = firsts.shape
    most = spans * (stages * (stages - 1) // 2)
    found_spans = np.empty(most, np.int64)
    pairs = np.empty(most, np.int32)
    found = 0
    for span in range(spans):
        for reached in range(1, stages):
            if firsts[span, reached] < 0:
                continue
            at = times[firsts[span, reached]]
            for missing in range(reached):
                if firsts[span, missing] < 0 or times[firsts[span, missing]] > at:
                    found_spans[found] = span
                    pairs[found] = missing * stages + reached
                    found += 1
    return found_spans[:found].copy(), pairs[:found].copy()


@kernel
def moves_between_channels(
    channels: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the next interaction of the span is in another channel.

    uint8[n], int64[s] twice -> places, int64[k], and their spans, int64[k], both ascending. O(n).
    """
    places = np.empty(len(channels), np.int64)
    found_spans = np.empty(len(channels), np.int64)
    found = 0
    for span in range(len(starts)):
        for place in range(starts[span], ends[span] - 1):
            places[found] = place
            found_spans[found] = span
            found += channels[place] != channels[place + 1]
    return places[:found].copy(), found_spans[:found].copy()


@kernel
def latest_rows(
    groups: NDArray[np.int32],
    times: NDArray[np.int64],
    arrivals: NDArray[np.int64],
    owners: NDArray[np.int64],
    count: int,
    most: int,
) -> NDArray[np.int64]:
    """The latest rows of each group, of distinct owners.

    Parameters
    ----------
    groups
        int32[m], below ``count``.
    times, arrivals, owners
        int64[m] each; owners never decrease, the times of one owner in a group increase. Of rows at the same
        time the one that arrived first comes first; of one owner only the last is given.
    count, most
        How many groups there are; how many rows of each to give.

    Returns
    -------
    NDArray
        int64[count, most]: rows, the latest first; -1 where there are no more.

    O(m * most + count * most).
    """
    latest = np.full((count, most), -1, np.int64)
    for row in range(len(groups)):
        kept = latest[groups[row]]
        last = most - 1
        for place in range(most):
            if kept[place] >= 0 and owners[kept[place]] == owners[row]:
                last = place
        if not _goes_before(row, kept[last], times, arrivals):
            continue
        place = last
        while place > 0 and _goes_before(row, kept[place - 1], times, arrivals):
            kept[place] = kept[place - 1]
            place -= 1
        kept[place] = row
    return latest


@kernel
def _goes_before(row: int, other: int, times: NDArray[np.int64], arrivals: NDArray[np.int64]) -> bool:
    """Whether a row is later than another one (-1: none), or arrived first at the same time."""
    if other < 0 or times[row] != times[other]:
        return other < 0 or bool(times[row] > times[other])
    return bool(arrivals[row] < arrivals[other])
