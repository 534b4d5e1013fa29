"""How the time of every analysis grows with the size: it should be linear.

    python -m benchmarks.growth --sizes 1M,3M,10M,30M,100M

Import, index and every analysis, in fresh processes; kept in ``benchmarks/results/growth.json`` after each size and not
measured again unless ``--again`` is said. The workspaces of :mod:`benchmarks.full` are used where they are there.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from typing import Any

from benchmarks.data import interaction_file
from benchmarks.drawing.lines import Points
from benchmarks.drawing.pages import draw_growth
from benchmarks.drawing.scale import seconds_text, slope
from benchmarks.full import workspace_folder
from benchmarks.machine import describe_machine, load_average
from benchmarks.processes import PeerProcess
from benchmarks.questions import QUESTIONS
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline.base.console import print_table

RESULTS = FOLDER / "growth.json"
ANALYSES = (*QUESTIONS, "overview", "gaps")
_LARGE = 10_000_000
_LOAD_SECONDS = 3_600


def main() -> None:
    """Measure what is not known yet, print and draw everything that is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=read_sizes, default=read_sizes("1M,3M,10M,30M,100M"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--again", action="store_true", help="measure also what is known")
    arguments = parser.parse_args()
    known = _known()
    for size in arguments.sizes:
        if arguments.again or size not in known:
            known[size] = measure(size, runs=arguments.runs)
            write_json({"sizes": {str(each): known[each] for each in sorted(known)}}, RESULTS)
    curves = {name: [(size, _median(known[size], name)) for size in sorted(known)] for name in ANALYSES}
    print_table(
        ["seconds", *(size_name(size) for size in sorted(known)), "slope", "slope from 10M"],
        [[name, *(seconds_text(y) for _, y in points), *_slopes(points)] for name, points in curves.items()],
    )
    print(f"drawn: {draw_growth(curves, known[max(known)]['machine'])}", file=sys.stderr)


def measure(size: int, *, runs: int) -> dict[str, Any]:
    """Every analysis at one size: all runs in seconds."""
    print(f"{size_name(size)} interactions", file=sys.stderr, flush=True)
    folder = workspace_folder(size)
    folder.mkdir(parents=True, exist_ok=True)
    order = {"path": str(interaction_file(size)), "folder": str(folder)}
    busy = load_average()
    with PeerProcess("desireline", seconds=_LOAD_SECONDS) as process:
        process.ask("load", **order)
    with PeerProcess("desireline") as process:
        process.ask("load", **order)
        seconds = {}
        for name in ANALYSES:
            process.ask(name)
            seconds[name] = [process.ask(name).seconds for _ in range(runs)]
            print(f"  {name}: {seconds_text(statistics.median(seconds[name]))}", file=sys.stderr, flush=True)
    return {"machine": describe_machine(), "load_average": busy, "seconds": seconds}


def _known() -> dict[int, dict[str, Any]]:
    if not RESULTS.exists():
        return {}
    return {int(size): said for size, said in json.loads(RESULTS.read_text(encoding="utf-8"))["sizes"].items()}


def _median(said: dict[str, Any], name: str) -> float:
    return float(statistics.median(said["seconds"][name]))


def _slopes(points: Points) -> list[str]:
    large = [point for point in points if point[0] >= _LARGE]
    return [f"{slope(some):.2f}" if len(some) > 1 else "–" for some in (points, large)]


if __name__ == "__main__":
    main()
