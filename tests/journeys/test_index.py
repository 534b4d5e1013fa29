"""The index on disk: built when needed, built again when lost, never read by halves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError
from desireline.interactions.model import MOST_CHANNELS
from desireline.journeys import open_index
from desireline.sources import import_files
from desireline.store import Workspace

MAPPING = """
source: shop
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: at}
identifiers: {user: {column: user}, email: {column: email}}
"""
ROWS = """\
user,email,at,event,channel
a,,2026-01-01T10:00:00Z,Visit,web
a,,2026-01-01T10:00:00Z,Basket,web
a,,2026-01-01T10:00:00Z,Payment,app
b,b@example.org,2026-01-02T10:00:00Z,Visit,web
,b@example.org,2026-01-01T09:00:00Z,Newsletter,email
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = desireline.create(tmp_path / "workspace")
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(ROWS)
    import_files(made, [tmp_path / "rows.csv"], mapping=tmp_path / "mapping.yaml")
    return made


def paths(workspace: Workspace) -> list[tuple[str, ...]]:
    return sorted(each.path for each in desireline.journeys.variants(workspace).variants)


def manifest(workspace: Workspace) -> Path:
    return workspace.index_folder / (workspace.index_folder / "current").read_text()


def lowest_layer(workspace: Workspace) -> Path:
    (found, *_) = json.loads(manifest(workspace).read_text())["layers"]
    return workspace.index_folder / found["folder"]


def test_interactions_of_equal_time_keep_their_order_of_arrival(workspace: Workspace) -> None:
    assert ("Visit", "Basket", "Payment") in paths(workspace)


def test_identifiers_with_evidence_are_one_customer(workspace: Workspace) -> None:
    assert ("Newsletter", "Visit") in paths(workspace)
    assert open_index(workspace).customers == 2


def test_a_deleted_index_is_built_again(workspace: Workspace) -> None:
    before = paths(workspace)
    shutil.rmtree(workspace.index_folder)
    assert paths(workspace) == before


def test_an_index_that_is_up_to_date_is_used_again(workspace: Workspace) -> None:
    open_index(workspace)
    before = manifest(workspace)
    open_index(workspace)
    assert manifest(workspace) == before


@pytest.mark.parametrize("damage", ["truncate", "remove", "garble", "other format"])
def test_a_damaged_index_is_built_again(workspace: Workspace, damage: str) -> None:
    before = paths(workspace)
    current = manifest(workspace)
    victim = lowest_layer(workspace) / "0000.interactions.arrow"
    if damage == "truncate":
        victim.write_bytes(victim.read_bytes()[:-100])
    elif damage == "remove":
        victim.unlink()
    elif damage == "garble":
        current.write_text("{")
    else:
        current.write_text(json.dumps({**json.loads(current.read_text()), "format": 0}))
    assert paths(workspace) == before
    assert manifest(workspace) != current


def test_an_update_that_cannot_read_the_customers_builds_everything(workspace: Workspace, tmp_path: Path) -> None:
    open_index(workspace)
    identity = workspace.index_folder / json.loads(manifest(workspace).read_text())["identity"]
    (identity / "evidence.arrow").write_bytes(b"")
    (tmp_path / "more.csv").write_text("user,email,at,event,channel\nc,,2026-01-03,Visit,web\n")
    import_files(workspace, [tmp_path / "more.csv"], source="shop")
    assert open_index(workspace).interactions == 6


def test_a_new_import_makes_the_index_new(workspace: Workspace, tmp_path: Path) -> None:
    assert open_index(workspace).interactions == 5
    (tmp_path / "more.csv").write_text("user,email,at,event,channel\nc,,2026-01-03,Visit,web\n")
    import_files(workspace, [tmp_path / "more.csv"], source="shop")
    assert open_index(workspace).interactions == 6


def test_a_reader_keeps_the_index_that_it_has_open(workspace: Workspace, tmp_path: Path) -> None:
    index = open_index(workspace)
    (tmp_path / "more.csv").write_text("user,email,at,event,channel\nc,,2026-01-03,Visit,web\n")
    import_files(workspace, [tmp_path / "more.csv"], source="shop")
    open_index(workspace)
    assert sum(len(part.times) for part in index.parts) == 5


def test_a_failed_build_leaves_the_old_index(workspace: Workspace, tmp_path: Path) -> None:
    open_index(workspace)
    before = sorted(workspace.index_folder.iterdir())
    many = "\n".join(f"z,,2026-01-03,Visit,channel {number}" for number in range(MOST_CHANNELS + 1))
    (tmp_path / "many.csv").write_text(f"user,email,at,event,channel\n{many}\n")
    import_files(workspace, [tmp_path / "many.csv"], source="shop")
    with pytest.raises(InputError, match="different channels"):
        open_index(workspace)
    assert sorted(workspace.index_folder.iterdir()) == before


def test_an_empty_workspace_has_answers(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "empty")
    assert desireline.journeys.flow(workspace).to_dict() == {"nodes": [], "edges": []}
    assert desireline.journeys.variants(workspace).total_customers == 0
    assert desireline.journeys.sessions(workspace).sessions == 0
    assert desireline.journeys.channels(workspace).moves == ()
