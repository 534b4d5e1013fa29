"""How far customers come through ordered steps, and how long each step takes.

An attempt starts at an interaction that matches the first step. Both kernels give how many customers entered, and for
every customer and every later step that they reached, the microseconds from the step before to this one in the attempt
that reached it first (the latest start of several): number of the step, int32[m], and microseconds, int64[m].
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

MOST_STEPS = 32


@kernel
def loose_waits(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    matches: NDArray[np.uint32],
    steps: int,
    window: int,
) -> tuple[int, NDArray[np.int32], NDArray[np.int64]]:
    """Waits where anything may lie between two steps.

    Parameters
    ----------
    codes, times
        uint16[n], int64[n]: in order within a span.
    starts, ends, owners
        int64[s] each: spans and their customers; an attempt lies within one span.
    matches
        uint32[vocabulary]: bit k is set for the codes that match step k.
    steps, window
        1 to 32 steps; microseconds from the first step, included (largest int64: no
        window).

    Returns
    -------
    tuple
        See the module.

    O(n + matching interactions * steps). For each level only the attempt with the latest start is kept: it
    reaches whatever an earlier one at the same level can still reach, at the same interaction, with more of
    its window left (the method of ClickHouse's windowFunnel). Levels go from high to low: an interaction
    serves one step of an attempt.
    """
    reached_steps = np.empty(len(starts) * steps, np.int32)
    reached_after = np.empty(len(starts) * steps, np.int64)
    entered, found = 0, 0
    waits = np.full(steps, -1, np.int64)
    begun = np.empty(steps, np.int64)
    reached = np.empty(steps, np.int64)
    hits = _matching(codes, starts, ends, matches)
    at, owner = 0, owners[0] if len(owners) else 0
    for span in range(len(starts)):
        end = ends[span]
        while hits[at] < starts[span]:
            at += 1
        if hits[at] >= end:
            continue
        if owners[span] != owner:
            entered += waits[0] == 0
            found = _take(waits, reached_steps, reached_after, found)
            owner = owners[span]
        for step in range(steps):
            begun[step] = -1
        while hits[at] < end:
            place = hits[at]
            at += 1
            time, matching = times[place], matches[codes[place]]
            for step in range(steps - 1, 0, -1):
                start = begun[step - 1]
                if (matching >> np.uint32(step)) & np.uint32(1) == 0 or start < 0:
                    continue
                if time - times[start] > window:
                    continue
                if waits[step] < 0:
                    waits[step] = time - reached[step - 1]
                if start > begun[step]:
                    begun[step] = start
                    reached[step] = time
            if matching & np.uint32(1):
                begun[0] = place
                reached[0] = time
                waits[0] = 0
    entered += waits[0] == 0
    found = _take(waits, reached_steps, reached_after, found)
    return entered, reached_steps[:found].copy(), reached_after[:found].copy()


@kernel
def _matching(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], matches: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """The places between the first span and the last that match any step; behind them the number of all places.

    One tight loop without a branch: few interactions match, and which is not to be foreseen.
    """
    places = np.empty(len(codes) + 1, np.int64)
    found = 0
    if len(starts):
        for place in range(starts[0], ends[-1]):
            places[found] = place
            found += matches[codes[place]] != 0
    places[found] = len(codes)
    return places


@kernel
def _take(waits: NDArray[np.int64], steps: NDArray[np.int32], after: NDArray[np.int64], found: int) -> int:
    """Write down the later steps that a customer reached, and forget the customer; gives how many are written."""
    if waits[0] == 0:
        for step in range(1, len(waits)):
            if waits[step] >= 0:
                steps[found] = step
                after[found] = waits[step]
                found += 1
        waits[:] = -1
    return found


@kernel
def strict_waits(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    matches: NDArray[np.uint32],
    steps: int,
    window: int,
) -> tuple[int, NDArray[np.int32], NDArray[np.int64]]:
    """Waits where each step must be the interaction directly after the one before.

    Parameters, result: as in :func:`loose_waits`. O(n + matching interactions * steps): bit k of ``running``
    says that an attempt reaches step k at this interaction (Shift-And, Baeza-Yates and Gonnet 1992).
    """
    reached_steps = np.empty(len(starts) * steps, np.int32)
    reached_after = np.empty(len(starts) * steps, np.int64)
    entered, found = 0, 0
    waits = np.full(steps, -1, np.int64)
    for span in range(len(starts)):
        if span and owners[span] != owners[span - 1]:
            entered += waits[0] == 0
            found = _take(waits, reached_steps, reached_after, found)
        running = np.uint32(0)
        for place in range(starts[span], ends[span]):
            running = np.uint32(((running << np.uint32(1)) | np.uint32(1)) & matches[codes[place]])
            if running == 0:
                continue
            for step in range(steps):
                if (running >> np.uint32(step)) & np.uint32(1) == 0 or waits[step] >= 0:
                    continue
                if times[place] - times[place - step] <= window:
                    waits[step] = times[place] - times[place - min(step, 1)]
    entered += waits[0] == 0
    found = _take(waits, reached_steps, reached_after, found)
    return entered, reached_steps[:found].copy(), reached_after[:found].copy()
