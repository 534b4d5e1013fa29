"""The answers that managers ask for, over 10 million interactions: how long each takes, first and warm.

    python -m benchmarks.managers --size 10M

The generated interactions get what a service would have besides: teams, cases, waits, durations, scores, sentiments, plans, platforms, at
random. Kept in ``benchmarks/results/managers.json``; ``--only contacts,effort`` measures some anew.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import desireline
from benchmarks.data import FOLDER as DATA
from benchmarks.data import interaction_file
from benchmarks.machine import describe_machine, load_average
from benchmarks.questions import STEPS
from benchmarks.results import FOLDER, write_json
from benchmarks.sizes import read_sizes, size_name
from desireline import journeys
from desireline.base.console import print_table
from desireline.interactions import parse_condition
from desireline.journeys import drivers
from desireline.journeys.definitions import JourneyDefinition
from desireline.sources import import_files
from desireline.store import Workspace

RESULTS = FOLDER / "managers.json"
RUNS = 3
TEAMS = np.array(["billing", "technical", "sales", "service", None, None])
KINDS = np.array(["NPS", "CSAT", "CES"])
HIGHEST = {"NPS": 10, "CSAT": 5, "CES": 7}
MAPPING = """\
source: benchmark
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: occurred, timezone: UTC}
identifiers: {user: {column: user_id}}
team: {column: team}
case: {column: case}
wait: {column: wait}
duration: {column: duration}
direction: {column: direction}
actor: {column: actor}
score: {column: score}
score_kind: {column: score_kind}
sentiment: {column: sentiment}
value: {column: value}
attributes: [plan, platform]
"""
JOURNEY = JourneyDefinition(
    "benchmark",
    "benchmark",
    parse_condition(f"touchpoint = '{STEPS[0]}'"),
    parse_condition(f"touchpoint = '{STEPS[1]}'"),
)
QUESTIONS: dict[str, Callable[[Workspace], object]] = {
    "common": lambda workspace: journeys.common(workspace, top=20),
    "clusters": lambda workspace: journeys.clusters(workspace, outcome=STEPS[3]),
    "funnel": lambda workspace: journeys.funnel(workspace, STEPS, within="7d"),
    "funnel, any order": lambda workspace: journeys.funnel(workspace, STEPS, within="7d", order="any"),
    "funnel by plan, with those who dropped": lambda workspace: journeys.funnel(
        workspace, STEPS, within="7d", by="attributes.plan", dropped=True
    ),
    "funnel in one channel": lambda workspace: journeys.funnel(workspace, STEPS, within="7d", same="channel"),
    "paths": lambda workspace: journeys.paths(workspace, STEPS[0]),
    "loops": lambda workspace: journeys.loops(workspace),
    "chains": lambda workspace: journeys.chains(workspace, channels=["phone", "chat", "email"]),
    "contacts": lambda workspace: journeys.contacts(workspace, by="team"),
    "effort": lambda workspace: journeys.effort(workspace),
    "effort, fitted": lambda workspace: journeys.effort(workspace, fit=True),
    "scores": lambda workspace: journeys.scores(workspace),
    "emotion": lambda workspace: journeys.emotion(workspace),
    "drivers": lambda workspace: drivers(workspace, [STEPS[3]]),
    "retention": lambda workspace: journeys.retention(workspace),
    "survival": lambda workspace: journeys.survival(workspace, churn="30d"),
    "attribution": lambda workspace: journeys.attribution(workspace, [STEPS[3]]),
    "handovers": lambda workspace: journeys.handovers(workspace),
    "outcomes": lambda workspace: journeys.outcomes(workspace, JOURNEY),
    "gaps": lambda workspace: journeys.gaps(workspace, top=20),
    "compare": lambda workspace: journeys.compare_groups(
        workspace, {"segment": "channel = phone"}, {"segment": "channel = chat"}
    ),
    "insights": lambda workspace: journeys.insights(workspace),
}


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=lambda text: read_sizes(text)[0], default=10_000_000)
    parser.add_argument("--only", type=lambda text: text.split(","), help="only these questions, the others stay")
    arguments = parser.parse_args()
    workspace = make_workspace(arguments.size)
    busy = load_average()
    start = time.perf_counter()
    customers = journeys.open_index(workspace).customers
    print(f"index: {time.perf_counter() - start:.1f} s", file=sys.stderr)
    known = json.loads(RESULTS.read_text())["seconds"] if arguments.only and RESULTS.exists() else {}
    for name, question in QUESTIONS.items():
        if arguments.only is None or name in arguments.only:
            known[name] = [round(_seconds(question, workspace), 3) for _ in range(1 + RUNS)]
            print(f"  {name}: first {known[name][0]}, then {statistics.median(known[name][1:])}", file=sys.stderr)
    said = {
        "interactions": arguments.size,
        "customers": customers,
        "machine": describe_machine(),
        "load_average": busy,
        "seconds": known,
    }
    write_json(said, RESULTS)
    rows = [[name, known[name][0], round(statistics.median(known[name][1:]), 2)] for name in QUESTIONS if name in known]
    print_table(["question", "first, s", "warm, s"], rows, title=f"{size_name(arguments.size)} interactions")


def make_workspace(size: int) -> Workspace:
    """A workspace with so many interactions and all that is looked at; it is made once and kept."""
    folder = DATA / "workspaces" / f"managers-{size_name(size)}"
    place = folder / "workspace"
    if (folder / "complete").exists():
        return desireline.open(place)
    folder.mkdir(parents=True, exist_ok=True)
    mapping, full = folder / "mapping.yaml", folder / "full.parquet"
    mapping.write_text(MAPPING)
    _add_columns(interaction_file(size), full)
    workspace = desireline.create(place)
    import_files(workspace, [full], mapping=mapping)
    full.unlink()
    (folder / "complete").touch()
    return workspace


def _add_columns(source: Path, target: Path) -> None:
    rng = np.random.default_rng(7)
    file = pq.ParquetFile(source)
    writer = None
    for number in range(file.num_row_groups):
        table = file.read_row_group(number)
        rows = len(table)
        users = np.array([hash(user) & 0xFFFF for user in table.column("user_id").to_pylist()])
        contact = rng.random(rows) < 0.4
        kinds = KINDS[rng.integers(0, 3, rows)]
        scored = rng.random(rows) < 0.03
        score = np.array([rng.integers(0 if kind == "NPS" else 1, HIGHEST[kind] + 1) for kind in kinds.tolist()], float)
        sent = rng.random(rows) < 0.2
        columns: dict[str, Any] = {
            "team": np.where(contact, TEAMS[rng.integers(0, len(TEAMS), rows)], None),
            "case": np.where(contact, (users * 64 + rng.integers(0, 64, rows)).astype(str), None),
            "wait": np.where(contact, rng.gamma(2, 60, rows), np.nan),
            "duration": np.where(contact, rng.gamma(3, 100, rows), np.nan),
            "direction": np.where(sent, "outbound", "inbound"),
            "actor": np.where(sent, "agent", "customer"),
            "score": np.where(scored, score, np.nan),
            "score_kind": np.where(scored, kinds, None),
            "sentiment": np.where(rng.random(rows) < 0.05, rng.uniform(-2, 2, rows), np.nan),
            "value": np.where(rng.random(rows) < 0.05, rng.gamma(2, 30, rows), np.nan),
            "plan": np.array(["basic", "plus", "gold", "free"])[users % 4],
            "platform": np.array(["ios", "android", "windows", "mac", "linux"])[rng.integers(0, 5, rows)],
        }
        for name, values in columns.items():
            table = table.append_column(
                name, pa.array(values.tolist() if values.dtype == object else values, from_pandas=True)
            )
        writer = writer or pq.ParquetWriter(target, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()


def _seconds(question: Callable[[Workspace], object], workspace: Workspace) -> float:
    start = time.perf_counter()
    question(workspace)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
