"""Files that grow block by block, in each department's format; the same rows give the same bytes."""

import gzip
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from desireline.app.demo.texts import join

_MOST_EXCEL_ROWS = 199_000


class Writer(Protocol):
    """A file under construction."""

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows."""

    def close(self) -> None:
        """Finish the file."""


class _Bytes:
    """A byte stream that packs by the file's ending: .gz, .zst, or not at all."""

    def __init__(self, path: Path) -> None:
        self._raw: IO[bytes] = path.open("wb")
        self._packed: Any = self._raw
        if path.suffix == ".gz":
            self._packed = gzip.GzipFile("", "wb", 4, self._raw, mtime=0)
        elif path.suffix == ".zst":
            self._packed = pa.CompressedOutputStream(self._raw, "zstd")

    def write(self, content: bytes | memoryview) -> None:
        self._packed.write(content)

    def close(self) -> None:
        if self._packed is not self._raw:
            self._packed.close()
        self._raw.close()


class CsvFile:
    """Delimited text; values come quoted where they must be."""

    def __init__(self, path: Path, delimiter: str = ",") -> None:
        """Open the file for writing."""
        self._bytes = _Bytes(path)
        self._delimiter = delimiter
        self._has_header = False

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows; null is an empty field."""
        if not self._has_header:
            self._bytes.write((self._delimiter.join(columns) + "\n").encode())
            self._has_header = True
        parts = [part for column in columns.values() for part in (pc.coalesce(column, ""), self._delimiter)]
        self._bytes.write(_bytes_of(join(*parts[:-1], "\n")))

    def close(self) -> None:
        """Finish the file."""
        self._bytes.close()


class JsonLinesFile:
    """One JSON object a line; columns hold JSON texts."""

    def __init__(self, path: Path) -> None:
        """Open the file for writing."""
        self._bytes = _Bytes(path)

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows."""
        self._bytes.write(_bytes_of(join(*_json_object(columns), "\n")))

    def close(self) -> None:
        """Finish the file."""
        self._bytes.close()


class JsonArrayFile:
    """One JSON document that is a list of objects; columns hold JSON texts."""

    def __init__(self, path: Path) -> None:
        """Open the file for writing."""
        self._bytes = _Bytes(path)
        self._bytes.write(b"[")
        self._is_empty = True

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows."""
        content = _bytes_of(join(",\n", *_json_object(columns)))
        self._bytes.write(content[1:] if self._is_empty else content)
        self._is_empty = self._is_empty and not len(content)

    def close(self) -> None:
        """Finish the file."""
        self._bytes.write(b"\n]\n")
        self._bytes.close()


class ParquetFile:
    """Parquet with native types, one row group for each part."""

    def __init__(self, path: Path) -> None:
        """Open the file for writing."""
        self._path = path
        self._writer: Any = None

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows."""
        table = pa.table(dict(columns))
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


class WorkbookFile:
    """An Excel workbook with one sheet; the first column holds real dates where its values are timestamps."""

    def __init__(self, path: Path, sheet: str) -> None:
        """Open the file for writing."""
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True})
        self._book.set_properties({"created": datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)})
        self._sheet = self._book.add_worksheet(sheet)
        self._dates = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self._sheet.set_column(0, 5, 20)
        self._row = 0

    def write(self, columns: Mapping[str, pa.Array]) -> None:
        """Append rows; a first column that reads YYYY-MM-DDTHH:MM:SS becomes a date, anything else text."""
        if self._row == 0:
            self._sheet.write_row(0, 0, list(columns))
        for values in zip(*(column.to_pylist() for column in columns.values()), strict=True):
            self._row += 1
            self._write_first(values[0])
            self._sheet.write_row(self._row, 1, values[1:])

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write_first(self, value: str | None) -> None:
        if value and value[:2] == "20" and len(value) == 19:
            self._sheet.write_datetime(self._row, 0, datetime.fromisoformat(value), self._dates)
        elif value:
            self._sheet.write_string(self._row, 0, value)


def excel_share(expected_rows: float) -> float:
    """Which share of rows an Excel file can take without growing past 200,000."""
    return min(1.0, _MOST_EXCEL_ROWS / max(1.0, expected_rows))


def _json_object(columns: Mapping[str, pa.Array]) -> list[pa.Array | str]:
    parts: list[pa.Array | str] = []
    for place, (name, column) in enumerate(columns.items()):
        parts += [f'{", " if place else "{"}"{name}": ', column]
    return [*parts, "}"]


def _bytes_of(rows: pa.Array) -> memoryview:
    """The texts after one another, as they already lie in memory."""
    if not len(rows):
        return memoryview(b"")
    _, offsets, content = rows.buffers()
    bounds = memoryview(offsets).cast("i")
    return memoryview(content)[bounds[rows.offset] : bounds[rows.offset + len(rows)]]
