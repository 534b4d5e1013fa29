from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.store import ask_duckdb, connect_duckdb, identifier, literal
from desireline.store.duck import plain_message

without_nul = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@given(value=st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | without_nul)
def test_a_constant_comes_back_as_it_was(connection: duckdb.DuckDBPyConnection, value: str | int | bool | None) -> None:
    assert connection.execute(f"SELECT {literal(value)}").fetchone() == (value,)


@given(name=without_nul.filter(bool))
def test_a_column_may_be_called_anything(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    assert connection.execute(f"SELECT 1 AS {identifier(name)}").description[0][0] == name


@pytest.mark.parametrize("connect", [connect_duckdb, ask_duckdb])
def test_times_are_utc_and_nothing_comes_from_the_network(connect: Callable[[], duckdb.DuckDBPyConnection]) -> None:
    names = ["TimeZone", "autoinstall_known_extensions", "autoload_known_extensions"]
    with connect() as connection:
        values = [connection.execute("SELECT current_setting(?)", [name]).fetchone() for name in names]
    assert values == [("UTC",), (False,), (False,)]


def test_short_questions_share_no_temporary_tables_and_keep_none() -> None:
    with ask_duckdb() as first, ask_duckdb() as second:
        first.execute("CREATE TEMP TABLE found AS SELECT 1 AS number")
        with pytest.raises(duckdb.CatalogException):
            second.execute("SELECT * FROM found")
    with ask_duckdb() as third, pytest.raises(duckdb.CatalogException):
        third.execute("SELECT * FROM found")


def test_work_on_a_file_spills_where_it_is_told(tmp_path: Path) -> None:
    with connect_duckdb(tmp_path / "work.duckdb", memory_limit="100MB", spill=tmp_path / "it's spilt") as connection:
        assert connection.execute("SELECT current_setting('temp_directory')").fetchone() == (
            str(tmp_path / "it's spilt"),
        )


def test_an_error_is_one_plain_line() -> None:
    with connect_duckdb() as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute("SELECT CAST('x' AS INTEGER)")
    assert "\n" not in plain_message(raised.value)
    assert plain_message(raised.value).startswith("Could not convert string")
