"""``make bench``: import, the five analyses beside DuckDB, start-up, identity. Prints tables; about three minutes."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import desireline
from benchmarks.analyses import compare
from benchmarks.data import interaction_file
from benchmarks.duckdb_sql import DuckDbLog
from benchmarks.importing import measure_import
from desireline.base.console import print_table


def main() -> None:
    """Measure one thing after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    arguments = parser.parse_args()
    path = interaction_file(arguments.interactions)
    with TemporaryDirectory() as folder:
        _import_and_analyses(path, Path(folder))
    _start_up()
    _identity()


def _import_and_analyses(path: Path, folder: Path) -> None:
    measured = measure_import(path, folder / "workspace")
    start = time.perf_counter()
    log = DuckDbLog.load(path, folder / "peer.duckdb")
    load = time.perf_counter() - start
    print_table(
        ["import", "seconds", "interactions/s", "peak GB"],
        [
            ["log", measured.log_seconds, int(measured.interactions / measured.log_seconds), ""],
            ["index", measured.index_seconds, int(measured.interactions / measured.index_seconds), ""],
            [
                "log and index",
                measured.log_seconds + measured.index_seconds,
                int(measured.rate),
                f"{measured.peak_bytes / 1e9:.2f}",
            ],
            ["DuckDB: load and sort", load, int(measured.interactions / load), ""],
        ],
        title=f"{measured.interactions:,} interactions from Parquet",
    )
    rows = compare(desireline.open(folder / "workspace"), log)
    print()
    print_table(
        ["question (warm, medians of 5)", "Desireline s", "DuckDB SQL s", "DuckDB / Desireline"],
        [[each.question, f"{each.seconds:.3f}", f"{each.peer:.3f}", f"{each.ratio:.1f}"] for each in rows],
    )


def _start_up() -> None:
    command = [str(Path(sys.executable).with_name("desireline")), "--help"]
    seconds = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    print(f"\ndesireline --help: {statistics.median(seconds):.2f} s (median of {len(seconds)})\n")


def _identity() -> None:
    from benchmarks import identity

    identity.main()


if __name__ == "__main__":
    main()
