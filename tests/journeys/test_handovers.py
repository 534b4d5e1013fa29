from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.journeys.analyses import HandoversAnalysis
from desireline.journeys.engine import Answer, combined
from desireline.journeys.fields import PartFields
from desireline.journeys.spans import life, sessions

from .rows import NAMES, SECOND, Row, make_part, some_rows, spans_of

TEAMS = ("north", "south", "east")
TO = "attributes.to"
TARGETS = ("west", "south")
WITH_TEAMS = replace(NAMES, values={"team": TEAMS, TO: TARGETS})
Told = tuple[int, float | None, int]
"""Team and wait of an interaction, and the team to which it was transferred; -1 for none."""


def asked(
    rows: list[Row],
    told: list[Told],
    gap: int | None,
    *,
    within: int = 7 * 86_400,
    transferred_to: str | None = None,
    parts: int = 1,
    order: Random | None = None,
) -> Any:
    """The answer over parts that hold some of the customers each, combined in any order."""
    outcome: Any = HandoversAnalysis(within=timedelta(seconds=within), transferred_to=transferred_to).begin(WITH_TEAMS)
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
                TO: np.array([told[own[arrival]][2] for arrival in part.arrivals], np.int32),
            }
            spans = life(replace(part, source=PartFields(part.arrivals, columns)))
            states.append(outcome.partial(spans if gap is None else sessions(spans, gap)))
        if order is not None:
            order.shuffle(states)
        outcome = outcome.conclude(combined(outcome, states))
    return outcome.result


TOLD = st.lists(
    st.tuples(st.integers(-1, 2), st.one_of(st.none(), st.integers(0, 9).map(float)), st.sampled_from([-1, -1, 0, 1])),
    min_size=30,
    max_size=30,
)


@given(
    some_rows(),
    TOLD,
    st.sampled_from([None, TO]),
    st.sampled_from([None, 2 * SECOND]),
    st.sampled_from([2, 100]),
    st.integers(1, 3),
    st.randoms(),
)
def test_handovers_are_counted_as_they_are_defined(
    rows: list[Row],
    told: list[Told],
    transferred_to: str | None,
    gap: int | None,
    within: int,
    parts: int,
    order: Random,
) -> None:
    pairs: dict[tuple[str, str], list[tuple[int, float, bool, float | None]]] = {}
    only_told: dict[tuple[str, str], list[int]] = {}
    known = handed = untraced = 0
    other = []
    for customer, span in spans_of(list(rows), gap):
        places = [next(place for place, row in enumerate(rows) if row is each) for each in span]
        at, since, found, first, latest = None, 0, False, None, None
        tales: list[tuple[str, str]] = []
        open_tales: list[tuple[str, str]] = []
        for number, place in enumerate(places):
            team, wait, target = told[place]
            time = rows[place].time
            is_seen = team >= 0 and at is not None and at != TEAMS[team] and time - since <= within * SECOND
            if is_seen and at is not None:
                again = rows[place].touchpoint in [each.touchpoint for each in span[:number]]
                pairs.setdefault((at, TEAMS[team]), []).append((customer, (time - since) / 1e6, again, wait))
                found = True
            elif wait is not None:
                other.append(wait)
            if team >= 0:
                tales += [pair for pair in open_tales if not (is_seen and pair[1] == TEAMS[team])]
                open_tales, latest = [], None
                at, since = TEAMS[team], time
            if target >= 0 and transferred_to is not None:
                to = TARGETS[target]
                if at is not None and to not in (at, latest) and time - since <= within * SECOND:
                    open_tales.append((at, to))
                latest = to
            if first is None and (team >= 0 or (target >= 0 and transferred_to is not None)):
                first = number
        for pair in tales + open_tales:
            only_told.setdefault(pair, []).append(customer)
            found = True
        known += first is not None
        untraced += bool(first)
        handed += found
    result = asked(rows, told, gap, within=within, transferred_to=transferred_to, parts=parts, order=order)
    assert result.spans == known
    assert (result.handed_over.n, round(result.handed_over.value * known) if known else 0) == (known, handed)
    assert (round(result.untraced.value * known) if known else 0) == untraced
    assert result.other_wait.n == len(other)
    assert (
        math.isnan(result.other_wait.value) if not other else result.other_wait.value == pytest.approx(np.mean(other))
    )
    counts = {pair: len(pairs.get(pair, [])) + len(only_told.get(pair, [])) for pair in {*pairs, *only_told}}
    assert [(each.source, each.target) for each in result.handovers] == sorted(
        counts, key=lambda pair: (-counts[pair], pair)
    )
    for each in result.handovers:
        own, unseen = (of.get((each.source, each.target), []) for of in (pairs, only_told))
        waits = [wait for *_, wait in own if wait is not None]
        assert (each.count, each.told) == (len(own) + len(unseen), len(unseen))
        assert each.customers == len({*unseen, *(customer for customer, *_ in own)})
        assert each.repeats.n == len(own)
        if own:
            assert each.median_seconds == median(dark for _, dark, _, _ in own)
            assert each.repeats.value == sum(again for _, _, again, _ in own) / len(own)
        else:
            assert math.isnan(each.median_seconds)
        assert each.wait.n == len(waits)
        if waits:
            assert each.wait.value == pytest.approx(np.mean(waits))


DAY = 86_400 * SECOND
NORTH, SOUTH, EAST, NOBODY = 0, 1, 2, -1
TO_WEST, TO_SOUTH = 0, 1


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(
            [(0, EAST, TO_SOUTH), (1, EAST, NOBODY)],
            {("east", "south"): (1, 1)},
            id="told, and back: nobody comes from there",
        ),
        pytest.param(
            [(0, EAST, TO_SOUTH), (1, SOUTH, NOBODY)], {("east", "south"): (1, 0)}, id="told and then seen is one"
        ),
        pytest.param(
            [(0, EAST, TO_SOUTH), (1, NOBODY, TO_SOUTH), (2, SOUTH, NOBODY)],
            {("east", "south"): (1, 0)},
            id="told twice and then seen is one",
        ),
        pytest.param(
            [(0, EAST, TO_WEST), (1, NORTH, NOBODY)],
            {("east", "north"): (1, 0), ("east", "west"): (1, 1)},
            id="told of one and seen at another: both from where the customer was",
        ),
        pytest.param(
            [(0, EAST, TO_SOUTH), (8, SOUTH, NOBODY)], {("east", "south"): (1, 1)}, id="seen too late is another need"
        ),
        pytest.param([(0, NOBODY, TO_SOUTH), (1, EAST, NOBODY)], {}, id="told by nobody known"),
        pytest.param([(0, SOUTH, TO_SOUTH), (1, SOUTH, NOBODY)], {}, id="told within a department"),
    ],
)
def test_what_is_only_told_makes_nobody_be_there(
    steps: list[tuple[int, int, int]], expected: dict[tuple[str, str], tuple[int, int]]
) -> None:
    rows = [Row(0, day * DAY, 0, 0) for day, _, _ in steps]
    result = asked(rows, [(team, None, to) for _, team, to in steps], None, transferred_to=TO)
    assert {(each.source, each.target): (each.count, each.told) for each in result.handovers} == expected


def test_a_field_that_is_no_text_tells_no_transfer() -> None:
    with pytest.raises(InputError, match="expected a text field"):
        HandoversAnalysis(transferred_to="wait")


def test_nobody_has_no_handovers() -> None:
    result = asked([], [], None)
    assert (result.spans, result.handovers) == (0, ())
    assert '"value": null' in result.to_json()
    assert result.chart().to_dict()
