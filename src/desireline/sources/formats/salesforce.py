"""What the formats of Salesforce have in common: names of columns, ids, and times as reports write them.

Data Loader writes API names, in any case; reports write labels; the API writes JSON. All three are brought to the API names of
Salesforce's object reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.model import FoundInteraction, Record, Revision, UnusableRecord
from desireline.sources.formats.reading import required_text, text_at, time_at

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LOCAL_TIME = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?)?"
)
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@dataclass(frozen=True, slots=True)
class Named:
    """A record under API names.

    Attributes
    ----------
    values
        By API name; what has no name of ours is left out.
    headers
        The file's own name of each.
    """

    values: dict[str, Any]
    headers: dict[str, str]


def bare(name: str) -> str:
    """A column's name without capitals, blanks and marks.

    >>> bare("Date/Time Opened"), bare("CREATEDDATE")
    ('datetimeopened', 'createddate')
    """
    return _NOT_IN_NAMES.sub("", name.lower())


def known_names(api_names: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """API names by bare name: their own, and those of the labels in reports."""
    return {bare(name): name for name in api_names} | {bare(label): name for label, name in labels.items()}


def named(record: Record, names: Mapping[str, str]) -> Named:
    """A record under API names; of two columns for one field the first that is filled counts."""
    values: dict[str, Any] = {}
    headers: dict[str, str] = {}
    for header, value in _flat(record):
        name = names.get(bare(header))
        if name is not None and (name not in headers or values[name] in (None, "")):
            values[name], headers[name] = value, header
    return Named(values, headers)


def converted(
    record: Record, names: Mapping[str, str], convert: Callable[[Record], list[FoundInteraction]]
) -> list[FoundInteraction]:
    """The interactions of a record; an error names the column as the file does.

    Raises
    ------
    UnusableRecord
        The record cannot be used.
    """
    under = named(record, names)
    try:
        return convert(under.values)
    except UnusableRecord as error:
        raise UnusableRecord(under.headers.get(error.where, error.where), error.message, reason=error.reason) from error


def revised(record: Record, names: Mapping[str, str], *keys: str) -> Revision | None:
    """Which record it is, by the first of these names that it has, and its ``LastModifiedDate``.

    Raises
    ------
    UnusableRecord
        That date cannot be read.
    """
    under = named(record, names)
    key = next((found for name in keys if (found := text_at(under.values, name)) is not None), None)
    try:
        return None if key is None else Revision(full_id(key), moment_at(under.values, "LastModifiedDate"))
    except UnusableRecord as error:
        raise UnusableRecord(under.headers.get(error.where, error.where), error.message, reason=error.reason) from error


def full_id(text: str) -> str:
    """An id with 18 characters, whichever of both lengths it came in: only that survives tools that ignore capitals.

    The last three characters say which of the first 15 are capitals (Salesforce, "18-character ids").

    >>> full_id("0035g00000AbCdE")
    '0035g00000AbCdEAAV'
    >>> full_id("0035g00000AbCdEAAV")
    '0035g00000AbCdEAAV'
    """
    if len(text) != 15 or not _ID.fullmatch(text):
        return text
    groups = (text[start : start + 5] for start in (0, 5, 10))
    return text + "".join(
        _CHECK_LETTERS[sum(1 << place for place, letter in enumerate(group) if "A" <= letter <= "Z")]
        for group in groups
    )


def required_id(record: Record, name: str) -> str:
    """The id of the record itself, 18 characters.

    Raises
    ------
    UnusableRecord
        It is missing, or no id of Salesforce.
    """
    text = required_text(record, name)
    if not _ID.fullmatch(text):
        raise UnusableRecord(name, phrase("expected an id of 15 or 18 letters and digits, got {text!r}", text=text))
    return full_id(text)


def id_at(record: Record, name: str, *, prefix: str = "") -> str | None:
    """An id that points at another record, 18 characters; ``None`` where it points at another kind than ``prefix``."""
    text = text_at(record, name)
    return full_id(text) if text is not None and text.startswith(prefix) else None


def true_at(record: Record, name: str) -> bool:
    """Whether a box is ticked: reports write 1, files write true."""
    return (text_at(record, name) or "").lower() in ("true", "1", "yes")


def moment_at(record: Record, name: str) -> datetime | None:
    """A time; without a zone of its own it is taken for UTC.

    Raises
    ------
    UnusableRecord
        The text cannot be read as a time.
    """
    text = text_at(record, name)
    if text is None:
        return None
    return time_at({name: _iso(text, day_first=None) or text}, name)


def with_plain_times(
    records: Iterable[tuple[int, Record]], names: Mapping[str, str], times: frozenset[str]
) -> Iterator[tuple[int, Record]]:
    """Rows whose times are ISO 8601: whether day or month comes first, all rows together say.

    Rows with one filled cell go: a report ends with its name and when it was made.
    """
    rows = [(number, record) for number, record in records if not _is_footer(record)]
    cells = [
        str(value)
        for _, record in rows
        for header, value in record.items()
        if names.get(bare(header)) in times and isinstance(value, str)
    ]
    day_first = _day_first(cells)
    for number, record in rows:
        yield (
            number,
            {
                header: (_iso(value, day_first=day_first) or value)
                if isinstance(value, str) and names.get(bare(header)) in times
                else value
                for header, value in record.items()
            },
        )


def _flat(record: Record) -> Iterator[tuple[str, Any]]:
    """Fields, and those of related records one level down: ``Contact.Email``."""
    for header, value in record.items():
        if isinstance(value, Mapping):
            yield from ((f"{header}.{inner}", each) for inner, each in value.items() if not isinstance(each, Mapping))
        else:
            yield header, value


def _is_footer(record: Record) -> bool:
    filled = [value for value in record.values() if value not in (None, "")]
    return len(filled) < 2 and len(record) > 2


def _day_first(cells: Iterable[str]) -> bool | None:
    """True, false, or ``None`` where no cell tells, or they contradict each other."""
    told = {day_first for cell in cells if (day_first := _told_by(cell.strip())) is not None}
    return told.pop() if len(told) == 1 else None


def _told_by(cell: str) -> bool | None:
    found = _LOCAL_TIME.fullmatch(cell)
    if found is None:
        return None
    if found[2] == "." or int(found[1]) > 12:
        return True
    return False if int(found[3]) > 12 else None


def _iso(text: str, *, day_first: bool | None) -> str | None:
    """A local time as ISO 8601; where nothing tells the order, a clock of twelve hours stands for month first."""
    found = _LOCAL_TIME.fullmatch(text.strip())
    if found is None:
        return None
    told = _told_by(text.strip())
    order = told if told is not None else day_first if day_first is not None else found[8] is None
    day, month = (int(found[1]), int(found[3])) if order else (int(found[3]), int(found[1]))
    hour = int(found[5] or 0)
    if found[8] is not None:
        hour = hour % 12 + (12 if found[8].lower() == "p" else 0)
    try:
        return datetime(int(found[4]), month, day, hour, int(found[6] or 0), int(found[7] or 0)).isoformat()
    except ValueError:
        return None
