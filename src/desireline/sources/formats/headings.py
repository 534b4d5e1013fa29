"""Columns by their usual names: tables without fixed field names call one thing by many names, in any order.

This module is no format; formats for lists that people make by hand read through it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.model import Record, UnusableRecord
from desireline.sources.formats.reading import text_at, time_at

_HEADER_ROWS = "_header_rows"
_DAY_TIMES = (
    "%Y-%m-%d %H:%M:%S UTC",
    "%Y-%m-%d %H:%M:%S %z",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
)


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """The usual names of some fields.

    Attributes
    ----------
    names
        By field, the names its column may have, the best first, as :func:`plain` gives them.
    """

    names: Mapping[str, tuple[str, ...]]

    def columns(self, record: Record) -> Mapping[str, str]:
        """For every field the column that holds it, as the file writes it; its own name where there is none.

        >>> Headings({"score": ("score", "rating")}).columns({"Star": "x", "Rating": "4"})
        {'score': 'Rating'}
        """
        found = _found(self, tuple(record))
        return {field: found.get(field, field) for field in self.names}

    def found(self, columns: Iterable[str]) -> Mapping[str, str]:
        """The fields that have a column, with its name."""
        return _found(self, tuple(sorted(columns)))


IDENTITY = Headings(
    {
        "customer": ("customerid", "customernumber", "customerno", "custid", "customercustomid", "customer"),
        "account": ("accountid", "accountnumber", "accountno", "contractid", "contractnumber"),
        "user": ("userid", "memberid", "externaluserid"),
        "email": (
            "email",
            "emailaddress",
            "customeremail",
            "useremail",
            "personemail",
            "recipientemail",
            "revieweremail",
        ),
        "phone": (
            "phone",
            "phonenumber",
            "mobile",
            "mobilenumber",
            "telephone",
            "customerphone",
            "personphone",
            "msisdn",
        ),
        "loyalty": ("loyaltyid", "loyaltynumber", "loyaltycard"),
        "order": ("orderid", "ordernumber", "orderno"),
    }
)
"""Columns that point at a customer, by type of identifier."""


def plain(heading: str) -> str:
    """A heading without capitals, blanks and signs.

    >>> plain("Star_Rating (1-5)")
    'starrating15'
    """
    return re.sub(r"[\W_]", "", heading.casefold())


def identifiers_in(record: Record) -> dict[str, str]:
    """The identifiers in columns with usual names."""
    found = {each: text_at(record, column) for each, column in _found(IDENTITY, tuple(record)).items()}
    return {each: value for each, value in found.items() if value}


def cell_at(record: Record, column: str) -> str | None:
    """A text by the whole name of its column, which may have dots in it, as questions do."""
    value = record.get(column)
    if isinstance(value, str):
        return value.strip() or None
    return text_at({"cell": value}, "cell")


def written_time_at(record: Record, column: str) -> datetime | None:
    """A time in ISO 8601 or in another way to write it whose order of day and month is certain; in UTC without a zone.

    Raises
    ------
    UnusableRecord
        The text cannot be read as a time; days with slashes cannot, their order is not known.
    """
    try:
        return time_at(record, column)
    except UnusableRecord:
        return time_at(record, column, formats=_DAY_TIMES)


def with_header_rows(record: Record, said: str) -> Record:
    """A record that carries along what the header rows above it said, as JSON, so that it can also be read by itself.

    It is a text because records that wait in quarantine are exported as tables and come back from them.
    """
    return {**record, _HEADER_ROWS: said}


def header_rows_of(record: Record) -> Mapping[str, Any]:
    """What :func:`with_header_rows` put into the record; empty where it did not.

    Raises
    ------
    UnusableRecord
        It was changed on its way and is no JSON object any more.
    """
    said = record.get(_HEADER_ROWS)
    return _read_header_rows(said) if isinstance(said, str) and said else {}


@lru_cache(maxsize=64)
def _read_header_rows(said: str) -> Mapping[str, Any]:
    try:
        rows = json.loads(said)
    except ValueError:
        rows = None
    if not isinstance(rows, dict):
        raise UnusableRecord(
            _HEADER_ROWS, phrase("expected the header rows as a JSON object: leave this field as it came")
        )
    return rows


def digest(*parts: str | None) -> str:
    """An id for a record that has none: the same for the same content, and no e-mail address can be read from it."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:20]


@lru_cache(maxsize=1024)
def _found(headings: Headings, columns: tuple[str, ...]) -> dict[str, str]:
    # A name with a dot would be taken for a path.
    by_plain = {plain(column): column for column in reversed(columns) if "." not in column}
    found = {}
    for field, names in headings.names.items():
        name = next((each for each in names if each in by_plain), None)
        if name is not None:
            found[field] = by_plain[name]
    return found
