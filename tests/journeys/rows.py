"""Interactions as plain rows, and parts built from them without any kernel: what the references use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.journeys.engine import Analysis
from desireline.journeys.engines import LocalEngine, SpanSource
from desireline.journeys.fields import values_of
from desireline.journeys.model import Names, Part, Spans
from desireline.journeys.spans import life, sessions

R = TypeVar("R")
NAMES = Names(
    touchpoints=("Visit", "Search", "Order", "Call"),
    channels=("web", "app", "phone"),
    stages=("Look", "Compare", "Buy"),
    stage_of=(0, 1, 2, -1),
    values={
        "actor": ("customer", "agent", "system"),
        "agent": ("ann", "ben"),
        "attributes.device": ("ios", "android"),
        "direction": ("inbound", "outbound", "internal"),
        "outcome": ("solved", "left"),
        "score_kind": ("NPS", "CSAT", "CES"),
        "source": ("shop", "calls"),
        "team": ("north", "south", "east"),
    },
)
NOBODY_TOLD = replace(NAMES, values={**NAMES.values, "actor": (), "direction": ()})
"""Without actors and directions: everything is taken as done by the customer."""
SECOND = 1_000_000


class FieldsOfRows:
    """Values that follow from the arrival number, some of them missing; with few different ones."""

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        kind = values_of(name)
        if kind == "number":
            return np.where(arrivals % 3 == 0, np.nan, arrivals * 7 % 11).astype(np.float64)
        if kind == "key":
            return arrivals // 2 % 5 - 1
        return (arrivals * 5 % (len(NAMES.values[name]) + 1) - 1).astype(np.int32)


class Row(NamedTuple):
    """``time`` in microseconds; the arrival number is the place in the list of rows."""

    customer: int
    time: int
    touchpoint: int
    channel: int


def done_by_customers(rows: Sequence[Row]) -> dict[int, list[bool]]:
    """For the rows of :func:`in_order`, whether the customer did it, by what :class:`FieldsOfRows` says of actor and direction."""
    arrivals = np.arange(len(rows))
    texts = {name: [*NAMES.values[name], None] for name in ("actor", "direction")}
    said = [[texts[name][code] for code in FieldsOfRows().of(name, arrivals)] for name in texts]
    done = [
        actor not in ("agent", "system") and turned not in ("outbound", "internal")
        for actor, turned in zip(*said, strict=True)
    ]
    order = sorted(range(len(rows)), key=lambda place: rows[place].time)
    return {
        customer: [done[place] for place in order if rows[place].customer == customer] for customer in in_order(rows)
    }


def some_rows(*, least: int = 0, most: int = 30, customers: int = 4, times: int = 8) -> st.SearchStrategy[list[Row]]:
    """Few customers, touchpoints and moments: many ties and repeated paths. Every other list is long."""
    row = st.builds(
        Row,
        customer=st.integers(0, customers - 1),
        time=st.integers(0, times - 1).map(lambda moment: moment * SECOND),
        touchpoint=st.integers(0, len(NAMES.touchpoints) - 1),
        channel=st.integers(0, len(NAMES.channels) - 1),
    )
    few = st.lists(row, min_size=least, max_size=most)
    return st.one_of(few, st.lists(row, min_size=2 * most // 3, max_size=most))


def in_order(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """The rows of each customer by time, then arrival (sorting keeps the order of equal times)."""
    customers = sorted({row.customer for row in rows})
    return {
        customer: sorted((row for row in rows if row.customer == customer), key=lambda row: row.time)
        for customer in customers
    }


def spans_of(rows: Sequence[Row], gap: int | None) -> list[tuple[int, list[Row]]]:
    """Customer and interactions of each span; ``gap`` None: one span a customer."""
    spans: list[tuple[int, list[Row]]] = []
    for customer, own in in_order(rows).items():
        for number, row in enumerate(own):
            starts = number == 0 or (gap is not None and row.time - own[number - 1].time > gap)
            if starts:
                spans.append((customer, []))
            spans[-1][1].append(row)
    return spans


def make_part(rows: Sequence[Row], numbers: Sequence[int] | None = None) -> Part:
    """``numbers``: the arrival number of each row; its place among the rows where there are none."""
    order = sorted(range(len(rows)), key=lambda place: (rows[place].customer, rows[place].time, place))
    flat = [rows[place] for place in order]
    customers = sorted({row.customer for row in rows})
    lengths = [sum(row.customer == customer for row in rows) for customer in customers]
    return Part(
        customers=np.array(customers, np.int64),
        offsets=np.cumsum([0, *lengths], dtype=np.int64),
        times=np.array([row.time for row in flat], np.int64),
        touchpoints=np.array([row.touchpoint for row in flat], np.uint16),
        channels=np.array([row.channel for row in flat], np.uint8),
        arrivals=np.array(order if numbers is None else [numbers[place] for place in order], np.int64),
        source=FieldsOfRows(),
    )


def sources(rows: Sequence[Row], *, parts: int, gap: int | None) -> list[SpanSource]:
    """The rows in so many parts (whole customers), cut into spans."""
    made = []
    for part in range(parts):
        numbers = [place for place, row in enumerate(rows) if row.customer % parts == part]
        made.append(make_part([rows[place] for place in numbers], numbers))
    return [partial(life, part) if gap is None else partial(_sessions, part, gap) for part in made]


def _sessions(part: Part, gap: int) -> Spans:
    return sessions(life(part), gap)


def answer(
    analysis: Analysis[R],
    rows: Sequence[Row],
    *,
    parts: int = 1,
    gap: int | None = None,
    names: Names = NAMES,
) -> R:
    return LocalEngine(threads=2).run(analysis, sources(rows, parts=parts, gap=gap), names=names)
