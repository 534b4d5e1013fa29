"""Spans that adjoin, each beginning where the one before ends, so that a kernel can read them in one loop.

A loop over one span ends at a place that no processor foresees; with a dozen interactions in a span that takes longer than
counting them does. Life cycles, sessions and journeys without a condition all adjoin. Within such a run of spans a mark says
where the next one begins. Kernels look at unsigned places in slices that begin at 0: Numba asks at every signed one
whether it counts from the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def mark_starts(starts: NDArray[np.int64], count: int) -> NDArray[np.uint8]:
    """Whether a span begins at each of so many places: int64[s] below ``count`` -> uint8[count], 0 or 1. O(s + count)."""
    marks = np.zeros(count, np.uint8)
    for span in range(len(starts)):
        marks[starts[span]] = 1
    return marks


@kernel
def last_adjoining(starts: NDArray[np.int64], ends: NDArray[np.int64], span: int) -> int:
    """The last span of the run of adjoining spans that begins with this one: int64[s] twice, ascending. O(spans in it)."""
    while span + 1 < len(starts) and starts[span + 1] == ends[span]:
        span += 1
    return span
