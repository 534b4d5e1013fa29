from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.interactions import (
    FIELDS,
    Condition,
    condition_from_dict,
    condition_sql,
    condition_test,
    condition_text,
    condition_to_dict,
    log_schema,
    parse_condition,
)
from desireline.interactions.condition import DEEPEST, All, Any_, Comparison, Not, fields_of
from desireline.interactions.model import COMPUTED_FIELDS, READABLE_FIELDS
from desireline.store import connect_duckdb

# Few values, so that conditions and interactions meet; among them all that is easily taken for something else.
TEXTS = ["", "web", "Web", "we", "web'); --", "ä", "a\u0308", "%", "_", "$p0", "5", "NULL", "😀", "\\", "a\nb"]
NUMBERS = [0.0, -0.0, 1.0, 5.0, -1e-3, 0.1, 2.0**53, 1e300]
NUMERALS = [
    "5",
    "5.0",
    "5.",
    "+5",
    "05",
    ".5",
    "5e0",
    "5E+00",
    " 5",
    "5 ",
    "five",
    "1e400",
    "-1e-400",
    "nan",
    "inf",
    "٥",
]
NUMERALS += ["0x5", "5_0", "1,5", "1e", "", "-", "9007199254740993", "0.1", "1e3001", "5\n"]
NAMES = ["platform", "odd name", 'qu"ote', "it's", "in", "Ä", "a.b"]
MOMENTS = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=step) for step in (-1, 0, 1, 10**9)]

texts = st.sampled_from(TEXTS)
attribute_values = st.sampled_from(TEXTS + NUMERALS)
by_kind: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "choice": texts,
    "number": st.sampled_from(NUMBERS),
    "time": st.sampled_from(MOMENTS),
}
interactions = st.fixed_dictionaries(
    {
        field.name: by_kind[field.kind] if field.required else st.none() | by_kind[field.kind]
        for field in READABLE_FIELDS.values()
    }
    | {"attributes": st.dictionaries(st.sampled_from(NAMES), attribute_values)}
)


def comparisons_of(field: str, kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Comparisons of a field in their JSON form."""
    value = by_kind.get(kind, st.one_of(attribute_values, st.sampled_from(NUMBERS), st.booleans()))
    value = value.map(lambda each: each.isoformat() if isinstance(each, datetime) else each)
    operators = ["equals", "not_equals"]
    parts = [
        st.fixed_dictionaries({"operator": st.sampled_from(["exists", "missing"])}),
        st.fixed_dictionaries({"operator": st.sampled_from(operators), "value": value}),
        st.fixed_dictionaries({"operator": st.just("in"), "value": st.lists(value, max_size=3)}),
    ]
    if kind in ("text", "choice", "attribute"):
        searched = st.fixed_dictionaries({"operator": st.sampled_from(["contains", "starts_with"]), "value": value})
        parts.append(searched)
    if kind in ("number", "time", "attribute"):
        bound = st.sampled_from(NUMBERS) if kind == "attribute" else value
        order = st.sampled_from(["less", "at_most", "greater", "at_least"])
        parts.append(st.fixed_dictionaries({"operator": order, "value": bound}))
    return st.one_of(parts).map(lambda comparison: {"field": field, **comparison})


comparisons = st.one_of(
    *(comparisons_of(field.name, field.kind) for field in READABLE_FIELDS.values()),
    *(comparisons_of(f"attributes.{name}", "attribute") for name in NAMES),
)
conditions = st.recursive(
    comparisons,
    lambda part: st.one_of(
        st.fixed_dictionaries({"all": st.lists(part, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(part, max_size=3)}),
        st.fixed_dictionaries({"not": part}),
    ),
    max_leaves=4,
).map(condition_from_dict)

log_columns = pa.schema(
    [field for field in log_schema() if field.name in {*(each.name for each in FIELDS), "attributes"}]
    + [pa.field(each.name, pa.string()) for each in COMPUTED_FIELDS]
)


@cache
def database() -> duckdb.DuckDBPyConnection:
    """One for all: opening it takes longer than asking it."""
    return connect_duckdb()


def by_sql(condition: Condition, rows: list[dict[str, Any]]) -> list[bool]:
    """What DuckDB says of each row."""
    parameters: dict[str, Any] = {}
    test = condition_sql(condition, parameters)
    filled = [{**dict.fromkeys(log_columns.names), **row, "place": place} for place, row in enumerate(rows)]
    log = pa.Table.from_pylist(filled, schema=log_columns.append(pa.field("place", pa.int64())))
    cursor = database().cursor()
    cursor.register("log", log)
    return [value for (value,) in cursor.execute(f"SELECT {test} FROM log ORDER BY place", parameters).fetchall()]


@given(condition=conditions, rows=st.lists(interactions, min_size=1, max_size=12))
def test_history_and_live_agree(condition: Condition, rows: list[dict[str, Any]]) -> None:
    assert by_sql(condition, rows) == [condition_test(condition)(row) for row in rows]


@pytest.mark.parametrize("numeral", NUMERALS, ids=repr)
@pytest.mark.parametrize("value", [5.0, 0.1, "5"], ids=repr)
@pytest.mark.parametrize("operator", ["equals", "at_most"])
def test_history_and_live_read_the_same_texts_as_numbers(numeral: str, value: float | str, operator: str) -> None:
    if operator == "at_most" and isinstance(value, str):
        value = 5.0
    condition = condition_from_dict({"field": "attributes.a", "operator": operator, "value": value})
    row = {"attributes": {"a": numeral}}
    assert by_sql(condition, [row]) == [condition_test(condition)(row)]


@given(condition=conditions)
def test_a_condition_as_text_reads_as_the_same(condition: Condition) -> None:
    assert parse_condition(condition_text(condition)) == condition


@pytest.mark.parametrize(
    "text",
    [
        "channel = web and (attributes.platform in (ios, android) or not (touchpoint contains 'a''b'))",
        "attributes.plan = '5' or attributes.plan > 5",
        "channel not in (web, app)",
        'attributes."odd name" is missing',
        "occurred_at >= 2026-01-01T00:00:00",
    ],
)
def test_what_is_written_well_is_written_the_same(text: str) -> None:
    assert condition_text(parse_condition(text)) == text


@given(condition=conditions)
def test_the_json_form_read_back_is_the_same_condition(condition: Condition) -> None:
    assert condition_from_dict(condition_to_dict(condition)) == condition


def test_fields_of_a_condition() -> None:
    assert fields_of(parse_condition("channel = web and (not cost > 1 or attributes.x exists)")) == {
        "channel",
        "cost",
        "attributes.x",
    }


WEB, APP, DEAR = (
    Comparison("channel", "equals", "web"),
    Comparison("channel", "equals", "app"),
    Comparison("cost", "greater", 1.0),
)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("channel = web", WEB),
        ("channel == 'web'", WEB),
        ('  channel="web"  ', WEB),
        ("((channel = web))", WEB),
        ("channel != web", Comparison("channel", "not_equals", "web")),
        ("channel <> web", Comparison("channel", "not_equals", "web")),
        ("cost<1", Comparison("cost", "less", 1.0)),
        ("cost <= -1.5e3", Comparison("cost", "at_most", -1500.0)),
        ("cost >= .5", Comparison("cost", "at_least", 0.5)),
        ("channel = web or channel = app and cost > 1", Any_((WEB, All((APP, DEAR))))),
        ("(channel = web or channel = app) and cost > 1", All((Any_((WEB, APP)), DEAR))),
        ("not channel = web and cost > 1", All((Not(WEB), DEAR))),
        ("not (channel = web and cost > 1)", Not(All((WEB, DEAR)))),
        ("NOT channel = web AND cost > 1 OR channel = app", Any_((All((Not(WEB), DEAR)), APP))),
        ("channel IN (web, 'a b')", Comparison("channel", "in", ("web", "a b"))),
        ("channel not in (web)", Not(Comparison("channel", "in", ("web",)))),
        ("text exists", Comparison("text", "exists")),
        ("text IS MISSING", Comparison("text", "missing")),
        ("touchpoint contains 'O''Brien'", Comparison("touchpoint", "contains", "O'Brien")),
        ('touchpoint starts with "it\'s"', Comparison("touchpoint", "starts_with", "it's")),
        ('attributes."odd name" = 5', Comparison("attributes.odd name", "equals", 5.0)),
        ("attributes.a.b-c = '5'", Comparison("attributes.a.b-c", "equals", "5")),
        ("attributes.zip contains 007", Comparison("attributes.zip", "contains", "007")),
        ("attributes.in in (in, 1)", Comparison("attributes.in", "in", ("in", 1.0))),
        ("occurred_at < 2026-01-31", Comparison("occurred_at", "less", datetime(2026, 1, 31, tzinfo=UTC))),
        (
            "occurred_at < 2026-01-31T01:00:00+01:00",
            Comparison("occurred_at", "less", datetime(2026, 1, 31, tzinfo=UTC)),
        ),
        ("channel\n= web\r\n or channel\t= app", Any_((WEB, APP))),
        ('{"field": "channel", "value": "web"}', WEB),
        ('{"all": []}', All(())),
    ],
)
def test_conditions_as_text(text: str, condition: Condition) -> None:
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 1),
        ("channel", 8),
        ("channel =", 10),
        ("channel = web and", 18),
        ("channel = a b", 13),
        ("channel = web)", 14),
        ("(channel = web", 15),
        ("channel in ()", 13),
        ("channel\n= web or )", 18),
        ("channel = 'web", 11),
    ],
)
def test_the_place_of_a_mistake_is_marked(text: str, place: int) -> None:
    with pytest.raises(InputError) as raised:
        parse_condition(text)
    first, shown, marker = raised.value.message.split("\n")
    assert f"at character {place}:" in first
    assert len(shown) == len(text) + 2
    assert marker == " " * (place + 1) + "^"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "condition: expected an object"),
        ({"all": {}}, "condition.all: expected a list"),
        ({"any": [{"not": {"field": "chanel", "value": 1}}]}, "condition.any[0].not: unknown field 'chanel'"),
        ({"all": [], "any": []}, "expected one of all, any, not, or field"),
        ({"field": "channel", "opertor": "in"}, "expected one of all, any, not, or field"),
        ({"field": "channel"}, "expected a value for channel"),
        ({"field": ["channel"], "value": 1}, "expected the name of a field"),
        ({"field": "cost", "value": "much"}, "cost is a number, got 'much'"),
        ({"field": "cost", "value": True}, "expected a value for cost"),
        ({"field": "cost", "value": 10**400}, "cost is a number"),
        ({"field": "cost", "value": float("nan")}, "cost is a number"),
        ({"field": "attributes.a", "value": float("inf")}, "expected a finite number"),
        ({"field": "cost", "operator": "contains", "value": "1"}, "contains needs a text, cost is a number"),
        ({"field": "channel", "operator": "less", "value": "web"}, "channel is a text"),
        ({"field": "attributes.a", "operator": "less", "value": "web"}, "less needs a number or a time"),
        ({"field": "channel", "operator": "in", "value": "web"}, "in needs a list"),
        ({"field": "channel", "operator": "exists", "value": 1}, "exists takes no value"),
        ({"field": "occurred_at", "value": "yesterday"}, "occurred_at is a time in ISO 8601"),
        ({"field": "occurred_at", "value": "0001-01-01T00:00:00+05:00"}, "out of range"),
        ({"field": "channel", "operator": "equal", "value": 1}, "did you mean equals?"),
        ({"field": "touchpiont", "value": 1}, "did you mean touchpoint?"),
        ({"field": "attribute.x", "value": 1}, "attributes are written attributes.NAME"),
    ],
)
def test_what_is_wrong_with_a_document_is_told(document: Any, message: str) -> None:
    with pytest.raises(InputError) as raised:
        condition_from_dict(document)
    assert message in str(raised.value)


@pytest.mark.parametrize("text", ["{", '{"field": "cost", "value": ' + "1" * 5_000 + "}", '{"not":' * 100_000])
def test_broken_json_is_told(text: str) -> None:
    with pytest.raises(InputError, match="not valid JSON"):
        parse_condition(text)


@pytest.mark.parametrize(
    "text",
    ["not " * 5_000 + "channel = web", '{"not":' * 500 + '{"field": "channel", "value": "web"}' + "}" * 500],
    ids=["text", "json"],
)
def test_conditions_are_not_nested_without_end(text: str) -> None:
    with pytest.raises(InputError, match=f"more than {DEEPEST} deep"):
        parse_condition(text)


def test_the_deepest_condition_can_be_asked() -> None:
    condition = parse_condition("not " * DEEPEST + "channel = web")
    row = {"channel": "web"}
    assert by_sql(condition, [row]) == [condition_test(condition)(row)] == [True]


def test_an_unknown_field_offers_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean channel"):
        parse_condition("chanel = web")
