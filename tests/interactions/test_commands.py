"""``desireline interactions taxonomy`` and ``costs`` as users run them; what they print otherwise is in the documentation."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.app.commands import main
from desireline.store import Workspace

from .shop import record

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


@pytest.fixture
def run(workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DESIRELINE_WORKSPACE", str(workspace.folder))

    def running(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["desireline", "interactions", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        stdout, stderr = capsys.readouterr()
        assert ended.value.code == code, stderr
        return stdout, stderr

    return running


def as_json(said: tuple[str, str]) -> Any:
    return json.loads(said[0])


def test_without_a_taxonomy_it_is_said_how_to_get_one(run: Run) -> None:
    stdout, stderr = run("taxonomy", "show")
    assert stdout == ""
    assert stderr.startswith("There is no taxonomy. Propose one: desireline interactions taxonomy propose -w ")
    assert as_json(run("taxonomy", "show", "--json"))["touchpoints"] == []


def test_a_proposal_on_standard_output_is_a_taxonomy_and_nothing_else(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    record(workspace, *[("Paid", "web")] * 2, ("PAID", "web"))
    stdout, stderr = run("taxonomy", "propose")
    assert stderr == "1 name is proposed for joining\n"
    file = tmp_path / "proposed.yaml"
    file.write_text(stdout, encoding="utf-8")
    run("taxonomy", "set", file)
    assert as_json(run("taxonomy", "show", "--json"))["touchpoints"] == [
        {"name": "Paid", "stage": None, "channel": None, "names": ["PAID"]}
    ]


def test_nothing_is_printed_where_nothing_is_proposed(run: Run, workspace: Workspace) -> None:
    record(workspace, ("Paid", "web"))
    assert run("taxonomy", "propose") == ("", "no names look alike: nothing is proposed\n")


def test_what_was_logged_is_withdrawn_by_the_number_it_says(run: Run, workspace: Workspace) -> None:
    record(workspace, ("Paid", "web"))
    _, stderr = run("log", "-c", "user:new", "-t", "Asked", "--channel", "store", "--at", "2026-03-14T15:09")
    assert "nobody was seen under user:new before\n" in stderr
    told = stderr.splitlines()[-1].removeprefix("To take it back: desireline interactions ")
    assert run(*told.split()) == ("", "Asked (store, 2026-03-14 15:09 UTC) was withdrawn\n")
    assert as_json(run("count", "--json"))["interactions"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["log", "-c", "emial:a@b.org"], "no identifier is of the type 'emial' yet"),
        (["log", "-c", "user:ann", "--at", "2199-01-01"], "not more than a day in the future"),
        (["withdraw", "7"], "there is no interaction 7"),
    ],
    ids=["a type", "the future", "a number"],
)
def test_what_cannot_be_logged_or_withdrawn_is_said(run: Run, arguments: list[str], message: str) -> None:
    rest = ["-t", "Asked", "--channel", "store"] if arguments[0] == "log" else []
    assert message in run(*arguments, *rest, code=1)[1]


def test_a_proposal_as_json_has_its_reasons(run: Run, workspace: Workspace) -> None:
    record(workspace, *[("Paid", "web")] * 2, ("PAID", "web"))
    proposal = as_json(run("taxonomy", "propose", "--json"))
    assert proposal["joins"] == [
        {"kind": "touchpoint", "name": "Paid", "raw": "PAID", "interactions": 1, "reason": "capitals"}
    ]
    assert "Paid:" in proposal["yaml"]


def test_a_check_changes_nothing_and_names_what_the_log_lacks(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    record(workspace, ("Paid", "web"))
    file = tmp_path / "file.yaml"
    file.write_text("touchpoints: {Payment: {names: [Paid, Payed]}}\n", encoding="utf-8")
    assert as_json(run("taxonomy", "check", file, "--json"))["not_in_log"] == ["Payed"]
    assert not (workspace.folder / "taxonomy.yaml").exists()


def test_a_taxonomy_that_cannot_be_used_is_not_set(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("stages: Buy\n", encoding="utf-8")
    _, stderr = run("taxonomy", "set", file, code=1)
    assert "stages: expected a list of names, got 'Buy'" in stderr
    assert not (workspace.folder / "taxonomy.yaml").exists()


def test_a_broken_taxonomy_in_place_is_an_error_not_a_stack_trace(run: Run, workspace: Workspace) -> None:
    (workspace.folder / "taxonomy.yaml").write_text("stages: [", encoding="utf-8")
    _, stderr = run("costs", code=1)
    assert stderr.startswith("error: the taxonomy ")


def test_settings_that_no_interaction_meets_are_named_as_they_are_written(run: Run, workspace: Workspace) -> None:
    with (workspace.folder / "desireline.toml").open("a", encoding="utf-8") as file:
        file.write('[costs.channels."Call centre"]\nper_minute = 1\n')
    record(workspace, ("Paid", "web"))
    _, stderr = run("costs")
    assert '[costs.channels."Call centre"]: no interaction of the log has this channel' in stderr
    assert "No cost is known of contacts in web (1). Set it in desireline.toml: [costs.channels.web]" in stderr


def test_costs_as_json_have_null_where_there_is_no_contact(run: Run, workspace: Workspace) -> None:
    total = as_json(run("costs", "--json"))["total"]
    assert total == {
        "interactions": 0,
        "contacts": 0,
        "minutes": 0.0,
        "given": 0.0,
        "computed": 0.0,
        "total": 0.0,
        "per_contact": None,
    }


def test_costs_are_grouped_by_what_there_is(run: Run) -> None:
    assert (
        "expected one of channel, team, touchpoint, source, month, got 'day'" in run("costs", "--by", "day", code=1)[1]
    )
