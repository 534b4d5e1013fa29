"""Whether something goes with an outcome, compared within strata of units that are alike otherwise."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_TWO_SIDED_95 = NormalDist().inv_cdf(0.975)
LEAST_EXPECTED = 5.0
"""So far from what is possible at the least and at the most the expected count has to be (Mantel and Fleiss 1980)."""


class StratifiedEffect(NamedTuple):
    """How two groups differ in an outcome, strata held fixed.

    Attributes
    ----------
    odds_ratio, odds_low, odds_high
        The common odds ratio with its 95% interval; infinite where, in every stratum that tells, all who lack the outcome are of the one
        group or all who have it of the other; the interval is NaN there, and where the ratio is 0.
    difference, difference_low, difference_high, difference_error
        The common difference of the shares, its 95% interval and standard error.
    p
        Of the test that the odds are the same in all strata; NaN where there is too little to test.
    comparable
        Units of the first group that are in a stratum with some of the second.

    NaN where no stratum has both groups.
    """

    odds_ratio: float
    odds_low: float
    odds_high: float
    difference: float
    difference_low: float
    difference_high: float
    difference_error: float
    p: float
    comparable: int


def mantel_haenszel(
    first_with: NDArray[np.int64], first: NDArray[np.int64], second_with: NDArray[np.int64], second: NDArray[np.int64]
) -> StratifiedEffect:
    """Compare a first group with a second one.

    Parameters
    ----------
    first_with, first, second_with, second
        int64[k] by stratum: units of each group with the outcome, and all of the group. The order of strata does not matter, digit
        by digit: sums are rounded once (``math.fsum``).

    Odds ratio and test: Mantel and Haenszel 1959, without continuity correction, where Mantel and Fleiss (1980) find enough
    expected; its interval: Robins, Breslow, Greenland 1986. Difference: Greenland and Robins 1985, with the error of Sato
    1989, which holds for many small strata as for few large ones. O(k).
    """
    both = (first > 0) & (second > 0)
    if not both.any():
        nan = math.nan
        return StratifiedEffect(nan, nan, nan, nan, nan, nan, nan, nan, 0)
    a, n1, c, n0 = (each[both].astype(np.float64) for each in (first_with, first, second_with, second))
    odds_ratio, odds_low, odds_high = _odds_ratio(a, n1 - a, c, n0 - c)
    difference, error = _difference(a, n1, c, n0)
    half = _TWO_SIDED_95 * error
    return StratifiedEffect(
        odds_ratio=odds_ratio,
        odds_low=odds_low,
        odds_high=odds_high,
        difference=difference,
        difference_low=difference - half,
        difference_high=difference + half,
        difference_error=error,
        p=_chance(a, n1, c, n0),
        comparable=int(first[both].sum()),
    )


def _odds_ratio(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64], d: NDArray[np.float64]
) -> tuple[float, float, float]:
    n = a + b + c + d
    agreeing, opposing = (a + d) / n, (b + c) / n
    r, s = a * d / n, b * c / n
    sum_r, sum_s = _sum(r), _sum(s)
    if sum_r == 0 or sum_s == 0:
        return (math.nan if sum_r == sum_s else sum_r and math.inf), math.nan, math.nan
    variance = (
        _sum(agreeing * r) / (2 * sum_r**2)
        + _sum(agreeing * s + opposing * r) / (2 * sum_r * sum_s)
        + _sum(opposing * s) / (2 * sum_s**2)
    )
    ratio, factor = sum_r / sum_s, math.exp(_TWO_SIDED_95 * math.sqrt(variance))
    return ratio, ratio / factor, ratio * factor


def _difference(
    a: NDArray[np.float64], n1: NDArray[np.float64], c: NDArray[np.float64], n0: NDArray[np.float64]
) -> tuple[float, float]:
    n = n1 + n0
    weight = _sum(n1 * n0 / n)
    difference = _sum((a * n0 - c * n1) / n) / weight
    p = (c * n1**2 - a * n0**2 + n1 * n0 * (n0 - n1) / 2) / n**2
    q = (a * (n0 - c) + c * (n1 - a)) / (2 * n)
    return difference, math.sqrt(max(difference * _sum(p) + _sum(q), 0.0)) / weight


def _chance(a: NDArray[np.float64], n1: NDArray[np.float64], c: NDArray[np.float64], n0: NDArray[np.float64]) -> float:
    n, m1 = n1 + n0, a + c
    expected = n1 * m1 / n
    total = _sum(expected)
    least, most = _sum(np.maximum(0.0, m1 - n0)), _sum(np.minimum(n1, m1))
    if min(total - least, most - total) < LEAST_EXPECTED:
        return math.nan
    variance = _sum(n1 * n0 * m1 * (n - m1) / (n**2 * (n - 1)))
    return math.erfc(abs(_sum(a - expected)) / math.sqrt(2 * variance))


def _sum(values: NDArray[Any]) -> float:
    return math.fsum(values.tolist())
