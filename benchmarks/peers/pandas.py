"""pandas with the NumPy below it: a frame sorted by customer and time, names as categories.

In that order neighbours in the frame are neighbours in the journey, so that arrays that are shifted by one take the
place of ``groupby("customer").shift()``; what is grouped is one number for each pair of touchpoints.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.questions import GAP_MINUTES, STEPS, TOP, WINDOW_DAYS


@dataclass
class Log:
    """The sorted frame, where the customers begin (with the end of the last), and their paths as bytes."""

    frame: pd.DataFrame
    offsets: np.ndarray[Any, Any]
    paths: pd.Series[Any]


def version() -> str:
    return f"pandas {pd.__version__}, numpy {np.__version__}"


def load(path: Path, folder: Path) -> Log:
    names = ["user_id", "event", "channel"]
    frame = pq.read_table(path, read_dictionary=names).unify_dictionaries().to_pandas(self_destruct=True)
    frame = pd.DataFrame(
        {
            "customer": frame["user_id"].cat.codes.astype(np.int32),
            "occurred": frame["occurred"].astype("datetime64[us]").astype(np.int64),
            "event": frame["event"],
            "channel": frame["channel"],
        }
    )
    frame = frame.iloc[np.lexsort((frame["occurred"], frame["customer"]))].reset_index(drop=True)
    customers = frame["customer"].to_numpy()
    offsets = np.append(np.flatnonzero(np.diff(customers, prepend=-1)), len(frame))
    text, ends = frame["event"].cat.codes.to_numpy().astype(np.uint8).tobytes(), offsets.tolist()
    paths = pd.Series([text[start:end] for start, end in pairwise(ends)], dtype=object)
    return Log(frame, offsets, paths)


def flow(log: Log) -> list[list[Any]]:
    frame = log.frame
    codes, names = frame["event"].cat.codes.to_numpy(), frame["event"].cat.categories
    customers, times = frame["customer"].to_numpy(), frame["occurred"].to_numpy()
    same = customers[1:] == customers[:-1]
    pair = (codes[:-1].astype(np.int32) * len(names) + codes[1:])[same]
    gaps = pd.Series((times[1:] - times[:-1])[same] / 1e6)
    found = gaps.groupby(pair).agg(["size", "median", "mean"])
    found["customers"] = _customers_by_pair(customers[1:][same], pair, len(names) ** 2)[found.index]
    return [
        [names[pair // len(names)], names[pair % len(names)], int(row.size_), int(row.customers), row.median, row.mean]
        for pair, row in zip(found.index, found.rename(columns={"size": "size_"}).itertuples(), strict=True)
    ]


def variants(log: Log) -> list[list[Any]]:
    names, counts = log.frame["event"].cat.categories, log.paths.value_counts()
    near = counts[counts >= counts.iloc[: TOP + 1].iloc[-1]]
    named = sorted(([names[code] for code in path], int(count)) for path, count in near.items())
    return [list(each) for each in sorted(named, key=lambda each: -each[1])[:TOP]]


def funnel(log: Log) -> list[int]:
    frame = log.frame
    codes, names = frame["event"].cat.codes.to_numpy(), frame["event"].cat.categories
    customers, times = frame["customer"].to_numpy(), frame["occurred"].to_numpy()
    places = np.flatnonzero(codes == names.get_loc(STEPS[0]))
    limits = times[places] + WINDOW_DAYS * 86_400_000_000
    counts = [len(np.unique(customers[places]))]
    for step in STEPS[1:]:
        own = np.flatnonzero(codes == names.get_loc(step))
        following = np.searchsorted(own, places, side="right")
        there = following < len(own)
        places, limits, following = places[there], limits[there], own[following[there]]
        reached = (customers[following] == customers[places]) & (times[following] <= limits)
        places, limits = following[reached], limits[reached]
        counts.append(len(np.unique(customers[places])))
    return counts


def sessions(log: Log) -> list[float]:
    customers, times = log.frame["customer"].to_numpy(), log.frame["occurred"].to_numpy()
    begins = (customers[1:] != customers[:-1]) | (times[1:] - times[:-1] > GAP_MINUTES * 60_000_000)
    starts = np.flatnonzero(np.concatenate(([True], begins)))
    ends = np.append(starts[1:], len(times))
    return [len(starts), float(np.median(ends - starts)), float(np.median(times[ends - 1] - times[starts])) / 1e6]


def channels(log: Log) -> list[list[Any]]:
    codes, names = log.frame["channel"].cat.codes.to_numpy().astype(np.int64), log.frame["channel"].cat.categories
    customers = log.frame["customer"].to_numpy()
    moved = (customers[1:] == customers[:-1]) & (codes[1:] != codes[:-1])
    pair = (codes[:-1] * len(names) + codes[1:])[moved]
    counts = np.bincount(pair, minlength=len(names) ** 2)
    distinct = _customers_by_pair(customers[1:][moved], pair, len(names) ** 2)
    starts = np.bincount(codes[log.offsets[:-1]], minlength=len(names))
    ends = np.bincount(codes[log.offsets[1:] - 1], minlength=len(names))
    return [
        *(
            ["move", names[pair // len(names)], names[pair % len(names)], int(counts[pair]), int(distinct[pair])]
            for pair in np.flatnonzero(counts).tolist()
        ),
        *(["start", None, names[code], int(starts[code]), None] for code in np.flatnonzero(starts).tolist()),
        *(["end", None, names[code], int(ends[code]), None] for code in np.flatnonzero(ends).tolist()),
    ]


def _customers_by_pair(customers: Any, pair: Any, pairs: int) -> Any:
    """Distinct customers of each pair, by one sort of small numbers."""
    distinct = pd.unique(customers.astype(np.int64) * pairs + pair)
    return np.bincount(distinct % pairs, minlength=pairs)
