"""How much of this machine's memory bandwidth each analysis uses, measured in the same run.

    python -m benchmarks.bandwidth --size 10M

The limit is summing a large array, by NumPy and by a compiled loop, with one thread and with all cores. An analysis is
put beside it as the bytes of the columns that it has to read once, for each interaction, times its rate. What it reads
again, or writes in between, is not counted: the share says how far it is from the least that could be done.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import interaction_file
from benchmarks.full import workspace_folder
from benchmarks.machine import describe_machine, load_average
from benchmarks.peers import desireline as ours
from benchmarks.questions import QUESTIONS
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline import journeys
from desireline.base.console import print_table
from desireline.kernels._jit import kernel

RESULTS = FOLDER / "bandwidth.json"
COLUMNS = {
    "flow": ("times", "touchpoints", "offsets"),
    "variants": ("touchpoints", "offsets"),
    "funnel": ("touchpoints", "offsets"),
    "sessions": ("times", "offsets"),
    "channels": ("channels", "offsets"),
    "overview": ("times", "offsets"),
    "gaps": ("times", "touchpoints", "channels", "offsets"),
}
_ARRAY_BYTES = 2 * 10**9


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=lambda text: read_sizes(text)[0], default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    busy = load_average()
    limits = measure_limits(arguments.runs)
    limit = max(limits.values())
    rows = measure_analyses(arguments.size, arguments.runs)
    print_table(["summing an array", "GB/s"], [[name, f"{rate / 1e9:.1f}"] for name, rate in limits.items()])
    print()
    print_table(
        ["analysis", "bytes an interaction", "seconds", "million/s", "GB/s", "of the limit"],
        [
            [
                name,
                f"{row['bytes']:.1f}",
                f"{row['seconds']:.3f}",
                f"{arguments.size / row['seconds'] / 1e6:.0f}",
                f"{_rate(row, arguments.size) / 1e9:.2f}",
                f"{_rate(row, arguments.size) / limit:.1%}",
            ]
            for name, row in rows.items()
        ],
        title=f"{size_name(arguments.size)} interactions, warm, medians",
    )
    said = {"machine": describe_machine(), "load_average": busy, "interactions": arguments.size}
    write_json({**said, "limits": limits, "analyses": rows}, RESULTS)


def measure_limits(runs: int) -> dict[str, float]:
    """Bytes a second of summing a large array, the best of several runs."""
    cores = os.cpu_count() or 1
    array = np.ones(_ARRAY_BYTES // 8, np.int64)
    ways: dict[str, Callable[[NDArray[np.int64]], object]] = {"NumPy": np.sum, "compiled loop": _sum}
    found = {}
    for name, add in ways.items():
        for threads in sorted({1, cores}):
            pieces = np.array_split(array, threads)
            with ThreadPoolExecutor(threads) as pool:
                seconds = min(_runs(lambda: list(pool.map(add, pieces)), runs))  # noqa: B023
            found[f"{name}, {threads} thread{'s' if threads > 1 else ''}"] = array.nbytes / seconds
    return found


def measure_analyses(size: int, runs: int) -> dict[str, dict[str, float]]:
    """For each analysis the bytes of its columns for each interaction, and the median of its runs."""
    folder = workspace_folder(size)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = ours.load(Path(interaction_file(size)), folder)
    index = journeys.open_index(workspace)
    found = {}
    for name in (*QUESTIONS, "overview", "gaps"):
        print(f"{name} …", file=sys.stderr, flush=True)
        run = getattr(ours, name)
        column_bytes = sum(getattr(part, column).nbytes for part in index.parts for column in COLUMNS[name])
        seconds = statistics.median(_runs(lambda: run(workspace), runs))  # noqa: B023
        found[name] = {"bytes": column_bytes / index.interactions, "seconds": seconds}
    return found


def _rate(row: dict[str, float], size: int) -> float:
    return row["bytes"] * size / row["seconds"]


def _runs(run: Callable[[], object], runs: int) -> list[float]:
    run()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return seconds


@kernel
def _sum(values: NDArray[np.int64]) -> int:
    total = 0
    for value in values:
        total += value
    return total


if __name__ == "__main__":
    main()
