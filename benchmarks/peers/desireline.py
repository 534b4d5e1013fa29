"""Desireline itself, by its public functions: import into a workspace, index, ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import desireline
from benchmarks.questions import GAP_MINUTES, STEPS, TOP, WINDOW_DAYS
from desireline import journeys
from desireline.store import Workspace

MAPPING = """\
source: benchmark
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: occurred, timezone: UTC}
identifiers: {user: {column: user_id}}
"""


def version() -> str:
    return f"desireline {desireline.__version__}"


def load(path: Path, folder: Path) -> Workspace:
    """Import the file and build the index; a workspace that is there already is opened."""
    place = folder / "workspace"
    complete = folder / "complete"
    if complete.exists():
        workspace = desireline.open(place)
    else:
        workspace = desireline.create(place)
        mapping = folder / "mapping.yaml"
        mapping.write_text(MAPPING)
        desireline.sources.import_files(workspace, [path], mapping=mapping)
    journeys.open_index(workspace)
    complete.touch()
    return workspace


def flow(workspace: Workspace) -> list[list[Any]]:
    edges = journeys.flow(workspace).edges
    return [[e.source, e.target, e.count, e.customers, e.median_seconds, e.mean_seconds] for e in edges]


def variants(workspace: Workspace) -> list[list[Any]]:
    return [[list(each.path), each.customers] for each in journeys.variants(workspace, top=TOP).variants]


def funnel(workspace: Workspace) -> list[int]:
    return [step.customers for step in journeys.funnel(workspace, STEPS, within=f"{WINDOW_DAYS}d").steps]


def sessions(workspace: Workspace) -> list[float]:
    found = journeys.sessions(workspace, gap=f"{GAP_MINUTES}m")
    return [found.sessions, found.median_interactions, found.median_seconds]


def overview(workspace: Workspace) -> int:
    return journeys.overview(workspace).interactions


def gaps(workspace: Workspace) -> int:
    return len(journeys.gaps(workspace, top=TOP).to_dict())


def channels(workspace: Workspace) -> list[list[Any]]:
    found = journeys.channels(workspace)
    return [
        *(["move", each.source, each.target, each.count, each.customers] for each in found.moves),
        *(["start", None, each.channel, each.count, None] for each in found.starts),
        *(["end", None, each.channel, each.count, None] for each in found.ends),
    ]
