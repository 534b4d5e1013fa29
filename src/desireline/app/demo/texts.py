"""Arrays to text columns, a whole column at a time: numbers, identifiers and times as exports have them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.period import DAY, SECOND, START, Integers

_HEX = np.array([f"{byte:02x}".encode() for byte in range(256)], dtype="S2").view(np.uint8).reshape(256, 2)
_FIRST_DAY = START // DAY - 40
_LAST_DAY = _FIRST_DAY + 400


def join(*parts: pa.Array | str) -> pa.Array:
    """Row-wise concatenation of columns and constants; a null in any part makes the row null."""
    return pc.binary_join_element_wise(*parts, "")


def pool(values: Sequence[str | None], index: NDArray[Any]) -> pa.Array:
    """The value at each index."""
    return pa.array(values, pa.string()).take(pa.array(index))


def constant(value: str | None, rows: int) -> pa.Array:
    """The same text in every row."""
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def choose(mask: NDArray[np.bool_], yes: pa.Array | str, no: pa.Array | str | None) -> pa.Array:
    """`yes` where the mask holds, `no` elsewhere."""
    return pc.if_else(pa.array(mask), yes, pa.scalar(None, pa.string()) if no is None else no)


def decimal(values: NDArray[Any]) -> pa.Array:
    """Whole numbers in digits."""
    return pa.array(values).cast(pa.string())


def money(amounts: NDArray[np.float64]) -> pa.Array:
    """Amounts of zero or more with two decimals."""
    pence = np.rint(amounts * 100).astype(np.int64)
    return join(decimal(pence // 100), ".", pc.utf8_lpad(decimal(pence % 100), 2, "0"))


def hexadecimal(values: NDArray[np.uint64]) -> pa.Array:
    """Sixteen hexadecimal digits for each 64-bit value."""
    return _fixed_width(_HEX[values.astype(">u8").view(np.uint8).reshape(-1, 8)].reshape(-1, 16))


def uuid(high: NDArray[np.uint64], low: NDArray[np.uint64]) -> pa.Array:
    """128 bits in the 8-4-4-4-12 spelling."""
    left, right = hexadecimal(high), hexadecimal(low)
    cut = pc.utf8_slice_codeunits
    halves = (cut(left, 0, 8), "-", cut(left, 8, 12), "-", cut(left, 12, 16), "-")
    return join(*halves, cut(right, 0, 4), "-", cut(right, 4, 16))


def quoted(column: pa.Array) -> pa.Array:
    """JSON strings of texts that need no escape; null becomes the word null."""
    return pc.coalesce(join('"', column, '"'), "null")


def clock(wall: Integers) -> pa.Array:
    """HH:MM:SS of a wall clock."""
    return _clocks().take(pa.array(wall % DAY // SECOND))


def date(wall: Integers, layout: str) -> pa.Array:
    """The day of a wall clock in a strftime layout."""
    day = np.clip(wall // DAY - _FIRST_DAY, 0, _LAST_DAY - _FIRST_DAY - 1)
    return _days(layout).take(pa.array(day))


def thousandths(wall: Integers) -> pa.Array:
    """The three digits after the second."""
    return pc.utf8_lpad(decimal(wall % SECOND), 3, "0")


@cache
def _clocks() -> pa.Array:
    hours = (f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}" for second in range(86_400))
    return pa.array(hours, pa.string())


@cache
def _days(layout: str) -> pa.Array:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return pa.array(
        [(epoch + timedelta(days=day)).strftime(layout) for day in range(_FIRST_DAY, _LAST_DAY)], pa.string()
    )


def _fixed_width(characters: NDArray[np.uint8]) -> pa.Array:
    rows, width = characters.shape
    offsets = pa.py_buffer(np.arange(rows + 1, dtype=np.int32) * np.int32(width))
    return pa.StringArray.from_buffers(rows, offsets, pa.py_buffer(np.ascontiguousarray(characters)))
