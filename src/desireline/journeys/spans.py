"""Cutting a part of the index into spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import Part, Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.grouping import Grouped
from desireline.kernels.selecting import select as select_rows
from desireline.kernels.sessions import cut_at_pauses


def life(part: Part) -> Spans:
    """One span for each customer: everything they did."""
    columns = _read_only(part)
    return Spans(columns, columns.offsets, read_only(np.arange(len(part.customers), dtype=np.int64)))


def sessions(part: Part, gap_us: int) -> Spans:
    """Spans without a long pause: a new one starts where the pause is strictly longer than the gap.

    Parameters
    ----------
    part
        The interactions.
    gap_us
        The longest pause within a session, in microseconds.
    """
    columns = _read_only(part)
    offsets, owners = cut_at_pauses(columns.times, columns.offsets, gap_us)
    return Spans(columns, read_only(offsets), read_only(owners))


def select(
    part: Part,
    *,
    start_us: int | None = None,
    end_us: int | None = None,
    arrivals: NDArray[np.uint8] | None = None,
) -> Part:
    """The interactions of a period, or those that a mask names; customers left without any are dropped.

    Parameters
    ----------
    part
        The interactions.
    start_us, end_us
        Microseconds since 1970-01-01 UTC: from ``start_us`` (included) to ``end_us`` (excluded); ``None`` is
        open.
    arrivals
        A bitmap over arrival numbers, made by :func:`desireline.kernels.selecting.pack_mask`; ``None`` keeps
        all.
    """
    grouped = Grouped(part.customers, part.offsets, part.times, part.touchpoints, part.channels, part.arrivals)
    return Part(*select_rows(grouped, start=start_us, end=end_us, arrivals=arrivals))


def nothing() -> Spans:
    """No customers, no interactions, no spans: what an analysis sees in an empty workspace."""
    return life(
        Part(
            customers=np.zeros(0, np.int64),
            offsets=np.zeros(1, np.int64),
            times=np.zeros(0, np.int64),
            touchpoints=np.zeros(0, np.uint16),
            channels=np.zeros(0, np.uint8),
            arrivals=np.zeros(0, np.int64),
        )
    )


def _read_only(part: Part) -> Part:
    return Part(
        read_only(part.customers),
        read_only(part.offsets),
        read_only(part.times),
        read_only(part.touchpoints),
        read_only(part.channels),
        read_only(part.arrivals),
    )
