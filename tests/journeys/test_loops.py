from __future__ import annotations

import json
import math
import pickle
from collections import Counter, defaultdict
from functools import reduce
from itertools import groupby, pairwise
from random import Random
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.analyses.loops import LoopsAnalysis
from desireline.journeys.engine import Answer
from desireline.journeys.estimates import compare
from desireline.journeys.model import Names
from desireline.journeys.results.loops import Loops, Repeats

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

GAPS = st.sampled_from([None, 0, 3 * SECOND])


def folded(span: list[Row]) -> list[str]:
    return [name for name, _ in groupby(NAMES.touchpoints[row.touchpoint] for row in span)]


def returns(span: list[Row]) -> list[tuple[list[str], float]]:
    """Every return to a touchpoint: the steps from it back to it, and the seconds from leaving it to being back."""
    found = []
    for place, row in enumerate(span):
        earlier = [other for other in range(place) if span[other].touchpoint == row.touchpoint]
        if earlier:
            cycle = folded(span[earlier[-1] : place + 1])
            found.append((cycle, (row.time - span[earlier[-1]].time) / SECOND))
    return found


def usual_ways(spans: list[tuple[int, list[Row]]]) -> dict[str, str]:
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for _, span in spans:
        for source, target in pairwise(folded(span)):
            moves[source][target] += 1
    return {source: min(found, key=lambda name: (-found[name], name)) for source, found in moves.items()}


def shape(span: list[Row], usual: dict[str, str]) -> str:
    steps = folded(span)
    if len(steps) == 1:
        return "single"
    if len(set(steps)) < len(steps):
        return "cyclical"
    return "linear" if all(usual[source] == target for source, target in pairwise(steps)) else "branching"


def middle(values: list[float]) -> float | None:
    return median(values) if values else None


def repeats(found: list[tuple[int, float]]) -> tuple[int, int, float | None, float]:
    seconds = [each for _, each in found]
    return len(found), len({customer for customer, _ in found}), middle(seconds), sum(seconds)


def expected_touchpoints(spans: list[tuple[int, list[Row]]]) -> list[Any]:
    made = []
    for touchpoint in NAMES.touchpoints:
        own = [(number, customer, *each) for number, (customer, span) in enumerate(spans) for each in returns(span)]
        own = [each for each in own if each[2][0] == touchpoint]
        cycles = Counter(tuple(cycle) for _, _, cycle, _ in own if len(cycle) > 1)
        shortest = min(cycles, key=lambda cycle: (len(cycle), -cycles[cycle], cycle), default=())
        if own:
            made.append(
                (
                    touchpoint,
                    len({c for c, span in spans if touchpoint in folded(span)}),
                    len({customer for _, customer, _, _ in own}),
                    len({number for number, _, _, _ in own}),
                    repeats([(customer, wait) for _, customer, cycle, wait in own if len(cycle) == 1]),
                    repeats([(customer, wait) for _, customer, cycle, wait in own if len(cycle) > 1]),
                    max(len(shortest) - 2, 0),
                    shortest if len(shortest) <= 5 else (),
                )
            )
    return sorted(made, key=lambda each: (-each[2], each[0]))


def expected_loops(spans: list[tuple[int, list[Row]]]) -> list[Any]:
    found: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for customer, span in spans:
        for cycle, wait in returns(span):
            if len(cycle) == 3:
                found[cycle[0], cycle[1]].append((customer, wait))
    listed = [(*names, *repeats(each)[:3]) for names, each in found.items()]
    return sorted(listed, key=lambda each: (-each[2], each[0], each[1]))


def told(each: Repeats) -> tuple[int, int, float | None, float]:
    return (
        each.count,
        each.customers,
        None if math.isnan(each.median_seconds) else each.median_seconds,
        each.total_seconds,
    )


def told_touchpoints(result: Loops) -> list[Any]:
    return [
        (
            each.touchpoint,
            each.customers,
            each.repeating_customers,
            each.repeating_spans,
            told(each.self_loops),
            told(each.repetitions),
            each.shortest_between,
            each.shortest,
        )
        for each in result.touchpoints
    ]


@settings(max_examples=250)
@given(some_rows(most=40, customers=5, times=20), st.integers(1, 3), GAPS)
def test_loops_are_what_looking_back_from_every_interaction_gives(rows: list[Row], parts: int, gap: int | None) -> None:
    result = answer(LoopsAnalysis(), rows, parts=parts, gap=gap)
    spans = spans_of(rows, gap)
    assert told_touchpoints(result) == expected_touchpoints(spans)
    assert [
        (each.touchpoint, each.via, each.count, each.customers, each.median_seconds) for each in result.loops
    ] == expected_loops(spans)
    again = [[len(cycle) for cycle, _ in returns(span)] for _, span in spans]
    assert (result.spans, result.customers) == (len(spans), len({customer for customer, _ in spans}))
    assert result.spans_with_self_loop == sum(1 in lengths for lengths in again)
    assert result.spans_with_repetition == sum(any(length > 1 for length in lengths) for lengths in again)


@settings(max_examples=250)
@given(some_rows(most=40, customers=5, times=20), st.integers(1, 3), GAPS)
def test_the_types_of_spans_are_those_of_their_steps(rows: list[Row], parts: int, gap: int | None) -> None:
    process = answer(LoopsAnalysis(), rows, parts=parts, gap=gap).process
    spans = spans_of(rows, gap)
    shapes = Counter(shape(span, usual_ways(spans)) for _, span in spans)
    assert process.single == shapes.pop("single", 0)
    assert process.spans == shapes.total()
    if process.spans:
        wanted = [shapes[name] / shapes.total() for name in ("linear", "branching", "cyclical")]
        assert [each.value for each in process.shares()] == wanted


@given(some_rows(least=5, most=40, customers=5, times=20), GAPS)
def test_ways_and_variety_are_the_entropy_of_the_next_touchpoint(rows: list[Row], gap: int | None) -> None:
    process = answer(LoopsAnalysis(), rows, gap=gap).process
    moves = Counter(pair for _, span in spans_of(rows, gap) for pair in pairwise(folded(span)))
    sources = Counter({source: 0 for source, _ in moves})
    for (source, _), count in moves.items():
        sources[source] += count
    if not moves:
        assert math.isnan(process.ways)
        return
    entropy = -sum(count / moves.total() * math.log(count / sources[source]) for (source, _), count in moves.items())
    assert process.ways == pytest.approx(math.exp(entropy))
    kinds = len({target for _, target in moves})
    if kinds == 1:
        assert math.isnan(process.variety)
    else:
        assert process.variety == pytest.approx(entropy / math.log(kinds))
        assert -1e-9 <= process.variety <= 1 + 1e-9


@given(some_rows(least=10, most=40, customers=6, times=20), st.sampled_from([None, 1, 2]), st.randoms())
def test_states_may_be_combined_in_any_order_and_sent_to_others(
    rows: list[Row], top: int | None, order: Random
) -> None:
    whole = answer(LoopsAnalysis(top=top), rows)
    parts = [source() for source in sources(rows, parts=4, gap=None)]
    outcome: Any = LoopsAnalysis(top=top).begin(NAMES)
    while not isinstance(outcome, Answer):
        reading = pickle.loads(pickle.dumps(outcome))
        states = [pickle.loads(pickle.dumps(reading.partial(part))) for part in parts]
        order.shuffle(states)
        outcome = reading.conclude(reduce(reading.combine, states))
    assert repr(outcome.result) == repr(whole)


@given(some_rows(most=40, customers=5, times=20))
def test_many_touchpoints_are_counted_like_few(rows: list[Row]) -> None:
    few = answer(LoopsAnalysis(), rows)
    many = Names((*NAMES.touchpoints, *(f"other {number}" for number in range(300))), NAMES.channels)
    assert repr(answer(LoopsAnalysis(), rows, names=many)) == repr(few)


def walked(codes: str, *, customer: int = 1) -> list[Row]:
    """One interaction a second, a digit for each touchpoint."""
    return [Row(customer, place * SECOND, int(code), 0) for place, code in enumerate(codes)]


def all_walked(*codes: str) -> list[Row]:
    return [row for customer, each in enumerate(codes) for row in walked(each, customer=customer)]


def test_a_direct_repeat_is_a_self_loop_and_no_repetition() -> None:
    (visit,) = answer(LoopsAnalysis(), walked("0001")).touchpoints
    assert (visit.self_loops.count, visit.self_loops.total_seconds, visit.repetitions.count) == (2, 2.0, 0)
    assert (visit.shortest_between, visit.shortest) == (0, ())


def test_the_time_of_a_loop_runs_from_leaving_to_being_back() -> None:
    rows = [Row(1, 0, 0, 0), Row(1, 10 * SECOND, 0, 0), Row(1, 11 * SECOND, 1, 0), Row(1, 40 * SECOND, 0, 0)]
    result = answer(LoopsAnalysis(), rows)
    assert [(each.touchpoint, each.via, each.median_seconds) for each in result.loops] == [("Visit", "Search", 30.0)]


@pytest.mark.parametrize(
    ("codes", "shortest"),
    [
        pytest.param("0110", ("Visit", "Search", "Visit"), id="direct repeats are one step"),
        pytest.param("0120010", ("Visit", "Search", "Visit"), id="the shorter one"),
        pytest.param("0120", ("Visit", "Search", "Order", "Visit"), id="two others"),
        pytest.param("01230", ("Visit", "Search", "Order", "Call", "Visit"), id="three others"),
        pytest.param("0312013030", ("Visit", "Call", "Visit"), id="the more frequent one"),
    ],
)
def test_the_shortest_loop_is_named(codes: str, shortest: tuple[str, ...]) -> None:
    named = {each.touchpoint: each for each in answer(LoopsAnalysis(), walked(codes)).touchpoints}
    assert named["Visit"].shortest == shortest
    assert named["Visit"].shortest_between == len(shortest) - 2


def test_a_loop_of_more_than_three_others_is_counted_but_not_named() -> None:
    names = Names(("A", "B", "C", "D", "E"), ("web",))
    (first,) = answer(LoopsAnalysis(), walked("012340"), names=names).touchpoints
    assert (first.repetitions.count, first.shortest_between, first.shortest) == (1, 4, ())


def test_the_first_and_the_last_code_of_a_large_vocabulary_are_kept_apart_in_loops() -> None:
    names = Names(tuple(f"touchpoint {code:05}" for code in range(65_535)), ("web",))
    cycles = ([0, 65_534, 1, 40_000, 0], [65_534, 2, 65_533, 65_534], [3, 4, 5, 3])
    rows = [Row(who, place, code, 0) for who, cycle in enumerate(cycles) for place, code in enumerate(cycle)]
    named = {each.touchpoint: each.shortest for each in answer(LoopsAnalysis(), rows, names=names).touchpoints}
    assert named == {names.touchpoints[cycle[0]]: tuple(names.touchpoints[code] for code in cycle) for cycle in cycles}


@pytest.mark.parametrize(
    ("spans", "verdict", "shares"),
    [
        pytest.param(["0122", "012", "0123", "02"], "linear", (0.75, 0.25, 0.0), id="most take the usual way"),
        pytest.param(["03", "02", "01", "13", "12"], "branching", (0.4, 0.6, 0.0), id="most go another way"),
        pytest.param(["010", "0120", "012"], "cyclical", (1 / 3, 0.0, 2 / 3), id="most come back"),
        pytest.param(["010", "02", "01"], "mixed", (1 / 3, 1 / 3, 1 / 3), id="some of each"),
        pytest.param(["01", "010"], "cyclical", (0.5, 0.0, 0.5), id="half and half"),
        pytest.param(["00", "1"], "unknown", (math.nan,) * 3, id="one step each"),
    ],
)
def test_the_type_of_the_process(spans: list[str], verdict: str, shares: tuple[float, ...]) -> None:
    found = answer(LoopsAnalysis(), all_walked(*spans))
    process = found.process
    assert process.verdict == verdict
    assert (
        found.chart().to_dict()["title"]["text"].endswith("" if verdict == "unknown" else f"the process is {verdict}")
    )
    assert [each.value for each in process.shares()] == pytest.approx(shares, nan_ok=True)


def test_a_process_with_one_way_has_one_way_and_no_variety() -> None:
    process = answer(LoopsAnalysis(), all_walked("0123", "0123")).process
    assert (process.ways, process.variety) == (1.0, 0.0)


def test_a_process_in_which_anything_follows_anything_has_full_variety() -> None:
    process = answer(LoopsAnalysis(), all_walked("01", "02", "10", "12", "20", "21")).process
    assert process.ways == pytest.approx(2.0)
    assert process.variety == pytest.approx(math.log(2) / math.log(3))


def test_top_cuts_both_lists_and_says_how_many_there_are() -> None:
    result = answer(LoopsAnalysis(top=1), walked("010203"))
    assert (len(result.touchpoints), result.total_touchpoints, len(result.loops), result.total_loops) == (1, 1, 1, 2)


@pytest.mark.parametrize("rows", [pytest.param([], id="no interactions"), pytest.param(walked("0"), id="only one")])
def test_nothing_that_comes_again_is_a_plain_answer(rows: list[Row]) -> None:
    result = answer(LoopsAnalysis(), rows)
    assert (result.touchpoints, result.loops, result.process.verdict) == ((), (), "unknown")
    assert json.loads(result.to_json())["process"]["linear"]["share"] is None
    assert result.chart().to_dict()["title"]["text"] == "What comes again"


def test_no_touchpoints_at_all_is_a_plain_answer() -> None:
    assert answer(LoopsAnalysis(), [], names=Names((), ())).spans == 0


def test_everything_at_the_same_time_is_a_plain_answer() -> None:
    result = answer(LoopsAnalysis(), [Row(1, 0, code, 0) for code in (0, 1, 0)])
    assert [(each.count, each.median_seconds) for each in result.loops] == [(1, 0.0)]


def test_a_row_tells_both_ways_to_come_again() -> None:
    (row,) = answer(LoopsAnalysis(), walked("0010")).rows()
    assert (row["self_loops_count"], row["repetitions_count"], row["shortest"]) == (1, 1, ["Visit", "Search", "Visit"])


def test_centuries_add_up_exactly() -> None:
    century = 3_155_760_000 * SECOND
    rows = [Row(who, time, 0, 0) for who in range(3_000) for time in (-century, 2 * century + 1)]
    (visit,) = answer(LoopsAnalysis(), rows).touchpoints
    assert visit.self_loops.total_seconds == 3_000 * (3 * century + 1) / SECOND


def test_groups_can_be_compared() -> None:
    first = answer(LoopsAnalysis(), all_walked(*["010"] * 100)).estimates()
    second = answer(LoopsAnalysis(), all_walked(*["01"] * 90, *["010"] * 10)).estimates()
    sure = {each.before.name for each in compare(first, second).differences if each.is_sure}
    assert sure == {"cyclical spans", "linear spans", "customers who repeat Visit"}
