from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import medians

VALUES = st.one_of(st.integers(0, 5), st.integers(0, 2**63 - 1), st.integers(0, 62).map(lambda power: 2**power))


@given(
    st.lists(st.tuples(st.integers(0, 4), VALUES), max_size=60),
    st.lists(st.integers(0, 3), unique=True),
    st.integers(1, 7),
)
def test_medians_are_those_of_the_lists(pairs: list[tuple[int, int]], counted: list[int], bits: int) -> None:
    """Four groups, some with a histogram, some without; group 4 counts nowhere."""
    groups = np.array([group for group, _ in pairs], np.int32)
    values = np.array([value for _, value in pairs], np.int64)
    rows = np.full(5, len(counted), np.int32)
    rows[counted] = range(len(counted))
    cells = medians.histogram(groups, values, rows, len(counted), bits)
    sizes = np.bincount(groups, minlength=5)[:4].astype(np.int64)
    brackets = medians.bracket_middles(cells, rows, sizes, bits=bits)
    kept = medians.within(groups, values, brackets.low, brackets.high, bits)
    found = medians.select(*kept, brackets.first_ranks, brackets.second_ranks)
    lists = [[value for group, value in pairs if group == number] for number in range(4)]
    wanted = [float(median(each)) if each else np.nan for each in lists]
    np.testing.assert_allclose(found, wanted, rtol=1e-15)


@given(VALUES, VALUES, st.integers(1, 7))
def test_a_larger_value_is_never_in_a_smaller_bin(first: int, second: int, bits: int) -> None:
    low, high = sorted((first, second))
    assert 0 <= medians.bin_of(low, bits) <= medians.bin_of(high, bits) < medians.bin_count(bits)


@pytest.mark.parametrize("bits", [1, 5])
def test_a_bin_is_as_narrow_as_its_bits_say(bits: int) -> None:
    values = np.unique(np.geomspace(2**8, 2**62, 20_000).astype(np.int64))
    bins = np.array([medians.bin_of(int(value), bits) for value in values])
    for each in np.unique(bins):
        inside = values[bins == each]
        assert inside.max() <= inside.min() * (1 + 2.0**-bits)


@pytest.mark.parametrize("shape", ["sorted", "reversed", "equal", "organ pipe"])
def test_select_copes_with_awkward_orders(shape: str) -> None:
    count = 100_001
    up = np.arange(count)
    values = {
        "sorted": up,
        "reversed": up[::-1].copy(),
        "equal": np.full(count, 7),
        "organ pipe": np.concatenate([up[: count // 2], up[: count // 2 + 1][::-1]]),
    }[shape]
    middle = np.array([count // 2])
    found = medians.select(np.zeros(count, np.int32), values, middle, middle)
    assert found.tolist() == [np.median(values)]


@given(st.integers(0, 2**62), st.integers(1, 7))
def test_the_middle_of_a_bin_is_near_every_value_in_it(value: int, bits: int) -> None:
    (middle,) = medians.middle_of_bin(np.array([medians.bin_of(value, bits)], np.int32), bits).tolist()
    assert middle == pytest.approx(value, rel=2.0 ** -(bits + 1), abs=0)
