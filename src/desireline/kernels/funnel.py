"""How far customers come through ordered steps, and how long each step takes.

An attempt starts at an interaction that matches the first step. Both kernels give, for every customer and
step, the microseconds from the step before to this one in the attempt that reached it first (the latest start
of several), 0 for the first step, and -1 where the customer never reached it: int64[customers, steps].
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
    offsets: NDArray[np.int64],
    owners: NDArray[np.int64],
    matches: NDArray[np.uint32],
    customers: int,
    steps: int,
    window: int,
) -> NDArray[np.int64]:
    """Waits where anything may lie between two steps.

    Parameters
    ----------
    codes, times
        uint16[n], int64[n]: in order within a span.
    offsets, owners
        int64[s + 1], int64[s]: spans; an attempt lies within one of them.
    matches
        uint32[vocabulary]: bit k is set for the codes that match step k.
    customers, steps, window
        How many customers; 1 to 32 steps; microseconds from the first step, included (largest int64: no
        window).

    Returns
    -------
    NDArray
        int64[customers, steps], see the module.

    O(n + matching interactions * steps). For each level only the attempt with the latest start is kept: it
    reaches whatever an earlier one at the same level can still reach, at the same interaction, with more of
    its window left (the method of ClickHouse's windowFunnel). Levels go from high to low: an interaction
    serves one step of an attempt.
    """
    waits = np.full((customers, steps), -1, np.int64)
    starts = np.empty(steps, np.int64)
    reached = np.empty(steps, np.int64)
    for span in range(len(owners)):
        owner = owners[span]
        starts[:] = -1
        for place in range(offsets[span], offsets[span + 1]):
            matching = matches[codes[place]]
            if matching == 0:
                continue
            for step in range(steps - 1, 0, -1):
                start = starts[step - 1]
                if (matching >> np.uint32(step)) & np.uint32(1) == 0 or start < 0:
                    continue
                if times[place] - times[start] > window:
                    continue
                if waits[owner, step] < 0:
                    waits[owner, step] = times[place] - reached[step - 1]
                if start > starts[step]:
                    starts[step] = start
                    reached[step] = times[place]
            if matching & np.uint32(1):
                starts[0] = place
                reached[0] = times[place]
                waits[owner, 0] = 0
    return waits


@kernel
def strict_waits(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    offsets: NDArray[np.int64],
    owners: NDArray[np.int64],
    matches: NDArray[np.uint32],
    customers: int,
    steps: int,
    window: int,
) -> NDArray[np.int64]:
    """Waits where each step must be the interaction directly after the one before.

    Parameters, result: as in :func:`loose_waits`. O(n + matching interactions * steps): bit k of ``running``
    says that an attempt reaches step k at this interaction (Shift-And, Baeza-Yates and Gonnet 1992).
    """
    waits = np.full((customers, steps), -1, np.int64)
    for span in range(len(owners)):
        owner = owners[span]
        running = np.uint32(0)
        for place in range(offsets[span], offsets[span + 1]):
            running = np.uint32(((running << np.uint32(1)) | np.uint32(1)) & matches[codes[place]])
            if running == 0:
                continue
            for step in range(steps):
                if (running >> np.uint32(step)) & np.uint32(1) == 0 or waits[owner, step] >= 0:
                    continue
                if times[place] - times[place - step] <= window:
                    waits[owner, step] = times[place] - times[place - min(step, 1)]
    return waits
