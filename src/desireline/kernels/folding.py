"""Folded sequences: direct repeats taken together, and, where wanted, the order within a session left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.variants import Sequences


def fold_repeats(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], recode: NDArray[np.int32]
) -> Sequences:
    """Each span without direct repeats: A A B A becomes A B A.

    Parameters
    ----------
    codes
        uint16[n].
    starts, ends
        int64[s] each: the spans; they ascend and do not overlap.
    recode
        int32[vocabulary], 0 to 65,535: the code of the step that each code is; -1 leaves the interaction out before repeats
        are looked for.

    Returns
    -------
    Sequences
        As many as there are spans, in their order; one of which everything is left out is empty.

    O(n). Written without a branch on the codes, which no processor can predict.
    """
    return Sequences(*_fold_repeats(codes, starts, ends, recode))


def fold_sessions(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    recode: NDArray[np.int32],
    *,
    gap: int,
    between: int,
) -> Sequences:
    """Each span as the sets of its sessions: B A B | A B | C becomes {A B} {C}.

    Parameters
    ----------
    codes, starts, ends, recode
        As for :func:`fold_repeats`.
    times
        int64[n], microseconds, never decreasing within a span.
    gap
        Microseconds: a session ends where the next interaction that is not left out comes later than this.
    between
        The code that stands between two sets; larger than those of all steps, at most 65,535.

    Returns
    -------
    Sequences
        The codes of a set ascend. Of equal sets in a row only the first is kept.

    O(n * the different codes of a session).
    """
    return Sequences(*_fold_sessions(codes, times, starts, ends, recode, gap, np.uint16(between)))


@kernel
def _fold_repeats(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], recode: NDArray[np.int32]
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
    folded = np.empty(len(codes) + 1, np.uint16)
    new_starts = np.empty(len(starts), np.int64)
    new_ends = np.empty(len(starts), np.int64)
    free = 0
    for span in range(len(starts)):
        new_starts[span] = free
        before = np.int32(-1)
        for place in range(starts[span], ends[span]):
            code = recode[codes[place]]
            folded[free] = np.uint16(code)
            free += (code != before) & (code >= 0)
            before = code if code >= 0 else before
        new_ends[span] = free
    return folded[:free].copy(), new_starts, new_ends


@kernel
def _fold_sessions(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    recode: NDArray[np.int32],
    gap: int,
    between: np.uint16,
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
    folded = np.empty(2 * len(codes) + 1, np.uint16)
    new_starts = np.empty(len(starts), np.int64)
    new_ends = np.empty(len(starts), np.int64)
    free = 0
    for span in range(len(starts)):
        new_starts[span] = free
        last_set, this_set, last_time = -1, free, np.int64(0)
        for place in range(starts[span], ends[span]):
            code = recode[codes[place]]
            if code < 0:
                continue
            if free > this_set and times[place] - last_time > gap:
                last_set, this_set, free = _closed(folded, last_set, this_set, free, between)
            free = _added(folded, this_set, free, np.uint16(code))
            last_time = times[place]
        if last_set >= 0 and _same(folded, last_set, this_set, free):
            free = this_set - 1
        new_ends[span] = free
    return folded[:free].copy(), new_starts, new_ends


@kernel
def _closed(
    folded: NDArray[np.uint16], last_set: int, this_set: int, free: int, between: np.uint16
) -> tuple[int, int, int]:
    """Where the last set, the one that begins now, and the free place are, after a session has ended."""
    if last_set >= 0 and _same(folded, last_set, this_set, free):
        return last_set, this_set, this_set
    folded[free] = between
    return this_set, free + 1, free + 1


@kernel
def _same(folded: NDArray[np.uint16], last_set: int, this_set: int, free: int) -> bool:
    """Whether the set at ``this_set:free`` is the one that ends just before it."""
    size = free - this_set
    if this_set - 1 - last_set != size:
        return False
    different = 0
    for place in range(size):
        different += folded[last_set + place] != folded[this_set + place]
    return different == 0


@kernel
def _added(folded: NDArray[np.uint16], first: int, free: int, code: np.uint16) -> int:
    """Put a code into the ascending ``folded[first:free]`` unless it is there; gives the free place after it."""
    place = free
    while place > first and folded[place - 1] > code:
        place -= 1
    if place > first and folded[place - 1] == code:
        return free
    for moved in range(free, place, -1):
        folded[moved] = folded[moved - 1]
    folded[place] = code
    return free + 1
