"""Opening hours: the section ``[calendar]`` of the settings, and the hours as stretches of time.

    [calendar]
    timezone = "Europe/London"
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    from = "09:00"
    to = "17:30"
    holidays = ["2026-12-25 Christmas Day", "2026-12-28"]

or, where days differ or the company closes at noon, each day with its spans instead of ``days``, ``from`` and ``to``:

    [calendar.hours]
    Mon = ["08:00-12:00", "13:00-18:00"]
    Sat = ["09:00-13:00"]

A moment is in opening hours when the clock on the wall shows a time from the begin (included) to the end (excluded) of a span of an open
day: so a day on which the clocks change may be an hour longer or shorter. Further calendars, for channels and teams, are in
:mod:`desireline.journeys.calendars`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desireline.base import SettingsError, UnknownNameError, closest_names, phrase
from desireline.interactions.local_time import first_of_new_offset, offset_us
from desireline.store import read_timezone

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As the settings call them."""
HOURS_KEYS = ("timezone", "days", "from", "to", "hours", "holidays")
"""What a section says about hours."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_SPAN = re.compile(r"(\d\d:\d\d) *[-–] *(\d\d:\d\d)")
_LONGEST_NAME = 100
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True, order=True)
class OpenSpan:
    """From when to when, counted from midnight as the clock on the wall shows it."""

    opens: timedelta
    closes: timedelta

    def __str__(self) -> str:
        return f"{clock_text(self.opens)} to {clock_text(self.closes)}"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A closed day, whatever day of the week; what people call it, if anything."""

    day: date
    name: str = ""

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}".rstrip()


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When one calendar is open.

    Attributes
    ----------
    timezone
        Of the IANA database, such as ``Europe/London``.
    week
        The spans of each of the seven days, Monday first; ascending, none overlaps another.
    holidays
        Closed days, ascending, each once.
    """

    timezone: str
    week: tuple[tuple[OpenSpan, ...], ...]
    holidays: tuple[Holiday, ...] = ()

    def __str__(self) -> str:
        alike = {
            spans: [day for day, of in zip(WEEKDAYS, self.week, strict=True) if of == spans] for spans in self.week
        }
        told = [f"{', '.join(days)} {' and '.join(map(str, spans))}" for spans, days in alike.items() if spans]
        return f"{', '.join(told)} ({self.timezone})"

    @staticmethod
    def read(section: Mapping[str, Any], timezone: str = "UTC", *, place: str = "calendar") -> OpeningHours | None:
        """Check and take over the section; ``None`` where there is none.

        Parameters
        ----------
        timezone
            That of the workspace: what counts where the section names none.
        place
            What the section is called, for messages.

        Raises
        ------
        SettingsError
            An unknown key, one that is missing, or a value that cannot be.
        """
        check_keys(section, HOURS_KEYS, place=place)
        if not section:
            return None
        return OpeningHours(
            timezone=_zone(section.get("timezone", timezone), place),
            week=_week(section, place),
            holidays=_holidays(section.get("holidays", []), place),
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
    closed = {holiday.day for holiday in hours.holidays}
    chosen = (day for day in days if hours.week[day.weekday()] and day not in closed)
    stretches = [stretch for day in chosen for stretch in _of_day(day, hours.week[day.weekday()], zone)]
    found = np.array(stretches, np.int64).reshape(-1, 2)
    return np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1])


def _of_day(day: date, spans: Sequence[OpenSpan], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The opening hours of one day: a stretch for each span, or one on each side of a change of the clocks."""
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
        for span in spans:
            opens = max(low, shift + span.opens // _MICROSECOND)
            closes = min(high, shift + span.closes // _MICROSECOND)
            if opens < closes:
                yield opens, closes


def _us(moment: datetime) -> int:
    return (moment - _START) // _MICROSECOND


def clock_text(clock: timedelta) -> str:
    """A time of the clock on the wall, as settings write it: ``09:00``."""
    hours, minutes = divmod(clock // timedelta(minutes=1), 60)
    return f"{hours:02}:{minutes:02}"


def check_keys(section: Mapping[str, Any], known: Sequence[str], *, place: str) -> None:
    """Check that a section of the settings says nothing unknown.

    Raises
    ------
    SettingsError
        It does.
    """
    for key in section:
        if key not in known:
            close = closest_names(key, known)
            raise SettingsError(
                phrase("[{place}]: unknown {key}", place=place, key=key),
                hint=phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("known: {known}", known=", ".join(known)),
            )


def _week(section: Mapping[str, Any], place: str) -> tuple[tuple[OpenSpan, ...], ...]:
    if "hours" in section:
        also = [key for key in ("days", "from", "to") if key in section]
        if also:
            raise SettingsError(
                phrase(
                    "[{place}]: expected hours, or days with from and to, got hours and {also}",
                    place=place,
                    also=", ".join(also),
                )
            )
        return _days_with_hours(section["hours"], place)
    missing = [key for key in ("from", "to") if key not in section]
    if missing:
        raise SettingsError(
            phrase("[{place}]: expected {missing} too", place=place, missing=", ".join(missing)),
            hint=phrase("or hours, with the spans of each day"),
        )
    opens, closes = (_clock(section[key], f"[{place}] {key}") for key in ("from", "to"))
    if opens >= closes:
        raise SettingsError(
            phrase(
                "[{place}]: expected from to be before to, got {opens} and {closes}",
                place=place,
                opens=section["from"],
                closes=section["to"],
            )
        )
    days = _days(section.get("days", list(WEEKDAYS[:5])), place)
    return tuple((OpenSpan(opens, closes),) if day in days else () for day in range(len(WEEKDAYS)))


def _days_with_hours(value: Any, place: str) -> tuple[tuple[OpenSpan, ...], ...]:
    if not isinstance(value, Mapping):
        raise SettingsError(
            phrase(
                "[{place}] hours: expected the spans of each day, such as Mon, got {value!r}", place=place, value=value
            )
        )
    check_keys(value, WEEKDAYS, place=f"{place}.hours")
    week = tuple(_spans(value.get(day, []), f"[{place}.hours] {day}") for day in WEEKDAYS)
    if not any(week):
        raise SettingsError(phrase("[{place}] hours: expected a day that is open, all are closed", place=place))
    return week


def _spans(value: Any, where: str) -> tuple[OpenSpan, ...]:
    spans = sorted(_span(each, where) for each in (value if isinstance(value, list) else [value]))
    for first, second in pairwise(spans):
        if second.opens < first.closes:
            raise SettingsError(
                phrase(
                    "{where}: expected spans apart from each other, {first} overlaps {second}",
                    where=where,
                    first=f"{clock_text(first.opens)}-{clock_text(first.closes)}",
                    second=f"{clock_text(second.opens)}-{clock_text(second.closes)}",
                )
            )
    return tuple(spans)


def _span(value: Any, where: str) -> OpenSpan:
    said = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if said is None:
        raise SettingsError(
            phrase('{where}: expected a span such as "09:00-17:30", got {value!r}', where=where, value=value)
        )
    opens, closes = (_clock(text, where) for text in said.groups())
    if opens >= closes:
        raise SettingsError(
            phrase("{where}: expected the begin of a span to be before its end, got {value}", where=where, value=value),
            hint=phrase("a night is two spans: until 24:00, and from 00:00 on the next day"),
        )
    return OpenSpan(opens, closes)


def _clock(value: Any, where: str) -> timedelta:
    text = str(value)
    if not isinstance(value, str) or not _CLOCK.fullmatch(text):
        raise SettingsError(phrase('{where}: expected a time such as "09:00", got {value!r}', where=where, value=value))
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def _zone(value: Any, place: str) -> str:
    try:
        return read_timezone(value).key
    except UnknownNameError as error:
        raise SettingsError(
            phrase("[{place}] timezone: {message}", place=place, message=error.message), hint=error.hint
        ) from error


def _days(value: Any, place: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or any(day not in WEEKDAYS for day in value):
        raise SettingsError(
            phrase(
                "[{place}] days: expected a list of {weekdays}, got {value!r}",
                place=place,
                weekdays=", ".join(WEEKDAYS),
                value=value,
            )
        )
    return tuple(number for number, day in enumerate(WEEKDAYS) if day in value)


def _holidays(value: Any, place: str) -> tuple[Holiday, ...]:
    found: dict[date, Holiday] = {}
    for each in value if isinstance(value, list) else [value]:
        holiday = read_holiday(each, place=place)
        if holiday.name or holiday.day not in found:
            found[holiday.day] = holiday
    return tuple(sorted(found.values()))


def read_holiday(value: Any, *, place: str = "calendar") -> Holiday:
    """A holiday as the settings write it: a date, or text that begins with one and may go on with a name.

    Raises
    ------
    SettingsError
        It is none.

    >>> str(read_holiday("2026-12-25 Christmas Day"))
    '2026-12-25 Christmas Day'
    """
    if type(value) is date:
        return Holiday(value)
    try:
        said, _, name = value.strip().partition(" ")
        holiday = Holiday(date.fromisoformat(said), " ".join(name.split()))
    except (AttributeError, ValueError) as error:
        raise SettingsError(
            phrase(
                '[{place}] holidays: expected a list of dates such as "2026-12-25", got {value!r}',
                place=place,
                value=value,
            ),
            hint=phrase('a name may follow: "2026-12-25 Christmas Day"'),
        ) from error
    if len(holiday.name) > _LONGEST_NAME:
        raise SettingsError(
            phrase(
                "[{place}] holidays: expected a name of at most {longest} characters, got {count}",
                place=place,
                longest=_LONGEST_NAME,
                count=len(holiday.name),
            )
        )
    return holiday
