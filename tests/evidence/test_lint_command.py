"""``desireline maps lint -w``: whether interactions still meet the bindings."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desireline.app.commands import main
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.store import Workspace

from ..maps.workspaces import new_workspace
from .shop import MAP, make_shop

Lint = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lint:
    def found(*words: str) -> dict[str, str]:
        """The severities of what is found about bindings, by id."""
        monkeypatch.setattr(sys, "argv", ["desireline", "maps", "lint", *words, "--today", "2026-03-08", "--json"])
        with pytest.raises(SystemExit):
            main()
        (linted,) = json.loads(capsys.readouterr().out)["maps"]
        return {each["id"]: each["severity"] for each in linted["findings"] if "binding" in each["rule"]}

    return found


def written(folder: Path, **changes: str) -> str:
    text = MAP
    for before, after in changes.items():
        text = text.replace(before, after)
    (folder / "map.yaml").write_text(text)
    return str(folder / "map.yaml")


def test_bindings_that_interactions_meet_are_good(shop: Workspace, lint: Lint, tmp_path: Path) -> None:
    assert lint(written(tmp_path), "-w", str(shop.folder)) == {}


def test_a_binding_is_silent_that_nothing_meets_and_broken_that_names_what_is_gone(
    shop: Workspace, lint: Lint, tmp_path: Path
) -> None:
    file = written(tmp_path, **{"= Search": "= Search and channel = phone", "= Received": "= Receved"})
    assert lint(file, "-w", str(shop.folder)) == {"broken-binding:receive": "error", "silent-binding:search": "warning"}


def test_a_map_of_which_no_step_can_be_measured_is_told_why(shop: Workspace, lint: Lint, tmp_path: Path) -> None:
    file = written(
        tmp_path, **{f"touchpoint = {name}": "stage = Gone" for name in ("Search", "Compare", "Order", "Received")}
    )
    found = lint(file, "-w", str(shop.folder))
    assert found == {f"broken-binding:{step}": "error" for step in ("search", "compare", "order", "receive")}


def test_maps_of_the_workspace_are_looked_at_by_their_ids(shop: Workspace, lint: Lint) -> None:
    save(shop, Document(MAP.replace("= Received", "= Receved")))
    assert lint("buy-a-phone", "-w", str(shop.folder)) == {"broken-binding:receive": "error"}


def test_without_interactions_it_could_not_be_checked(lint: Lint, tmp_path: Path) -> None:
    empty = new_workspace(tmp_path / "empty")
    expected = {"silent-binding": "unchecked"}
    assert lint(written(tmp_path), "-w", str(empty.folder)) == lint(written(tmp_path)) == expected


def test_a_map_that_is_not_valid_is_told_as_without_a_workspace(shop: Workspace, lint: Lint, tmp_path: Path) -> None:
    assert lint(written(tmp_path, **{"name: I search": "title: I search"}), "-w", str(shop.folder)) == {}
