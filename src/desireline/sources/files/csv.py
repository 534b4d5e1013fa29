"""Comma-separated values, with whatever separator, quote and encoding they come."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desireline.base import InputError, phrase
from desireline.sources.files.loading import (
    LONGEST_RECORD,
    ROW,
    RawTable,
    as_pattern,
    compression_of,
    distinct_names,
    number_rows_of_file,
    open_unpacked,
    reading,
    rejected_lines,
    unpacked_path,
    unreadable_row,
    utf8_path,
    with_even_lines,
)
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection

if TYPE_CHECKING:
    import duckdb


_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 1024 * 1024
_MOST_ATTEMPTS = 30


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates its cells, what its columns are called, and how many empty lines stand before that."""

    delimiter: str
    columns: tuple[str, ...]
    empty_lines: int


class CsvFile:
    """CSV, TSV and their kin; the first row holds the names of the columns, every value is read as text."""

    name = "csv"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whatever is text; a damaged archive is not."""
        return not head.startswith(b"PK\x03\x04") and (
            b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
        )

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
            readable = self._read_evened(connection, readable, dialect, workplace)
            rejections = self._read_apart(connection, readable, dialect, workplace)
        except duckdb.Error as error:
            raise _unreadable(path, error) from error
        rejections = [replace(each, row=max(1, each.row - 1 - dialect.empty_lines)) for each in rejections]
        number_rows_of_file(connection, "raw", [each.row for each in rejections])
        ((count,),) = connection.execute("SELECT count(*) FROM raw").fetchall()
        return RawTable(
            columns=dict.fromkeys(dialect.columns, "VARCHAR"),
            rows=int(count) + len(rejections),
            rejections=tuple(rejections),
            record_sql=_record_sql(dialect.columns),
        )

    def _read_evened(
        self, connection: duckdb.DuckDBPyConnection, readable: Path, dialect: Dialect, workplace: Path
    ) -> Path:
        """Read the file, or, where the ends of its lines are mixed, a copy in which they are not; gives what was read."""
        import duckdb

        try:
            self._read(connection, readable, dialect)
        except duckdb.InvalidInputException:
            readable = with_even_lines(readable, workplace)
            self._read(connection, readable, dialect)
        return readable

    def _read_apart(
        self, connection: duckdb.DuckDBPyConnection, readable: Path, dialect: Dialect, workplace: Path
    ) -> list[Rejection]:
        """The unreadable rows; a quotation mark that is not closed must not take the rows behind it along.

        The line that opens it is replaced by one that is unreadable for itself, and the file is read again. Mixed ends
        of lines look the same to the reader, so they are made even first.
        """
        set_aside: dict[str, str] = {}
        for attempt in range(_MOST_ATTEMPTS):
            runaways = connection.execute(
                """
                SELECT DISTINCT line_byte_position FROM reject_errors
                WHERE error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM') AND contains(csv_line, chr(10))
                """
            ).fetchall()
            if not runaways:
                break
            readable = unpacked_path(readable, workplace)
            if attempt == 0 and _has_carriage_returns(readable):
                readable = with_even_lines(readable, workplace)
                self._read(connection, readable, dialect)
                continue
            target = workplace / f"apart_{attempt}"
            starts = sorted(int(start) - 1 for (start,) in runaways)  # the reader counts bytes from 1
            set_aside.update(_without_runaways(readable, target, starts, dialect, first=len(set_aside)))
            readable = self._read_evened(connection, target, dialect, workplace)
        return [_as_it_was(each, set_aside, dialect) for each in rejected_lines(connection)]

    def _read(self, connection: duckdb.DuckDBPyConnection, readable: Path, dialect: Dialect) -> None:
        for table in ("raw", "reject_errors", "reject_scans"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(
            f"""
            CREATE TABLE raw AS SELECT row_number() OVER () AS {ROW}, *
            FROM read_csv($path, columns = {_struct(dialect.columns)}, auto_detect = false, header = true,
                          skip = {dialect.empty_lines}, delim = $delimiter, quote = '"', escape = '"', comment = '',
                          compression = $compression, store_rejects = true, max_line_size = {LONGEST_RECORD},
                          null_padding = false, strict_mode = true, hive_partitioning = false)
            """,
            {
                "path": as_pattern(readable),
                "delimiter": dialect.delimiter,
                "compression": compression_of(readable) or "none",
            },
        )


def _without_runaways(
    readable: Path, target: Path, starts: list[int], dialect: Dialect, *, first: int
) -> dict[str, str]:
    """Copy the file with the lines that begin at these bytes replaced; gives what stood there, by its mark."""
    set_aside = {}
    with open_unpacked(readable) as source, target.open("wb") as file:
        done = 0
        for place, start in enumerate(starts, start=first):
            _copy(source, file, start - done)
            line = source.readline()
            done = start + len(line)
            bare = line.rstrip(b"\r\n")
            mark = f"desireline-unreadable-{place}"
            set_aside[mark] = bare.decode(errors="replace")
            too_many_cells = mark + f"{dialect.delimiter}x" * len(dialect.columns)
            file.write(too_many_cells.encode() + line[len(bare) :])
        shutil.copyfileobj(source, file, 1024 * 1024)
    return set_aside


def _has_carriage_returns(readable: Path) -> bool:
    with readable.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            if b"\r" in chunk:
                return True
    return False


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length > 0:
        chunk = source.read(min(length, 1024 * 1024))
        if not chunk:
            return
        target.write(chunk)
        length -= len(chunk)


def _as_it_was(rejection: Rejection, set_aside: dict[str, str], dialect: Dialect) -> Rejection:
    text: str = json.loads(rejection.record)["_raw"]
    original = set_aside.get(text.strip().partition(dialect.delimiter)[0])
    if original is None:
        return rejection
    return unreadable_row(rejection.row, "a quotation mark opens a cell and does not close it", original)


def _dialect(path: Path, readable: Path, options: ReadOptions) -> Dialect:
    """Separator and names of the columns, from the beginning of the file."""
    with reading(path), open_unpacked(readable) as file:
        head = file.read(_SNIFFED).decode("utf-8-sig", errors="replace")
    whole_lines = head if len(head) < _SNIFFED else head[: head.rfind("\n") + 1]
    candidates = (options.delimiter,) if options.delimiter else _DELIMITERS
    delimiter = max(candidates, key=lambda each: _agreement(whole_lines, each))
    names = _rows(whole_lines, delimiter)[0]
    if not any(name.strip() for name in names):
        raise InputError(phrase("{path}: expected the names of the columns in the first row, it is empty", path=path))
    return Dialect(delimiter, distinct_names(names), _empty_lines(head))


def _empty_lines(head: str) -> int:
    return sum(1 for _ in itertools.takewhile(lambda line: not line.strip(), head.splitlines()))


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


def _struct(names: Iterable[str]) -> str:
    from desireline.store import literal

    return "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"


def _unreadable(path: Path, error: duckdb.Error) -> InputError:
    from desireline.store.duck import plain_message

    return InputError(
        phrase("{path} cannot be read as CSV: {plain_message}", path=path, plain_message=plain_message(error)),
        hint=phrase('if the separator was not recognised, name it in the mapping: read: {{delimiter: ";"}}'),
    )


def _record_sql(names: Iterable[str]) -> str:
    from desireline.store import identifier, literal

    pairs = ", ".join(f"{literal(name)}, {identifier(name)}" for name in names)
    return f"json_object({pairs})"
