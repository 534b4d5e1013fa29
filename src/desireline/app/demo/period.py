"""The half year of the demo company, and its clocks: UTC milliseconds and local wall clocks."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

LONDON = "Europe/London"
NEW_YORK = "America/New_York"
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def london(month: int, day: int, hour: int = 0) -> int:
    """A wall-clock time in London in 2026, as UTC milliseconds."""
    return int(datetime(2026, month, day, hour, tzinfo=ZoneInfo(LONDON)).timestamp()) * SECOND


START = london(1, 1)
END = london(7, 1)
NEVER = END + 10_000 * DAY
_TABLE_START = START - 3 * DAY
_TABLE_HOURS = 24 * 260


@cache
def _offsets(zone: str) -> Integers:
    first = datetime.fromtimestamp(_TABLE_START // SECOND, UTC)
    moments = (first + timedelta(hours=hour) for hour in range(_TABLE_HOURS))
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for moment in moments]
    return np.array([int(offset.total_seconds()) * SECOND for offset in offsets], dtype=np.int64)


def offset(at: Integers, zone: str) -> Integers:
    """Milliseconds the zone's clock is ahead of UTC at these moments."""
    hour = np.clip((at - _TABLE_START) // HOUR, 0, _TABLE_HOURS - 1)
    return _offsets(zone)[hour]


def to_local(at: Integers, zone: str) -> Integers:
    """The zone's wall clock, written as if it were UTC milliseconds."""
    return at + offset(at, zone)


def from_local(wall: Integers, zone: str) -> Integers:
    """UTC milliseconds of a wall clock; a time the clock skips becomes the moment an hour earlier."""
    guess = wall - offset(wall, zone)
    return wall - offset(guess, zone)


def weekday(wall: Integers) -> Integers:
    """Day of the week of a wall clock, Monday = 0."""
    return (wall // DAY + 3) % 7
