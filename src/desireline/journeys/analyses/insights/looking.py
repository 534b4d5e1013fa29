"""What is looked at: everything customers do, day by day; or journeys, each for the same time from its beginning.

Journeys that go on for weeks are all young when the record begins and all cut off when it ends. So that this is no change, each is
looked at for the same time, counted for the day on which it begins, and left out where the record ends before that time is over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.local_time import local_days
from desireline.journeys.model import Spans
from desireline.journeys.spans import beginning_in, rows_of
from desireline.kernels.arrays import read_only


@dataclass(frozen=True, slots=True)
class JourneyWindow:
    """How long journeys are looked at.

    Attributes
    ----------
    journey
        The id of the definition.
    length_us
        From the beginning of each, in microseconds.
    last_begin_us
        Journeys that begin later are left out: microseconds since 1970-01-01 UTC.
    """

    journey: str
    length_us: int
    last_begin_us: int


def looked_at(spans: Spans, window: JourneyWindow | None) -> Spans:
    """The spans; of journeys those that can be looked at for the whole time, cut to it."""
    if window is None:
        return spans
    begun = beginning_in(spans, end_us=window.last_begin_us + 1)
    lengths = begun.ends - begun.starts
    span_of = np.repeat(np.arange(len(lengths)), lengths)
    times = begun.part.times
    is_early = times[rows_of(begun)] - times[begun.starts][span_of] <= window.length_us
    kept = np.bincount(span_of[is_early], minlength=len(lengths))
    return Spans(begun.part, begun.starts, read_only(begun.starts + kept), begun.owners, begun.outcomes)


def days_looked_at(spans: Spans, window: JourneyWindow | None, timezone: str) -> NDArray[np.int64]:
    """The day for which each interaction counts, as days since 1970-01-01, int64[n]; of one in no span it means nothing."""
    times = spans.part.times
    if window is None:
        return local_days(times, timezone)
    days = np.zeros(len(times), np.int64)
    begins = local_days(times[spans.starts], timezone)
    days[rows_of(spans)] = np.repeat(begins, spans.ends - spans.starts)
    return days
