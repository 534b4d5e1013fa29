"""Keeping some of the interactions of a part: those of a period, or those that a mask names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.arrays import read_only
from desireline.kernels.grouping import Grouped

EARLIEST = np.iinfo(np.int64).min
EVERY_ARRIVAL: NDArray[np.uint8] = np.zeros(0, np.uint8)


class _Kept(NamedTuple):
    rows: NDArray[np.int64]
    customers: NDArray[np.int64]
    offsets: NDArray[np.int64]


def pack_mask(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A mask over arrival numbers as a bitmap, eight to a byte, the form that :func:`select` takes.

    bool[a] -> uint8[ceil(a / 8)]. O(a). A mask over nothing keeps nothing.
    """
    return np.packbits(mask, bitorder="little") if len(mask) else np.zeros(1, np.uint8)


def select(
    grouped: Grouped,
    *,
    start: int | None = None,
    end: int | None = None,
    arrivals: NDArray[np.uint8] | None = None,
) -> Grouped:
    """Keep interactions by time and by arrival number; customers without any are dropped, the order stays.

    Parameters
    ----------
    grouped
        Interactions by customer and time; may be empty.
    start, end
        Microseconds: from ``start`` (included) to ``end`` (excluded); ``None`` leaves the side open.
    arrivals
        A bitmap over arrival numbers (:func:`pack_mask`); numbers past its end are not kept. ``None`` keeps
        all.

    O(n). The arrays are copies, or those of ``grouped`` where nothing is asked for.
    """
    if start is None and end is None and arrivals is None:
        return grouped
    kept = _Kept(
        *_keep(
            read_only(grouped.offsets),
            read_only(grouped.times),
            read_only(grouped.arrivals),
            EARLIEST if start is None else start,
            EARLIEST if end is None else end,
            end is None,
            read_only(EVERY_ARRIVAL if arrivals is None else arrivals),
        )
    )
    return Grouped(
        grouped.keys[kept.customers],
        kept.offsets,
        grouped.times[kept.rows],
        grouped.touchpoints[kept.rows],
        grouped.channels[kept.rows],
        grouped.arrivals[kept.rows],
    )


@kernel
def _keep(
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    arrivals: NDArray[np.int64],
    start: int,
    end: int,
    open_end: bool,
    bitmap: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The rows that are kept, the positions of their customers, and the customers' new offsets."""
    rows = np.empty(len(times), np.int64)
    customers = np.empty(len(offsets), np.int64)
    new_offsets = np.zeros(len(offsets), np.int64)
    every = len(bitmap) == 0
    kept = 0
    known = 0
    for customer in range(len(offsets) - 1):
        before = kept
        for row in range(offsets[customer], offsets[customer + 1]):
            rows[kept] = row
            in_time = (times[row] >= start) & (open_end | (times[row] < end))
            kept += in_time & (every or _has(bitmap, arrivals[row]))
        customers[known] = customer
        new_offsets[known + 1] = kept
        known += kept > before
    return rows[:kept].copy(), customers[:known].copy(), new_offsets[: known + 1].copy()


@kernel
def _has(bitmap: NDArray[np.uint8], arrival: int) -> bool:
    byte = arrival >> 3
    return byte < len(bitmap) and (bitmap[byte] >> np.uint8(arrival & 7)) & 1 == 1
