"""The contract that every kind of file keeps."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

import desireline
from desireline.base import InputError
from desireline.sources import import_files, list_quarantine
from desireline.sources.files import FILE_KINDS, file_kind_of
from desireline.sources.model import Counts
from desireline.store import Workspace

from .desk import MAPPING, bring, contents, put, stored, table

ROWS = [
    {"event": "Cart opened", "time": "2026-03-01T09:00:00Z", "user": "ann"},
    {"event": 'Käse; "bought", it\'s', "time": "2026-03-01T10:30:00Z", "user": "böb"},
    {"event": "Cart opened", "time": "2026-03-02T23:59:59Z", "user": "42"},
]
EXPECTED = [(row["event"], row["time"].replace("T", " ").replace("Z", "+00")) for row in ROWS]
DAMAGED = "the packed file may be cut off or damaged"


def separated(delimiter: str, encoding: str = "utf-8") -> bytes:
    cells = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in cells]
    return ("\n".join(quoted) + "\n").encode(encoding)


def lines() -> bytes:
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def parquet() -> bytes:
    times = pa.array([dt.datetime.fromisoformat(row["time"]) for row in ROWS], pa.timestamp("us", "UTC"))
    columns = {name: [row[name] for row in ROWS] for name in ("event", "user")}
    target = io.BytesIO()
    pq.write_table(pa.table({**columns, "time": times}), target)
    return target.getvalue()


def workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("Events")
        sheet.write_row(1, 0, list(ROWS[0]))
        for place, row in enumerate(ROWS, start=2):
            sheet.write_string(place, 0, row["event"])
            sheet.write_datetime(place, 1, dt.datetime.fromisoformat(row["time"]).replace(tzinfo=None))
            sheet.write(place, 2, int(row["user"]) if row["user"].isdigit() else row["user"])
    return target.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def xes(encoding: str = "utf-8") -> bytes:
    events = "".join(
        f'<trace><string key="user" value="{row["user"]}"/><event><string key="event" value="{escaped(row["event"])}"/>'
        f'<date key="time" value="{row["time"]}"/></event></trace>'
        for row in ROWS
    )
    head = (
        f'<?xml version="1.0" encoding="{encoding}"?><log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">'
    )
    return f"{head}{events}</log>".encode(encoding)


def ocel_json() -> bytes:
    events = [
        {
            "id": f"e{place}",
            "type": row["event"],
            "time": row["time"],
            "attributes": [],
            "relationships": [{"objectId": row["user"], "qualifier": ""}],
        }
        for place, row in enumerate(ROWS)
    ]
    objects = [{"id": row["user"], "type": "user", "attributes": []} for row in ROWS]
    return json.dumps({"events": events, "objects": objects, "eventTypes": [], "objectTypes": []}).encode()


def ocel_xml() -> bytes:
    objects = "".join(f'<object id="{row["user"]}" type="user"><attributes/></object>' for row in ROWS)
    events = "".join(
        f'<event id="e{place}" type="{escaped(row["event"])}" time="{row["time"]}"><attributes/><objects>'
        f'<relationship object-id="{row["user"]}" qualifier=""/></objects></event>'
        for place, row in enumerate(ROWS)
    )
    return f"<log><object-types/><event-types/><objects>{objects}</objects><events>{events}</events></log>".encode()


def ocel_sqlite() -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(
            """
            CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE object_User (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT);
            INSERT INTO object_map_type VALUES ('user', 'User');
            """
        )
        for place, row in enumerate(ROWS):
            connection.execute(f"CREATE TABLE event_Type{place} (ocel_id TEXT, ocel_time TEXT)")
            connection.execute(f"INSERT INTO event_Type{place} VALUES (?, ?)", (f"e{place}", row["time"]))
            connection.execute("INSERT INTO event_map_type VALUES (?, ?)", (row["event"], f"Type{place}"))
            connection.execute("INSERT INTO event_object VALUES (?, ?, '')", (f"e{place}", row["user"]))
            connection.execute("INSERT INTO object_User VALUES (?, '1970-01-01', NULL)", (row["user"],))
        # two events of one type are two rows of one table
        connection.execute("UPDATE event_map_type SET ocel_type_map = 'Type0' WHERE ocel_type = 'Cart opened'")
        connection.execute("DELETE FROM event_map_type WHERE rowid = 3")
        connection.execute("INSERT INTO event_Type0 SELECT * FROM event_Type2")
        connection.commit()
        return connection.serialize()


XES_MAPPING = MAPPING.replace("{column: user}", '{column: "case:user"}')
OCEL_MAPPING = """\
source: shop
channel: web
touchpoint: {column: "ocel:type"}
occurred_at: {column: "ocel:time"}
identifiers: {user: {column: "object:user"}}
"""
FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "csv": ("csv", lambda: separated(","), MAPPING),
    "csv with semicolons": ("csv", lambda: separated(";"), MAPPING),
    "csv with tabs": ("csv", lambda: separated("\t"), MAPPING),
    "csv with a byte order mark": ("csv", lambda: separated(",", "utf-8-sig"), MAPPING),
    "csv in Windows-1252": ("csv", lambda: separated(";", "windows-1252"), MAPPING),
    "csv in UTF-16": ("csv", lambda: separated(",", "utf-16"), MAPPING),
    "csv with CR LF": ("csv", lambda: separated(",").replace(b"\n", b"\r\n"), MAPPING),
    "csv with mixed ends of lines": ("csv", lambda: separated(",").replace(b"\n", b"\r\n", 2), MAPPING),
    "csv after empty lines": ("csv", lambda: b"\n\n" + separated(","), MAPPING),
    "json lines": ("json", lines, MAPPING),
    "json lines in UTF-16": ("json", lambda: lines().decode().encode("utf-16"), MAPPING),
    "json lines with empty ones": ("json", lambda: lines().replace(b"\n", b"\r\n\r\n"), MAPPING),
    "json array": ("json", lambda: json.dumps(ROWS, indent=2).encode(), MAPPING),
    "json document": ("json", lambda: json.dumps({"page": {"next": None}, "items": ROWS}, indent=2).encode(), MAPPING),
    "json document in one line": ("json", lambda: json.dumps({"data": {"items": ROWS}}).encode(), MAPPING),
    "parquet": ("parquet", parquet, MAPPING),
    "xlsx": ("xlsx", workbook, MAPPING),
    "xes": ("xes", xes, XES_MAPPING),
    "xes in UTF-16": ("xes", lambda: xes("utf-16"), XES_MAPPING),
    "ocel json": ("ocel", ocel_json, OCEL_MAPPING),
    "ocel xml": ("ocel", ocel_xml, OCEL_MAPPING),
    "ocel sqlite": ("ocel", ocel_sqlite, OCEL_MAPPING),
}
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "gzip in two parts": lambda content: gzip.compress(content[:50]) + gzip.compress(content[50:]),
    "zstd": lambda content: pa.compress(content, codec="zstd", asbytes=True),
}
# Kinds that libraries read from a plain copy are packed once only; the others in every way.
PACKED = [
    pytest.param(file, packing, id=f"{file}, {packing}")
    for file in FILES
    for packing in PACKINGS
    if packing == "plain"
    or file in ("csv", "json lines", "json array", "parquet", "xes", "xlsx")
    or (packing == "gzip" and " in " not in file)
]


def test_every_kind_of_file_is_in_the_contract() -> None:
    assert {kind for kind, _, _ in FILES.values()} == {kind.name for kind in FILE_KINDS}


@pytest.mark.parametrize(("file", "packing"), PACKED)
def test_the_same_interactions_come_out_of_every_kind_of_file(workspace: Workspace, file: str, packing: str) -> None:
    _, content, mapping = FILES[file]
    counts = bring(workspace, PACKINGS[packing](content()), mapping=mapping, name="an export")
    assert (counts.read, counts.stored) == (3, 3)
    assert sorted(stored(workspace, "touchpoint", "occurred_at")) == sorted(EXPECTED)
    with workspace.database.reading() as connection:
        values = connection.exec_driver_sql("SELECT value FROM identifiers").scalars()
        assert sorted(values) == sorted(row["user"] for row in ROWS)


@pytest.mark.parametrize("file", FILES)
def test_the_kind_is_known_by_the_content_not_by_the_ending(tmp_path: Path, file: str) -> None:
    kind, content, _ = FILES[file]
    assert file_kind_of(put(tmp_path, "export.dat", content())).name == kind


@pytest.mark.parametrize("file", ["csv", "json document", "parquet", "xlsx", "xes", "ocel sqlite"])
def test_the_same_file_again_stores_nothing(workspace: Workspace, file: str) -> None:
    _, content, mapping = FILES[file]
    bring(workspace, content(), mapping=mapping)
    counts = bring(workspace, content(), mapping=mapping)
    assert (counts.stored, counts.duplicates) == (0, 3)


NOTHING_INSIDE = {
    "csv": table(),
    "json array": "[]",
    "xes": '<log xes.version="1.0"></log>',
    "ocel json": '{"events": [], "objects": [], "eventTypes": [], "objectTypes": []}',
}


@pytest.mark.parametrize("file", NOTHING_INSIDE)
def test_a_file_without_records_is_read_and_holds_nothing(workspace: Workspace, file: str) -> None:
    counts = bring(workspace, NOTHING_INSIDE[file], mapping=FILES[file][2])
    assert counts.to_dict() == {"read": 0, "stored": 0, "duplicates": 0, "quarantined": 0}


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def noise(length: int = 3000) -> bytes:
    return bytes(place * place % 251 for place in range(length))


def packed(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1") + noise()
BAD_FILES: dict[str, tuple[bytes, str, str]] = {
    "noise": (noise(), "", "is of no known kind"),
    "a web page": (
        b"\xef\xbb\xbf\n<!DOCTYPE html>\n<p>Sign in, please",
        "",
        "is a web page, expected a file with records",
    ),
    "a web page as XML": (b"<?xml version='1.0'?><!-- saved --><html lang='en'/>", "", "is a web page"),
    "a web page in gzip": (gzip.compress(b"<html><body>"), "", "is a web page"),
    "a presentation": (packed("[Content_Types].xml", "ppt/presentation.xml"), "", "is a presentation, expected"),
    "a text document": (packed("[Content_Types].xml", "word/document.xml"), "", "is a text document, expected"),
    "a PDF document": (b"%PDF-1.7\n1 0 obj", "", "is a PDF document, expected"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + noise(), "", "is a picture, expected"),
    "noise read as csv": (noise(), "csv", "has no column"),
    "noise read as json": (noise(), "json", "is not valid JSON"),
    "noise read as parquet": (noise(), "parquet", "cannot be read as Parquet"),
    "noise read as xlsx": (noise(), "xlsx", "cannot be read as a workbook"),
    "noise read as xes": (noise(), "xes", "is not valid XML"),
    "noise read as ocel": (noise(), "ocel", "cannot be read as OCEL"),
    "csv in the wrong encoding": (separated(",", "windows-1252"), "csv, encoding: utf-16", "is not in the encoding"),
    "csv cut off in gzip": (gzip.compress(separated(",") * 50)[:-20], "", "cannot be unpacked"),
    "csv cut off in zstd": (
        pa.compress(separated(",") * 90, codec="zstd", asbytes=True)[:-9],
        "",
        "cannot be unpacked",
    ),
    "csv cut off late in gzip": (gzip.compress(separated(",") * 30_000)[:-20], "", "cannot be unpacked"),
    "gzip damaged": (gzip.compress(separated(","))[:20] + b"\xff" * 200, "", "cannot be unpacked"),
    "csv of other columns": (b"a,b\n1,2\n", "", "has no column 'event', 'time', 'user'"),
    "json array cut off": (cut(json.dumps(ROWS).encode()), "", "is not valid JSON"),
    "json document cut off": (cut(json.dumps({"items": ROWS}, indent=1).encode()), "", "is not valid JSON"),
    "json list of numbers": (b"[1, 2]", "", "all its entries are something else"),
    "json without the columns": (b'{"a": 1}\n{"a": 2}\n', "", "has no column 'event', 'time', 'user'"),
    "parquet cut off": (cut(parquet()), "", "cannot be read as Parquet"),
    "parquet that is only a head": (b"PAR1", "", "cannot be read as Parquet"),
    "parquet with damaged pages": (parquet()[:8] + b"\xff" * 40 + parquet()[48:], "", "file.csv"),
    "xlsx cut off": (cut(workbook()), "", "cannot be read as a workbook"),
    "xlsx cut off at the end": (workbook()[:-30], "", "cannot be read as a workbook"),
    "xlsx protected by a password": (PROTECTED, "", "protected by a password"),
    "xlsx without that sheet": (workbook(), "xlsx, sheet: Event", "has no sheet 'Event'"),
    "xes cut off": (cut(xes()), "", "is not valid XML"),
    "xes cut off in gzip": (gzip.compress(xes())[:-20], "", "cannot be unpacked"),
    "xes in an unknown encoding": (xes().replace(b"utf-8", b"utf-9"), "", "is not valid XML"),
    "xes that grows": (
        b'<!DOCTYPE log [<!ENTITY a "'
        + b"a" * 9000
        + b'"><!ENTITY b "'
        + b"&a;" * 9000
        + b'"><!ENTITY c "'
        + b"&b;" * 9000
        + b'">]><log>&c;</log>',
        "",
        "is not valid XML",
    ),
    "xes that reads a file": (b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log>&x;</log>', "", "XML"),
    "ocel json cut off": (cut(ocel_json()) + b'"objectTypes"', "", "cannot be read as OCEL"),
    "ocel json without events": (b'{"objectTypes": [], "objects": []}', "", "'events' is missing"),
    "ocel xml cut off": (cut(ocel_xml()), "", "cannot be read as OCEL"),
    "sqlite without the tables": (ocel_sqlite().replace(b"object_map_type", b"object_map_typo"), "", "OCEL"),
    "sqlite cut off": (cut(ocel_sqlite()), "", "cannot be read as OCEL"),
}


@pytest.mark.parametrize("bad", BAD_FILES)
def test_an_unreadable_file_is_one_error_and_changes_nothing(workspace: Workspace, bad: str) -> None:
    bring(workspace, table("Seen,2026-01-01,u", "Seen,not a time,u"))
    before = contents(workspace)
    content, options, message = BAD_FILES[bad]
    mapping = MAPPING + (f"read: {{format: {options}}}\n" if options else "")
    with pytest.raises(InputError) as caught:
        bring(workspace, content, mapping=mapping)
    assert message in str(caught.value)
    assert "file.csv" in str(caught.value)
    assert contents(workspace) == before
    assert list(workspace.staging_folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b" \n\t\n"], ids=["empty", "blanks"])
def test_an_empty_file_has_no_records_and_changes_nothing(workspace: Workspace, content: bytes) -> None:
    bring(workspace, table("Seen,2026-01-01,u"))
    before = contents(workspace)
    assert bring(workspace, content) == Counts(0, 0, 0, 0)
    assert contents(workspace) == before


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.csv", "there is no file"), ("folder", "is a folder, expected a file")],
    ids=["no file", "a folder"],
)
def test_what_is_no_file_is_said_so(workspace: Workspace, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=message):
        import_files(workspace, [tmp_path / name], mapping=put(tmp_path, "m.yaml", MAPPING))


CSV_DAMAGE = {
    "too few cells": ("Seen,2026-01-01", "expected 3 cells, got 2"),
    "too many cells": ("Seen,2026-01-01,u,x,y", "expected 3 cells, got 5"),
    "a quotation mark that is not closed": (
        'Seen,2026-01-01,"u',
        "a quotation mark opens a cell and does not close it",
    ),
    "a quotation mark too many": ('Seen,2026-01-01,"u"v', "a quotation mark opens a cell and does not close it"),
    "a broken letter": ("Seen,2026-01-01,\udce9", "some letters are not in the encoding of the file"),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("damage", CSV_DAMAGE)
def test_an_unreadable_row_of_csv_takes_no_other_row_along(workspace: Workspace, damage: str, ends: str) -> None:
    row, message = CSV_DAMAGE[damage]
    around = ['"Seen\nover ""two"" lines",2026-01-01,ü1', "Seen,2026-01-02,u2", "Seen,nonsense,u3"]
    text = table(*around[:2], row, "Seen,2026-01-03,u4", row.replace("Seen", "Heard"), *around)
    counts = bring(workspace, text.replace("\n", ends).encode(errors="surrogateescape"))
    found = [(each.row, each.field, each.message.split(", got '")[0]) for each in list_quarantine(workspace)]
    time = "expected a time in ISO 8601 (2026-01-31T09:30:00Z)"
    assert found == [(3, "row", message), (5, "row", message), (8, "occurred_at", time)]
    assert counts.to_dict() == {"read": 8, "stored": 3, "duplicates": 2, "quarantined": 3}


def test_an_unreadable_line_of_json_takes_no_other_line_along(workspace: Workspace) -> None:
    good = json.dumps(ROWS[0])
    broken = ['{"event":', "[1]", "5", '"text"', "null", '{"event": "\\ud800"}', '{"event": "a\x1eb"}']
    late = json.dumps({**ROWS[1], "time": "never"})
    counts = bring(workspace, "\n".join([broken[0], good, *broken[1:], late, *[good] * 9]) + "\n")
    assert [(each.row, each.reason) for each in list_quarantine(workspace)] == [
        (1, "unreadable_row"),
        *((row, "unreadable_row") for row in range(3, 9)),
        (9, "unreadable_time"),
    ]
    assert (counts.read, counts.stored, counts.duplicates) == (18, 1, 9)


def test_what_is_no_object_in_a_json_array_goes_to_quarantine(workspace: Workspace) -> None:
    counts = bring(workspace, json.dumps([ROWS[0], 1, ROWS[1], None]))
    assert [(each.row, each.record) for each in list_quarantine(workspace)] == [
        (2, '{"_raw": "1"}'),
        (4, '{"_raw": "null"}'),
    ]
    assert (counts.read, counts.stored) == (4, 2)


def test_text_turns_out_not_to_be_utf8_far_behind_its_beginning(workspace: Workspace) -> None:
    rows = [f"Seen,2026-01-01,u{place}" for place in range(9_000)]
    counts = bring(workspace, table(*rows, "Käse,2026-01-01,last").encode("windows-1252"))
    assert (counts.stored, stored(workspace, "touchpoint")[-1]) == (9_001, "Käse")


ODD_COLUMNS = [
    'a"b',
    "c;d",
    "e'f",
    "g.h",
    "'; DROP TABLE raw; --",
    "raw",
    "x",
    "entry",
    "failed",
    "é",
    "select",
    "a[0]",
    "$",
]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_columns_may_be_called_anything(workspace: Workspace, kind: str) -> None:
    record = {**ROWS[0], **{name: f"value {place}" for place, name in enumerate(ODD_COLUMNS)}}
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in (record, record.values())]
    content = json.dumps(record) + "\n" if kind == "json" else "\n".join(map(",".join, quoted))
    names = json.dumps(ODD_COLUMNS)
    assert bring(workspace, content, mapping=f"{MAPPING}attributes: {names}\n").stored == 1
    assert dict(stored(workspace, "attributes")[0]) == {name: record[name] for name in ODD_COLUMNS}


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_columns_that_differ_only_in_capitals_are_kept_apart(workspace: Workspace, kind: str) -> None:
    names, values = ["event", "time", "user", "Event", "EVENT"], ["first", "2026-01-01", "u", "second", "third"]
    content: str | bytes = "\n".join([",".join(names), ",".join(values)])
    if kind == "json":
        content = json.dumps(dict(zip(names, values, strict=True))) + "\n"
    if kind == "xlsx":
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, names)
            sheet.write_row(1, 0, values)
        content = content.getvalue()
    bring(workspace, content, mapping=MAPPING + "attributes: [Event_2, EVENT_3]\n")
    assert stored(workspace, "touchpoint", "attributes") == [("first", {"Event_2": "second", "EVENT_3": "third"})]


@pytest.mark.parametrize(
    "name",
    ['it\'s "odd"; DROP TABLE x.csv', "b[1].csv", "*.csv", "year=2026/a.csv", "günstig 顧客.csv", "a?b#c%20.csv"],
)
@pytest.mark.parametrize("kind", ["csv", "parquet", "ocel sqlite"])
def test_files_and_folders_may_be_called_anything(workspace: Workspace, tmp_path: Path, name: str, kind: str) -> None:
    put(tmp_path, "b1.csv", "another,file\n")
    _, content, mapping = FILES[kind]
    assert bring(workspace, content(), mapping=mapping, name=name).stored == 3


def test_the_workspace_may_be_called_anything(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "year=2026 [x]*" / "it's 100%; a workspace")
    bring(workspace, FILES["csv"][1]())
    assert bring(workspace, FILES["csv"][1]()).duplicates == 3
    assert sorted(stored(workspace, "touchpoint", "occurred_at")) == sorted(EXPECTED)


def test_a_column_with_a_name_that_the_import_needs_is_said_so(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="has a column '_t_channel', a name that the import needs for itself"):
        bring(workspace, table("Seen,2026-01-01,u,x", header="event,time,user,_t_channel"))


def test_json_that_is_nested_very_deeply_is_no_reason_to_stop(workspace: Workspace) -> None:
    deep = '{"event": "Seen", "time": "2026-01-01", "user": "u", "x": ' + "[" * 5_000 + "]" * 5_000 + "}"
    assert bring(workspace, json.dumps(ROWS[0]) + "\n" + deep + "\n").stored == 2


def test_a_single_record_with_a_list_in_it_is_a_record_where_the_mapping_reads_it(workspace: Workspace) -> None:
    assert bring(workspace, json.dumps({**ROWS[0], "items": [{"sku": 1}]})).stored == 1


def test_records_are_found_where_the_mapping_says(workspace: Workspace) -> None:
    document = {"a.b": [], "longer": [{"x": 1}] * 5, "data": {"rows": ROWS}}
    assert bring(workspace, json.dumps(document), mapping=MAPPING + "read: {records: data.rows}\n").stored == 3
