from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import sessions


@given(st.lists(st.integers(0, 100)), st.lists(st.integers(1, 99), unique=True).map(sorted))
def test_values_are_counted_by_bin(values: list[int], edges: list[int]) -> None:
    edges = [0, *edges]
    counts = sessions.count_between(np.array(values, np.int64), np.array(edges, np.int64))
    ends = [*edges[1:], 101]
    assert counts.tolist() == [
        sum(low <= value < high for value in values) for low, high in zip(edges, ends, strict=True)
    ]


@given(st.lists(st.integers(0, 4)).map(sorted))
def test_customers_are_counted_once(owners: list[int]) -> None:
    assert sessions.count_customers(np.array(owners, np.int64)) == len(set(owners))


def test_pauses_across_customers_and_customers_without_interactions_cut_nothing_more() -> None:
    offsets, owners = sessions.cut_at_pauses(np.array([2**62, 2**62, -(2**62)]), np.array([0, 0, 2, 2, 3]), 10)
    assert (offsets.tolist(), owners.tolist()) == ([0, 2, 3], [1, 3])
