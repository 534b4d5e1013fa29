"""Weights of effort that are fitted to what customers say: non-negative least squares."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.results.effort import EffortFit

FEWEST_ANSWERS = 100
RESAMPLES = 400
MOST_BLOCKS = 1_000
_SEED = 20_130_701
_TOLERANCE = 1e-10


class FittedWeights(NamedTuple):
    """Points for one of each component; ends of their 95% intervals, NaN where they have none."""

    values: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]


def fit_weights(amounts: NDArray[np.float64], told: NDArray[np.float64]) -> tuple[FittedWeights | None, EffortFit]:
    """Weights with which the amounts before an answer come nearest to the effort that it tells of.

    Parameters
    ----------
    amounts
        float64[n, c], in an order that does not depend on how they were collected.
    told
        float64[n]: from 0, no effort.

    Returns
    -------
    tuple
        The weights, ``None`` where there are fewer than 100 answers or nothing goes with them; and what there is to say.

    Least squares with a base, none of them below zero (Lawson and Hanson 1974). R² is of the half of the answers that was not
    fitted to, halves drawn by chance with a fixed seed. Intervals: the middle 95% of 400 bootstrap samples (Efron 1979).
    """
    n = len(told)
    if n < FEWEST_ANSWERS:
        reason = f"there are {n} answers to CES, {FEWEST_ANSWERS} are needed"
        return None, EffortFit(n, False, math.nan, math.nan, reason)
    columns = np.column_stack([np.ones(n), amounts])
    random = np.random.default_rng(_SEED)
    order = random.permutation(n)
    first, second = order[: n // 2], order[n // 2 :]
    r_squared = _explained(columns[second], told[second], _least_squares(columns[first], told[first]))
    base, *values = _least_squares(columns, told).tolist()
    if not any(values):
        reason = "no part of effort goes with the answers to CES"
        return None, EffortFit(n, False, math.nan, r_squared, reason)
    lows, highs = _intervals(columns, told, random)
    seen: NDArray[np.bool_] = np.count_nonzero(amounts, axis=0) > 0
    return (
        FittedWeights(tuple(values), _where(seen, lows[1:]), _where(seen, highs[1:])),
        EffortFit(n, True, base, r_squared, ""),
    )


def _intervals(
    columns: NDArray[np.float64], told: NDArray[np.float64], random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the intervals, float64[c + 1] each.

    Samples are drawn of up to a thousand blocks, into which answers are put by chance: they are as independent as the answers, and
    a sample of them is a sum of a thousand small matrices.
    """
    blocks = np.array_split(random.permutation(len(told)), min(len(told), MOST_BLOCKS))
    products = np.array([columns[rows].T @ columns[rows] for rows in blocks])
    targets = np.array([columns[rows].T @ told[rows] for rows in blocks])
    found = np.empty((RESAMPLES, columns.shape[1]))
    for sample in range(RESAMPLES):
        drawn = random.integers(0, len(blocks), len(blocks))
        times = np.bincount(drawn, minlength=len(blocks)).astype(np.float64)
        found[sample] = _solved(np.tensordot(times, products, 1), times @ targets)
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return low, high


def _least_squares(columns: NDArray[np.float64], told: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights from zero on, float64[c]."""
    return _solved(columns.T @ columns, columns.T @ told)


def _solved(products: NDArray[np.float64], targets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least squares from the sums of products of the columns, however many rows they are of: roots of these do as rows."""
    from scipy.optimize import nnls

    scales = np.sqrt(np.maximum(products.diagonal(), 1.0))
    roots, vectors = np.linalg.eigh(products / np.outer(scales, scales))
    kept = roots > _TOLERANCE * roots[-1]
    sizes = np.sqrt(roots[kept])
    rows = sizes[:, None] * vectors[:, kept].T
    found: NDArray[np.float64] = nnls(rows, vectors[:, kept].T @ (targets / scales) / sizes)[0] / scales
    return found


def _explained(columns: NDArray[np.float64], told: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    spread = float(((told - told.mean()) ** 2).sum())
    missed = float(((told - columns @ weights) ** 2).sum())
    return 1 - missed / spread if spread else math.nan


def _where(seen: NDArray[np.bool_], values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(np.where(seen, values, math.nan).tolist())
