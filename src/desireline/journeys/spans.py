"""Cutting a part of the index into spans, and keeping some of their interactions.

    life(part) -> in_period(spans, …) -> marked(spans, …) -> sessions(spans, …)

None of them changes a part; only :func:`marked` copies interactions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import Part, Spans
from desireline.kernels import selecting
from desireline.kernels.arrays import read_only
from desireline.kernels.sessions import cut_at_pauses

_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


def life(part: Part) -> Spans:
    """One span for each customer: everything they did. Customers that a newer part has are left out."""
    columns = _read_only(part)
    starts, ends = columns.offsets[:-1], columns.offsets[1:]
    if part.current is None:
        return Spans(columns, starts, ends, read_only(np.arange(len(part.customers), dtype=np.int64)))
    current = read_only(part.current)
    return Spans(columns, read_only(starts[current]), read_only(ends[current]), current)


def in_period(spans: Spans, *, start_us: int | None = None, end_us: int | None = None) -> Spans:
    """The spans as far as they lie in a period; those that do not are dropped.

    Parameters
    ----------
    start_us, end_us
        Microseconds since 1970-01-01 UTC: from ``start_us`` (included) to ``end_us`` (excluded); ``None`` is
        open.
    """
    if start_us is None and end_us is None:
        return spans
    first = _EARLIEST if start_us is None else start_us
    last = _LATEST if end_us is None else end_us - 1
    kept = selecting.in_period(spans.part.times, spans.starts, spans.ends, spans.owners, first, last)
    return Spans(spans.part, *(read_only(each) for each in kept))


def marked(spans: Spans, arrivals: NDArray[np.uint8] | None) -> Spans:
    """The interactions that a mask names, in the same spans; those without any are dropped.

    Parameters
    ----------
    arrivals
        A bitmap over arrival numbers, made by :func:`desireline.kernels.selecting.pack_mask`; ``None`` keeps
        all.
    """
    if arrivals is None:
        return spans
    part = spans.part
    rows, offsets, kept = selecting.marked(part.arrivals, spans.starts, spans.ends, read_only(arrivals))
    chosen = Part(
        customers=part.customers,
        offsets=np.searchsorted(rows, part.offsets),
        times=part.times[rows],
        touchpoints=part.touchpoints[rows],
        channels=part.channels[rows],
        arrivals=part.arrivals[rows],
    )
    offsets = read_only(offsets)
    return Spans(_read_only(chosen), offsets[:-1], offsets[1:], read_only(spans.owners[kept]))


def sessions(spans: Spans, gap_us: int) -> Spans:
    """Spans cut further: a new one starts where the pause is strictly longer than the gap.

    Parameters
    ----------
    gap_us
        The longest pause within a session, in microseconds.
    """
    cut = cut_at_pauses(spans.part.times, spans.starts, spans.ends, spans.owners, gap_us)
    return Spans(spans.part, *(read_only(each) for each in cut))


def rows_of(spans: Spans) -> slice | NDArray[np.int64]:
    """The places of the interactions that lie in spans, ascending; a slice where it is all of them."""
    lengths = spans.ends - spans.starts
    if lengths.sum() == len(spans.part.times):
        return slice(None)
    before = np.cumsum(lengths) - lengths
    rows: NDArray[np.int64] = np.arange(lengths.sum()) + np.repeat(spans.starts - before, lengths)
    return rows


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
        part.current,
    )
