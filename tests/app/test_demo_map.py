"""The journey map of the demo company."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.app.workspace import open as open_workspace
from desireline.journeys import outcomes
from desireline.journeys.definitions import read_definitions
from desireline.maps import Document, check_document
from desireline.maps.linting import lint

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
