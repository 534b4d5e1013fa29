"""Whether two answers are the same, question by question."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.answers import difference

FLOW = [["A", "B", 3, 2, 1.5, 2.0], ["B", "A", 1, 1, 9.0, 9.0]]
CHANNELS = [["move", "web", "phone", 2, 2], ["start", None, "web", 4, None]]


@pytest.mark.parametrize(
    ("question", "ours", "theirs", "tolerance"),
    [
        pytest.param("flow", FLOW, FLOW[::-1], 0.0, id="pairs in another order"),
        pytest.param("flow", FLOW, [["A", "B", 3, None, 1.5, None], ["B", "A", 1, 1, 9.0, 9.0]], 0.0, id="left open"),
        pytest.param("flow", FLOW, [["A", "B", 3, 2, 1, 2.4], ["B", "A", 1, 1, 9.0, 9.0]], 0.5, id="whole seconds"),
        pytest.param("channels", CHANNELS, CHANNELS[::-1], 0.0, id="channels in another order"),
        pytest.param("sessions", [4, 2.0, 0.1 + 0.2], [4, 2, 0.3], 0.0, id="the last bit"),
        pytest.param("variants", [[["A"], 2]], [[["A"], 2]], 0.0, id="paths"),
    ],
)
def test_answers_that_are_the_same(question: str, ours: list[Any], theirs: list[Any], tolerance: float) -> None:
    assert difference(question, ours, theirs, tolerance=tolerance) is None


@pytest.mark.parametrize(
    ("question", "ours", "theirs", "said"),
    [
        pytest.param("flow", FLOW, FLOW[:1], "1 missing, 0 too many", id="a pair less"),
        pytest.param("flow", FLOW[:1], FLOW, "0 missing, 1 too many", id="a pair more"),
        pytest.param("flow", FLOW[:1], [["A", "B", 4, 2, 1.5, 2.0]], "expected", id="another count"),
        pytest.param("flow", FLOW[:1], [["A", "B", 3, 2, 1.6, 2.0]], "expected", id="another median"),
        pytest.param("variants", [[["A"], 2]], [[["A", "B"], 2]], "expected", id="another path"),
        pytest.param("variants", [[["A"], 2], [["B"], 1]], [[["B"], 1], [["A"], 2]], "expected", id="another order"),
        pytest.param("funnel", [4, 2], [4, 3], "expected 2, got 3", id="another step"),
        pytest.param("funnel", [4, 2], [4], "1 missing", id="a step less"),
    ],
)
def test_answers_that_differ_are_told_apart(question: str, ours: list[Any], theirs: list[Any], said: str) -> None:
    assert said in str(difference(question, ours, theirs))
