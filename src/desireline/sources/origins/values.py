"""Values of database drivers as Arrow columns: the same value gives the same cell, whatever else stands in its column.

That matters for duplicates: a row that comes again must be the same row again. So nothing is widened for the sake of its
neighbours; a column with values of several types becomes text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow


def column_of(values: Sequence[Any]) -> pyarrow.Array:
    """Values of one column as an Arrow array.

    Decimal numbers become text with all their digits, intervals seconds, JSON and lists JSON text, times with a zone UTC.
    """
    import pyarrow as pa

    if not set(map(type, values)) <= _PLAIN:
        values = [plain(value) for value in values]
    kinds = _kinds(values)
    if not kinds:
        return pa.nulls(len(values))
    if len(kinds) == 1:
        try:
            return pa.array(values, _arrow_type(kinds.pop()))
        except (pa.ArrowInvalid, OverflowError):  # a number or a time that is too large for its type
            pass
    return pa.array([as_text(value) for value in values], pa.string())


def plain(value: Any) -> Any:
    """A value as one of the types that columns are made of."""
    if type(value) in _PLAIN:
        return value
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    return str(value)


def as_text(value: Any) -> str | None:
    """A plain value as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return (value if value.tzinfo is None else value.astimezone(dt.UTC)).isoformat(sep=" ")
    return str(value)


def _kinds(values: Sequence[Any]) -> set[str]:
    """What stands in a column; a time with a zone is another thing than one without."""
    kinds = {kind.__name__ for kind in set(map(type, values)) - {type(None)}}
    if "datetime" in kinds:
        zones = {value.tzinfo is None for value in values if isinstance(value, dt.datetime)}
        kinds = kinds - {"datetime"} | {"datetime" if without else "datetime in UTC" for without in zones}
    return kinds


def _arrow_type(kind: str) -> pyarrow.DataType:
    import pyarrow as pa

    return {
        "bool": pa.bool_(),
        "int": pa.int64(),
        "float": pa.float64(),
        "str": pa.string(),
        "datetime": pa.timestamp("us"),
        "datetime in UTC": pa.timestamp("us", "UTC"),
        "date": pa.date32(),
        "time": pa.time64("us"),
    }[kind]


def _bytes_as_text(value: bytes | bytearray | memoryview) -> str:
    content = bytes(value)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.hex()


_PLAIN = {type(None), bool, int, float, str, dt.date, dt.datetime, dt.time}
_CONVERSIONS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (Decimal, lambda value: format(value, "f")),
    (dt.timedelta, dt.timedelta.total_seconds),
    ((bytes, bytearray, memoryview), _bytes_as_text),
    ((dict, list, tuple), lambda value: json.dumps(value, default=str, ensure_ascii=False)),
    (dt.datetime, lambda value: dt.datetime.fromisoformat(value.isoformat())),
    (str, str),
    (bool, bool),
    (int, int),
    (float, float),
)
