"""Sources that come in bulk: a mailing, an invoice run. Which deliveries there were, how far apart, and which are missing.

The method is written out, with an example, in docs/measures.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, median_low

FEWEST_DELIVERIES = 4
SHORTEST_PAUSE = 10
"""Days between deliveries, in the median; what comes more often is judged by weekdays or weeks."""
_SAME_DELIVERY = 3
"""Main days that are no further apart belong to one delivery: a weekend may lie between."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Interactions that came at once, or within a few days.

    Attributes
    ----------
    first
        Its first day.
    interactions
        How many it had on its main days.
    """

    first: date
    interactions: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Deliveries that were due and did not come, from the day of the first to the day before the next one that came."""

    first: date
    last: date
    deliveries: int


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The deliveries of a source that comes in bulk, at least four, in order of time."""

    found: tuple[Delivery, ...]

    @property
    def pause(self) -> int:
        """The usual number of days from one to the next: the median, of two in the middle the smaller one."""
        return median_low(self._pauses())

    @property
    def usual_interactions(self) -> float:
        """How many interactions one has: the median."""
        return float(median(each.interactions for each in self.found))

    @property
    def is_regular(self) -> bool:
        """Whether at least three quarters of the pauses are within a quarter of the usual one."""
        pauses = self._pauses()
        near = [each for each in pauses if 4 * abs(each - self.pause) <= self.pause]
        return 4 * len(near) >= 3 * len(pauses)

    def missing(self) -> list[Missing]:
        """Those that are missing between others."""
        counted = [
            (earlier.first, later.first, self._nearest((later.first - earlier.first).days) - 1)
            for earlier, later in pairwise(self.found)
        ]
        return [self._missing(before, after, count) for before, after, count in counted if count > 0]

    def overdue(self, today: date) -> Missing | None:
        """Those that should have come since the last; each has a quarter of the usual pause to be late."""
        last = self.found[-1].first
        count = (4 * (today - last).days - self.pause - 1) // (4 * self.pause)
        return self._missing(last, today, count) if count > 0 else None

    def _nearest(self, days: int) -> int:
        """How many usual pauses so many days are: the nearest whole number, of two the smaller one."""
        return -((self.pause - 2 * days) // (2 * self.pause))

    def _missing(self, before: date, after: date, count: int) -> Missing:
        return Missing(before + timedelta(days=self.pause), after - timedelta(days=1), count)

    def _pauses(self) -> list[int]:
        return [(later.first - earlier.first).days for earlier, later in pairwise(self.found)]


def find_deliveries(days: Mapping[date, int]) -> Deliveries | None:
    """The deliveries of a source; ``None`` where it does not come in bulk.

    Its largest days, as many as hold three quarters of all interactions, are main days, and so is every day with at least
    half as many as the smallest of these. It comes in bulk if the main days are at most a quarter of its days, and make at
    least four deliveries, at least ten days apart in the median.

    Parameters
    ----------
    days
        Interactions by day, without the days that have none.
    """
    main = _main_days(days)
    if not main or 4 * len(main) > (max(days) - min(days)).days + 1:
        return None
    found: list[list[date]] = [[main[0]]]
    for earlier, later in pairwise(main):
        if (later - earlier).days <= _SAME_DELIVERY:
            found[-1].append(later)
        else:
            found.append([later])
    if len(found) < FEWEST_DELIVERIES:
        return None
    deliveries = Deliveries(tuple(Delivery(each[0], _sum(days, each)) for each in found))
    return deliveries if deliveries.pause >= SHORTEST_PAUSE else None


def _main_days(days: Mapping[date, int]) -> list[date]:
    """In order of time."""
    wanted, held = 3 * sum(days.values()), 0
    fewest = 0
    for count in sorted(days.values(), reverse=True):
        if 4 * held >= wanted:
            break
        held, fewest = held + count, count
    return sorted(day for day, count in days.items() if 2 * count >= fewest)


def _sum(days: Mapping[date, int], chosen: Sequence[date]) -> int:
    return sum(days[day] for day in chosen)
