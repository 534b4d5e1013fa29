from __future__ import annotations

import math
from functools import reduce
from operator import add
from random import Random
from statistics import median
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import medians
from desireline.journeys.analyses.medians import HistogramPass, Middles, Values, medians_of
from desireline.journeys.engine import Answer
from desireline.journeys.model import Spans
from desireline.kernels.medians import Measures, bin_count


def nothing_measured(spans: Spans) -> Measures:
    return Measures(np.zeros(0, np.int32), np.zeros(0, np.int64))


@pytest.mark.parametrize("rows", [1, 32, 1_600, 3_000, 100_000])
def test_histograms_are_as_fine_as_their_memory_allows(rows: int) -> None:
    bits = medians.bits_for(rows)
    assert bits == 1 or rows * bin_count(bits) <= medians.MOST_CELLS
    assert bits == medians.FINEST_BITS or rows * bin_count(bits + 1) > medians.MOST_CELLS


def test_only_the_largest_groups_get_a_histogram_where_there_are_many() -> None:
    sizes = np.arange(100_000, dtype=np.int64)
    first = medians_of(Middles(nothing_measured, lambda found: found, sizes))
    assert isinstance(first, HistogramPass)
    assert first.height * bin_count(first.bits) <= medians.MOST_CELLS
    assert np.flatnonzero(first.rows < first.height).tolist() == list(range(100_000 - first.height, 100_000))


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60) | st.integers(0, 2**62)), max_size=60), min_size=1
    ),
    st.sampled_from([0, 5, 100]),
    st.randoms(),
)
def test_middles_are_exact_with_and_without_a_second_reading(
    parts: list[list[tuple[int, int]]], few: int, order: Random
) -> None:
    def measure(part: int) -> Measures:
        groups, values = [group for group, _ in parts[part]], [value for _, value in parts[part]]
        return Measures(np.array(groups, np.int32), np.array(values, np.int64))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(medians, "FEW_VALUES_OF_A_GROUP", few)
        patch.setattr(medians, "FEW_VALUES_OF_A_PART", 2 * few)
        states = [Values.of(measure(part), 3) for part in range(len(parts))]
    order.shuffle(states)
    outcome = reduce(add, states).conclude(lambda spans: measure(cast(int, spans)), lambda found: found)
    if not isinstance(outcome, Answer):
        outcome = outcome.conclude(reduce(add, (outcome.partial(cast(Spans, part)) for part in range(len(parts)))))
    every = [[value for part in parts for group, value in part if group == wanted] for wanted in range(3)]
    expected = [median(values) / 1e6 if values else math.nan for values in every]
    assert isinstance(outcome, Answer)
    np.testing.assert_allclose(outcome.result, expected, rtol=1e-12)


def test_parts_that_are_fair_samples_need_no_second_reading() -> None:
    rng = np.random.default_rng(1)
    parts = [rng.lognormal(15, 2, 30_000).astype(np.int64) for _ in range(40)]
    states = [Values.of(Measures(np.zeros(len(part), np.int32), part), 1) for part in parts]
    whole = reduce(add, states)
    assert whole.near is not None
    assert sum(len(each.kept.values) for each in whole.near) < 0.1 * sum(map(len, parts))
    answer = whole.conclude(nothing_measured, lambda found: found)
    assert isinstance(answer, Answer)
    assert answer.result.tolist() == [np.median(np.concatenate(parts)) / 1e6]
