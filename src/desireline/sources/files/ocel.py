"""OCEL 2.0, object-centric event logs, in its three forms: JSON, XML and SQLite.

A record is an event: ``ocel:id``, ``ocel:type``, ``ocel:time``, its attributes, and for each type of object that it is
related to a column ``object:TYPE`` with the id of the first such object. Attributes of an object that have a value when
the log begins are in ``object:TYPE:ATTRIBUTE``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from desireline.base import InputError, phrase
from desireline.sources.files.loading import RawTable, load_records, open_unpacked, reading, unpacked_path
from desireline.sources.mapping import ReadOptions

if TYPE_CHECKING:
    import duckdb

_SQLITE = b"SQLite format 3\x00"
_SPACE = b"\xef\xbb\xbf \t\r\n"


class OcelFile:
    """OCEL 2.0."""

    name = "ocel"

    def recognises(self, path: Path, head: bytes) -> bool:
        """SQLite with OCEL's tables, XML with its types, or JSON with its keys."""
        start = head.lstrip(_SPACE)
        if head.startswith(_SQLITE):
            return True
        if start.startswith(b"<"):
            return b"<object-types" in head or b"<event-types" in head
        return start.startswith(b"{") and _contains(path, head, b'"objectTypes"')

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw``."""
        readable = unpacked_path(path, workplace)
        try:
            return load_records(connection, _records(readable), columns=(), wanted=columns, workplace=workplace)
        except (LookupError, TypeError, AttributeError) as error:
            raise InputError(
                phrase("{path} is not OCEL 2.0: {error} is missing or of another kind", path=path, error=error)
            ) from error
        except (ValueError, RecursionError, ElementTree.ParseError, sqlite3.Error) as error:
            raise InputError(
                phrase("{path} cannot be read as OCEL 2.0: {error}", path=path, error=error),
                hint=phrase("the file may be cut off or damaged"),
            ) from error


def _contains(path: Path, head: bytes, wanted: bytes) -> bool:
    """Whether the key is anywhere in the file: the order of keys in JSON is free."""
    if wanted in head:
        return True
    if not head.lstrip(_SPACE).startswith((b'{"events"', b'{"objects"', b"{\n", b"{\r", b"{ ")):
        return False
    with reading(path), open_unpacked(path) as file:
        before = b""
        while chunk := file.read(1024 * 1024):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(_SQLITE):
        return _from_sqlite(path)
    if start.lstrip(_SPACE).startswith(b"<"):
        return _from_xml(path)
    return _from_json(path)


def _from_json(path: Path) -> Iterator[dict[str, Any]]:
    document = json.loads(path.read_bytes())
    objects = {
        each["id"]: (
            each["type"],
            {value["name"]: value["value"] for value in reversed(each.get("attributes", []))},
        )
        for each in document["objects"]
    }
    for event in document["events"]:
        attributes = {value["name"]: value["value"] for value in event.get("attributes", [])}
        related = [relation["objectId"] for relation in event.get("relationships", [])]
        yield _record(event["id"], event["type"], event["time"], attributes, related, objects)


def _from_xml(path: Path) -> Iterator[dict[str, Any]]:
    objects: dict[str, tuple[str, dict[str, Any]]] = {}
    events: list[ElementTree.Element] = []
    with open_unpacked(path) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == "object" and element.get("type") is not None:
                objects[element.attrib["id"]] = (element.attrib["type"], _xml_attributes(element))
            elif element.tag == "event" and element.get("time") is not None:
                events.append(element)
    for event in events:
        related = [each.get("object-id", "") for each in event.iter("relationship")]
        yield _record(
            event.attrib["id"],
            event.attrib["type"],
            event.attrib["time"],
            _xml_attributes(event),
            related,
            objects,
        )


def _xml_attributes(element: ElementTree.Element) -> dict[str, Any]:
    found = [(each.get("name", ""), (each.text or "").strip()) for each in element.iter("attribute")]
    return dict(reversed(found))


def _from_sqlite(path: Path) -> Iterator[dict[str, Any]]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        yield from _sqlite_events(connection)
    finally:
        connection.close()


def _sqlite_events(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    objects: dict[str, tuple[str, dict[str, Any]]] = {}
    maps = dict(connection.execute("SELECT ocel_type, ocel_type_map FROM object_map_type").fetchall())
    for kind, table in maps.items():
        for row in connection.execute(f"SELECT * FROM {_table('object_' + table)} ORDER BY ocel_time DESC"):
            objects[row["ocel_id"]] = (kind, _own_columns(row))
    related: dict[str, list[str]] = {}
    for event, item in connection.execute("SELECT ocel_event_id, ocel_object_id FROM event_object ORDER BY rowid"):
        related.setdefault(event, []).append(item)
    maps = dict(connection.execute("SELECT ocel_type, ocel_type_map FROM event_map_type").fetchall())
    for kind, table in maps.items():
        for row in connection.execute(f"SELECT * FROM {_table('event_' + table)}"):
            yield _record(
                row["ocel_id"],
                kind,
                row["ocel_time"],
                _own_columns(row),
                related.get(row["ocel_id"], []),
                objects,
            )


def _own_columns(row: sqlite3.Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() if not name.startswith("ocel_") and row[name] is not None}  # noqa: SIM118


def _table(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _record(
    number: str,
    kind: str,
    time: str,
    attributes: dict[str, Any],
    related: list[str],
    objects: dict[str, tuple[str, dict[str, Any]]],
) -> dict[str, Any]:
    record: dict[str, Any] = {"ocel:id": number, "ocel:type": kind, "ocel:time": time, **attributes}
    for item in related:
        if item not in objects:
            continue
        object_type, values = objects[item]
        if f"object:{object_type}" in record:
            continue
        record[f"object:{object_type}"] = item
        record.update({f"object:{object_type}:{name}": value for name, value in values.items()})
    return record
