"""Cutting customers' interactions into journeys of a definition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

REACHED, ENDED, TIMED_OUT, UNFINISHED = range(4)


@kernel
def cut_journeys(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    marks: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]],
    time_out: int,
    record_end: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Cut spans into journeys; what is between journeys is in none.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a span.
    starts, ends, owners
        int64[s] each: the spans to cut, and their customers.
    marks
        bool[n] each: which interactions begin a journey, which reach the goal, which end it without.
    time_out
        A pause that is strictly longer ends a journey before it, in microseconds.
    record_end
        The time until which anything is known, in microseconds.

    Returns
    -------
    tuple
        Starts, ends and owners of the journeys, int64[t] each, and how each ended, uint8[t].

    O(n). One journey at a time: a beginning while one is under way is an interaction of that one. Goal goes before end. The
    interaction that begins a journey does not reach its goal.
    """
    begins, reaches, gives_up = marks
    new_starts = np.empty(len(times) + 1, np.int64)
    new_ends = np.empty(len(times) + 1, np.int64)
    new_owners = np.empty(len(times) + 1, np.int64)
    outcomes = np.empty(len(times) + 1, np.uint8)
    cut = 0
    for span in range(len(starts)):
        begun = np.int64(-1)
        for place in range(starts[span], ends[span]):
            if begun >= 0 and times[place] - times[place - 1] > time_out:
                new_starts[cut], new_ends[cut], new_owners[cut] = begun, place, owners[span]
                outcomes[cut] = TIMED_OUT
                cut += 1
                begun = np.int64(-1)
            if begun < 0:
                if begins[place]:
                    begun = np.int64(place)
                continue
            if reaches[place] or gives_up[place]:
                new_starts[cut], new_ends[cut], new_owners[cut] = begun, place + 1, owners[span]
                outcomes[cut] = REACHED if reaches[place] else ENDED
                cut += 1
                begun = np.int64(-1)
        if begun >= 0:
            new_starts[cut], new_ends[cut], new_owners[cut] = begun, ends[span], owners[span]
            outcomes[cut] = TIMED_OUT if record_end - times[ends[span] - 1] > time_out else UNFINISHED
            cut += 1
    return new_starts[:cut].copy(), new_ends[:cut].copy(), new_owners[:cut].copy(), outcomes[:cut].copy()
