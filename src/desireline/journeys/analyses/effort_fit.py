"""Weights of effort that are fitted to what customers say: least squares, drawn to the weights that were given."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.results.effort import EffortFit

FEWEST_ANSWERS = 100
RESAMPLES = 400
MOST_BLOCKS = 1_000
FOLDS = 5
DRAWN_TO = (0.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0)
"""As how many answers the weights that were given may count."""
_SEED = 20_130_701
_TOLERANCE = 1e-10


class FittedWeights(NamedTuple):
    """Points for one of each component; ends of their 95% intervals, NaN where they have none; their covariance, float64[c, c]."""

    values: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    covariance: NDArray[np.float64]


class _Sums(NamedTuple):
    """What least squares need to know of b blocks of answers: products of columns, with the answers, and of the answers.

    float64[b, c + 1, c + 1], float64[b, c + 1], float64[b]; the first column is 1.
    """

    products: NDArray[np.float64]
    targets: NDArray[np.float64]
    squares: NDArray[np.float64]

    def of(self, times: NDArray[np.float64]) -> _Sums:
        """Each block so many times, as one block: float64[b]."""
        return _Sums(*(np.tensordot(times, each, 1)[None] for each in self))


def fit_weights(
    amounts: NDArray[np.float64], told: NDArray[np.float64], given: NDArray[np.float64], *, left_out: int = 0
) -> tuple[FittedWeights | None, EffortFit]:
    """Weights with which the amounts before an answer come nearest to the effort that it tells of.

    Parameters
    ----------
    amounts
        float64[n, c], in an order that does not depend on how they were collected.
    told
        float64[n]: from 0, no effort.
    given
        float64[c]: the weights to which the fitted ones are drawn, from 0.
    left_out
        How many answers are not among these.

    Returns
    -------
    tuple
        The weights, ``None`` where there are fewer than 100 answers or nothing goes with them; and what there is to say.

    Least squares with a base, none of them below zero (Lawson and Hanson 1974), drawn to the given weights times one factor, which is fitted
    too: ridge regression (Hoerl and Kennard 1970) around them, on the scale of each column. As how many answers they count is what foretells
    answers best that were not fitted to (Stone 1974, five folds). A component that no answer has keeps its given weight times the factor. R²
    is of the half of the answers that was not fitted to, halves drawn by chance with a fixed seed. Intervals: the middle 95% of 400 bootstrap
    samples (Efron 1979).
    """
    n = len(told)
    if n < FEWEST_ANSWERS:
        counted = f"{n} answers to CES" if n != 1 else "1 answer to CES"
        return None, _not_fitted(n, left_out, f"{counted} can be used, {FEWEST_ANSWERS} are needed")
    random = np.random.default_rng(_SEED)
    sums = _blocks(np.column_stack([np.ones(n), amounts]), told, random)
    half = np.arange(len(sums.squares)) % 2 == 0
    r_squared = _explained(sums.of((~half).astype(float)), _fitted(_chosen(sums, half), given)[0])
    found, drawn_to = _fitted(sums, given)
    if not found[1:].any():
        return None, _not_fitted(n, left_out, "no part of effort goes with the answers to CES", r_squared)
    samples = _resampled(sums, given, drawn_to, random)
    lows, highs = np.quantile(samples, [0.025, 0.975], axis=0)
    seen: NDArray[np.bool_] = np.count_nonzero(amounts, axis=0) > 0
    covariance = np.cov(samples.T) * np.outer(seen, seen)
    weights = FittedWeights(tuple(found[1:].tolist()), _where(seen, lows), _where(seen, highs), covariance)
    return weights, EffortFit(n, left_out, True, float(found[0]), r_squared, drawn_to, "")


def _not_fitted(n: int, left_out: int, reason: str, r_squared: float = math.nan) -> EffortFit:
    return EffortFit(n, left_out, False, math.nan, r_squared, math.nan, reason)


def _blocks(columns: NDArray[np.float64], told: NDArray[np.float64], random: np.random.Generator) -> _Sums:
    """Up to a thousand blocks, into which answers are put by chance: they are as independent as the answers."""
    blocks = np.array_split(random.permutation(len(told)), min(len(told), MOST_BLOCKS))
    return _Sums(
        np.array([columns[rows].T @ columns[rows] for rows in blocks]),
        np.array([columns[rows].T @ told[rows] for rows in blocks]),
        np.array([told[rows] @ told[rows] for rows in blocks]),
    )


def _chosen(sums: _Sums, chosen: NDArray[np.bool_]) -> _Sums:
    return _Sums(*(each[chosen] for each in sums))


def _fitted(sums: _Sums, given: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Base and weights, float64[c + 1], and as how many answers the given weights count; of equal ones the highest."""
    folds = np.arange(len(sums.squares)) % FOLDS
    errors = np.zeros(len(DRAWN_TO))
    for fold in range(FOLDS):
        kept, tested = (sums.of((folds != fold).astype(float)), sums.of((folds == fold).astype(float)))
        errors += [_missed(tested, _drawn(kept, given, each)) for each in DRAWN_TO]
    place = len(errors) - 1 - int(np.argmin(np.round(errors[::-1], 9)))
    return _drawn(sums.of(np.ones(len(sums.squares))), given, DRAWN_TO[place]), DRAWN_TO[place]


def _drawn(whole: _Sums, given: NDArray[np.float64], drawn_to: float) -> NDArray[np.float64]:
    """Base and weights from the sums of all answers, drawn to the given weights as if these were so many answers."""
    products, targets = whole.products[0], whole.targets[0]
    n, means = products[0, 0], products[0] / max(products[0, 0], 1.0)
    index = np.zeros((2, len(products)))
    index[0, 0], index[1, 1:] = 1.0, given
    _, factor = _solved(index @ products @ index.T, index @ targets)
    goal = factor * given
    spreads = np.maximum(products.diagonal() / max(n, 1.0) - means**2, 0.0)[1:]
    unseen = products.diagonal()[1:] == 0
    pull = np.where(unseen, 1.0, drawn_to * spreads)
    drawn = products + np.diag([0.0, *pull])
    found = _solved(drawn, targets + np.array([0.0, *(pull * goal)]))
    found[1:][unseen] = goal[unseen]
    return found


def _resampled(
    sums: _Sums, given: NDArray[np.float64], drawn_to: float, random: np.random.Generator
) -> NDArray[np.float64]:
    """The weights of bootstrap samples, float64[samples, c]."""
    number = len(sums.squares)
    found = np.empty((RESAMPLES, len(given)))
    for sample in range(RESAMPLES):
        times = np.bincount(random.integers(0, number, number), minlength=number).astype(np.float64)
        found[sample] = _drawn(sums.of(times), given, drawn_to)[1:]
    return found


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


def _missed(tested: _Sums, weights: NDArray[np.float64]) -> float:
    """The sum of the squares of what the weights miss."""
    products, targets, squares = (each[0] for each in tested)
    return max(float(squares - 2 * weights @ targets + weights @ products @ weights), 0.0)


def _explained(tested: _Sums, weights: NDArray[np.float64]) -> float:
    n, total, squares = tested.products[0, 0, 0], tested.targets[0, 0], tested.squares[0]
    spread = max(float(squares - total * total / n), 0.0)
    return 1 - _missed(tested, weights) / spread if spread > _TOLERANCE * max(float(squares), 1.0) else math.nan


def _where(seen: NDArray[np.bool_], values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(np.where(seen, values, math.nan).tolist())
