"""Journeys aligned with maps: against a reference that tries every alignment."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import reduce
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.evidence.alignment import OpenRule, fit_of
from desireline.evidence.results import STEP_FACTS, AlignmentFigures
from desireline.journeys.analyses import medians
from desireline.journeys.engine import Answer
from desireline.journeys.model import OUTCOMES
from desireline.journeys.spans import life
from desireline.maps import Binding, Step

from ..journeys.rows import NAMES, SECOND, Row, answer, make_part, some_rows, sources, spans_of
from .maps import ANYTHING, MeasuredMap, a_map, line, random_maps, touchpoint
from .reference import figures

VISIT, SEARCH, ORDER, CALL = range(4)


def rows_of(*journeys: list[int]) -> list[Row]:
    """Each customer's touchpoints, a second apart."""
    return [
        Row(customer, second * SECOND, code, 0)
        for customer, codes in enumerate(journeys)
        for second, code in enumerate(codes)
    ]


def told(found: AlignmentFigures, ids: list[str]) -> dict[str, Any]:
    """In the form of the reference."""
    totals = {
        "journeys": found.journeys,
        "not_on_map": found.not_on_map,
        "open": found.open,
        "interactions": found.interactions,
        "covered": found.covered,
        "cost": found.fit.cost,
        "worst": found.fit.worst,
    }
    process = found.process
    counts = {name: getattr(process, name) for name in ("linear", "branching", "cyclical")}
    return {
        "totals": {name: number for name, number in totals.items() if number},
        "steps": {
            ident: {
                "interactions": counts.interactions,
                **{fact: getattr(counts, fact) for fact in STEP_FACTS},
                "median": None if math.isnan(counts.median_seconds) else counts.median_seconds,
            }
            for ident, counts in zip(ids, found.steps, strict=True)
        },
        "moves": {(each.source, each.target): each.count for each in found.transitions},
        "unplanned": {(each.touchpoint, each.after): each.count for each in found.unplanned},
        "shapes": {name: round(each.value * process.journeys) for name, each in counts.items() if each.value > 0},
    }


def expected(of: MeasuredMap, rows: list[Row], gap: int | None, rule: OpenRule) -> dict[str, Any]:
    arrivals = {id(row): place for place, row in enumerate(rows)}
    journeys = [[(row, arrivals[id(row)]) for row in own] for _, own in spans_of(rows, gap)]
    patience = rule.time_out_us
    is_open = [patience is not None and rule.record_end_us - own[-1][0].time <= patience for own in journeys]
    found = figures(of, journeys, is_open)
    return {**found, "totals": {name: number for name, number in found["totals"].items() if number}}


def short_journeys() -> st.SearchStrategy[list[Row]]:
    """At most six interactions a customer: the reference tries everything."""
    return some_rows(most=16).map(lambda rows: [row for place, row in enumerate(rows) if _before(rows, place) < 6])


def _before(rows: list[Row], place: int) -> int:
    return sum(row.customer == rows[place].customer for row in rows[:place])


@given(random_maps(), short_journeys(), st.sampled_from([None, 2 * SECOND]), st.sampled_from([None, 0, 3 * SECOND]))
def test_every_figure_is_that_of_the_reference(
    of: MeasuredMap, rows: list[Row], gap: int | None, patience: int | None
) -> None:
    rule = OpenRule(patience, max((row.time for row in rows), default=0))
    own = [Row(*row) for row in rows]
    found = answer(of.analysis(rule), own, gap=gap)
    assert told(found, list(of.meets)) == expected(of, own, gap, rule)


@given(random_maps(), some_rows(), st.integers(2, 4))
def test_parts_in_any_number_give_the_same(of: MeasuredMap, rows: list[Row], parts: int) -> None:
    assert repr(answer(of.analysis(), rows, parts=parts)) == repr(answer(of.analysis(), rows))


@given(random_maps(), some_rows(least=1))
def test_the_order_of_combining_does_not_matter(of: MeasuredMap, rows: list[Row]) -> None:
    reading = of.analysis().begin(NAMES)
    states = [reading.partial(part()) for part in sources(rows, parts=3, gap=None)]
    combined = {
        repr(_concluded(reading, reduce(reading.combine, [states[place] for place in order]), rows))
        for order in permutations(range(3))
    }
    assert len(combined) == 1


def _concluded(reading: Any, state: Any, rows: list[Row]) -> AlignmentFigures:
    outcome = reading.conclude(state)
    while not isinstance(outcome, Answer):
        parts = [outcome.partial(part()) for part in sources(rows, parts=3, gap=None)]
        outcome = outcome.conclude(reduce(outcome.combine, parts))
    return outcome.result


@given(random_maps(), some_rows())
def test_medians_are_exact_where_the_middle_has_to_be_looked_for(of: MeasuredMap, rows: list[Row]) -> None:
    expected_figures = answer(of.analysis(), rows, parts=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(medians, "FEW_VALUES", 1)
        patch.setattr(medians, "FEW_VALUES_IN_ALL", 0)
        patch.setattr(medians, "MOST_NEAR", 0)
        assert repr(answer(of.analysis(), rows, parts=2)) == repr(expected_figures)


CASES = {
    "all in order": ([VISIT, SEARCH, ORDER], 0, {}),
    "nothing but the last step": ([ORDER], 2, {("skipped", "s0"): 1, ("skipped", "s1"): 1}),
    "left after the first": ([VISIT], 2, {("left", "s0"): 1}),
    "a step twice": ([VISIT, SEARCH, SEARCH, ORDER], 1, {("repeated", "s1"): 1}),
    "a step three times counts one journey": ([VISIT, VISIT, VISIT, SEARCH, ORDER], 2, {("repeated", "s0"): 1}),
    "back to the first, and on again": (
        [VISIT, SEARCH, VISIT, SEARCH, ORDER],
        2,
        {("repeated", "s0"): 1, ("repeated", "s1"): 1},
    ),
    "two steps swapped: the one that comes first has its place": (
        [VISIT, ORDER, SEARCH],
        2,
        {("out_of_order", "s1"): 1},
    ),
    "too early, and again in its place": ([ORDER, VISIT, SEARCH, ORDER], 1, {("out_of_order", "s2"): 1}),
    "other things between": ([CALL, VISIT, CALL, CALL, SEARCH, ORDER, CALL], 0, {}),
}


@pytest.mark.parametrize(("codes", "cost", "expected_facts"), CASES.values(), ids=CASES)
def test_a_journey_along_a_line_of_three_steps(
    codes: list[int], cost: int, expected_facts: dict[tuple[str, str], int]
) -> None:
    found = answer(line(VISIT, SEARCH, ORDER).analysis(), rows_of(codes))
    facts = {
        (fact, f"s{place}"): getattr(counts, fact)
        for place, counts in enumerate(found.steps)
        for fact in STEP_FACTS
        if fact != "reached" and getattr(counts, fact)
    }
    assert (found.fit.cost, facts) == (cost, expected_facts)
    assert [counts.reached for counts in found.steps] == [code in codes for code in (VISIT, SEARCH, ORDER)]


def test_an_optional_step_is_passed_over_for_nothing() -> None:
    found = answer(line(VISIT, SEARCH, ORDER, optional=[1]).analysis(), rows_of([VISIT, ORDER]))
    assert (found.fit.value, found.steps[1].skipped) == (1.0, 0)


def test_only_the_first_interaction_counts_for_a_step_that_counts_once() -> None:
    journeys = rows_of([VISIT, VISIT, ORDER, VISIT])
    each, once = (answer(line(VISIT, ORDER, once=steps).analysis(), journeys) for steps in ([], [0]))
    assert (each.fit.cost, each.steps[0].repeated, each.steps[0].interactions) == (2, 1, 3)
    assert (once.fit.cost, once.steps[0].repeated, once.steps[0].interactions) == (0, 0, 1)
    assert once.covered == 4


def test_an_interaction_with_a_place_reaches_no_other_step_that_it_would_count_for() -> None:
    found = answer(line(CALL, ORDER, CALL).analysis(), rows_of([CALL, ORDER]))
    assert [counts.reached for counts in found.steps] == [1, 1, 0]
    assert found.steps[1].left == 1


def test_a_loop_of_the_map_may_be_taken_again_and_again() -> None:
    steps = [
        Step("look", "Look", next=("compare",)),
        Step("compare", "Compare", next=("look", "buy")),
        Step("buy", "Buy"),
    ]
    of = MeasuredMap(
        a_map(*steps), {"look": touchpoint(VISIT), "compare": touchpoint(SEARCH), "buy": touchpoint(ORDER)}
    )
    found = answer(of.analysis(), rows_of([VISIT, SEARCH, VISIT, SEARCH, VISIT, SEARCH, ORDER]))
    assert (found.fit.value, found.process.verdict) == (1.0, "cyclical")
    assert [(each.source, each.target, each.count) for each in found.transitions] == [
        ("look", "compare", 3),
        ("compare", "look", 2),
        ("compare", "buy", 1),
    ]


def test_a_journey_that_may_go_on_owes_nothing() -> None:
    of, rows = line(VISIT, SEARCH, ORDER), rows_of([VISIT])
    over, still_open = (answer(of.analysis(OpenRule(patience, 0)), rows) for patience in (None, 0))
    assert (over.steps[0].left, over.steps[0].open, over.fit.cost, over.fit.worst) == (1, 0, 2, 4)
    assert (still_open.steps[0].left, still_open.steps[0].open, still_open.fit.cost, still_open.fit.worst) == (
        0,
        1,
        0,
        1,
    )


def test_journeys_of_a_definition_say_themselves_whether_they_may_go_on() -> None:
    spans = life(make_part(rows_of([VISIT], [VISIT])))
    outcomes = np.array([OUTCOMES.index("unfinished"), OUTCOMES.index("timed out")], np.uint8)
    assert OpenRule(0, 0).of(replace(spans, outcomes=outcomes)).tolist() == [True, False]


def test_a_journey_without_an_interaction_of_the_map_is_counted_apart() -> None:
    found = answer(line(VISIT, ORDER).analysis(), rows_of([VISIT, ORDER], [CALL, CALL]))
    assert (found.journeys, found.not_on_map, found.unplanned, found.interactions) == (1, 1, (), 2)


def test_nothing_at_all_has_no_fit() -> None:
    found = answer(line(VISIT, ORDER).analysis(), [])
    assert math.isnan(found.fit.value)
    assert (found.journeys, found.first_us, found.process.verdict) == (0, None, "unknown")


def test_everything_at_one_moment_keeps_the_order_of_arrival() -> None:
    found = answer(line(VISIT, ORDER).analysis(), [Row(0, 0, VISIT, 0), Row(0, 0, ORDER, 0)])
    assert (found.fit.value, found.steps[1].median_seconds) == (1.0, 0.0)


def test_who_comes_back_to_the_first_step_gives_it_no_time_from_a_step_before() -> None:
    look, pay = (
        Step("look", "Look", binding=Binding(ANYTHING)),
        Step("pay", "Pay", next=("look",), binding=Binding(ANYTHING)),
    )
    of = MeasuredMap(a_map(look, pay), {"look": touchpoint(VISIT), "pay": touchpoint(ORDER)})
    first, second = answer(of.analysis(), rows_of([VISIT, ORDER, VISIT, ORDER])).steps
    assert (first.reached, first.repeated, first.median_n) == (1, 0, 0)
    assert math.isnan(first.median_seconds) and math.isnan(first.median_low)
    assert second.median_n == 2


def test_what_no_step_counts_is_told_by_the_step_before() -> None:
    found = answer(line(VISIT, ORDER).analysis(), rows_of([CALL, VISIT, CALL, SEARCH, ORDER], [VISIT, CALL, ORDER]))
    assert [(each.touchpoint, each.after, each.count) for each in found.unplanned] == [
        ("Call", "s0", 2),
        ("Call", None, 1),
        ("Search", "s0", 1),
    ]


def test_five_hundred_steps_are_aligned() -> None:
    codes = [place % 4 for place in range(500)]
    found = answer(line(*codes, optional=range(3, 500, 5)).analysis(), rows_of([VISIT, SEARCH, ORDER, CALL]))
    assert found.fit.cost == 396
    assert sum(counts.reached for counts in found.steps) == 4


def test_the_interval_of_the_fit_is_that_of_a_ratio() -> None:
    costs, worst = np.array([0, 1, 2, 5]), np.array([3, 4, 4, 6])
    sums = [each.sum() for each in (costs, worst, costs**2, costs * worst, worst**2)]
    found = fit_of(4, [int(each) for each in sums])
    ratio = costs.sum() / worst.sum()
    error = (costs - ratio * worst).std(ddof=1) * 2 / worst.sum()
    assert found.value == pytest.approx(1 - ratio)
    assert (found.low, found.high) == pytest.approx((1 - ratio - 1.96 * error, 1 - ratio + 1.96 * error), abs=1e-5)


@pytest.mark.parametrize("sums", [(0, 8, 0, 0, 64), (4, 8, 8, 16, 32)], ids=["all fit", "all fit equally"])
def test_journeys_that_fit_equally_give_no_interval(sums: tuple[int, ...]) -> None:
    found = fit_of(2, sums)
    assert math.isnan(found.low)
    assert found.value == 1 - sums[0] / 8
