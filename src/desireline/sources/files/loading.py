"""What all kinds of files share: recognising, unpacking, encodings, and the table of raw records."""

from __future__ import annotations

import codecs
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from desireline.base import InputError, NoRecordsError, closest_names, phrase
from desireline.sources.files.foreign import foreign_kind
from desireline.sources.files.limits import bounded
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection

if TYPE_CHECKING:
    import duckdb

ROW = "_desireline_row"
DOCUMENT = "_desireline_document"
LONGEST_RECORD = 16 * 1024 * 1024
_LONGEST_KEPT = 1_000_000
_HEAD = 64 * 1024
_CHUNK = 1024 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_LETTER = "chr(30) || chr(31) || chr(30) || chr(31)"
"""A separator that is in no line: lines are to come as one cell."""
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
    unseen
        Columns that the mapping reads and that no record seemed to have, where records need not have the same columns.
    number_sql
        The number of the record in its file, where that is not ``ROW``: a record of a named format has several rows.
    notes
        What is to be said of the file beside its rows.
    """

    columns: dict[str, str]
    rows: int
    rejections: tuple[Rejection, ...]
    record_sql: str
    documents: bool = False
    relation: str = "raw"
    joined: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    number_sql: str = ROW
    notes: tuple[str, ...] = ()


class FileKind(Protocol):
    """One kind of file."""

    name: str

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file is of this kind; ``head`` is its beginning, unpacked, and in UTF-8 where it is UTF-16."""

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
    """The beginning of a file, unpacked; UTF-16 text comes as UTF-8.

    Raises
    ------
    InputError
        There is no such file, or it cannot be read.
    NoRecordsError
        It is empty.
    """
    with reading(path), open_unpacked(path) as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise NoRecordsError(phrase("{path} is empty", path=path))
    if head.startswith(_UTF16_MARKS):
        return codecs.getincrementaldecoder("utf-16")(errors="replace").decode(head).encode(errors="replace")
    return head


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What the system says while a file is read, as an error for its user.

    Raises
    ------
    InputError
        There is no such file, it may not be read, or a packed one is damaged.
    """
    try:
        yield
    except FileNotFoundError:
        raise InputError(phrase("there is no file {path}", path=path)) from None
    except IsADirectoryError:
        raise InputError(phrase("{path} is a folder, expected a file", path=path)) from None
    except PermissionError:
        raise InputError(phrase("{path} may not be read by this user", path=path)) from None
    except (OSError, EOFError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # a full disk is not the fault of the file
            raise
        raise InputError(
            phrase("{path} cannot be unpacked: {error}", path=path, error=error),
            hint=phrase("the packed file may be cut off or damaged"),
        ) from error


def as_pattern(path: Path) -> str:
    """The path for DuckDB's readers, which take ``*``, ``?`` and ``[`` in it for a pattern of many files."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def compression_of(path: Path) -> str | None:
    """``gzip``, ``zstd`` or ``None``, by what the file begins with."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in _MAGIC.items() if start.startswith(magic)), None)


def open_unpacked(path: Path) -> BinaryIO:
    """A stream of the file's content, unpacked where it is packed; see :func:`desireline.sources.files.limits.bounded`."""
    import pyarrow as pa

    compression = compression_of(path)
    if compression is None:
        return path.open("rb")
    return bounded(path, pa.CompressedInputStream(pa.OSFile(str(path)), compression))


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
    with reading(path), open_unpacked(path) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
    return target


def utf8_path(path: Path, *, encoding: str | None, workplace: Path) -> Path:
    """The file itself where it is UTF-8, else a copy in UTF-8. Either way all of it has been read once.

    Without a named encoding: a byte order mark says it, else text that has more of Windows-1252 than of UTF-8 in it is
    taken for that, the usual encoding of older exports. A few broken letters in UTF-8 make their rows unreadable, not
    the file.

    Raises
    ------
    InputError
        The file is empty or damaged, or not in the encoding that the mapping names.
    """
    read_head(path)
    found = encoding or _guess_encoding(path)
    if codecs.lookup(found).name in ("utf-8", "utf-8-sig"):
        if encoding is not None and compression_of(path) is not None:
            _read_through(path)
        return path
    target = workplace / "utf8"
    decoder = codecs.getincrementaldecoder(found)(errors="strict" if encoding else "replace")
    try:
        with reading(path), open_unpacked(path) as source, target.open("wb") as file:
            while chunk := source.read(_CHUNK):
                file.write(decoder.decode(chunk).encode())
            file.write(decoder.decode(b"", final=True).encode())
    except UnicodeError as error:
        raise InputError(
            phrase(
                "{path} is not in the encoding {found} that the mapping names: {error}",
                path=path,
                found=found,
                error=error,
            ),
            hint=phrase("without read: {{encoding: …}} the encoding is found out from the file"),
        ) from error
    return target


def with_even_lines(path: Path, workplace: Path) -> Path:
    """A copy in which every line ends with a line feed."""
    target = workplace / "even"
    with reading(path), open_unpacked(path) as source, target.open("wb") as file:
        held = b""
        while chunk := source.read(_CHUNK):
            chunk = held + chunk
            held = b"\r" if chunk.endswith(b"\r") else b""
            file.write(chunk[: len(chunk) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        file.write(b"\n" if held else b"")
    return target


def distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    """Every column gets a name of its own: empty ones their place, repeated ones a number. Capitals do not count."""
    found: dict[str, str] = {}
    for place, name in enumerate(names, start=1):
        plain = name.strip() or f"column_{place}"
        candidate, count = plain, 1
        while candidate.casefold() in found:
            count += 1
            candidate = f"{plain}_{count}"
        found[candidate.casefold()] = candidate
    return tuple(found.values())


def load_records(
    connection: duckdb.DuckDBPyConnection,
    records: Iterable[dict[str, Any]],
    *,
    columns: Iterable[str],
    wanted: Iterable[str] = (),
    workplace: Path,
) -> RawTable:
    """Make ``raw`` out of records that Python has read; used where no library reads the file into columns.

    Parameters
    ----------
    columns
        Columns that are there whatever the records hold.
    wanted
        Columns that the mapping reads, for kinds of which not every record has every column.
    """
    target = workplace / "records.jsonl"
    names: dict[str, None] = dict.fromkeys(columns)
    with target.open("w", encoding="utf-8") as file:
        for record in records:
            names.update(dict.fromkeys(record))
            file.write(json.dumps(record, ensure_ascii=False))
            file.write("\n")
    rejections = load_json_lines(connection, target)
    paths = {name: f"$.{json_key(name)}" for name in names if is_reachable(name)}
    return raw_from_json(connection, paths, rejections, wanted=wanted, stored=True)


def load_json_lines(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Rejection]:
    """Fill the table ``documents`` (row number, JSON text) from JSON lines; gives the lines that are no JSON objects."""
    compression = compression_of(path) or "none"
    connection.execute(
        f"""
        CREATE TABLE lines AS
        SELECT row_number() OVER () AS {ROW}, line
        FROM read_csv($path, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false,
                      delim = {_NO_LETTER}, quote = '', escape = '', comment = '', compression = $compression,
                      store_rejects = true, max_line_size = {LONGEST_RECORD}, null_padding = false,
                      strict_mode = false, hive_partitioning = false)
        """,
        {"path": as_pattern(path), "compression": compression},
    )
    unreadable = rejected_lines(connection)
    number_rows_of_file(connection, "lines", [each.row for each in unreadable])
    connection.execute(
        f"""
        CREATE TABLE documents AS SELECT {ROW}, line AS document
        FROM lines WHERE coalesce(json_type(TRY_CAST(line AS JSON)), '') = 'OBJECT'
        """
    )
    broken = connection.execute(
        f"SELECT {ROW}, line FROM lines ANTI JOIN documents USING ({ROW}) WHERE trim(line, ' \t\r') <> '' ORDER BY {ROW}"
    ).fetchall()
    connection.execute("DROP TABLE lines")
    return unreadable + [unreadable_row(row, "expected a JSON object", text) for row, text in broken]


def is_reachable(key: str) -> bool:
    """Whether a JSON path can name the key: the empty one and those with a star cannot be named."""
    return bool(key) and "*" not in key


def json_key(key: str) -> str:
    """A key as it stands in a JSON path of DuckDB, which knows only two escapes."""
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def raw_from_json(
    connection: duckdb.DuckDBPyConnection,
    paths: dict[str, str],
    rejections: Sequence[Rejection] = (),
    *,
    wanted: Iterable[str] = (),
    stored: bool = False,
) -> RawTable:
    """Make ``raw`` from the table ``documents``: a text column for each JSON path.

    Parameters
    ----------
    wanted
        Columns that the mapping reads; those that were not seen are looked for as well.
    stored
        Whether the columns are kept, which takes room; otherwise the documents are taken apart again by every query.
    """
    from desireline.store import identifier, literal

    named = dict(zip(distinct_names(paths), paths.values(), strict=True))
    unseen = {column: _dotted_path(column) for column in wanted if column not in named and is_reachable(column)}
    named.update(unseen)
    listed = ", ".join(literal(path) for path in named.values())
    columns = "".join(f", parts[{place}] AS {identifier(name)}" for place, name in enumerate(named, start=1))
    connection.execute(
        f"""
        CREATE {"TABLE" if stored else "VIEW"} raw AS SELECT {ROW}, document AS {DOCUMENT}{columns}
        FROM (SELECT {ROW}, document, json_extract_string(document, [{listed}]::VARCHAR[]) AS parts FROM documents)
        """
    )
    ((count,),) = connection.execute("SELECT count(*) FROM documents").fetchall()
    return RawTable(
        columns=dict.fromkeys(named, "VARCHAR"),
        rows=int(count) + len(rejections),
        rejections=tuple(rejections),
        record_sql=DOCUMENT,
        documents=True,
        unseen=frozenset(unseen),
    )


def _dotted_path(column: str) -> str:
    return "$." + ".".join(json_key(key) for key in column.split(".") if key)


def rejected_lines(connection: duckdb.DuckDBPyConnection) -> list[Rejection]:
    """The lines that DuckDB's reader could not take, one rejection for each; the first line is number 1."""
    rows = connection.execute(
        """
        SELECT line, CASE WHEN bool_or(error_type = 'TOO MANY COLUMNS') THEN arg_max(error_message, column_idx)
                          ELSE arg_min(error_message, column_idx) END, any_value(csv_line)
        FROM reject_errors GROUP BY line ORDER BY line
        """
    ).fetchall()
    return [unreadable_row(int(line), _plain_reason(message), text or "") for line, message, text in rows]


def number_rows_of_file(connection: duckdb.DuckDBPyConnection, table: str, unreadable: Sequence[int]) -> None:
    """The reader numbers only the rows it could take; give those behind an unreadable row their number in the file."""
    if not unreadable:
        return
    import numpy as np
    import pyarrow as pa

    ((count,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    bounds = np.sort(np.asarray(unreadable, np.int64)) - np.arange(len(unreadable))
    rows = np.arange(bounds[0], count + 1, dtype=np.int64)
    numbers = rows + np.searchsorted(bounds, rows, side="right")
    connection.register("numbers_of_file", pa.table({"row": rows, "number": numbers}))
    connection.execute(
        f"UPDATE {table} SET {ROW} = number FROM numbers_of_file WHERE {table}.{ROW} = numbers_of_file.row"
    )
    connection.unregister("numbers_of_file")


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
    known = ", ".join(kind.name for kind in FILE_KINDS)
    foreign = foreign_kind(path, head)
    if foreign is not None:
        raise InputError(
            phrase("{path} is {foreign}, expected a file with records", path=path, foreign=foreign),
            hint=phrase("known: {known}; each also packed with gzip or zstd", known=known),
        )
    for kind in FILE_KINDS:
        if kind.recognises(path, head):
            return kind
    raise InputError(
        phrase("{path} is of no known kind", path=path),
        hint=phrase("known: {known}; each also packed with gzip or zstd", known=known),
    )


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
    from desireline.sources.formats import all_formats
    from desireline.sources.formats.file_kind import FormatFile

    formats = all_formats()
    if name in formats:
        return FormatFile(formats[name])
    kinds = [kind.name for kind in FILE_KINDS]
    close = closest_names(name, [*kinds, *formats])
    raise InputError(
        phrase("unknown format {name!r}", name=name),
        hint=phrase("did you mean {close}?", close=", ".join(close))
        if close
        else phrase("known: {kinds}, and the named formats", kinds=", ".join(kinds)),
    )


def _read_through(path: Path) -> None:
    """Unpack a file without keeping it: is it whole, and within the limits?"""
    with reading(path), open_unpacked(path) as source:
        while source.read(_CHUNK):
            pass


def _guess_encoding(path: Path) -> str:
    """By what letters beyond ASCII are: UTF-8 where there are more sound ones than broken ones."""
    with reading(path), open_unpacked(path) as source:
        if source.read(2) in _UTF16_MARKS:
            return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    sound = broken = 0
    with reading(path), open_unpacked(path) as source:
        while chunk := source.read(_CHUNK):
            if chunk.isascii() and decoder.getstate()[0] == b"":
                continue
            text = decoder.decode(chunk)
            found = text.count("\ufffd")
            broken += found
            sound += len(text) - len(text.encode("ascii", errors="ignore")) - found
    return "windows-1252" if broken > sound else "utf-8"


def _plain_reason(message: str | None) -> str:
    """What the reader says about a line, in the words of whoever made the file."""
    first = (message or "cannot be read").strip().splitlines()[0]
    cells = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", first)
    if cells:
        return f"expected {cells[1]} cells, got {cells[2]}"
    if "unterminated quote" in first:
        return "a quotation mark opens a cell and does not close it"
    if "unicode" in first.lower():
        return "some letters are not in the encoding of the file"
    if "Maximum line size" in first:
        return f"the row is longer than {LONGEST_RECORD:,} bytes"
    return first
