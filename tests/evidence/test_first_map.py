"""A first map from logs of which the right map is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.base import InputError, SettingsError, reading_in
from desireline.evidence import check, propose_edits, propose_map
from desireline.evidence.first_map import PersonaSegment
from desireline.interactions import condition_text
from desireline.journeys.definitions import save_definition
from desireline.maps import Document, JourneyMap, problems_of, read_map, unknown_fields
from desireline.maps.linting import lint
from desireline.sources import import_files
from desireline.store import Workspace

from .logs import BRANCH, LINE, LOOP, OPTIONAL, make_log


def first_map(folder: Path, ways: Mapping[str, int], **options: Any) -> JourneyMap:
    return read_map(propose_map(make_log(folder, ways), **options))


def names(found: JourneyMap) -> list[str]:
    return [step.name for step in found.steps]


def test_a_straight_way_becomes_a_line(tmp_path: Path) -> None:
    found = first_map(tmp_path, LINE)
    assert names(found) == ["Search", "Compare", "Order", "Received"]
    assert all(step.next is None and not step.optional for step in found.steps)


def test_what_half_of_the_journeys_skip_is_optional(tmp_path: Path) -> None:
    found = first_map(tmp_path, OPTIONAL)
    assert [(step.name, step.optional) for step in found.steps] == [
        ("Search", False),
        ("Compare", True),
        ("Order", False),
        ("Received", False),
    ]


def test_leaving_early_makes_no_step_optional(tmp_path: Path) -> None:
    found = first_map(tmp_path, {"Search, Order, Received": 40, "Search": 200})
    assert [(step.name, step.optional) for step in found.steps] == [
        ("Search", False),
        ("Order", False),
        ("Received", False),
    ]


def test_two_ways_become_a_branch(tmp_path: Path) -> None:
    steps = {step.id: step for step in first_map(tmp_path, BRANCH).steps}
    assert set(steps["search"].next or ()) == {"shop", "web"}
    assert steps["shop"].next in (("order",), None)
    assert steps["web"].next in (("order",), None)
    assert not any(step.optional for step in steps.values())


def test_going_back_becomes_a_loop(tmp_path: Path) -> None:
    steps = {step.id: step for step in first_map(tmp_path, LOOP).steps}
    assert steps["basket"].next == ("order", "search")


@pytest.mark.parametrize("ways", [LINE, BRANCH, LOOP, OPTIONAL], ids=["line", "branch", "loop", "optional"])
def test_the_journeys_fit_their_map_and_nothing_is_proposed_for_it(tmp_path: Path, ways: Mapping[str, int]) -> None:
    workspace = make_log(tmp_path, ways)
    document = propose_map(workspace)
    assert check(workspace, read_map(document)).figures.fit.value == 1
    assert propose_edits(workspace, document).proposals == ()


def test_the_map_is_valid_and_lacks_only_what_people_have_to_say(tmp_path: Path) -> None:
    document = propose_map(make_log(tmp_path, LOOP))
    assert problems_of(document) == []
    assert unknown_fields(document) == []
    assert {each.rule for each in lint(document, today=date(2026, 4, 1)) if each.severity != "unchecked"} == {
        "no-owner",
        "no-review-date",
    }


def test_the_same_data_give_the_same_map(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, BRANCH)
    assert propose_map(workspace).text == propose_map(workspace).text


def test_every_number_says_where_it_is_from(tmp_path: Path) -> None:
    found = first_map(tmp_path, OPTIONAL)
    evidence = [each for lane in found.lanes for cell in lane.cells for claim in cell.claims for each in claim.evidence]
    assert {each.kind for each in evidence} == {"analytics"}
    assert {each.source for each in evidence} == {"desireline, 2026-03-01 to 2026-03-20"}
    assert {each.n for each in evidence} == {40, 80}


def test_a_german_reader_has_the_sentences_in_german_and_the_names_as_they_came(tmp_path: Path) -> None:
    log = make_log(tmp_path, OPTIONAL)
    with reading_in("de"):
        found = read_map(propose_map(log))
    texts = [claim.text for lane in found.lanes for cell in lane.cells for claim in cell.claims]
    assert (found.title[:10], found.lanes[1].label) == ("Ich komme ", "Was gemessen wurde")
    assert (found.summary or "").startswith("Vorgeschlagen aus 80 Journeys, 01.03.2026 bis 20.03.2026")
    assert texts and not any(" of " in text or "journeys" in text for text in texts)
    assert names(found) == names(read_map(propose_map(log)))


def test_channels_are_those_that_were_measured(tmp_path: Path) -> None:
    found = first_map(tmp_path, {"Call, Order": 40})
    lane = next(lane for lane in found.lanes if lane.role == "touchpoints")
    assert [(each.name, each.channel) for cell in lane.cells for each in cell.touchpoints] == [
        ("Call", "phone"),
        ("Order", "web"),
    ]


def test_stages_of_the_taxonomy_are_the_phases(tmp_path: Path) -> None:
    taxonomy = "stages: [Look, Buy]\ntouchpoints:\n  Search: {stage: Look}\n  Order: {stage: Buy}\n"
    found = read_map(propose_map(make_log(tmp_path, LINE, taxonomy=taxonomy)))
    assert [(phase.name, [step.name for step in phase.steps]) for phase in found.phases] == [
        ("Look", ["Search", "Compare"]),
        ("Buy", ["Order", "Received"]),
    ]


def test_only_so_many_steps_are_taken_those_of_most_journeys(tmp_path: Path) -> None:
    assert names(first_map(tmp_path, {"Search, Order": 40, "Search, Compare, Order": 30}, steps=2)) == [
        "Search",
        "Order",
    ]


def test_touchpoints_that_go_together_at_once_are_one_step(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, {"Search, Order, Received": 40})
    (workspace.folder / "desireline.toml").write_text("format = 1\n[proposals]\ntogether_within_seconds = 4000\n")
    found = read_map(propose_map(desireline.open(workspace.folder)))
    assert len(found.steps) == 1
    assert found.steps[0].binding is not None
    assert found.steps[0].binding.count == "once"


def test_with_a_goal_the_map_is_of_those_who_reached_it(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, {"Search, Order, Received": 40, "Search, Call": 100})
    ends = {"start": "touchpoint = Search", "goal": "touchpoint = Received", "time_out": "2h"}
    save_definition(workspace, "buy", {**ends, "name": "I buy"})
    found = read_map(propose_map(workspace, journey="buy"))
    assert names(found) == ["Search", "Order", "Received"]
    assert (found.title, found.journey, found.level) == ("I buy", "buy", "journey")
    assert [step.moment_of_truth for step in found.steps] == [
        "95 of 140 journeys that come here end here, short of the goal (68%)",
        None,
        None,
    ]


def test_without_a_goal_the_title_says_where_the_journeys_lead(tmp_path: Path) -> None:
    assert first_map(tmp_path, {"Search, Compare, Order": 40, "Search, Order": 40}).title == "I order"


def test_a_phase_is_called_by_the_last_of_its_steps_that_is_not_optional(tmp_path: Path) -> None:
    way = "Ad, Search, Order placed, Call, Received, Used"
    found = first_map(tmp_path, {way: 40, way.replace("Call, ", ""): 40})
    assert [(phase.name, len(phase.steps)) for phase in found.phases] == [
        ("Search", 2),
        ("Place the order", 2),
        ("Received – Used", 2),
    ]


ACTOR_MAPPING = """
source: shop
channel: {constant: web}
touchpoint: {column: event}
occurred_at: {column: at}
identifiers: {user: {column: user}}
actor: {column: actor}
"""
ACTORS = {"Search": "customer", "Reminder": "system", "Order": "customer"}


def acted(folder: Path, **who: str) -> Workspace:
    """Everybody searches, is reminded and orders; who acted is given by touchpoint."""
    rows = [
        f"c{customer},2026-03-01T0{hour}:{customer:02}:00Z,{touchpoint},{who.get(touchpoint, actor)}"
        for customer in range(40)
        for hour, (touchpoint, actor) in enumerate(ACTORS.items())
    ]
    (folder / "shop.csv").write_text("\n".join(["user,at,event,actor", *rows]) + "\n")
    (folder / "mapping.yaml").write_text(ACTOR_MAPPING)
    workspace = desireline.create(folder / "w")
    import_files(workspace, [folder / "shop.csv"], mapping=folder / "mapping.yaml")
    return workspace


@pytest.mark.parametrize(
    ("who", "options", "steps", "where"),
    [
        ({}, {}, ["Search", "Order"], "actor = customer"),
        ({"Order": ""}, {}, ["Search", "Order"], "actor = customer or actor is missing"),
        ({"Reminder": "customer"}, {}, ["Search", "Reminder", "Order"], None),
        ({}, {"actors": "all"}, ["Search", "Reminder", "Order"], None),
        ({}, {"where": "actor != agent"}, ["Search", "Reminder", "Order"], "actor != agent"),
        ({}, {"where": "touchpoint != Search"}, ["Order"], "actor = customer and touchpoint != Search"),
    ],
    ids=["only customers", "some do not say", "nobody else", "all", "asked for", "beside another condition"],
)
def test_a_first_map_shows_what_customers_did_themselves(
    tmp_path: Path, who: dict[str, str], options: dict[str, Any], steps: list[str], where: str | None
) -> None:
    found = read_map(propose_map(acted(tmp_path, **who), **options))
    assert names(found) == steps
    assert (None if found.scope.where is None else condition_text(found.scope.where)) == where


def test_the_goal_of_a_journey_stays_whoever_reaches_it(tmp_path: Path) -> None:
    workspace = acted(tmp_path, Order="system")
    save_definition(
        workspace,
        "buy",
        {"name": "I buy", "start": "touchpoint = Search", "goal": "touchpoint = Order", "time_out": "1d"},
    )
    found = read_map(propose_map(workspace, journey="buy"))
    assert names(found) == ["Search", "Order"]
    assert found.scope.where is not None
    assert condition_text(found.scope.where) == "actor = customer or touchpoint = Order"


def test_personas_stand_in_the_map_where_they_are_asked_for(tmp_path: Path) -> None:
    found = first_map(tmp_path, LINE, personas=[PersonaSegment.read("Callers: channel = phone")])
    assert [(each.id, each.name, each.share) for each in found.personas] == [("callers", "Callers", None)]


@pytest.mark.parametrize(
    ("ways", "message"),
    [({}, "expected at least 30 journeys to make a map of, got none"), ({"Search": 1}, "got 1")],
    ids=["no interaction", "one customer"],
)
def test_too_few_journeys_are_refused(tmp_path: Path, ways: Mapping[str, int], message: str) -> None:
    workspace = make_log(tmp_path, ways) if ways else desireline.create(tmp_path / "empty")
    with pytest.raises(InputError, match=message):
        propose_map(workspace)


def test_a_map_needs_steps(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--steps: expected a number from 1 to 40, got 0"):
        propose_map(make_log(tmp_path, LINE), steps=0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("loop = 2", "loop: expected a share from 0 to 1, got 2"),
        ("least_journeys = 0", "least_journeys: expected a whole number from 1, got 0"),
        ("lop = 0.2", "unknown lop"),
    ],
    ids=["share", "number", "key"],
)
def test_settings_that_cannot_be_are_refused(tmp_path: Path, line: str, message: str) -> None:
    workspace = make_log(tmp_path, LINE)
    (workspace.folder / "desireline.toml").write_text(f"format = 1\n[proposals]\n{line}\n")
    with pytest.raises(SettingsError, match=message):
        propose_map(desireline.open(workspace.folder))


def test_a_persona_needs_a_name_and_a_condition() -> None:
    with pytest.raises(InputError, match="expected a persona such as"):
        PersonaSegment.read("channel = phone")


def test_a_proposed_map_is_text_that_reads_as_itself(tmp_path: Path) -> None:
    text = propose_map(make_log(tmp_path, BRANCH)).text
    assert Document(text).changed(lambda tree: None).text == text
