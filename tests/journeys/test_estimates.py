from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desireline.journeys.estimates import Estimate, compare, count, mean, share, sure_ones

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=12)


def mean_of(name: str, values: list[float]) -> Estimate:
    return mean(name, len(values), math.fsum(values), math.fsum(v * v for v in values), unit="seconds")


@given(VALUES)
def test_the_interval_of_a_mean_is_students(values: list[float]) -> None:
    found = mean_of("x", values)
    error = stats.sem(values)
    assert found.value == pytest.approx(np.mean(values))
    if error > 0:
        low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), error)
        assert (found.low, found.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@given(VALUES, VALUES)
def test_means_are_compared_as_welch_did(before: list[float], after: list[float]) -> None:
    (difference,) = compare([mean_of("x", before)], [mean_of("x", after)]).differences
    if np.var(before) > 0 and np.var(after) > 0:
        expected = stats.ttest_ind(after, before, equal_var=False)
        interval = expected.confidence_interval(0.95)
        assert difference.p == pytest.approx(expected.pvalue, abs=1e-6)
        assert (difference.low, difference.high) == (pytest.approx(interval.low), pytest.approx(interval.high))


@pytest.mark.parametrize(("a", "n", "b", "m"), list(product([0, 3, 8], [8, 40], [0, 2, 8], [9, 50])))
def test_shares_are_compared_as_newcombe_did(a: int, n: int, b: int, m: int) -> None:
    (difference,) = compare([share("x", a, n)], [share("x", b, m)]).differences
    one, other = (stats.binomtest(k, size).proportion_ci(method="wilson") for k, size in ((a, n), (b, m)))
    first, second = a / n, b / m
    change = second - first
    assert difference.low == pytest.approx(change - math.hypot(second - other.low, one.high - first))
    assert difference.high == pytest.approx(change + math.hypot(other.high - second, first - one.low))
    if 0 < a + b < n + m:
        chance = stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False).pvalue
        assert difference.p == pytest.approx(chance)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_many_tests_are_corrected_as_benjamini_and_hochberg_did(chances: list[float]) -> None:
    expected = [p <= 0.05 for p in stats.false_discovery_control(chances)] if chances else []
    near = any(
        math.isclose(p, 0.05 * rank / len(chances)) for p, rank in zip(sorted(chances), range(1, 99), strict=False)
    )
    assert near or sure_ones(chances) == expected


def test_what_one_group_lacks_is_nothing_of_a_whole_that_it_has() -> None:
    found = compare(
        [share("a", 5, 10, whole="people"), share("of few", 1, 2), count("n", 10)],
        [share("b", 2, 20, whole="people"), count("n", 20), mean("w", 0, 0, 0, unit="s")],
    )
    by_name = {each.before.name: each for each in found.differences}
    assert (by_name["a"].after.value, by_name["a"].after.n) == (0.0, 20)
    assert (by_name["b"].before.value, by_name["b"].before.n) == (0.0, 10)
    assert by_name["n"].difference_text() == "–"
    assert set(by_name) == {"a", "b", "n"}


def test_of_a_whole_that_a_group_lacks_nothing_is_known() -> None:
    first = [share("calls", 5, 10, whole="contacts"), share("visits", 3, 40, whole="people")]
    found = compare(first, [share("visits", 9, 30, whole="people")])
    assert [each.before.name for each in found.differences] == ["visits"]


def test_numbers_are_told_in_their_units() -> None:
    (difference,) = compare([mean_of("wait", [60.0, 60.0, 90.0])], [mean_of("wait", [30.0, 31.0, 32.0])]).differences
    assert difference.value_text("before") == "1 min 10 s"
    assert difference.difference_text().startswith("−39 s (")
    (of_share,) = compare([share("x", 1, 4)], [share("x", 2, 4)]).differences
    assert (of_share.value_text("after"), of_share.difference_text()[:13]) == ("50.0%", "+25.0 points ")
    assert not of_share.is_sure
    (nothing,) = compare([share("x", 0, 0)], [share("x", 1, 4)]).differences
    assert (nothing.value_text("before"), nothing.difference_text(), nothing.is_sure) == ("–", "–", False)
