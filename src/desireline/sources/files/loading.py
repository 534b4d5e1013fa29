"""What all kinds of files share: recognising, unpacking, encodings, and the table of raw records."""

from __future__ import annotations

import codecs
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from desireline.base import InputError
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection

if TYPE_CHECKING:
    import duckdb

ROW = "_desireline_row"
DOCUMENT = "_desireline_document"
LONGEST_RECORD = 16 * 1024 * 1024
_LONGEST_KEPT = 1_000_000
_HEAD = 64 * 1024
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class RawTable:
    """The records of a file as the relation ``raw`` of a DuckDB connection.

    Attributes
    ----------
    columns
        DuckDB type by column; the number of the record is in the further column ``ROW``.
    rows
        How many records there are, with those that are unreadable.
    rejections
        Records that are unreadable as such.
    record_sql
        An expression that gives a record of ``raw`` as JSON text.
    documents
        Whether records are JSON documents, kept in the column ``DOCUMENT`` as they came.
    relation
        Its name, where it is not ``raw``.
    joined
        Columns that come from another file.
    """

    columns: dict[str, str]
    rows: int
    rejections: tuple[Rejection, ...]
    record_sql: str
    documents: bool = False
    relation: str = "raw"
    joined: frozenset[str] = frozenset()


class FileKind(Protocol):
    """One kind of file."""

    name: str

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file is of this kind; ``head`` is its beginning, unpacked."""

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make the relation ``raw``.

        Parameters
        ----------
        columns
            Columns that the mapping reads; a kind without a fixed list of columns looks for these too.
        workplace
            A folder for temporary files.

        Raises
        ------
        InputError
            The file cannot be read as this kind at all.
        """


def read_head(path: Path) -> bytes:
    """The beginning of a file, unpacked.

    Raises
    ------
    InputError
        There is no such file, it is empty, or it cannot be read.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder, expected a file")
    try:
        with open_unpacked(path) as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise InputError(f"there is no file {path}") from None
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint=_damage_hint(path)) from error
    if not head.strip():
        raise InputError(f"{path} is empty")
    return head


def compression_of(path: Path) -> str | None:
    """``gzip``, ``zstd`` or ``None``, by what the file begins with."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in _MAGIC.items() if start.startswith(magic)), None)


def open_unpacked(path: Path) -> BinaryIO:
    """A stream of the file's content, unpacked where it is packed."""
    import pyarrow as pa

    compression = compression_of(path)
    if compression is None:
        return path.open("rb")
    return pa.CompressedInputStream(pa.OSFile(str(path)), compression)  # type: ignore[no-any-return]


def unpacked_path(path: Path, workplace: Path) -> Path:
    """The file itself, or an unpacked copy of it, for libraries that need a real file.

    Raises
    ------
    InputError
        The packed file is damaged.
    """
    if compression_of(path) is None:
        return path
    target = workplace / "unpacked"
    try:
        with open_unpacked(path) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1024 * 1024)
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be unpacked: {error}", hint=_damage_hint(path)) from error
    return target


def utf8_path(path: Path, *, encoding: str | None, workplace: Path) -> Path:
    """The file itself where it is UTF-8, else a copy in UTF-8.

    Without a named encoding: a byte order mark says it, else text that is no UTF-8 is taken for Windows-1252, the usual
    encoding of older exports.

    Raises
    ------
    InputError
        The file is not in the encoding that the mapping names.
    """
    found = encoding or _guess_encoding(read_head(path))
    if codecs.lookup(found).name in ("utf-8", "utf-8-sig"):
        return path
    target = workplace / "utf8"
    decoder = codecs.getincrementaldecoder(found)()
    try:
        with open_unpacked(path) as source, target.open("wb") as file:
            while chunk := source.read(1024 * 1024):
                file.write(decoder.decode(chunk).encode())
            file.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not in the encoding {found}: {error.reason} at byte {error.start}",
            hint="name the encoding in the mapping: read: {encoding: utf-8}",
        ) from error
    return target


def with_even_lines(path: Path, workplace: Path) -> Path:
    """A copy in which every line ends with a line feed."""
    target = workplace / "even"
    with open_unpacked(path) as source, target.open("wb") as file:
        held = b""
        while chunk := source.read(1024 * 1024):
            chunk = held + chunk
            held = b"\r" if chunk.endswith(b"\r") else b""
            file.write(chunk[: len(chunk) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        file.write(b"\n" if held else b"")
    return target


def load_records(
    connection: duckdb.DuckDBPyConnection,
    records: Iterable[dict[str, Any]],
    *,
    columns: Sequence[str] | None,
    workplace: Path,
) -> RawTable:
    """Make ``raw`` out of records that Python has read; used where no library reads the file into columns."""
    target = workplace / "records.jsonl"
    names: dict[str, None] = dict.fromkeys(columns or ())
    with target.open("w", encoding="utf-8") as file:
        for record in records:
            if columns is None:
                names.update(dict.fromkeys(record))
            file.write(json.dumps(record, ensure_ascii=False))
            file.write("\n")
    load_json_lines(connection, target)
    return raw_from_json(connection, {name: f"$.{json.dumps(name, ensure_ascii=False)}" for name in names})


def load_json_lines(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Rejection]:
    """Fill the table ``documents`` (row number, JSON text) from JSON lines; gives the lines that are no JSON."""
    compression = compression_of(path) or "none"
    connection.execute(
        f"""
        CREATE TABLE lines AS
        SELECT row_number() OVER () AS {ROW}, line
        FROM read_csv($path, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false, delim = chr(30),
                      quote = '', escape = '', comment = '', compression = $compression, store_rejects = true,
                      max_line_size = {LONGEST_RECORD}, null_padding = false, strict_mode = false)
        """,
        {"path": str(path), "compression": compression},
    )
    connection.execute(
        f"CREATE TABLE documents AS SELECT {ROW}, line AS document FROM lines WHERE json_valid(line) AND json_type(line) = 'OBJECT'"
    )
    broken = connection.execute(
        f"""
        SELECT {ROW}, line FROM lines
        WHERE trim(line) <> '' AND NOT (json_valid(line) AND coalesce(json_type(try_cast(line AS JSON)) = 'OBJECT', false))
        """
    ).fetchall()
    connection.execute("DROP TABLE lines")
    unreadable = rejected_lines(connection)
    return unreadable + [unreadable_row(row, "expected a JSON object", text) for row, text in broken]


def raw_from_json(
    connection: duckdb.DuckDBPyConnection, paths: dict[str, str], rejections: Sequence[Rejection] = ()
) -> RawTable:
    """Make ``raw`` from the table ``documents``: a text column for each JSON path."""
    from desireline.store import identifier, literal

    listed = ", ".join(literal(path) for path in paths.values())
    columns = "".join(f", parts[{place}] AS {identifier(name)}" for place, name in enumerate(paths, start=1))
    connection.execute(
        f"""
        CREATE VIEW raw AS SELECT {ROW}, document AS {DOCUMENT}{columns}
        FROM (SELECT {ROW}, document, json_extract_string(document, [{listed}]::VARCHAR[]) AS parts FROM documents)
        """
    )
    count = connection.execute("SELECT count(*) FROM documents").fetchone()
    assert count is not None
    return RawTable(
        columns=dict.fromkeys(paths, "VARCHAR"),
        rows=int(count[0]) + len(rejections),
        rejections=tuple(rejections),
        record_sql=DOCUMENT,
        documents=True,
    )


def rejected_lines(connection: duckdb.DuckDBPyConnection) -> list[Rejection]:
    """The lines that DuckDB's reader could not take, one rejection for each."""
    rows = connection.execute(
        "SELECT line, min(error_message), any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    return [unreadable_row(int(line), _first_line(message), text or "") for line, message, text in rows]


def unreadable_row(row: int, message: str, text: str) -> Rejection:
    """A rejection of a whole record; of a very long one the beginning is kept."""
    return Rejection(row, "row", "unreadable_row", message, "unreadable", json.dumps({"_raw": text[:_LONGEST_KEPT]}))


def file_kind_of(path: Path) -> FileKind:
    """The kind of a file, by its content.

    Raises
    ------
    InputError
        It is of no kind that is known.
    """
    from desireline.sources.files import FILE_KINDS

    head = read_head(path)
    for kind in FILE_KINDS:
        if kind.recognises(path, head):
            return kind
    known = ", ".join(kind.name for kind in FILE_KINDS)
    raise InputError(f"{path} is of no known kind", hint=f"known: {known}; each also packed with gzip or zstd")


def file_kind_named(name: str) -> FileKind:
    """The kind of that name, as a mapping gives it under ``read: {format: …}``.

    Raises
    ------
    InputError
        There is none.
    """
    from desireline.sources.files import FILE_KINDS

    for kind in FILE_KINDS:
        if kind.name == name:
            return kind
    raise InputError(f"unknown format {name!r}", hint=f"known: {', '.join(kind.name for kind in FILE_KINDS)}")


def _guess_encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _first_line(message: str | None) -> str:
    return (message or "cannot be read").strip().splitlines()[0]


def _damage_hint(path: Path) -> str | None:
    return "the packed file may be cut off or damaged" if path.exists() else None
