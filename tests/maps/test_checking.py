"""Bad documents: every problem is said, all at once, each with its line and its path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, check_document, new_document, problems_of, schema, unknown_fields
from desireline.maps.checking import path_text, place
from desireline.maps.document import KINDS

from .good_map import changed
from .random_maps import map_trees

HEAD = "desireline: map/1\nid: m\ntitle: T\n"
PHASES = "phases: []\n"
STEPS = "phases:\n  - id: p\n    name: P\n    steps:\n      - {id: a, name: A}\n      - {id: b, name: B}\n"


def said(text: str) -> list[str]:
    return [f"{each.where}: {each.message}" for each in problems_of(Document(text))]


def lane(cell: str) -> str:
    return f"{HEAD}{STEPS}lanes:\n  - id: l\n    role: pains\n    cells:\n      - {cell}\n"


CASES = [
    pytest.param(
        "desireline: map/1\nid: m\n" + PHASES, ["document: expected the field 'title', which is missing"], id="no title"
    ),
    pytest.param(
        "desireline: map/1\n",
        [
            "document: expected the field 'id', which is missing",
            "document: expected the field 'title', which is missing",
            "document: expected the field 'phases', which is missing",
        ],
        id="almost nothing",
    ),
    pytest.param(
        HEAD.replace("id: m", "id: My map") + PHASES,
        ["line 2, id: expected an id of small letters, digits and hyphens, at most 63, got 'My map'"],
        id="an id with capitals",
    ),
    pytest.param(
        HEAD.replace("title: T", "title: 7") + PHASES, ["line 3, title: expected a text, got 7"], id="a number as title"
    ),
    pytest.param(
        HEAD.replace("title: T", 'title: ""') + PHASES,
        ["line 3, title: expected a text of at least 1 character, got ''"],
        id="an empty title",
    ),
    pytest.param(
        HEAD.replace("title: T", f"title: {'x' * 10_001}") + PHASES,
        [f"line 3, title: expected a text of at most 10000 characters, got '{'x' * 58}…"],
        id="a title of more than 10,000 characters",
    ),
    pytest.param(
        HEAD + PHASES + "level: journy\n",
        [
            "line 5, level: expected life-cycle, journey, service-transaction, perception-point, process-step, got 'journy'; did you mean journey?",
        ],
        id="no such level",
    ),
    pytest.param(
        HEAD + PHASES + "review_date: 31.1.2027\n",
        ["line 5, review_date: expected a date such as 2026-11-22, got '31.1.2027'"],
        id="a date in another form",
    ),
    pytest.param(
        HEAD + PHASES + "review_date: 2027-02-30\n",
        ["line 5, review_date: expected a day that there is, got '2027-02-30'"],
        id="a day that no month has",
    ),
    pytest.param(
        HEAD + PHASES + "x_own: [{__proto__: 1}]\n",
        ["line 5, x_own[0].__proto__: expected another name: the editor cannot keep a field that is called so"],
        id="a name that sets a prototype",
    ),
    pytest.param(HEAD + "phases: {}\n", ["line 4, phases: expected a list, got {}"], id="fields instead of a list"),
    pytest.param(
        HEAD + "phases: [x]\n", ["line 4, phases[0]: expected fields with their values, got 'x'"], id="a text as phase"
    ),
    pytest.param(
        HEAD + "phases:\n  - {id: p, name: P}\n  - {id: p, name: Q}\n",
        ["line 6, phases[1] (p): the id 'p' stands for another phase already"],
        id="two phases of one id",
    ),
    pytest.param(
        HEAD + STEPS.replace("id: b", "id: a"),
        ["line 9, phases[0].steps[1] (a): the id 'a' stands for another step already"],
        id="two steps of one id",
    ),
    pytest.param(
        HEAD + STEPS.replace("{id: b, name: B}", "{id: b, name: B, next: [a, c]}"),
        ["line 9, phases[0].steps[1].next[1] (b): there is no step 'c'"],
        id="a way to a step that is not there",
    ),
    pytest.param(
        HEAD + STEPS.replace("{id: b, name: B}", "{id: b, name: B, optional: maybe}"),
        ["line 9, phases[0].steps[1].optional (b): expected true or false, got 'maybe'"],
        id="neither true nor false",
    ),
    pytest.param(
        HEAD + STEPS.replace("{id: b, name: B}", "{id: b, name: B, binding: {where: \"touchpint = 'x'\"}}"),
        [
            "line 9, phases[0].steps[1].binding.where (b): condition: unknown field 'touchpint'; did you mean touchpoint?",
        ],
        id="a condition on a field that is not there",
    ),
    pytest.param(
        lane("{id: c, step: z}"), ["line 14, lanes[0].cells[0].step (c): there is no step 'z'"], id="a cell at no step"
    ),
    pytest.param(
        lane("{id: c, step: b, until: a}"),
        ["line 14, lanes[0].cells[0].until (c): expected 'a' to stand after 'b'"],
        id="a cell that ends before it begins",
    ),
    pytest.param(
        lane("{id: c, step: a, emotion: 3}"),
        ["line 14, lanes[0].cells[0].emotion (c): expected at most 2, got 3"],
        id="too happy",
    ),
    pytest.param(
        lane("{id: c, step: a, tension: 0}"),
        ["line 14, lanes[0].cells[0].tension (c): expected at least 1, got 0"],
        id="no tension at all",
    ),
    pytest.param(
        lane("{id: c, step: a, claims: [{txt: x}]}"),
        ["line 14, lanes[0].cells[0].claims[0] (c): expected the field 'text', which is missing"],
        id="a claim without a text",
    ),
    pytest.param(
        lane("{id: c, step: a, claims: [7]}"),
        ["line 14, lanes[0].cells[0].claims[0] (c): expected a text or fields, got 7"],
        id="a claim that is a number",
    ),
    pytest.param(
        lane("{id: c, step: a, claims: [{text: x, evidence: [{kind: intervew}]}]}"),
        [
            "line 14, lanes[0].cells[0].claims[0].evidence[0].kind (c): expected interview, survey, observation, "
            "usability-test, analytics, complaint, review, expert, workshop, document, other, got 'intervew'; "
            "did you mean interview?"
        ],
        id="no such kind of evidence",
    ),
    pytest.param(
        lane("{id: c, step: a}") + "  - {id: l, role: actions}\n",
        ["line 15, lanes[1] (l): the id 'l' stands for another lane already"],
        id="two lanes of one id",
    ),
    pytest.param(
        lane("{id: c, step: a}") + "  - {id: k, role: gains, cells: [{id: c, step: a}]}\n",
        ["line 15, lanes[1].cells[0] (c): the id 'c' stands for another cell already"],
        id="two cells of one id in two lanes",
    ),
    pytest.param(
        HEAD + PHASES + "personas: [anna, {id: anna, name: Anna}]\n",
        ["line 5, personas[1] (anna): the id 'anna' stands for another persona already"],
        id="a persona is named and written out",
    ),
    pytest.param(
        HEAD + PHASES + "lint: {ignore: no-owner}\n",
        ["line 5, lint.ignore: expected a list, got 'no-owner'"],
        id="what is silenced is no list",
    ),
    pytest.param(
        HEAD.replace("title: T", "title: 7") + PHASES + "level: 3\ntags: x\n",
        [
            "line 3, title: expected a text, got 7",
            "line 5, level: expected life-cycle, journey, service-transaction, perception-point, process-step, got 3",
            "line 6, tags: expected a list, got 'x'",
        ],
        id="three problems in the order of their lines",
    ),
    pytest.param(
        '{"desireline": "map/1", "id": "m", "title": 7, "phases": [], "level": "x"}',
        [
            "title: expected a text, got 7",
            "level: expected life-cycle, journey, service-transaction, perception-point, process-step, got 'x'",
        ],
        id="JSON",
    ),
    pytest.param(
        "desireline: persona/1\nid: p\nname: P\nshare: 2\nsegment: nonsense\n",
        ["line 4, share: expected at most 1, got 2", "line 5, segment: ..."],
        id="a persona",
    ),
    pytest.param(
        "desireline: metric/1\nid: x\nname: X\nkind: npss\n",
        [
            "line 4, kind: expected reach, drop-off, median-time, effort, nps, csat, ces, sentiment, cost, number, "
            "got 'npss'; did you mean nps?"
        ],
        id="a metric",
    ),
    pytest.param(
        "desireline: opportunity/1\nid: o\ntitle: O\neffort: 0\nsolutions:\n  - {id: s, title: S}\n  - {id: s, title: S}\n",
        [
            "line 4, effort: expected at least 1, got 0",
            "line 7, solutions[1] (s): the id 's' stands for another solution or task already",
        ],
        id="an opportunity",
    ),
]
UNUSABLE = [
    pytest.param("title: [", "line 1: is no valid YAML", id="no YAML"),
    pytest.param('{"title": }', "line 1: is no valid JSON", id="no JSON"),
    pytest.param("- a\n- b\n", "expected fields with their values", id="a list"),
    pytest.param("", "expected fields with their values, got nothing", id="nothing"),
    pytest.param(
        "title: T\n", "expected desireline: map/1, persona/1, metric/1, opportunity/1, got nothing", id="no kind"
    ),
    pytest.param("desireline: map/9\n", "got 'map/9'", id="a version that is not known"),
    pytest.param("desireline: [map/1]\n", r"got \['map/1'\]", id="a kind that is no text"),
    pytest.param("a: &x 1\nb: *x\n", "aliases", id="an alias"),
    pytest.param("a: 1\na: 2\n", "line 2: the field 'a' stands twice", id="a field twice"),
    pytest.param('{"a": 1, "a": 2}', "stands twice", id="a field twice in JSON"),
    pytest.param('{"a": NaN}', "expected a number, got NaN", id="no number"),
    pytest.param("[" * 3000, "at most 60 deep", id="deep YAML"),
    pytest.param('{"a":' * 3000, "at most 60 deep", id="deep JSON"),
]


def matches(expected: str, came: str) -> bool:
    start, dots, _ = expected.partition("...")
    return came.startswith(start) if dots else came == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_every_problem_is_said_with_its_line_and_path(text: str, expected: list[str]) -> None:
    came = said(text)
    assert len(came) == len(expected), came
    assert [one for one, other in zip(came, expected, strict=True) if not matches(other, one)] == []


@pytest.mark.parametrize(("text", "message"), UNUSABLE)
def test_what_is_no_document_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        problems_of(Document(text, "mine.yaml"))


def test_the_error_lists_all_problems_and_says_where_to_read() -> None:
    with pytest.raises(InputError) as raised:
        check_document(Document("desireline: map/1\nid: m\ntitle: 7\nphases: 8\n", "mine.yaml"))
    assert raised.value.message == (
        "mine.yaml cannot be used:\n  line 3, title: expected a text, got 7\n  line 4, phases: expected a list, got 8"
    )
    assert raised.value.hint is not None


def test_a_good_map_has_no_problems() -> None:
    assert problems_of(changed()) == []


@given(map_trees())
@settings(max_examples=60)
def test_what_the_schema_accepts_has_no_problems_in_yaml_and_json(tree: dict[str, Any]) -> None:
    assert problems_of(new_document(tree)) == []
    assert problems_of(new_document(tree, syntax="json")) == []


@given(map_trees(), st.data())
@settings(max_examples=60)
def test_yaml_and_json_have_the_same_problems(tree: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(tree)))
    tree[key] = data.draw(st.sampled_from([None, 7, [], {}, "x y", [7], {"id": 7}]))
    if tree["desireline"] != "map/1":
        return

    def found(syntax: Any) -> list[tuple[str, str]]:
        problems = problems_of(new_document(tree, syntax=syntax))
        return sorted((each.where.partition(", ")[2] or each.where, each.message) for each in problems)

    in_json = [(each.where, each.message) for each in problems_of(new_document(tree, syntax="json"))]
    assert found("yaml") == sorted(in_json)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HEAD + PHASES + "goall: x\n", [("line 5, goall", "did you mean goal?")], id="misspelled"),
        pytest.param(
            HEAD + PHASES + "x-team: blue\n", [("line 5, x-team", "unknown field, kept as it is")], id="of others"
        ),
        pytest.param(
            HEAD + STEPS.replace("{id: b, name: B}", "{id: b, name: B, bindng: {where: x}}"),
            [("line 9, phases[0].steps[1].bindng (b)", "did you mean binding?")],
            id="in a step",
        ),
        pytest.param(
            lane("{id: c, step: a, claims: [{text: x, evidense: []}]}"),
            [("line 14, lanes[0].cells[0].claims[0].evidense (c)", "did you mean evidence?")],
            id="in a claim",
        ),
        pytest.param(
            HEAD + PHASES + "personas: [{id: a, name: A, goal: x}]\n",
            [("line 5, personas[0].goal (a)", "did you mean goals?")],
            id="in a persona within a map",
        ),
        pytest.param(
            HEAD + PHASES + "scope: {where: {field: channel, operator: equals, value: web}}\n",
            [],
            id="a condition is no place for it",
        ),
    ],
)
def test_fields_that_nobody_knows_are_named(text: str, expected: list[tuple[str, str]]) -> None:
    found = unknown_fields(Document(text))
    assert [each.where for each in found] == [where for where, _ in expected]
    assert all(hint in each.message for each, (_, hint) in zip(found, expected, strict=True))


def test_a_place_names_the_innermost_id() -> None:
    tree = {"phases": [{"id": "p", "steps": [{"id": "s", "name": "S"}]}]}
    assert path_text(tree, ("phases", 0, "steps", 0, "name")) == "phases[0].steps[0].name (s)"
    assert path_text(tree, ("phases", 0)) == "phases[0] (p)"
    assert path_text({"title": "T"}, ()) == "document"


def test_a_place_in_json_has_no_line() -> None:
    text = json.dumps({"desireline": "map/1", "title": "T"})
    assert place(Document(text), ("title",)) == "title"


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_schemas(kind: Any) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["properties"]["desireline"] == {
        **schema(kind)["properties"]["desireline"],
        "const": f"{kind}/1",
    }
