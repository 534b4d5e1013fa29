"""Keeping some of the interactions of spans: those of a period, or those that a mask names."""

from __future__ import annotations

from typing import Any, NamedTuple

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
    """A mask over arrival numbers as a bitmap, eight to a byte, the form that :func:`marks_of_arrivals` takes.

    bool[a] -> uint8[ceil(a / 8)]. O(a). A mask over nothing keeps nothing.
    """
    return np.packbits(mask, bitorder="little") if len(mask) else np.zeros(1, np.uint8)


@kernel
def marks_of_arrivals(arrivals: NDArray[np.int64], bitmap: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether each arrival number (not negative) is in a bitmap of :func:`pack_mask`; those past its end are not.

    int64[n], uint8[m] -> bool[n]. O(n).
    """
    marks = np.empty(len(arrivals), np.bool_)
    end = 8 * len(bitmap)
    for row in range(len(arrivals)):
        known = min(arrivals[row], end - 1)
        marks[row] = (bitmap[known >> 3] >> np.uint8(known & 7)) & 1 == 1 and arrivals[row] < end
    return marks


@kernel
def marks_of_codes(
    touchpoints: NDArray[np.uint16], channels: NDArray[np.uint8], met: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Look up pairs of codes: uint16[n], uint8[n], bool[touchpoints, channels] -> bool[n]. O(n)."""
    marks = np.empty(len(touchpoints), np.bool_)
    for row in range(len(touchpoints)):
        marks[row] = met[touchpoints[row], channels[row]]
    return marks


class Kept(NamedTuple):
    """Marked interactions of spans, side by side.

    ``times``, ``touchpoints``, ``channels``, ``arrivals``: [m] each. ``offsets``, int64[t + 1]: how many of them come before
    each kept span, and after the last. ``spans``, int64[t]: the positions of the kept spans.
    """

    times: NDArray[np.int64]
    touchpoints: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    arrivals: NDArray[np.int64]
    offsets: NDArray[np.int64]
    spans: NDArray[np.int64]


def keep_marked(
    columns: tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint8], NDArray[np.int64]],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    marks: NDArray[np.bool_],
) -> Kept:
    """The marked interactions of spans; spans without one are dropped.

    Parameters
    ----------
    columns
        Times, touchpoints, channels and arrivals, [n] each.
    starts, ends
        int64[s] each: the spans.
    marks
        bool[n].

    O(n).
    """
    return Kept(*_keep_marked(*columns, starts, ends, marks))


@kernel
def _keep_marked(
    times: NDArray[np.int64],
    touchpoints: NDArray[np.uint16],
    channels: NDArray[np.uint8],
    arrivals: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    marks: NDArray[np.bool_],
) -> tuple[
    NDArray[np.int64],
    NDArray[np.uint16],
    NDArray[np.uint8],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.int64],
]:
    """Every row is written, and the next one over it where it is not marked: no branch that cannot be foreseen."""
    rows = 0
    for span in range(len(starts)):
        for row in range(starts[span], ends[span]):
            rows += marks[row]
    kept_times = np.empty(rows + 1, np.int64)
    kept_touchpoints = np.empty(rows + 1, np.uint16)
    kept_channels = np.empty(rows + 1, np.uint8)
    kept_arrivals = np.empty(rows + 1, np.int64)
    offsets = np.zeros(len(starts) + 1, np.int64)
    spans = np.empty(len(starts) + 1, np.int64)
    kept = 0
    known = 0
    for span in range(len(starts)):
        before = kept
        for row in range(starts[span], ends[span]):
            kept_times[kept] = times[row]
            kept_touchpoints[kept] = touchpoints[row]
            kept_channels[kept] = channels[row]
            kept_arrivals[kept] = arrivals[row]
            kept += marks[row]
        spans[known] = span
        known += kept > before
        offsets[known] = kept
    return (
        kept_times[:kept],
        kept_touchpoints[:kept],
        kept_channels[:kept],
        kept_arrivals[:kept],
        offsets[: known + 1].copy(),
        spans[:known].copy(),
    )


@kernel
def spans_with_marks(starts: NDArray[np.int64], ends: NDArray[np.int64], marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each span has a marked interaction: int64[s] twice, bool[n] -> bool[s]. O(n)."""
    found = np.zeros(len(starts), np.bool_)
    for span in range(len(starts)):
        any_ = False
        for row in range(starts[span], ends[span]):
            any_ |= marks[row]
        found[span] = any_
    return found


def values_by_arrival(values: NDArray[Any], arrivals: NDArray[np.int64], missing: Any) -> NDArray[Any]:
    """Look values up by arrival number: [a] and int64[n] not negative -> [n]; ``missing`` past the end. O(n)."""
    return _values_by_arrival(values, arrivals, values.dtype.type(missing))


@kernel
def _values_by_arrival(values: NDArray[Any], arrivals: NDArray[np.int64], missing: Any) -> NDArray[Any]:
    found = np.empty(len(arrivals), values.dtype)
    for row in range(len(arrivals)):
        found[row] = values[arrivals[row]] if arrivals[row] < len(values) else missing
    return found
