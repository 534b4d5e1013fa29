"""Handovers from one department to another, and what comes again after them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def find_handovers(
    departments: NDArray[np.int32],
    targets: NDArray[np.int32],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    within: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Where a customer goes from one known department to another, whatever lies between.

    Parameters
    ----------
    departments, targets, times
        int32[n] twice, -1 where it is not known, and int64[n] microseconds. ``targets``: the department to which an interaction was
        transferred; a handover that is told there and then seen is one.
    starts, ends
        int64[s] each: spans.
    within
        Only where the one follows the other so soon, in microseconds.

    Returns
    -------
    tuple
        The last place in the one department and the first in the other, the same one where it is told, and the number of the span,
        int64[h] each; codes of the two departments, int32[h] each. O(n).
    """
    before = np.empty(2 * len(departments), np.int64)
    after = np.empty(2 * len(departments), np.int64)
    spans = np.empty(2 * len(departments), np.int64)
    sources = np.empty(2 * len(departments), np.int32)
    arrived = np.empty(2 * len(departments), np.int32)
    found = 0
    for span in range(len(starts)):
        last = np.int64(-1)
        at = np.int32(-1)
        for place in range(starts[span], ends[span]):
            for told in range(2):
                next_ = targets[place] if told else departments[place]
                if next_ < 0:
                    continue
                if at >= 0 and next_ != at and times[place] - times[last] <= within:
                    before[found], after[found], spans[found] = (place if told else last), place, span
                    sources[found], arrived[found] = at, next_
                    found += 1
                last, at = np.int64(place), next_
    return (
        before[:found].copy(),
        after[:found].copy(),
        spans[:found].copy(),
        sources[:found].copy(),
        arrived[:found].copy(),
    )


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
