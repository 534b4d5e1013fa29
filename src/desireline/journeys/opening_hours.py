"""When the company is open: the section ``[calendar]`` of the settings, and the opening hours as stretches of time.

    [calendar]
    timezone = "Europe/London"
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    from = "09:00"
    to = "17:30"
    holidays = ["2026-12-25", "2026-12-28"]

A moment is in opening hours when the clock on the wall shows a time from ``from`` (included) to ``to`` (excluded) on an open day:
so a day on which the clocks change may be an hour longer or shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desireline.base import SettingsError, UnknownNameError, closest_names
from desireline.interactions.local_time import first_of_new_offset, offset_us
from desireline.store import read_timezone

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As the settings call them."""
_KEYS = ("timezone", "days", "from", "to", "holidays")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The section ``[calendar]``.

    Attributes
    ----------
    timezone
        Of the IANA database, such as ``Europe/London``.
    days
        Open days of the week, 0 is Monday.
    opens, closes
        From midnight, as the clock on the wall shows it.
    holidays
        Closed, whatever day of the week.
    """

    timezone: str
    days: tuple[int, ...]
    opens: timedelta
    closes: timedelta
    holidays: frozenset[date] = frozenset()

    def __str__(self) -> str:
        days = ", ".join(WEEKDAYS[day] for day in self.days)
        return f"{days} {_clock_text(self.opens)} to {_clock_text(self.closes)} ({self.timezone})"

    @staticmethod
    def read(section: Mapping[str, Any], timezone: str = "UTC") -> OpeningHours | None:
        """Check and take over the section; ``None`` where there is none.

        Parameters
        ----------
        timezone
            That of the workspace: what counts where the section names none.

        Raises
        ------
        SettingsError
            An unknown key, one that is missing, or a value that cannot be.
        """
        for key in section:
            if key not in _KEYS:
                close = closest_names(key, _KEYS)
                hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(_KEYS)}"
                raise SettingsError(f"[calendar]: unknown {key}", hint=hint)
        if not section:
            return None
        missing = [key for key in ("from", "to") if key not in section]
        if missing:
            raise SettingsError(f"[calendar]: expected {', '.join(missing)} too")
        opens, closes = (_clock(key, section[key]) for key in ("from", "to"))
        if opens >= closes:
            raise SettingsError(f"[calendar]: expected from to be before to, got {section['from']} and {section['to']}")
        return OpeningHours(
            timezone=_zone(section.get("timezone", timezone)),
            days=_days(section.get("days", list(WEEKDAYS[:5]))),
            opens=opens,
            closes=closes,
            holidays=_holidays(section.get("holidays", [])),
        )

    def between(self, start_us: int, end_us: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The opening hours of all days that a stretch of time touches, ascending: begins and ends, int64[d] each.

        Parameters
        ----------
        start_us, end_us
            Microseconds since 1970-01-01 UTC.
        """
        first, last = (
            (_START + timedelta(microseconds=moment)).year for moment in (start_us - _DAY_US, end_us + _DAY_US)
        )
        years = [_year(self, year) for year in range(first, last + 1)]
        return np.concatenate([opens for opens, _ in years]), np.concatenate([closes for _, closes in years])


@lru_cache(maxsize=1_024)
def _year(hours: OpeningHours, year: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The opening hours of the days of one year."""
    zone = ZoneInfo(hours.timezone)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(length))
    chosen = (day for day in days if day.weekday() in hours.days and day not in hours.holidays)
    stretches = [stretch for day in chosen for stretch in _of_day(day, hours, zone)]
    found = np.array(stretches, np.int64).reshape(-1, 2)
    return np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1])


def _of_day(day: date, hours: OpeningHours, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The opening hours of one day: one stretch, or one on each side of a change of the clocks."""
    midnight = datetime(day.year, day.month, day.day)
    begin, end = (_us(each.replace(tzinfo=zone)) for each in (midnight, midnight + timedelta(days=1)))
    if begin >= end:
        return
    wall = _us(midnight.replace(tzinfo=UTC))
    edges = [begin, end]
    if offset_us(begin, zone) != offset_us(end - 1, zone):
        edges.insert(1, first_of_new_offset(begin, end - 1, zone))
    for low, high in pairwise(edges):
        shift = wall - offset_us(low, zone)
        opens, closes = max(low, shift + hours.opens // _MICROSECOND), min(high, shift + hours.closes // _MICROSECOND)
        if opens < closes:
            yield opens, closes


def _us(moment: datetime) -> int:
    return (moment - _START) // _MICROSECOND


def _clock(key: str, value: Any) -> timedelta:
    text = str(value)
    if not isinstance(value, str) or not _CLOCK.fullmatch(text):
        raise SettingsError(f'[calendar] {key}: expected a time such as "09:00", got {value!r}')
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def _clock_text(clock: timedelta) -> str:
    hours, minutes = divmod(clock // timedelta(minutes=1), 60)
    return f"{hours:02}:{minutes:02}"


def _zone(value: Any) -> str:
    try:
        return read_timezone(value).key
    except UnknownNameError as error:
        raise SettingsError(f"[calendar] timezone: {error.message}", hint=error.hint) from error


def _days(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or any(day not in WEEKDAYS for day in value):
        raise SettingsError(f"[calendar] days: expected a list of {', '.join(WEEKDAYS)}, got {value!r}")
    return tuple(place for place, day in enumerate(WEEKDAYS) if day in value)


def _holidays(value: Any) -> frozenset[date]:
    said = value if isinstance(value, list) else [value]
    found = set()
    for each in said:
        try:
            found.add(each if type(each) is date else date.fromisoformat(each))
        except (TypeError, ValueError) as error:
            raise SettingsError(
                f'[calendar] holidays: expected a list of dates such as "2026-12-25", got {each!r}'
            ) from error
    return frozenset(found)
