"""pm4py on a Polars LazyFrame, the faster of its two forms.

The functions below its simplified interface are called where they save it work: the frame is sorted once, not again for
each question, and counts and times come from one call.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pm4py
import polars as pl
from pm4py.algo.discovery.dfg.adapters.polars.df_statistics import get_dfg_graph

from benchmarks.questions import TOP

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
DIFFERS = {"flow": "times between interactions are cut to whole seconds; computes minimum, maximum and deviation too"}
TOLERANCES = {"flow": 1.0}


def version() -> str:
    return f"pm4py {pm4py.__version__}, polars {pl.__version__}"


def load(path: Path, folder: Path) -> pl.LazyFrame:
    frame = pl.read_parquet(path).rename({"user_id": CASE, "occurred": TIME, "event": ACTIVITY})
    return frame.sort(CASE, TIME, maintain_order=True).lazy()


def flow(log: pl.LazyFrame) -> list[list[Any]]:
    counts, times = _graph(log, ACTIVITY, measure="both", perf_aggregation_key="all")
    customers = _graph(log, ACTIVITY, keep_once_per_case=True)
    return [
        [*pair, count, customers[pair], times[pair]["median"], times[pair]["mean"]] for pair, count in counts.items()
    ]


def variants(log: pl.LazyFrame) -> list[list[Any]]:
    counted = pm4py.get_variants(log)
    return [[list(path), count] for path, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:TOP]]


def channels(log: pl.LazyFrame) -> list[list[Any]]:
    counts = _graph(log, "channel")
    customers = _graph(log, "channel", keep_once_per_case=True)
    starts = pm4py.get_start_activities(log, activity_key="channel")
    ends = pm4py.get_end_activities(log, activity_key="channel")
    return [
        *(["move", *pair, count, customers[pair]] for pair, count in counts.items() if pair[0] != pair[1]),
        *(["start", None, channel, count, None] for channel, count in starts.items()),
        *(["end", None, channel, count, None] for channel, count in ends.items()),
    ]


def _graph(log: pl.LazyFrame, activity: str, **how: Any) -> Any:
    return get_dfg_graph(
        log, activity_key=activity, sort_caseid_required=False, sort_timestamp_along_case_id=False, **how
    )
