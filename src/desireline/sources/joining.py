"""Columns of further files beside the records of a file: the dates of a campaign beside who was in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError, phrase
from desireline.sources.files import RawTable, file_kind_of
from desireline.sources.mapping import Join, Mapping
from desireline.store import connect_duckdb, identifier

if TYPE_CHECKING:
    import duckdb
    import pyarrow


def with_joined_files(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, mapping: Mapping, *, folder: Path, workplace: Path
) -> RawTable:
    """The records with the columns of the files that the mapping joins; the first row found counts.

    Raises
    ------
    InputError
        A file cannot be read, or one of the two lacks the column.
    """
    joined = raw
    for place, join in enumerate(mapping.join):
        beside = workplace / f"join_{place}"
        beside.mkdir(exist_ok=True)
        joined = _with(connection, joined, join, folder / join.file, beside, f"join_{place}")
    return joined


def _with(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, join: Join, path: Path, workplace: Path, name: str
) -> RawTable:
    rows = _all_text(path, workplace)
    if join.on not in raw.columns or join.on not in rows.column_names:
        raise InputError(
            phrase("the file and {path} must both have the column {on!r} to be joined by it", path=path, on=join.on)
        )
    on = identifier(join.on)
    fresh = [column for column in rows.column_names if column not in raw.columns]
    picked = "".join(f", {name}.{identifier(column)}" for column in fresh)
    connection.register(f"{name}_rows", rows)
    connection.execute(f"CREATE TABLE {name} AS SELECT DISTINCT ON ({on}) * FROM {name}_rows")
    connection.execute(
        f"""
        CREATE VIEW with_{name} AS SELECT {raw.relation}.*{picked} FROM {raw.relation}
        LEFT JOIN {name} ON CAST({raw.relation}.{on} AS VARCHAR) = {name}.{on}
        """
    )
    return replace(
        raw,
        columns={**raw.columns, **dict.fromkeys(fresh, "VARCHAR")},
        relation=f"with_{name}",
        joined=raw.joined | set(fresh),
    )


def _all_text(path: Path, workplace: Path) -> pyarrow.Table:
    from desireline.sources.mapping import ReadOptions

    with connect_duckdb() as connection:
        raw = file_kind_of(path).load(connection, path, options=ReadOptions(), columns=(), workplace=workplace)
        listed = ", ".join(f"CAST({identifier(name)} AS VARCHAR) AS {identifier(name)}" for name in raw.columns)
        return connection.cursor().sql(f"SELECT {listed} FROM {raw.relation}").to_arrow_table()
