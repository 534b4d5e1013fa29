from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, Period, UnknownNameError
from desireline.journeys.analyses import RetentionAnalysis
from desireline.journeys.engine import combined
from desireline.journeys.estimates import compare
from desireline.journeys.model import Whose
from desireline.journeys.results.retention import RetentionKind
from desireline.kernels.calendar import CalendarUnit

from . import rows as plain
from .rows import NAMES, NOBODY_TOLD, SECOND, FieldsOfRows, Row, done_by_customers, in_order, sources

answer = partial(plain.answer, names=NOBODY_TOLD)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = 3600 * SECOND
UNITS = st.sampled_from(["day", "week", "month"])
KINDS = st.sampled_from(["in", "on_or_after"])
TOUCHPOINTS = st.lists(st.sampled_from(NAMES.touchpoints), max_size=2, unique=True).map(tuple)
MONDAY = date(2026, 1, 5)


@st.composite
def days_apart(draw: st.DrawFn) -> list[Row]:
    """Interactions over some months, a few hours or some days apart."""
    rows = []
    for customer in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, 60)) * 24 * HOUR + 20_454 * 24 * HOUR
        for _ in range(draw(st.integers(1, 9))):
            at += draw(st.sampled_from([0, 1, 5, 24, 24 * 7, 24 * 20])) * HOUR
            rows.append(Row(customer, at, draw(st.integers(0, 3)), 0))
    return rows


def day(time: int) -> date:
    return (EPOCH + timedelta(microseconds=time)).date()


def first_day(of: date, by: CalendarUnit) -> date:
    if by == "day":
        return of
    return of - timedelta(of.weekday()) if by == "week" else of.replace(day=1)


def next_period(first: date, by: CalendarUnit) -> date:
    step = {"day": 1, "week": 7, "month": 32}[by]
    return first_day(first + timedelta(step), by)


def expected(rows: list[Row], asked: RetentionAnalysis) -> dict[date, dict[str, Any]]:
    """Customers, returned by period, inactive and judged of every cohort, from the sets of customers themselves."""
    if not rows:
        return {}
    today = max(day(row.time) for row in rows)
    cohorts: dict[date, dict[str, Any]] = {}
    for customer, own in in_order(rows).items():
        names = [NAMES.touchpoints[row.touchpoint] for row in own]
        counts = [asked.whose == "anybody" or done for done in done_by_customers(rows)[customer]]
        started = [
            place for place, name in enumerate(names) if (name in asked.starts if asked.starts else counts[place])
        ]
        if not started:
            continue
        first = started[0]
        returning = [
            row
            for place, row in enumerate(own)
            if place >= first and (names[place] in asked.returns if asked.returns else counts[place])
        ]
        cohort = cohorts.setdefault(
            first_day(day(own[first].time), asked.by),
            {"customers": set(), "back": [], "inactive": 0, "judged": 0, "worth": np.zeros(2)},
        )
        cohort["customers"].add(customer)
        later = [row for row in returning if row is not own[first]]
        cohort["back"].append({first_day(day(row.time), asked.by) for row in later})
        active = sorted({day(row.time) for row in returning})
        pauses = [(after - before).days for before, after in itertools.pairwise(active)]
        if len(pauses) >= 3:
            cohort["judged"] += 1
            is_inactive = (today - active[-1]).days > asked.patience * median(pauses)
            cohort["inactive"] += is_inactive
            brought = FieldsOfRows().of("value", np.flatnonzero([row.customer == customer for row in rows]))
            cohort["worth"] += np.nansum(brought) * np.array([is_inactive, 1])
    for start, cohort in cohorts.items():
        cohort["returned"] = []
        period = start
        while next_period(period, asked.by) <= today + timedelta(1):
            came = [any(p == period if asked.kind == "in" else p >= period for p in each) for each in cohort["back"]]
            cohort["returned"].append(sum(came))
            period = next_period(period, asked.by)
    return cohorts


@settings(max_examples=200)
@given(
    days_apart(),
    TOUCHPOINTS,
    TOUCHPOINTS,
    UNITS,
    KINDS,
    st.sampled_from([0.5, 1.0, 3.0]),
    st.sampled_from([None, HOUR]),
    st.sampled_from(["customer", "anybody"]),
)
def test_cohorts_are_what_following_every_customer_gives(
    rows: list[Row],
    starts: tuple[str, ...],
    returns: tuple[str, ...],
    by: CalendarUnit,
    kind: RetentionKind,
    patience: float,
    gap: int | None,
    whose: Whose,
) -> None:
    asked = RetentionAnalysis(starts, returns, by=by, kind=kind, patience=patience, whose=whose)
    found = plain.answer(asked, rows, parts=2, gap=gap)
    wanted = expected(rows, asked)
    assert [cohort.start for cohort in found.cohorts] == sorted(wanted)
    for cohort in found.cohorts:
        its = wanted[cohort.start]
        assert cohort.customers == len(its["customers"])
        assert [cell.returned for cell in cohort.cells] == its["returned"]
        assert cohort.inactive.n == its["judged"]
        assert not its["judged"] or cohort.inactive.value == its["inactive"] / its["judged"]
    assert found.customers == sum(len(its["customers"]) for its in wanted.values())
    judged = sum(its["judged"] for its in wanted.values())
    assert found.inactive.n == judged
    assert not judged or found.inactive.value == sum(its["inactive"] for its in wanted.values()) / judged
    if len(rows) > 1:
        worth = sum((its["worth"] for its in wanted.values()), np.zeros(2))
        assert (found.value_at_stake, found.value_of_judged) == tuple(worth)


@given(days_apart(), UNITS, KINDS)
def test_the_curve_adds_up_the_cohorts_that_reach_a_period(
    rows: list[Row], by: CalendarUnit, kind: RetentionKind
) -> None:
    found = answer(RetentionAnalysis(by=by, kind=kind), rows)
    for since, cell in enumerate(found.curve):
        reaching = [cohort for cohort in found.cohorts if len(cohort.cells) > since]
        assert cell.customers == sum(cohort.customers for cohort in reaching)
        assert cell.returned == sum(cohort.cells[since].returned for cohort in reaching)
        assert 0 <= cell.low <= cell.share <= cell.high <= 1


@given(days_apart(), UNITS)
def test_on_or_after_never_rises_and_is_never_below_in(rows: list[Row], by: CalendarUnit) -> None:
    just, later = (answer(RetentionAnalysis(by=by, kind=kind), rows).cohorts for kind in ("in", "on_or_after"))
    for once, ever in zip(just, later, strict=True):
        returned = [cell.returned for cell in ever.cells]
        assert returned == sorted(returned, reverse=True)
        assert all(a.returned <= b for a, b in zip(once.cells, returned, strict=True))


@given(days_apart(), st.permutations(range(4)))
def test_partial_counts_combine_in_any_order(rows: list[Row], order: list[int]) -> None:
    reading = RetentionAnalysis(by="day").begin(NAMES)
    states = [reading.partial(source()) for source in sources(rows, parts=4, gap=None)]
    in_order_, shuffled = (combined(reading, each) for each in (states, [states[place] for place in order]))
    assert repr(reading.conclude(in_order_)) == repr(reading.conclude(shuffled))


def visits(*days_of_customers: list[int], touchpoint: int = 0) -> list[Row]:
    """A visit on each of some days after a Monday, customer by customer."""
    monday = (MONDAY - EPOCH.date()).days
    return [
        Row(customer, (monday + each) * 24 * HOUR + HOUR, touchpoint, 0)
        for customer, days in enumerate(days_of_customers)
        for each in days
    ]


def test_weeks_begin_on_monday_and_the_last_day_is_whole() -> None:
    until_saturday, until_sunday = (answer(RetentionAnalysis(), visits([0, 6, 7], [last])) for last in (12, 13))
    assert [cohort.start for cohort in until_sunday.cohorts] == [MONDAY, MONDAY + timedelta(7)]
    assert [cell.returned for cell in until_sunday.cohorts[0].cells] == [1, 1]
    assert [cell.returned for cell in until_saturday.cohorts[0].cells] == [1]
    assert until_saturday.cohorts[1].cells == ()


@pytest.mark.parametrize(("today", "inactive"), [(12, 0), (13, 1)])
def test_inactive_is_longer_than_three_times_the_own_rhythm(today: int, inactive: int) -> None:
    """Days 0, 2, 4, 6: a rhythm of two days, so days 7 to 12 are no reason for concern. The other has no rhythm."""
    found = answer(RetentionAnalysis(by="day"), visits([0, 2, 4, 6], [today]))
    assert (found.inactive.n, found.inactive.value) == (1, inactive)


def test_returns_are_those_after_the_start() -> None:
    rows = [Row(1, place * HOUR, touchpoint, 0) for place, touchpoint in enumerate((2, 0, 2, 0, 1))]
    found = answer(RetentionAnalysis(("Visit",), ("Order",), by="day"), [*rows, Row(2, 25 * HOUR, 1, 0)])
    assert [(cohort.customers, [cell.returned for cell in cohort.cells]) for cohort in found.cohorts] == [(1, [1, 0])]


def test_the_record_may_go_on_after_the_last_interaction_of_the_group() -> None:
    asked = RetentionAnalysis(by="day", record_end=datetime(2026, 1, 20, 12, tzinfo=UTC))
    found = answer(asked, visits([0, 2, 4, 6]))
    assert (len(found.curve), found.inactive.value) == (16, 1)


@given(days_apart(), st.integers(0, 40), KINDS, st.sampled_from([None, HOUR]))
def test_what_comes_after_the_end_of_the_record_is_not_seen(
    rows: list[Row], days: int, kind: RetentionKind, gap: int | None
) -> None:
    end = EPOCH + timedelta(days=20_454 + days)
    asked = RetentionAnalysis(by="day", kind=kind, record_end=end)
    until_then = [row for row in rows if EPOCH + timedelta(microseconds=row.time) <= end]
    found, wanted = answer(asked, rows, parts=2, gap=gap), answer(asked, until_then, gap=gap)
    assert repr((found.record_end, found.cohorts)) == repr((wanted.record_end, wanted.cohorts))


@given(days_apart(), st.integers(0, 40), st.integers(1, 40))
def test_those_who_began_in_a_period_are_the_whole_cohorts_of_its_days(
    rows: list[Row], after: int, length: int
) -> None:
    """By day, so that a period cuts no cohort; and followed to the end of the record."""
    begin = EPOCH + timedelta(days=20_454 + after)
    asked = RetentionAnalysis(by="day", begun=Period(begin, begin + timedelta(days=length)))
    everybody = answer(RetentionAnalysis(by="day"), rows)
    chosen = [each for each in everybody.cohorts if begin.date() <= each.start < (begin + timedelta(length)).date()]
    assert repr(answer(asked, rows, parts=2).cohorts) == repr(tuple(chosen))


def test_a_customer_who_began_before_does_not_begin_again() -> None:
    begun = Period(datetime(2026, 1, 6, tzinfo=UTC), None)
    found = answer(RetentionAnalysis(by="day", begun=begun), visits([0, 2, 4], [1, 3]))
    assert [(each.start, each.customers) for each in found.cohorts] == [(MONDAY + timedelta(1), 1)]


def test_what_the_company_did_is_neither_a_start_nor_a_return() -> None:
    """The third and fourth interaction are the company's, the next two are not, the last two are."""
    rows = visits([0, 1], [0, 1, 2, 3, 4, 5])
    assert done_by_customers(rows) == {0: [True, True], 1: [False, False, True, True, False, False]}
    found = plain.answer(RetentionAnalysis(by="day"), rows)
    assert [(each.start.day, [cell.returned for cell in each.cells]) for each in found.cohorts] == [
        (5, [0, 1, 0, 0, 0, 0]),
        (7, [0, 1, 0, 0]),
    ]
    assert found.left_out == 4


def test_with_anybody_what_the_company_did_counts_too() -> None:
    found = plain.answer(RetentionAnalysis(by="day", whose="anybody"), visits([0, 1], [0, 1, 2, 3, 4, 5]))
    assert [[cell.returned for cell in each.cells] for each in found.cohorts] == [[0, 2, 1, 1, 1, 1]]
    assert found.left_out == 0


def test_a_touchpoint_that_is_named_counts_whoever_acted() -> None:
    rows = visits([0, 1, 2, 3, 4, 5])
    found = plain.answer(RetentionAnalysis(("Visit",), ("Visit",), by="day"), rows)
    assert sum(cell.returned for cell in found.curve) == 5
    assert (found.left_out, RetentionAnalysis(("Visit",), ("Visit",)).fields) == (0, ("value",))


def test_nobody_starts() -> None:
    found = answer(RetentionAnalysis(("Order",)), visits([0, 1]))
    assert (found.cohorts, found.curve, found.record_end, found.customers, found.inactive.n) == ((), (), None, 0, 0)
    assert found.to_json()
    assert found.chart().to_dict()


def test_one_moment_of_one_customer() -> None:
    found = answer(RetentionAnalysis(by="day"), visits([0]))
    assert [(cell.returned, cell.customers) for cell in found.curve] == [(0, 1)]
    assert found.rows()[0]["cohort"] == "2026-01-05"
    assert found.chart().to_dict()


def test_two_answers_are_compared() -> None:
    faithful = answer(RetentionAnalysis(), visits(*[[0, 8, 14]] * 200))
    others = answer(RetentionAnalysis(), visits(*[[0, 14]] * 200))
    (first, *_) = compare(faithful.estimates(), others.estimates()).differences
    assert first.before.name == "came back in week 1"
    assert first.is_sure


@pytest.mark.parametrize("patience", [0.0, -1.0, 1001.0, float("nan")])
def test_an_impossible_patience_is_refused(patience: float) -> None:
    with pytest.raises(InputError, match="expected a patience"):
        answer(RetentionAnalysis(patience=patience), [])


@pytest.mark.parametrize("role", ["starts", "returns"])
def test_unknown_touchpoints_are_named_with_near_matches(role: str) -> None:
    with pytest.raises(UnknownNameError, match=f"as {role}, got 'Ordr'") as raised:
        answer(RetentionAnalysis(**{role: ("Ordr",)}), [])  # type: ignore[arg-type]
    assert raised.value.hint == "did you mean 'Order'?"
