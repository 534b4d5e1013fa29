"""The largest value of a column that was seen: what the next import begins at."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from desireline.base import InputError

MarkKind = Literal["time", "date", "number", "text"]


@dataclass(frozen=True, slots=True)
class MarkValue:
    """A value of a mark, as it is kept.

    Attributes
    ----------
    text
        Times and dates in ISO 8601; a time with a zone is in UTC.
    """

    kind: MarkKind
    text: str

    def value(self) -> Any:
        """The value that is compared with: a time, a date, a whole number, a decimal number, or a text."""
        if self.kind == "time":
            return dt.datetime.fromisoformat(self.text)
        if self.kind == "date":
            return dt.date.fromisoformat(self.text)
        if self.kind == "number":
            return int(self.text) if re.fullmatch(r"-?\d+", self.text) else Decimal(self.text)
        return self.text

    def earlier_by(self, overlap: dt.timedelta, *, column: str) -> MarkValue:
        """The value that much earlier; days count whole for a date.

        Raises
        ------
        InputError
            The mark is neither a time nor a date.
        """
        if self.kind not in ("time", "date"):
            raise InputError(
                f"expected times or dates in the mark {column!r} for an overlap, it has {self.kind}s",
                hint="in SQLite a time is a text: overlap needs a column of the type time or date",
            )
        if self.kind == "date":
            overlap = dt.timedelta(days=math.ceil(overlap / dt.timedelta(days=1)))
        try:
            return MarkValue(self.kind, (self.value() - overlap).isoformat())
        except OverflowError:
            return self


def mark_value(value: object, *, column: str) -> MarkValue | None:
    """A value that came out of a column; ``None`` for NULL and for numbers that are none.

    Raises
    ------
    InputError
        It has no order that a mark could follow.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return MarkValue("time", (value if value.tzinfo is None else value.astimezone(dt.UTC)).isoformat())
    if isinstance(value, dt.date):
        return MarkValue("date", value.isoformat())
    if isinstance(value, str):
        return MarkValue("text", value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return MarkValue("number", str(value)) if math.isfinite(value) else None
    raise InputError(f"expected times, dates, numbers or texts in the mark {column!r}, got {type(value).__name__}")


def larger(one: MarkValue | None, other: MarkValue | None, *, column: str) -> MarkValue | None:
    """The larger of two values of one column.

    Raises
    ------
    InputError
        They cannot be compared.
    """
    if one is None or other is None:
        return other if one is None else one
    try:
        comes_later = one.kind == other.kind and other.value() > one.value()
    except TypeError:
        comes_later = None
    if one.kind != other.kind or comes_later is None:
        raise InputError(
            f"expected one type of values in the mark {column!r}, got {_described(one)} and {_described(other)}",
            hint="if the column has another type now, --all reads everything and begins a new mark",
        )
    return other if comes_later else one


def largest(values: list[Any], *, column: str) -> MarkValue | None:
    """The largest of the values of a column."""
    found = None
    try:
        candidates = [max(value for value in values if value is not None and value == value)]  # NaN is not itself
    except ValueError:
        return None
    except TypeError:
        candidates = values
    for value in candidates:
        found = larger(found, mark_value(value, column=column), column=column)
    return found


def _described(value: MarkValue) -> str:
    return f"{value.kind} {value.text!r}"
