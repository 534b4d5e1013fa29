"""What the columns of a file look like: how full they are, what stands in them, and whether it reads as times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desireline.store import identifier

if TYPE_CHECKING:
    import duckdb

SAMPLE = 20_000
_MOST = 0.9
_EARLIEST_EPOCH = 315_532_800  # 1980
_LATEST_EPOCH = 4_102_444_800  # 2100
_EPOCH_WORDS = {"ts", "time", "timestamp", "at", "epoch", "date", "created", "occurred"}
_FORMATS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%m-%d-%Y %H:%M:%S",
    "%m-%d-%Y %H:%M",
    "%m-%d-%Y",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%b %d, %Y %H:%M",
    "%b %d, %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d",
    "%a, %d %b %Y %H:%M:%S %z",
)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """How a column reads as times: as they stand (ISO 8601 or a type of its own), by a format, or as a number.

    Attributes
    ----------
    ambiguous
        Whether day and month could as well be the other way round.
    fitting
        How many values read so; 0 where that was not counted.
    """

    format: str | None = None
    unit: str | None = None
    ambiguous: bool = False
    fitting: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """What a column looks like in the sample.

    Attributes
    ----------
    filled, distinct
        How many rows have a value, and how many different ones.
    examples
        Values, the most frequent first.
    numeric
        Share of the values that are numbers.
    decimal_comma
        Whether they are numbers only with a decimal comma.
    times, nearest
        How it reads as times; ``None`` where it does not. Then how some of its values do.
    words
        The words of its name.
    """

    name: str
    kind: str
    filled: int
    distinct: int
    examples: Sequence[str]
    numeric: float = 0.0
    decimal_comma: bool = False
    times: TimeReading | None = None
    nearest: TimeReading | None = None
    words: frozenset[str] = field(default_factory=frozenset)


def look_at(connection: duckdb.DuckDBPyConnection, sample: str, name: str, kind: str) -> Column:
    """Look at one column of the relation ``sample``."""
    values = f"(SELECT nullif(trim(CAST({identifier(name)} AS VARCHAR)), '') AS v FROM {sample})"
    ((filled, distinct, numbers, commas),) = connection.execute(
        f"""
        SELECT count(v), count(DISTINCT v), count(TRY_CAST(v AS DOUBLE)),
               count(*) FILTER (regexp_full_match(v, '[+-]?[0-9.]*,[0-9]+|[+-]?[0-9]+'))
        FROM {values}
        """
    ).fetchall()
    examples = connection.execute(
        f"SELECT v FROM {values} WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT 200"
    ).fetchall()
    texts = [text for (text,) in examples]
    numeric = numbers / filled if filled else 0.0
    decimal_comma = numeric <= _MOST and filled > 0 and commas > _MOST * filled
    words = words_of(name)
    reading = _time_reading(connection, values, kind, filled, numeric, texts, words) if filled else None
    some = reading is not None and 0 < reading.fitting < _MOST * filled
    return Column(
        name,
        kind,
        filled,
        distinct,
        texts,
        numeric=1.0 if decimal_comma else numeric,
        decimal_comma=decimal_comma,
        times=None if some else reading,
        nearest=reading if some else None,
        words=words,
    )


def words_of(name: str) -> frozenset[str]:
    """The words of a name, in small letters: ``CreatedAt`` has *created* and *at*."""
    return frozenset(word for word in re.split(r"[^a-z0-9]+", _apart(name)) if word)


def plain_name(name: str) -> str:
    """A name in small letters with ``_`` between its words."""
    return re.sub(r"[^a-z0-9:]+", "_", _apart(name)).strip("_")


def is_mostly(column: Column, pattern: str, *, share: float = 0.8) -> bool:
    """Whether most of the values look like this."""
    fitting = sum(re.fullmatch(pattern, text) is not None for text in column.examples)
    return bool(column.examples) and fitting >= share * len(column.examples)


def _apart(name: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


def _time_reading(
    connection: duckdb.DuckDBPyConnection,
    values: str,
    kind: str,
    filled: int,
    numeric: float,
    examples: Sequence[str],
    words: frozenset[str],
) -> TimeReading | None:
    """How most of the values read as times, or as many as do."""
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return TimeReading()
    if numeric > 0.95:
        return _epoch_reading(examples) if words & _EPOCH_WORDS else None
    iso = f"SELECT count(TRY_CAST(v AS TIMESTAMP)) FROM {values} WHERE regexp_matches(v, '^[0-9]{{4}}-[0-9]')"
    ((fitting,),) = connection.execute(iso).fetchall()
    if fitting >= _MOST * filled:
        return TimeReading()
    if fitting >= _MOST * filled:
        return TimeReading(fitting=fitting)
    attempts = ", ".join(f"count(try_strptime(v, '{each}'))" for each in _FORMATS)
    (counted,) = connection.execute(f"SELECT {attempts} FROM {values}").fetchall()
    counts = dict(zip(_FORMATS, counted, strict=True))
    best = max(counts, key=lambda each: (counts[each], -_FORMATS.index(each)))
    if fitting >= counts[best]:
        return TimeReading(fitting=fitting) if fitting else None
    return TimeReading(format=best, ambiguous=_is_ambiguous(best, counts), fitting=counts[best])


def _epoch_reading(examples: Sequence[str]) -> TimeReading | None:
    numbers = sorted(number for number in map(_number, examples) if number is not None)
    if not numbers:
        return None
    middle = numbers[len(numbers) // 2]
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        if _EARLIEST_EPOCH * factor <= middle <= _LATEST_EPOCH * factor:
            return TimeReading(unit=unit)
    return None


def other_order(pattern: str) -> str:
    """The pattern with day and month the other way round.

    >>> other_order("%d/%m/%Y %H:%M")
    '%m/%d/%Y %H:%M'
    """
    return pattern.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m")


def _is_ambiguous(best: str, counts: dict[str, int]) -> bool:
    swapped = other_order(best)
    return swapped != best and counts.get(swapped, 0) == counts[best]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
