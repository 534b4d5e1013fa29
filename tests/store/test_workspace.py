from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import desireline
from desireline.base import SettingsError, WorkspaceError
from desireline.store import Workspace, open_workspace
from desireline.store.workspace import SETTINGS_FILE


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def test_a_new_workspace_is_opened_as_it_was_made(workspace: Workspace) -> None:
    opened = open_workspace(workspace.folder)
    assert opened.key == workspace.key
    assert len(opened.key) == 16
    assert opened.log.version() == 0
    assert opened.database.is_current()
    assert opened.settings == {"format": 1}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_key_is_for_its_owner_only(workspace: Workspace) -> None:
    assert (workspace.folder / "secret.key").stat().st_mode & 0o077 == 0


def test_two_workspaces_have_two_keys(workspace: Workspace, tmp_path: Path) -> None:
    assert desireline.create(tmp_path / "other").key != workspace.key


def a_file(path: Path) -> None:
    path.write_text("")


def full(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("mine")


def a_workspace(path: Path) -> None:
    desireline.create(path)


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (a_file, "cannot be made"),
        (full, "expected an empty or new folder"),
        (a_workspace, "is a workspace already"),
        (below_a_file, "cannot be made"),
    ],
)
def test_where_no_workspace_can_be_made(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    place = tmp_path / "above" / "workspace"
    place.parent.mkdir()
    make(place)
    with pytest.raises(WorkspaceError, match=message):
        desireline.create(place)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError, match="Permission denied"):
            desireline.create(tmp_path / "workspace")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    "done", [["secret.key"], ["secret.key", "operational.db"], ["secret.key", "operational.db", "log"]]
)
def test_a_workspace_that_was_left_half_made_is_finished(workspace: Workspace, tmp_path: Path, done: list[str]) -> None:
    half = tmp_path / "half"
    half.mkdir()
    for name in done:
        source = workspace.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, half / name)
    with pytest.raises(WorkspaceError, match="is not a Desireline workspace"):
        open_workspace(half)
    assert desireline.create(half).key == workspace.key
    assert open_workspace(half).log.version() == 0


@pytest.mark.parametrize("part", ["secret.key", "operational.db", "log"])
def test_a_workspace_that_has_lost_a_part_is_not_taken_for_an_empty_one(workspace: Workspace, part: str) -> None:
    path = workspace.folder / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(WorkspaceError, match=f"it has lost {part}"):
        desireline.open(workspace.folder)


def test_a_damaged_key_is_told(workspace: Workspace) -> None:
    (workspace.folder / "secret.key").write_text("not hexadecimal")
    with pytest.raises(WorkspaceError, match=r"secret\.key is damaged"):
        _ = open_workspace(workspace.folder).key


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = ", "not valid TOML"),
        ("", "expected format = 1, got None"),
        ("format = 2", "another version"),
        ("format = 1\nidentity = 3", "to be a section"),
    ],
)
def test_settings_that_cannot_be_read_are_told(workspace: Workspace, text: str, message: str) -> None:
    (workspace.folder / SETTINGS_FILE).write_text(text)
    with pytest.raises(SettingsError, match=message):
        open_workspace(workspace.folder).section("identity")


def test_settings_may_begin_with_the_mark_that_windows_writes(workspace: Workspace) -> None:
    (workspace.folder / SETTINGS_FILE).write_text("format = 1", encoding="utf-8-sig")
    assert open_workspace(workspace.folder).settings == {"format": 1}


HOLDING = """
import sys
from pathlib import Path
from desireline.store import open_workspace

with open_workspace(Path(sys.argv[1])).exclusive("log"):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_a_lock_keeps_other_processes_out_until_its_holder_ends(workspace: Workspace) -> None:
    command = [sys.executable, "-c", HOLDING, str(workspace.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"holding"
        with (
            pytest.raises(WorkspaceError, match="another Desireline process is writing to the log"),
            workspace.exclusive("log", patience_seconds=0.1),
        ):
            pass
        with workspace.exclusive_if_free("log") as free:
            assert not free
        with workspace.exclusive("index", patience_seconds=0.1), workspace.exclusive_if_free("import") as free:
            assert free
        holder.kill()
    with workspace.exclusive("log", patience_seconds=5):
        pass
