"""Reading values out of records, with errors that name the field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desireline.base import phrase
from desireline.sources.formats.model import Record, UnusableRecord

_zoneless: ContextVar[set[str] | None] = ContextVar("zoneless", default=None)


@contextmanager
def noting_zoneless() -> Iterator[set[str]]:
    """The fields in which :func:`time_at` met a time without a zone, and took it for UTC, while this is open."""
    met: set[str] = set()
    token = _zoneless.set(met)
    try:
        yield met
    finally:
        _zoneless.reset(token)


def value_at(record: Record, path: str) -> Any:
    """What stands at a dotted path (``Queue.EnqueueTimestamp``); ``None`` where nothing does, or an empty text.

    >>> value_at({"Queue": {"Name": "Billing"}}, "Queue.Name")
    'Billing'
    """
    found: Any = record
    for key in path.split(".") if "." in path else (path,):
        if not isinstance(found, dict | Mapping):  # To ask for a dict first is several times as quick.
            return None
        found = found.get(key)
    return None if isinstance(found, str) and not found.strip() else found


def text_at(record: Record, path: str) -> str | None:
    """A text; numbers become text, whole ones without decimals.

    Raises
    ------
    UnusableRecord
        A list or an object stands there.
    """
    value = value_at(record, path)
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping | list):
        raise UnusableRecord(path, phrase("expected a text, got {name}", name=type(value).__name__))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def required_text(record: Record, path: str) -> str:
    """A text that the record cannot do without.

    Raises
    ------
    UnusableRecord
        It is missing, or no text.
    """
    text = text_at(record, path)
    if text is None:
        raise UnusableRecord(path, phrase("expected a value, the field is empty"), reason="missing_value")
    return text


def number_at(record: Record, path: str) -> float | None:
    """A finite number.

    Raises
    ------
    UnusableRecord
        Something else stands there.
    """
    value = value_at(record, path)
    if value is None:
        return None
    try:
        number = float(value) if not isinstance(value, bool | Mapping | list) else math.nan
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise UnusableRecord(path, phrase("expected a number, got {value!r}", value=value), reason="not_a_number")
    return number


def time_at(record: Record, path: str, *, zone: str = "UTC", formats: Iterable[str] = ()) -> datetime | None:
    """A time: ISO 8601, or one of the given formats (strptime); without a zone of its own it is in ``zone``.

    Raises
    ------
    UnusableRecord
        The text cannot be read as a time.
    """
    text = text_at(record, path)
    if text is None:
        return None
    moment = _parsed(text, formats)
    if moment is None:
        raise UnusableRecord(path, phrase("expected a time, got {text!r}", text=text), reason="unreadable_time")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    met = _zoneless.get()
    if met is not None and zone == "UTC":
        met.add(path)
    return moment.replace(tzinfo=UTC) if zone == "UTC" else moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def epoch_at(record: Record, path: str, *, unit: float = 1.0) -> datetime | None:
    """A time as a number since 1970.

    Parameters
    ----------
    unit
        Seconds of one step: 1 for seconds, 0.001 for milliseconds, 0.000001 for microseconds.

    Raises
    ------
    UnusableRecord
        It is no number, or no time between 1900 and 2200.
    """
    number = number_at(record, path)
    if number is None:
        return None
    try:
        moment = datetime.fromtimestamp(number * unit, UTC)
    except (OverflowError, ValueError, OSError):
        moment = datetime.min.replace(tzinfo=UTC)
    if not 1900 <= moment.year < 2200:
        raise UnusableRecord(
            path, phrase("expected a time since 1970, got {number:g}", number=number), reason="unreadable_time"
        )
    return moment


def required_time(moment: datetime | None, path: str) -> datetime:
    """A time that the record cannot do without.

    Raises
    ------
    UnusableRecord
        There is none.
    """
    if moment is None:
        raise UnusableRecord(path, phrase("expected a time, the field is empty"), reason="missing_time")
    return moment


def seconds_between(start: datetime | None, end: datetime | None) -> float | None:
    """How long it took; ``None`` where either side is missing or the end lies before the start."""
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds()


def present(**identifiers: str | None) -> dict[str, str]:
    """The identifiers (or attributes) that have a value."""
    return {name: value for name, value in identifiers.items() if value}


def list_at(record: Record, path: str) -> list[Any]:
    """A list; empty where nothing stands there.

    Raises
    ------
    UnusableRecord
        Something else than a list stands there.
    """
    value = value_at(record, path)
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnusableRecord(path, phrase("expected a list, got {name}", name=type(value).__name__))
    return value


def newest_by(records: Iterable[tuple[int, Record]], *, key: str, version: str) -> Iterator[tuple[int, Record]]:
    """Of records with the same key only the one with the largest version (as text, ISO 8601 sorts), in order of the file.

    Records without a key pass: they are refused later, with their number.
    """
    kept: dict[str, tuple[int, Record]] = {}
    loose: list[tuple[int, Record]] = []
    for number, record in records:
        name = value_at(record, key)
        if not isinstance(name, str | int):
            loose.append((number, record))
            continue
        before = kept.get(str(name))
        if before is None or str(value_at(before[1], version) or "") <= str(value_at(record, version) or ""):
            kept[str(name)] = (number, record)
    yield from sorted([*kept.values(), *loose], key=lambda each: each[0])


def _parsed(text: str, formats: Iterable[str]) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for each in formats:
        try:
            return datetime.strptime(text, each)
        except ValueError:
            continue
    return None
