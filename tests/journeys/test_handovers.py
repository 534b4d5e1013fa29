from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import HandoversAnalysis
from desireline.journeys.engine import Answer, combined
from desireline.journeys.fields import PartFields
from desireline.journeys.spans import life, sessions

from .rows import NAMES, SECOND, Row, make_part, some_rows, spans_of

TEAMS = ("north", "south", "east")
WITH_TEAMS = replace(NAMES, values={"team": TEAMS})
Told = tuple[int, float | None]


def asked(
    rows: list[Row],
    told: list[Told],
    gap: int | None,
    *,
    within: int = 7 * 86_400,
    parts: int = 1,
    order: Random | None = None,
) -> Any:
    """The answer over parts that hold some of the customers each, combined in any order."""
    outcome: Any = HandoversAnalysis(within=timedelta(seconds=within)).begin(WITH_TEAMS)
    while not isinstance(outcome, Answer):
        states = []
        for number in range(parts):
            own = [place for place, row in enumerate(rows) if row.customer % parts == number]
            part = make_part([rows[place] for place in own])
            columns = {
                "team": np.array([told[own[arrival]][0] for arrival in part.arrivals], np.int32),
                "wait": np.array(
                    [math.nan if (wait := told[own[arrival]][1]) is None else wait for arrival in part.arrivals]
                ),
            }
            spans = life(replace(part, source=PartFields(part.arrivals, columns)))
            states.append(outcome.partial(spans if gap is None else sessions(spans, gap)))
        if order is not None:
            order.shuffle(states)
        outcome = outcome.conclude(combined(outcome, states))
    return outcome.result


TOLD = st.lists(
    st.tuples(st.integers(-1, 2), st.one_of(st.none(), st.integers(0, 9).map(float))), min_size=30, max_size=30
)


@given(
    some_rows(), TOLD, st.sampled_from([None, 2 * SECOND]), st.sampled_from([2, 100]), st.integers(1, 3), st.randoms()
)
def test_handovers_are_counted_as_they_are_defined(
    rows: list[Row], told: list[Told], gap: int | None, within: int, parts: int, order: Random
) -> None:
    pairs: dict[tuple[str, str], list[tuple[int, float, bool, float | None]]] = {}
    known = handed = untraced = 0
    other = []
    for customer, span in spans_of(list(rows), gap):
        places = [next(place for place, row in enumerate(rows) if row is each) for each in span]
        last, found, first = None, False, None
        for number, place in enumerate(places):
            team, wait = told[place]
            is_handover = team >= 0 and last is not None and told[last][0] != team
            is_handover = is_handover and rows[place].time - rows[last or 0].time <= within * SECOND
            if is_handover and last is not None:
                again = rows[place].touchpoint in [each.touchpoint for each in span[:number]]
                dark = (rows[place].time - rows[last].time) / 1e6
                pairs.setdefault((TEAMS[told[last][0]], TEAMS[team]), []).append((customer, dark, again, wait))
                found = True
            elif wait is not None:
                other.append(wait)
            if team >= 0:
                first = number if first is None else first
                last = place
        known += first is not None
        untraced += bool(first)
        handed += found
    result = asked(rows, told, gap, within=within, parts=parts, order=order)
    assert result.spans == known
    assert (result.handed_over.n, round(result.handed_over.value * known) if known else 0) == (known, handed)
    assert (round(result.untraced.value * known) if known else 0) == untraced
    assert result.other_wait.n == len(other)
    assert (
        math.isnan(result.other_wait.value) if not other else result.other_wait.value == pytest.approx(np.mean(other))
    )
    assert [(each.source, each.target) for each in result.handovers] == sorted(
        pairs, key=lambda pair: (-len(pairs[pair]), pair)
    )
    for each in result.handovers:
        own = pairs[each.source, each.target]
        waits = [wait for *_, wait in own if wait is not None]
        assert (each.count, each.customers) == (len(own), len(Counter(customer for customer, *_ in own)))
        assert each.median_seconds == median(dark for _, dark, _, _ in own)
        assert each.repeats.value == sum(again for _, _, again, _ in own) / len(own)
        assert each.wait.n == len(waits)
        if waits:
            assert each.wait.value == pytest.approx(np.mean(waits))


def test_nobody_has_no_handovers() -> None:
    result = asked([], [], None)
    assert (result.spans, result.handovers) == (0, ())
    assert '"value": null' in result.to_json()
    assert result.chart().to_dict()
