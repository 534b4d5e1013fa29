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


LARGE = st.lists(st.integers(-50, 50).map(float), min_size=30, max_size=60)
SMALL = st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=29)


def t_test(before: list[float], after: list[float], *, equal_var: bool) -> tuple[float, float, float]:
    found = stats.ttest_ind(after, before, equal_var=equal_var)
    interval = found.confidence_interval(0.95)
    return found.pvalue, interval.low, interval.high


@given(LARGE, LARGE)
def test_means_are_compared_as_welch_did(before: list[float], after: list[float]) -> None:
    (difference,) = compare([mean_of("x", before)], [mean_of("x", after)]).differences
    if np.var(before) > 0 and np.var(after) > 0:
        expected = t_test(before, after, equal_var=False)
        assert difference.p == pytest.approx(expected[0], abs=1e-6)
        assert (difference.low, difference.high) == (pytest.approx(expected[1]), pytest.approx(expected[2]))


@given(SMALL, SMALL | LARGE)
def test_of_small_groups_students_test_has_to_agree_with_welchs(before: list[float], after: list[float]) -> None:
    (difference,) = compare([mean_of("x", before)], [mean_of("x", after)]).differences
    if np.var(before) > 0 and np.var(after) > 0:
        both = [t_test(before, after, equal_var=equal) for equal in (False, True)]
        assert difference.p == pytest.approx(max(p for p, _, _ in both), abs=1e-6)
        assert difference.low == pytest.approx(min(low for _, low, _ in both))
        assert difference.high == pytest.approx(max(high for _, _, high in both))


def test_means_are_compared_by_both_spreads_together_where_one_has_none() -> None:
    before, after = mean_of("x", [3.0] * 32), mean_of("x", [3.0, 3.0, 3.0, 3.0, 4.0] * 40)
    (difference,) = compare([before], [after]).differences
    expected = stats.ttest_ind_from_stats(3.0, 0.0, 32, after.value, after.deviation, 200, equal_var=True)
    assert difference.p == pytest.approx(expected.pvalue)
    assert difference.p > 100 * stats.ttest_1samp([3.0, 3.0, 3.0, 3.0, 4.0] * 40, 3.0).pvalue


@pytest.mark.parametrize(
    ("before", "after", "untested", "told"),
    [
        pytest.param(mean_of("x", [2 / 3, 2 / 3]), mean_of("x", [4 / 3, 4 / 3]), "too_few", "too few to say", id="two"),
        pytest.param(mean_of("x", [1.0]), mean_of("x", [1.0, 2.0] * 20), "too_few", "too few to say", id="one"),
        pytest.param(
            mean_of("x", [0.1] * 7), mean_of("x", [0.3] * 6), "no_spread", "all equal, cannot say", id="equal"
        ),
        pytest.param(share("x", 0, 1), share("x", 40, 40), "too_few", "too few to say", id="a share of one"),
        pytest.param(share("x", 0, 0), share("x", 40, 40), "too_few", "too few to say", id="a share of nobody"),
    ],
)
def test_nothing_is_said_of_a_difference_that_no_test_can_tell(
    before: Estimate, after: Estimate, untested: str, told: str
) -> None:
    (difference,) = compare([before], [after]).differences
    assert (difference.untested, difference.is_sure, difference.verdict_text()) == (untested, False, told)
    assert all(map(math.isnan, (difference.low, difference.high, difference.p)))


def test_what_the_segment_makes_is_not_tested_and_comes_last() -> None:
    before, after = ([share(name, count, 50) for name in ("a", "b")] for count in (0, 50))
    found = compare(before, [*after, count("n", 9)], by_segment=frozenset({"a"})).differences
    assert [(each.before.name, each.is_sure, each.untested) for each in found] == [
        ("b", True, None),
        ("n", False, None),
        ("a", False, "by_segment"),
    ]


RATINGS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
SIZES = [(2, 2), (3, 50), (5, 5), (5, 50), (8, 20), (12, 12), (20, 50), (50, 50)]


def drawn(kind: str, n: int, chance: np.random.Generator) -> Estimate:
    if kind == "normal":
        return mean_of("x", chance.normal(size=n).tolist())
    if kind == "skewed":
        return mean_of("x", chance.exponential(60.0, size=n).tolist())
    if kind == "ratings":
        return mean_of("x", chance.choice(RATINGS, p=[0.05, 0.05, 0.1, 0.3, 0.5], size=n).tolist())
    return share("x", int(chance.binomial(n, 0.5 if kind == "half" else 0.1)), n)


@pytest.mark.parametrize(("n", "m"), SIZES)
@pytest.mark.parametrize("kind", ["normal", "skewed", "ratings", "half", "rare"])
def test_where_nothing_differs_about_one_in_twenty_is_called_sure_at_most(kind: str, n: int, m: int) -> None:
    chance = np.random.default_rng(7)
    rounds = 600
    sure = sum(
        compare([drawn(kind, n, chance)], [drawn(kind, m, chance)]).differences[0].is_sure for _ in range(rounds)
    )
    assert sure <= 0.05 * rounds + 2.5 * math.sqrt(0.05 * 0.95 * rounds)


SHARES = [*product([0, 3, 8], [8, 40], [0, 2, 8], [9, 50]), (12, 40, 26, 50), (20, 400, 9, 300), (5, 20_000, 0, 9)]


@pytest.mark.parametrize(("a", "n", "b", "m"), SHARES)
def test_shares_are_compared_as_newcombe_did(a: int, n: int, b: int, m: int) -> None:
    (difference,) = compare([share("x", a, n)], [share("x", b, m)]).differences
    one, other = (stats.binomtest(k, size).proportion_ci(method="wilson") for k, size in ((a, n), (b, m)))
    first, second = a / n, b / m
    change = second - first
    assert difference.low == pytest.approx(change - math.hypot(second - other.low, one.high - first))
    assert difference.high == pytest.approx(change + math.hypot(other.high - second, first - one.low))
    table = np.array([[a, n - a], [b, m - b]])
    if 0 < a + b < n + m and stats.contingency.expected_freq(table).min() >= 5:
        assert difference.p == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    else:
        assert difference.p == pytest.approx(stats.fisher_exact(table).pvalue)


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
    first, second = mean_of("wait", [60.0, 60.0, 90.0] * 2), mean_of("wait", [30.0, 31.0, 32.0] * 2)
    (difference,) = compare([first], [second]).differences
    assert difference.value_text("before") == "1 min 10 s"
    assert difference.difference_text().startswith("−39 s (")
    (of_share,) = compare([share("x", 2, 8)], [share("x", 4, 8)]).differences
    assert (of_share.value_text("after"), of_share.difference_text()[:13]) == ("50.0%", "+25.0 points ")
    assert not of_share.is_sure
    (nothing,) = compare([share("x", 0, 0)], [share("x", 1, 4)]).differences
    assert (nothing.value_text("before"), nothing.difference_text(), nothing.is_sure) == ("–", "–", False)
