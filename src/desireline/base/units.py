"""Durations and periods as people write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from desireline.base.errors import InputError
from desireline.base.telling import Phrase, joined, phrase

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d|w)", re.IGNORECASE)
LONGEST = timedelta(days=36_500)
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "US$", "JPY": "JP¥"}


def parse_duration(text: str) -> timedelta:
    """Read a duration: a number and a unit (s, m or min, h, d, w), or several of them.

    Raises
    ------
    InputError
        The text is no duration, is zero, or is longer than a hundred years.

    >>> parse_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    compact = text.strip().lower()
    parts = _PART.findall(compact)
    if not parts or _PART.sub("", compact).strip():
        raise InputError(
            phrase("expected a duration such as 30m, 12h or 7d, got {text!r}", text=text),
            hint=phrase("units: s, m (minutes), h, d, w; they may be combined: 1h30m"),
        )
    try:
        total = sum((float(amount) * _UNITS[unit] for amount, unit in parts), timedelta())
    except OverflowError:
        total = timedelta.max
    if not timedelta() < total <= LONGEST:
        raise InputError(phrase("expected a duration above zero and at most a hundred years, got {text!r}", text=text))
    return total


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time from ``start`` (included) to ``end`` (excluded), both aware UTC or open.

    Attributes
    ----------
    start, end
        ``None`` leaves that side open.
    """

    start: datetime | None = None
    end: datetime | None = None

    def __str__(self) -> str:
        return f"{_side(self.start)}..{_side(self.end)}"


def parse_period(text: str, *, zone: tzinfo = UTC) -> Period:
    """Read ``FROM..TO``: dates or times in ISO 8601, either side may be left out.

    A date as TO includes that whole day; a time as TO is the first moment that is not included.

    Parameters
    ----------
    zone
        What dates mean, and times that name no zone.

    Raises
    ------
    InputError
        The text is no period, or it ends before it starts.

    >>> str(parse_period("2026-01-01..2026-01-31"))
    '2026-01-01T00:00:00+00:00..2026-02-01T00:00:00+00:00'
    """
    start_text, separator, end_text = text.strip().partition("..")
    if not separator:
        raise InputError(
            phrase("expected a period FROM..TO, got {text!r}", text=text),
            hint=phrase("for example 2026-01-01..2026-03-31, 2026-01-01.. or ..2026-03-31"),
        )
    start = _moment(start_text, text, zone)
    end = _moment(end_text, text, zone, later=timedelta(days=1) if _is_date(end_text) else timedelta())
    if start is not None and end is not None and end <= start:
        raise InputError(phrase("expected a period that ends after it starts, got {text!r}", text=text))
    return Period(start, end)


def format_money(amount: float, currency: str) -> Phrase:
    """An amount for people, as the web application writes it: with the sign of its currency, else with its three letters.

    >>> format_money(8.531, "GBP")
    '£8.53'
    """
    if not math.isfinite(amount):
        return phrase("–")
    sign = _SIGNS.get(currency)
    if sign is None:
        return phrase("{currency}\N{NO-BREAK SPACE}{amount:,.2f}", currency=currency, amount=amount)
    return phrase("{sign}{amount:,.2f}", sign=sign, amount=amount)


_MONTHS = (
    phrase("January"),
    phrase("February"),
    phrase("March"),
    phrase("April"),
    phrase("May"),
    phrase("June"),
    phrase("July"),
    phrase("August"),
    phrase("September"),
    phrase("October"),
    phrase("November"),
    phrase("December"),
)


def format_day(day: date) -> Phrase:
    """A day for people who read a drawing; told in German ``31. Mai 2026``.

    >>> format_day(date(2026, 5, 31))
    '31 May 2026'
    """
    return phrase("{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=day.year)


def format_seconds(seconds: float) -> Phrase:
    """A duration for people, in its two largest units.

    >>> format_seconds(93_784)
    '1 d 2 h'
    >>> format_seconds(0.25)
    '0.2 s'
    """
    if not math.isfinite(seconds):
        return phrase("–")
    if seconds < 10:
        return phrase("{seconds:.1f} s" if seconds % 1 else "{seconds:.0f} s", seconds=seconds)
    whole = round(seconds)
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    parts = [
        (days, phrase("{days} d", days=days)),
        (hours, phrase("{hours} h", hours=hours)),
        (minutes, phrase("{minutes} min", minutes=minutes)),
        (left, phrase("{seconds:.0f} s", seconds=left)),
    ]
    first = next(place for place, (amount, _) in enumerate(parts) if amount)
    return joined([text for amount, text in parts[first : first + 2] if amount])


def _side(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def _is_date(text: str) -> bool:
    return len(text.strip()) <= len("2026-01-01")


def _moment(text: str, period: str, zone: tzinfo, *, later: timedelta = timedelta()) -> datetime | None:
    """One side in UTC, moved by the clock on the wall: a day may have 23 or 25 hours. ``None``: open, or past the last year."""
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment > datetime.max.replace(tzinfo=moment.tzinfo) - later:
            return None
        moment += later
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            phrase(
                "expected dates or times in ISO 8601 on both sides of the period, got {strip!r} in {period!r}",
                strip=text.strip(),
                period=period,
            ),
            hint=phrase("for example 2026-01-01..2026-03-31 or 2026-01-01T08:00..2026-01-01T17:00"),
        ) from None
