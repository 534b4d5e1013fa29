"""Different values and pairs, against the sets of Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.arrays import different, different_pairs

NUMBERS = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-2, 2), max_size=20)


@given(st.lists(NUMBERS, max_size=3))
def test_different_values_are_those_of_a_set_in_order(lists: list[list[int]]) -> None:
    found = different(*(np.array(values, np.int64) for values in lists))
    assert found.dtype == np.int64
    assert found.tolist() == sorted({value for values in lists for value in values})


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2) | st.just(2**63 - 1)), max_size=30))
def test_different_pairs_are_those_of_a_set_in_order(pairs: list[tuple[int, int]]) -> None:
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    first, second = different_pairs(columns[:, 0], columns[:, 1])
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == sorted(set(pairs))
