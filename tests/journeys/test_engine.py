from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys import analyses
from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.engine import Analysis, Answer, LocalEngine, Pass, combined
from desireline.journeys.model import Names, Result, Spans
from desireline.journeys.spans import nothing

from .rows import NAMES, SECOND, Row, answer, some_rows, sources

EVERY_ANALYSIS: dict[str, Analysis[Result]] = {
    "FlowAnalysis": FlowAnalysis(),
    "VariantsAnalysis": VariantsAnalysis(),
    "FunnelAnalysis": FunnelAnalysis(("Visit", "Search")),
    "SessionsAnalysis": SessionsAnalysis(),
    "ChannelsAnalysis": ChannelsAnalysis(),
    "OverviewAnalysis": OverviewAnalysis(),
}
each_analysis = pytest.mark.parametrize("analysis", EVERY_ANALYSIS.values(), ids=EVERY_ANALYSIS)


def test_every_analysis_is_held_to_the_laws() -> None:
    assert set(EVERY_ANALYSIS) == {name for name in analyses.__all__ if name.endswith("Analysis")}


def in_any_order(analysis: Analysis[Result], spans: list[Spans], choose: Callable[[int], int]) -> Result:
    """Run by hand: combine any two states until one is left; passes and states travel as bytes."""
    outcome: Any = analysis.begin(NAMES)
    while not isinstance(outcome, Answer):
        reading = pickle.loads(pickle.dumps(outcome))
        states = [pickle.loads(pickle.dumps(reading.partial(each))) for each in spans]
        while len(states) > 1:
            first, second = (states.pop(choose(len(states))) for _ in range(2))
            states.append(reading.combine(first, second))
        outcome = reading.conclude(states[0])
    return outcome.result


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
    result = in_any_order(analysis, [*spans, nothing()], random.randrange)
    whole = answer(analysis, rows, parts=1, gap=gap)
    assert rounded(result.to_dict()) == rounded(whole.to_dict())


@each_analysis
def test_no_parts_at_all_give_an_empty_result(analysis: Analysis[Result]) -> None:
    result = LocalEngine(threads=1).run(analysis, [], names=NAMES)
    assert rounded(result.to_dict()) == rounded(answer(analysis, []).to_dict())


@each_analysis
def test_no_names_and_no_interactions_are_allowed(analysis: Analysis[Result]) -> None:
    if not isinstance(analysis, FunnelAnalysis):
        LocalEngine(threads=1).run(analysis, [nothing], names=Names((), ()))


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
    LocalEngine(threads=2).run(SessionsAnalysis(), parts, names=NAMES, progress=listener)
    assert listener.heard == [(f"reading journeys (pass {number})", done, 3) for number in (1, 2) for done in (1, 2, 3)]


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
