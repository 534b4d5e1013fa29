"""How soon what is new is seen: 100,000 interactions on top of many, and a customer cut in two and joined again.

    python -m benchmarks.updates --sizes 1M,10M,100M

On a copy of the workspace of a size, in a fresh process that has the index open and asked it once, as a server would.
The new interactions belong to customers chosen at random, 800 days after the rest, each with an e-mail address, so that
each adds evidence too: the dearest case, nearly every one touches another customer. One was seen by its
address alone: user and address are cut. From accepted to visible is until the flow has counted
the last of them. Kept in ``benchmarks/results/updates.json``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.data import FOLDER as DATA
from benchmarks.data import interaction_file
from benchmarks.full import workspace_folder
from benchmarks.machine import describe_machine, load_average
from benchmarks.peers import desireline as ours
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline.base.console import print_table

RESULTS = FOLDER / "updates.json"
NEW = 100_000
MAPPING = """\
source: benchmark_updates
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: occurred, timezone: UTC}
identifiers: {user: {column: user_id}, email: {column: email}}
"""
_LATER_US = 800 * 86_400_000_000
_STEPS = {
    "accept": "accepting 100,000 interactions",
    "visible": "from accepted to visible in the flow",
    "index": "of that, the index",
    "again": "the same flow again",
    "cut": "cutting a customer in two",
    "cut_visible": "from cut to visible in the flow",
    "uncut": "taking the cut back",
    "uncut_visible": "from there to visible in the flow",
}


def main() -> None:
    """Measure every size in a process of its own; print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=read_sizes, default=read_sizes("1M,10M,100M"))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one)))
        return
    known: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))["sizes"] if RESULTS.exists() else {}
    for size in arguments.sizes:
        print(f"{size_name(size)} interactions …", file=sys.stderr, flush=True)
        busy = load_average()
        command = [sys.executable, "-m", "benchmarks.updates", "--one", str(size)]
        seconds = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        known[str(size)] = {"machine": describe_machine(), "load_average": busy, "seconds": seconds}
        write_json({"new_interactions": NEW, "sizes": known}, RESULTS)
    sizes = sorted(known, key=int)
    print_table(
        ["seconds, on top of", *(size_name(int(size)) for size in sizes)],
        [[title, *(f"{known[size]['seconds'][name]:.2f}" for size in sizes)] for name, title in _STEPS.items()],
    )


def measure(size: int) -> dict[str, float]:
    """Seconds of every step."""
    with TemporaryDirectory(dir=DATA) as name:
        folder = Path(name)
        _copy_workspace(size, folder)
        pair = _write_new(interaction_file(size), folder)
        return _measure(folder, pair, size)


def _measure(folder: Path, pair: tuple[str, str], size: int) -> dict[str, float]:
    from desireline import identity, journeys, sources

    workspace = ours.load(folder / "new.parquet", folder)
    journeys.flow(workspace)
    clock = _Clock()
    sources.import_files(workspace, [folder / "new.parquet"], mapping=folder / "new.yaml")
    clock.stop("accept")
    index = journeys.open_index(workspace)
    clock.stop("index")
    flow = journeys.flow(workspace)
    clock.stop("flow")
    clock.seconds["visible"] = clock.seconds["index"] + clock.seconds.pop("flow")
    _check(index.interactions, size + NEW)
    _check(sum(node.interactions for node in flow.nodes), size + NEW)
    clock.start()
    journeys.flow(workspace)
    clock.stop("again")
    for change, customers in ((identity.cut, index.customers + 1), (identity.uncut, index.customers)):
        clock.start()
        change(workspace, *pair)
        clock.stop(change.__name__)
        journeys.flow(workspace)
        clock.stop(f"{change.__name__}_visible")
        _check(journeys.open_index(workspace).customers, customers)
    return clock.seconds


class _Clock:
    """Seconds by name, each since the last stop."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.start()

    def start(self) -> None:
        self._since = time.perf_counter()

    def stop(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name] = now - self._since
        self._since = now


def _check(came: int, expected: int) -> None:
    if came != expected:
        raise SystemExit(f"expected {expected:,}, the index has {came:,}")


def _copy_workspace(size: int, folder: Path) -> None:
    place = workspace_folder(size)
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "complete").exists():
        ours.load(interaction_file(size), place)
    for entry in ("workspace", "complete"):
        source = place / entry
        if source.is_dir():
            shutil.copytree(source, folder / entry)
        else:
            shutil.copy(source, folder / entry)


def _write_new(path: Path, folder: Path) -> tuple[str, str]:
    """Interactions of customers that are there, one of them by address alone; gives its user and address."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    first = next(pq.ParquetFile(path).iter_batches(batch_size=NEW))
    rows = pa.table(first)
    later = pc.add(rows["occurred"].cast(pa.int64()), _LATER_US).cast(pa.timestamp("us"))
    users = rows["user_id"].to_pylist()
    emails = [f"{user}@example.com" for user in [*users[:-1], users[0]]]
    rows = rows.set_column(0, "user_id", pa.array([*users[:-1], None])).set_column(1, "occurred", later)
    rows = rows.append_column("email", pa.array(emails))
    pq.write_table(rows, folder / "new.parquet")
    (folder / "new.yaml").write_text(MAPPING)
    return f"user:{users[0]}", f"email:{emails[0]}"


if __name__ == "__main__":
    main()
