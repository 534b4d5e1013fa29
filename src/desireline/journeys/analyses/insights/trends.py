"""Slow change: a line through a series of days, and whether it fits better than a stretch that is other than the rest.

A share: the test for a linear trend in proportions (Cochran 1954, Armitage 1955); a mean: linear regression. The sum of squares that the line
takes away and the one that the best stretch takes away are both in *z*², so the larger *z* is the better fit. Of what a step in the middle of the
record explains a line explains three quarters, and the other way round: the two are told apart where either is sure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.kernels.changes import LEAST_DEVIATION

LEAST_TREND_DAYS = 56
"""In fewer days nothing is told to be slow."""
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line through the values of days, by the days' numbers of units.

    Attributes
    ----------
    first, last
        The first and the last day with units.
    start, end
        The value of the line on these.
    slope, error
        By day, and its standard error where units are independent.
    middle
        The mean day.
    """

    first: int
    last: int
    start: float
    end: float
    slope: float
    error: float
    middle: float

    def values(self, days: int) -> NDArray[np.float64]:
        """The line: float64[days]."""
        found: NDArray[np.float64] = self.start + self.slope * (np.arange(days, dtype=np.float64) - self.first)
        return found


def trends_of_shares(hits: NDArray[np.int64], totals: NDArray[np.int64], least: int) -> NDArray[np.float64]:
    """z of the linear trend of each series, int64[s, d] -> float64[s]; 0 where there are not enough units, or they do not rise or fall throughout.

    Parameters
    ----------
    least
        At least so many units in each third of the days.
    """
    units, spreads, middles = _moments(totals)
    pooled = hits.sum(axis=1) / np.maximum(units, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = _lean(hits, middles) / np.sqrt(pooled * (1 - pooled) * spreads)
    return _where_steady(found, hits, totals, least)


def trends_of_means(sums: NDArray[np.int64], least: int) -> NDArray[np.float64]:
    """The same of means: int64[3, s, d] of number, sum and sum of squares -> float64[s]."""
    counts, totals = sums[0], sums[1]
    units, spreads, middles = _moments(counts)
    lean = _lean(totals, middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = totals.sum(axis=1) / units
        within = sums[2].sum(axis=1) - units * middle**2 - lean**2 / spreads
        variance = np.maximum(within / np.maximum(units - 2, 1), (LEAST_DEVIATION * middle) ** 2)
        found = lean / np.sqrt(variance * spreads)
    return _where_steady(found, totals, counts, least)


def line_through(values: NDArray[np.int64], counts: NDArray[np.int64], variance: float | None = None) -> Line:
    """The line through a series that has units on several days: sums of values by day, and how many there are, int64[d] each.

    Parameters
    ----------
    variance
        Of a unit; ``None``: values are hits, and it is that of the share on its day.
    """
    units, spreads, middles = _moments(counts[None])
    spread, middle = float(spreads[0]), float(middles[0])
    slope = float(_lean(values[None], middles)[0]) / spread
    average = float(values.sum() / units[0])
    filled = np.flatnonzero(counts)
    first, last = int(filled[0]), int(filled[-1])
    start, end = (average + slope * (day - middle) for day in (first, last))
    if variance is not None:
        return Line(first, last, start, end, slope, math.sqrt(variance / spread), middle)
    days = np.arange(len(counts))
    shares = np.clip(average + slope * (days - middle), 0.0, 1.0)
    noise = float((counts * shares * (1 - shares) * (days - middle) ** 2).sum())
    return Line(first, last, start, end, slope, math.sqrt(noise) / spread, middle)


def _moments(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of each series the units, their squared distances from the mean day, and that day; float64[s] each."""
    weights, days = counts.astype(np.float64), np.arange(counts.shape[1], dtype=np.float64)
    units = weights.sum(axis=1)
    middle = weights @ days / np.maximum(units, 1)
    return units, weights @ days**2 - units * middle**2, middle


def _lean(values: NDArray[np.int64], middles: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of values times their distance from the mean day, float64[s]: float64[s]."""
    days = np.arange(values.shape[1], dtype=np.float64)
    found: NDArray[np.float64] = values.astype(np.float64) @ days - middles * values.sum(axis=1)
    return found


def _where_steady(
    found: NDArray[np.float64], values: NDArray[np.int64], counts: NDArray[np.int64], least: int
) -> NDArray[np.float64]:
    """0 where a third of the days has too few units, or the thirds do not all go the same way as the line."""
    bounds = np.linspace(0, counts.shape[1], _PARTS + 1).astype(np.int64)[:-1]
    units, sums = (np.add.reduceat(each, bounds, axis=1) for each in (counts, values))
    steps = np.diff(sums / np.maximum(units, 1), axis=1)
    same_way = (np.sign(steps) == np.sign(found)[:, None]).all(axis=1)
    enough = (units >= least).all(axis=1) & (counts.shape[1] >= LEAST_TREND_DAYS)
    return np.where(enough & same_way & np.isfinite(found), found, 0.0)
