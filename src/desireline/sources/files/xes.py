"""XES (IEEE 1849), the exchange format of process-mining tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from desireline.base import InputError, phrase
from desireline.sources.files.loading import RawTable, load_records, open_unpacked, reading
from desireline.sources.mapping import ReadOptions

if TYPE_CHECKING:
    import duckdb

_TYPED = {"string", "date", "int", "float", "boolean", "id"}


class XesFile:
    """XES. A record is an event; columns are its keys, and the keys of its trace with ``case:`` before them."""

    name = "xes"

    def recognises(self, path: Path, head: bytes) -> bool:
        """XML with a log in it."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<log" in head

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
        try:
            with reading(path):
                return load_records(connection, _events(path), columns=(), wanted=columns, workplace=workplace)
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            raise InputError(
                phrase("{path} is not valid XML: {error}", path=path, error=error),
                hint=phrase("the file may be cut off or damaged"),
            ) from error


def _events(path: Path) -> Iterator[dict[str, Any]]:
    """The events, one trace at a time in memory.

    Attributes of a trace may stand behind its events, and the defaults (``global``) fill what an event lacks.
    """
    defaults: dict[str, dict[str, Any]] = {"event": {}, "trace": {}}
    with open_unpacked(path) as file:
        for _, element in ElementTree.iterparse(file):
            name = _local(element.tag)
            if name == "global":
                defaults[element.get("scope", "event")] = _attributes(element)
            if name == "trace":
                yield from _events_of(element, defaults)
                element.clear()


def _events_of(trace: ElementTree.Element, defaults: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    case = {f"case:{key}": value for key, value in {**defaults["trace"], **_attributes(trace)}.items()}
    for child in trace:
        if _local(child.tag) == "event":
            yield {**case, **defaults["event"], **_attributes(child)}


def _attributes(element: ElementTree.Element) -> dict[str, Any]:
    return {
        child.get("key", ""): child.get("value")
        for child in element
        if _local(child.tag) in _TYPED and child.get("key")
    }


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
