from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.kernels import components

NODES = 8
edges = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=14)
kinds = st.lists(st.integers(0, 2), min_size=NODES, max_size=NODES)
limits = st.lists(st.integers(1, 4), min_size=3, max_size=3)


@dataclass
class State:
    """Components of single nodes, as the kernels want them."""

    kinds: list[int]
    limits: list[int]
    cuts: list[tuple[int, int]]

    def __post_init__(self) -> None:
        count = len(self.kinds)
        self.parents = np.arange(count)
        self.counts = np.zeros((count, len(self.limits)), np.int32)
        self.counts[np.arange(count), self.kinds] = 1
        self.sizes = np.ones(count, np.int64)
        self.cut_pairs = as_pairs(self.cuts)
        self.marked = components.mark_cut(self.cut_pairs, count)
        self.status = np.zeros(count, np.int8)

    def arguments(self) -> tuple[NDArray[np.generic], ...]:
        limits = np.array(self.limits, np.int32)
        return self.parents, self.counts, self.sizes, limits, self.marked, self.cut_pairs

    def parts(self) -> set[frozenset[int]]:
        roots = components.roots_of(self.parents).tolist()
        return {frozenset(node for node, root in enumerate(roots) if root == each) for each in roots}

    def allows(self, whole: set[int]) -> bool:
        fits = all(sum(self.kinds[node] == kind for node in whole) <= most for kind, most in enumerate(self.limits))
        return fits and not any(first in whole and second in whole and first != second for first, second in self.cuts)


def as_pairs(pairs: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)


def adjacency(pairs: list[tuple[int, int]], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    beside: list[list[int]] = [[] for _ in range(count)]
    for first, second in pairs:
        beside[first].append(second)
        beside[second].append(first)
    starts = np.cumsum([0, *map(len, beside)], dtype=np.int64)
    return starts, np.array([other for others in beside for other in others], np.int64)


@given(kinds=kinds, limits=limits, cuts=edges, pairs=edges)
def test_edges_join_in_their_order_what_may_be_one(
    kinds: list[int], limits: list[int], cuts: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    state = State(kinds, limits, cuts)
    parts = {node: {node} for node in range(NODES)}
    expected = []
    for first, second in pairs:
        whole = parts[first] | parts[second]
        if parts[first] is parts[second]:
            expected.append("same")
        elif state.allows(whole):
            expected.append("joined")
            parts.update(dict.fromkeys(whole, whole))
        else:
            expected.append("refused")
    outcome = components.join_edges(*state.arguments(), as_pairs(pairs))
    words = {components.SAME: "same", components.JOINED: "joined"}
    assert [words.get(code, "refused") for code in outcome.tolist()] == expected
    assert state.parts() == {frozenset(part) for part in parts.values()}


@given(
    kinds=kinds, limits=limits, cuts=edges, pairs=edges, nodes=st.permutations(range(NODES)).map(lambda all_: all_[:3])
)
def test_a_node_joins_all_it_touches_or_nobody(
    kinds: list[int], limits: list[int], cuts: list[tuple[int, int]], pairs: list[tuple[int, int]], nodes: list[int]
) -> None:
    state = State(kinds, limits, cuts)
    eligible = [node not in nodes for node in range(NODES)]
    parts = {node: {node} for node in range(NODES)}
    expected = []
    for node in nodes:
        beside = [first + second - node for first, second in pairs if node in (first, second)]
        touched = [other for other in beside if eligible[other]]
        whole = set().union(parts[node], *(parts[other] for other in touched))
        expected.append(components.PENDING if not touched else components.CONTESTED)
        if touched and state.allows(whole):
            expected[-1] = components.SETTLED
            parts.update(dict.fromkeys(whole, whole))
    starts, neighbours = adjacency(pairs, NODES)
    components.join_through(
        *state.arguments(), np.array(eligible), state.status, np.array(nodes, np.int64), starts, neighbours
    )
    assert state.status[nodes].tolist() == expected
    assert state.parts() == {frozenset(part) for part in parts.values()}


@given(pairs=edges, joined=edges, status=st.lists(st.integers(0, 2), min_size=NODES, max_size=NODES))
def test_the_one_settled_component_that_a_node_touches(
    pairs: list[tuple[int, int]], joined: list[tuple[int, int]], status: list[int]
) -> None:
    state = State([0] * NODES, [NODES], [])
    components.join_edges(*state.arguments(), as_pairs(joined))
    roots = components.roots_of(state.parents).tolist()
    starts, neighbours = adjacency(pairs, NODES)
    found = components.touched_components(
        state.parents, np.array(status, np.int8), np.arange(NODES), starts, neighbours
    )
    for node in range(NODES):
        beside = [first + second - node for first, second in pairs if node in (first, second)]
        touched = {roots[other] for other in beside if status[other] == components.SETTLED}
        assert found[node] == (-1 if not touched else -2 if len(touched) > 1 else touched.pop())


@pytest.mark.parametrize(
    ("target", "limit", "cuts", "status"),
    [
        (-1, 2, [], components.PENDING),
        (-2, 2, [], components.CONTESTED),
        (1, 2, [], components.SETTLED),
        (1, 1, [], components.CONTESTED),
        (1, 2, [(0, 1)], components.CONTESTED),
    ],
    ids=["touches nothing", "touches several", "fits", "exceeds a limit", "is cut"],
)
def test_attaching_to_one_component(target: int, limit: int, cuts: list[tuple[int, int]], status: int) -> None:
    state = State([0, 0], [limit], cuts)
    components.attach(*state.arguments(), state.status, np.array([0]), np.array([target]))
    assert state.status[0] == status
    assert (state.parts() == {frozenset({0, 1})}) == (status == components.SETTLED)


def test_an_empty_graph_joins_nothing() -> None:
    state = State([], [1], [])
    assert components.join_edges(*state.arguments(), as_pairs([])).tolist() == []
    assert state.parts() == set()


def test_a_million_nodes_take_seconds_not_minutes() -> None:
    count = 1_000_000
    state = State([0, 1], [1, 1], [])
    components.join_edges(*state.arguments(), as_pairs([(0, 1)]))
    state = State([place % 2 for place in range(count)], [count, count], [])
    random = np.random.default_rng(1)
    pairs = random.integers(0, count, (count, 2))
    started = time.process_time()
    components.join_edges(*state.arguments(), pairs)
    components.roots_of(state.parents)
    assert time.process_time() - started < 5
    assert state.sizes.max() > count / 2
