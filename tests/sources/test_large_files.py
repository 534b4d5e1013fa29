"""Files larger than the memory of an import: they are looked at in passes, and nothing else is different."""

from __future__ import annotations

from pathlib import Path

import pytest

import desireline
from desireline.sources import Counts, duplicates, numbering
from desireline.store import Workspace

from .desk import bring, contents, table

MANY = """\
source: shop
channel: web
touchpoint: {column: event}
occurred_at: {column: time}
identifiers: {user: {column: user}, email: {column: email}, phone: {column: phone}}
"""
HEADER = "event,time,user,email,phone"


def rows() -> list[str]:
    """Customers that come again, under one spelling and another, twice the same, and with a value that is no phone."""
    said = [
        f"Seen,2026-01-{1 + number % 28:02},u{number % 9}.0,Ann{number % 5}@Example.org,0151 2345678{number % 3}"
        for number in range(60)
    ]
    return [*said, *said[:7], "Seen,2026-02-01,u1,,7"]


@pytest.fixture
def in_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "ROWS_OF_A_PASS", 5)
    monkeypatch.setattr(duplicates, "_ROWS_OF_A_PASS", 5)


@pytest.fixture
def at_once(tmp_path: Path) -> tuple[Counts, dict[str, list[tuple[object, ...]]]]:
    """What an import in one pass counts and leaves in a workspace with the same key."""
    workspace = with_known_key(tmp_path / "at once")
    return bring(workspace, table(*rows(), header=HEADER), mapping=MANY), contents(workspace)


def with_known_key(folder: Path) -> Workspace:
    desireline.create(folder / "workspace")
    (folder / "workspace" / "secret.key").write_text("11" * 16)
    return desireline.open(folder / "workspace")


def test_passes_give_what_one_look_at_everything_gives(
    at_once: tuple[Counts, dict[str, list[tuple[object, ...]]]], in_passes: None, tmp_path: Path
) -> None:
    workspace = with_known_key(tmp_path / "passes")
    counts = bring(workspace, table(*rows(), header=HEADER), mapping=MANY)
    assert counts == at_once[0] == Counts(68, 61, 7, 0)
    found = contents(workspace)
    assert {name: found[name] for name in ("log", "identifiers", "evidence")} == {
        name: at_once[1][name] for name in ("log", "identifiers", "evidence")
    }


def test_a_file_without_records_needs_no_pass(in_passes: None, tmp_path: Path) -> None:
    workspace = with_known_key(tmp_path)
    assert bring(workspace, table(header=HEADER), mapping=MANY) == Counts(0, 0, 0, 0)
