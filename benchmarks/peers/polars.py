"""Polars: a frame in memory, sorted by customer and time, names as Enum, customers as numbers.

In that order the neighbours of an interaction are its neighbours in the frame, so that no window over customers is
needed: a shift and a comparison of customers do. The paths of customers are kept beside it. The next interaction of a
step is an as-of join on the place in the frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.questions import GAP_MINUTES, STEPS, TOP, WINDOW_DAYS

US = 1e6
SAME = pl.col("customer") == pl.col("customer").shift(-1)


@dataclass
class Log:
    """The sorted frame, and the path of each customer as codes of touchpoints."""

    frame: pl.DataFrame
    paths: pl.DataFrame


def version() -> str:
    return f"polars {pl.__version__}"


def load(path: Path, folder: Path) -> Log:
    file = pl.scan_parquet(path)
    names = {
        name: pl.Enum(file.select(pl.col(name).unique().sort()).collect().to_series()) for name in ("event", "channel")
    }
    frame = (
        file.select(
            pl.col("user_id").cast(pl.Categorical).to_physical().alias("customer"),
            pl.col("occurred").cast(pl.Int64),
            pl.col("event").cast(names["event"]),
            pl.col("channel").cast(names["channel"]),
        )
        .sort("customer", "occurred", maintain_order=True)
        .collect()
        .rechunk()
    )
    by_customer = frame.lazy().group_by("customer", maintain_order=True)
    return Log(frame, by_customer.agg(path=pl.col("event").to_physical()).select("path").collect())


def flow(log: Log) -> list[list[Any]]:
    rows = (
        log.frame.lazy()
        .select(
            "customer",
            "event",
            next=pl.col("event").shift(-1),
            gap=pl.col("occurred").shift(-1) - pl.col("occurred"),
            same=SAME,
        )
        .filter("same")
        .group_by("event", "next")
        .agg(
            count=pl.len(),
            customers=1 + (pl.col("customer").diff() != 0).sum(),
            median=pl.col("gap").median() / US,
            mean=pl.col("gap").mean() / US,
        )
        .collect()
    )
    return [list(row) for row in rows.iter_rows()]


def variants(log: Log) -> list[list[Any]]:
    rows = (
        log.paths.lazy()
        .group_by("path")
        .agg(customers=pl.len())
        .sort("customers", descending=True)
        .head(TOP * 5)
        .sort(-pl.col("customers").cast(pl.Int64), "path")
        .head(TOP)
        .collect()
    )
    names = log.frame.schema["event"].categories.to_list()
    return [[[names[code] for code in path], customers] for path, customers in rows.iter_rows()]


def funnel(log: Log) -> list[int]:
    places = log.frame.lazy().select("customer", "occurred", "event", seq=pl.int_range(pl.len(), dtype=pl.Int64))
    first = places.filter(pl.col("event") == STEPS[0]).select("customer", "seq", limit=pl.col("occurred") + _WINDOW)
    reached, counts = first, [first.select(pl.col("customer").n_unique())]
    for step in STEPS[1:]:
        later = places.filter(pl.col("event") == step).select("seq", by="customer", at="occurred", reached="seq")
        reached = (
            reached.join_asof(later, on="seq", strategy="forward", allow_exact_matches=False)
            .filter((pl.col("by") == pl.col("customer")) & (pl.col("at") <= pl.col("limit")))
            .select("customer", "limit", seq=pl.col("reached"))
        )
        counts.append(reached.select(pl.col("customer").n_unique()))
    return [each.item() for each in pl.collect_all(counts)]


def sessions(log: Log) -> list[float]:
    starts = (
        log.frame.lazy()
        .select(
            place=pl.int_range(pl.len(), dtype=pl.Int64),
            occurred="occurred",
            before=pl.col("occurred").shift(1),
            starts=(
                (pl.col("customer") != pl.col("customer").shift(1))
                | (pl.col("occurred") - pl.col("occurred").shift(1) > _GAP)
            ).fill_null(True),
        )
        .filter("starts")
        .collect()
    )
    lengths = starts["place"].shift(-1, fill_value=len(log.frame)) - starts["place"]
    seconds = (starts["before"].shift(-1, fill_value=log.frame["occurred"][-1]) - starts["occurred"]) / US
    return [len(starts), lengths.median(), seconds.median()]


def channels(log: Log) -> list[list[Any]]:
    moves = (
        log.frame.lazy()
        .select("customer", "channel", to=pl.col("channel").shift(-1), same=SAME)
        .filter(pl.col("same") & (pl.col("channel") != pl.col("to")))
        .group_by("channel", "to")
        .agg(count=pl.len(), customers=1 + (pl.col("customer").diff() != 0).sum())
    )
    starts = log.frame.lazy().filter(pl.col("customer").ne_missing(pl.col("customer").shift(1)))
    ends = log.frame.lazy().filter(pl.col("customer").ne_missing(pl.col("customer").shift(-1)))
    counted = [each.group_by("channel").len() for each in (starts, ends)]
    found, started, ended = pl.collect_all([moves, *counted])
    return [
        *(["move", *row] for row in found.iter_rows()),
        *(["start", None, channel, count, None] for channel, count in started.iter_rows()),
        *(["end", None, channel, count, None] for channel, count in ended.iter_rows()),
    ]


_WINDOW = WINDOW_DAYS * 86_400_000_000
_GAP = GAP_MINUTES * 60_000_000
