from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, Period, UnknownNameError
from desireline.journeys.analyses import SurvivalAnalysis
from desireline.journeys.engine import Answer, combined
from desireline.journeys.estimates import compare
from desireline.journeys.model import Names, Whose
from desireline.journeys.results.survival import Survival

from . import rows as plain
from .rows import NAMES, NOBODY_TOLD, SECOND, Row, done_by_customers, in_order, some_rows, sources

answer = partial(plain.answer, names=NOBODY_TOLD)
EPOCH, US = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MINUTE = 60 * SECOND
DAY = 1440 * MINUTE
UNTIL_ORDER = SurvivalAnalysis(("Order",))
LIFELINES = json.loads((Path(__file__).parent / "references" / "survival.json").read_text())
TOUCHPOINTS = st.lists(st.sampled_from(NAMES.touchpoints), max_size=2, unique=True).map(tuple)


def watched(rows: list[Row], asked: SurvivalAnalysis) -> list[tuple[int, bool]]:
    """Microseconds and whether the event came, for every customer who started."""
    record_end = max((row.time for row in rows), default=0)
    found = []
    for customer, own in in_order(rows).items():
        counts = [asked.whose == "anybody" or done for done in done_by_customers(rows)[customer]]
        started = [
            place
            for place, row in enumerate(own)
            if (NAMES.touchpoints[row.touchpoint] in asked.starts if asked.starts else counts[place])
        ]
        if not started:
            continue
        since, later = own[started[0]].time, own[started[0] + 1 :]
        if asked.churn is None:
            moments = [row.time for row in later if NAMES.touchpoints[row.touchpoint] in asked.events]
        else:
            churn = asked.churn // timedelta(microseconds=1)
            breaks = counts[started[0] + 1 :]
            times = [since, *(row.time for row, does in zip(later, breaks, strict=True) if does)]
            nexts = [*times[1:], record_end]
            moments = [before + churn for before, after in zip(times, nexts, strict=True) if after - before > churn]
        found.append((moments[0] - since, True) if moments else (record_end - since, False))
    return found


@given(some_rows(times=20), st.integers(0, 20), st.integers(1, 20))
def test_those_who_began_in_a_period_are_watched_to_the_end_of_the_record(
    rows: list[Row], after: int, length: int
) -> None:
    low, high = after * SECOND, (after + length) * SECOND
    begun = Period(EPOCH + timedelta(microseconds=low), EPOCH + timedelta(microseconds=high))
    found = answer(SurvivalAnalysis(("Order",), unit="minute", begun=begun), rows, parts=2)
    chosen = [row for own in in_order(rows).values() if low <= own[0].time < high for row in own]
    end = EPOCH + max(row.time for row in rows) * US if rows else EPOCH
    if not chosen:
        assert found.customers == 0
        return
    wanted = answer(SurvivalAnalysis(("Order",), unit="minute", record_end=end), chosen)
    assert repr(found.steps) == repr(wanted.steps)


def product_limit(people: list[tuple[int, bool]]) -> dict[int, Fraction]:
    """The share without the event after every time, by the definition."""
    left, survival = Fraction(1), {}
    for time in sorted({time for time, _ in people}):
        at_risk = sum(other >= time for other, _ in people)
        left *= 1 - Fraction(sum(come for other, come in people if other == time), at_risk)
        survival[time] = left
    return survival


@settings(max_examples=300)
@given(
    some_rows(most=30, customers=6, times=12),
    TOUCHPOINTS,
    TOUCHPOINTS,
    st.sampled_from([None, 1, 3]),
    st.integers(1, 3),
    st.sampled_from([None, MINUTE]),
    st.sampled_from(["customer", "anybody"]),
)
def test_the_curve_is_the_product_limit_of_what_was_watched(
    rows: list[Row],
    events: tuple[str, ...],
    starts: tuple[str, ...],
    churn: int | None,
    parts: int,
    gap: int | None,
    whose: Whose,
) -> None:
    rows = [row._replace(time=row.time * 40) for row in rows]
    if churn is None and not events:
        events = ("Order",)
    asked = SurvivalAnalysis(
        () if churn else events, timedelta(minutes=churn) if churn else None, starts, unit="minute", whose=whose
    )
    found = plain.answer(asked, rows, parts=parts, gap=gap)
    people = [(-(-time // MINUTE), come) for time, come in watched(rows, asked)]
    assert found.customers == len(people)
    assert found.happened == sum(come for _, come in people)
    wanted = product_limit(people)
    assert [step.time for step in found.steps] == list(wanted)
    assert [step.survival for step in found.steps] == pytest.approx([float(each) for each in wanted.values()])
    for step in found.steps:
        assert step.at_risk == sum(time >= step.time for time, _ in people)
        assert math.isnan(step.low) or 0 <= step.low <= step.survival <= step.high <= 1
    halved = [time for time, left in wanted.items() if left <= Fraction(1, 2)]
    assert (found.median == halved[0]) if halved else math.isnan(found.median)


@given(some_rows(most=30, customers=6, times=12), st.permutations(range(4)))
def test_partial_counts_combine_in_any_order(rows: list[Row], order: list[int]) -> None:
    outcomes = []
    for places in (range(4), order):
        reading: Any = SurvivalAnalysis(("Order",), unit="minute").begin(NAMES)
        while not isinstance(reading, Answer):
            states = [reading.partial(source()) for source in sources(rows, parts=4, gap=None)]
            reading = reading.conclude(combined(reading, [states[place] for place in places]))
        outcomes.append(repr(reading))
    assert outcomes[0] == outcomes[1]


def group(told: dict[str, Any]) -> Survival:
    """Customers who are watched for those times, until the same last day."""
    names = Names(("Start", "Event", "Other"), ("web",))
    last = max(told["days"]) * DAY
    rows: list[Row] = []
    for customer, (days, come) in enumerate(zip(told["days"], told["come"], strict=True)):
        since = last - days * DAY
        rows.append(Row(customer, since, 0, 0))
        rows.append(Row(customer, last, 1 if come else 2, 0))
    return answer(SurvivalAnalysis(("Event",), starts=("Start",)), rows, names=names)


@pytest.mark.parametrize("told", LIFELINES["groups"], ids=["first", "second"])
def test_the_curve_is_that_of_lifelines(told: dict[str, Any]) -> None:
    found = group(told)
    by_time = dict(
        zip(told["times"], zip(told["survival"], told["low"], told["high"], told["at_risk"], strict=True), strict=True)
    )
    for step in found.steps:
        survival, low, high, at_risk = by_time[step.time]
        assert step.survival == pytest.approx(survival)
        if 0 < survival < 1:
            assert (step.low, step.high) == pytest.approx((low, high))
        if step.time:
            assert step.at_risk == at_risk
    assert (found.median, found.median_low, found.median_high) == (
        told["median"],
        told["median_low"],
        told["median_high"],
    )


def test_the_log_rank_test_is_that_of_lifelines() -> None:
    first, second = (group(told) for told in LIFELINES["groups"])
    comparison = first.against(second)
    assert comparison.chi_squared == pytest.approx(LIFELINES["chi_squared"])
    assert comparison.p == pytest.approx(LIFELINES["p"])
    assert second.against(first).chi_squared == pytest.approx(LIFELINES["chi_squared"])
    assert comparison.chart().to_dict()
    assert len(comparison.rows()) == len(first.steps) + len(second.steps)


def test_times_are_rounded_up_to_whole_units() -> None:
    rows = [
        Row(1, 0, 0, 0),
        Row(1, 1, 2, 0),
        Row(2, 0, 0, 0),
        Row(2, DAY, 2, 0),
        Row(3, 0, 0, 0),
        Row(3, DAY + 1, 2, 0),
    ]
    assert [(step.time, step.events) for step in answer(UNTIL_ORDER, rows).steps] == [(1, 2), (2, 1)]


def test_a_silence_as_long_as_the_churn_is_none_yet() -> None:
    asked = SurvivalAnalysis(churn=timedelta(days=2))
    rows = [Row(1, 0, 0, 0), Row(1, 2 * DAY, 0, 0), Row(2, 0, 0, 0), Row(2, 2 * DAY + 1, 0, 0)]
    assert [(step.time, step.events, step.censored) for step in answer(asked, rows).steps] == [(2, 1, 0), (3, 0, 1)]


def test_who_comes_back_after_the_churn_has_churned_all_the_same() -> None:
    asked = SurvivalAnalysis(churn=timedelta(days=2))
    found = answer(asked, [Row(1, each * DAY, 0, 0) for each in (0, 1, 9, 10)])
    assert [(step.time, step.events) for step in found.steps] == [(3, 1)]


def test_what_the_company_did_breaks_no_silence_unless_anybody_counts() -> None:
    """What happens on days 2 and 3 is the company's."""
    rows = [Row(1, day * DAY, 0, 0) for day in (0, 1, 2, 3, 4)]
    assert done_by_customers(rows) == {1: [True, True, False, False, True]}
    curves = [plain.answer(SurvivalAnalysis(churn=timedelta(days=2), whose=whose), rows) for whose in get_args(Whose)]
    assert [[(step.time, step.events) for step in each.steps] for each in curves] == [[(3, 1)], [(4, 0)]]
    assert [each.left_out for each in curves] == [2, 0]


def test_the_event_at_the_start_does_not_count() -> None:
    asked = SurvivalAnalysis(("Order",), starts=("Order",))
    found = answer(asked, [Row(1, 0, 2, 0), Row(1, 3 * DAY, 2, 0), Row(2, 0, 2, 0)])
    assert [(step.time, step.events, step.censored) for step in found.steps] == [(3, 1, 1)]


def test_an_event_that_came_to_nobody_leaves_everybody() -> None:
    found = answer(UNTIL_ORDER, [Row(1, 0, 0, 0), Row(2, DAY, 0, 0)])
    assert (found.customers, found.happened) == (2, 0)
    assert math.isnan(found.median)
    assert {step.survival for step in found.steps} == {1.0}
    assert math.isnan(found.against(found).p)
    assert found.chart().to_dict()


def test_the_record_may_go_on_after_the_last_interaction_of_the_group() -> None:
    asked = SurvivalAnalysis(("Order",), record_end=datetime(1970, 1, 8, tzinfo=UTC))
    assert [(step.time, step.censored) for step in answer(asked, [Row(1, 0, 0, 0)]).steps] == [(7, 1)]


@given(some_rows(times=20), st.integers(0, 20), st.sampled_from([None, 3]), st.sampled_from([None, 2 * SECOND]))
def test_what_comes_after_the_end_of_the_record_is_not_seen(
    rows: list[Row], after: int, churn: int | None, gap: int | None
) -> None:
    asked = SurvivalAnalysis(
        () if churn else ("Order",),
        timedelta(seconds=churn) if churn else None,
        unit="minute",
        record_end=EPOCH + timedelta(seconds=after),
    )
    until_then = [row for row in rows if row.time <= after * SECOND]
    assert repr(answer(asked, rows, parts=2, gap=gap)) == repr(answer(asked, until_then, gap=gap))


def test_nobody_starts() -> None:
    found = answer(UNTIL_ORDER, [])
    assert (found.customers, found.steps, found.record_end, found.estimates()) == (0, (), None, ())
    assert math.isnan(found.at(7).value)
    assert found.to_json()
    assert found.chart().to_dict()
    assert math.isnan(found.against(found).chi_squared)


def test_two_answers_are_compared() -> None:
    soon, late = (
        answer(
            UNTIL_ORDER,
            [
                Row(customer, at * DAY, touchpoint, 0)
                for customer in range(200)
                for at, touchpoint in ((0, 0), (days + customer % 9, 2), (90, 1))
            ],
        )
        for days in (2, 20)
    )
    differences = {each.before.name: each for each in compare(soon.estimates(), late.estimates()).differences}
    assert differences["without Order after 7 days"].is_sure
    assert not differences["without Order after 30 days"].is_sure


@pytest.mark.parametrize("asked", [{}, {"events": ("Order",), "churn": timedelta(1)}, {"churn": timedelta()}])
def test_impossible_settings_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="expected"):
        answer(SurvivalAnalysis(**asked), [])


def test_groups_of_different_events_are_not_compared() -> None:
    with pytest.raises(InputError, match="the same event"):
        answer(UNTIL_ORDER, []).against(answer(SurvivalAnalysis(("Call",)), []))


@pytest.mark.parametrize("role", ["starts", "events"])
def test_unknown_touchpoints_are_named_with_near_matches(role: str) -> None:
    with pytest.raises(UnknownNameError, match=f"as {role}, got 'Ordr'") as raised:
        answer(SurvivalAnalysis(**{"events": ("Order",), role: ("Ordr",)}), [])  # type: ignore[arg-type]
    assert raised.value.hint == "did you mean 'Order'?"
