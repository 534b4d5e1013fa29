from __future__ import annotations

import json
import pickle
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import groupby, pairwise
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.journeys.analyses import paths as path_analysis
from desireline.journeys.analyses.paths import PathsAnalysis
from desireline.journeys.engine import Answer
from desireline.journeys.estimates import compare
from desireline.journeys.model import Names
from desireline.journeys.results.paths import Paths

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

QUESTIONS = st.builds(
    PathsAnalysis,
    touchpoint=st.sampled_from(NAMES.touchpoints),
    direction=st.sampled_from(["after", "before"]),
    steps=st.integers(1, 5),
    top=st.integers(1, 4),
    anchor=st.sampled_from(["first", "last", "every"]),
    repeats=st.sampled_from(["folded", "kept"]),
    weekday=st.sampled_from([None, "Thursday"]),
    timezone=st.sampled_from(["UTC", "Asia/Tokyo"]),
)
Step = tuple[str, int]


def weekday_of(time: int, timezone: str) -> str:
    return (
        (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)).astimezone(ZoneInfo(timezone)).strftime("%A")
    )


def paths_of(rows: list[Row], question: PathsAnalysis, gap: int | None) -> list[tuple[int, list[Step]]]:
    """Customer and steps (touchpoint and time) of every path, from its touchpoint to where its span ends."""
    found = []
    for customer, span in spans_of(rows, gap):
        steps = [(NAMES.touchpoints[row.touchpoint], row.time) for row in span]
        if question.repeats == "folded":
            steps = [next(run) for _, run in groupby(steps, key=lambda step: step[0])]
        places = [place for place, (name, _) in enumerate(steps) if name == question.touchpoint]
        chosen = {"first": places[:1], "last": places[-1:], "every": places}[question.anchor]
        for place in chosen:
            if question.weekday not in (None, weekday_of(steps[place][1], question.timezone)):
                continue
            found.append((customer, steps[place:] if question.direction == "after" else steps[place::-1]))
    return found


def named(found: list[tuple[int, list[Step]]], question: PathsAnalysis) -> list[list[str]]:
    """The names of each path, step by step, as they are grouped; "" at the end."""
    tallies: dict[int, Counter[str]] = defaultdict(Counter)
    for _, steps in found:
        for step, (name, _) in enumerate(steps):
            tallies[step][name] += 1
    groups: dict[tuple[int, str], str] = {}
    for step, tally in tallies.items():
        order = sorted(tally, key=lambda name: (-tally[name], name))
        kept = order if len(order) <= question.top + 1 else order[: question.top]
        groups |= {(step, name): name if name in kept else f"others ({len(order) - question.top})" for name in order}
    return [[*(groups[step, name] for step, (name, _) in enumerate(steps)), ""] for _, steps in found]


def expected(rows: list[Row], question: PathsAnalysis, gap: int | None) -> dict[str, Any]:
    found = paths_of(rows, question, gap)
    names = named(found, question)
    sign = 1 if question.direction == "after" else -1
    nodes: dict[tuple[int, str], list[int]] = defaultdict(list)
    links: dict[tuple[int, str, str], list[tuple[int, int | None]]] = defaultdict(list)
    for (customer, steps), groups in zip(found, names, strict=True):
        for step, name in enumerate(groups[:-1][: question.steps + 1]):
            nodes[step, name].append(customer)
        for step, (near, far) in enumerate(pairwise(groups[: question.steps + 2])):
            if far == "" or step < question.steps:
                wait = None if far == "" else abs(steps[step + 1][1] - steps[step][1])
                links[step, near, far].append((customer, wait))
    return {
        "nodes": {(sign * step, name): (len(who), len(set(who))) for (step, name), who in nodes.items()},
        "links": {
            (sign * (step + 1), *((near, far) if sign > 0 else (far, near))): (
                len(each),
                len({customer for customer, _ in each}),
                median(wait for _, wait in each if wait is not None) / SECOND if far else None,
                len(each) / len(nodes[step, near]),
            )
            for (step, near, far), each in links.items()
        },
        "main_path": main_path(names, question),
    }


def main_path(names: list[list[str]], question: PathsAnalysis) -> list[tuple[str, int]]:
    """Of those who took it so far, the largest group; a touchpoint before the end, the one with more paths before the other."""
    taken: list[tuple[str, int]] = [(question.touchpoint, len(names))] if names else []
    for step in range(1, question.steps + 1):
        there = Counter(groups[step] for groups in names if len(groups) > step and groups[step])
        following = [groups for groups in names if groups[:step] == [name for name, _ in taken]]
        ways = Counter(groups[step] for groups in following if not groups[step].startswith("others ("))
        if not ways or not names:
            break
        best = min(ways, key=lambda name: (-ways[name], name == "", -there[name], name))
        taken.append((best, ways[best]))
        if best == "":
            break
    return taken


def told(result: Paths) -> dict[str, Any]:
    return {
        "nodes": {(each.step, each.name): (each.paths, each.customers) for each in result.nodes},
        "links": {
            (each.step, each.source or "", each.target or ""): (
                each.paths,
                each.customers,
                None if np.isnan(each.median_seconds) else each.median_seconds,
                each.share.value,
            )
            for each in result.links
        },
        "main_path": [(each.name or "", each.paths) for each in result.main_path],
    }


@settings(max_examples=300)
@given(some_rows(most=40, customers=5, times=20), QUESTIONS, st.integers(1, 3), st.sampled_from([None, 0, 4 * SECOND]))
def test_paths_are_what_following_each_span_gives(
    rows: list[Row], question: PathsAnalysis, parts: int, gap: int | None
) -> None:
    result = answer(question, rows, parts=parts, gap=gap)
    assert told(result) == expected(rows, question, gap)
    cut = spans_of(rows, gap)
    having = [
        customer for customer, span in cut if any(NAMES.touchpoints[r.touchpoint] == question.touchpoint for r in span)
    ]
    assert (result.total_spans, result.spans) == (len(cut), len(having))
    assert (result.total_customers, result.customers) == (len({customer for customer, _ in cut}), len(set(having)))


@given(some_rows(least=10, most=40, customers=5, times=20), QUESTIONS)
def test_the_most_common_path_is_the_same_when_it_is_counted_step_by_step(
    rows: list[Row], question: PathsAnalysis
) -> None:
    at_once = answer(question, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_analysis, "MOST_CELLS", 1)
        assert repr(answer(question, rows)) == repr(at_once)


@given(some_rows(least=10, most=40, customers=6, times=20), QUESTIONS, st.randoms())
def test_states_may_be_combined_in_any_order_and_sent_to_others(
    rows: list[Row], question: PathsAnalysis, order: Random
) -> None:
    whole = answer(question, rows)
    parts = [source() for source in sources(rows, parts=4, gap=None)]
    outcome: Any = question.begin(NAMES)
    while not isinstance(outcome, Answer):
        reading = pickle.loads(pickle.dumps(outcome))
        states = [pickle.loads(pickle.dumps(reading.partial(part))) for part in parts]
        order.shuffle(states)
        outcome = reading.conclude(reduce(reading.combine, states))
    assert repr(outcome.result) == repr(whole)


@given(some_rows(most=40, customers=5, times=20), QUESTIONS)
def test_nothing_is_lost_between_two_steps(rows: list[Row], question: PathsAnalysis) -> None:
    result = answer(question, rows)
    near = "source" if question.direction == "after" else "target"
    sign = 1 if question.direction == "after" else -1
    for node in result.nodes:
        if abs(node.step) < question.steps:
            away = [
                each.paths
                for each in result.links
                if each.step == node.step + sign and getattr(each, near) == node.name
            ]
            assert sum(away) == node.paths
    assert (
        sum(each.paths for each in result.nodes if abs(each.step) == 1)
        + sum(each.ended for each in result.nodes if each.step == 0)
        == result.paths
    )


def walked(codes: str, *, customer: int = 1) -> list[Row]:
    """One interaction a second, a digit for each touchpoint."""
    return [Row(customer, place * SECOND, int(code), 0) for place, code in enumerate(codes)]


def ways(result: Paths) -> list[tuple[int, str | None, str | None, int]]:
    return [(each.step, each.source, each.target, each.paths) for each in result.links]


def test_a_visit_that_is_repeated_is_one_step_unless_repeats_are_kept() -> None:
    rows = walked("0012")
    assert ways(answer(PathsAnalysis("Visit"), rows))[:2] == [(1, "Visit", "Search", 1), (2, "Search", "Order", 1)]
    assert ways(answer(PathsAnalysis("Visit", repeats="kept"), rows))[:2] == [
        (1, "Visit", "Visit", 1),
        (2, "Visit", "Search", 1),
    ]


def test_a_folded_step_has_the_time_of_its_first_interaction() -> None:
    (first, *_) = answer(PathsAnalysis("Visit"), walked("0001")).links
    assert first.median_seconds == 3.0


@pytest.mark.parametrize(
    ("anchor", "followers"),
    [("first", {"Search": 1}), ("last", {"Order": 1}), ("every", {"Search": 1, "Call": 1, "Order": 1})],
)
def test_which_occurrence_begins_a_path(anchor: Any, followers: dict[str, int]) -> None:
    result = answer(PathsAnalysis("Visit", steps=1, anchor=anchor), walked("010302"))
    assert {each.target: each.paths for each in result.links if each.target} == followers
    assert (result.spans, result.paths) == (1, len(followers))


def test_what_leads_to_a_touchpoint_is_told_in_the_order_of_time() -> None:
    result = answer(PathsAnalysis("Order", direction="before"), walked("012"))
    assert ways(result) == [(-1, "Search", "Order", 1), (-2, "Visit", "Search", 1), (-3, None, "Visit", 1)]
    assert [(each.step, each.name) for each in result.main_path] == [
        (0, "Order"),
        (-1, "Search"),
        (-2, "Visit"),
        (-3, None),
    ]


def test_one_touchpoint_too_many_is_named_and_two_are_others() -> None:
    rows = [*walked("01", customer=1), *walked("02", customer=2), *walked("03", customer=3)]
    assert [each.name for each in answer(PathsAnalysis("Visit", top=2), rows).nodes[1:]] == ["Call", "Order", "Search"]
    others = answer(PathsAnalysis("Visit", top=1), rows).nodes[-1]
    assert (others.name, others.paths, others.customers, others.others) == ("others (2)", 2, 2, 2)


def test_customers_of_others_are_counted_once() -> None:
    rows = [
        Row(1, time * 100 * SECOND + place, code, 0) for time in range(3) for place, code in enumerate((0, time + 1))
    ]
    others = answer(PathsAnalysis("Visit", top=1), rows, gap=SECOND).nodes[-1]
    assert (others.paths, others.customers) == (2, 1)


def test_a_touchpoint_may_be_called_like_others() -> None:
    names = Names(("Visit", "others (2)", "Order", "Call"), NAMES.channels)
    rows = [row for who, code in enumerate("1123") for row in walked(f"0{code}", customer=who)]
    result = answer(PathsAnalysis("Visit", top=1), rows, names=names)
    assert [(each.name, each.paths, each.others) for each in result.nodes[1:]] == [
        ("others (2)", 2, 0),
        ("others (2)", 2, 2),
    ]


def test_the_end_of_a_path_is_told_at_the_last_step_too() -> None:
    rows = [*walked("01", customer=1), *walked("012", customer=2)]
    result = answer(PathsAnalysis("Visit", steps=1), rows)
    assert [(each.name, each.paths, each.ended) for each in result.nodes] == [("Visit", 2, 0), ("Search", 2, 1)]
    assert ways(result) == [(1, "Visit", "Search", 2), (2, "Search", None, 1)]


def test_shares_are_of_the_paths_that_were_there() -> None:
    rows = [row for who, codes in enumerate(["01", "01", "01", "02"]) for row in walked(codes, customer=who)]
    result = answer(PathsAnalysis("Visit"), rows)
    assert [(each.share.value, each.share.n) for each in result.links] == [(0.75, 4), (0.25, 4), (1.0, 3), (1.0, 1)]
    low, high = result.links[0].share.low, result.links[0].share.high
    assert (round(low, 3), round(high, 3)) == (0.301, 0.954)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param(PathsAnalysis("Visit", steps=0), "steps: expected 1 to 20, got 0", id="no steps"),
        pytest.param(PathsAnalysis("Visit", steps=21), "steps: expected 1 to 20, got 21", id="too many steps"),
        pytest.param(PathsAnalysis("Visit", top=0), "top: expected 1 to 100, got 0", id="nothing named"),
    ],
)
def test_impossible_settings_are_refused(question: PathsAnalysis, message: str) -> None:
    with pytest.raises(InputError, match=message):
        answer(question, [])


@pytest.mark.parametrize(
    ("name", "names", "hint"),
    [
        ("Serch", NAMES, "did you mean 'Search'?"),
        ("Xyz", NAMES, "touchpoints: 'Visit', 'Search', 'Order', 'Call'"),
        ("Visit", Names((), ()), "there are no interactions yet"),
    ],
)
def test_an_unknown_touchpoint_is_refused_with_near_names(name: str, names: Names, hint: str) -> None:
    with pytest.raises(UnknownNameError, match=name) as raised:
        answer(PathsAnalysis(name), [], names=names)
    assert raised.value.hint == hint


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no interactions"),
        pytest.param(walked("123"), id="the touchpoint does not occur"),
    ],
)
def test_no_path_is_a_plain_answer(rows: list[Row]) -> None:
    result = answer(PathsAnalysis("Visit"), rows)
    assert (result.paths, result.nodes, result.links, result.main_path) == (0, (), (), ())
    assert json.loads(result.to_json())["paths"] == 0
    assert "No journey has" in result.svg()


def test_one_customer_and_equal_times_are_plain_answers() -> None:
    result = answer(PathsAnalysis("Visit"), [Row(1, 0, code, 0) for code in (0, 1, 2)])
    assert [each.median_seconds for each in result.links[:2]] == [0.0, 0.0]
    assert result.nodes[-1].ended == 1


def test_the_longest_and_widest_question_is_answered() -> None:
    rows = [Row(who, place, (place * (who + 1)) % 4, 0) for who in range(5) for place in range(40)]
    for anchor in ("first", "every"):
        result = answer(PathsAnalysis("Visit", steps=20, top=100, anchor=anchor, repeats="kept"), rows)
        assert max(each.step for each in result.nodes) == 20


def test_groups_can_be_compared() -> None:
    many = [row for who in range(200) for row in walked("01" if who % 4 else "03", customer=who)]
    few = [row for who in range(200) for row in walked("03" if who % 4 else "01", customer=who)]
    first, second = (answer(PathsAnalysis("Visit"), rows).estimates() for rows in (many, few))
    sure = {each.before.name for each in compare(first, second).differences if each.is_sure}
    assert sure == {"1 step after Visit: Search", "1 step after Visit: Call"}


def test_one_step_from_every_occurrence_is_what_pm4py_finds() -> None:
    found = json.loads((Path(__file__).parent / "pm4py_directly_follows.json").read_text())
    names = Names(tuple(sorted({activity for _, activity, _ in found["log"]})), ("web",))
    rows = [
        Row(case, seconds * SECOND, names.touchpoints.index(activity), 0) for case, activity, seconds in found["log"]
    ]
    follows, ends = [], {}
    for touchpoint in names.touchpoints:
        question = PathsAnalysis(touchpoint, steps=1, top=100, anchor="every", repeats="kept")
        result = answer(question, rows, names=names)
        follows += [[each.source, each.target, each.paths] for each in result.links if each.step == 1 and each.target]
        ends[touchpoint] = result.nodes[0].ended
    assert sorted(follows) == found["directly_follows"]
    assert ends == found["ends"]


def test_the_table_of_the_page_is_what_its_example_gives() -> None:
    page = (Path(__file__).parents[2] / "docs" / "paths.md").read_text(encoding="utf-8")
    table = page.split("| step | from | to |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    names = Names(("Visit", "Search", "Order", "Call"), ("web",))
    mornings = ((0, 60, 300, 3600), (0, 180, 240, 600, 11400), (7200,), (0, 120, 240, 2640))
    rows = [
        Row(customer, time * SECOND, int(code), 0)
        for customer, (codes, times) in enumerate(zip(("0123", "01012", "3", "0123"), mornings, strict=True))
        for code, time in zip(codes, times, strict=True)
    ]
    links = answer(PathsAnalysis("Visit"), rows, names=names).links
    assert shown == [
        [
            str(each.step),
            *(name or "–" for name in (each.source, each.target)),
            str(each.paths),
            str(each.customers),
            f"{each.share.value:.16g}" if each.share.value % 1 else str(int(each.share.value)),
            "–" if np.isnan(each.median_seconds) else f"{each.median_seconds:g}",
        ]
        for each in links
    ]


@pytest.mark.parametrize(
    ("timezone", "weekday", "paths"),
    [
        pytest.param("UTC", "Thursday", 1, id="the first day of 1970"),
        pytest.param("UTC", "Friday", 2, id="the second one"),
        pytest.param("UTC", "Monday", 0, id="no such day"),
        pytest.param("Asia/Tokyo", "Friday", 1, id="by another clock"),
        pytest.param("Asia/Tokyo", "Saturday", 2, id="later by another clock"),
    ],
)
def test_of_a_weekday_only_paths_that_begin_on_it(timezone: str, weekday: str, paths: int) -> None:
    rows = [Row(1, hour * 3600 * SECOND, 0, 0) for hour in (16, 40, 41)]
    asked = PathsAnalysis("Visit", anchor="every", repeats="kept", weekday=weekday, timezone=timezone)
    assert answer(asked, rows).paths == paths


def test_an_unknown_weekday_is_refused() -> None:
    with pytest.raises(InputError, match="weekday: expected one of Monday, Tuesday") as raised:
        answer(PathsAnalysis("Visit", weekday="monday"), [])
    assert raised.value.hint == "did you mean Monday?"
