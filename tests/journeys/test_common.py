from __future__ import annotations

import pickle
from collections import defaultdict
from datetime import timedelta
from itertools import groupby, pairwise, permutations
from pathlib import Path
from statistics import median
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.journeys.analyses import CommonAnalysis
from desireline.journeys.analyses.common import CommonBy
from desireline.journeys.analyses.variants import PathsPass
from desireline.journeys.engine import Answer
from desireline.journeys.estimates import share
from desireline.journeys.model import Names
from desireline.journeys.pictures.charts import save_picture
from desireline.journeys.pictures.path_rows import draw_common_journeys, place_steps
from desireline.journeys.results.common import CommonJourney, CommonJourneys

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

pytestmark = pytest.mark.usefixtures("way_to_medians")
GAPS = st.sampled_from([None, 0, SECOND])
BYS = st.sampled_from(get_args(CommonBy))
SESSIONS = st.sampled_from([None, timedelta(0), timedelta(seconds=1), timedelta(seconds=3)])
Step = tuple[str, ...]


def step_of(row: Row, by: CommonBy) -> str | None:
    if by == "channel":
        return NAMES.channels[row.channel]
    if by == "touchpoint":
        return NAMES.touchpoints[row.touchpoint]
    stage = NAMES.stage_of[row.touchpoint]
    return None if stage < 0 else NAMES.stages[stage]


def folded(span: list[Row], by: CommonBy, within: timedelta | None) -> tuple[Step, ...]:
    """The path of a span: each step is a tuple of names, of several only where the order within a session is ignored."""
    steps = [(row.time, step) for row in span if (step := step_of(row, by)) is not None]
    sets: list[list[str]] = []
    for place, (time, step) in enumerate(steps):
        follows = place > 0 and within is not None and time - steps[place - 1][0] <= within / timedelta(microseconds=1)
        if follows:
            sets[-1].append(step)
        else:
            sets.append([step])
    order = NAMES.stages if by == "stage" else sorted(NAMES.touchpoints + NAMES.channels)
    return tuple(key for key, _ in groupby(tuple(sorted(set(each), key=order.index)) for each in sets))


def by_name(path: tuple[Step, ...]) -> list[str]:
    """What paths with equally many customers and spans are sorted by: a session ends before it goes on."""
    return [name for step in path for name in ("", *step)]


def expected(rows: list[Row], by: CommonBy, within: timedelta | None, gap: int | None) -> list[CommonJourney]:
    durations, customers = defaultdict(list), defaultdict(set)
    for customer, span in spans_of(rows, gap):
        path = folded(span, by, within)
        durations[path].append((span[-1].time - span[0].time) / SECOND)
        customers[path].add(customer)
    total = len({row.customer for row in rows})
    order = sorted(durations, key=lambda path: (-len(customers[path]), -len(durations[path]), by_name(path)))
    found, covered = [], set[int]()
    for path in order:
        covered |= customers[path]
        names = tuple(" + ".join(step) for step in path)
        found.append(
            CommonJourney(
                names,
                len(customers[path]),
                len(durations[path]),
                share(" → ".join(names), len(customers[path]), total),
                len(covered),
                len(covered) / total,
                median(durations[path]),
            )
        )
    return found


@given(some_rows(), st.integers(1, 3), GAPS, BYS, SESSIONS)
def test_common_journeys_are_paths_without_direct_repeats(
    rows: list[Row], parts: int, gap: int | None, by: CommonBy, within: timedelta | None
) -> None:
    result = answer(CommonAnalysis(by=by, session_gap=within), rows, parts=parts, gap=gap)
    assert list(result.journeys) == expected(rows, by, within, gap)
    assert result.total_customers == len({row.customer for row in rows})
    assert result.total_spans == len(spans_of(rows, gap))
    assert result.total_paths == len(result.journeys)


@given(some_rows(customers=12), st.integers(1, 6), GAPS, SESSIONS)
def test_top_keeps_the_first_ones_and_what_they_cover(
    rows: list[Row], top: int, gap: int | None, within: timedelta | None
) -> None:
    result = answer(CommonAnalysis(top=top, session_gap=within), rows, parts=2, gap=gap)
    wanted = expected(rows, "touchpoint", within, gap)
    assert list(result.journeys) == wanted[:top]
    assert result.total_paths == len(wanted)


@given(some_rows(least=3, customers=6), GAPS, SESSIONS)
def test_parts_may_be_combined_in_any_order(rows: list[Row], gap: int | None, within: timedelta | None) -> None:
    first = CommonAnalysis(session_gap=within, top=4).begin(NAMES)
    spans = [source() for source in sources(rows, parts=3, gap=gap)]
    results = []
    for order in permutations(range(3)):
        outcome: object = first
        while not isinstance(outcome, Answer):
            assert hasattr(outcome, "partial")
            one, two, three = (pickle.loads(pickle.dumps(outcome.partial(spans[part]))) for part in order)
            outcome = outcome.conclude(outcome.combine(outcome.combine(one, two), three))
        results.append(outcome.result)
    assert all(result == results[0] for result in results)


def rows_of(codes: str, *, customer: int = 1, pauses: tuple[int, ...] = ()) -> list[Row]:
    """A customer's touchpoints by code, a second apart; a minute before the places in ``pauses``."""
    times = np.cumsum([60 if place in pauses else 1 for place in range(len(codes))])
    return [Row(customer, int(time) * SECOND, int(code), 0) for time, code in zip(times, codes, strict=True)]


@pytest.mark.parametrize(
    ("codes", "pauses", "within", "path"),
    [
        pytest.param("0012", (), None, ("Visit", "Search", "Order"), id="a repeat counts once"),
        pytest.param("0101", (), None, ("Visit", "Search", "Visit", "Search"), id="only direct repeats do"),
        pytest.param("1001", (), 5, ("Search + Visit",), id="the order within a session is ignored"),
        pytest.param("0110", (2,), 5, ("Search + Visit",), id="equal sessions in a row count once"),
        pytest.param("0102", (2,), 5, ("Search + Visit", "Order + Visit"), id="sessions stay in order"),
        pytest.param("010101", (2, 3, 4), 5, ("Search + Visit", "Visit", "Search", "Search + Visit"), id="many"),
    ],
)
def test_folding(codes: str, pauses: tuple[int, ...], within: int | None, path: tuple[str, ...]) -> None:
    gap = None if within is None else timedelta(seconds=within)
    (journey,) = answer(CommonAnalysis(session_gap=gap), rows_of(codes, pauses=pauses)).journeys
    assert journey.path == path


def test_touchpoints_without_a_stage_are_left_out_before_repeats_are_folded() -> None:
    rows = [*rows_of("0300312"), *rows_of("33", customer=2)]
    result = answer(CommonAnalysis(by="stage"), rows)
    assert {journey.path for journey in result.journeys} == {("Look", "Compare", "Buy"), ()}
    assert {journey.text for journey in result.journeys} == {"Look → Compare → Buy", "(no stage)"}


def test_more_stages_than_touchpoints_keep_sessions_apart() -> None:
    names = Names(("Visit",), ("web",), ("Look", "Compare", "Buy"), (2,))
    (journey,) = answer(
        CommonAnalysis(by="stage", session_gap=timedelta(seconds=2)), rows_of("00", pauses=(1,)), names=names
    ).journeys
    assert journey.path == ("Buy",)


def test_stages_need_a_taxonomy() -> None:
    with pytest.raises(InputError, match="a taxonomy with stages"):
        answer(CommonAnalysis(by="stage"), [], names=Names(("Visit",), ("web",)))


def test_nothing_is_no_error() -> None:
    result = answer(CommonAnalysis(), [])
    assert result == CommonJourneys(0, 0, 0, ())
    assert "No interaction fits" in result.svg()


def test_the_first_pass_is_that_of_the_variants() -> None:
    assert isinstance(CommonAnalysis().begin(NAMES), PathsPass)


def test_estimates_name_each_path() -> None:
    result = answer(CommonAnalysis(), rows_of("01"))
    assert [(each.name, each.value) for each in result.estimates()] == [
        ("Visit → Search", 1.0),
        ("customers", 1.0),
        ("different paths", 1.0),
    ]


@given(st.lists(st.text("abcmW ", min_size=1, max_size=60), min_size=1, max_size=60), st.integers(150, 700))
def test_a_drawn_path_stays_in_its_room_and_says_what_it_leaves_out(path: list[str], room: int) -> None:
    placed = place_steps(path, room=room)
    assert all(step.x + step.width <= room + 0.01 for step in placed)
    assert max(step.line for step in placed) <= 2
    for before, after in pairwise(placed):
        assert after.line > before.line or after.x > before.x + before.width
    left = int(placed[-1].text.split()[2]) if placed[-1].text.startswith("… and") else None
    assert len(placed) == len(path) if left is None else len(placed) - 1 + left == len(path)


@pytest.mark.parametrize("rows", [rows_of("01"), rows_of("0123" * 40), rows_of("33")], ids=["short", "long", "one"])
def test_the_picture_is_a_document_and_is_saved(rows: list[Row], tmp_path: Path) -> None:
    result = answer(CommonAnalysis(), rows)
    assert ElementTree.fromstring(draw_common_journeys(result)).tag.endswith("svg")
    save_picture(result, tmp_path / "common.png")
    assert (tmp_path / "common.png").stat().st_size > 1_000
