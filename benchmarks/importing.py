"""Importing a Parquet file, log and index included: in a process of its own, so that its memory can be told."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.desireline import MAPPING


@dataclass(frozen=True, slots=True)
class ImportTiming:
    """Seconds of the import into the log and of the index, and the most memory the process held, in bytes."""

    interactions: int
    log_seconds: float
    index_seconds: float
    peak_bytes: int

    @property
    def rate(self) -> float:
        """Interactions a second, log and index included."""
        return self.interactions / (self.log_seconds + self.index_seconds)


def measure_import(path: Path, workspace: Path) -> ImportTiming:
    """Import the file into a new workspace."""
    command = [sys.executable, "-m", "benchmarks.importing", str(path), str(workspace)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return ImportTiming(**json.loads(output))


def _run(path: Path, folder: Path) -> None:
    import desireline

    workspace = desireline.create(folder)
    mapping = folder / "mapping.yaml"
    mapping.write_text(MAPPING)
    start = time.perf_counter()
    result = desireline.sources.import_files(workspace, [path], mapping=mapping)
    middle = time.perf_counter()
    index = desireline.journeys.open_index(workspace)
    end = time.perf_counter()
    assert index.interactions == result.counts.stored
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    timing = {"interactions": index.interactions, "log_seconds": middle - start, "index_seconds": end - middle}
    print(json.dumps({**timing, "peak_bytes": peak}))


if __name__ == "__main__":
    _run(Path(sys.argv[1]), Path(sys.argv[2]))
