"""Writing journeys for other tools: XES (a trace for each customer or session) and OCEL 2.0 (events with their objects).

Customers are written as their numbers: the files hold no e-mail address and no phone number. Texts that customers wrote stay
out as well, unless they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import quoteattr

import numpy as np

from desireline.base import InputError, Progress, SilentProgress
from desireline.interactions.log import log_relation
from desireline.journeys.index import open_index
from desireline.journeys.selection import Selection, span_sources
from desireline.journeys.spans import rows_of
from desireline.store import Workspace, connect_duckdb

if TYPE_CHECKING:
    import pyarrow

_NUMBERS = ("duration", "wait", "hold", "cost", "value", "score", "sentiment")
_TEXTS = ("source", "channel", "direction", "actor", "team", "agent", "case", "outcome", "score_kind")
_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    interactions: int
    spans: int


def export_journeys(
    workspace: Workspace,
    target: Path,
    *,
    selection: Selection | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write interactions under their customers to a file.

    Parameters
    ----------
    target
        ``.xes`` or ``.jsonocel`` (also ``.json``); a file that is there is replaced when the new one is whole.
    selection
        Which interactions, and what a trace of XES is: a customer's life or a session.
    with_text
        Also what customers wrote or said.

    Raises
    ------
    InputError
        The ending of the file is another, or the selection cannot be read.
    """
    write = _WRITERS.get(target.suffix)
    if write is None:
        raise InputError(f"expected a file that ends in {', '.join(_WRITERS)}, got {target}")
    listening = progress or SilentProgress()
    spans = _span_table(workspace, selection or Selection(), listening)
    temporary = target.with_name(f".{target.name}.new")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            write(file, lambda: _events(workspace, spans, with_text=with_text, progress=listening))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Exported(spans.num_rows, len(np.unique(spans.column("span").to_numpy())))


def _span_table(workspace: Workspace, selection: Selection, progress: Progress) -> pyarrow.Table:
    """For every chosen interaction: its arrival, its customer, its span, and its place in that order."""
    import pyarrow as pa

    index = open_index(workspace, progress=progress)
    arrivals, customers, numbers = [], [], []
    first = 0
    for source in span_sources(workspace, index, selection):
        spans = source()
        lengths = spans.ends - spans.starts
        arrivals.append(spans.part.arrivals[rows_of(spans)])
        customers.append(np.repeat(spans.part.customers[spans.owners], lengths))
        numbers.append(np.repeat(np.arange(first, first + len(lengths)), lengths))
        first += len(lengths)
    columns = {"arrival": arrivals, "customer": customers, "span": numbers}
    joined = {name: np.concatenate(pieces) if pieces else np.empty(0, np.int64) for name, pieces in columns.items()}
    return pa.table({**joined, "place": np.arange(len(joined["arrival"]))})


def _events(
    workspace: Workspace, spans: pyarrow.Table, *, with_text: bool, progress: Progress
) -> Iterator[dict[str, Any]]:
    """The interactions in the order of the spans, with all their fields."""
    source, parameters = log_relation(workspace)
    fields = [*_TEXTS, *_NUMBERS, *(["text"] if with_text else [])]
    listed = ", ".join(f'"{name}"' for name in fields)
    done = 0
    with connect_duckdb() as connection:
        connection.register("spans", spans)
        cursor = connection.execute(
            f"""
            SELECT spans.customer, spans.span, log.arrival, log.id, touchpoint, epoch_us(occurred_at) AS occurred_us,
                   {listed}, attributes
            FROM spans JOIN {source} AS log ON log.arrival = spans.arrival ORDER BY spans.place
            """,
            parameters,
        )
        names = [column[0] for column in cursor.description or []]
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            done += len(rows)
            progress.step("writing", done=done, total=spans.num_rows)
            for row in rows:
                yield dict(zip(names, row, strict=True))


def _write_xes(file: TextIO, events: Callable[[], Iterator[dict[str, Any]]]) -> None:
    """IEEE 1849-2016 with the concept, time and organizational extensions."""
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xes.features="">\n')
    for name, prefix in (("Concept", "concept"), ("Time", "time"), ("Organizational", "org")):
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        file.write(f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
    file.write('  <classifier name="Touchpoint" keys="concept:name"/>\n')
    span = None
    for event in events():
        if event["span"] != span:
            file.write("  </trace>\n" if span is not None else "")
            span = event["span"]
            file.write("  <trace>\n")
            file.write(_xes("string", "concept:name", f"{event['customer']}-{span}", indent=4))
            file.write(_xes("string", "customer", str(event["customer"]), indent=4))
        _write_xes_event(file, event)
    file.write("  </trace>\n" if span is not None else "")
    file.write("</log>\n")


def _write_xes_event(file: TextIO, event: dict[str, Any]) -> None:
    file.write("    <event>\n")
    file.write(_xes("string", "concept:name", event["touchpoint"]))
    file.write(_xes("date", "time:timestamp", _iso(event["occurred_us"])))
    file.write(_xes("string", "id", _event_id(event)))
    for name in (*_TEXTS, "text"):
        if event.get(name) is not None:
            key = {"agent": "org:resource", "team": "org:group"}.get(name, name)
            file.write(_xes("string", key, event[name]))
    for name in _NUMBERS:
        if event[name] is not None:
            file.write(_xes("float", name, repr(event[name])))
    for name, value in (event["attributes"] or {}).items():
        file.write(_xes("string", f"attribute:{name}", value))
    file.write("    </event>\n")


def _xes(kind: str, key: str, value: str, *, indent: int = 6) -> str:
    return f"{' ' * indent}<{kind} key={quoteattr(_printable(key))} value={quoteattr(_printable(value))}/>\n"


def _printable(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n\r")


def _write_ocel(file: TextIO, events: Callable[[], Iterator[dict[str, Any]]]) -> None:
    """OCEL 2.0, JSON. Objects are customers and cases (calls, tickets, orders); every event is related to its customer."""
    types: dict[str, dict[str, str]] = {}
    customers: dict[str, None] = {}
    cases: dict[tuple[str, str], str] = {}
    file.write('{"events": [')
    for number, event in enumerate(events()):
        attributes = _ocel_attributes(event)
        types.setdefault(event["touchpoint"], {}).update(
            {name: _ocel_type(value) for name, value in attributes.items()}
        )
        customer = f"customer-{event['customer']}"
        customers[customer] = None
        related = [{"objectId": customer, "qualifier": "customer"}]
        if event["case"] is not None:
            case = cases.setdefault((event["source"], event["case"]), f"case-{len(cases) + 1}")
            related.append({"objectId": case, "qualifier": "case"})
        document = {
            "id": f"event-{event['arrival']}",
            "type": event["touchpoint"],
            "time": _iso(event["occurred_us"]),
            "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
            "relationships": related,
        }
        file.write(("," if number else "") + "\n" + json.dumps(document, ensure_ascii=False))
    file.write('\n],\n"objects": ')
    objects: list[dict[str, Any]] = [{"id": name, "type": "customer", "attributes": []} for name in customers]
    objects += [
        {
            "id": name,
            "type": "case",
            "attributes": [
                {"name": "source", "value": source, "time": "1970-01-01T00:00:00Z"},
                {"name": "number", "value": case, "time": "1970-01-01T00:00:00Z"},
            ],
        }
        for (source, case), name in cases.items()
    ]
    json.dump(objects, file, ensure_ascii=False)
    file.write(',\n"eventTypes": ')
    json.dump([{"name": name, "attributes": _typed(found)} for name, found in types.items()], file, ensure_ascii=False)
    file.write(',\n"objectTypes": ')
    own = _typed({"source": "string", "number": "string"})
    kinds: list[dict[str, Any]] = [{"name": "customer", "attributes": []}, {"name": "case", "attributes": own}]
    json.dump(kinds, file)
    file.write("\n}\n")


def _ocel_attributes(event: dict[str, Any]) -> dict[str, Any]:
    named = [name for name in (*_TEXTS, "text", *_NUMBERS) if name != "case"]
    own = {name: event[name] for name in named if event.get(name) is not None}
    return {
        "id": _event_id(event),
        **own,
        **{f"attribute:{key}": value for key, value in (event["attributes"] or {}).items()},
    }


def _event_id(event: dict[str, Any]) -> str:
    return str(event["id"]) if event["id"] is not None else f"event-{event['arrival']}"


def _typed(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def _ocel_type(value: object) -> str:
    return "float" if isinstance(value, float) else "string"


def _iso(microseconds: int) -> str:
    moment = datetime.fromtimestamp(microseconds // 1_000_000, UTC).replace(microsecond=microseconds % 1_000_000)
    return moment.isoformat(timespec="microseconds")


_WRITERS: dict[str, Callable[[TextIO, Callable[[], Iterator[dict[str, Any]]]], None]] = {
    ".xes": _write_xes,
    ".jsonocel": _write_ocel,
    ".json": _write_ocel,
}
