"""Asking a workspace how its journeys follow a map."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.app.commands import main
from desireline.base import InputError
from desireline.evidence import check, examples
from desireline.journeys.definitions import save_definition
from desireline.maps.measured import Unplanned
from desireline.store import Workspace

from ..journeys.engines.shops import make_workspace
from .shop import MAP, facts, make_shop, phone_map

PERSONAS = """personas:
  - {id: app, name: App people, segment: channel = app}
  - {id: nobody, name: Nobody, segment: channel = fax}
  - {id: opinion, name: An opinion}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = make_shop(tmp_path_factory.mktemp("shop"))
    save_definition(made, "buy", {"start": "touchpoint = Search", "goal": "touchpoint = Received", "time_out": "30d"})
    return made


def asked(shop: Workspace, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check(shop, phone_map(), **options).to_json())
    return found


def test_the_figures_are_those_of_the_worked_example(shop: Workspace) -> None:
    found = asked(shop)
    assert facts(found, "reached", "skipped", "repeated", "out_of_order", "left") == {
        "search": [5, 1, 1, 0, 0],
        "compare": [3, 0, 0, 1, 1],
        "order": [5, 0, 0, 0, 0],
        "receive": [5, 0, 0, 0, 0],
    }
    assert (found["journeys"], found["not_on_map"], found["cost"], found["worst"]) == (6, 1, 5, 37)
    assert found["fit"] == pytest.approx(1 - 5 / 37)
    assert found["unplanned"] == [{"touchpoint": "Call", "after": "search", "count": 1}]
    assert (found["interactions"], found["coverage"]) == (20, 0.95)
    assert found["process"] == {"verdict": "branching", "journeys": 6, "linear": 0.5, "branching": 0.5, "cyclical": 0}
    medians = facts(found, "median_seconds_from_previous")
    assert medians == {"search": [None], "compare": [3600], "order": [3600], "receive": [3600]}


def test_the_median_time_has_the_interval_of_its_order_statistics(tmp_path: Path) -> None:
    rows = [
        f"c{customer},,2026-03-01T{hour:02}:{minute:02}:00Z,{touchpoint},web,"
        for customer, minutes in enumerate(range(1, 31))
        for touchpoint, hour, minute in (("Search", 8, 0), ("Compare", 8, minutes))
    ]
    found = json.loads(check(make_workspace(tmp_path, [rows]), phone_map()).to_json())
    names = (f"median_seconds_from_previous{ending}" for ending in ("", "_low", "_high"))
    assert facts(found, *names)["compare"] == [15.5 * 60, 10 * 60, 21 * 60]


def test_what_is_drawn_says_the_same(shop: Workspace) -> None:
    measured = check(shop, phone_map()).measured()
    assert (measured.map, measured.journeys, measured.period) == ("buy-a-phone", 6, "1 March 2026 to 6 March 2026")
    assert [(each.step, each.reached, each.binding) for each in measured.steps][:2] == [
        ("search", 5, "bound"),
        ("compare", 3, "bound"),
    ]
    assert measured.steps[0].median_seconds_from_previous is None
    assert measured.unplanned == (Unplanned("Call", "search", 1),)
    assert (measured.process, {(each.source, each.target): each.count for each in measured.transitions}) == (
        "branching",
        {("search", "compare"): 2, ("search", "order"): 3, ("compare", "order"): 1, ("order", "receive"): 5},
    )


@pytest.mark.parametrize(("change", "allowed"), [({}, True), ({"optional: true": "optional: false"}, False)])
def test_a_way_over_a_step_is_allowed_where_the_step_is_optional(
    shop: Workspace, change: dict[str, str], allowed: bool
) -> None:
    measured = check(shop, phone_map(**change)).measured()
    assert {(each.source, each.target): each.allowed for each in measured.transitions} == {
        ("search", "compare"): True,
        ("search", "order"): allowed,
        ("compare", "order"): True,
        ("order", "receive"): True,
    }


def test_the_map_s_own_journeys_are_looked_at_unless_something_else_is_asked_for(shop: Workspace) -> None:
    of_map = phone_map(**{"title:": "journey: buy\ntitle:"})
    assert [
        check(shop, of_map, **options).figures.journeys
        for options in ({}, {"span": "life"}, {"span": "session", "gap": "30m"})
    ] == [5, 6, 19]
    assert check(shop, phone_map(), journey="buy").figures.journeys == 5


def test_an_unfinished_journey_is_open_and_has_not_left(shop: Workspace) -> None:
    found = asked(shop, journey="buy")
    assert facts(found, "left", "open")["compare"] == [0, 1]
    assert (found["open"], found["fit"]) == (1, pytest.approx(1 - 2 / (7 + 6 + 7 + 7 + 2)))


def test_a_life_cycle_is_open_for_as_long_as_is_said(shop: Workspace) -> None:
    assert [facts(asked(shop, time_out=time_out), "left", "open")["compare"] for time_out in (None, "12h", "7d")] == [
        [1, 0],
        [1, 0],
        [0, 1],
    ]


def test_only_the_scope_of_the_map_is_looked_at(shop: Workspace) -> None:
    narrow = phone_map(**{"phases:": "scope: {where: channel = app}\nphases:"})
    assert check(shop, narrow).figures.journeys == 2
    assert check(shop, narrow, where="touchpoint = Order").figures.interactions == 2


def test_a_persona_has_the_figures_of_its_customers(shop: Workspace) -> None:
    found = json.loads(check(shop, phone_map(MAP + PERSONAS), personas=True).to_json())
    assert [(each["id"], each["journeys"], each["fit"]) for each in found["personas"]] == [
        ("app", 2, pytest.approx(1 - 1 / 14)),
        ("nobody", 0, None),
    ]


def test_an_unbound_step_has_no_numbers(shop: Workspace) -> None:
    result = check(shop, phone_map(**{", binding: {where: touchpoint = Order}": ""}))
    assert facts(json.loads(result.to_json()), "binding", "reached", "left")["order"] == ["unbound", None, None]
    assert math.isnan(result.steps[2].share("reached").value)
    assert [each.name for each in result.estimates() if "order:" in each.name] == []


def test_an_empty_workspace_gives_no_journeys(tmp_path: Path) -> None:
    empty = make_workspace(tmp_path, [])
    with pytest.raises(InputError, match="no touchpoint 'Search'"):
        check(empty, phone_map())


BAD = {
    "no bound step": ({", binding: {where: touchpoint = " + each + "}": "" for each in ("Search", "Compare", "Order", "Received")}, {}, "is bound to interactions"),
    "nothing that it names is there": ({"= Search": "= A", "= Compare": "= B", "= Order": "= C", "= Received": "= D"}, {}, "search: broken: no touchpoint 'A'"),
    "a condition on a field that nothing has": ({"touchpoint = " + each: "attributes.x = " + each for each in ("Search", "Compare", "Order", "Received")}, {}, "no interaction has attributes.x"),
    "an unknown journey in the map": ({"title:": "journey: bye\ntitle:"}, {}, "'buy-a-phone' looks at a journey that is not defined.*\n.*did you mean buy"),
    "an unknown journey": ({}, {"journey": "bye"}, "there is no journey 'bye'"),
    "personas without a segment": ({}, {"personas": True}, "no persona of the map"),
    "personas and a segment": ({}, {"personas": True, "segment": "channel = web"}, "either a segment or personas"),
    "no duration": ({}, {"silent_after": "soon"}, "expected a duration"),
    "journeys and sessions": ({}, {"journey": "buy", "span": "session"}, "either a journey or sessions"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "options", "message"), BAD.values(), ids=BAD)
def test_a_bad_question_gets_one_clear_answer(
    shop: Workspace, changes: dict[str, str], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=f"(?s){message}"):
        check(shop, phone_map(**changes), **options)


@pytest.mark.parametrize("what", ["reached", "skipped", "repeated", "out_of_order", "left", "open"])
@pytest.mark.parametrize("step", ["search", "compare", "order", "receive"])
def test_behind_every_number_are_as_many_journeys(shop: Workspace, what: Any, step: str) -> None:
    number = facts(asked(shop), what)[step][0]
    found = examples(shop, phone_map(), what, step=step, n=100)
    assert (found.journeys, len(found.examples)) == (number, number)


def test_an_example_is_a_timeline_with_its_alignment(shop: Workspace) -> None:
    (eva,) = examples(shop, phone_map(), "out_of_order", step="compare").examples
    assert (eva.identifier, eva.cost) == ("user:eva", 1)
    assert [(each.touchpoint, each.step, each.role) for each in eva.interactions] == [
        ("Search", "search", "placed"),
        ("Order", "order", "placed"),
        ("Compare", "compare", "out of order"),
        ("Received", "receive", "placed"),
    ]


def test_an_example_says_what_was_skipped_where(shop: Workspace) -> None:
    (dee,) = examples(shop, phone_map(), "skipped", step="search").examples
    assert [each.skipped for each in dee.interactions] == [("search",), ()]


def test_examples_of_what_is_unplanned_are_those_after_the_step(shop: Workspace) -> None:
    after, before = (
        examples(shop, phone_map(), "unplanned", step=step, touchpoint="Call") for step in ("search", None)
    )
    assert ([each.identifier for each in after.examples], before.examples) == (["user:cem"], ())


def test_the_latest_journeys_come_first(shop: Workspace) -> None:
    found = examples(shop, phone_map(), "reached", step="order", n=2)
    assert [each.identifier for each in found.examples] == ["user:eva", "user:dee"]
    assert len(found.rows()) == 6


@pytest.mark.parametrize(
    ("what", "options", "message"),
    [
        ("reached", {}, "expected a step"),
        ("reached", {"step": "serch"}, "there is no step 'serch'"),
        ("reached", {"step": "order", "touchpoint": "Call"}, "only of unplanned"),
        ("gone", {"step": "order"}, "expected one of reached"),
        ("unplanned", {"touchpoint": "Cal"}, "there is no touchpoint 'Cal'"),
        ("reached", {"step": "order", "n": 0}, "expected 1 to 100"),
    ],
)
def test_a_number_that_there_is_not_has_no_examples(
    shop: Workspace, what: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        examples(shop, phone_map(), what, **options)


def test_an_unmeasured_step_has_no_examples(shop: Workspace) -> None:
    with pytest.raises(InputError, match="cannot be measured"):
        examples(shop, phone_map(**{", binding: {where: touchpoint = Order}": ""}), "reached", step="order")


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setattr(sys, "argv", ["desireline", "evidence", *words])
    try:
        main()
    except SystemExit as end:
        assert not end.code, capsys.readouterr().err
    return capsys.readouterr().out


def test_the_command_line_gives_the_same_as_python(
    shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    words = [str(tmp_path / "map.yaml"), "-w", str(shop.folder), "--json"]
    assert json.loads(run(capsys, monkeypatch, "check", *words)) == asked(shop)
    found = json.loads(run(capsys, monkeypatch, "examples", *words, "--what", "left", "--step", "compare"))
    assert [each["identifier"] for each in found["examples"]] == ["user:fay"]


def test_a_map_is_drawn_with_its_figures(
    shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    run(
        capsys,
        monkeypatch,
        "check",
        str(tmp_path / "map.yaml"),
        "-w",
        str(shop.folder),
        "--picture",
        str(tmp_path / "map.svg"),
    )
    picture = (tmp_path / "map.svg").read_text()
    assert picture.startswith("<svg")
    assert "5 reached it" in picture


def test_the_package_is_there_when_it_is_asked_for() -> None:
    assert desireline.evidence.check is check
    with pytest.raises(AttributeError):
        _ = desireline.evidence.nothing
