"""Interactions that somebody gives one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import desireline
from desireline.app.commands import app
from desireline.base import InputError
from desireline.interactions import count_log
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

FIELDS: dict[str, Any] = {
    "source": "hand",
    "channel": "store",
    "touchpoint": "Asked in shop",
    "occurred_at": datetime(2026, 3, 14, 15, 9, 26, 535_897, tzinfo=UTC),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def test_a_recorded_interaction_is_in_the_journeys_of_its_customer(workspace: Workspace) -> None:
    later = {**FIELDS, "touchpoint": "Called back", "occurred_at": datetime(2026, 3, 15, tzinfo=UTC), "wait": 30}
    record_interactions(workspace, [NewInteraction(FIELDS, {"email": "Ann@Example.org", "phone": "020 7946 0123"})])
    record_interactions(workspace, [NewInteraction(later, {"phone": "+44 20 7946 0123"})])
    paths = {each.path for each in desireline.journeys.variants(workspace).variants}
    assert paths == {("Asked in shop", "Called back")}
    assert len(desireline.identity.show_customer(workspace, "ann@example.org").identifiers) == 2


def test_the_same_id_of_a_source_has_the_same_fingerprint_as_in_an_import(workspace: Workspace, tmp_path: Path) -> None:
    record_interactions(workspace, [NewInteraction({**FIELDS, "id": "7"}, {"user": "ann"})])
    (tmp_path / "mapping.yaml").write_text(
        "source: hand\nchannel: store\ntouchpoint: Asked\noccurred_at: {column: at}\n"
        "identifiers: {user: {column: user}}\nid: {column: number}\n"
    )
    (tmp_path / "again.csv").write_text("number,user,at\n7,ann,2026-03-14T15:09:26Z\n")
    result = desireline.sources.import_files(workspace, [tmp_path / "again.csv"], mapping=tmp_path / "mapping.yaml")
    assert result.counts.duplicates == 1


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param({"channel": None}, "channel: is missing", id="missing"),
        pytest.param({"occurred_at": datetime(2026, 1, 1)}, "occurred_at: expected a time with its zone", id="zone"),
        pytest.param({"occurred_at": "today"}, "occurred_at: expected a time", id="no time"),
        pytest.param({"wait": -1}, "wait: expected a number in its range", id="range"),
        pytest.param({"wait": float("nan")}, "wait: expected a number", id="nan"),
        pytest.param({"direction": "sideways"}, "direction: expected one of inbound", id="choice"),
        pytest.param({"touchpoint": "x" * 300}, "touchpoint: expected at most 200", id="long"),
        pytest.param({"colour": "red"}, "colour: is no field", id="unknown"),
    ],
)
def test_what_is_not_as_the_schema_says_is_refused(workspace: Workspace, change: dict[str, Any], place: str) -> None:
    good = NewInteraction(FIELDS, {"user": "ann"})
    with pytest.raises(InputError, match=place):
        record_interactions(workspace, [good, NewInteraction({**FIELDS, **change}, {"user": "ann"})])
    assert count_log(workspace).interactions == 0


def test_an_identifier_that_points_at_nobody_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="expected a usable identifier, got email:anonymous"):
        record_interactions(workspace, [NewInteraction(FIELDS, {"email": "anonymous"})])


def test_the_command_marks_what_it_records_as_logged_by_hand(tmp_path: Path) -> None:
    desireline.create(tmp_path / "workspace")
    command = ["interactions", "log", "-w", str(tmp_path / "workspace"), "--customer", "email:ann@example.org"]
    details = ["--channel", "store", "--touchpoint", "Asked in shop", "--at", "2026-03-14T15:09"]
    result = CliRunner().invoke(app, [*command, *details], catch_exceptions=False)
    assert result.exit_code == 0
    found = desireline.journeys.flow(desireline.open(tmp_path / "workspace"), where="source = hand")
    assert [node.name for node in found.nodes] == ["Asked in shop"]


@pytest.mark.parametrize(("option", "value"), [("--customer", "ann"), ("--at", "soon")])
def test_what_the_command_cannot_read_is_said(tmp_path: Path, option: str, value: str) -> None:
    desireline.create(tmp_path / "workspace")
    options = {"--customer": "user:ann", "--channel": "store", "--touchpoint": "Asked", option: value}
    arguments = [part for pair in options.items() for part in pair]
    with pytest.raises(InputError, match=option):
        CliRunner().invoke(
            app, ["interactions", "log", "-w", str(tmp_path / "workspace"), *arguments], catch_exceptions=False
        )
