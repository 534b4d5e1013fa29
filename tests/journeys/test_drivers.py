"""Drivers against a reference that looks at one span after the other, published numbers, and what is planted in random data."""

from __future__ import annotations

import math
import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.journeys.analyses import DriversAnalysis
from desireline.journeys.analyses.drivers.plan import LENGTHS, WAITS_SECONDS
from desireline.journeys.engine import Answer, combined
from desireline.journeys.engines import LocalEngine
from desireline.journeys.estimates import compare
from desireline.journeys.fields import PartFields
from desireline.journeys.model import OUTCOMES, Names, Part, Spans
from desireline.journeys.pictures.charts import themed
from desireline.journeys.results.drivers import DriverKind, Drivers
from desireline.journeys.spans import life, sessions
from desireline.kernels.arrays import read_only
from desireline.kernels.stratified import mantel_haenszel

from .rows import NAMES, SECOND, Row, make_part, some_rows, spans_of

PLANS, KINDS = ("gold", "iron", "tin"), ("NPS", "CSAT")
FIELDS = replace(NAMES, values={"attributes.plan": PLANS, "team": PLANS[::-1], "score_kind": KINDS})
Table = tuple[int, int, int, int]
"""With the feature and the outcome, with the feature, without it but with the outcome, without it."""


def plan_of(row: Row) -> int:
    """Customers keep theirs."""
    return row.customer % 4 - 1


def team_of(row: Row) -> int:
    return (row.time // SECOND + row.touchpoint) % 4 - 1


def wait_of(row: Row) -> float:
    return [math.nan, 30.0, 60.0, 61.0, 1_000.0, 90_000.0][(row.time // SECOND * 5 + row.touchpoint) % 6]


def score_of(row: Row) -> float:
    return [math.nan, 3.0, 9.0][(row.time // SECOND + row.channel) % 3]


def kind_of(row: Row) -> int:
    return -1 if math.isnan(score_of(row)) else row.customer % 2


@dataclass(frozen=True)
class Seen:
    """One span as far as it counts, and whether it has the outcome."""

    rows: list[Row]
    reached: bool


def last_known(rows: list[Row], value: Callable[[Row], int]) -> int:
    return next((value(row) for row in reversed(rows) if value(row) >= 0), -1)


def seen_of(asked: DriversAnalysis, rows: list[Row], gap: int | None) -> list[Seen]:
    found = []
    for _, span in spans_of(rows, gap):
        if asked.score_below is None:
            hits = [NAMES.touchpoints[row.touchpoint] in asked.outcomes for row in span]
        else:
            hits = [kind_of(row) >= 0 and KINDS[kind_of(row)] == asked.kind for row in span]
            if not any(hits):
                continue
        place = hits.index(True) if any(hits) else len(span)
        reached = place < len(span) and (asked.score_below is None or score_of(span[place]) < asked.score_below)
        if place:
            found.append(Seen(span[:place], reached))
    return found


def band(number: int) -> int:
    return max(place for place, start in enumerate(LENGTHS.tolist()) if start <= number)


def expected(asked: DriversAnalysis, rows: list[Row], gap: int | None) -> dict[tuple[str, str], list[Table]]:
    """For every feature that some have and some have not the table of each stratum."""
    seen = seen_of(asked, rows, gap)
    touchpoints = range(len(NAMES.touchpoints))
    name = NAMES.touchpoints.__getitem__
    has: dict[tuple[str, str], tuple[Callable[[list[Row]], bool], Callable[[list[Row]], bool]]] = {}

    def count(own: list[Row], touchpoint: int) -> int:
        return sum(row.touchpoint == touchpoint for row in own)

    def follows(own: list[Row], one: int, other: int) -> bool:
        return any((a.touchpoint, b.touchpoint) == (one, other) for a, b in pairwise(own))

    def waits(own: list[Row]) -> list[float]:
        return [wait_of(row) for row in own if not math.isnan(wait_of(row))]

    for one in touchpoints:
        has["touchpoint", name(one)] = (partial(lambda t, own: count(own, t) > 0, one), lambda own: True)
        has["repeat", f"{name(one)}, more than once"] = (
            partial(lambda t, own: count(own, t) > 1, one),
            partial(lambda t, own: count(own, t) > 0, one),
        )
        for other in touchpoints:
            has["move", f"{name(one)} → {name(other)}"] = (
                partial(lambda s, t, own: follows(own, s, t), one, other),
                partial(lambda t, own: count(own[:-1], t) > 0, one),
            )
    for code, channel in enumerate(NAMES.channels):
        has["channel", f"channel = {channel}"] = (
            partial(lambda c, own: any(row.channel == c for row in own), code),
            lambda own: True,
        )
    texts = dict(zip(WAITS_SECONDS, ("1 min", "5 min", "15 min", "1 h", "1 d"), strict=True))
    for seconds, text in texts.items():
        has["wait", f"wait longer than {text}"] = (
            partial(lambda s, own: max(waits(own), default=0) > s, seconds),
            lambda own: bool(waits(own)),
        )
    for code, plan in enumerate(PLANS):
        has["attribute", f"plan = {plan}"] = (
            partial(lambda c, own: last_known(own, plan_of) == c, code),
            lambda own: last_known(own, plan_of) >= 0,
        )
    found: dict[tuple[str, str], list[Table]] = {}
    for (kind, text), (having, among) in has.items():
        strata: dict[tuple[int, ...], list[Seen]] = defaultdict(list)
        compared = [each for each in seen if among(each.rows)]
        for each in compared:
            number = len(waits(each.rows)) if kind == "wait" else len(each.rows)
            team = last_known(each.rows, team_of) if asked.adjust else 0
            strata[band(number), each.rows[0].channel, team].append(each)
        tables = []
        for own in strata.values():
            first = [each for each in own if having(each.rows)]
            second = [each for each in own if not having(each.rows)]
            tables.append((sum(e.reached for e in first), len(first), sum(e.reached for e in second), len(second)))
        if 0 < sum(n1 for _, n1, _, _ in tables) < len(compared):
            found[kind, text] = tables
    return found


def common_odds_ratio(tables: list[Table]) -> float:
    both = [(a, n1, c, n0) for a, n1, c, n0 in tables if n1 and n0]
    r = sum(a * (n0 - c) / (n1 + n0) for a, n1, c, n0 in both)
    s = sum((n1 - a) * c / (n1 + n0) for a, n1, c, n0 in both)
    return r / s if s else (math.inf if r else math.nan)


def common_difference(tables: list[Table]) -> float:
    both = [(a, n1, c, n0, n1 * n0 / (n1 + n0)) for a, n1, c, n0 in tables if n1 and n0]
    if not both:
        return math.nan
    return sum((a / n1 - c / n0) * w for a, n1, c, n0, w in both) / sum(w for *_, w in both)


def made_parts(rows: Sequence[Row], *, parts: int, gap: int | None) -> list[Callable[[], Spans]]:
    made: list[Callable[[], Spans]] = []
    for part in range(parts):
        numbers = [place for place, row in enumerate(rows) if row.customer % parts == part]
        plain = make_part([rows[place] for place in numbers], numbers)
        own = [rows[arrival] for arrival in plain.arrivals]
        columns: dict[str, Any] = {
            "attributes.plan": np.array([plan_of(row) for row in own], np.int32),
            "team": np.array([team_of(row) for row in own], np.int32),
            "wait": np.array([wait_of(row) for row in own], np.float64),
            "score": np.array([score_of(row) for row in own], np.float64),
            "score_kind": np.array([kind_of(row) for row in own], np.int32),
        }
        made.append(partial(_cut, replace(plain, source=PartFields(plain.arrivals, columns)), gap))
    return made


def _cut(part: Part, gap: int | None) -> Spans:
    return life(part) if gap is None else sessions(life(part), gap)


def drivers_of(asked: DriversAnalysis, rows: Sequence[Row], *, parts: int = 1, gap: int | None = None) -> Drivers:
    return LocalEngine(threads=2).run(asked, made_parts(rows, parts=parts, gap=gap), names=FIELDS)


QUESTIONS = st.sampled_from(
    [
        DriversAnalysis(("Order",), attributes=("attributes.plan",)),
        DriversAnalysis(("Order", "Call"), attributes=("attributes.plan",), adjust="team"),
        DriversAnalysis(score_below=7, attributes=("attributes.plan",)),
        DriversAnalysis(score_below=4, kind="CSAT", attributes=("attributes.plan",), adjust="team"),
    ]
)


@settings(max_examples=200)
@given(
    some_rows(most=60, customers=12, times=12),
    QUESTIONS,
    st.integers(1, 3),
    st.sampled_from([None, SECOND, 3 * SECOND]),
)
def test_every_feature_is_compared_as_the_reference_compares_it(
    rows: list[Row], asked: DriversAnalysis, parts: int, gap: int | None
) -> None:
    found = drivers_of(asked, rows, parts=parts, gap=gap)
    wanted = expected(asked, rows, gap)
    seen = seen_of(asked, rows, gap)
    assert found.spans == len(seen)
    assert found.customers == len({each.rows[0].customer for each in seen})
    assert {(each.kind, each.name) for each in found.drivers} == set(wanted)
    for each in found.drivers:
        tables = wanted[each.kind, each.name]
        a, n1, c, n0 = (sum(column) for column in zip(*tables, strict=True))
        assert (each.having.n, each.lacking.n) == (n1, n0)
        assert (each.having.value, each.lacking.value) == (a / n1, c / n0)
        assert each.comparable == sum(n1 for _, n1, _, n0 in tables if n0)
        assert each.odds_ratio == pytest.approx(common_odds_ratio(tables), nan_ok=True)
        assert each.difference == pytest.approx(common_difference(tables), nan_ok=True)
    for moment in found.moments:
        driver = next(each for each in found.drivers if (each.kind, each.name) == ("touchpoint", moment.touchpoint))
        assert moment.points == pytest.approx(driver.difference * driver.comparable / found.spans)
        assert moment.low <= moment.points <= moment.high
    assert found.spans + found.at_once + found.left_out == len(spans_of(rows, gap))


@given(some_rows(most=60, customers=12, times=12), QUESTIONS, st.permutations(range(4)))
def test_partial_counts_combine_in_any_order(rows: list[Row], asked: DriversAnalysis, order: list[int]) -> None:
    outcomes = []
    for places in (range(4), order):
        reading: Any = asked.begin(FIELDS)
        while not isinstance(reading, Answer):
            reading = pickle.loads(pickle.dumps(reading))
            states = [reading.partial(source()) for source in made_parts(rows, parts=4, gap=None)]
            reading = reading.conclude(combined(reading, [states[place] for place in places]))
        outcomes.append(repr(reading))
    assert outcomes[0] == outcomes[1]


ADMISSIONS = [
    (512, 825, 89, 108),
    (353, 560, 17, 25),
    (120, 325, 202, 593),
    (138, 417, 131, 375),
    (53, 191, 94, 393),
    (22, 373, 24, 341),
]
"""Men admitted and applying, women admitted and applying, in six departments of Berkeley, 1973 (Bickel, Hammel, O'Connell 1975)."""


def columns(tables: Sequence[Table]) -> list[Any]:
    return [np.array(column, np.int64) for column in zip(*tables, strict=True)]


def test_berkeley_admissions_are_those_of_mantelhaen_test_in_r() -> None:
    found = mantel_haenszel(*columns(ADMISSIONS))
    assert found.odds_ratio == pytest.approx(0.9046968, abs=1e-7)
    assert (found.odds_low, found.odds_high) == pytest.approx((0.7719074, 1.0603298), abs=1e-7)
    assert found.p == pytest.approx(0.2170, abs=1e-4)


def test_one_stratum_is_the_plain_table() -> None:
    found = mantel_haenszel(*columns([(30, 100, 10, 100)]))
    assert found.odds_ratio == pytest.approx(30 * 90 / (70 * 10))
    assert found.difference == pytest.approx(0.2)
    woolf = math.sqrt(1 / 30 + 1 / 70 + 1 / 10 + 1 / 90)
    assert math.log(found.odds_high / found.odds_low) == pytest.approx(2 * 1.959964 * woolf, rel=1e-5)


def test_the_error_of_the_difference_is_that_of_many_small_strata() -> None:
    random = np.random.default_rng(5)
    inside, strata = 0, 400
    for _ in range(300):
        base = random.uniform(0.1, 0.5, strata)
        n1, n0 = random.integers(1, 4, (2, strata))
        found = mantel_haenszel(random.binomial(n1, base + 0.1), n1, random.binomial(n0, base), n0)
        inside += found.difference_low <= 0.1 <= found.difference_high
    assert 0.92 <= inside / 300 <= 0.98


def test_the_order_of_strata_makes_no_difference_to_any_digit() -> None:
    assert mantel_haenszel(*columns(ADMISSIONS)) == mantel_haenszel(*columns(ADMISSIONS[::-1]))


@pytest.mark.parametrize(
    "tables",
    [[(0, 0, 0, 0)], [(3, 5, 0, 0)], [(0, 5, 0, 5)], [(5, 5, 5, 5)], [(2, 2, 0, 1)], [(0, 1, 1, 1), (0, 0, 1, 4)]],
)
def test_tables_that_say_little_have_no_chance_of_their_own(tables: list[Table]) -> None:
    found = mantel_haenszel(*columns(tables))
    assert math.isnan(found.p)
    assert math.isnan(found.odds_low)


def spans_of_steps(steps: Sequence[Sequence[int]]) -> Spans:
    """A customer for each list of touchpoints; a second between interactions, three channels, plans as :func:`plan_of` has them."""
    lengths = np.array([len(each) for each in steps])
    customers = np.repeat(np.arange(len(steps)), lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    arrivals = np.arange(offsets[-1])
    source = PartFields(
        arrivals,
        {"attributes.plan": (customers % 4 - 1).astype(np.int32), "wait": np.full(len(arrivals), math.nan)},
    )
    part = Part(
        customers=np.arange(len(steps)),
        offsets=offsets,
        times=(arrivals - offsets[customers]) * SECOND,
        touchpoints=np.array([step for each in steps for step in each], np.uint16),
        channels=(customers % 3).astype(np.uint8),
        arrivals=arrivals,
        source=source,
    )
    return life(part)


def drivers_of_steps(asked: DriversAnalysis, steps: Sequence[Sequence[int]]) -> Drivers:
    spans = spans_of_steps(steps)
    return LocalEngine(threads=1).run(asked, [lambda: spans], names=FIELDS)


def a_shop(seed: int, *, customers: int = 4_000, effect: float = 0.0) -> list[list[int]]:
    """After what they do some customers order, the more the longer it takes, and likelier by ``effect`` after a search.

    Calls come in long spans alone, in most of them, whatever becomes of them.
    """
    random = np.random.default_rng(seed)
    steps = []
    for _ in range(customers):
        length = int(random.geometric(0.2)) + 1
        own = [int(random.random() < 0.4) for _ in range(length)]
        if length > 6 and random.random() < 0.7:
            own[int(random.integers(length))] = 3
        chance = 0.1 + 0.05 * min(length, 12) + effect * (1 in own)
        steps.append([*own, *([2] if random.random() < chance else [])])
    return steps


def driver(found: Drivers, name: str, kind: DriverKind = "touchpoint") -> Any:
    return next(each for each in found.drivers if (each.kind, each.name) == (kind, name))


def test_what_is_planted_is_found_and_stands_first_among_the_moments_of_truth() -> None:
    found = drivers_of_steps(DriversAnalysis(("Order",)), a_shop(1, effect=0.2))
    planted = driver(found, "Search")
    assert planted.is_sure
    assert planted.low > 1
    assert found.moments[0].touchpoint == "Search"
    assert found.moments[0].low <= 0.2 * found.moments[0].comparable / found.spans <= found.moments[0].high


@pytest.mark.parametrize("seed", range(2, 8))
def test_what_only_comes_in_long_spans_is_not_sure_and_neither_is_anything_else(seed: int) -> None:
    found = drivers_of_steps(DriversAnalysis(("Order",)), a_shop(seed))
    called = driver(found, "Call")
    assert called.having.low > called.lacking.high
    assert not called.is_sure
    assert called.difference_low < 0 < called.difference_high
    assert found.sure <= 1
    assert not driver(found, "Search").is_sure


def spans_that_turn() -> list[list[int]]:
    """Calls come in long spans, which order more often; but of long spans, and of short ones, those with a call do so less often."""
    steps = []
    for length, has_call, count, orders in (
        (2, True, 100, 10),
        (2, False, 900, 180),
        (9, True, 900, 540),
        (9, False, 100, 70),
    ):
        first = [3, 1] if has_call else [0, 0]
        made = [[*first, *[0] * (length - 2), *([2] if number < orders else [])] for number in range(count)]
        steps += made
    return [steps[place] for place in np.random.default_rng(1).permutation(len(steps))]


def test_an_effect_that_turns_among_spans_that_are_alike_is_marked() -> None:
    found = drivers_of_steps(DriversAnalysis(("Order",)), spans_that_turn())
    called = driver(found, "Call")
    assert (called.having.value, called.lacking.value) == (0.55, 0.25)
    assert called.high < 1
    assert called.is_sure
    assert called.turns
    assert called.to_dict()["turns"] is True
    planted = drivers_of_steps(DriversAnalysis(("Order",)), a_shop(1, effect=0.2))
    assert not driver(planted, "Search").turns


def test_features_with_equal_numbers_are_told_to_be_alike() -> None:
    found = drivers_of_steps(DriversAnalysis(("Order",)), spans_that_turn())
    (group,) = found.alike([driver(found, "Call"), driver(found, "Search")])
    assert [each.name for each in group] == ["Call", "Search"]
    assert found.alike([driver(found, "Call")]) == ()


def test_a_field_that_is_held_fixed_explains_what_comes_with_it() -> None:
    random = np.random.default_rng(3)
    told = []
    for customer in range(4_000):
        is_gold = customer % 4 == 1
        steps = [
            int(random.random() < (0.8 if is_gold else 0.2)),
            *([2] * (random.random() < (0.6 if is_gold else 0.2))),
        ]
        told.append(steps)
    plain = drivers_of_steps(DriversAnalysis(("Order",), attributes=("attributes.plan",)), told)
    asked = DriversAnalysis(("Order",), attributes=("attributes.plan",), adjust="attributes.plan")
    held = drivers_of_steps(asked, told)
    assert driver(plain, "Search").is_sure
    assert driver(plain, "plan = gold", "attribute").is_sure
    assert not driver(held, "Search").is_sure
    assert not [each for each in held.drivers if each.kind == "attribute"]
    assert held.adjusted_for[-1] == "plan"


def test_an_attribute_that_customers_do_not_keep_is_no_feature() -> None:
    rows = [Row(customer, place * SECOND, place % 4, 0) for customer in range(40) for place in range(6)]
    found = drivers_of(DriversAnalysis(score_below=7, attributes=("attributes.plan", "team")), rows)
    assert {each.name for each in found.drivers if each.kind == "attribute"} <= {f"plan = {plan}" for plan in PLANS}


def journeys_of(told: Sequence[tuple[Sequence[int], str]]) -> Spans:
    """Journeys of one customer each, with their outcomes."""
    rows = [
        Row(number, place * SECOND, step, 0)
        for number, (steps, _) in enumerate(told)
        for place, step in enumerate(steps)
    ]
    spans = made_parts(rows, parts=1, gap=None)[0]()
    return replace(spans, outcomes=read_only(np.array([OUTCOMES.index(outcome) for _, outcome in told], np.uint8)))


def test_of_journeys_what_reaches_the_goal_or_ends_them_does_not_count_and_unfinished_ones_are_left_out() -> None:
    spans = journeys_of(
        [([0, 1, 2], "reached"), ([0, 3], "ended"), ([0, 3], "timed out"), ([1, 1], "unfinished"), ([2], "reached")]
    )
    found = LocalEngine().run(DriversAnalysis(), [lambda: spans], names=FIELDS)
    assert (found.spans, found.at_once, found.left_out) == (3, 1, 1)
    assert found.reached.value == pytest.approx(1 / 3)
    assert [driver(found, name).having.n for name in ("Search", "Call")] == [1, 1]
    assert found.outcome == "goal reached"


def test_of_unfinished_journeys_it_is_not_known_whether_they_reach_a_touchpoint() -> None:
    spans = journeys_of([([0, 1, 2], "unfinished"), ([0, 1], "timed out"), ([0, 2], "reached")])
    found = LocalEngine().run(DriversAnalysis(("Order",)), [lambda: spans], names=FIELDS)
    assert (found.spans, found.left_out) == (2, 1)


def test_spans_that_are_no_journeys_have_no_goal() -> None:
    found = drivers_of(DriversAnalysis(), [Row(1, 0, 0, 0)])
    assert (found.spans, found.left_out, found.drivers) == (0, 1, ())


TINY: Sequence[tuple[str, list[Row], int]] = [
    ("no interaction fits", [], 0),
    ("one customer", [Row(1, 0, 0, 0), Row(1, SECOND, 2, 0)], 1),
    ("all at the same time", [Row(customer, 0, step, 0) for customer in range(9) for step in (0, customer % 4)], 9),
    ("nobody reaches the outcome", [Row(customer, 0, customer % 2, 0) for customer in range(30)], 30),
    ("everybody begins with it", [Row(customer, 0, 2, 0) for customer in range(30)], 0),
    ("everybody reaches it", [Row(c, t * SECOND, step, 0) for c in range(30) for t, step in enumerate((c % 2, 2))], 30),
]


@pytest.mark.parametrize(("rows", "spans"), [each[1:] for each in TINY], ids=[each[0] for each in TINY])
def test_little_data_gives_a_plain_answer(rows: list[Row], spans: int) -> None:
    found = drivers_of(DriversAnalysis(("Order",), attributes=("attributes.plan",), adjust="team"), rows)
    assert found.spans == spans
    assert found.sure == 0
    assert "NaN" not in found.to_json()
    assert found.to_arrow().num_rows == len(found.drivers)
    assert themed(found.chart())
    assert compare(found.estimates(), found.estimates()).rows() is not None


def test_a_score_of_which_there_is_no_answer_leaves_everything_out() -> None:
    names = replace(FIELDS, values={**FIELDS.values, "score_kind": ()})
    rows = [Row(customer, 0, 0, 0) for customer in range(5)]
    spans = [partial(_without_kinds, each) for each in made_parts(rows, parts=1, gap=None)]
    found = LocalEngine().run(DriversAnalysis(score_below=7), spans, names=names)
    assert (found.spans, found.left_out) == (0, 5)


def _without_kinds(made: Callable[[], Spans]) -> Spans:
    spans = made()
    assert isinstance(spans.part.source, PartFields)
    source = spans.part.source
    kinds = np.full(len(source.arrivals), -1, np.int32)
    part = replace(spans.part, source=PartFields(source.arrivals, {**source.columns, "score_kind": kinds}))
    return replace(spans, part=part)


def test_an_outcome_that_nobody_reaches_without_a_step_has_no_finite_ratio_and_stands_after_what_has_one() -> None:
    rows = []
    for customer in range(600):
        steps = [0, customer % 2] if customer % 3 else [0, 3 if customer % 5 else 0]
        if steps[1] == 1 and customer % 4 == 1:
            steps.append(2)
        rows += [Row(customer, place * SECOND, step, 0) for place, step in enumerate(steps)]
    found = drivers_of(DriversAnalysis(("Order",)), rows)
    needed = driver(found, "Search")
    assert needed.odds_ratio == math.inf
    assert needed.is_sure
    assert next(row for row in found.rows() if row["feature"] == "Search")["low"] != 0
    assert '"odds_ratio": null' in found.to_json()
    places = [math.isnan(each.low) for each in found.drivers if each.is_sure]
    assert places == sorted(places)


def test_a_negative_outcome_changes_what_is_good_and_no_number() -> None:
    steps = a_shop(1, effect=0.2)
    plain, positive, negative = (
        drivers_of_steps(DriversAnalysis(("Order",), negative=said), steps) for said in (None, False, True)
    )
    assert plain.drivers == positive.drivers == negative.drivers
    said = [each.goes_with(driver(each, "Search")) for each in (plain, positive, negative)]
    assert said == ["more", "more (good)", "more (bad)"]


def test_top_leaves_out_and_counts_all_the_same() -> None:
    steps = a_shop(1, effect=0.2)
    whole = drivers_of_steps(DriversAnalysis(("Order",)), steps)
    few = drivers_of_steps(DriversAnalysis(("Order",), top=2), steps)
    assert few.drivers == whole.drivers[:2]
    assert (few.compared, few.sure) == (whole.compared, whole.sure)


def test_answers_do_not_depend_on_codes() -> None:
    names = Names(NAMES.touchpoints[::-1], NAMES.channels[::-1], values={"attributes.plan": PLANS[::-1]})
    spans = spans_of_steps(a_shop(4, customers=300, effect=0.2))
    part = spans.part
    plans = part.field("attributes.plan")
    columns = {"attributes.plan": np.where(plans < 0, plans, 2 - plans), "wait": part.field("wait")}
    turned = life(
        replace(
            part,
            touchpoints=3 - part.touchpoints,
            channels=2 - part.channels,
            source=PartFields(part.arrivals, columns),
        )
    )
    asked = DriversAnalysis(("Order",), attributes=("attributes.plan",), top=30)
    first, second = (
        LocalEngine().run(asked, [partial(_same, each)], names=known)
        for each, known in ((spans, FIELDS), (turned, names))
    )
    assert first.to_json() == second.to_json()


def _same(spans: Spans) -> Spans:
    return spans


def test_unknown_outcomes_are_named_with_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="as outcomes, got 'Ordr'") as raised:
        drivers_of(DriversAnalysis(("Ordr",)), [])
    assert raised.value.hint == "did you mean 'Order'?"


def test_a_field_that_nothing_has_cannot_be_held_fixed() -> None:
    names = replace(FIELDS, values={**FIELDS.values, "attributes.shoe": ()})
    with pytest.raises(InputError, match=r"none has 'attributes\.shoe'"):
        DriversAnalysis(("Order",), adjust="attributes.shoe").begin(names)


@pytest.mark.parametrize(
    "asked",
    [
        {"outcomes": ("Order",), "score_below": 7},
        {"score_below": math.nan},
        {"score_below": 7, "kind": "PMF"},
        {"outcomes": ("Order",), "adjust": "wait"},
        {"outcomes": ("Order",), "attributes": ("case",)},
        {"outcomes": ("Order",), "attributes": ("plan",)},
    ],
)
def test_impossible_settings_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="expected"):
        drivers_of(DriversAnalysis(**asked), [])
