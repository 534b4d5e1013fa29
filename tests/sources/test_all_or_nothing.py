"""An import is whole or has not been: whatever is wrong with a file, whenever the process is killed, and on a full disk."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError
from desireline.sources import import_files
from desireline.store import Workspace

from .desk import MAPPING, bring, contents, put, table

RANDOM = random.Random(20260301)
MAPPING_OF_TWO = MAPPING.replace("{user: {column: user}}", "{user: {column: user}, device: {column: device}}")
HEADER = "event,time,user,device"
FIRST = table("Seen,2026-01-01,u1,d1", "Seen,soon,u2,d2", "Seen,2026-01-03,u3,d3", header=HEADER)
IMPORT = """
import sys
from pathlib import Path
import desireline
from desireline.sources import import_files

workspace = desireline.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
import_files(workspace, [Path(each) for each in sys.argv[3:]], mapping=Path(sys.argv[2]))
print("done", flush=True)
"""
STEPS = """
import os, signal, sys
from pathlib import Path
import desireline
from desireline.interactions import tables
from desireline.sources import importing
from desireline.store import LogTable

def dying(owner, name, *, after):
    real = getattr(owner, name)
    def replaced(*args, **kwargs):
        if not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(owner, name, replaced)

owners = {"add": importing.Stages, "accept": importing.Stages, "move": importing.shutil, "commit": LogTable,
          "mark_committed": tables, "_note": importing.Stages}
workspace = desireline.open(sys.argv[1])
name, when = sys.argv[2].split(":")
dying(owners[name], name, after=when == "after")
importing.import_files(workspace, [Path(each) for each in sys.argv[4:]], mapping=Path(sys.argv[3]))
"""


def second_file(rows: int) -> str:
    lines = [f"Seen,2026-02-{place % 28 + 1:02},u{place},d{place % 50}" for place in range(rows)]
    return table(*lines, "Seen,soon,u,d", *FIRST.splitlines()[1:], header=HEADER)


@pytest.fixture
def prepared(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with something in it, and beside it ``second.csv`` to be imported next."""
    bring(workspace, FIRST, mapping=MAPPING_OF_TWO)
    put(tmp_path, "second.csv", second_file(600))
    return workspace


def without_order(found: dict[str, list[tuple[object, ...]]]) -> dict[str, object]:
    """Contents without the numbers of batches, which may have gaps."""
    log = sorted(row[1:] for row in found["log"])
    identifiers = sorted(row[:3] for row in found["identifiers"])
    counted = {name: len(rows) for name, rows in found.items() if name != "sqlite_sequence"}
    return {**counted, "log": log, "identifiers": identifiers}


def look(folder: Path) -> dict[str, object]:
    return without_order(contents(desireline.open(folder)))


def finished(folder: Path, tmp_path: Path) -> dict[str, object]:
    """What the workspace holds after the second file has been imported, without disturbance."""
    calm = shutil.copytree(folder, tmp_path / "calm")
    import_files(desireline.open(calm), [tmp_path / "second.csv"], mapping=tmp_path / "mapping.yaml")
    return look(calm)


def check_whole(folder: Path, tmp_path: Path, before: dict[str, object], after: dict[str, object]) -> str:
    """The workspace is as before or as after, holds nothing left over, and the import can be done again."""
    found = look(folder)
    assert found in (before, after)
    workspace = desireline.open(folder)
    assert {path.name for path in workspace.log.folder.glob("*.parquet")} == {
        path.name for path in workspace.log.files()
    }
    assert not list(workspace.staging_folder.glob("*"))
    again = import_files(workspace, [tmp_path / "second.csv"], mapping=tmp_path / "mapping.yaml").counts
    assert (again.read, again.stored, again.quarantined) == (604, 600 if found == before else 0, 2)
    assert {**look(folder), "imports": 0, "batches": 0} == {
        **after,
        "imports": 0,
        "batches": 0,
        "evidence": look(folder)["evidence"],
    }
    return "before" if found == before else "after"


STEPS_OF_AN_IMPORT = {
    "before the file is read": ("add:before", "before"),
    "when the file is staged": ("add:after", "before"),
    "before anything is accepted": ("accept:before", "before"),
    "when the file is in the folder of the log": ("move:after", "before"),
    "while the database is written": ("_note:after", "before"),
    "before the commit of the log": ("commit:before", "before"),
    "after the commit of the log": ("commit:after", "after"),
    "before the batch is marked": ("mark_committed:before", "after"),
    "when all is done": ("accept:after", "after"),
}


@pytest.mark.parametrize("step", STEPS_OF_AN_IMPORT)
def test_an_import_that_is_killed_at_a_step_has_been_or_has_not(prepared: Workspace, tmp_path: Path, step: str) -> None:
    where, expected = STEPS_OF_AN_IMPORT[step]
    before, after = look(prepared.folder), finished(prepared.folder, tmp_path)
    command = [sys.executable, "-c", STEPS, prepared.folder, where, tmp_path / "mapping.yaml", tmp_path / "second.csv"]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert check_whole(prepared.folder, tmp_path, before, after) == expected


def test_an_import_that_is_killed_at_any_moment_has_been_or_has_not(prepared: Workspace, tmp_path: Path) -> None:
    before, after = look(prepared.folder), finished(prepared.folder, tmp_path)
    untouched = shutil.copytree(prepared.folder, tmp_path / "untouched")
    duration = timed_import(shutil.copytree(untouched, tmp_path / "timed"), tmp_path)
    for turn in range(12):
        shutil.rmtree(prepared.folder)
        shutil.copytree(untouched, prepared.folder)
        killed_import(prepared.folder, tmp_path, after=duration * (turn + RANDOM.random()) / 12)
        check_whole(prepared.folder, tmp_path, before, after)


def started(folder: Path, tmp_path: Path) -> subprocess.Popen[str]:
    """An import that waits for a line before it begins, so that starting Python does not count."""
    arguments = [str(folder), str(tmp_path / "mapping.yaml"), str(tmp_path / "second.csv")]
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    return process


def timed_import(folder: Path, tmp_path: Path) -> float:
    with started(folder, tmp_path) as process:
        begun = time.monotonic()
        assert process.wait(60) == 0
        return time.monotonic() - begun


def killed_import(folder: Path, tmp_path: Path, *, after: float) -> None:
    with started(folder, tmp_path) as process:
        time.sleep(after)
        process.kill()


def test_several_files_of_which_the_last_cannot_be_read_change_nothing(prepared: Workspace, tmp_path: Path) -> None:
    before = contents(prepared)
    files = [tmp_path / "second.csv", tmp_path / "file.csv", put(tmp_path, "broken.csv", "a,b\n1,2\n")]
    with pytest.raises(InputError, match=r"broken\.csv has no column"):
        import_files(prepared, files, mapping=tmp_path / "mapping.yaml")
    assert contents(prepared) == before
    assert not list(prepared.staging_folder.glob("*"))


def test_an_import_after_a_killed_one_does_not_finish_its_work(prepared: Workspace, tmp_path: Path) -> None:
    """Another process may die while this one has the workspace open."""
    after = finished(prepared.folder, tmp_path)
    command = [sys.executable, "-c", STEPS, prepared.folder, "commit:before", tmp_path / "mapping.yaml"]
    subprocess.run([*command, tmp_path / "second.csv"], capture_output=True, timeout=60)
    import_files(prepared, [tmp_path / "second.csv"], mapping=tmp_path / "mapping.yaml")
    assert look(prepared.folder) == after


LIMITED = """
import resource, sys
from pathlib import Path
import desireline
from desireline.base import DesirelineError
from desireline.sources import import_files

workspace = desireline.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    import_files(workspace, [Path(sys.argv[3])], mapping=Path(sys.argv[2]))
except (DesirelineError, OSError) as error:
    print(error)
    sys.exit(1)
"""


@pytest.mark.parametrize("bytes_left", [4_096, 20_000, 70_000, 110_000], ids=str)
def test_a_disk_that_is_full_is_one_error_and_changes_nothing(
    prepared: Workspace, tmp_path: Path, bytes_left: int
) -> None:
    put(tmp_path, "second.csv", second_file(20_000))
    before = contents(prepared)
    arguments = [prepared.folder, tmp_path / "mapping.yaml", tmp_path / "second.csv", str(bytes_left)]
    done = subprocess.run([sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
    assert contents(desireline.open(prepared.folder)) == before
    assert not list(prepared.staging_folder.glob("*"))
    assert {path.name for path in prepared.log.folder.glob("*.parquet")} == {path.name for path in prepared.log.files()}


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_packed_file_that_unpacks_to_very_much_changes_nothing(
    prepared: Workspace, tmp_path: Path, packing: str
) -> None:
    import pyarrow as pa

    target = tmp_path / "bomb.csv"
    with pa.CompressedOutputStream(str(target), packing) as file:
        file.write(f"{HEADER}\nSeen,2026-01-01,u,".encode())
        for _ in range(64):
            file.write(b"0" * 1024 * 1024)
    before = contents(prepared)
    counts = import_files(prepared, [target], mapping=tmp_path / "mapping.yaml").counts
    assert (counts.read, counts.quarantined) == (1, 1)
    assert contents(prepared)["log"] == before["log"]
