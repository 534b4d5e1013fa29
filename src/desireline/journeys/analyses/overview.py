"""How much there is, when, and where spans end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.local_time import local_times
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Ending, Names, Overview, Spans
from desireline.kernels.flow import count_codes
from desireline.kernels.overview import count_by_length_of_time, count_seen_once
from desireline.kernels.sessions import count_customers

WEEK_US = 7 * 24 * 3600 * 1_000_000
_MONDAY = date(1970, 1, 5)
_MONDAY_US = 4 * 24 * 3600 * 1_000_000
_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class OverviewAnalysis:
    """Interactions, customers, spans and weeks, and for each touchpoint how many spans end with it.

    A span ends at its last interaction. Customers of an ending are distinct.

    Parameters
    ----------
    timezone
        By whose clock weeks begin.
    """

    timezone: str = "UTC"

    def begin(self, names: Names) -> Pass[Any, Overview]:
        """One pass counts everything."""
        return OverviewPass(names.touchpoints, self.timezone)


@dataclass(frozen=True, slots=True)
class OverviewCounts:
    """Sums, times in microseconds, weeks by number since 1970-01-05, endings by touchpoint code (int64[t])."""

    interactions: int
    customers: int
    seen_once: int
    spans: int
    in_longer_spans: int
    first: int
    last: int
    weeks: dict[int, int]
    ends: NDArray[np.int64]
    ending_customers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OverviewPass(Pass[OverviewCounts, Overview]):
    """Counts everything."""

    names: tuple[str, ...]
    timezone: str = "UTC"

    def partial(self, spans: Spans) -> OverviewCounts:
        """The counts of one part."""
        part = spans.part
        lengths = spans.ends - spans.starts
        last = spans.ends - 1
        shown = local_times(part.times, self.timezone)
        first_week, weeks = count_by_length_of_time(shown, spans.starts, spans.ends, _MONDAY_US, WEEK_US)
        endings = count_codes(part.touchpoints, last, spans.ends, spans.owners, vocabulary=len(self.names))
        return OverviewCounts(
            interactions=int(lengths.sum()),
            customers=count_customers(spans.owners),
            seen_once=count_seen_once(spans.starts, spans.ends, spans.owners),
            spans=len(lengths),
            in_longer_spans=int(lengths[lengths > 1].sum()),
            first=int(part.times[spans.starts].min(initial=_LATEST)),
            last=int(part.times[last].max(initial=_EARLIEST)),
            weeks={first_week + week: int(weeks[week]) for week in np.flatnonzero(weeks).tolist()},
            ends=endings.counts,
            ending_customers=endings.customers,
        )

    def combine(self, first: OverviewCounts, second: OverviewCounts) -> OverviewCounts:
        """The sums, and the wider span of time."""
        weeks = {week: first.weeks.get(week, 0) + second.weeks.get(week, 0) for week in first.weeks | second.weeks}
        return OverviewCounts(
            interactions=first.interactions + second.interactions,
            customers=first.customers + second.customers,
            seen_once=first.seen_once + second.seen_once,
            spans=first.spans + second.spans,
            in_longer_spans=first.in_longer_spans + second.in_longer_spans,
            first=min(first.first, second.first),
            last=max(first.last, second.last),
            weeks=weeks,
            ends=first.ends + second.ends,
            ending_customers=first.ending_customers + second.ending_customers,
        )

    def conclude(self, state: OverviewCounts) -> Answer[Overview]:
        """Name the endings; weeks in order of time."""
        endings = [
            Ending(name, int(ends), int(customers))
            for name, ends, customers in zip(self.names, state.ends, state.ending_customers, strict=True)
            if ends
        ]
        some = state.interactions > 0
        return Answer(
            Overview(
                interactions=state.interactions,
                customers=state.customers,
                customers_seen_once=state.seen_once,
                spans=state.spans,
                in_longer_spans=state.in_longer_spans,
                first_us=state.first if some else None,
                last_us=state.last if some else None,
                weeks=tuple((_MONDAY + timedelta(weeks=week), state.weeks[week]) for week in sorted(state.weeks)),
                endings=tuple(sorted(endings, key=lambda each: (-each.spans, each.touchpoint))),
            )
        )
