"""How fast the kernels are: builds an index in memory, runs every analysis over it, prints a table.

    python benchmarks/kernels.py --interactions 10_000_000

The data: a first-order Markov walk over 40 touchpoints in 8 channels, log-normal journey lengths (median 7,
mean 12), heavy-tailed gaps; rows shuffled before the index is built.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.channels import ChannelsAnalysis
from desireline.journeys.analyses.flow import FlowAnalysis
from desireline.journeys.analyses.funnel import FunnelAnalysis
from desireline.journeys.analyses.sessions import SessionsAnalysis
from desireline.journeys.analyses.variants import VariantsAnalysis
from desireline.journeys.engine import Analysis
from desireline.journeys.engines import LocalEngine
from desireline.journeys.model import Names, Part, Spans
from desireline.journeys.spans import life, sessions
from desireline.kernels._jit import kernel
from desireline.kernels.grouping import (
    Columns,
    customer_table,
    find_customers,
    group,
    partition,
)

TOUCHPOINTS = 40
CHANNELS = 8
DAY = 86_400_000_000
BLOCK = 1_000_000


def main() -> None:
    arguments = _arguments()
    columns = make_interactions(arguments.interactions, arguments.seed)
    names = Names(
        tuple(f"touchpoint {code:02}" for code in range(TOUCHPOINTS)),
        tuple(f"channel {code}" for code in range(CHANNELS)),
    )
    bandwidth = measure_bandwidth(arguments.threads)
    print(f"{arguments.interactions:,} interactions, {arguments.threads} threads, {arguments.buckets} buckets;")
    print(f"summing memory reads {bandwidth:.1f} GB/s\n")
    print(f"{'':34}{'min s':>9}{'median s':>10}{'M/s':>8}{'GB/s':>7}{'of memory':>11}")

    def report(name: str, run: Callable[[], object], *, bytes_each: float, repeats: int) -> None:
        seconds = timed(run, repeats)
        rate = arguments.interactions / seconds.best / 1e6
        speed = rate * bytes_each / 1e3
        share = f"{speed / bandwidth:>10.0%}" if bytes_each else ""
        print(f"{name:34}{seconds.best:9.3f}{seconds.median:10.3f}{rate:8.0f}{speed:7.1f} {share}", flush=True)

    build = partial(build_index, columns, buckets=arguments.buckets, threads=arguments.threads)
    parts = build()
    report("index from shuffled rows", build, bytes_each=0, repeats=arguments.builds)
    if arguments.only_build:
        return
    engine = LocalEngine(threads=arguments.threads)
    for name, analysis, spans, bytes_each in cases(names):
        sources = [partial(spans, part) for part in parts]
        run: Callable[[], object] = partial(engine.run, analysis, sources, names=names)
        report(name, run, bytes_each=bytes_each, repeats=arguments.repeats)


def cases(names: Names) -> list[tuple[str, Analysis[object], Callable[[Part], Spans], float]]:
    """Name, analysis, how to cut, bytes read for each interaction at the least (each column once)."""
    steps = tuple(names.touchpoints[code] for code in (3, 7, 11, 19))
    week = timedelta(days=7)
    half_hour = partial(sessions, gap_us=1_800_000_000)
    return [
        ("flow", FlowAnalysis(), life, 10.7),
        ("flow, 20 edges", FlowAnalysis(top=20), life, 10.7),
        ("flow by channel", FlowAnalysis(by="channel"), life, 9.7),
        ("flow in sessions", FlowAnalysis(), half_hour, 10.7),
        ("variants, 50", VariantsAnalysis(top=50), life, 2.7),
        ("variants of sessions, 50", VariantsAnalysis(top=50), half_hour, 10.7),
        ("funnel, 4 steps, 7 days", FunnelAnalysis(steps, window=week), life, 2.7),
        ("funnel, strict", FunnelAnalysis(steps, window=week, order="strict"), life, 2.7),
        ("sessions, 30 minutes", SessionsAnalysis(), half_hour, 8.7),
        ("channels", ChannelsAnalysis(), life, 1.7),
    ]


@dataclass(frozen=True)
class Seconds:
    best: float
    median: float


def timed(run: Callable[[], object], repeats: int) -> Seconds:
    run()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return Seconds(min(seconds), float(np.median(seconds)))


def build_index(columns: Columns, *, buckets: int, threads: int) -> list[Part]:
    """Partition block by block, then group bucket by bucket."""
    known = np.unique(columns.customers[:: max(1, len(columns.customers) // 100_000)])
    table = customer_table(known, known)

    def scatter(start: int) -> list[Columns]:
        block = Columns._make(column[start : start + BLOCK] for column in columns)
        block = block._replace(customers=find_customers(block.customers, table))
        parted = partition(block, buckets=buckets)
        ends = zip(parted.offsets[:-1], parted.offsets[1:], strict=True)
        return [Columns._make(column[low:high] for column in parted.columns) for low, high in ends]

    def sort(pieces: tuple[Columns, ...]) -> Part:
        joined = Columns._make(np.concatenate(column) for column in zip(*pieces, strict=True))
        return Part(*group(joined))

    with ThreadPoolExecutor(threads) as pool:
        blocks = list(pool.map(scatter, range(0, len(columns.customers), BLOCK)))
        return list(pool.map(sort, zip(*blocks, strict=True)))


def make_interactions(interactions: int, seed: int, *, walk_seed: int | None = None) -> Columns:
    """Interactions in a random order; with the same ``walk_seed`` their customers behave alike under every seed."""
    random = np.random.default_rng(seed)
    customers = interactions // 12
    lengths = np.maximum(random.lognormal(np.log(7), 1.038, 2 * customers).astype(np.int64), 1)
    owners = np.repeat(np.arange(2 * customers, dtype=np.int64), lengths)[:interactions]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    gaps = np.minimum(random.lognormal(np.log(600e6), 2.8, interactions), 90 * DAY).astype(np.int64)
    gaps[starts] = random.integers(0, 700 * DAY, len(starts))
    times = np.cumsum(gaps)
    times -= np.repeat(times[starts] - gaps[starts], np.diff(starts, append=interactions))
    walk_random = random if walk_seed is None else np.random.default_rng(walk_seed)
    weights = walk_random.lognormal(0, 1.5, (TOUCHPOINTS, TOUCHPOINTS))
    chances = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    touchpoints = _walk(random.random(interactions), chances)
    own_channel = (touchpoints % CHANNELS).astype(np.uint8)
    other_channel = random.integers(0, CHANNELS, interactions, dtype=np.uint8)
    channels = np.where(random.random(interactions) < 0.8, own_channel, other_channel)
    order = random.permutation(interactions)
    keys = owners * 7_919 + 13
    arrivals = np.arange(interactions, dtype=np.int64)
    return Columns(keys[order], times[order], touchpoints[order], channels[order], arrivals)


@kernel
def _walk(draws: NDArray[np.float64], chances: NDArray[np.float64]) -> NDArray[np.uint16]:
    states = np.empty(len(draws), np.uint16)
    state = 0
    for step in range(len(draws)):
        state = min(np.searchsorted(chances[state], draws[step]), chances.shape[1] - 1)
        states[step] = state
    return states


def measure_bandwidth(threads: int) -> float:
    """GB/s of summing 400 MB with so many threads, best of 5."""
    pieces = np.array_split(np.ones(50_000_000), threads)
    with ThreadPoolExecutor(threads) as pool:
        seconds = timed(lambda: list(pool.map(np.sum, pieces)), 5)
    return 0.4 / seconds.best


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--buckets", type=int, default=64, help="a power of two")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--builds", type=int, default=2, help="repeats of the index build")
    parser.add_argument("--only-build", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
