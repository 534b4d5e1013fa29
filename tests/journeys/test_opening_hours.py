from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import SettingsError
from desireline.journeys.opening_hours import Holiday, OpeningHours, OpenSpan
from desireline.kernels.contacts import open_time

MINUTE = timedelta(minutes=1)
START = datetime(1970, 1, 1, tzinfo=UTC)
CHANGES = [
    ("Europe/London", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/London", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/Havana", datetime(2024, 11, 3, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2025, 10, 5, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2026, 1, 1, tzinfo=UTC)),
]


def us(moment: datetime) -> int:
    return (moment - START) // timedelta(microseconds=1)


def opened(hours: OpeningHours, start: datetime, end: datetime) -> timedelta:
    bounds = hours.between(us(start), us(end))
    found = open_time(np.array([us(start)]), np.array([us(end)]), *bounds)
    return timedelta(microseconds=int(found[0]))


def minute_by_minute(hours: OpeningHours, start: datetime, end: datetime) -> timedelta:
    """Look at the clock on the wall in every minute."""
    zone, found = ZoneInfo(hours.timezone), timedelta()
    while start < end:
        wall = start.astimezone(zone)
        clock = timedelta(hours=wall.hour, minutes=wall.minute)
        is_open = any(span.opens <= clock < span.closes for span in hours.week[wall.weekday()])
        found += MINUTE if is_open and wall.date() not in {each.day for each in hours.holidays} else timedelta()
        start += MINUTE
    return found


def spans(quarters: list[int]) -> tuple[OpenSpan, ...]:
    """From the first to the second quarter of an hour, from the third to the fourth, …"""
    moments = [timedelta(minutes=15 * quarter) for quarter in quarters]
    return tuple(OpenSpan(*pair) for pair in zip(moments[::2], moments[1::2], strict=False))


@settings(max_examples=60)
@given(
    st.sampled_from(CHANGES),
    st.lists(st.sets(st.integers(0, 24 * 4), max_size=6).map(sorted), min_size=7, max_size=7),
    st.sets(st.integers(-2, 2), max_size=2),
    st.integers(-2 * 1440, 2 * 1440),
    st.integers(0, 2 * 1440),
)
def test_open_time_is_what_the_clock_on_the_wall_shows(
    change: tuple[str, datetime], clocks: list[list[int]], closed: set[int], begin: int, length: int
) -> None:
    zone, around = change
    holidays = tuple(Holiday((around + timedelta(days=day)).date()) for day in sorted(closed))
    hours = OpeningHours(zone, tuple(spans(clock) for clock in clocks), holidays)
    start = around + begin * MINUTE
    end = start + length * MINUTE
    assert opened(hours, start, end) == minute_by_minute(hours, start, end)


NINE_TO_FIVE = {"timezone": "Europe/London", "from": "09:00", "to": "17:00", "holidays": ["2026-12-25"]}


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T10:00", "2026-03-02T11:30", 1.5),
        ("2026-03-06T16:00", "2026-03-09T10:00", 2),
        ("2026-03-07T10:00", "2026-03-08T22:00", 0),
        ("2026-12-24T16:30", "2026-12-28T09:15", 0.75),
        ("2026-03-27T17:00", "2026-03-30T08:30", 0.5),
        ("2026-03-02T08:00", "2026-03-02T08:00", 0),
    ],
    ids=["within a day", "over a week-end", "on a week-end", "over a holiday", "the clocks change", "no time"],
)
def test_only_open_hours_count(start: str, end: str, hours: float) -> None:
    calendar = OpeningHours.read(NINE_TO_FIVE)
    assert calendar is not None
    begin, finish = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (start, end))
    assert opened(calendar, begin, finish) == timedelta(hours=hours)


def test_a_stretch_over_years_counts_every_day() -> None:
    calendar = OpeningHours("UTC", ((OpenSpan(timedelta(), timedelta(hours=24)),),) * 7)
    begin, end = datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, tzinfo=UTC)
    assert opened(calendar, begin, end) == end - begin


def test_without_a_section_there_are_no_opening_hours() -> None:
    assert OpeningHours.read({}) is None


WEEK = {"Mon": ["13:00-18:00", "08:00-12:00"], "Sat": "09:00–13:00"}


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T11:00", "2026-03-02T14:00", 2),
        ("2026-03-02T12:00", "2026-03-02T13:00", 0),
        ("2026-03-03T00:00", "2026-03-08T00:00", 4),
        ("2026-03-02T00:00", "2026-03-16T00:00", 26),
    ],
    ids=["over noon", "at noon", "on a Saturday", "two weeks"],
)
def test_each_day_has_hours_of_its_own(start: str, end: str, hours: float) -> None:
    calendar = OpeningHours.read({"hours": WEEK})
    assert calendar is not None
    begin, finish = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (start, end))
    assert opened(calendar, begin, finish) == timedelta(hours=hours)


def test_hours_are_said_day_by_day() -> None:
    assert str(OpeningHours.read({"hours": {**WEEK, "Tue": WEEK["Mon"]}})) == (
        "Mon, Tue 08:00 to 12:00 and 13:00 to 18:00, Sat 09:00 to 13:00 (UTC)"
    )


def test_a_holiday_may_have_a_name() -> None:
    read = OpeningHours.read({**NINE_TO_FIVE, "holidays": ["2026-12-25  Christmas  Day", "2026-12-25"]})
    assert read is not None
    assert read.holidays == (Holiday(date(2026, 12, 25), "Christmas Day"),)


def test_dates_of_toml_are_holidays_too() -> None:
    read = OpeningHours.read({**NINE_TO_FIVE, "holidays": [date(2026, 12, 25)]})
    assert read == OpeningHours.read(NINE_TO_FIVE)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"zone": "UTC"}, "unknown zone"),
        ({"timezone": "Europe/Londn"}, "timezone: expected a time zone"),
        ({"timezone": 7}, "timezone: expected a time zone"),
        ({"from": "9"}, "from: expected a time"),
        ({"to": "24:30"}, "to: expected a time"),
        ({"to": "09:00"}, "expected from to be before to"),
        ({"days": []}, "days: expected a list of Mon"),
        ({"days": ["Monday"]}, "days: expected a list of Mon"),
        ({"holidays": ["Christmas"]}, "holidays: expected a list of dates"),
        ({"holidays": 25}, "holidays: expected a list of dates"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_settings_that_cannot_be_are_named(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        OpeningHours.read({**NINE_TO_FIVE, **wrong})


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        (["09:00-17:00"], "hours: expected the spans of each day"),
        ({"Monday": "09:00-17:00"}, "unknown Monday"),
        ({"Mon": "9-17"}, r"\[calendar.hours\] Mon: expected a span"),
        ({"Mon": "17:00-09:00"}, "expected the begin of a span to be before its end"),
        ({"Mon": ["09:00-12:00", "11:00-17:00"]}, "09:00-12:00 overlaps 11:00-17:00"),
        ({"Mon": []}, "all are closed"),
        ({"Mon": "09:00-25:00"}, "expected a time"),
    ],
    ids=str,
)
def test_hours_of_a_day_that_cannot_be_are_named(hours: object, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        OpeningHours.read({"hours": hours})


def test_a_section_says_its_hours_once() -> None:
    with pytest.raises(SettingsError, match="got hours and from, to"):
        OpeningHours.read({**NINE_TO_FIVE, "hours": WEEK})


def test_a_section_without_its_times_is_not_enough() -> None:
    with pytest.raises(SettingsError, match="expected from, to too"):
        OpeningHours.read({"timezone": "UTC"})


def test_without_a_zone_of_their_own_opening_hours_are_those_of_the_workspace() -> None:
    section = {key: value for key, value in NINE_TO_FIVE.items() if key != "timezone"}
    assert OpeningHours.read(section, "Europe/Berlin") == OpeningHours.read({**section, "timezone": "Europe/Berlin"})
