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

    Handovers that are *seen* lie between one interaction with a known department and the next one with another. One that is only *told*
    leads from the latest known department of an interaction to the one to which it says that it was transferred, where the next known
    department of the span is not seen to be that one; told several times in a row it is one. It does not make the customer be there.

    Parameters
    ----------
    departments, targets, times
        int32[n] twice, -1 where it is not known, and int64[n] microseconds. ``targets``: the department to which an interaction was
        transferred.
    starts, ends
        int64[s] each: spans.
    within
        Only where the one follows the other so soon, in microseconds; what tells of a transfer likewise the latest known department.

    Returns
    -------
    tuple
        The last place in the one department and the first in the other, the same one where it is told, and the number of the span,
        int64[h] each, by span; codes of the two departments, int32[h] each. O(n).
    """
    size = len(departments) + int(np.sum(targets >= 0))
    before, after, spans = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    sources, arrived = np.empty(size, np.int32), np.empty(size, np.int32)
    found = 0
    for span in range(len(starts)):
        last = np.int64(-1)
        for place in range(starts[span], ends[span] + 1):
            is_end = place == ends[span]
            if not is_end and departments[place] < 0:
                continue
            seen = np.int32(-1)
            if last >= 0 and not is_end and times[place] - times[last] <= within:
                seen = departments[place]
            told = np.int32(-1)
            for teller in range(last, place if last >= 0 else last):
                target = targets[teller]
                if target < 0 or target == told:
                    continue
                told = target
                if target in (seen, departments[last]) or times[teller] - times[last] > within:
                    continue
                before[found], after[found], spans[found] = teller, teller, span
                sources[found], arrived[found] = departments[last], target
                found += 1
            if seen >= 0 and seen != departments[last]:
                before[found], after[found], spans[found] = last, place, span
                sources[found], arrived[found] = departments[last], seen
                found += 1
            last = np.int64(place)
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
