from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError, Period, format_seconds, parse_duration, parse_period


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30m", timedelta(minutes=30)),
        ("30min", timedelta(minutes=30)),
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        ("1h30m", timedelta(minutes=90)),
        (" 1 H 30 Min ", timedelta(minutes=90)),
        ("0.5s", timedelta(milliseconds=500)),
        ("36500d", timedelta(days=36_500)),
    ],
)
def test_durations(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "30", "m", "1.m", "1,5h", "-5m", "1h-30m", "5 minutes", "1y", "0s", "0.0000001s", "36501d", "9" * 400 + "d"],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(InputError, match="expected a duration"):
        parse_duration(text)


def day(month: int, number: int, hour: int = 0) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-01-01..2026-01-31", Period(day(1, 1), day(2, 1))),
        ("2026-01-01..2026-01-01", Period(day(1, 1), day(1, 2))),
        ("2026-01-01..", Period(day(1, 1), None)),
        (" ..20260331", Period(None, day(4, 1))),
        ("..", Period()),
        ("2026-01-01T08:00..2026-01-01T17:00", Period(day(1, 1, 8), day(1, 1, 17))),
        ("2026-01-01T10:00+02:00..", Period(day(1, 1, 8), None)),
        ("..9999-12-31", Period()),
    ],
)
def test_periods(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-29..2026-03-29", "2026-03-29T00:00Z", "2026-03-29T23:00Z"),
        ("2026-10-25..2026-10-25", "2026-10-24T23:00Z", "2026-10-26T00:00Z"),
        ("2026-07-01T08:00..2026-07-01T17:00", "2026-07-01T07:00Z", "2026-07-01T16:00Z"),
        ("2026-07-01T08:00Z..2026-07-02", "2026-07-01T08:00Z", "2026-07-02T23:00Z"),
    ],
    ids=["the day has 23 hours", "the day has 25 hours", "times by the clock on the wall", "times that name a zone"],
)
def test_periods_by_the_clock_of_a_zone(text: str, start: str, end: str) -> None:
    expected = Period(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert parse_period(text, zone=ZoneInfo("Europe/London")) == expected


def test_the_last_day_of_all_is_an_open_end_in_every_zone() -> None:
    assert parse_period("..9999-12-31", zone=ZoneInfo("America/New_York")) == Period()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-01-01", "expected a period FROM..TO"),
        ("2026-02-30..", "ISO 8601"),
        ("yesterday..", "ISO 8601"),
        ("2026-01-01...2026-02-01", "ISO 8601"),
        ("0001-01-01T00:00+05:00..", "ISO 8601"),
        ("2026-02-01..2026-01-01", "ends after it starts"),
        ("2026-01-01T08:00..2026-01-01T08:00", "ends after it starts"),
    ],
)
def test_what_is_no_period(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_period(text)


moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(start=st.none() | moments, length=st.none() | st.timedeltas(timedelta(microseconds=1), timedelta(days=999)))
def test_a_period_written_and_read_is_the_same(start: datetime | None, length: timedelta | None) -> None:
    period = Period(start, None if start is None or length is None else start + length)
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.25, "0.2 s"),
        (9.5, "9.5 s"),
        (59.6, "1 min"),
        (3_599.7, "1 h"),
        (3_661, "1 h 1 min"),
        (86_401, "1 d"),
        (93_784, "1 d 2 h"),
        (float("nan"), "–"),
        (float("inf"), "–"),
    ],
)
def test_durations_for_people(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text
