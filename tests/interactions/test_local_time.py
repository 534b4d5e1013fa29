"""Days and clocks of time zones, against the slow way by zoneinfo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.interactions.local_time import first_moment, local_day, local_days, local_times

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONDON = "Europe/London"
ZONES = st.sampled_from(
    ["UTC", LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"]
)
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1)).map(lambda each: us(each.replace(tzinfo=UTC)))


def us(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def shown(moment_us: int, zone: str) -> datetime:
    return (EPOCH + timedelta(microseconds=moment_us)).astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=20), ZONES)
def test_clocks_show_what_zoneinfo_says(moments: list[int], zone: str) -> None:
    found = local_times(np.array(moments, np.int64), zone)
    assert found.tolist() == [us(shown(each, zone)) for each in moments]


@settings(deadline=None)
@given(MOMENTS, ZONES)
def test_a_day_begins_at_the_first_moment_of_its_date(moment: int, zone: str) -> None:
    day = local_day(moment, zone)
    begin = first_moment(day, zone)
    assert begin <= moment < first_moment(day + 1, zone)
    assert shown(begin, zone).date() == shown(moment, zone).date() != shown(begin - 1, zone).date()


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        ("2026-03-28T23:59:59", "2026-03-28"),
        ("2026-03-29T00:00:00", "2026-03-29"),
        ("2026-03-29T22:59:59", "2026-03-29"),
        ("2026-03-29T23:00:00", "2026-03-30"),
        ("2026-10-24T23:00:00", "2026-10-25"),
        ("2026-10-25T23:59:59", "2026-10-25"),
        ("2026-10-26T00:00:00", "2026-10-26"),
    ],
    ids=[
        "winter",
        "a day of 23 hours begins",
        "and ends",
        "summer",
        "a day of 25 hours begins",
        "and ends",
        "winter again",
    ],
)
def test_days_around_the_change_of_the_clocks(moment: str, date: str) -> None:
    day = local_day(us(datetime.fromisoformat(moment).replace(tzinfo=UTC)), LONDON)
    assert (EPOCH + timedelta(days=day)).date().isoformat() == date


def test_days_never_go_back_where_a_clock_goes_back_over_midnight() -> None:
    """In St. John's clocks went from 00:01 back to 23:01 of the day before."""
    change = us(datetime(2006, 10, 29, 2, 31, tzinfo=UTC))
    minutes = change + np.arange(-90, 180, dtype=np.int64) * 60_000_000
    days = local_days(minutes, "America/St_Johns")
    assert (np.diff(days) >= 0).all()
    assert shown(change - 1, "America/St_Johns").day == shown(change, "America/St_Johns").day + 1
    assert local_day(change, "America/St_Johns") == local_day(change - 1, "America/St_Johns")


def test_no_moments_have_no_days() -> None:
    assert local_days(np.zeros(0, np.int64), LONDON).tolist() == []
