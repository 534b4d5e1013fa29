"""A named format as a kind of file: the records of its container are turned into interactions, one row each.

The rows have the fields of the interaction schema as columns, so one mapping fits all formats. A record that cannot be used
is a rejection that keeps the record as it came; fed back, it goes through the format again.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from desireline.base import InputError, phrase
from desireline.interactions import FIELDS
from desireline.sources.files.json import LARGEST_WHOLE, json_head
from desireline.sources.files.loading import (
    DOCUMENT,
    ROW,
    FileKind,
    RawTable,
    file_kind_of,
    load_records,
    open_unpacked,
    reading,
    utf8_path,
)
from desireline.sources.formats import all_formats
from desireline.sources.formats.empty_pages import format_of_empty_page
from desireline.sources.formats.model import Container, Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.reading import noting_zoneless
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection
from desireline.store import connect_duckdb, identifier

if TYPE_CHECKING:
    import duckdb

RECORD = "_desireline_record"
"""Column with the number of the record that an interaction was found in."""
REPLAY = "_quarantine_id"
LIKELY = 0.5
_SAMPLE = 20
_BATCH = 10_000
_HEAD = 16 * 1024 * 1024
_FIELDS = tuple(field.name for field in fields(FoundInteraction))
_PLAIN_FIELDS = tuple(name for name in _FIELDS if name not in ("identifiers", "attributes", "turns"))
_TURNS, _VERSION, _RECORD_KEY = "turns", "version", "record"
"""Columns beside the fields: the customer's turns, and which version of which record it is."""


def recognised_format(path: Path, *, workplace: Path) -> tuple[Format, float] | None:
    """The format that a file most likely is of, and how sure that is; ``None`` where no format is likely.

    Raises
    ------
    InputError
        The file cannot be read at all.
    """
    return format_of(samples_of(path, workplace=workplace))


def format_of(samples: Iterable[Sample]) -> tuple[Format, float] | None:
    """The format of a file by samples of it; of one without records by the document around them."""
    best: tuple[Format, float] | None = None
    listed = list(samples)
    for sample in listed:
        for each in all_formats().values():
            sure = each.recognise(sample) if sample.container in each.containers else 0.0
            if sure >= LIKELY and (best is None or sure > best[1]):
                best = (each, sure)
    if best is None and listed and len(listed[-1].records) == 1:
        empty = format_of_empty_page(listed[-1].records[0])
        best = None if empty is None else (empty, 1.0)
    return best


def samples_of(path: Path, *, workplace: Path) -> list[Sample]:
    """The first records of a file, for text also as lines; none for kinds of files that no format is built of."""
    kind = file_kind_of(path)
    if kind.name not in ("csv", "json", "xlsx", "parquet"):
        return []
    if kind.name == "csv":
        head = _head_of(path, workplace)
        return [_sample(each, head, path.name, workplace) for each in (kind, _Lines())]
    head = json_head(path, workplace=workplace) if kind.name == "json" else path
    samples = [_sample(kind, head, path.name, workplace)]
    if kind.name == "json" and is_one_document(path):
        whole = whole_document(path)
        samples.append(Sample(path.name.lower(), "json", frozenset(whole), [whole]))
    return samples


def _head_of(path: Path, workplace: Path) -> Path:
    """The beginning of a large text file, in whole lines: a sample needs no more of it. A small file is its own beginning."""
    readable = utf8_path(path, encoding=None, workplace=workplace)
    with reading(path), open_unpacked(readable) as file:
        head = file.read(_HEAD + 1)
    if len(head) <= _HEAD:
        return path
    target = workplace / "head"
    target.write_bytes(head[: head.rfind(b"\n") + 1] or head)
    return target


def _sample(kind: FileKind, path: Path, name: str, workplace: Path) -> Sample:
    with TemporaryDirectory(dir=workplace, ignore_cleanup_errors=True) as folder:
        beside = Path(folder)
        with connect_duckdb(beside / "sample.duckdb", spill=beside / "spill") as connection:
            raw = kind.load(connection, path, options=ReadOptions(), columns=(), workplace=beside)
            records = [record for _, record in _records(connection, raw, limit=_SAMPLE)]
    columns = frozenset(raw.columns) | {key for record in records for key in record}
    return Sample(name.lower(), cast(Container, kind.name), columns, records)


def format_mapping(declared: Format, *, source: str | None = None) -> str:
    """The mapping of a format as YAML: the same for all, but for the names."""
    lines = [
        f"# {declared.title}: read as a named format, every record becomes its interactions.",
        *([f"# {declared.assumes}"] if declared.assumes else []),
        f"source: {source or declared.name}",
        f"read: {{format: {declared.name}}}",
    ]
    lines += [f"{each.name}: {{column: {each.name}}}" for each in FIELDS if each.name in _PLAIN_FIELDS]
    lines += ["identifiers: all", "attributes: all"]
    if declared.revision is not None:
        lines.append(f"version: {{column: {_VERSION}, of: {_RECORD_KEY}}}")
    if declared.transcripts:
        lines.append(f"turns: {{column: {_TURNS}}}")
    return "\n".join(lines) + "\n"


class FormatFile:
    """The file kind of one named format."""

    def __init__(self, declared: Format) -> None:
        self.format = declared
        self.name = declared.name

    def recognises(self, path: Path, head: bytes) -> bool:
        """Never by the head alone: :func:`recognised_format` looks at records."""
        return False

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw``: a row for each interaction; records that cannot be used are rejections.

        Raises
        ------
        InputError
            The file cannot be read as the container of the format.
        """
        kind = container_of(self.format, path)
        beside = workplace / "container"
        beside.mkdir(exist_ok=True)
        opened = ReadOptions(encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet)
        whole = whole_document(path) if is_one_document(path) else None
        is_record = whole is not None and self._is_record(path, whole)
        if self.format.records_path and kind.name == "json" and whole is not None and not is_record:
            opened = replace(opened, records=self.format.records_path)
        rejections: list[Rejection] = []
        with connect_duckdb(beside / "container.duckdb") as container:
            seen = _Seen()
            if whole is not None and is_record:
                rows = self._rows(seen.passing(iter([(1, whole)])), rejections)
            elif whole is not None and self._is_empty_page(path, whole):
                rows = iter(())
            else:
                found = kind.load(container, path, options=opened, columns=(), workplace=beside)
                rejections += found.rejections
                rows = self._rows(seen.passing(_records(container, found)), rejections)
            always = [*_PLAIN_FIELDS, _TURNS, _VERSION, _RECORD_KEY, "identifiers.customer", RECORD]
            with noting_zoneless() as zoneless:
                raw = load_records(connection, rows, columns=always, workplace=workplace)
        unusable = tuple(rejections)
        return RawTable(
            columns=raw.columns,
            rows=raw.rows + len(unusable),
            rejections=(*raw.rejections, *unusable),
            record_sql=DOCUMENT,
            documents=True,
            number_sql=f"CAST({identifier(RECORD)} AS BIGINT)",
            notes=tuple(self._notes(seen, zoneless=bool(zoneless), rows=raw.rows + len(unusable))),
        )

    def _notes(self, seen: _Seen, *, zoneless: bool, rows: int) -> Iterator[str]:
        if not seen.count and not rows:
            yield phrase("has no records: an empty export of {title}", title=self.format.title)
        elif not rows:
            yield phrase("there is no interaction in its records")
        if self.format.notices is not None and seen.first:
            yield from self.format.notices(seen.first)
        if self.format.assumes is not None and zoneless:
            yield self.format.assumes

    def _is_record(self, path: Path, whole: dict[str, Any]) -> bool:
        """Whether a document is a record, not a list of records: also the only line of a file with a record a line."""
        if self.format.records_path == "" or REPLAY in whole:
            return True
        alone = Sample(path.name.lower(), "json", frozenset(whole), [whole])
        return self.format.records_path not in whole and self.format.recognise(alone) >= LIKELY

    def _is_empty_page(self, path: Path, whole: dict[str, Any]) -> bool:
        """Whether a document is a page of a list that has nothing in it, such as ``{"results": [], "hasMore": false}``."""
        lists = [value for value in whole.values() if isinstance(value, list)]
        sample = Sample(path.name.lower(), "json", frozenset(whole), [whole])
        return bool(lists) and not any(lists) and self.format.recognise(sample) == 0.0

    def _rows(self, records: Iterator[tuple[int, Record]], rejections: list[Rejection]) -> Iterator[dict[str, Any]]:
        """Interactions as flat rows; what comes back from quarantine keeps its number."""
        for number, record in self._prepared(records):
            replay = record.get(REPLAY)
            if RECORD in record:
                yield dict(record)
                continue
            try:
                common = {RECORD: number, **_revision(self.format, record)}
                for each in list(self.format.convert(record)):
                    yield {**_flat(each), **common, **({REPLAY: replay} if replay is not None else {})}
            except UnusableRecord as error:
                rejections.append(_rejection(number, record, error))

    def _prepared(self, records: Iterator[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
        """Records that come back from quarantine were prepared when they came first."""
        first = next(records, None)
        if first is None:
            return iter(())
        everything = itertools.chain([first], records)
        if self.format.prepare is None or REPLAY in first[1]:
            return everything
        return self.format.prepare(everything)


def container_of(declared: Format, path: Path) -> FileKind:
    """The kind of file that the records of a format lie in.

    Raises
    ------
    InputError
        The file cannot be read, or the format is built in another way.
    """
    kind = file_kind_of(path)
    if kind.name == "csv" and "lines" in declared.containers:
        return _Lines()
    if kind.name not in declared.containers and kind.name != "json":
        expected = " or ".join(declared.containers)
        raise InputError(
            phrase(
                "{path} is {name}, expected {title} as {expected}",
                path=path,
                name=kind.name,
                title=declared.title,
                expected=expected,
            )
        )
    return kind


class _Seen:
    """The records that went by: how many, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Record] = []

    def passing(self, records: Iterator[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
        """The records, unchanged."""
        for number, record in records:
            self.count += 1
            if self.count <= _SAMPLE:
                self.first.append(record)
            yield number, record


class _Lines:
    """A text file whose records are its lines."""

    name = "lines"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Never: formats ask for it."""
        return False

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Every line as a record with the column ``line``."""
        readable = utf8_path(path, encoding=options.encoding, workplace=workplace)
        with reading(readable), open_unpacked(readable) as file:
            return load_records(connection, _lines(file), columns=["line"], workplace=workplace)


def _lines(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The lines of a file one after the other, without empty ones at its end; of an empty file one that is empty."""
    empty, begun = 0, False
    with io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="\n") as lines:
        for line in lines:
            text = line[:-2] if line.endswith("\r\n") else line.removesuffix("\n")
            if text == "":
                empty += 1
                continue
            yield from ({"line": ""} for _ in range(empty))
            yield {"line": text}
            empty, begun = 0, True
    if not begun:
        yield {"line": ""}


def _records(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, *, limit: int | None = None
) -> Iterator[tuple[int, Record]]:
    """The records of a container with their numbers, in order."""
    query = f"SELECT {ROW}, {raw.record_sql} FROM {raw.relation} ORDER BY {ROW}"
    cursor = connection.execute(query if limit is None else f"{query} LIMIT {limit}")
    while rows := cursor.fetchmany(_BATCH):
        for number, text in rows:
            yield int(number), json.loads(text)


def is_one_document(path: Path) -> bool:
    """Whether a JSON file is one object that fits into memory, not a list and not an object on every line."""
    with reading(path), open_unpacked(path) as file:
        head = file.read(LARGEST_WHOLE + 1).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{") or len(head) > LARGEST_WHOLE:
        return False
    try:
        return isinstance(json.loads(head), dict)
    except ValueError:
        return False


def whole_document(path: Path) -> dict[str, Any]:
    """The object that a JSON file is; see :func:`is_one_document`."""
    with reading(path), open_unpacked(path) as file:
        document: dict[str, Any] = json.loads(file.read().lstrip(b"\xef\xbb\xbf"))
    return document


def _flat(found: FoundInteraction) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in _PLAIN_FIELDS:
        value = getattr(found, name)
        if value is not None:
            row[name] = value.isoformat() if isinstance(value, datetime) else value
    row.update({f"identifiers.{kind}": value for kind, value in found.identifiers.items() if value})
    row.update({f"attributes.{name}": value for name, value in found.attributes.items() if value})
    if found.turns:
        row[_TURNS] = list(found.turns)
    return row


def _revision(declared: Format, record: Record) -> dict[str, str]:
    """The columns that say which version of which record it is."""
    revision = declared.revision(record) if declared.revision is not None else None
    if revision is None or revision.changed_at is None:
        return {}
    version = {_VERSION: revision.changed_at.isoformat()}
    return {**version, _RECORD_KEY: revision.key} if revision.complete else version


def _rejection(number: int, record: Record, error: UnusableRecord) -> Rejection:
    replay = record.get(REPLAY)
    kept = {key: value for key, value in record.items() if key != REPLAY}
    text = json.dumps(kept, ensure_ascii=False)
    where = error.where
    return Rejection(
        number,
        where,
        error.reason,
        error.message,
        "document",
        text,
        None if replay is None else int(replay),
    )
