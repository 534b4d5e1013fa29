"""A process may die between any two steps of accepting a batch; whoever comes next finishes it or takes it back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import desireline
from desireline.interactions import (
    Batch,
    accept,
    condition_test,
    count_log,
    matching_arrivals,
    next_arrival,
    parse_condition,
    read_interactions,
    recover,
    tables,
)
from desireline.sources import import_files
from desireline.store import StagedFile, Workspace

MAPPING = """\
source: s
channel: web
touchpoint: {column: what}
occurred_at: {column: at}
identifiers: {user: {column: user}, device: {column: device}}
attributes: [page]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    for day in (1, 2):
        row = {"what": "Seen", "at": f"2026-01-0{day}", "user": f"u{day}", "device": f"d{day}", "page": "/"}
        (tmp_path / f"{day}.jsonl").write_text(json.dumps(row))
    created = desireline.create(tmp_path / "workspace")
    add(created, 1)
    return created


def add(workspace: Workspace, day: int) -> None:
    folder = workspace.folder.parent
    import_files(workspace, [folder / f"{day}.jsonl"], mapping=folder / "mapping.yaml")


def state(workspace: Workspace) -> dict[str, Any]:
    """All that an import changes."""
    names = ("batches", "identifiers", "evidence", "imports")
    with workspace.database.reading() as connection:
        rows = {name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}
        rows["prepared"] = len(tables.prepared_batches(connection))
        rows["visible evidence"] = len(tables.evidence_columns(connection).first)
    files = sorted(path.name for path in workspace.log.folder.glob("*.parquet"))
    strays = len(set(files) - {path.name for path in workspace.log.files()})
    staging = list(workspace.staging_folder.glob("*")) if workspace.staging_folder.exists() else []
    return {**rows, "interactions": count_log(workspace).interactions, "strays": strays, "staging": len(staging)}


STEPS = {
    "while writing the tables": "desireline.interactions.tables.new_batch",
    "before the log is told": "desireline.store.log_table.LogTable.commit",
    "before the batch is marked": "desireline.interactions.tables.mark_committed",
}
DYING = """
import os, pkgutil, sys
from pathlib import Path

import desireline
from desireline.sources import import_files

step, folder = sys.argv[1], Path(sys.argv[2])
owner, _, name = step.rpartition(".")
setattr(pkgutil.resolve_name(owner), name, lambda *_, **__: os._exit(9))
import_files(desireline.open(folder / "workspace"), [folder / "2.jsonl"], mapping=folder / "mapping.yaml")
"""


def import_and_die(workspace: Workspace, step: str) -> None:
    """Import day 2 in a process of its own that dies at a step."""
    command = [sys.executable, "-c", DYING, STEPS[step], str(workspace.folder.parent)]
    assert subprocess.run(command, check=False).returncode == 9


@pytest.mark.parametrize(
    ("step", "kept"),
    [("while writing the tables", False), ("before the log is told", False), ("before the batch is marked", True)],
)
def test_a_killed_import_leaves_the_workspace_as_before_or_as_after(
    workspace: Workspace, step: str, kept: bool
) -> None:
    before = state(workspace)
    import_and_die(workspace, step)
    assert count_log(workspace).interactions == 1 + kept
    recovered = state(desireline.open(workspace.folder))
    assert recovered["interactions"] == recovered["visible evidence"] == 1 + kept
    assert recovered["strays"] == recovered["staging"] == recovered["prepared"] == 0
    add(workspace, 2)
    after = state(workspace)
    assert after["interactions"] == after["visible evidence"] == after["evidence"] == 2
    assert after["identifiers"] == before["identifiers"] + 2


def test_who_has_the_workspace_open_takes_back_what_another_left(workspace: Workspace) -> None:
    """Without opening it anew: the next batch must not make the lost one look as if it had been kept."""
    import_and_die(workspace, "before the log is told")
    (workspace.folder.parent / "1.jsonl").write_text(
        json.dumps({"what": "Seen", "at": "2026-01-09", "user": "u9", "device": "d9"})
    )
    add(workspace, 1)
    after = state(desireline.open(workspace.folder))
    assert after["interactions"] == after["visible evidence"] == after["evidence"] == after["imports"] == 2
    assert after["prepared"] == after["strays"] == 0


def staged(workspace: Workspace) -> Batch:
    """A copy of the log's first file as a batch of its own, with an identifier."""
    (source,) = workspace.log.files()
    name = "copy.parquet"
    shutil.copy(source, workspace.log.folder / name)
    file = StagedFile(name, 1, {"arrival": 0}, {"arrival": 0})
    return Batch([file], next_arrival(workspace), identifiers={"id": [7], "type": ["user"], "value": ["new"]})


def test_what_the_caller_cannot_write_takes_everything_back(workspace: Workspace) -> None:
    before = state(workspace)

    def refuse(_connection: sa.Connection, _number: int) -> None:
        raise ValueError("cannot be noted")

    with workspace.exclusive("log"), pytest.raises(ValueError, match="cannot be noted"):
        accept(workspace, staged(workspace), also=refuse)
    assert state(workspace) == before


def test_a_commit_that_fails_takes_everything_back(workspace: Workspace) -> None:
    before = state(workspace)
    batch = staged(workspace)
    missing = Batch(
        [*batch.files, StagedFile("missing.parquet", 1, {"arrival": 1}, {"arrival": 1})], batch.last_arrival
    )
    with workspace.exclusive("log"), pytest.raises(FileNotFoundError):
        accept(workspace, missing)
    assert state(workspace) == before


def test_a_batch_and_what_belongs_to_it_are_noted_under_one_number(workspace: Workspace) -> None:
    noted: list[int] = []
    with workspace.exclusive("log"):
        number = accept(workspace, staged(workspace), also=lambda _, number: noted.append(number))
    assert noted == [number] == [workspace.log.last_batch()]
    assert count_log(workspace).interactions == 2


def test_a_batch_without_interactions_leaves_the_log_alone(workspace: Workspace) -> None:
    version = workspace.log.version()
    with workspace.exclusive("log"):
        accept(workspace, Batch([], -1))
    assert workspace.log.version() == version
    assert state(workspace)["prepared"] == 0


def test_identifiers_that_are_known_stay_with_their_first_batch(workspace: Workspace) -> None:
    add(workspace, 2)
    with workspace.database.writing() as connection:
        tables.forget_batch(connection, 2)
        assert dict(tables.types_in_use(connection)) == {"device": 1, "user": 1}


def test_recovering_waits_for_nobody(workspace: Workspace) -> None:
    workspace.staging_folder.mkdir(exist_ok=True)
    (workspace.staging_folder / "at-work").mkdir()
    with workspace.exclusive("log"):
        recover(workspace)
        assert state(workspace)["staging"] == 1
    recover(workspace)
    assert state(workspace)["staging"] == 0


def test_arrival_numbers_are_never_given_twice(workspace: Workspace) -> None:
    first = next_arrival(workspace)
    add(workspace, 2)
    assert next_arrival(workspace) > first


def test_interactions_are_read_in_the_order_asked_for(workspace: Workspace) -> None:
    add(workspace, 2)
    second, first = read_interactions(workspace, [1, 0, 99])
    assert (first["arrival"], second["arrival"]) == (0, 1)
    assert first["attributes"] == {"page": "/"}
    assert condition_test(parse_condition("attributes.page = '/' and touchpoint = Seen"))(first)


def test_an_empty_log_answers(tmp_path: Path) -> None:
    empty = desireline.create(tmp_path / "workspace")
    assert count_log(empty).interactions == 0
    assert count_log(empty).first_at is None
    assert matching_arrivals(empty, parse_condition("channel = web")).tolist() == []


def test_a_mask_of_what_meets_a_condition(workspace: Workspace) -> None:
    add(workspace, 2)
    mask = matching_arrivals(workspace, parse_condition("occurred_at >= 2026-01-02"))
    assert mask.tolist() == [False, True]
