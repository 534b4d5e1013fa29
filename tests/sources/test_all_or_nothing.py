"""An import is whole or has not been: whatever is wrong with a file, whenever the process is killed, and on a full disk."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Scene:
    """A workspace with something in it, a file to be imported next, and what the workspace holds before and after that."""

    untouched: Path
    mapping: Path
    second: Path
    before: dict[str, object]
    after: dict[str, object]


@pytest.fixture(scope="module")
def scene(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    untouched = shutil.copytree(new_workspace, folder / "workspace")
    bring(desireline.open(untouched), FIRST, mapping=MAPPING_OF_TWO)
    mapping, second = folder / "mapping.yaml", put(folder, "second.csv", second_file(600))
    calm = shutil.copytree(untouched, folder / "calm")
    import_files(desireline.open(calm), [second], mapping=mapping)
    return Scene(untouched, mapping, second, look(untouched), look(calm))


@pytest.fixture
def prepared(scene: Scene, tmp_path: Path) -> Workspace:
    return desireline.open(shutil.copytree(scene.untouched, tmp_path / "workspace"))


def without_order(found: dict[str, list[tuple[object, ...]]]) -> dict[str, object]:
    """Contents without the numbers of batches, which may have gaps."""
    log = sorted(row[1:] for row in found["log"])
    identifiers = sorted(row[:3] for row in found["identifiers"])
    counted = {name: len(rows) for name, rows in found.items() if name != "sqlite_sequence"}
    return {**counted, "log": log, "identifiers": identifiers}


def look(folder: Path) -> dict[str, object]:
    return without_order(contents(desireline.open(folder)))


def check_whole(folder: Path, scene: Scene) -> str:
    """The workspace is as before or as after, holds nothing left over, and the import can be done again."""
    found = look(folder)
    assert found in (scene.before, scene.after)
    workspace = desireline.open(folder)
    assert {path.name for path in workspace.log.folder.glob("*.parquet")} == {
        each.name for each in workspace.log.files()
    }
    assert not list(workspace.staging_folder.glob("*"))
    again = import_files(workspace, [scene.second], mapping=scene.mapping).counts
    assert (again.read, again.stored, again.quarantined) == (604, 600 if found == scene.before else 0, 2)
    uncounted = ("batches", "imports")  # the second go is one more
    assert {**look(folder), **dict.fromkeys(uncounted)} == {**scene.after, **dict.fromkeys(uncounted)}
    return "before" if found == scene.before else "after"


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
def test_an_import_that_is_killed_at_a_step_has_been_or_has_not(prepared: Workspace, scene: Scene, step: str) -> None:
    where, expected = STEPS_OF_AN_IMPORT[step]
    command = [sys.executable, "-c", STEPS, prepared.folder, where, scene.mapping, scene.second]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert check_whole(prepared.folder, scene) == expected


def test_an_import_that_is_killed_at_any_moment_has_been_or_has_not(scene: Scene, tmp_path: Path) -> None:
    duration = timed_import(shutil.copytree(scene.untouched, tmp_path / "timed"), scene)
    for turn in range(12):
        folder = shutil.copytree(scene.untouched, tmp_path / f"turn_{turn}")
        killed_import(folder, scene, after=duration * (turn + RANDOM.random()) / 12)
        check_whole(folder, scene)


def started(folder: Path, scene: Scene) -> subprocess.Popen[str]:
    """An import that waits for a line before it begins, so that starting Python does not count."""
    arguments = [str(folder), str(scene.mapping), str(scene.second)]
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    return process


def timed_import(folder: Path, scene: Scene) -> float:
    with started(folder, scene) as process:
        begun = time.monotonic()
        assert process.wait(60) == 0
        return time.monotonic() - begun


def killed_import(folder: Path, scene: Scene, *, after: float) -> None:
    with started(folder, scene) as process:
        time.sleep(after)
        process.kill()


def test_several_files_of_which_the_last_cannot_be_read_change_nothing(
    prepared: Workspace, scene: Scene, tmp_path: Path
) -> None:
    before = contents(prepared)
    files = [scene.second, put(tmp_path, "third.csv", FIRST), put(tmp_path, "broken.csv", "a,b\n1,2\n")]
    with pytest.raises(InputError, match=r"broken\.csv has no column"):
        import_files(prepared, files, mapping=scene.mapping)
    assert contents(prepared) == before
    assert not list(prepared.staging_folder.glob("*"))


def test_an_import_after_a_killed_one_does_not_finish_its_work(prepared: Workspace, scene: Scene) -> None:
    """Another process may die while this one has the workspace open."""
    command = [sys.executable, "-c", STEPS, prepared.folder, "commit:before", scene.mapping, scene.second]
    subprocess.run(command, capture_output=True, timeout=60)
    import_files(prepared, [scene.second], mapping=scene.mapping)
    assert look(prepared.folder) == scene.after


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
    prepared: Workspace, scene: Scene, tmp_path: Path, bytes_left: int
) -> None:
    large = put(tmp_path, "large.csv", second_file(20_000))
    before = contents(prepared)
    arguments = [prepared.folder, scene.mapping, large, str(bytes_left)]
    done = subprocess.run([sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
    assert contents(desireline.open(prepared.folder)) == before
    assert not list(prepared.staging_folder.glob("*"))
    assert {path.name for path in prepared.log.folder.glob("*.parquet")} == {path.name for path in prepared.log.files()}


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_packed_file_that_unpacks_to_very_much_changes_nothing(
    prepared: Workspace, scene: Scene, tmp_path: Path, packing: str
) -> None:
    import pyarrow as pa

    target = tmp_path / "bomb.csv"
    with pa.CompressedOutputStream(str(target), packing) as file:
        file.write(f"{HEADER}\nSeen,2026-01-01,u,".encode())
        for _ in range(64):
            file.write(b"0" * 1024 * 1024)
    before = contents(prepared)
    counts = import_files(prepared, [target], mapping=scene.mapping).counts
    assert (counts.read, counts.quarantined) == (1, 1)
    assert contents(prepared)["log"] == before["log"]
