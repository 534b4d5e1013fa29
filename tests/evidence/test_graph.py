"""A map as a graph."""

from __future__ import annotations

import pytest

from desireline.evidence.graph import ends_of, graph_of, starts_of
from desireline.kernels.alignment import FAR, NO_STEP
from desireline.maps import Step

from .maps import a_map

START = END = -1


def graph(
    steps: dict[str, tuple[str, ...] | None], optional: str = "", unbound: str = ""
) -> tuple[list[list[int]], ...]:
    """Costs and last passed steps; a step is a letter."""
    made = [Step(name, name, optional=name in optional, next=following) for name, following in steps.items()]
    ways = graph_of(a_map(*made), [name for name in steps if name not in unbound]).ways
    return ways.costs.tolist(), ways.passed.tolist()


def test_in_a_line_the_steps_between_are_passed_over() -> None:
    costs, passed = graph({"a": None, "b": None, "c": None})
    assert costs == [[FAR, 0, 1, 2], [FAR, FAR, 0, 1], [FAR, FAR, FAR, 0], [0, 1, 2, 3]]
    assert passed == [[NO_STEP, NO_STEP, 1, 2], [NO_STEP] * 3 + [2], [NO_STEP] * 4, [NO_STEP, 0, 1, 2]]


def test_optional_and_unbound_steps_are_passed_over_for_nothing() -> None:
    costs, passed = graph({"a": None, "b": None, "c": None, "d": None}, optional="b", unbound="c")
    assert costs[START] == [0, 1, 1, 2]
    assert passed[0] == [NO_STEP, NO_STEP, NO_STEP, 2]


def test_a_step_comes_again_only_where_a_loop_leads_back() -> None:
    costs, _ = graph({"a": ("a", "b"), "b": ("c", "a"), "c": ()})
    assert [costs[place][place] for place in range(3)] == [0, 1, FAR]


def test_of_equal_branches_the_one_with_fewer_steps_is_passed() -> None:
    _, passed = graph({"a": ("b", "d"), "b": ("c",), "c": ("e",), "d": ("e",), "e": ()}, optional="c")
    assert passed[0][4] == 3


def test_of_branches_equal_in_steps_too_the_one_that_stands_first_is_passed() -> None:
    _, passed = graph({"a": ("c", "b"), "b": ("d",), "c": ("d",), "d": ()})
    assert passed[0][3] == 1


def test_equal_branches_are_compared_from_their_end() -> None:
    _, passed = graph({"a": ("b", "c"), "b": ("e",), "c": ("d",), "d": ("f",), "e": ("f",), "f": ()})
    assert (passed[0][5], passed[0][3]) == (3, 2)


@pytest.mark.parametrize(
    ("followers", "starts", "ends"),
    [
        pytest.param([[1], [2], []], [0], [2], id="a line"),
        pytest.param([[2], [2], []], [0, 1], [2], id="a second way in"),
        pytest.param([[1, 2], [], []], [0], [1, 2], id="two ends"),
        pytest.param([[1], [2], [0]], [0], [0, 1, 2], id="a circle without an end"),
        pytest.param([[1, 2], [], [3], [2]], [0], [1, 2, 3], id="a circle that nothing leads out of"),
        pytest.param([[0]], [0], [0], id="one step that leads to itself"),
        pytest.param([[1], [1, 2], []], [0], [2], id="a step that may be repeated"),
    ],
)
def test_journeys_begin_and_end_where_the_map_does(
    followers: list[list[int]], starts: list[int], ends: list[int]
) -> None:
    assert (starts_of(followers), ends_of(followers)) == (starts, ends)
