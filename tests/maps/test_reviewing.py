"""The maps that somebody has to look at; and the commands of the linter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import desireline
from desireline.app.commands import app
from desireline.base import InputError
from desireline.maps import FolderLibrary, JourneyMap, new_document
from desireline.maps.reviewing import ReviewReason, maps_to_review
from desireline.maps.storing import save

from .good_map import GOOD, TODAY, changed

Change = Callable[[Any], object]


def put(folder: Path, ident: str, change: Change = lambda tree: None) -> Path:
    """The good map under another id and title, looked at once, after a change; in a file."""

    def renamed(tree: Any) -> None:
        tree.update(id=ident, title=f"I do {ident}", reviewed="2026-07-01")
        change(tree)

    file = folder / f"{ident}.yaml"
    file.write_text(changed(renamed).text)
    return file


def reasons(folder: Path) -> dict[str, list[str]]:
    found = maps_to_review(FolderLibrary(folder), today=TODAY)
    return {each.id: [reason.kind for reason in each.reasons] for each in found}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["maps", *arguments])


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        pytest.param(lambda tree: tree.update(review_date="2026-11-20"), ["overdue"], id="overdue"),
        pytest.param(lambda tree: tree.pop("reviewed"), ["never-reviewed"], id="never reviewed"),
        pytest.param(lambda tree: tree.update(future="gone"), ["errors"], id="a dead link"),
        pytest.param(
            lambda tree: (tree.update(future="gone", review_date="2026-11-20"), tree.pop("reviewed")),
            ["overdue", "never-reviewed", "errors"],
            id="all of it",
        ),
        pytest.param(lambda tree: tree.pop("phases"), ["errors"], id="not valid"),
        pytest.param(lambda tree: tree.update(future="gone", lint={"ignore": ["dead-link"]}), None, id="silenced"),
        pytest.param(lambda tree: tree.pop("owner"), None, id="only a warning"),
        pytest.param(lambda tree: None, None, id="good"),
    ],
)
def test_a_map_is_to_be_looked_at(tmp_path: Path, change: Change, kinds: list[str] | None) -> None:
    put(tmp_path, "one", change)
    assert reasons(tmp_path) == ({} if kinds is None else {"one": kinds})


def test_the_longest_overdue_comes_first(tmp_path: Path) -> None:
    put(tmp_path, "b", lambda tree: tree.update(review_date="2026-11-01"))
    put(tmp_path, "c", lambda tree: tree.update(review_date="2026-10-01"))
    put(tmp_path, "a", lambda tree: (tree.pop("reviewed"), tree.pop("review_date")))
    assert list(reasons(tmp_path)) == ["c", "b", "a"]


def test_others_may_find_further_reasons(tmp_path: Path) -> None:
    put(tmp_path, "one")
    put(tmp_path, "two")

    def drifted(journey_map: JourneyMap) -> Iterable[ReviewReason]:
        return [ReviewReason("drift", "12% of the paths")] if journey_map.id == "two" else []

    (due,) = maps_to_review(FolderLibrary(tmp_path), today=TODAY, further=[drifted])
    assert (due.id, due.reasons) == ("two", (ReviewReason("drift", "12% of the paths"),))


def test_review_lists_the_maps_of_a_workspace(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "w")
    save(workspace, new_document({**GOOD, "review_date": "2026-11-21", "reviewed": "2026-01-01"}))
    save(workspace, new_document({**GOOD, "id": "good", "title": "I do well", "reviewed": "2026-01-01"}))
    listed = json.loads(run("review", "-w", str(workspace.folder), "--today", "2026-11-22", "--json").stdout)
    assert listed == {
        "maps": [
            {
                "id": "buy-a-phone",
                "title": "I buy a phone",
                "owner": "Ada Lovelace",
                "review_date": "2026-11-21",
                "reviewed": "2026-01-01",
                "reasons": [{"kind": "overdue", "message": "review overdue for 1 day"}],
            }
        ]
    }
    assert "review overdue for 1 day" in run("review", "-w", str(workspace.folder), "--today", "2026-11-22").stdout


def test_review_says_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    folder = str(desireline.create(tmp_path / "w").folder)
    result = run("review", "-w", folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "No map has to be looked at by what the maps say themselves",
        "what customers did was not asked; evidence review does, and may list more maps",
    ]


def test_lint_lists_what_is_found_and_what_is_silenced(tmp_path: Path) -> None:
    file = put(tmp_path, "one", lambda tree: (tree.pop("owner"), tree.update(lint={"ignore": ["no-owner"]})))
    shown = run("lint", str(file), "--today", "2027-02-01").stdout.splitlines()
    assert shown[0] == f"{file}: 1 warning, 1 unchecked"
    assert shown[1].startswith("  warning: line ")
    assert shown[1].endswith(": its review was due on 2027-01-31, 1 day ago [review-overdue]")
    assert shown[2] == "    hint: look at the map with its owner, then set reviewed and a new review_date"
    assert shown[-1] == "  silenced: no-owner"


def test_lint_as_json_has_the_same_fields_for_every_map(tmp_path: Path) -> None:
    files = [put(tmp_path, "one", lambda tree: tree.pop("owner")), put(tmp_path, "two", silenced_owner)]
    listed = json.loads(run("lint", *map(str, files), "--today", "2026-11-22", "--json").stdout)["maps"]
    assert [each["map"] for each in listed] == [str(file) for file in files]
    assert listed[0]["counts"] == {"error": 0, "warning": 1, "note": 0, "unchecked": 1}
    assert {**listed[0]["findings"][0], "hint": ""} == {
        "id": "no-owner",
        "rule": "no-owner",
        "severity": "warning",
        "place": "map",
        "message": "nobody answers for this map",
        "hint": "",
    }
    assert [each["id"] for each in listed[1]["silenced"]] == ["no-owner"]


def silenced_owner(tree: Any) -> None:
    """No owner, and nobody shall say so."""
    tree.pop("owner")
    tree.update(lint={"ignore": ["no-owner"]})


@pytest.mark.parametrize(
    ("change", "options", "fails"),
    [
        pytest.param(lambda tree: None, [], False, id="nothing but what could not be checked"),
        pytest.param(lambda tree: tree.pop("owner"), [], False, id="a warning"),
        pytest.param(lambda tree: tree.pop("owner"), ["--strict"], True, id="a warning, strictly"),
        pytest.param(silenced_owner, ["--strict"], False, id="a silenced warning, strictly"),
        pytest.param(lambda tree: tree.pop("review_date"), ["--strict"], False, id="a note, strictly"),
        pytest.param(lambda tree: tree.update(future="gone"), [], True, id="an error"),
        pytest.param(lambda tree: tree.pop("title"), [], True, id="not valid"),
    ],
)
def test_lint_fails_on_errors(tmp_path: Path, change: Change, options: list[str], fails: bool) -> None:
    result = run("lint", str(put(tmp_path, "one", change)), "--today", "2026-11-22", *options)
    assert (result.exit_code == 1) is fails
    assert result.stdout.startswith(str(tmp_path))


def test_lint_goes_on_after_a_file_that_is_no_map(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("title: [")
    result = run("lint", str(tmp_path / "broken.yaml"), str(put(tmp_path, "one")), "--today", "2026-11-22")
    assert "[not-valid]" in result.stdout
    assert "one.yaml: 1 unchecked" in result.stdout
    assert str(result.exception) == f"{tmp_path / 'broken.yaml'}: errors were found"


def test_lint_takes_maps_of_a_workspace(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "w")
    save(workspace, changed(lambda tree: tree.pop("owner")))
    assert "[no-owner]" in run("lint", "buy-a-phone", "-w", str(workspace.folder)).stdout


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    raised = run("lint", str(put(tmp_path, "one")), "--today", "tomorrow").exception
    assert isinstance(raised, InputError)
    assert "expected a day such as 2026-11-22, got 'tomorrow'" in str(raised)
