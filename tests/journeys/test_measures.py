"""The tables of docs/measures.md are what the analyses give for the interactions of its first table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    GapsAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.model import Names

from .rows import SECOND, Row, answer

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
FORTY_MINUTES = 40 * 60 * SECOND
Table = list[dict[str, str]]


def tables() -> Iterator[Table]:
    """Every table of the page, a dict for each row."""
    lines: list[list[str]] = []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            lines.append([cell.strip() for cell in line.strip("|").split("|")])
        elif lines:
            header, _, *body = lines
            yield [dict(zip(header, row, strict=True)) for row in body]
            lines = []


def shown(rows: list[dict[str, Any]]) -> Table:
    return [{key: cell(value) for key, value in row.items()} for row in rows]


def cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float):
        return "–" if value != value or value == float("inf") else format_float(value)
    return str(value)


def format_float(value: float) -> str:
    return f"{value:.6f}" if value == 1e-6 else repr(int(value) if value.is_integer() else value)


def places(values: list[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def seconds(clock: str) -> float:
    return timedelta(hours=(at := datetime.strptime(clock, "%H:%M:%S")).hour, minutes=at.minute).total_seconds()


def funnel_rows(funnel: Any) -> list[dict[str, Any]]:
    """Without intervals and quartiles, which docs/funnel.md shows."""
    return [{key: row[key] for key in ("name", "customers", "conversion", "median_seconds")} for row in funnel.rows()]


def test_every_table_is_what_the_analyses_give() -> None:
    example, *documented = tables()
    customers, touchpoints, channels = (
        places([row[column] for row in example]) for column in ("customer", "touchpoint", "channel")
    )
    names = Names(tuple(touchpoints), tuple(channels), ("Look", "Compare", "Buy", "Ask"), (0, 1, 2, 3))
    rows = [
        Row(
            customers[row["customer"]],
            round(seconds(row["time"]) * SECOND),
            touchpoints[row["touchpoint"]],
            channels[row["channel"]],
        )
        for row in example
    ]

    def run(analysis: Any, gap: int | None = None) -> Any:
        return answer(analysis, rows, parts=2, gap=gap, names=names)

    steps = ("Visit", "Search", "Order")
    gaps = run(GapsAnalysis(quiet=timedelta(minutes=30), settle=timedelta(minutes=1)))
    flow, moves = run(FlowAnalysis()), run(ChannelsAnalysis())
    sessions = run(SessionsAnalysis(), FORTY_MINUTES).to_dict()
    distribution = sessions.pop("distribution")
    given = [
        flow.rows(),
        flow.to_dict()["nodes"],
        run(FlowAnalysis(by="channel")).rows(),
        run(VariantsAnalysis()).rows(),
        funnel_rows(run(FunnelAnalysis(steps))),
        funnel_rows(run(FunnelAnalysis(steps, window=timedelta(hours=1)))),
        funnel_rows(run(FunnelAnalysis(("Visit", "Order", "Call"), order="strict"))),
        [sessions],
        distribution,
        run(FlowAnalysis(), FORTY_MINUTES).rows(),
        moves.rows(),
        moves.to_dict()["starts"],
        moves.to_dict()["ends"],
        [{name: value for name, value in row.items() if name != "missing_since"} for row in gaps.skipped_rows()],
        gaps.rows(),
    ]
    assert [shown(table) for table in given] == documented
