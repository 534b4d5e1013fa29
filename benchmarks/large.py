"""Hundreds of millions of interactions on one machine, memory-mapped: imported in pieces, indexed, asked.

    python -m benchmarks.large --size 300M

Each step is a process of its own, so that its memory can be told. What the index holds of memory is told apart: files that are
mapped (they count while they are looked at, and are given back when memory is short) and what the process holds itself. Kept in
``benchmarks/results/large.json``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import desireline
from benchmarks.data import FOLDER as DATA
from benchmarks.data import interaction_file
from benchmarks.machine import describe_machine, load_average
from benchmarks.peers import desireline as ours
from benchmarks.questions import QUESTIONS
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline import journeys
from desireline.base.console import print_table
from desireline.sources import import_files

RESULTS = FOLDER / "large.json"
PIECE = 50_000_000
RUNS = 3


def main() -> None:
    """Import, index, ask; each step in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=lambda text: read_sizes(text)[0], default=300_000_000)
    parser.add_argument("--step", choices=("import", "index", "ask"), help="only this one, in this process")
    arguments = parser.parse_args()
    folder = DATA / "workspaces" / f"large-{size_name(arguments.size)}"
    if arguments.step is not None:
        step = {"import": _import, "index": _index, "ask": _ask}[arguments.step]
        print(json.dumps({**step(arguments.size, folder), **_memory()}))
        return
    busy = load_average()
    found = {name: _in_a_process(arguments.size, name) for name in ("import", "index", "ask")}
    index = sum(file.stat().st_size for file in (folder / "workspace" / "index").rglob("*.arrow"))
    said = {"interactions": arguments.size, "machine": describe_machine(), "load_average": busy, "index_bytes": index}
    write_json({**said, **found}, RESULTS)
    print(f"index: {index / 1e9:.1f} GB, {index / arguments.size:.1f} bytes an interaction")
    rows = [[name, *(f"{run:.2f}" for run in found["ask"]["seconds"][name])] for name in found["ask"]["seconds"]]
    print_table(["question", *(f"run {run}, s" for run in range(1, RUNS + 1))], rows)


def _in_a_process(size: int, step: str) -> dict[str, Any]:
    print(f"{size_name(size)} interactions: {step}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.large", "--size", size_name(size), "--step", step]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    said: dict[str, Any] = json.loads(output.splitlines()[-1])
    print(f"  {said}", file=sys.stderr, flush=True)
    return said


def _import(size: int, folder: Path) -> dict[str, Any]:
    if (folder / "complete").exists():
        return {"seconds": None}
    folder.mkdir(parents=True, exist_ok=True)
    mapping = folder / "mapping.yaml"
    mapping.write_text(ours.MAPPING)
    workspace = desireline.create(folder / "workspace")
    seconds = []
    for piece in _pieces(interaction_file(size), folder / "piece.parquet"):
        start = time.perf_counter()
        import_files(workspace, [piece], mapping=mapping)
        seconds.append(round(time.perf_counter() - start, 1))
        print(f"  {seconds[-1]} s", file=sys.stderr, flush=True)
    (folder / "complete").touch()
    return {"seconds": seconds}


def _pieces(whole: Path, piece: Path) -> Iterator[Path]:
    """The file in pieces, one after the other in the same place; every piece has something of every customer."""
    file = pq.ParquetFile(whole)
    writer, rows = None, 0
    for number in range(file.num_row_groups):
        writer = writer or pq.ParquetWriter(piece, file.schema_arrow)
        group = file.read_row_group(number)
        writer.write_table(group)
        rows += len(group)
        if rows >= PIECE or number + 1 == file.num_row_groups:
            writer.close()
            yield piece
            piece.unlink()
            writer, rows = None, 0


def _index(size: int, folder: Path) -> dict[str, Any]:
    start = time.perf_counter()
    index = journeys.open_index(desireline.open(folder / "workspace"))
    return {"seconds": round(time.perf_counter() - start, 1), "customers": index.customers, "parts": len(index.parts)}


def _ask(size: int, folder: Path) -> dict[str, Any]:
    workspace = desireline.open(folder / "workspace")
    seconds: dict[str, list[float]] = {}
    for name in QUESTIONS:
        seconds[name] = []
        for _ in range(RUNS):
            start = time.perf_counter()
            getattr(ours, name)(workspace)
            seconds[name].append(round(time.perf_counter() - start, 3))
    return {"seconds": seconds}


def _memory() -> dict[str, int]:
    """What this process held at most, and what it holds now of itself and of mapped files, in bytes."""
    found = {}
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("VmHWM", "RssAnon", "RssFile"):
            found[{"VmHWM": "peak", "RssAnon": "own", "RssFile": "mapped"}[name]] = int(value.split()[0]) * 1024
    return found


if __name__ == "__main__":
    main()
