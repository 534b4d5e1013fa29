"""Comma-separated values, with whatever separator, quote and encoding they come."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError
from desireline.sources.files.loading import (
    LONGEST_RECORD,
    ROW,
    RawTable,
    compression_of,
    open_unpacked,
    rejected_lines,
    utf8_path,
    with_even_lines,
)
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection

if TYPE_CHECKING:
    import duckdb


_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates its cells, and what its columns are called."""

    delimiter: str
    columns: tuple[str, ...]


class CsvFile:
    """CSV, TSV and their kin; the first row holds the names of the columns, every value is read as text."""

    name = "csv"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whatever is text."""
        return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw``; rows with too many or too few cells are rejections."""
        import duckdb

        readable = utf8_path(path, encoding=options.encoding, workplace=workplace)
        dialect = _dialect(path, readable, options)
        try:
            self._read(connection, readable, dialect)
        except duckdb.InvalidInputException:  # ends of lines are mixed
            connection.execute("DROP TABLE IF EXISTS raw")
            self._read_evened(connection, path, with_even_lines(readable, workplace), dialect)
        except duckdb.Error as error:
            raise _unreadable(path, error) from error
        rejections = [replace(each, row=max(1, each.row - 1)) for each in rejected_lines(connection)]
        _number_rows_of_file(connection, rejections)
        count = connection.execute("SELECT count(*) FROM raw").fetchone()
        assert count is not None
        return RawTable(
            columns=dict.fromkeys(dialect.columns, "VARCHAR"),
            rows=int(count[0]) + len(rejections),
            rejections=tuple(rejections),
            record_sql=_record_sql(dialect.columns),
        )

    def _read_evened(self, connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, dialect: Dialect) -> None:
        import duckdb

        try:
            self._read(connection, readable, dialect)
        except duckdb.Error as error:
            raise _unreadable(path, error) from error

    def _read(self, connection: duckdb.DuckDBPyConnection, readable: Path, dialect: Dialect) -> None:
        connection.execute(
            f"""
            CREATE TABLE raw AS SELECT row_number() OVER () AS {ROW}, *
            FROM read_csv($path, columns = {_struct(dialect.columns)}, auto_detect = false, header = true,
                          delim = $delimiter, quote = '"', escape = '"', comment = '', compression = $compression,
                          store_rejects = true, max_line_size = {LONGEST_RECORD}, null_padding = false,
                          strict_mode = true)
            """,
            {
                "path": str(readable),
                "delimiter": dialect.delimiter,
                "compression": compression_of(readable) or "none",
            },
        )


def _dialect(path: Path, readable: Path, options: ReadOptions) -> Dialect:
    """Separator and names of the columns, from the beginning of the file."""
    with open_unpacked(readable) as file:
        head = file.read(_SNIFFED).decode("utf-8-sig", errors="replace")
    whole_lines = head if len(head) < _SNIFFED else head[: head.rfind("\n") + 1]
    candidates = (options.delimiter,) if options.delimiter else _DELIMITERS
    delimiter = max(candidates, key=lambda each: _agreement(whole_lines, each))
    names = _rows(whole_lines, delimiter)[0]
    if not any(name.strip() for name in names):
        raise InputError(f"{path}: expected the names of the columns in the first row, it is empty")
    return Dialect(delimiter, _distinct(names))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as the header, weighed by the number of cells."""
    rows = _rows(text, delimiter)
    width = len(rows[0])
    return (sum(len(row) == width for row in rows) * (width > 1), width)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in itertools.islice(reader, 100):
            rows.append(row)
    except csv.Error:
        pass
    return [row for row in rows if row] or [[""]]


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Every column gets a name of its own: empty ones their place, repeated ones a number."""
    found: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        plain = name.strip() or f"column_{place}"
        candidate, count = plain, 1
        while candidate in found:
            count += 1
            candidate = f"{plain}_{count}"
        found[candidate] = None
    return tuple(found)


def _struct(names: Iterable[str]) -> str:
    from desireline.store import literal

    return "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"


def _unreadable(path: Path, error: duckdb.Error) -> InputError:
    from desireline.store.duck import plain_message

    return InputError(
        f"{path} cannot be read as CSV: {plain_message(error)}",
        hint='if the separator was not recognised, name it in the mapping: read: {delimiter: ";"}',
    )


def _number_rows_of_file(connection: duckdb.DuckDBPyConnection, rejections: list[Rejection]) -> None:
    """The reader numbers only the rows it could take; shift the numbers behind every unreadable row."""
    if not rejections:
        return
    ordered = sorted(rejection.row for rejection in rejections)
    bounds = [row - place for place, row in enumerate(ordered)]
    connection.execute(
        "CREATE TEMP TABLE unreadable_before AS SELECT unnest($rows::BIGINT[]) AS bound", {"rows": bounds}
    )
    connection.execute(
        f"""
        UPDATE raw SET {ROW} = raw.{ROW} + shifts.shift
        FROM (SELECT r.{ROW} AS row, count(*) AS shift FROM raw r JOIN unreadable_before b ON r.{ROW} >= b.bound
              GROUP BY r.{ROW}) shifts
        WHERE raw.{ROW} = shifts.row
        """
    )


def _record_sql(names: Iterable[str]) -> str:
    from desireline.store import identifier, literal

    pairs = ", ".join(f"{literal(name)}, {identifier(name)}" for name in names)
    return f"json_object({pairs})"
