"""The linter: each rule fires on what it is about, and nothing is found in a good map."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from desireline.base import InputError
from desireline.maps import Document, FolderLibrary, new_document
from desireline.maps.linting import RULES, SEVERITIES, Finding, Rule, lint
from desireline.maps.linting.departments import is_department
from desireline.maps.linting.given import Given, paths_of
from desireline.maps.linting.on_screen import SCREEN_HINTS, screen_hint
from desireline.maps.measured import BindingState, Measured, StepMeasures
from desireline.maps.reading import read_map

from .good_map import GOOD, TODAY, changed
from .random_maps import map_trees

Change = Callable[[Any], object]
PERSONA = "desireline: persona/1\nid: anna\nname: Anna\n"


def step(tree: Any, number: int = 1) -> Any:
    return tree["phases"][number]["steps"][0]


def pain(tree: Any) -> Any:
    return tree["lanes"][0]["cells"][0]


def opportunity(tree: Any) -> Any:
    return tree["opportunities"][0]


def measured(*states: BindingState) -> Measured:
    steps = tuple(StepMeasures(name, state) for name, state in zip(("search", "order"), states, strict=True))
    return Measured("buy-a-phone", journeys=10, fit=1.0, steps=steps)


def lint_good(change: Change = lambda tree: None, *, folder: Path | None = None) -> tuple[Finding, ...]:
    """What is found in the good map after a change, measured and in its folder."""
    library = FolderLibrary(folder) if folder is not None else FolderLibrary(Path(__file__).parent)
    return lint(changed(change), library, today=TODAY, folder=folder, measured=measured("bound", "bound"))


def found(change: Change, *, folder: Path | None = None) -> list[tuple[str, str]]:
    return [(each.id, each.severity) for each in lint_good(change, folder=folder)]


def set_evidence(**fields: Any) -> Change:
    return lambda tree: pain(tree)["claims"][0]["evidence"][0].update(fields)


def add_phases(count: int) -> Change:
    def add(tree: Any) -> None:
        for number in range(count):
            steps = [{"id": f"s{number}", "name": f"I do {number}", "binding": {"where": "touchpoint = 'X'"}}]
            tree["phases"].append({"id": f"p{number}", "name": f"Phase {number}", "steps": steps})

    return add


def add_steps(count: int) -> Change:
    def add(tree: Any) -> None:
        binding = {"where": "touchpoint = 'X'"}
        tree["phases"][1]["steps"] += [{"id": f"s{n}", "name": f"I do {n}", "binding": binding} for n in range(count)]

    return add


def add_lane(**fields: Any) -> Change:
    return lambda tree: tree["lanes"].append({"id": "more", "role": "actions", **fields})


def silence(*names: str) -> Change:
    return lambda tree: tree.update(lint={"ignore": list(names)})


CASES = [
    pytest.param(lambda tree: tree.pop("owner"), "no-owner", "warning", id="no owner"),
    pytest.param(lambda tree: tree.pop("review_date"), "no-review-date", "note", id="no review date"),
    pytest.param(
        lambda tree: tree.update(review_date="2026-11-21"), "review-overdue", "warning", id="review was due yesterday"
    ),
    pytest.param(
        lambda tree: tree["phases"][1].update(name="Customer-Service Team"),
        "phase-named-like-department:buy",
        "warning",
        id="phase called as departments are",
    ),
    pytest.param(
        lambda tree: tree["phases"][1].update(name="Vertrieb & Marketing"),
        "phase-named-like-department:buy",
        "warning",
        id="phase called as German departments are",
    ),
    pytest.param(
        lambda tree: (tree["phases"][1].update(name="Moon"), tree["owner"].update(department="Moon department")),
        "phase-named-like-department:buy",
        "warning",
        id="phase called as the department of the owner",
    ),
    pytest.param(
        lambda tree: (
            tree["phases"][1].update(name="Moon"),
            opportunity(tree)["solutions"][0].update(tasks=[{"id": "t", "title": "Do", "department": "moon"}]),
        ),
        "phase-named-like-department:buy",
        "warning",
        id="phase called as the department of a task",
    ),
    pytest.param(add_phases(8), "too-many-phases", "warning", id="ten phases"),
    pytest.param(add_steps(39), "too-many-steps", "warning", id="forty-one steps"),
    pytest.param(
        lambda tree: step(tree, 0).update(next=[]), "unreachable-step:order", "error", id="the first step is the end"
    ),
    pytest.param(lambda tree: step(tree).update(next=["search"]), "no-way-out", "error", id="round for ever"),
    pytest.param(
        lambda tree: (
            add_steps(1)(tree),
            step(tree, 0).update(next=["order", "s0"]),
            step(tree).update(next=["order"]),
        ),
        "no-way-out:order",
        "error",
        id="one step leads to itself only",
    ),
    pytest.param(
        lambda tree: step(tree).update(name="I LOOK!"), "duplicate-title:step/order", "warning", id="two steps alike"
    ),
    pytest.param(
        lambda tree: tree["phases"][1].update(name="consider"), "duplicate-title:phase/buy", "warning", id="two phases"
    ),
    pytest.param(
        lambda tree: tree["opportunities"].append({**GOOD["opportunities"][0], "id": "again"}),
        "duplicate-title:opportunity/again",
        "warning",
        id="two opportunities alike",
    ),
    pytest.param(add_lane(), "empty-lane:more", "note", id="a lane without cells"),
    pytest.param(
        add_lane(cells=[{"id": "c", "step": "order"}]),
        "empty-lane:more",
        "note",
        id="a lane with cells that say nothing",
    ),
    pytest.param(
        lambda tree: step(tree).update(colour="red"),
        "unknown-field:phases/buy/steps/order/colour",
        "warning",
        id="a field that nobody knows",
    ),
    pytest.param(
        lambda tree: tree["personas"].append("bert"),
        "missing-document:persona/bert",
        "error",
        id="a persona is nowhere",
    ),
    pytest.param(
        lambda tree: tree["lanes"][1].update(persona="bert"), "unknown-persona:feels", "error", id="a lane of nobody"
    ),
    pytest.param(
        lambda tree: step(tree).update(metrics=["speed"]),
        "unknown-metric:step/order/speed",
        "error",
        id="a metric at a step is not defined",
    ),
    pytest.param(
        lambda tree: opportunity(tree).update(metrics=["speed"]),
        "unknown-metric:opportunity/say-the-price/speed",
        "error",
        id="a metric of an opportunity is not defined",
    ),
    pytest.param(
        lambda tree: pain(tree)["claims"][0].update(opportunities=["dream"]),
        "unknown-opportunity:p1/dream",
        "error",
        id="a pain leads to an opportunity that is not there",
    ),
    pytest.param(
        lambda tree: pain(tree).update(opportunities=["dream"]),
        "unknown-opportunity:p1/dream",
        "error",
        id="a cell leads to an opportunity that is not there",
    ),
    pytest.param(lambda tree: tree.update(parent={"map": "all"}), "dead-link:parent", "error", id="no parent map"),
    pytest.param(lambda tree: tree.update(future="later"), "dead-link:future", "error", id="no map of the future"),
    pytest.param(lambda tree: step(tree).update(map="pay"), "dead-link:step/order", "error", id="no map of a step"),
    pytest.param(
        lambda tree: pain(tree)["claims"][0].pop("evidence"),
        "claims-without-evidence:hurts",
        "note",
        id="a claim without evidence",
    ),
    pytest.param(
        lambda tree: tree["lanes"][1]["cells"][0].pop("claims"),
        "emotion-without-source:feels",
        "warning",
        id="a feeling without a source",
    ),
    pytest.param(
        set_evidence(date="2024-11-21"), "old-evidence:p1", "warning", id="evidence of two years and a day ago"
    ),
    pytest.param(
        lambda tree: opportunity(tree).update(evidence=[{"kind": "survey", "date": "2020-01-01"}]),
        "old-evidence:say-the-price",
        "warning",
        id="an opportunity with old evidence",
    ),
    pytest.param(set_evidence(address="see wiki"), "bad-address:p1", "warning", id="an address that is none"),
    pytest.param(set_evidence(address="https://"), "bad-address:p1", "warning", id="an address without a host"),
    pytest.param(
        lambda tree: pain(tree)["claims"][0].pop("opportunities"),
        "pain-without-opportunity:p1",
        "warning",
        id="a pain leads nowhere",
    ),
    pytest.param(
        lambda tree: opportunity(tree).pop("metrics"),
        "opportunity-without-metric:say-the-price",
        "warning",
        id="an opportunity without a metric",
    ),
    pytest.param(
        lambda tree: opportunity(tree)["solutions"][0].update(status="dropped"),
        "opportunity-without-solution:say-the-price",
        "warning",
        id="the only solution is dropped",
    ),
    pytest.param(
        lambda tree: opportunity(tree).update(status="chosen"),
        "opportunity-without-owner:say-the-price",
        "warning",
        id="a chosen opportunity of nobody",
    ),
    pytest.param(
        lambda tree: opportunity(tree)["solutions"][0].update(status="building"),
        "opportunity-without-owner:say-the-price",
        "warning",
        id="a solution is built and nobody answers for it",
    ),
    pytest.param(
        lambda tree: tree["metrics"][0].update(target=30),
        "target-is-no-share:conversion",
        "warning",
        id="a share in per cent",
    ),
    pytest.param(
        lambda tree: step(tree).update(metrics=[{"metric": "conversion", "attention": -0.1}]),
        "target-is-no-share:order/conversion",
        "warning",
        id="a negative share at a step",
    ),
    pytest.param(lambda tree: step(tree).pop("binding"), "unbound-step:order", "warning", id="one step is unbound"),
    pytest.param(
        lambda tree: (step(tree).pop("binding"), step(tree, 0).pop("binding")),
        "unbound-step",
        "warning",
        id="no step is bound",
    ),
    pytest.param(silence("no-owner"), "nothing-silenced:no-owner", "note", id="what is silenced is not there"),
    pytest.param(
        lambda tree: step(tree).pop("name"), "not-valid:phases[1].steps[0] (order).name", "error", id="not valid"
    ),
]
QUIET = [
    pytest.param(lambda tree: tree["metrics"][0].update(target=0.3, attention=0.2), id="a share"),
    pytest.param(lambda tree: tree["metrics"][0].update(kind="number", unit="%", target=95), id="a number in per cent"),
    pytest.param(lambda tree: tree.update(review_date="2026-11-22"), id="review due today"),
    pytest.param(lambda tree: tree["phases"][1].update(name="Get help and support"), id="what customers want"),
    pytest.param(lambda tree: tree["phases"][1].update(name="Einkauf"), id="a word for shopping and a department"),
    pytest.param(add_phases(7), id="nine phases"),
    pytest.param(add_steps(38), id="forty steps"),
    pytest.param(lambda tree: step(tree).update(next=["search", "order"], optional=True) or add_end(tree), id="loops"),
    pytest.param(set_evidence(date="2024-11-22"), id="evidence of two years ago"),
    pytest.param(
        lambda tree: pain(tree)["claims"][0]["evidence"].append({"kind": "survey", "date": "2019-01-01"}),
        id="old evidence beside newer one",
    ),
    pytest.param(
        lambda tree: (pain(tree)["claims"][0].pop("opportunities"), pain(tree).update(opportunities=["say-the-price"])),
        id="the cell leads to the opportunity",
    ),
    pytest.param(
        lambda tree: opportunity(tree).update(status="dropped", metrics=[], solutions=[]), id="a dropped opportunity"
    ),
    pytest.param(
        lambda tree: opportunity(tree).update(status="chosen", owner={"name": "Ada"}), id="a chosen one with an owner"
    ),
    pytest.param(
        lambda tree: (
            opportunity(tree).update(status="chosen"),
            opportunity(tree)["solutions"][0].update(tasks=[{"id": "t", "title": "Do", "department": "Web"}]),
        ),
        id="a chosen one with a department at a task",
    ),
    pytest.param(
        lambda tree: (tree.update(state="future"), [each["steps"][0].pop("binding") for each in tree["phases"]]),
        id="a future state needs no binding",
    ),
    pytest.param(add_lane(role="metrics"), id="a lane of metrics, which stand at the steps"),
    pytest.param(add_lane(role="opportunities"), id="a lane of opportunities, which stand at the pains"),
    pytest.param(add_lane(role="solutions"), id="a lane of solutions, which stand at the opportunities"),
    pytest.param(add_lane(role="evidence"), id="a lane of evidence, which stands at the claims"),
    pytest.param(add_lane(role="tension", cells=[{"id": "c", "step": "order", "tension": 3}]), id="tension"),
    pytest.param(
        lambda tree: tree["lanes"].append(
            {**GOOD["lanes"][1], "id": "later", "line": "future", "cells": [{"id": "c", "step": "order", "emotion": 2}]}
        ),
        id="a feeling that shall be",
    ),
]


def add_end(tree: Any) -> None:
    """A step after the last one, and a way to it."""
    add_steps(1)(tree)
    step(tree)["next"].append("s0")


def test_nothing_is_found_in_a_good_map() -> None:
    assert lint_good() == ()


@pytest.mark.parametrize(("change", "ident", "severity"), CASES)
def test_a_rule_fires(change: Change, ident: str, severity: str) -> None:
    assert found(change) == [(ident, severity)]


@pytest.mark.parametrize("change", QUIET)
def test_no_rule_fires(change: Change) -> None:
    assert found(change) == []


def test_every_rule_is_tried() -> None:
    tried = {str(case.values[1]).partition(":")[0] for case in CASES}
    assert {rule.name for rule in RULES} - tried == {"silent-binding", "broken-binding", "missing-picture"}


def test_two_fields_that_are_missing_in_one_place_have_ids_of_their_own() -> None:
    findings = lint(Document("desireline: map/1\nid: m\n"), today=TODAY)
    assert [each.id for each in findings] == ["not-valid:document.title", "not-valid:document.phases"]


def test_the_names_of_the_rules_differ() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_silent_binding_and_a_broken_one_are_found_where_the_map_was_measured() -> None:
    findings = lint(changed(), FolderLibrary(Path(__file__).parent), today=TODAY, measured=measured("silent", "broken"))
    assert [(each.id, each.severity) for each in findings] == [
        ("broken-binding:order", "error"),
        ("silent-binding:search", "warning"),
    ]


def test_bindings_of_a_map_that_was_not_measured_could_not_be_checked() -> None:
    (finding,) = lint(changed(), FolderLibrary(Path(__file__).parent), today=TODAY)
    assert (finding.id, finding.severity) == ("silent-binding", "unchecked")
    assert (
        finding.message
        == "whether the bindings of 2 steps are silent or broken: no workspace with interactions was named (-w)"
    )


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        pytest.param("shop.png", [], id="a file beside the map"),
        pytest.param("data:image/png;base64,AAAA", [], id="a data address"),
        pytest.param("data:text/html,x", ["missing-picture:p1"], id="a data address of something else"),
        pytest.param("gone.png", ["missing-picture:p1"], id="a file that is not there"),
        pytest.param("../shop.png", ["missing-picture:p1"], id="a file outside of the folder"),
        pytest.param("/etc/hostname", ["missing-picture:p1"], id="a file anywhere"),
        pytest.param("https://example.org/shop.png", ["missing-picture:p1"], id="a picture of the network"),
        pytest.param("nul\0.png", ["missing-picture:p1"], id="no name of a file"),
    ],
)
def test_a_picture_has_to_be_in_the_folder(tmp_path: Path, source: str, ids: list[str]) -> None:
    (tmp_path / "shop.png").write_bytes(b"")
    (tmp_path.parent / "shop.png").write_bytes(b"")
    document = changed(lambda tree: pain(tree).update(picture={"source": source}))
    findings = lint(
        document, FolderLibrary(tmp_path), today=TODAY, folder=tmp_path, measured=measured("bound", "bound")
    )
    assert [each.id for each in findings] == ids


def test_pictures_and_links_without_a_folder_could_not_be_checked() -> None:
    def change(tree: Any) -> None:
        tree["personas"][0] = "anna"
        tree.update(future="later")
        pain(tree).update(picture={"source": "shop.png"})

    findings = lint(changed(change), today=TODAY, measured=measured("bound", "bound"))
    assert {each.id: each.severity for each in findings} == {
        "missing-document:persona/anna": "unchecked",
        "dead-link:future": "unchecked",
        "missing-picture": "unchecked",
    }


def test_an_address_is_not_visited() -> None:
    (finding,) = lint_good(set_evidence(address="https://example.org/study"))
    assert (finding.id, finding.severity) == ("bad-address", "unchecked")


def test_what_a_map_names_is_found_in_its_folder(tmp_path: Path) -> None:
    other = {**GOOD, "id": "later", "title": "Later", "phases": GOOD["phases"]}
    (tmp_path / "later.yaml").write_text(new_document(other).text)
    (tmp_path / "anna.yaml").write_text(PERSONA)

    def change(tree: Any) -> None:
        tree["personas"][0] = "anna"
        tree.update(future="later", parent={"map": "later", "step": "order"})

    assert found(change, folder=tmp_path) == []
    assert found(lambda tree: tree.update(parent={"map": "later", "step": "ordr"}), folder=tmp_path) == [
        ("dead-link:parent/step", "error")
    ]


def test_two_maps_of_one_title_are_found(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(new_document({**GOOD, "id": "other"}).text)
    assert found(lambda tree: None, folder=tmp_path) == [("duplicate-title:map/other", "warning")]


def test_broken_documents_beside_the_map_do_not_stop_the_linter(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("desireline: map/1\nid: other\ntitle: I buy a phone\nphases: [\n")
    assert found(lambda tree: None, folder=tmp_path) == []
    assert found(lambda tree: tree.update(parent={"map": "other", "step": "s"}), folder=tmp_path) == []


def test_a_named_document_that_is_broken_is_said(tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text("desireline: persona/1\nid: anna\n")
    (finding,) = lint_good(lambda tree: tree["personas"].__setitem__(0, "anna"), folder=tmp_path)
    assert finding.id == "not-valid:named"
    assert "expected the field 'name'" in finding.message


def test_a_near_name_is_offered() -> None:
    (finding,) = lint_good(lambda tree: step(tree).update(metrics=["conversio"]))
    assert finding.message == "the map has no metric 'conversio', did you mean conversion?"


def test_a_finding_names_its_line() -> None:
    document = changed(lambda tree: step(tree).pop("binding"))
    line = next(number for number, text in enumerate(document.text.splitlines(), 1) if "id: order" in text)
    (finding,) = lint(document, today=TODAY, measured=measured("bound", "bound"))
    assert finding.place == f"line {line}, phases[1].steps[0] (order)"


@pytest.mark.parametrize("name", ["no-owner", "unbound-step:order", "unbound-step"])
def test_a_finding_is_silenced_by_its_id_or_its_rule_and_still_listed(name: str) -> None:
    def change(tree: Any) -> None:
        tree.pop("owner")
        step(tree).pop("binding")
        silence(name)(tree)

    findings = lint_good(change)
    assert {each.id for each in findings} == {"no-owner", "unbound-step:order"}
    assert [each.id for each in findings if each.silenced] == [
        "no-owner" if name == "no-owner" else "unbound-step:order"
    ]


def test_what_breaks_the_schema_cannot_be_silenced() -> None:
    findings = lint(changed(lambda tree: (silence("not-valid")(tree), tree.pop("title"))), today=TODAY)
    assert [(each.rule, each.silenced) for each in findings] == [("not-valid", False)]


def test_ids_stay_when_other_things_are_added_before() -> None:
    def change(tree: Any) -> None:
        step(tree).pop("binding")
        pain(tree)["claims"][0].pop("opportunities")

    def add_before(tree: Any) -> None:
        change(tree)
        first = {
            "id": "zero",
            "name": "Begin",
            "steps": [{"id": "s", "name": "I begin", "binding": {"where": "value > 0"}}],
        }
        tree["phases"].insert(0, first)
        tree["lanes"].insert(0, {"id": "zero", "role": "metrics"})

    assert [each.id for each in lint_good(change)] == [each.id for each in lint_good(add_before)]


def test_text_that_is_no_document_is_said() -> None:
    (finding,) = lint(Document("title: [", "broken.yaml"), today=TODAY)
    assert (finding.id, finding.severity) == ("not-valid", "error")


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="expected desireline: map/1, got a persona"):
        lint(Document(PERSONA), today=TODAY)


@given(map_trees())
@settings(max_examples=60)
def test_any_map_is_linted_with_ids_that_are_once_and_the_same_again(tree: dict[str, Any]) -> None:
    document = new_document(tree)
    findings = lint(document, today=TODAY)
    assert len({each.id for each in findings}) == len(findings)
    again = lint(new_document(tree, syntax="json"), today=TODAY)
    assert [replace(each, place="") for each in again] == [replace(each, place="") for each in findings]
    ranks = [SEVERITIES.index(each.severity) for each in findings]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Marketing", True, id="plain"),
        pytest.param("SALES DEPT.", True, id="with a word behind it"),
        pytest.param("Sales / Marketing", True, id="two"),
        pytest.param("Kundenservice", True, id="German"),
        pytest.param("R&D", True, id="a sign within"),
        pytest.param("Sales I like", False, id="more words"),
        pytest.param("", False, id="nothing"),
        pytest.param("&", False, id="only a sign"),
    ],
)
def test_departments_are_known(name: str, expected: bool) -> None:
    assert is_department(name) is expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_hint_on_screen_says_nothing_of_the_text_of_a_document(rule: Rule) -> None:
    hint = screen_hint(Finding(rule.name, rule.name, rule.severity, "map", "", rule.hint))
    assert not re.search(r": [\[{]|\b(next|docs/|lint:|map:|binding:)|(^| )-", hint)


def test_every_hint_on_screen_is_of_a_rule() -> None:
    assert SCREEN_HINTS.keys() <= {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        pytest.param(("lanes", 0, "cells", 0, "claims", 0), ("cell", "p1"), id="the innermost"),
        pytest.param(("phases", 1), ("phase", "buy"), id="itself"),
        pytest.param(("lint", "ignore", 0), None, id="of the map"),
    ],
)
def test_a_place_lies_in_a_thing_of_the_map(path: tuple[str | int, ...], thing: tuple[str, str] | None) -> None:
    document = changed()
    given = Given(document, read_map(document), TODAY, paths=paths_of(document.tree))
    assert given.thing_at(path) == thing
