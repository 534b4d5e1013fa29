from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from desireline.base import InputError, SilentProgress
from desireline.sources.origins.database import verbatim
from desireline.sources.origins.mark import MarkValue, larger, largest, mark_value
from desireline.sources.origins.model import Mark, Piece
from desireline.sources.origins.staged import stage_rows
from desireline.sources.origins.values import column_of

MOMENT = dt.datetime(2026, 3, 2, 9, 30, 0, 123456)
NEW_YORK = dt.timezone(dt.timedelta(hours=-5))
COLUMNS: dict[str, tuple[list[Any], pa.DataType, list[Any]]] = {
    "whole numbers": ([1, None], pa.int64(), [1, None]),
    "numbers too large": ([2**70, 1], pa.string(), [str(2**70), "1"]),
    "decimal numbers keep their digits": ([Decimal("1.50"), Decimal("1E+3")], pa.string(), ["1.50", "1000"]),
    "whole and broken numbers": ([1, 2.5], pa.string(), ["1", "2.5"]),
    "truth": ([True, False], pa.bool_(), [True, False]),
    "truth and text": ([True, "x"], pa.string(), ["true", "x"]),
    "times": ([MOMENT], pa.timestamp("us"), [MOMENT]),
    "times with a zone": ([MOMENT.replace(tzinfo=NEW_YORK)], pa.timestamp("us", "UTC"), [MOMENT.replace(hour=14, tzinfo=dt.UTC)]),
    "times with and without": ([MOMENT, MOMENT.replace(tzinfo=NEW_YORK)], pa.string(),
                               ["2026-03-02 09:30:00.123456", "2026-03-02 14:30:00.123456+00:00"]),
    "dates": ([dt.date(2026, 3, 2)], pa.date32(), [dt.date(2026, 3, 2)]),
    "intervals are seconds": ([dt.timedelta(minutes=2)], pa.float64(), [120.0]),
    "documents": ([{"a": "ü"}, [1]], pa.string(), ['{"a": "ü"}', "[1]"]),
    "bytes": ([b"abc", memoryview(b"\xff")], pa.string(), ["abc", "ff"]),
    "something else": ([uuid.UUID(int=1)], pa.string(), ["00000000-0000-0000-0000-000000000001"]),
    "nothing": ([None, None], pa.null(), [None, None]),
}  # fmt: skip


@pytest.mark.parametrize("case", COLUMNS)
def test_values_of_a_driver_become_a_column(case: str) -> None:
    values, kind, expected = COLUMNS[case]
    column = column_of(values)
    assert (column.type, column.to_pylist()) == (kind, expected)


def staged(tmp_path: Path, *columns: list[Any]) -> pa.Table:
    pieces = [Piece(pa.record_batch([column_of(values)], names=["a"])) for values in columns]
    target = tmp_path / "rows.parquet"
    stage_rows(pieces, target, label="rows", mark=None, progress=SilentProgress())
    assert list(tmp_path.iterdir()) == [target]
    return pq.read_table(target)


@pytest.mark.parametrize(
    ("columns", "kind", "expected"),
    [
        pytest.param([[1], [None], [2]], pa.int64(), [1, None, 2], id="a batch without values"),
        pytest.param([[None], [1]], pa.int64(), [None, 1], id="the first batch without values"),
        pytest.param([[None], [None]], pa.string(), [None, None], id="no values at all"),
        pytest.param([[1], ["x"], [2.0]], pa.string(), ["1", "x", "2.0"], id="types that change"),
    ],
)
def test_batches_of_several_types_are_one_file(
    tmp_path: Path, columns: list[list[Any]], kind: pa.DataType, expected: list[Any]
) -> None:
    table = staged(tmp_path, *columns)
    assert (table.schema.field("a").type, table["a"].to_pylist()) == (kind, expected)


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5), st.floats(-5, 5), st.text(max_size=3)), min_size=1))
def test_a_value_is_the_same_cell_whatever_stands_beside_it(values: list[Any]) -> None:
    together = column_of(values).to_pylist()
    alone = [column_of([value]).to_pylist()[0] for value in values]
    assert [None if value is None else str(value) for value in together] == [
        None if value is None else str(value) for value in alone
    ]


MARKS = {
    "times": ([MOMENT, None, MOMENT + dt.timedelta(1)], MarkValue("time", "2026-03-03T09:30:00.123456")),
    "times with a zone": ([MOMENT.replace(tzinfo=NEW_YORK)], MarkValue("time", "2026-03-02T14:30:00.123456+00:00")),
    "dates": ([dt.date(2026, 3, 2), dt.date(2025, 1, 1)], MarkValue("date", "2026-03-02")),
    "numbers": ([9, 10], MarkValue("number", "10")),
    "decimal numbers": ([Decimal("9.5"), Decimal("10.25")], MarkValue("number", "10.25")),
    "texts": (["9", "10"], MarkValue("text", "9")),
    "no number": ([float("nan"), 2.5], MarkValue("number", "2.5")),
    "nothing": ([None], None),
}


@pytest.mark.parametrize("case", MARKS)
def test_the_largest_value_is_the_mark(case: str) -> None:
    values, expected = MARKS[case]
    assert largest(values, column="at") == expected


@given(
    st.one_of(st.datetimes(), st.dates(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text())
)
def test_a_mark_is_read_as_it_was_written(value: object) -> None:
    kept = mark_value(value, column="at")
    assert kept is not None
    assert kept.value() == value or float(kept.value()) == value


@pytest.mark.parametrize(
    "values", [[1, "x"], [MOMENT, MOMENT.replace(tzinfo=dt.UTC)], [MOMENT, 1], [True], [b"x"]], ids=str
)
def test_a_mark_must_have_an_order(values: list[Any]) -> None:
    with pytest.raises(InputError, match="in the mark 'at'"):
        larger(None, largest(values, column="at"), column="at")


def test_a_mark_is_compared_over_batches(tmp_path: Path) -> None:
    pieces = [Piece(pa.record_batch([[number]], names=["a"]), mark_value(number, column="a")) for number in (9, 10, 3)]
    rows = stage_rows(pieces, tmp_path / "a.parquet", label="a", mark=Mark("a"), progress=SilentProgress())
    assert (rows.rows, rows.highest) == (3, MarkValue("number", "10"))


@given(st.text(alphabet="a1:\\' _$%\n", max_size=20))
def test_sql_reaches_the_database_as_it_was_written(sql: str) -> None:
    compiled = sa.text(verbatim(sql)).compile(dialect=sqlite.dialect())
    assert (str(compiled), compiled.params) == (sql, {})
