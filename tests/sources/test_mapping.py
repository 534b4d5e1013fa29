from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ruamel.yaml import YAML

from desireline.base import InputError
from desireline.sources import list_quarantine, mapping_from_document
from desireline.store import Workspace

from .desk import MAPPING, bring, put, stored, table, times

GOOD: dict[str, Any] = YAML(typ="safe").load(MAPPING)

# What is written in a mapping, and what is said about it.
PROBLEMS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "an unknown key": ({"chanel": "web"}, ["mapping: unknown key 'chanel', did you mean channel?"]),
    "no source": ({"source": None}, ["source: expected a short name in small letters"]),
    "a source with blanks": ({"source": "My Shop"}, ["source: expected a short name", "got 'My Shop'"]),
    "an unknown key of an expression": (
        {"touchpoint": {"colum": "a"}},
        ["touchpoint: unknown key 'colum', did you mean column?"],
    ),
    "two ways at once": ({"touchpoint": {"column": "a", "constant": "b"}}, ["exactly one of", "got constant, column"]),
    "no way at all": ({"touchpoint": {"otherwise": "b"}}, ["touchpoint: expected exactly one of", "got none"]),
    "a list for a value": ({"channel": ["web"]}, ["channel: expected a constant or {column: NAME}, got ['web']"]),
    "nothing for a value": ({"channel": None}, ["channel: expected a constant or {column: NAME}, got None"]),
    "an empty constant": ({"channel": ""}, ["channel: is empty"]),
    "an empty constant in words": ({"channel": {"constant": None}}, ["channel.constant: is empty"]),
    "an empty column": ({"channel": {"column": ""}}, ["channel.column: is empty"]),
    "no columns to choose from": ({"channel": {"first_of": []}}, ["channel.first_of: is empty"]),
    "no columns to multiply": ({"value": {"product": []}}, ["value.product: is empty"]),
    "a product of texts": (
        {"touchpoint": {"product": ["a", "b"]}},
        ["touchpoint.product: only numbers can be multiplied"],
    ),
    "a template without columns": (
        {"touchpoint": {"template": "Call"}},
        ["touchpoint.template: expected at least one {column}"],
    ),
    "a constant that is no number": ({"cost": "cheap"}, ["cost: expected a number or {column: NAME}, got 'cheap'"]),
    "a constant that is no number, in words": ({"cost": {"constant": "nan"}}, ["cost: expected a number"]),
    "a constant that is no choice": ({"direction": "in"}, ["direction: expected one of inbound, outbound, internal"]),
    "a constant that is too long": ({"channel": "x" * 101}, ["channel: expected at most 100 characters, got 101"]),
    "a constant that is no time": (
        {"occurred_at": "timestamp"},
        ["occurred_at: expected a time such as", "{column: NAME}, got 'timestamp'"],
    ),
    "everybody is one customer": (
        {"identifiers": {"user": "user_id"}},
        ["identifiers.user: expected {column: NAME}", "all interactions would be of one customer"],
    ),
    "everybody is one customer, in words": (
        {"identifiers": {"user": {"constant": "u"}}},
        ["identifiers.user: expected {column: NAME}"],
    ),
    "no identifiers": ({"identifiers": {}}, ["identifiers: expected at least one, such as {user: {column: user_id}}"]),
    "identifiers as a list": ({"identifiers": ["user"]}, ["identifiers: expected at least one"]),
    "a type with capitals": (
        {"identifiers": {"User Id": {"column": "u"}}},
        ["expected a type in small letters and digits, got 'User Id'"],
    ),
    "an unknown zone": (
        {"occurred_at": {"column": "t", "timezone": "Europe/Londn"}},
        ["occurred_at.timezone: unknown time zone 'Europe/Londn', did you mean Europe/London?"],
    ),
    "a zone that means several": ({"occurred_at": {"column": "t", "timezone": "BST"}}, ["unknown time zone 'BST'"]),
    "a zone that is a list": ({"occurred_at": {"column": "t", "timezone": ["UTC"]}}, ["unknown time zone ['UTC']"]),
    "a format without a pattern": (
        {"occurred_at": {"column": "t", "format": "dd/mm/yyyy"}},
        ["expected a pattern such as %d/%m/%Y %H:%M, got 'dd/mm/yyyy'"],
    ),
    "a unit of time that is none": (
        {"occurred_at": {"column": "t", "unit": "days"}},
        ["occurred_at.unit: expected one of s, ms, us, got 'days'"],
    ),
    "a unit that is a list": (
        {"wait": {"column": "w", "unit": ["s"]}},
        ["wait.unit: expected one of ms, milliseconds, s"],
    ),
    "a unit of money": ({"cost": {"column": "c", "unit": "s"}}, ["cost.unit: only duration, wait, hold have a unit"]),
    "a unit of a text": ({"channel": {"column": "c", "unit": "s"}}, ["channel: unknown key 'unit'"]),
    "values that are a list": (
        {"channel": {"column": "c", "values": ["a"]}},
        ["channel.values: expected raw values and what they mean"],
    ),
    "a value that means nothing": (
        {"channel": {"column": "c", "values": {"a": None}}},
        ["channel.values: expected a text that 'a' stands for, got None"],
    ),
    "a pattern that is none": (
        {"channel": {"column": "c", "patterns": {"(": "x"}}},
        ["channel.patterns: '(' is no regular expression"],
    ),
    "attributes that are a text of lists": ({"attributes": [["a"]]}, ["attributes: expected a list of columns"]),
    "one_per that is a number of true": ({"one_per": [True]}, ["one_per: expected a list of columns"]),
    "a join without its column": ({"join": [{"file": "b.csv"}]}, ["join[0]: expected {file: NAME, on: COLUMN}"]),
    "an unknown way to read": (
        {"read": {"delimeter": ";"}},
        ["read: unknown key 'delimeter', did you mean delimiter?"],
    ),
    "an unknown encoding": ({"read": {"encoding": "utf-9"}}, ["read.encoding: unknown encoding 'utf-9'"]),
    "a decimal sign that is none": ({"read": {"decimal": "'"}}, ['read.decimal: expected . or , got "\'"']),
    "read that is a text": ({"read": "csv"}, ["read: expected keys such as delimiter"]),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_is_wrong_with_a_mapping_is_said_with_its_place(problem: str) -> None:
    changed, expected = PROBLEMS[problem]
    with pytest.raises(InputError) as caught:
        mapping_from_document({**GOOD, **changed}, where="m.yaml")
    assert all(part in caught.value.message for part in ("the mapping m.yaml", *expected)), caught.value.message


def test_checking_patterns_leaves_the_usual_connection_of_duckdb_free() -> None:
    mapping_from_document({**GOOD, "channel": {"column": "c", "patterns": {"^w": "web"}}}, where="m.yaml")
    assert duckdb.sql("SELECT 1").fetchall() == [(1,)]


def test_all_problems_of_a_mapping_are_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        mapping_from_document({"chanel": "web", "read": {"encoding": "x"}}, where="m.yaml")
    places = [line.split(":")[0].strip() for line in caught.value.message.splitlines()[1:]]
    assert places == ["mapping", "source", "channel", "touchpoint", "occurred_at", "identifiers", "read.encoding"]


@pytest.mark.parametrize("document", [None, [], "shop", 5], ids=repr)
def test_what_is_no_mapping_at_all_is_an_error(document: object) -> None:
    with pytest.raises(InputError, match="expected keys and values"):
        mapping_from_document(document, where="m.yaml")


@pytest.mark.parametrize(
    "text", ["a: [", "\tsource: x", "a: 1\na: 2", "a: *b", "!!python/object:os.system {}"], ids=repr
)
def test_what_is_no_yaml_is_an_error(workspace: Workspace, text: str) -> None:
    with pytest.raises(InputError, match=r"mapping\.yaml"):
        bring(workspace, table("a,2026-01-01,u"), mapping=text)


def test_columns_that_the_file_lacks_are_offered_by_their_nearest_name(workspace: Workspace) -> None:
    with pytest.raises(InputError, match=r"has no column 'user', .* 'shop' reads\nhint: did you mean user_id\?"):
        bring(workspace, "event,time,user_id\na,2026-01-01,u\n")


HEADER = "event,time,user,a,b,n,m"
ROW = "Seen,2026-01-01,u,left,right,3,1.5"
EXPRESSIONS: dict[str, tuple[str, str, object]] = {
    "a constant": ("touchpoint: Call", "touchpoint", "Call"),
    "a constant that is a number": ("touchpoint: 5", "touchpoint", "5"),
    "a constant in words": ("touchpoint: {constant: Call}", "touchpoint", "Call"),
    "a constant with SQL in it": ('touchpoint: "\'; DROP TABLE raw; --$p0"', "touchpoint", "'; DROP TABLE raw; --$p0"),
    "a column": ("touchpoint: {column: a}", "touchpoint", "left"),
    "a template": ("touchpoint: {template: 'Call: {a}/{b}.'}", "touchpoint", "Call: left/right."),
    "a template with a quote": ('touchpoint: {template: "it\'s {a}"}', "touchpoint", "it's left"),
    "a template with an empty column": ("outcome: {template: 'x {e}'}", "outcome", None),
    "the first that is filled": ("touchpoint: {first_of: [e, b, a]}", "touchpoint", "right"),
    "a product": ("value: {product: [n, m, n]}", "value", 13.5),
    "a product with an empty column": ("value: {product: [n, e]}", "value", None),
    "a number in a text": ("cost: {template: '{n}.25'}", "cost", 3.25),
    "a constant number": ("cost: 2.5", "cost", 2.5),
    "values": ("touchpoint: {column: a, values: {right: R, left: L}}", "touchpoint", "L"),
    "values that do not fit": ("touchpoint: {column: a, values: {x: L}}", "touchpoint", "left"),
    "values of numbers": ("outcome: {column: n, values: {3: three}}", "outcome", "three"),
    "values of true and false": ("outcome: {column: n, values: {3: true}}", "outcome", "true"),
    "values that are compared as a whole": ("touchpoint: {column: a, values: {lef: L}}", "touchpoint", "left"),
    "values with an otherwise": ("touchpoint: {column: a, values: {x: L}, otherwise: other}", "touchpoint", "other"),
    "patterns": ("touchpoint: {column: a, patterns: {'^l.f': L, left: M}}", "touchpoint", "L"),
    "values before patterns": ("touchpoint: {column: a, values: {left: V}, patterns: {l: P}}", "touchpoint", "V"),
    "patterns with an otherwise": ("outcome: {column: a, patterns: {x: P}, otherwise: none}", "outcome", "none"),
    "otherwise for what is empty": ("outcome: {column: e, otherwise: nothing}", "outcome", "nothing"),
    "otherwise for an empty number": ("cost: {column: e, otherwise: 7}", "cost", 7.0),
    "values that are numbers": ("cost: {column: a, values: {left: '4'}}", "cost", 4.0),
    "a choice in other capitals": ("direction: {column: a, values: {left: INBOUND}}", "direction", "inbound"),
    "a choice that is constant": ("score_kind: nps", "score_kind", "NPS"),
    "seconds": ("wait: {column: m}", "wait", 1.5),
    "minutes": ("wait: {column: m, unit: minutes}", "wait", 90.0),
    "milliseconds": ("duration: {column: n, unit: ms}", "duration", 0.003),
    "hours": ("hold: {column: m, unit: hours}", "hold", 5400.0),
    "an attribute": ("attributes: [a, e]", "attributes['a']", "left"),
    "an attribute of another name": ("attributes: {side: {column: b}}", "attributes['side']", "right"),
    "an attribute that is empty": ("attributes: [a, e]", "attributes['e']", None),
    "an id": ("id: {template: '{a}-{n}'}", "id", "left-3"),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_gives(workspace: Workspace, name: str) -> None:
    line, column, expected = EXPRESSIONS[name]
    kept = [each for each in MAPPING.splitlines() if each.split(":")[0] != line.split(":")[0]]
    bring(workspace, table(f"{ROW},", header=f"{HEADER},e"), mapping="\n".join([*kept, line]))
    assert stored(workspace, column) == [expected]


def with_time(options: str) -> str:
    return MAPPING.replace("{column: time}", "{column: time, " + options + "}")


# What stands in the file, the options of the mapping, and when it was in UTC.
TIMES: dict[str, tuple[str, str, str]] = {
    "a date": ("2026-01-31", "", "2026-01-31 00:00:00"),
    "no zone": ("2026-01-31 09:30:00", "", "2026-01-31 09:30:00"),
    "T and Z": ("2026-01-31T09:30:00Z", "", "2026-01-31 09:30:00"),
    "minutes": ("2026-01-31T09:30", "", "2026-01-31 09:30:00"),
    "microseconds": ("2026-01-31T09:30:00.123456Z", "", "2026-01-31 09:30:00.123456"),
    "nanoseconds": ("2026-01-31T09:30:00.123456789Z", "", "2026-01-31 09:30:00.123456"),
    "a comma before the fraction": ('"2026-01-31T09:30:00,5Z"', "", "2026-01-31 09:30:00.5"),
    "a comma, no zone, in London": ('"2026-07-31 09:30:00,5"', "timezone: Europe/London", "2026-07-31 08:30:00.5"),
    "an offset": ("2026-01-31T09:30:00+02:00", "", "2026-01-31 07:30:00"),
    "an offset without a colon": ("2026-01-31T09:30:00-0530", "", "2026-01-31 15:00:00"),
    "an offset behind a blank": ("2026-01-31 09:30:00 +02:00", "", "2026-01-31 07:30:00"),
    "UTC in words": ("2026-01-31 09:30:00 UTC", "", "2026-01-31 09:30:00"),
    "a zone in words": ("2026-07-31 09:30:00 Europe/Berlin", "", "2026-07-31 07:30:00"),
    "an offset wins over the zone": ("2026-07-31T09:30:00+05:00", "timezone: Europe/London", "2026-07-31 04:30:00"),
    "a zone in words wins too": ("2026-07-31 09:30:00 Asia/Tokyo", "timezone: Europe/London", "2026-07-31 00:30:00"),
    "winter": ("2026-01-31 09:30:00", "timezone: Europe/London", "2026-01-31 09:30:00"),
    "summer": ("2026-07-31 09:30:00", "timezone: Europe/London", "2026-07-31 08:30:00"),
    "the other side of the world": ("2026-01-31 09:30:00", "timezone: Pacific/Auckland", "2026-01-30 20:30:00"),
    "the hour that is skipped": ("2026-03-29 02:30:00", "timezone: Europe/Berlin", "2026-03-29 01:30:00"),
    "the hour that comes twice": ("2026-10-25 02:30:00", "timezone: Europe/Berlin", "2026-10-25 01:30:00"),
    "a date in a zone": ("2026-07-31", "timezone: Europe/London", "2026-07-30 23:00:00"),
    "blanks around it": ("  2026-01-31  ", "", "2026-01-31 00:00:00"),
    "a pattern": ("31/01/2026 09:30", "format: '%d/%m/%Y %H:%M'", "2026-01-31 09:30:00"),
    "a pattern in a zone": ("31.07.2026", "format: '%d.%m.%Y', timezone: Europe/Berlin", "2026-07-30 22:00:00"),
    "the second pattern": ("31/01/2026", "format: ['%d/%m/%Y %H:%M', '%d/%m/%Y']", "2026-01-31 00:00:00"),
    "a pattern with a zone": ("31/01/2026 09:30 +0200", "format: '%d/%m/%Y %H:%M %z'", "2026-01-31 07:30:00"),
    "a pattern with am and pm": ("1/31/2026 9:30 PM", "format: '%m/%d/%Y %I:%M %p'", "2026-01-31 21:30:00"),
    "seconds since 1970": ("1767225600", "unit: s", "2026-01-01 00:00:00"),
    "seconds with decimals": ("1767225600.25", "unit: s", "2026-01-01 00:00:00.25"),
    "seconds as a power of ten": ("1.7672256e9", "unit: s", "2026-01-01 00:00:00"),
    "milliseconds": ("1767225600123", "unit: ms", "2026-01-01 00:00:00.123"),
    "microseconds since 1970": ("1767225600123456", "unit: us", "2026-01-01 00:00:00.123456"),
    "before 1970": ("-86400", "unit: s", "1969-12-31 00:00:00"),
    "values": ("opening", "values: {opening: '2026-01-31'}", "2026-01-31 00:00:00"),
    "otherwise": ("", "otherwise: '2026-01-31T01:00:00Z'", "2026-01-31 01:00:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", TIMES)
def test_a_time_is_read(workspace: Workspace, name: str) -> None:
    text, options, expected = TIMES[name]
    bring(workspace, table(f"Seen,{text},u"), mapping=with_time(options) if options else MAPPING)
    assert times(workspace) == [expected]


UNREADABLE: dict[str, tuple[str, str, str]] = {
    "words": ("yesterday", "", "unreadable_time"),
    "a day that is none": ("2026-02-30", "", "unreadable_time"),
    "an hour that is none": ("2026-02-03 25:00", "", "unreadable_time"),
    "a clock": ("09:30", "", "unreadable_time"),
    "a number without a unit": ("1767225600", "", "unreadable_time"),
    "PM in a zone": ("2026-01-01 10:00 PM", "timezone: Europe/London", "unreadable_time"),
    "a zone that is none": ("2026-01-01 10:00:00 Mars/Base", "timezone: Europe/London", "unreadable_time"),
    "another pattern": ("2026-01-31", "format: '%d/%m/%Y'", "unreadable_time"),
    "more than the pattern": ("31/01/2026 x", "format: '%d/%m/%Y'", "unreadable_time"),
    "a number that is none": ("soon", "unit: s", "unreadable_time"),
    "milliseconds taken for seconds": ("1767225600123", "unit: s", "unreadable_time"),
    "no number": ("nan", "unit: s", "unreadable_time"),
    "for ever": ("infinity", "", "out_of_range"),
    "long ago": ("1899-12-31", "", "out_of_range"),
    "far away": ("2200-01-02", "", "out_of_range"),
    "empty": ("", "", "missing_time"),
    "blanks": ("   ", "", "missing_time"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_time_that_cannot_be_read_goes_to_quarantine(workspace: Workspace, name: str) -> None:
    text, options, reason = UNREADABLE[name]
    bring(workspace, table(f"Seen,{text},u", "Seen,,u"), mapping=with_time(options) if options else MAPPING)
    assert list_quarantine(workspace)[0].reason == reason
    assert times(workspace) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("occurred_at: 2026-01-31T09:30:00Z", "2026-01-31 09:30:00"),
        ("occurred_at: 2026-01-31", "2026-01-31 00:00:00"),
        ("occurred_at: {constant: '2026-07-31 09:30', timezone: Europe/London}", "2026-07-31 08:30:00"),
        ("occurred_at: {constant: 1767225600, unit: s}", "2026-01-01 00:00:00"),
        ("occurred_at: {template: '{user} 09:30'}", "2026-05-01 09:30:00"),
        ("occurred_at: {first_of: [time, user]}", "2026-05-01 00:00:00"),
    ],
    ids=["a moment", "a day", "in a zone", "in seconds", "from a template", "the first that is filled"],
)
def test_a_time_may_come_from(workspace: Workspace, line: str, expected: str) -> None:
    bring(workspace, table("Seen,,2026-05-01"), mapping=MAPPING.replace("occurred_at: {column: time}", line))
    assert times(workspace) == [expected]


NOON = dt.datetime(2026, 7, 31, 12, 0, 0, 123456)
LAST = 2**63 - 1
TYPED: dict[str, tuple[pa.Array, str]] = {
    "seconds": (pa.array([NOON]).cast(pa.timestamp("s"), safe=False), "2026-07-31 11:00:00"),
    "milliseconds": (pa.array([NOON]).cast(pa.timestamp("ms"), safe=False), "2026-07-31 11:00:00.123"),
    "microseconds": (pa.array([NOON], pa.timestamp("us")), "2026-07-31 11:00:00.123456"),
    "nanoseconds": (pa.array([NOON]).cast(pa.timestamp("ns")), "2026-07-31 11:00:00.123456"),
    "with a zone": (pa.array([NOON]).cast(pa.timestamp("us")).cast(pa.timestamp("us", "Asia/Tokyo")), "2026-07-31 12:00:00.123456"),
    "a date": (pa.array([NOON.date()]), "2026-07-30 23:00:00"),
    "a date in milliseconds": (pa.array([NOON.date()]).cast(pa.date64()), "2026-07-30 23:00:00"),
    "a text": (pa.array(["2026-07-31"]), "2026-07-30 23:00:00"),
    "a text in a dictionary": (pa.array(["2026-07-31"]).dictionary_encode(), "2026-07-30 23:00:00"),
}  # fmt: skip
BAD_TYPED = {
    "no date": (pa.array([None], pa.date32()), "missing_time"),
    "no moment": (pa.array([None], pa.timestamp("us")), "missing_time"),
    "the last date": (pa.array([2**31 - 1], pa.int32()).cast(pa.date32()), "out_of_range"),
    "the last moment": (pa.array([LAST], pa.int64()).cast(pa.timestamp("us")), "out_of_range"),
    "the last moment with a zone": (pa.array([LAST], pa.int64()).cast(pa.timestamp("us", "UTC")), "out_of_range"),
    "the last second": (pa.array([2**53], pa.int64()).cast(pa.timestamp("ms")), "out_of_range"),
    "a clock": (pa.array([dt.time(9)]), "unreadable_time"),
}


def parquet(**columns: Any) -> bytes:
    target = io.BytesIO()
    size = len(next(iter(columns.values())))
    pq.write_table(pa.table({"event": ["Seen"] * size, "user": ["u"] * size, **columns}), target)
    return target.getvalue()


@pytest.mark.parametrize("name", TYPED)
def test_a_time_of_parquet_is_read_in_its_own_type(workspace: Workspace, name: str) -> None:
    column, expected = TYPED[name]
    bring(workspace, parquet(time=column), mapping=with_time("timezone: Europe/London"))
    assert times(workspace) == [expected]


@pytest.mark.parametrize("zone", ["UTC", "Europe/London"])
@pytest.mark.parametrize("name", BAD_TYPED)
def test_a_time_of_parquet_that_cannot_be_takes_no_other_row_along(workspace: Workspace, name: str, zone: str) -> None:
    column, reason = BAD_TYPED[name]
    good = pa.array(["2026-07-31"]).cast(pa.date32()) if pa.types.is_date(column.type) else None
    bring(
        workspace,
        parquet(time=column if good is None else pa.concat_arrays([column, good])),
        mapping=with_time(f"timezone: {zone}"),
    )
    assert [each.reason for each in list_quarantine(workspace)] == [reason]
    assert len(times(workspace)) == (0 if good is None else 1)


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint64(), pa.float64(), pa.string()], ids=str)
def test_a_number_of_parquet_is_a_moment_in_the_unit(workspace: Workspace, kind: pa.DataType) -> None:
    highest = 2**64 - 1 if kind == pa.uint64() else 2**53
    content = parquet(
        time=pa.array([1767225600, highest] if kind != pa.string() else ["1767225600", str(highest)], kind)
    )
    bring(workspace, content, mapping=with_time("unit: s"))
    assert times(workspace) == ["2026-01-01 00:00:00"]
    assert [each.reason for each in list_quarantine(workspace)] == ["unreadable_time"]


def test_an_empty_time_of_parquet_is_filled_by_otherwise(workspace: Workspace) -> None:
    bring(workspace, parquet(time=pa.array([None, NOON])), mapping=with_time("otherwise: '2026-01-01'"))
    assert times(workspace) == ["2026-01-01 00:00:00", "2026-07-31 12:00:00.123456"]


NUMBERS: dict[str, tuple[str, str, float | None]] = {
    "whole": ("5", ".", 5.0),
    "decimal": ("-1.25", ".", -1.25),
    "a sign": ("+3", ".", 3.0),
    "a power of ten": ("1e3", ".", 1000.0),
    "thousands": ('"1,234,567.5"', ".", 1234567.5),
    "blanks": (" 7 ", ".", 7.0),
    "empty": ("", ".", None),
    "decimal comma": ('"1,5"', ",", 1.5),
    "decimal comma and thousands": ('"1.234.567,5"', ",", 1234567.5),
    "decimal comma, whole": ("1234", ",", 1234.0),
}
NO_NUMBERS = {
    "a word": ("many", "."),
    "a unit behind it": ("5%", "."),
    "no number": ("NaN", "."),
    "no end": ("inf", "."),
    "no end in words": ("-Infinity", "."),
    "too large": ("1e400", "."),
    "decimal comma where a point is expected": ('"1,5"', "."),
    "thousands in pieces of two": ('"12,34"', "."),
    "decimal point where a comma is expected": ("1e5", ","),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_read(workspace: Workspace, name: str) -> None:
    text, decimal, expected = NUMBERS[name]
    mapping = MAPPING + f"value: {{column: n}}\nread: {{decimal: '{decimal}'}}\n"
    bring(workspace, table(f"Seen,2026-01-01,u,{text}", header="event,time,user,n"), mapping=mapping)
    assert stored(workspace, "value") == [expected]


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_what_is_no_number_goes_to_quarantine(workspace: Workspace, name: str) -> None:
    text, decimal = NO_NUMBERS[name]
    mapping = MAPPING + f"value: {{column: n}}\nread: {{decimal: '{decimal}'}}\n"
    bring(workspace, table(f"Seen,2026-01-01,u,{text}", header="event,time,user,n"), mapping=mapping)
    assert [(each.field, each.reason) for each in list_quarantine(workspace)] == [("value", "not_a_number")]


RANGES = {
    "a negative duration": ("duration", -1, "expected 0 at least (seconds), got '-1'"),
    "a negative wait": ("wait", -0.5, "expected 0 at least (seconds), got '-0.5'"),
    "a feeling beyond the scale": ("sentiment", 3, "expected -2 at least and 2 at most (points), got '3'"),
}


@pytest.mark.parametrize("name", RANGES)
def test_a_number_out_of_its_range_goes_to_quarantine(workspace: Workspace, name: str) -> None:
    field, number, message = RANGES[name]
    rows = [f"Seen,2026-01-01,u{place},{each}" for place, each in enumerate([number, 0, 2])]
    bring(workspace, table(*rows, header="event,time,user,n"), mapping=f"{MAPPING}{field}: {{column: n}}\n")
    assert [(each.reason, each.message) for each in list_quarantine(workspace)] == [("out_of_range", message)]
    assert stored(workspace, field) == [0.0, 2.0]


def test_numbers_of_parquet_are_read_in_their_own_types(workspace: Workspace) -> None:
    columns = {
        "value": pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)),
        "cost": pa.array([2**40, 3]),
        "wait": pa.array([1.5, float("nan")]),
    }
    mapping = MAPPING + "".join(f"{name}: {{column: {name}}}\n" for name in columns)
    bring(workspace, parquet(time=["2026-01-01"] * 2, **columns), mapping=mapping)
    assert stored(workspace, "value", "cost", "wait") == [(1.5, 2.0**40, 1.5)]
    assert [(each.row, each.reason) for each in list_quarantine(workspace)] == [(2, "not_a_number")]


def test_values_inside_of_parquet_are_reached_with_dots(workspace: Workspace) -> None:
    page = pa.array([{"path": "/", "by": {"user": "ann"}}])
    mapping = MAPPING.replace("{column: user}", "{column: page.by.user}") + "attributes: [page.path]\n"
    bring(workspace, parquet(time=["2026-01-01"], page=page), mapping=mapping)
    assert dict(stored(workspace, "attributes")[0]) == {"page.path": "/"}


def test_a_column_of_another_file_is_joined(workspace: Workspace) -> None:
    put(workspace.folder.parent, "beside/dates.csv", "campaign,start\n1,2026-03-01\n2,2026-04-01\n2,2027-01-01\n")
    mapping = MAPPING.replace("{column: time}", "{column: start}") + "join: [{file: beside/dates.csv, on: campaign}]\n"
    counts = bring(workspace, "event,user,campaign\nSent,u,2\nSent,v,1\nSent,w,9\n", mapping=mapping)
    assert times(workspace) == ["2026-04-01 00:00:00", "2026-03-01 00:00:00"]
    assert (counts.quarantined, list_quarantine(workspace)[0].reason) == (1, "missing_time")


@pytest.mark.parametrize(
    ("join", "message"),
    [
        ("{file: dates.csv, on: code}", "must both have the column 'code'"),
        ("{file: nowhere.csv, on: campaign}", "there is no file"),
        ("{file: empty.csv, on: campaign}", "is empty"),
    ],
    ids=["no such column", "no such file", "an empty file"],
)
def test_a_file_that_cannot_be_joined_is_said_so(workspace: Workspace, join: str, message: str) -> None:
    put(workspace.folder.parent, "dates.csv", "campaign,start\n1,2026-03-01\n")
    put(workspace.folder.parent, "empty.csv", "")
    with pytest.raises(InputError, match=message):
        bring(workspace, "event,time,user,campaign\nSent,,u,1\n", mapping=f"{MAPPING}join: [{join}]\n")
