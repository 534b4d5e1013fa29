"""Keeping some of the interactions of spans: those of a period, or those that a mask names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def in_period(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    start: int,
    end: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Shorten spans to a period; those without an interaction in it are dropped, the order stays.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a span.
    starts, ends, owners
        int64[s] each: the spans and their customers.
    start, end
        Microseconds: from ``start`` to ``end``, both included.

    Returns
    -------
    tuple
        Starts, ends and owners, int64[t] each. O(s log n): two binary searches in each span, nothing is copied.
    """
    new_starts = np.empty(len(starts), np.int64)
    new_ends = np.empty(len(starts), np.int64)
    new_owners = np.empty(len(starts), np.int64)
    kept = 0
    for span in range(len(starts)):
        low, high = starts[span], ends[span]
        if times[low] < start:
            low += np.searchsorted(times[low:high], start)
        if low < high and times[high - 1] > end:
            high = low + np.searchsorted(times[low:high], end, side="right")
        new_starts[kept] = low
        new_ends[kept] = high
        new_owners[kept] = owners[span]
        kept += low < high
    return new_starts[:kept].copy(), new_ends[:kept].copy(), new_owners[:kept].copy()


def pack_mask(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A mask over arrival numbers as a bitmap, eight to a byte, the form that :func:`marked` takes.

    bool[a] -> uint8[ceil(a / 8)]. O(a). A mask over nothing keeps nothing.
    """
    return np.packbits(mask, bitorder="little") if len(mask) else np.zeros(1, np.uint8)


@kernel
def marked(
    arrivals: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], bitmap: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The rows of spans whose arrival number is marked.

    Parameters
    ----------
    arrivals
        int64[n], not negative.
    starts, ends
        int64[s] each: the spans.
    bitmap
        See :func:`pack_mask`; numbers past its end are not kept.

    Returns
    -------
    tuple
        The rows that are kept, int64[m]; how many of the kept rows come before each kept span, and after the last,
        int64[t + 1]; the positions of the kept spans, int64[t]. Spans without a marked row are dropped. O(n).
    """
    rows = np.empty(len(arrivals) + 1, np.int64)
    spans = np.empty(len(starts) + 1, np.int64)
    offsets = np.zeros(len(starts) + 1, np.int64)
    kept = 0
    known = 0
    for span in range(len(starts)):
        before = kept
        for row in range(starts[span], ends[span]):
            rows[kept] = row
            kept += _has(bitmap, arrivals[row])
        spans[known] = span
        known += kept > before
        offsets[known] = kept
    return rows[:kept].copy(), offsets[: known + 1].copy(), spans[:known].copy()


@kernel
def _has(bitmap: NDArray[np.uint8], arrival: int) -> bool:
    byte = arrival >> 3
    return byte < len(bitmap) and (bitmap[byte] >> np.uint8(arrival & 7)) & 1 == 1
