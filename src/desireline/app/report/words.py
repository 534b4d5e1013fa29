"""How values are written on the page: numbers, times, names."""

from __future__ import annotations

from datetime import date, datetime

from desireline.base import format_seconds
from desireline.journeys.pictures import (
    NO_BREAK,
    Markup,
    clusters,
    count_text,
    element,
    printable,
    short_count,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_REASONS = {
    "missing_time": "no time",
    "unreadable_time": "a time that cannot be read",
    "no_identifier": "nothing that tells whose it is",
    "not_a_number": "a number that is none",
    "out_of_range": "a value out of range",
    "unknown_value": "a value that is not allowed",
    "oversized": "a field that is too long",
    "missing_value": "a required field is empty",
    "incomplete": "another row of the same interaction cannot be used",
    "unreadable_row": "a row that cannot be read",
}


def reason_text(code: str) -> str:
    """The reason of a record in quarantine, in words.

    >>> reason_text("missing_time")
    'no time'
    """
    return _REASONS.get(code, code)


def date_text(day: date) -> str:
    """A day, the same in every locale.

    >>> date_text(date(2026, 3, 9)).replace(NO_BREAK, " ")
    '9 Mar 2026'
    """
    return f"{day.day}{NO_BREAK}{_MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def moment_text(moment: datetime) -> str:
    """A day and a time with its zone.

    >>> from datetime import UTC
    >>> moment_text(datetime(2026, 3, 9, 7, 5, tzinfo=UTC)).replace(NO_BREAK, " ")
    '9 Mar 2026, 07:05 UTC'
    """
    return f"{date_text(moment)}, {moment:%H:%M}{NO_BREAK}{moment:%Z}"


def duration_text(seconds: float) -> str:
    """A duration in its two largest units, on one line.

    >>> duration_text(93_784).replace(NO_BREAK, " ")
    '1 d 2 h'
    """
    return format_seconds(seconds).replace(" ", NO_BREAK) if seconds < float("inf") else "–"


def counted(count: float, noun: str) -> str:
    """A count with its noun, in the right number.

    >>> counted(1, "customer").replace(NO_BREAK, " "), counted(1200, "visit").replace(NO_BREAK, " ")
    ('1 customer', '1,200 visits')
    """
    return f"{count_text(count)}{NO_BREAK}{noun if count == 1 else plural(noun)}"


def briefly_counted(count: float, noun: str) -> str:
    """A count with its noun where there is little room: large counts are written short.

    >>> briefly_counted(135_308_598, "customer").replace(NO_BREAK, " ")
    '135M customers'
    """
    return f"{short_count(count)}{NO_BREAK}{noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a regular noun.

    >>> plural("journey"), plural("identity")
    ('journeys', 'identities')
    """
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def article(noun: str) -> str:
    """The noun with "a" or "an".

    >>> article("episode"), article("session")
    ('an episode', 'a session')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def name(text: str) -> Markup:
    """A name from the data: shown as it is, whatever direction it is written in."""
    return element("bdi", printable(text) or "(no name)")


def quoted(text: str) -> Markup:
    """A name from the data within a sentence."""
    return _short_name(text, length=60, class_="named")


def short_name(text: str, *, length: int) -> Markup:
    """A name from the data where there is little room; the whole name is its tooltip."""
    return _short_name(text, length=length, class_=None)


def shortened(text: str, *, length: int) -> str:
    """At most ``length`` characters: the beginning and the end, with an ellipsis for what is between.

    >>> shortened("Checkout started", length=9)
    'Chec…rted'
    """
    pieces = clusters(printable(text))
    if len(pieces) <= length:
        return "".join(pieces)
    tail = (length - 1) // 2
    head = length - 1 - tail
    return "".join(pieces[:head]).rstrip() + "…" + "".join(pieces[len(pieces) - tail :]).lstrip()


def _short_name(text: str, *, length: int, class_: str | None) -> Markup:
    whole = printable(text) or "(no name)"
    short = shortened(whole, length=length)
    return element("bdi", short, class_=class_, title=whole if short != whole else None)
