"""Handovers from one department to another, and what comes again after them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def find_handovers(
    departments: NDArray[np.int32],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    within: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Where a customer goes from one known department to another, whatever lies between.

    Parameters
    ----------
    departments, times
        int32[n], -1 where it is not known; int64[n] microseconds.
    starts, ends
        int64[s] each: spans.
    within
        Only where the one follows the other so soon, in microseconds.

    Returns
    -------
    tuple
        The last place in the one department and the first in the other, and the number of the span, int64[h] each. O(n).
    """
    before = np.empty(len(departments), np.int64)
    after = np.empty(len(departments), np.int64)
    spans = np.empty(len(departments), np.int64)
    found = 0
    for span in range(len(starts)):
        last = np.int64(-1)
        for place in range(starts[span], ends[span]):
            if departments[place] < 0:
                continue
            if last >= 0 and departments[last] != departments[place] and times[place] - times[last] <= within:
                before[found], after[found], spans[found] = last, place, span
                found += 1
            last = np.int64(place)
    return before[:found].copy(), after[:found].copy(), spans[:found].copy()


@kernel
def came_before(
    touchpoints: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], vocabulary: int
) -> NDArray[np.bool_]:
    """Whether the same touchpoint came earlier in the same span: uint16[n] below ``vocabulary`` -> bool[n]. O(n + vocabulary)."""
    found = np.zeros(len(touchpoints), np.bool_)
    stamps = np.full(vocabulary, -1, np.int64)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            found[place] = stamps[touchpoints[place]] == span
            stamps[touchpoints[place]] = span
    return found
