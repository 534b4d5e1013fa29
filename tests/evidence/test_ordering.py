"""The typical order, against trying all orders."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.evidence.ordering import best_place, disagreement, typical_order

counts = st.integers(1, 5).flatmap(
    lambda size: st.lists(st.integers(0, 20), min_size=size * size, max_size=size * size).map(
        lambda cells: np.array(cells, np.int64).reshape(size, size) * (1 - np.eye(size, dtype=np.int64))
    )
)


def total(before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Journeys that all take units in the order of their numbers."""
    return np.triu(before + before.T, 1)


@given(counts)
def test_an_order_that_no_journey_contradicts_is_found(before: NDArray[np.int64]) -> None:
    assert disagreement(typical_order(total(before)), total(before)) == 0


@given(counts)
def test_no_single_move_makes_it_better(before: NDArray[np.int64]) -> None:
    order = typical_order(before)
    least = disagreement(order, before)
    for unit in order:
        others = [each for each in order if each != unit]
        for place in range(len(order)):
            assert disagreement((*others[:place], unit, *others[place:]), before) >= least


@given(counts)
def test_it_is_close_to_the_best_of_all(before: NDArray[np.int64]) -> None:
    best = min(disagreement(order, before) for order in permutations(range(len(before))))
    pairs = int(np.minimum(before, before.T).sum()) // 2
    assert best >= pairs
    assert disagreement(typical_order(before), before) <= max(2 * best, best + 20)


def test_the_best_place_is_between_what_comes_before_and_after() -> None:
    before = np.array([[0, 9, 9], [0, 0, 0], [0, 9, 0]], np.int64)
    assert best_place([0, 1], 2, before) == 1
