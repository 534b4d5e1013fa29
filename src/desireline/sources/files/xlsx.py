"""Excel workbooks."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import InputError, closest_names, phrase
from desireline.sources.files.limits import check_workbook
from desireline.sources.files.loading import RawTable, distinct_names, load_records, unpacked_path
from desireline.sources.mapping import ReadOptions

if TYPE_CHECKING:
    import duckdb


_OLD_OR_PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1")


class XlsxFile:
    """One sheet of a workbook (the first unless the mapping names another); its first filled row holds the names."""

    name = "xlsx"

    def recognises(self, path: Path, head: bytes) -> bool:
        """A zip archive with a workbook in it, or the container of old and of protected workbooks."""
        if head.startswith(_OLD_OR_PROTECTED):
            return True
        return head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"[Content_Types].xml" in head)

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw``; times become ISO 8601, numbers without decimals stay without."""
        rows = self._rows(path, unpacked_path(path, workplace), options.sheet)
        header = next((row for row in rows if any(_text(cell) for cell in row)), None)
        if header is None:
            raise InputError(phrase("{path}: the sheet is empty", path=path))
        names = distinct_names(_text(cell) or "" for cell in header)
        return load_records(connection, _records(names, rows), columns=names, workplace=workplace)

    def _rows(self, path: Path, readable: Path, sheet: str | None) -> Iterator[list[Any]]:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        with readable.open("rb") as file:
            if file.read(8) == _OLD_OR_PROTECTED:
                raise InputError(
                    phrase("{path} is an old workbook (.xls) or protected by a password", path=path),
                    hint=phrase("save it as .xlsx without a password"),
                )
        check_workbook(path, _unpacked_bytes(readable))
        try:
            workbook = CalamineWorkbook.from_path(str(readable))
            names = workbook.sheet_names
            if not names:
                raise InputError(phrase("{path} has no sheet", path=path))
            if sheet is not None and sheet not in names:
                close = closest_names(sheet, names, count=1)
                raise InputError(
                    phrase("{path} has no sheet {sheet!r}", path=path, sheet=sheet),
                    hint=phrase("did you mean {close}?", close=close[0])
                    if close
                    else phrase("sheets: {names}", names=", ".join(names)),
                )
            return iter(workbook.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=True))
        except PasswordError as error:
            raise InputError(
                phrase("{path} is protected by a password", path=path), hint=phrase("save it without one")
            ) from error
        except CalamineError as error:
            raise InputError(
                phrase("{path} cannot be read as a workbook: {error}", path=path, error=error),
                hint=phrase("the file may be cut off or damaged"),
            ) from error


def _unpacked_bytes(path: Path) -> int:
    """What all parts of a workbook unpack to; 0 where it is no archive, which is told when it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _records(names: Sequence[str], rows: Iterator[list[Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        values = [_text(cell) for cell in row]
        if any(values):
            yield dict(zip(names, values, strict=False))


def _text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.timedelta):
        return str(cell.total_seconds())
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)
