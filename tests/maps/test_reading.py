"""What a document says, as values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from desireline.base import InputError
from desireline.interactions import condition_to_dict
from desireline.maps import (
    LANE_LABELS,
    LANE_ROLES,
    Document,
    FolderLibrary,
    JourneyMap,
    Owner,
    new_document,
    read_file,
    read_map,
    read_metric,
    read_opportunity,
    read_persona,
)
from desireline.maps.library import RememberingLibrary
from desireline.maps.model import (
    BehaviourScale,
    LinkedMap,
    MetricPlacement,
    MetricValue,
    Parent,
    Scope,
    TouchpointMention,
)

from .good_map import GOOD, changed
from .random_maps import map_trees

FULL = """\
desireline: map/1
id: buy-a-phone
title: I buy a phone
summary: From the wish to the first call
goal: More first orders
level: service-transaction
state: future
language: de
scope: {segment: Young, product: Phones, market: DE, employees: true, where: channel = web}
journey: first-order
tags: [sales]
owner: {name: Ada, department: Sales, email: ada@example.org}
review_date: 2027-01-31
reviewed: 2026-07-01
parent: {map: life, step: buy}
future: later
phases:
  - id: consider
    name: Consider
    goal: To choose well
    steps:
      - {id: search, name: I look, summary: Long}
      - id: order
        name: I order
        optional: true
        next: [search]
        moment_of_truth: true
        binding: {where: "touchpoint = 'Order'", count: once}
        metrics: [conversion, {metric: speed, target: 2, attention: 5}]
        map: paying
  - {id: use, name: Use}
lanes:
  - {id: does, role: actions}
  - id: feels
    role: emotion
    label: Mood
    persona: anna
    line: future
    cells:
      - id: e1
        step: search
        until: order
        emotion: -1.5
        word: unsure
        tension: 4
        touchpoints: [{name: Product page, channel: web}, {name: Advert}]
        picture: {source: shop.png, alternative: The shop}
        opportunities: [price]
        claims:
          - I sigh
          - text: I wait
            confidence: high
            reviewed: 2026-01-02
            opportunities: [price]
            evidence: [{kind: survey, source: Panel, quote: Hm, n: 12, date: 2026-01-01, address: https://example.org/1}]
"""


@pytest.fixture(scope="module")
def full() -> JourneyMap:
    return read_map(Document(FULL))


def test_the_head_of_a_map_is_read(full: JourneyMap) -> None:
    assert (full.level, full.state, full.language, full.journey) == (
        "service-transaction",
        "future",
        "de",
        "first-order",
    )
    assert full.owner == Owner("Ada", "Sales", "ada@example.org")
    assert (full.review_date, full.reviewed) == (date(2027, 1, 31), date(2026, 7, 1))
    assert (full.parent, full.future, full.tags) == (Parent("life", "buy"), "later", ("sales",))
    assert (full.scope.segment, full.scope.employees) == ("Young", True)
    assert full.scope.where is not None


def test_steps_are_read_in_their_order(full: JourneyMap) -> None:
    search, order = full.steps
    assert (search.id, search.next, search.optional, search.moment_of_truth) == ("search", None, False, None)
    assert (order.next, order.optional, order.moment_of_truth, order.map) == (("search",), True, "", "paying")
    assert order.metrics == (MetricPlacement("conversion"), MetricPlacement("speed", 2, 5))
    assert order.binding is not None
    assert order.binding.count == "once"


def test_cells_are_read(full: JourneyMap) -> None:
    does, feels = full.lanes
    assert (does.label, does.line, does.cells) == (LANE_LABELS["actions"], "current", ())
    assert (feels.label, feels.persona, feels.line) == ("Mood", "anna", "future")
    (cell,) = feels.cells
    assert (cell.step, cell.until, cell.emotion, cell.word, cell.tension) == ("search", "order", -1.5, "unsure", 4)
    assert cell.touchpoints == (TouchpointMention("Product page", "web"), TouchpointMention("Advert"))
    assert cell.picture is not None
    assert (cell.picture.source, cell.picture.alternative) == ("shop.png", "The shop")
    sigh, wait = cell.claims
    assert (sigh.text, sigh.confidence, sigh.evidence) == ("I sigh", None, ())
    assert (wait.confidence, wait.reviewed, wait.opportunities) == ("high", date(2026, 1, 2), ("price",))
    assert (wait.evidence[0].n, wait.evidence[0].date, wait.evidence[0].quote) == (12, date(2026, 1, 1), "Hm")


def test_what_is_not_said_has_its_default() -> None:
    found = read_map(Document("desireline: map/1\nid: m\ntitle: T\nphases: []\n"))
    assert (found.level, found.state, found.scope, found.owner, found.steps) == (
        "journey",
        "current",
        Scope(),
        None,
        (),
    )


@pytest.mark.parametrize(
    ("said", "follow"),
    [
        pytest.param(None, {"a": ("b",), "b": ("c",), "c": ()}, id="one after the other, through phases"),
        pytest.param(["a", "c"], {"a": ("b",), "b": ("a", "c"), "c": ()}, id="a branch and a loop"),
        pytest.param([], {"a": ("b",), "b": (), "c": ()}, id="an end"),
    ],
)
def test_steps_follow_each_other(said: list[str] | None, follow: dict[str, tuple[str, ...]]) -> None:
    second: dict[str, Any] = {"id": "b", "name": "B"} | ({} if said is None else {"next": said})
    phases = [
        {"id": "p", "name": "P", "steps": [{"id": "a", "name": "A"}, second]},
        {"id": "q", "name": "Q", "steps": [{"id": "c", "name": "C"}]},
    ]
    found = read_map(new_document({"desireline": "map/1", "id": "m", "title": "T", "phases": phases}))
    assert {step.id: found.followers(step) for step in found.steps} == follow


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("true", "", id="yes"),
        pytest.param("false", None, id="no"),
        pytest.param("The promise", "The promise", id="why"),
    ],
)
def test_a_moment_of_truth_is_one_or_says_why(said: str, expected: str | None) -> None:
    text = "desireline: map/1\nid: m\ntitle: T\nphases: [{id: p, name: P, steps: [{id: a, name: A, moment_of_truth: SAID}]}]\n"
    (step,) = read_map(Document(text.replace("SAID", said))).steps
    assert step.moment_of_truth == expected


def test_a_condition_is_the_same_as_text_and_as_fields() -> None:
    text = read_persona(Document("desireline: persona/1\nid: p\nname: P\nsegment: channel = web\n"))
    assert text.segment is not None
    tree = {"desireline": "persona/1", "id": "p", "name": "P", "segment": condition_to_dict(text.segment)}
    assert read_persona(new_document(tree)).segment == text.segment


def test_a_persona_is_read() -> None:
    said = "desireline: persona/1\nid: p\nname: P\nshare: 0.25\nbehaviour: [{low: slow, high: fast, value: 0.5}]\nneeds: [Rest]\n"
    found = read_persona(Document(said))
    assert (found.share, found.needs, found.behaviour) == (0.25, ("Rest",), (BehaviourScale("slow", "fast", 0.5),))


@pytest.mark.parametrize(
    ("kind", "direction"),
    [
        ("reach", "higher"),
        ("nps", "higher"),
        ("drop-off", "lower"),
        ("median-time", "lower"),
        ("effort", "lower"),
        ("cost", "lower"),
    ],
)
def test_a_metric_has_the_direction_of_its_kind(kind: str, direction: str) -> None:
    assert read_metric(Document(f"desireline: metric/1\nid: m\nname: M\nkind: {kind}\n")).direction == direction
    said = f"desireline: metric/1\nid: m\nname: M\nkind: {kind}\ndirection: higher\n"
    assert read_metric(Document(said)).direction == "higher"


def test_the_values_of_a_metric_are_read() -> None:
    said = "desireline: metric/1\nid: m\nname: M\nkind: number\nvalues: [{value: 3.5, date: 2026-01-01, n: 9, source: Team}]\n"
    assert read_metric(Document(said)).values == (MetricValue(3.5, date(2026, 1, 1), 9, "Team"),)


def test_an_opportunity_is_read_with_its_solutions_and_tasks() -> None:
    said = """\
desireline: opportunity/1
id: o
title: How might we?
reach: 400
solutions:
  - id: s
    title: A sign
    status: shipped
    shipped: 2026-02-01
    tasks: [{id: t, title: Paint it, department: Works, due: 2026-01-15, kpi: Seen by all, owner: {name: Bo}}]
"""
    found = read_opportunity(Document(said))
    ((solution,), (task,)) = found.solutions, found.solutions[0].tasks
    assert (found.reach, found.status, found.customer_value) == (400, "open", None)
    assert (solution.status, solution.shipped) == ("shipped", date(2026, 2, 1))
    assert (task.department, task.due, task.kpi, task.owner, task.status) == (
        "Works",
        date(2026, 1, 15),
        "Seen by all",
        Owner("Bo"),
        "open",
    )


def test_what_a_map_names_is_taken_from_the_folder_and_what_is_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text("desireline: persona/1\nid: anna\nname: Anna of the folder\n")
    (tmp_path / "broken.yaml").write_text("title: [")
    (tmp_path / "note.txt").write_text("desireline: persona/1\nid: bert\nname: Bert\n")
    document = changed(lambda tree: tree.update(personas=["anna", {"id": "cora", "name": "Cora"}, "bert"]))
    found = read_map(document, FolderLibrary(tmp_path))
    assert [each.name for each in found.personas] == ["Anna of the folder", "Cora"]
    assert found.missing == ("persona/bert",)
    assert read_map(document).missing == ("persona/anna", "persona/bert")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("desireline: persona/1\nid: anna\nname: Anna\n", id="plain"),
        pytest.param(
            "# Anna\n---\nid: 'anna'   # permanent\nname: Anna\ndesireline: \"persona/1\"\r\n", id="quoted, late"
        ),
        pytest.param('{"name": "Anna", "id": "anna", "desireline": "persona/1"}', id="JSON"),
        pytest.param(
            "name: |\n  desireline: map/1\n  id: bert\nid: anna\ndesireline: persona/1\n", id="text like another"
        ),
    ],
)
def test_a_document_of_a_folder_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "any.yaml").write_text(text, newline="")
    library = FolderLibrary(tmp_path)
    assert (library.idents("persona"), library.idents("map")) == (["anna"], [])
    assert library.find("persona", "anna") == Document(text, str(tmp_path / "any.yaml"))


def test_a_broken_document_of_a_folder_says_so_where_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text("desireline: persona/1\nid: anna\nname: [\n")
    with pytest.raises(InputError, match=r"anna\.yaml, line \d+: is no valid YAML"):
        read_map(changed(lambda tree: tree.update(personas=["anna"])), FolderLibrary(tmp_path))


def test_other_maps_are_named_by_their_titles_and_the_step_above_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "life.yaml").write_text(
        "desireline: map/1\nid: life\ntitle: My life\nphases: [{id: p, name: P, steps: [{id: pay, name: I pay}]}]\n"
    )
    (tmp_path / "broken.yaml").write_text("desireline: map/1\nid: broken\nphases: 3\n")

    def name_them(tree: Any) -> None:
        tree["parent"] = {"map": "life", "step": "pay"}
        for step, other in zip(tree["phases"][0]["steps"], ("broken", "gone"), strict=False):
            step["map"] = other

    found = read_map(changed(name_them), FolderLibrary(tmp_path))
    assert found.linked == (LinkedMap("life", "My life", "I pay"),)
    assert [found.title_of(each) for each in ("life", "broken", "gone")] == ["My life", "broken", "gone"]


def test_a_library_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text("desireline: persona/1\nid: anna\nname: Anna\n")
    library = RememberingLibrary(FolderLibrary(tmp_path))
    first = library.find("persona", "anna")
    assert library.find("persona", "anna") is first
    assert library.find("persona", "bert") is None
    assert library.idents("persona") == ["anna"]


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="expected desireline: metric/1, got a map"):
        read_metric(changed())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "cannot be read: there is no such file or folder .No such file", id="no file"),
        pytest.param(b"\xff\xfe", "expected UTF-8 text", id="no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "map.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_file(file)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + new_document(GOOD).text.encode())
    assert read_map(read_file(file)).id == "buy-a-phone"


def test_every_role_has_a_label() -> None:
    assert set(LANE_LABELS) == set(LANE_ROLES)


@given(map_trees())
@settings(max_examples=60)
def test_nothing_that_a_map_says_gets_lost(tree: dict[str, Any]) -> None:
    found = read_map(new_document(tree))
    assert [step.id for step in found.steps] == [step["id"] for phase in tree["phases"] for step in phase["steps"]]
    texts = [claim.text for lane in found.lanes for cell in lane.cells for claim in cell.claims]
    cells = [cell for lane in tree.get("lanes", []) for cell in lane.get("cells", [])]
    said = [claim for cell in cells for claim in cell.get("claims", [])]
    assert texts == [claim if isinstance(claim, str) else claim["text"] for claim in said]
