"""Cutting a part of the index into spans, and keeping some of their interactions.

    life(part) -> of_customers(spans, …) -> in_period(spans, …) -> marked(spans, …) -> sessions(spans, …)
    life(part) -> of_customers(spans, …) -> journeys(spans, …) -> beginning_in(spans, …) -> marked(spans, …)

None of them changes a part; only :func:`marked` copies interactions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from desireline.base import Period
from desireline.journeys.fields import NoFields
from desireline.journeys.marks import Marks
from desireline.journeys.model import Part, Spans
from desireline.kernels import selecting
from desireline.kernels.arrays import read_only
from desireline.kernels.journeys import cut_journeys
from desireline.kernels.sessions import cut_at_pauses

_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class JourneyCut:
    """A journey definition, ready to be applied to parts.

    Attributes
    ----------
    start, goal
        Where a journey begins, and where it is done.
    end
        Where it is given up; ``None``: nowhere.
    where
        Only these interactions belong to it; ``None``: all.
    time_out_us
        A longer pause ends it, in microseconds.
    record_end_us
        Until when anybody could have been seen, in microseconds since 1970.
    """

    start: Marks
    goal: Marks
    end: Marks | None
    where: Marks | None
    time_out_us: int
    record_end_us: int


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
    starts, ends, owners = selecting.in_period(spans.part.times, spans.starts, spans.ends, spans.owners, first, last)
    return Spans(spans.part, read_only(starts), read_only(ends), read_only(owners))


def marked(spans: Spans, marks: Marks | None) -> Spans:
    """The interactions that meet a condition, in the same spans; those without any are dropped.

    Parameters
    ----------
    marks
        ``None`` keeps all.
    """
    if marks is None:
        return spans
    part = spans.part
    return those(spans, marks.of(part.touchpoints, part.channels, part.arrivals))


def those(spans: Spans, marks: NDArray[np.bool_]) -> Spans:
    """The interactions that are marked, bool[n], in the same spans; those without any are dropped."""
    part = spans.part
    columns = (part.times, part.touchpoints, part.channels, part.arrivals)
    kept = selecting.keep_marked(columns, spans.starts, spans.ends, read_only(marks))
    chosen = Part(
        customers=part.customers,
        offsets=_offsets_of_owners(spans.owners[kept.spans], kept.offsets, len(part.customers)),
        times=kept.times,
        touchpoints=kept.touchpoints,
        channels=kept.channels,
        arrivals=kept.arrivals,
        source=part.source,
    )
    offsets = read_only(kept.offsets)
    outcomes = None if spans.outcomes is None else read_only(spans.outcomes[kept.spans])
    return Spans(_read_only(chosen), offsets[:-1], offsets[1:], read_only(spans.owners[kept.spans]), outcomes)


def of_customers(spans: Spans, marks: Marks | None) -> Spans:
    """The spans of the customers who ever had an interaction that meets a condition, in or outside of these spans.

    Parameters
    ----------
    marks
        ``None`` keeps all.
    """
    return spans if marks is None else only(spans, _owners_who_met(spans, marks))


def of_other_customers(spans: Spans, marks: Marks | None) -> Spans:
    """The spans of the customers who never had an interaction that meets a condition, in or outside of these spans.

    Parameters
    ----------
    marks
        ``None`` keeps all.
    """
    return spans if marks is None else only(spans, ~_owners_who_met(spans, marks))


def _owners_who_met(spans: Spans, marks: Marks) -> NDArray[np.bool_]:
    """Of each span, whether its customer ever had an interaction that is marked: bool[s]."""
    part, whole = spans.part, spans.part.offsets
    met = marks.of(part.touchpoints, part.channels, part.arrivals)
    customers = selecting.spans_with_marks(read_only(whole[:-1]), read_only(whole[1:]), read_only(met))
    chosen: NDArray[np.bool_] = customers[spans.owners]
    return chosen


def sessions(spans: Spans, gap_us: int) -> Spans:
    """Spans cut further: a new one starts where the pause is strictly longer than the gap.

    Parameters
    ----------
    gap_us
        The longest pause within a session, in microseconds.
    """
    starts, ends, owners = cut_at_pauses(spans.part.times, spans.starts, spans.ends, spans.owners, gap_us)
    return Spans(spans.part, read_only(starts), read_only(ends), read_only(owners))


def journeys(spans: Spans, cut: JourneyCut) -> Spans:
    """The journeys of a definition in life cycles; see :func:`desireline.kernels.journeys.cut_journeys`."""
    belonging = marked(spans, cut.where)
    part = belonging.part
    columns = (part.touchpoints, part.channels, part.arrivals)
    none = read_only(np.zeros(len(part.times), np.bool_))
    begins, reaches = (read_only(marks.of(*columns)) for marks in (cut.start, cut.goal))
    gives_up = none if cut.end is None else read_only(cut.end.of(*columns))
    starts, ends, owners, outcomes = cut_journeys(
        part.times,
        belonging.starts,
        belonging.ends,
        belonging.owners,
        (begins, reaches, gives_up),
        cut.time_out_us,
        cut.record_end_us,
    )
    return Spans(part, read_only(starts), read_only(ends), read_only(owners), read_only(outcomes))


def bounds_of(period: Period | None) -> tuple[int, int]:
    """A period in microseconds since 1970-01-01 UTC: from the first (included) to the second (excluded); ``None`` is all time."""
    start, end = (None, None) if period is None else (period.start, period.end)
    low = _EARLIEST if start is None else (start - _EPOCH) // _MICROSECOND
    return low, _LATEST if end is None else (end - _EPOCH) // _MICROSECOND


def end_of(spans: Spans, record_end: datetime | None) -> int:
    """Until when customers could have been seen: what is said, otherwise the last interaction in the spans.

    Returns
    -------
    int
        Microseconds since 1970-01-01 UTC; the smallest int64 where nothing is said and nothing is in the spans.
    """
    if record_end is not None:
        return (record_end - _EPOCH) // _MICROSECOND
    return int(spans.part.times[spans.ends - 1].max(initial=_EARLIEST))


def beginning_in(spans: Spans, *, start_us: int | None = None, end_us: int | None = None) -> Spans:
    """The whole spans that begin from ``start_us`` (included) to ``end_us`` (excluded); ``None`` is open."""
    if start_us is None and end_us is None:
        return spans
    begun = spans.part.times[spans.starts]
    chosen = np.ones(len(begun), np.bool_)
    if start_us is not None:
        chosen &= begun >= start_us
    if end_us is not None:
        chosen &= begun < end_us
    return only(spans, chosen)


def only(spans: Spans, chosen: NDArray[np.bool_]) -> Spans:
    """Some of the spans: bool[s]."""
    return Spans(
        spans.part,
        read_only(spans.starts[chosen]),
        read_only(spans.ends[chosen]),
        read_only(spans.owners[chosen]),
        None if spans.outcomes is None else read_only(spans.outcomes[chosen]),
    )


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
            source=NoFields(),
        )
    )


def _offsets_of_owners(owners: NDArray[np.int64], offsets: NDArray[np.int64], customers: int) -> NDArray[np.int64]:
    """Where the interactions of each customer begin, int64[k + 1], from owners of spans and where the spans begin."""
    return offsets[np.searchsorted(owners, np.arange(customers + 1))]


def _read_only(part: Part) -> Part:
    return Part(
        read_only(part.customers),
        read_only(part.offsets),
        read_only(part.times),
        read_only(part.touchpoints),
        read_only(part.channels),
        read_only(part.arrivals),
        part.current,
        part.source,
    )
