"""Funnels against a reference that tries every choice of interactions, and cases worked out by hand."""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline import journeys
from desireline.app.commands import main
from desireline.base import InputError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.analyses import Exclusion, FunnelAnalysis
from desireline.journeys.analyses.funnel import MOST_GROUPS, TIME_EDGES, FunnelPass, parse_exclusion
from desireline.journeys.engine import Answer, combined
from desireline.journeys.engines import LocalEngine
from desireline.journeys.fields import PartFields
from desireline.journeys.model import Names, Part, Spans
from desireline.journeys.results.funnel import Funnel, FunnelOrder
from desireline.journeys.spans import life, sessions

from .references.clickhouse_funnels import ANSWERS, CUSTOMERS, TOUCHPOINTS, interactions
from .references.clickhouse_funnels import STEPS as FOUR_STEPS
from .rows import NAMES, SECOND, Row, answer, make_part, some_rows, spans_of

ANSWERED = json.loads(ANSWERS.read_text(encoding="utf-8"))
PLANS = ("gold", "iron")
WITH_PLANS = replace(NAMES, values={"attributes.plan": PLANS})
Steps = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Reached:
    """A step as a customer first reached it: in which span, at which place, from which start, after which interaction."""

    span: list[Row]
    place: int
    start: int
    before: int
    done: frozenset[int]


def plan_of(row: Row) -> int:
    return (row.time // SECOND + row.touchpoint) % 3 - 1


def value_of(row: Row, field: str | None) -> int:
    if field is None:
        return 0
    return {"channel": row.channel, "touchpoint": row.touchpoint, "attributes.plan": plan_of(row)}[field]


def label_of(row: Row, field: str) -> str | None:
    names = {"channel": NAMES.channels, "touchpoint": NAMES.touchpoints, "attributes.plan": PLANS}[field]
    return None if value_of(row, field) < 0 else names[value_of(row, field)]


def matches(row: Row, step: tuple[str, ...]) -> bool:
    return NAMES.touchpoints[row.touchpoint] in step


def takes_out(row: Row, exclusion: Exclusion, key: int, same: str | None) -> bool:
    return NAMES.touchpoints[row.touchpoint] == exclusion.touchpoint and value_of(row, same) in (key, -1)


def in_window(span: list[Row], places: Sequence[int], window: timedelta | None) -> bool:
    return window is None or timedelta(microseconds=span[places[-1]].time - span[places[0]].time) <= window


def choices(asked: FunnelAnalysis, span: list[Row], places: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Every choice of interactions for the first steps, one longer than ``places`` or more, that is an attempt."""
    number = len(places)
    if number == len(asked.steps):
        return []
    later = range(places[-1] + 1 if places else 0, len(span))
    found = []
    for place in later:
        longer = (*places, place)
        if matches(span[place], tuple(asked.steps[number])) and is_attempt(asked, span, longer):
            found += [longer, *choices(asked, span, longer)]
    return found


def is_attempt(asked: FunnelAnalysis, span: list[Row], places: tuple[int, ...]) -> bool:
    key = value_of(span[places[0]], asked.same)
    if key < 0 or any(value_of(span[place], asked.same) != key for place in places):
        return False
    if not in_window(span, places, asked.window):
        return False
    if asked.order == "strict" and any(later != place + 1 for place, later in pairwise(places)):
        return False
    for each in asked.exclude:
        assert isinstance(each, Exclusion)
        if len(places) > each.after:
            last = places[min(len(places), each.before or len(asked.steps)) - 1]
            between = span[places[each.after - 1] + 1 : last]
            if any(takes_out(row, each, key, asked.same) for row in between):
                return False
    return True


def reached_in_order(asked: FunnelAnalysis, span: list[Row]) -> list[Reached | None]:
    attempts = choices(asked, span)
    found: list[Reached | None] = []
    for number in range(1, len(asked.steps) + 1):
        own = [places for places in attempts if len(places) == number]
        if not own:
            found.append(None)
            continue
        first = min(own, key=lambda places: (places[-1], -places[0], places[-2:]))
        found.append(Reached(span, first[-1], first[0], first[-2:][0], frozenset(range(number))))
    return found


def reached_in_any_order(asked: FunnelAnalysis, span: list[Row]) -> list[Reached | None]:
    found: list[Reached | None] = [None for _ in asked.steps]
    for start, first in enumerate(span):
        key = value_of(first, asked.same)
        steps = [tuple(step) for step in asked.steps]
        if key < 0 or not any(matches(first, step) for step in steps):
            continue
        done: set[int] = set()
        before = start
        for place in range(start, len(span)):
            row = span[place]
            if any(isinstance(each, Exclusion) and takes_out(row, each, key, asked.same) for each in asked.exclude):
                break
            own = {number for number, step in enumerate(steps) if matches(row, step)} - done
            if not own or value_of(row, asked.same) != key or not in_window(span, (start, place), asked.window):
                continue
            done |= own
            known = found[len(done) - 1]
            if known is None or (place, -start) < (known.place, -known.start):
                found[len(done) - 1] = Reached(span, place, start, before, frozenset(done))
            before = place
    return found


def reached(asked: FunnelAnalysis, rows: list[Row], gap: int | None) -> dict[int, list[Reached]]:
    """For each customer who entered, every step that they reached, as it was first reached."""
    by_customer: dict[int, list[Reached | None]] = {}
    for customer, span in spans_of(rows, gap):
        found = reached_in_any_order(asked, span) if asked.order == "any" else reached_in_order(asked, span)
        known = by_customer.setdefault(customer, [None for _ in asked.steps])
        by_customer[customer] = [before or new for before, new in zip(known, found, strict=True)]
    return {
        customer: [each for each in steps if each] for customer, steps in by_customer.items() if steps[0] is not None
    }


def seconds(values: list[int]) -> list[float]:
    """Lower quartile, median, upper quartile."""
    return [float(np.quantile(values, share)) / SECOND for share in (0.25, 0.5, 0.75)] if values else [math.nan] * 3


def returned_after(asked: FunnelAnalysis, rows: list[Row], gap: int | None, customer: int, last: Reached) -> int | None:
    spans = [span for owner, span in spans_of(rows, gap) if owner == customer]
    place = next(number for number, span in enumerate(spans) if span == last.span)
    later = [*last.span[last.place + 1 :], *(row for span in spans[place + 1 :] for row in span)]
    wanted = set(range(len(asked.steps))) - last.done if asked.order == "any" else {len(last.done)}
    now = last.span[last.place]
    for row in later:
        same = value_of(row, asked.same) == value_of(now, asked.same)
        if same and any(matches(row, tuple(asked.steps[step])) for step in wanted):
            return row.time - now.time
    return None


def group_of(asked: FunnelAnalysis, rows: list[Row], gap: int | None, customer: int, last: Reached) -> str | None:
    """The value where the attempt starts, or the last one of the customer before."""
    field = asked.by or "channel"
    own = [span for owner, span in spans_of(rows, gap) if owner == customer]
    before = [row for span in own[: own.index(last.span)] for row in span]
    known = [label for row in [*before, *last.span[: last.start + 1]] if (label := label_of(row, field)) is not None]
    return known[-1] if known else None


def expected(asked: FunnelAnalysis, rows: list[Row], gap: int | None) -> dict[str, Any]:
    found = reached(asked, rows, gap)
    steps = range(len(asked.steps))
    waits = [
        [
            each[step].span[each[step].place].time - each[step].span[each[step].before].time
            for each in found.values()
            if len(each) > step
        ]
        for step in steps
    ]
    through = [each[-1] for each in found.values() if len(each) == len(steps) > 1]
    whole = [last.span[last.place].time - last.span[last.start].time for last in through]
    dropped = {customer: each[-1] for customer, each in found.items() if len(each) < len(steps)}
    groups: dict[str | None, list[int]] = {}
    for customer, each in found.items():
        value = group_of(asked, rows, gap, customer, each[-1])
        counts = groups.setdefault(value, [0 for _ in steps])
        for step in range(len(each)):
            counts[step] += 1
    steps_named = asked.steps if asked.order == "any" else asked.steps[:1]
    having = {
        owner
        for owner, span in spans_of(rows, gap)
        if any(matches(row, tuple(step)) for row in span for step in steps_named)
    }
    return {
        "without_same": len(having) - len(found),
        "customers": [len(each) for each in waits],
        "times": [seconds(whole), *(seconds(each) for each in waits[1:])],
        "groups": groups,
        "next": [
            Counter(
                NAMES.touchpoints[last.span[last.place + 1].touchpoint] if last.place + 1 < len(last.span) else None
                for last in dropped.values()
                if len(last.done) == step + 1
            )
            for step in steps[:-1]
        ],
        "returned": [
            [
                after
                for customer, last in dropped.items()
                if len(last.done) == step + 1
                and (after := returned_after(asked, rows, gap, customer, last)) is not None
            ]
            for step in steps[:-1]
        ],
    }


def parts_with_plans(rows: Sequence[Row], *, parts: int, gap: int | None) -> list[Callable[[], Spans]]:
    """Like ``sources`` of the rows, with the field ``attributes.plan``."""
    made: list[Callable[[], Spans]] = []
    for part in range(parts):
        numbers = [place for place, row in enumerate(rows) if row.customer % parts == part]
        plain = make_part([rows[place] for place in numbers], numbers)
        plans = np.array([plan_of(rows[arrival]) for arrival in plain.arrivals], np.int32)
        own = replace(plain, source=PartFields(plain.arrivals, {"attributes.plan": plans}))
        made.append(partial(_cut, own, gap))
    return made


def _cut(part: Any, gap: int | None) -> Spans:
    return life(part) if gap is None else sessions(life(part), gap)


def funnel_of(asked: FunnelAnalysis, rows: Sequence[Row], *, parts: int = 1, gap: int | None = None) -> Funnel:
    made = parts_with_plans(rows, parts=parts, gap=gap)
    return LocalEngine(threads=2).run(asked, made, names=WITH_PLANS)


Kind = Literal["plain", "exclusions", "same", "both"]


@st.composite
def questions(draw: st.DrawFn, order: FunnelOrder, kind: Kind) -> FunnelAnalysis:
    """Funnels over four touchpoints."""
    touchpoints = draw(st.permutations(NAMES.touchpoints))
    excluded = draw(st.integers(1, 2)) if kind in ("exclusions", "both") else 0
    most = 4 - excluded
    if order == "any":
        cuts = sorted(draw(st.sets(st.integers(1, most - 1), min_size=min(1, excluded), max_size=3)))
        steps = [tuple(touchpoints[low:high]) for low, high in pairwise([0, *cuts, most])]
    else:
        names = st.sets(st.sampled_from(touchpoints[:most]), min_size=1, max_size=2).map(sorted).map(tuple)
        steps = draw(st.lists(names, min_size=2 if excluded else 1, max_size=4))
    exclude = []
    for name in touchpoints[most:]:
        after = 1 if order == "any" else draw(st.integers(1, len(steps) - 1))
        before = None if order == "any" else draw(st.one_of(st.none(), st.integers(after + 1, len(steps))))
        exclude.append(Exclusion(name, after, before))
    window = draw(st.sampled_from([None, timedelta(0), timedelta(seconds=3), timedelta(seconds=8)]))
    same = draw(st.sampled_from(["channel", "attributes.plan"])) if kind in ("same", "both") else None
    by = draw(st.sampled_from(["channel", "touchpoint", "attributes.plan"]))
    return FunnelAnalysis(tuple(steps), window, order, tuple(exclude), same, by, True)


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("order", get_args(FunnelOrder))
def test_a_funnel_is_what_trying_every_choice_gives(order: FunnelOrder, kind: Kind) -> None:
    @settings(max_examples=120, deadline=None)
    @given(
        some_rows(least=8, most=30, customers=2, times=16),
        questions(order, kind),
        st.integers(1, 2),
        st.sampled_from([None, None, 0, 3 * SECOND]),
    )
    def compare(rows: list[Row], asked: FunnelAnalysis, parts: int, gap: int | None) -> None:
        found, wanted = funnel_of(asked, rows, parts=parts, gap=gap), expected(asked, rows, gap)
        assert [step.customers for step in found.steps] == wanted["customers"]
        assert found.without_same == wanted["without_same"]
        times = [found.time_to_convert, *(step.times for step in found.steps[1:])]
        quartiles = [[each.lower_seconds, each.median_seconds, each.upper_seconds] for each in times]
        np.testing.assert_allclose(quartiles, wanted["times"], rtol=1e-12)
        assert {group.value: list(group.customers) for group in found.groups} == wanted["groups"]
        assert [{each.touchpoint: each.customers for each in drop.next} for drop in found.drops] == wanted["next"]
        assert [drop.returned_customers for drop in found.drops] == [len(each) for each in wanted["returned"]]
        medians = [seconds(each)[1] for each in wanted["returned"]]
        np.testing.assert_allclose([drop.median_return_seconds for drop in found.drops], medians, rtol=1e-12)

    compare()


@given(some_rows(most=40, customers=6, times=10), questions("loose", "same"), st.randoms())
def test_partial_results_combine_in_any_order(rows: list[Row], asked: FunnelAnalysis, random: Any) -> None:
    reading = asked.begin(WITH_PLANS)
    states = [reading.partial(part()) for part in parts_with_plans(rows, parts=4, gap=None)]
    forward = reading.conclude(combined(reading, states))
    random.shuffle(states)
    backward = reading.conclude(combined(reading, states))
    assert isinstance(forward, Answer)
    assert isinstance(backward, Answer)
    assert repr(forward.result) == repr(backward.result)


def many_waits() -> list[int]:
    """So many that only those around the quartiles are kept, and equal ones among them."""
    waits = np.random.default_rng(5).lognormal(20, 3, 60_000).astype(np.int64)
    waits[::3] = 0
    return [int(wait) for wait in waits]


def parts_with_waits(waits: list[int], *, parts: int) -> list[Callable[[], Spans]]:
    """A visit and a search for each customer, so long apart."""
    made: list[Callable[[], Spans]] = []
    for number in range(parts):
        own = np.array(waits[number::parts], np.int64)
        part = Part(
            customers=np.arange(len(own)) * parts + number,
            offsets=np.arange(len(own) + 1) * 2,
            times=np.stack([np.zeros_like(own), own], axis=1).ravel(),
            touchpoints=np.tile(np.array([0, 1], np.uint16), len(own)),
            channels=np.zeros(2 * len(own), np.uint8),
            arrivals=np.arange(2 * len(own)),
        )
        made.append(partial(life, part))
    return made


@pytest.mark.parametrize("parts", [1, 5])
def test_quartiles_and_times_of_many_customers_are_exact(parts: int) -> None:
    waits = many_waits()
    asked = FunnelAnalysis(("Visit", "Search"))
    funnel = LocalEngine(threads=2).run(asked, parts_with_waits(waits, parts=parts), names=NAMES)
    for times in (funnel.steps[1].times, funnel.time_to_convert):
        assert [times.lower_seconds, times.median_seconds, times.upper_seconds] == seconds(waits)
        edges = [*(round(edge * 1e6) for edge in TIME_EDGES), np.iinfo(np.int64).max]
        assert [each.customers for each in times.distribution] == np.histogram(waits, edges)[0].tolist()
        assert times.customers == len(waits)


def test_what_was_not_kept_is_read_again() -> None:
    parts = parts_with_waits(many_waits(), parts=2)
    reading = FunnelAnalysis(("Visit", "Search")).begin(NAMES)
    assert isinstance(reading, FunnelPass)
    state = combined(reading, [reading.partial(part()) for part in parts])
    second = reading.conclude(replace(state, times=replace(state.times, near=None)))
    assert not isinstance(second, Answer)
    again = second.conclude(combined(second, [second.partial(part()) for part in parts]))
    first = reading.conclude(state)
    assert isinstance(again, Answer)
    assert isinstance(first, Answer)
    assert repr(again.result) == repr(first.result)


@pytest.mark.parametrize(
    ("codes", "order", "reached"),
    [
        pytest.param("0101", "loose", 4, id="the same touchpoints come again"),
        pytest.param("01", "loose", 2, id="an interaction serves one step"),
        pytest.param("02101", "loose", 4, id="others lie between"),
        pytest.param("020101", "strict", 4, id="strict starts again after a break"),
        pytest.param("01201", "strict", 2, id="strict takes direct neighbours alone"),
    ],
)
def test_repeated_steps(codes: str, order: FunnelOrder, reached: int) -> None:
    rows = [Row(1, place, int(code), 0) for place, code in enumerate(codes)]
    funnel = answer(FunnelAnalysis(("Visit", "Search", "Visit", "Search"), order=order), rows)
    assert sum(step.customers for step in funnel.steps) == reached


VISIT, SEARCH, ORDER, CALL = range(4)


@pytest.mark.parametrize(
    ("touchpoints", "exclude", "reached"),
    [
        pytest.param([VISIT, CALL, ORDER], (), [1, 1], id="nothing is excluded"),
        pytest.param([VISIT, CALL, ORDER], ("Call",), [1, 0], id="the attempt is taken out where it stands"),
        pytest.param([VISIT, CALL, VISIT, ORDER], ("Call",), [1, 1], id="a later attempt may come through"),
        pytest.param([CALL, VISIT, ORDER, CALL], ("Call",), [1, 1], id="before and after does not matter"),
    ],
)
def test_an_exclusion_takes_out_attempts(touchpoints: list[int], exclude: tuple[str, ...], reached: list[int]) -> None:
    rows = [Row(1, place, touchpoint, 0) for place, touchpoint in enumerate(touchpoints)]
    funnel = answer(FunnelAnalysis(("Visit", "Order"), exclude=exclude), rows)
    assert [step.customers for step in funnel.steps] == reached


@pytest.mark.parametrize(
    ("touchpoints", "between", "reached"),
    [
        pytest.param([VISIT, CALL, SEARCH, ORDER], (2, 3), [1, 1, 1], id="outside of the two steps"),
        pytest.param([VISIT, SEARCH, CALL, ORDER], (2, 3), [1, 1, 0], id="between the two steps"),
        pytest.param([VISIT, SEARCH, CALL, SEARCH, ORDER], (2, 3), [1, 1, 1], id="another search after it will do"),
        pytest.param(
            [VISIT, SEARCH, CALL, SEARCH, ORDER], (1, 3), [1, 1, 0], id="but not where the visit is before it"
        ),
    ],
)
def test_an_exclusion_may_lie_between_two_certain_steps(
    touchpoints: list[int], between: tuple[int, int], reached: list[int]
) -> None:
    rows = [Row(1, place, touchpoint, 0) for place, touchpoint in enumerate(touchpoints)]
    asked = FunnelAnalysis(("Visit", "Search", "Order"), exclude=(Exclusion("Call", *between),))
    assert [step.customers for step in answer(asked, rows).steps] == reached


def test_the_steps_may_come_in_any_order() -> None:
    rows = [Row(1, place * SECOND, code, 0) for place, code in enumerate((ORDER, VISIT, VISIT, SEARCH))]
    rows += [Row(2, 0, VISIT, 0), Row(2, SECOND, VISIT, 0)]
    funnel = answer(FunnelAnalysis(("Visit", "Search", "Order"), order="any"), rows)
    assert [(step.name, step.customers) for step in funnel.steps] == [("any 1", 2), ("any 2", 1), ("all 3", 1)]
    assert [step.median_seconds for step in funnel.steps[1:]] == [1.0, 2.0]
    within = answer(FunnelAnalysis(("Visit", "Search", "Order"), timedelta(seconds=2), order="any"), rows)
    assert [step.customers for step in within.steps] == [2, 1, 0]


def test_all_steps_have_the_same_value_where_one_is_held() -> None:
    rows = [Row(1, 0, VISIT, 0), Row(1, 1, ORDER, 1), Row(2, 0, VISIT, 1), Row(2, 1, SEARCH, 0), Row(2, 2, ORDER, 1)]
    found = [
        answer(FunnelAnalysis(("Visit", "Order"), same=same), rows).steps[1].customers for same in (None, "channel")
    ]
    assert found == [2, 1]


def test_groups_go_by_the_attempt_that_came_farthest() -> None:
    rows = [Row(1, 0, VISIT, 0), Row(1, 1, VISIT, 1), Row(1, 2, ORDER, 2), Row(2, 0, VISIT, 0), Row(2, 9, VISIT, 1)]
    funnel = answer(FunnelAnalysis(("Visit", "Order"), by="channel"), rows)
    assert [(group.value, group.customers) for group in funnel.groups] == [("app", (1, 1)), ("web", (1, 0))]


def test_the_smallest_of_many_groups_are_taken_together() -> None:
    names = Names((*(f"t{number:02}" for number in range(25)), "Order"), ("web",))
    rows = [Row(100 * number + each, 0, number, 0) for number in range(25) for each in range(30 - number)]
    rows += [Row(100 * number, 1, 25, 0) for number in range(25)]
    asked = FunnelAnalysis((names.touchpoints[:-1], "Order"), by="touchpoint")
    groups = answer(asked, rows, names=names).groups
    assert [group.value for group in groups] == [*names.touchpoints[:MOST_GROUPS], "others"]
    assert groups[-1].values == 5
    assert groups[-1].customers == (sum(range(6, 11)), 5)
    assert sum(group.customers[0] for group in groups) == len(rows) - 25


def test_a_group_that_differs_by_more_than_chance_is_marked() -> None:
    rows = [Row(customer, 0, VISIT, customer % 2) for customer in range(400)]
    rows += [Row(customer, 1, ORDER, 0) for customer in range(400) if customer % 2 == 0 or customer % 5 == 0]
    rows += [Row(1_000, 0, VISIT, 2)]
    groups = {group.value: group for group in answer(FunnelAnalysis(("Visit", "Order"), by="channel"), rows).groups}
    assert {value: group.difference.is_sure for value, group in groups.items()} == {
        "web": True,
        "app": True,
        "phone": False,
    }
    assert groups["web"].difference.before.n == 201
    assert groups["web"].difference.after.n == 200


@pytest.mark.parametrize(("given_seconds", "reached"), [(3.0, 1), (2.999999, 0)])
def test_the_window_includes_its_end(given_seconds: float, reached: int) -> None:
    rows = [Row(1, 0, 0, 0), Row(1, 3 * SECOND, 1, 0)]
    window = timedelta(seconds=given_seconds)
    assert answer(FunnelAnalysis(("Visit", "Search"), window=window), rows).steps[1].customers == reached


@pytest.mark.parametrize("order", ["loose", "strict", "any"])
def test_a_window_of_no_time_allows_the_same_moment(order: FunnelOrder) -> None:
    rows = [Row(1, 0, VISIT, 0), Row(1, 0, ORDER, 0), Row(2, 0, VISIT, 0), Row(2, 1, ORDER, 0)]
    funnel = answer(FunnelAnalysis(("Visit", "Order"), timedelta(0), order=order, dropped=True), rows)
    assert [step.customers for step in funnel.steps] == [2, 1]
    assert funnel.drops[0].returned_customers == 1


@pytest.mark.parametrize("order", ["loose", "strict"])
def test_thirty_two_steps(order: FunnelOrder) -> None:
    rows = [Row(1, place, place % 4, 0) for place in range(32)]
    steps = NAMES.touchpoints * 8
    assert answer(FunnelAnalysis(steps, order=order), rows).steps[-1].customers == 1


def test_thirty_two_steps_in_any_order() -> None:
    names = Names(tuple(f"t{number}" for number in range(32)), ("web",))
    rows = [Row(1, place, 31 - place, 0) for place in range(32)] + [Row(2, 0, 31, 0)]
    funnel = answer(FunnelAnalysis(names.touchpoints, order="any", dropped=True), rows, names=names)
    assert [step.customers for step in funnel.steps] == [2, *[1] * 31]


def test_one_customer_with_very_many_values_is_no_trouble() -> None:
    part = make_part([Row(1, place, place % 2, 0) for place in range(100_000)])
    plans = np.arange(100_000, dtype=np.int32) // 2
    own = replace(part, source=PartFields(part.arrivals, {"attributes.plan": plans}))
    names = replace(NAMES, values={"attributes.plan": tuple(f"p{number}" for number in range(50_000))})
    asked = FunnelAnalysis(("Visit", "Search"), same="attributes.plan", exclude=("Call",), dropped=True)
    assert LocalEngine().run(asked, [partial(life, own)], names=names).steps[1].customers == 1


@pytest.mark.parametrize("order", ["loose", "strict", "any"])
def test_nobody_and_nothing_give_plain_answers(order: FunnelOrder) -> None:
    asked = FunnelAnalysis(("Visit", "Order"), order=order, same="channel", by="channel", dropped=True)
    for rows in ([], [Row(1, 0, CALL, 0)], [Row(1, 0, VISIT, 0)]):
        funnel = answer(asked, rows)
        assert funnel.steps[1].customers == 0
        assert math.isnan(funnel.steps[1].median_seconds)
        assert "NaN" not in funnel.to_json()
        assert funnel.to_arrow().num_rows == 2
        assert len(funnel.estimates()) == 4
        funnel.chart()


def test_estimates_of_two_groups_have_the_same_names() -> None:
    first, second = (answer(FunnelAnalysis(("Visit", "Visit"), dropped=True), rows) for rows in ([], [Row(1, 0, 0, 0)]))
    names = [each.name for each in first.estimates()]
    assert len(set(names)) == len(names)
    assert names == [each.name for each in second.estimates()]


def test_a_step_names_all_its_touchpoints() -> None:
    assert answer(FunnelAnalysis(("Visit", ("Order", "Call"))), []).steps[1].name == "Order | Call"


@pytest.mark.parametrize("steps", [(), ("Visit",) * 33, ("Visit", ())], ids=["none", "too many", "without a name"])
def test_impossible_steps_are_refused(steps: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="expected 1 to 32 steps"):
        answer(FunnelAnalysis(steps), [])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"exclude": ("Order",)}, "an exclusion that is no step", id="a step is excluded"),
        pytest.param({"exclude": (Exclusion("Call", 2, 2),)}, "between two of the 2 steps, got 2 and 2", id="one step"),
        pytest.param({"exclude": (Exclusion("Call", 1, 3),)}, "between two of the 2 steps", id="too far"),
        pytest.param({"same": "wait"}, "same: expected a field with texts", id="the same number"),
        pytest.param({"by": "case"}, "by: expected a field with texts", id="by case"),
        pytest.param(
            {"steps": ("Visit", ("Visit", "Order")), "order": "any"}, "no touchpoint in common", id="twice in any order"
        ),
        pytest.param(
            {"steps": ("Visit", "Search", "Order"), "order": "any", "exclude": (Exclusion("Call", 2),)},
            "between the first step and the last",
            id="a part in any order",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        FunnelAnalysis(**{"steps": ("Visit", "Order"), **options}).begin(NAMES)


def test_a_field_that_is_not_there_is_offered_the_near_one() -> None:
    with pytest.raises(UnknownNameError) as raised:
        FunnelAnalysis(("Visit",), by="chanel").begin(NAMES)
    assert raised.value.hint == "did you mean channel?"


def test_all_unknown_steps_are_named_with_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="'Serch', 'Xyz'") as raised:
        answer(FunnelAnalysis(("Visit", "Serch", "Xyz")), [])
    assert raised.value.hint == "did you mean 'Search'?"
    with pytest.raises(UnknownNameError, match="to be excluded, got 'Cal'") as raised:
        answer(FunnelAnalysis(("Visit", "Search"), exclude=("Cal",)), [])
    assert raised.value.hint == "did you mean 'Call'?"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Call", Exclusion("Call")),
        ("Call between 2 and 3", Exclusion("Call", 2, 3)),
        ("Caught between two", Exclusion("Caught between two")),
    ],
)
def test_exclusions_are_read_from_text(text: str, read: Exclusion) -> None:
    assert parse_exclusion(text) == read


@pytest.mark.parametrize("answered", ANSWERED["answers"], ids=lambda each: " ".join(map(str, each.values())))
def test_clickhouse_gives_the_same_where_it_means_the_same(answered: dict[str, Any]) -> None:
    rows = list(interactions(once=answered["once"]))
    codes = {name: code for code, name in enumerate(TOUCHPOINTS)}
    part = Part(
        customers=np.arange(CUSTOMERS),
        offsets=np.searchsorted([customer for customer, _, _ in rows], np.arange(CUSTOMERS + 1)),
        times=np.array([moment * SECOND for _, moment, _ in rows], np.int64),
        touchpoints=np.array([codes[name] for _, _, name in rows], np.uint16),
        channels=np.zeros(len(rows), np.uint8),
        arrivals=np.arange(len(rows)),
    )
    window = timedelta(seconds=answered["window"])
    asked = FunnelAnalysis(FOUR_STEPS, window, "strict" if answered["mode"] else "loose")
    funnel = LocalEngine(threads=1).run(asked, [partial(life, part)], names=Names(TOUCHPOINTS, ("web",)))
    assert [step.customers for step in funnel.steps] == answered["customers"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = desireline.create(tmp_path / "shop")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    new = []
    for user in range(40):
        visits = (
            ["Visit", "Call", "Order"] if user % 4 == 0 else ["Visit", "Order"] if user % 2 else ["Visit", "Search"]
        )
        for hour, touchpoint in enumerate(visits):
            fields = {
                "source": "test",
                "channel": ("web", "app")[user % 2],
                "touchpoint": touchpoint,
                "occurred_at": start + timedelta(hours=hour),
                "case": f"c{user}",
            }
            new.append(NewInteraction(fields, {"user": f"u{user}"}, {"plan": "gold"} if user < 20 else {}))
    record_interactions(made, new)
    return made.folder


Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Run:
    """Calls ``desireline journeys funnel`` with these words; gives its exit code."""

    def call(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["desireline", "journeys", "funnel", *words, "-w", str(workspace)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return call


def test_the_command_prints_groups_and_what_those_did_who_dropped(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "funnel.svg"
    words = ["Visit", "Order", "--within", "90m", "--exclude", "Call between 1 and 2", "--same", "case"]
    run(*words, "--by", "channel", "--dropped", "--picture", str(picture))
    printed = capsys.readouterr().out
    assert ["Order", "20", "50.0%", "35.2%", "to", "64.8%", "50.0%", "1", "h"] in [
        line.split() for line in printed.splitlines()
    ]
    assert "app           20                20  100.0%  83.9% to 100.0%  0.0%      yes" in printed
    assert "Visit                 20         10  50.0%  29.9% to 70.1%  2 h" in printed
    assert "Visit          Search            10  50.0%" in printed
    assert "How far customers come" in picture.read_text()


def test_the_command_gives_everything_as_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["Visit", "Order", "--any", "--by", "attributes.plan", "--dropped", "--json"]
    run(*words)
    printed = json.loads(capsys.readouterr().out)
    assert printed["order"] == "any"
    assert [(each["value"], each["n"]) for each in printed["groups"]] == [("gold", 20), (None, 20)]
    assert printed["dropped"][0]["next"][0] == {"touchpoint": "Search", "customers": 10} | {
        key: printed["dropped"][0]["next"][0][key] for key in ("share", "low", "high", "n")
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["--strict", "--any"], "expected either --strict or --any", id="two orders"),
        pytest.param(["--by", "plan"], "got 'plan'", id="unknown field"),
        pytest.param(["--by", "attributes.plam"], "did you mean attributes.plan", id="empty attribute"),
        pytest.param(["--exclude", "Cal"], "did you mean 'Call'", id="unknown exclusion"),
    ],
)
def test_the_command_says_what_is_wrong(
    run: Run, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("Visit", "Order", *words) != 0
    assert message in capsys.readouterr().err


def test_python_takes_texts(workspace: Path) -> None:
    opened = desireline.open(workspace)
    found = journeys.funnel(
        opened, ["Visit", ("Order", "Search")], within="0s", exclude=["Call"], same="attributes.plan"
    )
    assert [step.customers for step in found.steps] == [20, 0]
    with pytest.raises(InputError, match="exclude: expected a list"):
        journeys.funnel(opened, ["Visit", "Order"], exclude="Call")
