"""Medians with the order-statistic interval, against sorting everything."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.journeys.analyses.median_intervals import median_intervals_of
from desireline.journeys.analyses.medians import Values
from desireline.journeys.engine import Answer
from desireline.kernels.medians import Measures
from desireline.kernels.quantiles import median_ranks

VALUES = st.one_of(st.integers(0, 3), st.integers(0, 10**6), st.integers(0, 10**15))


def measures(groups: list[list[int]]) -> Measures:
    numbers = np.array([number for number, values in enumerate(groups) for _ in values], np.int32)
    return Measures(numbers, np.array([value for values in groups for value in values], np.int64))


def as_array(found: NDArray[np.float64]) -> NDArray[np.float64]:
    return found


def reference(values: list[int]) -> list[float]:
    """By the book: sort, count the ranks from outside as long as the rest covers 95 %."""
    if not values:
        return [np.nan, np.nan, np.nan]
    ordered, size = sorted(values), len(values)
    low, tail = -1, 0
    while (tail + comb(size, low + 1)) * 40 < 2**size:
        tail += comb(size, low + 1)
        low += 1
    ends = [np.nan, np.nan] if low < 0 else [ordered[low], ordered[size - 1 - low]]
    return [float(np.median(ordered)), *ends]


@given(st.lists(st.lists(st.lists(VALUES, max_size=40), min_size=2, max_size=2), min_size=1, max_size=4))
def test_the_interval_is_that_of_sorting(parts: list[list[list[int]]]) -> None:
    counted = [Values.of(measures(part), 2) for part in parts]
    found = median_intervals_of(sum(counted[1:], counted[0]), lambda spans: measures([]), as_array)
    assert isinstance(found, Answer)
    expected = [reference([value for part in parts for value in part[group]]) for group in range(2)]
    assert found.result * 1e6 == pytest.approx(np.array(expected), nan_ok=True)


@pytest.mark.parametrize("size", [*range(60), 99, 100, 1_000, 4_999])
def test_the_ranks_cover_the_median_as_closely_as_can_be(size: int) -> None:
    low, first, second, high = median_ranks(np.array([size], np.int64))[0].tolist()
    below = [sum(comb(size, rank) for rank in range(end)) for end in (max(low, 0) + 1, max(low, 0) + 2)]
    if size < 6:
        assert (low, high) == (-1, -1)
    else:
        assert below[0] * 40 < 2**size <= below[1] * 40
        assert (low + high, first + second) == (size - 1, size - 1)


def test_values_that_a_part_did_not_keep_are_read_again() -> None:
    random = np.random.default_rng(7)
    values = random.integers(1, 10**9, 100_000)
    whole = Measures(np.zeros(len(values), np.int32), values)
    apart = [Values.of(Measures(whole.groups[place::2], np.sort(values)[place::2]), 1) for place in range(2)]
    skewed = Values.of(Measures(whole.groups[:50_000], np.sort(values)[:50_000]), 1) + Values.of(
        Measures(whole.groups[50_000:], np.sort(values)[50_000:]), 1
    )
    kept = median_intervals_of(apart[0] + apart[1], lambda spans: whole, as_array)
    again = median_intervals_of(skewed, lambda spans: whole, as_array)
    assert isinstance(kept, Answer) and not isinstance(again, Answer)
    assert again.conclude(again.partial(None)).result == pytest.approx(kept.result)  # type: ignore[arg-type, union-attr]
    low, high = np.sort(values)[[49_689, 50_310]] / 1e6
    assert kept.result[0, 1:] == pytest.approx([low, high], rel=1e-3)
