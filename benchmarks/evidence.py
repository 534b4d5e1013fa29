"""Ten million interactions against a map of 15 steps, and of 500: how long the deviation layer takes, first and warm.

    python -m benchmarks.evidence --size 10M

Kept in ``benchmarks/results/evidence.json``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import desireline
from benchmarks.data import FOLDER as DATA
from benchmarks.machine import describe_machine, load_average
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline import journeys
from desireline.base.console import print_table
from desireline.evidence import check, examples
from desireline.interactions import parse_condition
from desireline.maps import Binding, JourneyMap, Phase, Step
from desireline.store import Workspace

RESULTS = FOLDER / "evidence.json"
RUNS = 5
TOUCHPOINTS = 40


def a_map(steps: int) -> JourneyMap:
    """Each step one touchpoint; every fourth is optional; two lead back and over the next one."""
    made = [
        Step(
            f"s{place}",
            f"Step {place}",
            optional=place % 4 == 2,
            next=(f"s{place + 1}", f"s{place + 2}", f"s{place - 3}") if place in (5, 9) else None,
            binding=Binding(parse_condition(f"touchpoint = 'Touchpoint {place:02}'")),
        )
        for place in range(steps)
    ]
    return JourneyMap("benchmark", "Benchmark", (Phase("all", "All", steps=tuple(made)),))


def long_map(workspace: Workspace) -> JourneyMap:
    """500 steps, each one touchpoint in one channel, as far as there are so many."""
    names = journeys.open_index(workspace).names
    pairs = [(touchpoint, channel) for channel in names.channels for touchpoint in names.touchpoints]
    conditions = [
        parse_condition(f"touchpoint = '{touchpoint}' and channel = '{channel}'") for touchpoint, channel in pairs
    ]
    bindings = [*map(Binding, conditions), *[None] * 500][:500]
    steps = tuple(Step(f"s{place}", f"Step {place}", binding=binding) for place, binding in enumerate(bindings))
    return JourneyMap("long", "Long", (Phase("all", "All", steps=steps),))


def wide_map() -> JourneyMap:
    """15 steps of several touchpoints each, so that nearly every interaction counts for one."""
    names = [[f"Touchpoint {code:02}" for code in range(place, TOUCHPOINTS, 15)] for place in range(15)]
    steps = tuple(
        Step(f"s{place}", f"Step {place}", binding=Binding(parse_condition(f"touchpoint in ({_listed(own)})")))
        for place, own in enumerate(names)
    )
    return JourneyMap("wide", "Wide", (Phase("all", "All", steps=steps),))


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


QUESTIONS: dict[str, Callable[[Workspace], Any]] = {
    "15 steps": lambda workspace: check(workspace, a_map(15)),
    "15 steps, every interaction counts": lambda workspace: check(workspace, wide_map()),
    "15 steps, sessions": lambda workspace: check(workspace, a_map(15), span="session"),
    "500 steps": lambda workspace: check(workspace, long_map(workspace)),
    "five journeys behind a number": lambda workspace: examples(workspace, a_map(15), "out_of_order", step="s3"),
}


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=lambda text: read_sizes(text)[0], default=10_000_000)
    arguments = parser.parse_args()
    workspace = desireline.open(DATA / "workspaces" / size_name(arguments.size) / "workspace")
    busy, customers = load_average(), journeys.open_index(workspace).customers
    seconds = {}
    for name, question in QUESTIONS.items():
        seconds[name] = [round(_seconds(question, workspace), 3) for _ in range(1 + RUNS)]
        print(f"  {name}: {seconds[name]}", file=sys.stderr)
    said = {
        "interactions": arguments.size,
        "customers": customers,
        "machine": describe_machine(),
        "load_average": busy,
        "seconds": seconds,
    }
    write_json(said, RESULTS)
    rows = [[name, each[0], round(statistics.median(each[1:]), 2)] for name, each in seconds.items()]
    print_table(["question", "first, s", "warm, s"], rows, title=f"{size_name(arguments.size)} interactions")


def _seconds(question: Callable[[Workspace], Any], workspace: Workspace) -> float:
    start = time.perf_counter()
    question(workspace)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
