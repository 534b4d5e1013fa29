"""The journey maps of the demo company."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.app.workspace import open as open_workspace
from desireline.interactions.taxonomy import read_taxonomy
from desireline.journeys import outcomes, overview
from desireline.journeys.definitions import read_definitions
from desireline.journeys.index import open_index
from desireline.maps import Document, check_document, read_map
from desireline.maps.linting import lint
from desireline.maps.storing import WorkspaceLibrary

TEXT = files("desireline.app.demo").joinpath("map.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    result = CliRunner().invoke(app, ["demo", str(folder), "--customers", "300"], catch_exceptions=False)
    assert result.exit_code == 0
    return folder


def test_the_linter_finds_nothing_that_is_to_be_mended() -> None:
    check_document(Document(TEXT))
    found = [each for each in lint(Document(TEXT), today=date(2026, 11, 22)) if not each.silenced]
    assert [each.id for each in found if each.severity in ("error", "warning")] == []


@pytest.mark.parametrize("ident", ["pay-for-my-order", "pay-one-way-or-another", "move-my-line"])
def test_the_linter_finds_nothing_to_mend_in_a_smaller_map_but_a_review_that_is_due(demo: Path, ident: str) -> None:
    library = WorkspaceLibrary(open_workspace(demo / "workspace"))
    document = library.find("map", ident)
    assert document is not None
    found = lint(document, library, today=date(2026, 11, 22))
    assert [each.id for each in found if each.severity in ("error", "warning")] == (
        ["review-overdue"] if ident == "move-my-line" else []
    )


def test_a_step_has_its_map_and_that_has_its_future(demo: Path) -> None:
    library = WorkspaceLibrary(open_workspace(demo / "workspace"))
    whole, below, future = (
        read_map(document, library)
        for ident in ("live-with-brightwire", "pay-for-my-order", "pay-one-way-or-another")
        if (document := library.find("map", ident)) is not None
    )
    assert [each.id for each in whole.steps if each.map == below.id] == ["checkout"]
    assert (below.future, future.state) == (future.id, "future")


def test_shared_personas_are_tied_to_customers_that_there_are(demo: Path) -> None:
    workspace = open_workspace(demo / "workspace")
    library = WorkspaceLibrary(workspace)
    assert library.idents("persona") == ["leo", "priya"]
    for ident in library.idents("persona"):
        document = library.find("persona", ident)
        assert document is not None
        assert 0 < overview(workspace, segment=document.tree["segment"]).customers < 100


def test_tasks_of_several_departments_are_in_every_state(demo: Path) -> None:
    arguments = ["improve", "tasks", "-w", str(demo / "workspace"), "--json"]
    tasks = json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)["tasks"]
    assert {each["status"] for each in tasks} == {"open", "doing", "done", "dropped"}
    assert len({each["department"] for each in tasks}) >= 4


def test_what_people_do_lies_in_a_stage(demo: Path) -> None:
    taxonomy = read_taxonomy(open_workspace(demo / "workspace"))
    names = open_index(open_workspace(demo / "workspace")).names.touchpoints
    assert set(taxonomy.stage_of.values()) == set(taxonomy.stages)
    without = {each for each in names if each not in taxonomy.stage_of}
    assert all(
        each.startswith(
            (
                "E-mail",
                "Invoice",
                "Credit",
                "Survey",
                "Customer record",
                "Order returned",
                "Store visit: return",
                "Case: house",
            )
        )
        for each in without
    )


def test_every_step_is_bound_to_what_the_company_records_and_the_problems_show(demo: Path) -> None:
    arguments = ["evidence", "measure", "live-with-brightwire", "-w", str(demo / "workspace"), "--json"]
    told = json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)
    steps = {each["id"]: each for each in told["steps"]}
    assert {name for name, each in steps.items() if each["binding"] != "bound"} == {"hear", "stay"}
    assert 0.9 < told["fit"] < 0.99
    assert all(steps[name]["repeated"] > 0.2 * steps[name]["reached"] for name in ("sign-in", "call"))
    assert {each["metric"] for each in told["metrics"] if each["health"] == "bad"} >= {"failed", "signed-out"}


def test_some_leave_before_they_order_and_nobody_who_stays_has_left(demo: Path) -> None:
    arguments = ["evidence", "check", "live-with-brightwire", "-w", str(demo / "workspace"), "--json"]
    told = json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)
    assert {each["id"] for each in told["steps"] if each["left"]} == {"look", "checkout", "fails"}


def test_the_map_lies_beside_the_report_as_text_and_as_a_page(demo: Path) -> None:
    assert (demo / "map.yaml").read_text(encoding="utf-8") == TEXT
    assert "measured/call" in (demo / "map.html").read_text(encoding="utf-8")


def test_journeys_are_defined_and_some_but_not_all_come_to_their_goal(demo: Path) -> None:
    workspace = open_workspace(demo / "workspace")
    definitions = read_definitions(workspace)
    assert [each.ident for each in definitions] == ["get-internet", "move-house"]
    for each in definitions:
        ends = {end.outcome: end.journeys for end in outcomes(workspace, each).outcomes}
        assert 0 < ends["reached"] < ends["reached"] + ends["timed out"]
