"""JSON lines, a JSON array of objects, or one JSON document with a list of objects somewhere in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import InputError, phrase
from desireline.sources.files.json_lists import DEPTH, longest_list, write_entries
from desireline.sources.files.loading import (
    ROW,
    RawTable,
    as_pattern,
    is_reachable,
    json_key,
    load_json_lines,
    open_unpacked,
    raw_from_json,
    reading,
    unpacked_path,
    unreadable_row,
    utf8_path,
)
from desireline.sources.mapping import ReadOptions
from desireline.sources.model import Rejection

if TYPE_CHECKING:
    import duckdb

_SAMPLE = 5_000
_HEAD = 4 * 1024 * 1024
_LINES_LOOKED_AT = 100
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_MOST_OBJECTS = 100
LARGEST_WHOLE = 32 * 1024 * 1024
"""A larger document is read entry by entry, never as a whole."""


class JsonFile:
    """JSON. Columns are the paths to the values: ``visitor.email``; every value is read as text."""

    name = "json"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Begins with a bracket."""
        return head.lstrip(_BEFORE).startswith((b"{", b"["))

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw``; of JSON lines, those that are no object are rejections."""
        import duckdb

        from desireline.store.duck import plain_message

        wanted = list(columns)
        readable = utf8_path(path, encoding=options.encoding, workplace=workplace)
        try:
            if options.records is None and _is_lines(readable, wanted):
                rejections = load_json_lines(connection, readable)
            else:
                rejections = self._load_document(
                    connection, path, unpacked_path(readable, workplace), options, workplace
                )
        except duckdb.Error as error:
            raise InputError(
                phrase(
                    "{path} is not valid JSON: {plain_message}",
                    path=path,
                    plain_message=plain_message(error).replace(as_pattern(readable), path.name),
                ),
                hint=phrase("the file may be cut off or damaged"),
            ) from error
        return raw_from_json(connection, _paths(connection), rejections, wanted=wanted)

    def _load_document(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        readable: Path,
        options: ReadOptions,
        workplace: Path,
    ) -> list[Rejection]:
        """Fill ``documents`` from a list; gives its entries that are no objects."""
        if options.records is None and _begins_with_list(readable):
            self._load_array(connection, readable)
        elif readable.stat().st_size > LARGEST_WHOLE:
            return self._load_large_list(connection, path, readable, options.records, workplace)
        else:
            self._load_list_inside(connection, path, readable, options.records)
        others = f"SELECT {ROW}, document FROM documents WHERE json_type(document) <> 'OBJECT'"
        rejections = [
            unreadable_row(row, "expected a JSON object", text) for row, text in connection.execute(others).fetchall()
        ]
        if rejections:
            connection.execute("DELETE FROM documents WHERE json_type(document) <> 'OBJECT'")
            if not connection.execute("SELECT 1 FROM documents LIMIT 1").fetchall():
                raise InputError(
                    phrase("{path}: expected a list of JSON objects, all its entries are something else", path=path)
                )
        return rejections

    def _load_array(self, connection: duckdb.DuckDBPyConnection, readable: Path) -> None:
        connection.execute(
            f"""
            CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, json::VARCHAR AS document
            FROM read_json_objects($path, format = 'array', maximum_object_size = 268435456)
            """,
            {"path": as_pattern(readable)},
        )

    def _load_large_list(
        self, connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, records: str | None, workplace: Path
    ) -> list[Rejection]:
        """Fill ``documents`` from a list in a document that is too large for memory."""
        keys = tuple(records.split(".")) if records else longest_list(readable)
        target = workplace / "entries.jsonl"
        if keys is None or not write_entries(readable, keys, target):
            raise InputError(
                phrase(
                    "{path} is one JSON document without a list of objects under {keys}",
                    path=path,
                    keys=records or phrase("any name"),
                ),
                hint=phrase("export a list of records, or JSON lines: one record a line"),
            )
        return load_json_lines(connection, target)

    def _load_list_inside(
        self, connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, records: str | None
    ) -> None:
        size = readable.stat().st_size + 1024
        connection.execute(
            f"CREATE TEMP TABLE whole AS SELECT json FROM read_json_objects($path, format = 'unstructured', maximum_object_size = {size})",
            {"path": as_pattern(readable)},
        )
        inside = _path_to(records) if records else _longest_list(connection)
        if inside is None:
            connection.execute(
                f"CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, json::VARCHAR AS document FROM whole"
            )
            return
        kind = connection.execute("SELECT json_type(json, $inside) FROM whole LIMIT 1", {"inside": inside}).fetchall()
        found = kind[0][0] if kind else None
        if found != "ARRAY":
            raise InputError(
                phrase(
                    "{path}: expected a list under {records!r}, found {found}",
                    path=path,
                    records=records,
                    found=found or phrase("nothing"),
                )
            )
        connection.execute(
            f"""
            CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, document::VARCHAR AS document
            FROM (SELECT unnest(json_extract(json, $inside || '[*]')) AS document FROM whole)
            """,
            {"inside": inside},
        )


def json_head(path: Path, *, workplace: Path) -> Path:
    """Some records of a large file as JSON lines: a sample needs no more. A small file is its own head."""
    readable = utf8_path(path, encoding=None, workplace=workplace)
    with reading(path), open_unpacked(readable) as file:
        head = file.read(LARGEST_WHOLE + 1)
    if len(head) <= LARGEST_WHOLE:
        return path
    target = workplace / "head.jsonl"
    if _is_lines(readable, ()):
        target.write_bytes(head[: head.rfind(b"\n", 0, _HEAD) + 1] or head)
        return target
    keys = () if head.lstrip(_BEFORE).startswith(b"[") else longest_list(readable)
    return target if keys is not None and write_entries(readable, keys, target, most=_SAMPLE) else path


def _begins_with_list(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1024).lstrip(_BEFORE).startswith(b"[")


def _is_lines(path: Path, wanted: Sequence[str]) -> bool:
    """Whether lines are objects of their own, and the file is no single document with a list in it."""
    with open_unpacked(path) as file:
        head = file.read(_HEAD).lstrip(_BEFORE)
        cut_off = bool(file.read(1))
    if not head.startswith(b"{"):
        return False
    lines = [line for line in head.splitlines()[: _LINES_LOOKED_AT + 1] if line.strip()]
    if cut_off and len(lines) > 1 and len(lines) <= _LINES_LOOKED_AT:
        lines.pop()
    documents = [_object(line) for line in lines]
    if documents[0] is not None:
        return len(lines) > 1 or _is_record(documents[0], wanted)
    return 2 * sum(document is not None for document in documents) >= len(lines)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _is_record(document: dict[str, Any], wanted: Sequence[str]) -> bool:
    """Whether the only object of a file is a record: it has what the mapping reads, or no list of objects."""
    if any(column in document or column.split(".")[0] in document for column in wanted):
        return True
    return not any(_has_list_of_objects(value) for value in document.values())


def _has_list_of_objects(value: Any, depth: int = DEPTH) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    if isinstance(value, dict) and depth > 1:
        return any(_has_list_of_objects(inner, depth - 1) for inner in value.values())
    return False


def _path_to(dotted: str) -> str:
    return "$." + ".".join(json_key(key) for key in dotted.split("."))


def _longest_list(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The path to the longest list of objects, the outermost where several are as long."""
    level: list[str] = ["$"]
    longest: tuple[int, str] | None = None
    for _ in range(DEPTH):
        inside = []
        for path, kind, first, length in _members(connection, level):
            if kind == "OBJECT":
                inside.append(path)
            elif first == "OBJECT" and (longest is None or length > longest[0]):
                longest = (length, path)
        level = inside[:_MOST_OBJECTS]
    return None if longest is None else longest[1]


def _members(connection: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> list[tuple[str, str, str | None, int]]:
    """The objects and lists directly under these paths: path, type, type of the first entry, number of entries."""
    found = []
    for parent in paths:
        ((keys,),) = connection.execute(
            "SELECT json_keys(json, $parent) FROM whole LIMIT 1", {"parent": parent}
        ).fetchall()
        for key in keys or []:
            if not is_reachable(key):
                continue
            path = f"{parent}.{json_key(key)}"
            ((kind, entry, length),) = connection.execute(
                "SELECT json_type(json, $path), json_type(json, $first), json_array_length(json, $path) FROM whole LIMIT 1",
                {"path": path, "first": f"{path}[0]"},
            ).fetchall()
            if kind in ("OBJECT", "ARRAY"):
                found.append((path, kind, entry, int(length or 0)))
    return found


def _paths(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The columns found in a sample of the documents, with their JSON paths."""
    rows = connection.execute(
        f"SELECT document FROM (SELECT document FROM documents LIMIT {_SAMPLE}) UNION ALL "
        f"SELECT document FROM (SELECT document FROM documents USING SAMPLE {_SAMPLE} ROWS (reservoir, 1))"
    ).fetchall()
    paths: dict[str, str] = {}
    for (text,) in rows:
        _collect(_object(text.encode()) or {}, "", "$", paths, DEPTH)
    return paths


def _collect(document: dict[str, Any], prefix: str, path: str, paths: dict[str, str], depth: int) -> None:
    for key, value in document.items():
        if not is_reachable(key):
            continue
        name, inner = f"{prefix}{key}", f"{path}.{json_key(key)}"
        if isinstance(value, dict) and depth > 1:
            _collect(value, f"{name}.", inner, paths, depth - 1)
        else:
            paths.setdefault(name, inner)
