"""What comes before what, against counting by hand."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.kernels.arrays import read_only
from desireline.kernels.step_orders import NO_UNIT, Orders, count_orders, count_reach

COUNT = 4
Journey = list[tuple[int, int]]
"""Unit and time."""
journeys = st.lists(
    st.lists(st.tuples(st.integers(NO_UNIT, COUNT - 1), st.integers(0, 50)), min_size=1, max_size=8).map(
        lambda rows: list(zip([unit for unit, _ in rows], sorted(time for _, time in rows), strict=True))
    ),
    max_size=6,
)


def arrays(spans: list[Journey]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    edges = np.cumsum([0, *(len(span) for span in spans)], dtype=np.int64)
    rows = [row for span in spans for row in span]
    units = np.array([unit for unit, _ in rows], np.int32)
    times = np.array([time for _, time in rows], np.int64)
    return read_only(units), read_only(times), read_only(edges[:-1]), read_only(edges[1:])


def wait(before: int, after: int) -> int:
    return int(1024 * math.log2(max(after - before, 1)))


def by_hand(spans: list[Journey]) -> dict[str, Counter[object]]:
    found: dict[str, Counter[object]] = {name: Counter() for name in Orders._fields}
    for span in spans:
        rows = [row for row in span if row[0] >= 0]
        units = [unit for unit, _ in rows]
        seen = set(units)
        found["reach"].update(seen)
        found["before"].update((a, b) for a in seen for b in seen if a != b and units.index(a) < units.index(b))
        found["passed"].update(unit for unit in range(max(seen, default=0)) if unit not in seen)
        first_moves: dict[tuple[int, int], int] = {}
        returns = set()
        for place in range(1, len(rows)):
            pair = units[place - 1], units[place]
            first_moves.setdefault(pair, wait(rows[place - 1][1], rows[place][1]))
            if units[place] in units[:place]:
                returns.add(pair)
            else:
                found["entered"][units[place]] += 1
                found["entry_waits"][units[place]] += wait(rows[place - 1][1], rows[place][1])
        found["moves"].update(first_moves)
        found["moves"].subtract({pair: first_moves[pair] - 1 for pair in first_moves})
        found["waits"].update(first_moves)
        found["returns"].update(returns)
    return found


@settings(deadline=None)
@given(journeys)
def test_orders_are_those_counted_by_hand(spans: list[Journey]) -> None:
    counted, expected = count_orders(*arrays(spans), COUNT), by_hand(spans)
    for name in ("reach", "entered", "entry_waits", "passed"):
        assert getattr(counted, name).tolist() == [expected[name][unit] for unit in range(COUNT)], name
    for name in ("before", "moves", "returns", "waits"):
        pairs = [[expected[name][row, column] for column in range(COUNT)] for row in range(COUNT)]
        assert getattr(counted, name).tolist() == pairs, name


@settings(deadline=None)
@given(journeys)
def test_reach_is_that_counted_by_hand(spans: list[Journey]) -> None:
    counted = count_reach(*arrays(spans), COUNT)
    never = np.iinfo(np.int64).max
    for unit in range(COUNT):
        assert counted.journeys[unit] == sum(any(each == unit for each, _ in span) for span in spans)
        assert counted.earliest[unit] == min(
            (time for span in spans for each, time in span if each == unit), default=never
        )


@settings(deadline=None)
@given(journeys, journeys)
def test_counts_of_parts_add_up(first: list[Journey], second: list[Journey]) -> None:
    whole = count_orders(*arrays(first + second), COUNT)
    parts = count_orders(*arrays(first), COUNT), count_orders(*arrays(second), COUNT)
    for name in Orders._fields:
        assert (getattr(whole, name) == getattr(parts[0], name) + getattr(parts[1], name)).all(), name
