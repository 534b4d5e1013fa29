from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import desireline
from desireline.app.commands import app
from desireline.base import UnknownNameError
from desireline.sources import import_files

MAPPING = """\
source: crm
channel: crm
touchpoint: Seen
occurred_at: {column: at}
identifiers: {customer: {column: customer}, email: {column: email}, device: {column: device}}
"""
ROWS = """\
at,customer,email,device
2026-01-01 10:00,C-1,ann@example.org,
2026-01-03 10:00,C-1,ann@example.org,laptop
2026-01-04 10:00,C-1,,tablet
2026-01-05 10:00,C-2,,tablet
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(ROWS)
    workspace = desireline.create(tmp_path / "workspace")
    import_files(workspace, [tmp_path / "rows.csv"], mapping=tmp_path / "mapping.yaml")
    return str(workspace.folder)


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_show_prints_the_chain_of_evidence_and_what_was_not_joined(folder: str) -> None:
    shown = asked("identity", "show", "ann@example.org", "-w", folder).stdout
    assert "3 identifiers" in shown
    assert "  email:ann@example.org   (asked for)" in shown
    assert "seen together 2 times from 2026-01-01 to 2026-01-03 in crm" in shown
    assert "device:tablet was seen with several customers and joins none of them" in shown


def test_show_as_json(folder: str) -> None:
    shown = json.loads(asked("identity", "show", "laptop", "-w", folder, "--json").stdout)
    assert shown["asked"] == "device:laptop"
    assert {"type": "customer", "value": "C-1"} in shown["identifiers"]
    assert set(shown["chains"]) == {"customer:C-1", "email:ann@example.org"}
    assert len(shown["refused"]) == 1


def test_cut_and_uncut_say_what_they_did(folder: str) -> None:
    assert "kept apart from now on." in asked("identity", "cut", "C-1", "laptop", "-w", folder).stderr
    assert "were not one customer before" in asked("identity", "cut", "C-1", "laptop", "-w", folder).stderr
    assert "was taken back" in asked("identity", "uncut", "laptop", "C-1", "-w", folder).stderr
    assert "no cut between" in asked("identity", "uncut", "laptop", "C-1", "-w", folder).stderr


def test_summary(folder: str) -> None:
    found = json.loads(asked("identity", "summary", "-w", folder, "--json").stdout)
    assert found["customers"] == 2
    assert found["types"]["device"] == {"identifiers": 2, "customers": 1}
    assert found["not_joined"] == {"seen with several customers": 1}
    assert "customers: 2" in asked("identity", "summary", "-w", folder).stdout


def test_an_unknown_identifier_is_an_error(folder: str) -> None:
    with pytest.raises(UnknownNameError, match="did you mean customer:C-"):
        asked("identity", "show", "C-3", "-w", folder)


def test_interactions_are_counted(folder: str) -> None:
    counted = json.loads(asked("interactions", "count", "-w", folder, "--json").stdout)
    assert counted == {
        "interactions": 4,
        "first_at": "2026-01-01T10:00:00+00:00",
        "last_at": "2026-01-05T10:00:00+00:00",
    }
