from __future__ import annotations

from collections import Counter
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.contacts import numbered
from desireline.kernels.values import ValueCounts, add_values, count_values, in_groups, in_one_group, summaries

PAIRS = st.lists(
    st.tuples(st.sampled_from([0, 1, 2, 2**57]), st.sampled_from([-3, 0, 1, 5, 2**61])), max_size=12
) | st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 4)), max_size=30)


def counted(pairs: list[tuple[int, int]]) -> ValueCounts:
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    return count_values(columns[:, 0].copy(), columns[:, 1].copy())


def as_counter(found: ValueCounts) -> Counter[tuple[int, int]]:
    groups, values, counts = (column.tolist() for column in found)
    pairs = list(zip(groups, values, strict=True))
    assert pairs == sorted(set(pairs))
    return Counter(dict(zip(pairs, counts, strict=True)))


@given(PAIRS, PAIRS)
def test_pairs_are_counted_and_added_up(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    assert as_counter(counted(first)) == Counter(first)
    assert as_counter(add_values(counted(first), counted(second))) == Counter(first + second)
    by_parity = in_groups(counted(first), counted(first).groups % 2)
    assert as_counter(by_parity) == Counter((group % 2, value) for group, value in first)
    assert as_counter(in_one_group(counted(first))) == Counter((0, value) for _, value in first)


@given(PAIRS)
def test_a_summary_is_that_of_the_list_of_values(pairs: list[tuple[int, int]]) -> None:
    found = summaries(counted(pairs))
    assert set(found) == {group for group, _ in pairs}
    for group, summary in found.items():
        values = sorted(value for other, value in pairs if other == group)
        assert summary.n == len(values)
        assert summary.total == pytest.approx(sum(values))
        assert summary.squares == pytest.approx(sum(value * value for value in values))
        assert summary.median == pytest.approx(median(values))
        assert summary.p90 == next(value for place, value in enumerate(values, 1) if 10 * place >= 9 * len(values))


@given(st.lists(st.integers(0, 2**62), max_size=20))
def test_keys_are_numbered_in_their_order(keys: list[int]) -> None:
    kinds, places = numbered(np.array(keys, np.int64))
    assert kinds.tolist() == sorted(set(keys))
    assert [kinds.tolist()[place] for place in places.tolist()] == keys
