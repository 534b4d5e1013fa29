"""The period that Home shows, the one before it, and the weeks of both."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from desireline.app.home.model import HomePeriod
from desireline.base import InputError, parse_duration, parse_period, phrase
from desireline.interactions import count_log
from desireline.interactions.log import ends_of_sources
from desireline.store import Workspace

DEFAULT_PERIOD = "28d"
LEAST_WEEKS, MOST_WEEKS = 13, 53
LONGEST_DAYS = 800
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""Between them weeks, and the period before, can be reckoned."""


def home_period(workspace: Workspace, said: str = DEFAULT_PERIOD, *, now: datetime | None = None) -> HomePeriod | None:
    """The period, up to the day on which the record ends; ``None`` where there is no interaction.

    Where sources end at different times, a length may reach the newest ones only. It goes then up to the last day on which sources
    with at least half of all interactions had some.

    Parameters
    ----------
    said
        How long it is, ``28d``; or the days themselves, ``2026-05-01..2026-05-31``.
    now
        Interactions that lie after this moment have a wrong time: they do not move the end.

    Raises
    ------
    InputError
        It is neither, or longer than :data:`LONGEST_DAYS`.
    """
    record = count_log(workspace)
    if record.first_at is None or record.record_end is None:
        _days(said)
        return None
    moment = now or datetime.now(UTC)
    first_day = record.first_at.astimezone(workspace.zone).date()
    last_day = min(record.record_end, max(moment, record.first_at)).astimezone(workspace.zone).date()
    start, end = _bounds(workspace, said, first_day, last_day, moment)
    days = (end - start).days + 1
    if days > LONGEST_DAYS:
        raise InputError(phrase("period: expected at most {longest} days, got {days}", longest=LONGEST_DAYS, days=days))
    wanted = min(max(LEAST_WEEKS, 2 * -(-days // 7)), MOST_WEEKS)
    weeks = [end - place * _WEEK + _DAY for place in range(wanted, 0, -1)]
    return HomePeriod(
        start=start,
        end=end,
        before_start=start - days * _DAY,
        before_end=start - _DAY,
        days=days,
        weeks=tuple(each for each in weeks if each >= first_day),
        first_day=first_day,
        last_day=last_day,
        timezone=workspace.timezone,
    )


def _bounds(workspace: Workspace, said: str, first_day: date, last_day: date, moment: datetime) -> tuple[date, date]:
    days = _days(said)
    if days is not None:
        most = _end_of_most(workspace, moment)
        end = last_day if last_day - days * _DAY < most else most
        return end - (days - 1) * _DAY, end
    period = parse_period(said, zone=workspace.zone)
    start = first_day if period.start is None else period.start.astimezone(workspace.zone).date()
    if period.end is None:
        end = max(last_day, start)
    else:
        end = (period.end - timedelta(microseconds=1)).astimezone(workspace.zone).date()
    if not _EARLIEST <= start <= end <= _LATEST:
        raise InputError(
            phrase(
                "period: expected days between {earliest} and {latest}, got {said!r}",
                earliest=_EARLIEST,
                latest=_LATEST,
                said=said,
            )
        )
    return start, end


def _end_of_most(workspace: Workspace, moment: datetime) -> date:
    """The last day on which sources with at least half of all interactions had some."""
    sources = sorted(ends_of_sources(workspace), key=lambda each: each.last_at, reverse=True)
    whole, so_far = sum(each.interactions for each in sources), 0
    for each in sources:
        so_far += each.interactions
        if 2 * so_far >= whole:
            return min(each.last_at, moment).astimezone(workspace.zone).date()
    return moment.astimezone(workspace.zone).date()


def _days(said: str) -> int | None:
    """How many days it is long; ``None``: it names days."""
    if ".." in said:
        return None
    length = parse_duration(said)
    if length < _DAY:
        raise InputError(
            phrase("period: expected a day at least, got {said!r}", said=said),
            hint=phrase("for example 28d, or 2026-05-01.."),
        )
    return length // _DAY
