"""JSON lines, a JSON array of objects, or one JSON document with a list of objects somewhere in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import InputError
from desireline.sources.files.loading import (
    ROW,
    RawTable,
    load_json_lines,
    raw_from_json,
    unpacked_path,
    utf8_path,
)
from desireline.sources.mapping import ReadOptions

if TYPE_CHECKING:
    import duckdb

_SAMPLE = 5_000
_DEPTH = 4


class JsonFile:
    """JSON. Columns are the paths to the values: ``visitor.email``; every value is read as text."""

    name = "json"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Begins with a bracket."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))

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
        readable = utf8_path(path, encoding=options.encoding, workplace=workplace)
        if options.records is None and _is_lines(readable):
            rejections = load_json_lines(connection, readable)
        else:
            rejections = []
            self._load_document(connection, path, unpacked_path(readable, workplace), options)
        paths = _paths(connection)
        for column in columns:
            paths.setdefault(column, "$." + ".".join(json.dumps(key, ensure_ascii=False) for key in column.split(".")))
        return raw_from_json(connection, paths, rejections)

    def _load_document(
        self, connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, options: ReadOptions
    ) -> None:
        import duckdb

        from desireline.store.duck import plain_message

        try:
            if options.records is None and _begins_with_list(readable):
                self._load_array(connection, readable)
            else:
                self._load_list_inside(connection, path, readable, options.records)
        except duckdb.Error as error:
            raise InputError(
                f"{path} is not valid JSON: {plain_message(error)}", hint="the file may be cut off or damaged"
            ) from error
        broken = connection.execute("SELECT count(*) FROM documents WHERE json_type(document) <> 'OBJECT'").fetchone()
        if broken is not None and broken[0]:
            raise InputError(f"{path}: expected a list of JSON objects, {broken[0]:,} entries are something else")

    def _load_array(self, connection: duckdb.DuckDBPyConnection, readable: Path) -> None:
        connection.execute(
            f"""
            CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, json::VARCHAR AS document
            FROM read_json_objects($path, format = 'array', maximum_object_size = 268435456)
            """,
            {"path": str(readable)},
        )

    def _load_list_inside(
        self, connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, records: str | None
    ) -> None:
        size = readable.stat().st_size + 1024
        if size > 4_000_000_000:
            raise InputError(f"{path} is one JSON document of over 4 GB", hint="export it as JSON lines")
        connection.execute(
            f"CREATE TEMP TABLE whole AS SELECT json FROM read_json_objects($path, format = 'unstructured', maximum_object_size = {size})",
            {"path": str(readable)},
        )
        inside = _path_to(records) if records else _longest_list(connection)
        if inside is None:
            connection.execute(
                f"CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, json::VARCHAR AS document FROM whole"
            )
            return
        kind = connection.execute("SELECT json_type(json, $inside) FROM whole LIMIT 1", {"inside": inside}).fetchone()
        if kind is None or kind[0] != "ARRAY":
            raise InputError(
                f"{path}: expected a list under {records!r}, found {(kind or ('nothing',))[0] or 'nothing'}"
            )
        connection.execute(
            f"""
            CREATE TABLE documents AS SELECT row_number() OVER () AS {ROW}, document::VARCHAR AS document
            FROM (SELECT unnest(json_extract(json, $inside || '[*]')) AS document FROM whole)
            """,
            {"inside": inside},
        )


def _begins_with_list(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def _is_lines(path: Path) -> bool:
    """Whether the first line is an object of its own, and the file is no single document with a list in it."""
    from desireline.sources.files.loading import open_unpacked

    with open_unpacked(path) as file:
        head = file.read(4 * 1024 * 1024)
    first, newline, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not first.startswith(b"{"):
        return False
    try:
        document = json.loads(first)
    except ValueError:
        # A broken first line of JSON lines, or a document over several lines: the second line tells.
        return bool(newline) and rest.lstrip().startswith(b"{") and first.rstrip().endswith(b"}")
    return bool(rest.strip()) or not any(_is_list_of_objects(value) for value in document.values())


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _path_to(dotted: str) -> str:
    return "$." + ".".join(json.dumps(key, ensure_ascii=False) for key in dotted.split("."))


def _longest_list(connection: duckdb.DuckDBPyConnection) -> str | None:
    rows = connection.execute(
        """
        SELECT '$."' || key || '"' AS path, json_array_length(json, '$."' || key || '"') AS length
        FROM (SELECT json, unnest(json_keys(json)) AS key FROM whole)
        WHERE json_type(json, '$."' || key || '"') = 'ARRAY' AND json_type(json, '$."' || key || '"[0]') = 'OBJECT'
        ORDER BY length DESC LIMIT 1
        """
    ).fetchone()
    return None if rows is None else str(rows[0])


def _paths(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The columns found in a sample of the documents, with their JSON paths."""
    rows = connection.execute(
        f"SELECT document FROM (SELECT document FROM documents LIMIT {_SAMPLE}) UNION ALL "
        f"SELECT document FROM (SELECT document FROM documents USING SAMPLE {_SAMPLE} ROWS (reservoir, 1))"
    ).fetchall()
    paths: dict[str, str] = {}
    for (text,) in rows:
        _collect(json.loads(text), "", "$", paths, _DEPTH)
    return paths


def _collect(document: dict[str, Any], prefix: str, path: str, paths: dict[str, str], depth: int) -> None:
    for key, value in document.items():
        name, inner = f"{prefix}{key}", f"{path}.{json.dumps(key, ensure_ascii=False)}"
        if isinstance(value, dict) and depth > 1:
            _collect(value, f"{name}.", inner, paths, depth - 1)
        else:
            paths.setdefault(name, inner)
