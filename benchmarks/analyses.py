"""The five analyses over an imported workspace, warm, beside DuckDB's SQL on the same file; answers are compared first."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.duckdb_sql import CHANNELS, FLOW, FUNNEL, SESSIONS, VARIANTS, DuckDbLog
from benchmarks.questions import STEPS
from desireline import journeys
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one question, medians of several runs; ``peer`` is DuckDB."""

    question: str
    seconds: float
    peer: float

    @property
    def ratio(self) -> float:
        """How many times as long the peer takes."""
        return self.peer / self.seconds


def compare(workspace: Workspace, log: DuckDbLog, *, repeats: int = 5) -> list[Timing]:
    """Time every question on both sides, in turns; stop where answers differ."""
    rows = []
    for name, ours, theirs, agrees in _questions(workspace, log):
        mine, other = ours(), theirs()
        if not agrees(mine, other):
            raise AssertionError(f"{name}: the answers differ")
        rows.append(Timing(name, *_in_turns(ours, theirs, repeats)))
    return rows


def _in_turns(first: Callable[[], object], second: Callable[[], object], repeats: int) -> tuple[float, float]:
    mine, other = [], []
    for _ in range(repeats):
        mine.append(_seconds(first))
        other.append(_seconds(second))
    return statistics.median(mine), statistics.median(other)


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _questions(workspace: Workspace, log: DuckDbLog):  # type: ignore[no-untyped-def]
    funnel = FUNNEL.format(*STEPS)
    yield "flow, exact medians", lambda: journeys.flow(workspace), lambda: log.rows(FLOW), _same_flow
    yield "variants, top 50", lambda: journeys.variants(workspace, top=50), lambda: log.rows(VARIANTS), _same_variants
    yield (
        "funnel, 4 steps in 7 days",
        lambda: journeys.funnel(workspace, STEPS, within="7d"),
        lambda: log.rows(funnel),
        lambda mine, rows: [step.customers for step in mine.steps] == list(rows[0]),
    )
    yield "sessions, 30 minutes", lambda: journeys.sessions(workspace), lambda: log.rows(SESSIONS), _same_sessions
    yield "channels", lambda: journeys.channels(workspace), lambda: log.rows(CHANNELS), _same_channels


def _same_flow(mine: journeys.Flow, rows: list[tuple[object, ...]]) -> bool:
    own = {(e.source, e.target): (e.count, e.customers, round(e.median_seconds, 3)) for e in mine.edges}
    return own == {(a, b): (count, customers, round(median, 3)) for a, b, count, customers, median, _ in rows}  # type: ignore[call-overload]


def _same_variants(mine: journeys.Variants, rows: list[tuple[object, ...]]) -> bool:
    return [each.customers for each in mine.variants] == [customers for _, customers, _ in rows]


def _same_sessions(mine: journeys.Sessions, rows: list[tuple[object, ...]]) -> bool:
    count, interactions, seconds = rows[0]
    return (mine.sessions, mine.median_interactions, round(mine.median_seconds, 3)) == (
        count,
        interactions,
        round(seconds, 3),  # type: ignore[call-overload]
    )


def _same_channels(mine: journeys.Channels, rows: list[tuple[object, ...]]) -> bool:
    own = {("move", each.source, each.target, each.count, each.customers) for each in mine.moves}
    own |= {("start", None, each.channel, each.count, None) for each in mine.starts}
    own |= {("end", None, each.channel, each.count, None) for each in mine.ends}
    return own == set(rows)
