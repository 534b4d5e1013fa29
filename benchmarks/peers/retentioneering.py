"""retentioneering by its headless functions; its sending of usage figures is switched off.

A stream has one kind of event, so the question about channels builds another stream each time.
"""

from __future__ import annotations

import os

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import pandas as pd
from retentioneering.eventstream import Eventstream

from benchmarks.questions import GAP_MINUTES, STEPS

DIFFERS = {
    "flow": "no mean; times between interactions are cut to whole seconds; three calls",
    "funnel": "has no window: customers who come through the steps in any time",
}
TOLERANCES = {"flow": 1.0}
START, END = "path_start", "path_end"


def version() -> str:
    return f"retentioneering {version_of('retentioneering')}, duckdb {version_of('duckdb')}"


def load(path: Path, folder: Path) -> Eventstream:
    schema = {"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "occurred", "segment_cols": ["channel"]}
    return Eventstream(pd.read_parquet(path), schema)


def flow(stream: Eventstream) -> list[list[Any]]:
    counts, customers = (stream.transition_graph_data(edge_weight=each) for each in ("count", "unique_paths"))
    medians = stream.transition_graph_data(edge_weight="time_median")
    return [
        [*pair, count, int(customers.loc[pair]), medians.loc[pair].total_seconds(), None]
        for pair, count in _cells(counts)
        if START not in pair and END not in pair
    ]


def funnel(stream: Eventstream) -> list[int]:
    return [step["unique_paths"] for step in stream.funnel_data(steps=list(STEPS))["steps"]]


def sessions(stream: Eventstream) -> list[float]:
    found = stream.split_sessions(timeout=f"{GAP_MINUTES}m")
    of_each = found.df.groupby("session_id", observed=True)["occurred"].agg(["size", "min", "max"])
    seconds = (of_each["max"] - of_each["min"]).dt.total_seconds()
    return [len(of_each), float(of_each["size"].median()), float(seconds.median())]


def channels(stream: Eventstream) -> list[list[Any]]:
    schema = {"path_cols": ["user_id"], "event_col": "channel", "timestamp_col": "occurred"}
    own = Eventstream(stream.to_dataframe()[["user_id", "channel", "occurred"]], schema)
    counts, customers = (own.transition_graph_data(edge_weight=each) for each in ("count", "unique_paths"))
    found = []
    for (source, target), count in _cells(counts):
        if source == START:
            found.append(["start", None, target, count, None])
        elif target == END:
            found.append(["end", None, source, count, None])
        elif source != target:
            found.append(["move", source, target, count, int(customers.loc[source, target])])
    return found


def _cells(matrix: pd.DataFrame) -> list[tuple[tuple[str, str], int]]:
    """The pairs that occur."""
    cells = matrix.stack()
    return [(pair, int(count)) for pair, count in cells[cells > 0].items()]
