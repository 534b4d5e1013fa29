"""Days and clocks of a time zone: what the clock on the wall shows at moments that are kept in UTC.

Days, weeks and months are those of the setting ``timezone`` of a workspace. A day on which clocks change has 23 or 25 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desireline.kernels.arrays import read_only
from desireline.kernels.calendar import DAY_US
from desireline.kernels.wall_clock import to_wall_clock

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CLEAR_OF_ZONES = 2 * DAY_US
"""Longer than clocks of two zones differ."""


def local_times(times: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """What the clock on the wall shows: microseconds since its 1970-01-01 00:00, int64[n] from moments in UTC, int64[n].

    Where a clock goes back over midnight it is read as going back after the hour that it shows twice, so that days never go
    back. O(n).
    """
    if zone == "UTC" or not len(times):
        return times
    clock = _clock(zone, _year(int(times.min())), _year(int(times.max())))
    return to_wall_clock(read_only(times), clock.changes, clock.offsets)


def local_days(times: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """The day of each moment, as days since 1970-01-01: int64[n] microseconds -> int64[n]."""
    days: NDArray[np.int64] = local_times(times, zone) // DAY_US
    return days


def local_day(moment_us: int, zone: str) -> int:
    """The day of one moment, as days since 1970-01-01."""
    return int(local_days(np.array([moment_us], np.int64), zone)[0])


def first_moment(day: int, zone: str) -> int:
    """The moment at which a day begins, in microseconds."""
    low, high = day * DAY_US - _CLEAR_OF_ZONES, day * DAY_US + _CLEAR_OF_ZONES
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if local_day(middle, zone) >= day else (middle, high)
    return high


def offset_us(moment_us: int, zone: ZoneInfo) -> int:
    """How far the clock on the wall is before UTC, in microseconds."""
    offset = (_START + timedelta(microseconds=moment_us)).astimezone(zone).utcoffset()
    return 0 if offset is None else offset // _MICROSECOND


def first_of_new_offset(low: int, high: int, zone: ZoneInfo) -> int:
    """The first microsecond of the offset at ``high``, which is another than at ``low``: by halving."""
    before = offset_us(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset_us(middle, zone) == before else (low, middle)
    return high


@dataclass(frozen=True, slots=True, eq=False)
class _Clock:
    """When the offset changes, int64[c] microseconds ascending; the offsets before, between and after, int64[c + 1]."""

    changes: NDArray[np.int64]
    offsets: NDArray[np.int64]


@lru_cache(maxsize=64)
def _clock(zone: str, first_year: int, last_year: int) -> _Clock:
    known = ZoneInfo(zone)
    found = [change for year in range(first_year, last_year + 1) for change in _changes_in(zone, year)]
    offsets = [offset_us(_start_of(first_year), known), *(offset for _, offset in found)]
    return _Clock(
        read_only(np.array([moment for moment, _ in found], np.int64)), read_only(np.array(offsets, np.int64))
    )


@lru_cache(maxsize=4_096)
def _changes_in(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """The changes of one year: the moment, and the offset from then on."""
    known, end = ZoneInfo(zone), _start_of(year + 1)
    found, moment = [], _start_of(year)
    before = offset_us(moment, known)
    while moment < end:
        following = min(moment + DAY_US, end)
        after = offset_us(following, known)
        if after != before:
            change = first_of_new_offset(moment, following, known)
            found.append((_without_an_earlier_day(change, before, after), after))
        moment, before = following, after
    return tuple(found)


def _without_an_earlier_day(change: int, before: int, after: int) -> int:
    """The moment of a change; later where days would go back."""
    day = (change + before - 1) // DAY_US
    return change if (change + after) // DAY_US >= day else day * DAY_US - after


def _start_of(year: int) -> int:
    return (datetime(year, 1, 1, tzinfo=UTC) - _START) // _MICROSECOND


def _year(moment_us: int) -> int:
    return (_START + timedelta(microseconds=moment_us)).year
