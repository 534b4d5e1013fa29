"""Rows of an answer as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a well-known spreadsheet does not read UTF-8."""


def csv_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A table in UTF-8: a column for each key of the rows, in the order in which they come.

    Lists are written with arrows between their entries, what has no value is empty. A text that a spreadsheet would take for a
    formula begins with an apostrophe.

    >>> csv_of([{"path": ["Visit", "Call"], "customers": 3}]).decode("utf-8-sig").splitlines()
    ['path,customers', 'Visit → Call,3']
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return _guarded(_text(value))


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return " → ".join(_text(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_text(each)}" for key, each in value.items())
    return "" if value is None else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
