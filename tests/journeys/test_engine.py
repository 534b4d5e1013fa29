from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys import analyses
from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    GapsAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.engine import Analysis, Answer, KeyedPass, Pass, combined
from desireline.journeys.engines import LocalEngine
from desireline.journeys.model import Names, Result, Spans
from desireline.journeys.spans import nothing

from .engines.questions import every_analysis
from .rows import NAMES, SECOND, Row, answer, some_rows, sources

EVERY_ANALYSIS: dict[str, Analysis[Result]] = {
    "FlowAnalysis": FlowAnalysis(),
    "VariantsAnalysis": VariantsAnalysis(),
    "FunnelAnalysis": FunnelAnalysis(("Visit", "Search")),
    "SessionsAnalysis": SessionsAnalysis(),
    "ChannelsAnalysis": ChannelsAnalysis(),
    "GapsAnalysis": GapsAnalysis(quiet=timedelta(), within=timedelta(seconds=4), settle=timedelta(seconds=2)),
    "OverviewAnalysis": OverviewAnalysis(),
}
each_analysis = pytest.mark.parametrize("analysis", EVERY_ANALYSIS.values(), ids=EVERY_ANALYSIS)


MORE = {
    name: analysis
    for name, analysis in every_analysis().items()
    if name.split("(")[0] not in EVERY_ANALYSIS and "Basket" not in name
}
"""Those whose own tests hold them to a reference; here only the laws."""
each_further_one = pytest.mark.parametrize("analysis", MORE.values(), ids=MORE)


def test_every_analysis_is_held_to_the_laws() -> None:
    held = {*EVERY_ANALYSIS, *(name.split("(")[0] for name in MORE)}
    assert held == {name for name in analyses.__all__ if name.endswith("Analysis")}


@each_further_one
@settings(max_examples=15)
@given(
    rows=some_rows(),
    parts=st.integers(1, 3),
    gap=st.sampled_from([None, SECOND]),
    random=st.randoms(use_true_random=False),
)
def test_every_other_analysis_may_be_split_too(
    analysis: Analysis[Result], rows: list[Row], parts: int, gap: int | None, random: Any
) -> None:
    spans = [source() for source in sources(rows, parts=parts, gap=gap)]
    whole = repr(answer(analysis, rows, parts=1, gap=gap))
    assert repr(in_any_order(analysis, [*spans, nothing()], random.randrange)) == whole


@each_further_one
def test_no_parts_are_allowed_everywhere(analysis: Analysis[Result]) -> None:
    result = LocalEngine(threads=1).run(analysis, [], names=NAMES)
    assert rounded(result.to_dict()) == rounded(answer(analysis, []).to_dict())
    assert result.to_json()


def in_any_order(analysis: Analysis[Result], spans: list[Spans], choose: Callable[[int], int]) -> Result:
    """Run by hand: combine any two states until one is left; passes and states travel as bytes."""
    outcome: Any = analysis.begin(NAMES)
    while not isinstance(outcome, Answer):
        reading = sent(outcome)
        outcome = reading.conclude(merged(reading, [sent(reading.partial(each)) for each in spans], choose))
    return outcome.result


def by_pieces(analysis: Analysis[Result], spans: list[Spans], choose: Callable[[int], int], pieces: int) -> Result:
    """Run by hand; the states of keyed passes are split by their keys, and each piece is settled when it is complete."""
    outcome: Any = analysis.begin(NAMES)
    while not isinstance(outcome, Answer):
        reading = sent(outcome)
        states = [reading.partial(each) for each in spans]
        if isinstance(reading, KeyedPass):
            split = [sent(reading.split(state, pieces)) for state in states]
            states = [sent(reading.settle(merged(reading, list(own), choose))) for own in zip(*split, strict=True)]
        outcome = reading.conclude(merged(reading, states, choose))
    return outcome.result


def merged(reading: Pass[Any, Any], states: list[Any], choose: Callable[[int], int]) -> Any:
    while len(states) > 1:
        first, second = (states.pop(choose(len(states))) for _ in range(2))
        states.append(reading.combine(first, second))
    return states[0]


def sent(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else value


@each_analysis
@pytest.mark.usefixtures("way_to_medians")
@given(
    rows=some_rows(),
    parts=st.integers(1, 4),
    gap=st.sampled_from([None, SECOND]),
    random=st.randoms(use_true_random=False),
)
def test_any_split_combined_in_any_order_gives_the_same(
    analysis: Analysis[Result], rows: list[Row], parts: int, gap: int | None, random: Any
) -> None:
    spans = [source() for source in sources(rows, parts=parts, gap=gap)]
    whole = repr(answer(analysis, rows, parts=1, gap=gap))
    assert repr(in_any_order(analysis, [*spans, nothing()], random.randrange)) == whole
    assert repr(by_pieces(analysis, [*spans, nothing()], random.randrange, pieces=parts)) == whole


@each_analysis
@given(rows=some_rows(), touchpoints=st.permutations(range(4)), channels=st.permutations(range(3)))
def test_the_codes_behind_the_names_change_nothing(
    analysis: Analysis[Result], rows: list[Row], touchpoints: list[int], channels: list[int]
) -> None:
    names = replace(
        NAMES,
        touchpoints=tuple(NAMES.touchpoints[touchpoints.index(code)] for code in range(4)),
        channels=tuple(NAMES.channels[channels.index(code)] for code in range(3)),
        stage_of=tuple(NAMES.stage_of[touchpoints.index(code)] for code in range(4)) if NAMES.stage_of else (),
    )
    other = [row._replace(touchpoint=touchpoints[row.touchpoint], channel=channels[row.channel]) for row in rows]
    assert repr(answer(analysis, other, parts=2, names=names)) == repr(answer(analysis, rows, parts=2))


KEYED: dict[str, Analysis[Result]] = {
    "all variants": VariantsAnalysis(),
    "some variants": VariantsAnalysis(top=3),
    "no variants": VariantsAnalysis(top=0),
}


@pytest.mark.parametrize("analysis", KEYED.values(), ids=KEYED)
@given(
    rows=some_rows(customers=12),
    parts=st.integers(1, 4),
    pieces=st.integers(1, 70),
    random=st.randoms(use_true_random=False),
)
def test_any_split_by_keys_gives_the_same(
    analysis: Analysis[Result], rows: list[Row], parts: int, pieces: int, random: Any
) -> None:
    assert isinstance(analysis.begin(NAMES), KeyedPass)
    spans = [source() for source in sources(rows, parts=parts, gap=SECOND)]
    assert repr(by_pieces(analysis, spans, random.randrange, pieces)) == repr(answer(analysis, rows, gap=SECOND))


@each_analysis
def test_no_parts_at_all_give_an_empty_result(analysis: Analysis[Result]) -> None:
    result = LocalEngine(threads=1).run(analysis, [], names=NAMES)
    assert rounded(result.to_dict()) == rounded(answer(analysis, []).to_dict())


@each_analysis
def test_no_names_and_no_interactions_are_allowed(analysis: Analysis[Result]) -> None:
    if isinstance(analysis, FunnelAnalysis):
        pytest.skip("never: a funnel has steps, and there are none")
    found = LocalEngine(threads=1).run(analysis, [nothing], names=Names((), ()))
    assert set(counted_in(found.to_dict())) <= {0}


COUNTS = {"chains", "contacts", "count", "customers", "days", "findings", "interactions", "moves", "n", "spans"}


def counted_in(told: Any) -> Iterator[int]:
    """How many there are of all that is counted in an answer."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name.removeprefix("total_") in COUNTS and not isinstance(value, dict | list):
                yield value
            yield from counted_in(value)
    elif isinstance(told, list):
        for each in told:
            yield from counted_in(each)


@each_analysis
def test_the_number_of_threads_changes_no_digit(analysis: Analysis[Result]) -> None:
    random = np.random.default_rng(11)
    rows = [Row(*row) for row in random.integers(0, (500, 10**12, 4, 3), (5_000, 4)).tolist()]
    parts = sources(rows, parts=100, gap=10**10)
    one, three = (LocalEngine(threads=threads).run(analysis, parts, names=NAMES) for threads in (1, 3))
    assert repr(one) == repr(three)


@dataclass
class Listener:
    heard: list[tuple[str, int | None, int | None]] = field(default_factory=list)

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        self.heard.append((what, done, total))


def test_progress_is_told_after_every_part_of_every_pass() -> None:
    listener = Listener()
    parts = sources([Row(1, 0, 0, 0)], parts=3, gap=None)
    LocalEngine(threads=2).run(FlowAnalysis(), parts, names=NAMES, progress=listener)
    assert listener.heard == [(f"reading journeys (pass {number})", done, 3) for number in (1, 2) for done in (1, 2, 3)]


class Stopped(Exception):
    pass


class Impatient(Listener):
    """Does not want the work any more when all parts are read."""

    def check(self) -> None:
        if self.heard[-1][1:] == (3, 3):
            raise Stopped


def test_work_that_nobody_wants_any_more_ends_before_states_are_combined() -> None:
    parts = sources([Row(1, 0, 0, 0)], parts=3, gap=None)
    listener = Impatient()
    with pytest.raises(Stopped):
        LocalEngine(threads=2).run(FlowAnalysis(), parts, names=NAMES, progress=listener)
    assert listener.heard[-1] == ("reading journeys (pass 1)", 3, 3)


def test_an_error_in_a_part_reaches_the_caller() -> None:
    def damaged() -> Spans:
        raise OSError("the file is damaged")

    with pytest.raises(OSError, match="damaged"):
        LocalEngine(threads=2).run(ChannelsAnalysis(), [nothing, damaged, nothing], names=NAMES)


class Joining(Pass[str, str]):
    def partial(self, spans: Spans) -> str:
        return ""

    def combine(self, first: str, second: str) -> str:
        return f"({first}{second})"

    def conclude(self, state: str) -> Answer[str]:
        return Answer(state)


@pytest.mark.parametrize(
    ("states", "tree"),
    [("a", "a"), ("ab", "(ab)"), ("abc", "((ab)c)"), ("abcdefg", "(((ab)(cd))((ef)g))")],
)
def test_states_are_combined_as_a_balanced_tree_in_their_order(states: str, tree: str) -> None:
    assert combined(Joining(), states) == tree
