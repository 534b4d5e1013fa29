from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.base import DesirelineError
from desireline.store import Workspace


def run(workspace: Workspace, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["people", *arguments, "-w", str(workspace.folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_people_as_json(workspace: Workspace) -> None:
    run(workspace, "add", "Ada", "Ada@example.org", "--role", "admin")
    person = json.loads(run(workspace, "list", "--json"))["people"][0]
    assert {key: person[key] for key in ("person", "name", "email", "role", "invited", "seen_at")} == {
        "person": 1,
        "name": "Ada",
        "email": "ada@example.org",
        "role": "admin",
        "invited": True,
        "seen_at": None,
    }


def test_a_link_is_all_that_is_printed_on_standard_output(workspace: Workspace) -> None:
    first = run(workspace, "add", "Ada", "ada@example.org", "--address", "https://journeys.example.org/")
    second = run(workspace, "link", "ada@example.org")
    assert first.startswith("https://journeys.example.org/link#")
    assert second.startswith("http://127.0.0.1:8321/link#")
    assert len(first.split()) == len(second.split()) == 1


@pytest.mark.parametrize("command", [["link"], ["remove"], ["role"]], ids=lambda words: words[0])
def test_nobody_is_told_so(workspace: Workspace, command: list[str]) -> None:
    words = [*command, "nobody@example.org", *(["viewer"] if command == ["role"] else [])]
    with pytest.raises(DesirelineError, match="nobody with the e-mail address"):
        run(workspace, *words)


def test_a_folder_that_is_no_workspace_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(DesirelineError, match="not a Desireline workspace"):
        run(Workspace(tmp_path), "list")
