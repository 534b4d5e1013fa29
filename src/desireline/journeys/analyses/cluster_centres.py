"""Finding centres, and how many: k-means on a sample, judged by how much more it explains than of spans dealt by chance.

Sources: k-means++ (Arthur and Vassilvitskii 2007) in scikit-learn; the number of clusters by comparison with data that have none
follows the gap statistic (Tibshirani, Walther and Hastie 2001), here of the share of the variance that is explained.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHOOSING_SPANS = 4_000
MOST_CLUSTERS = 12
TIMES_BY_CHANCE, TIMES_WITH_MANY, MANY_SPANS = 19, 10, 1_000
"""How often spans are dealt by chance; with many spans chance varies less."""
LEAST_ADVANTAGE = 0.05
NEARLY_AS_GOOD = 0.9
MOST_DIRECTIONS = 40
VARIANCE_KEPT = 0.95
_SEED = 2026
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Directions:
    """The main directions in which points differ: principal components.

    ``middle``, float64[d], and ``axes``, float64[d, m].
    """

    middle: NDArray[np.float64]
    axes: NDArray[np.float64]

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points along the directions: float64[s, d] -> float64[s, m]."""
        placed: NDArray[np.float64] = (points - self.middle) @ self.axes
        return placed


@dataclass(frozen=True, slots=True)
class Different:
    """Different points, float64[u, d]; how many of each there are, int64[u]; which one each is, int64[s]."""

    points: NDArray[np.float64]
    counts: NDArray[np.int64]
    which: NDArray[np.int64]

    @classmethod
    def of(cls, points: NDArray[np.float64]) -> Different:
        """Of points, in any order."""
        found, which, counts = np.unique(points, axis=0, return_inverse=True, return_counts=True)
        return cls(found, counts, which.reshape(-1))


@contextmanager
def on_one_processor() -> Iterator[None]:
    """Numerical libraries use one thread in the block: sums of floats then come in one order, and give the same digits."""
    # A library that is loaded later would not be limited.
    import sklearn
    import sklearn.cluster
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # The points are known to be finite, and asked for hundreds of times.
    with threadpool_limits(1), sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        yield


def main_directions(points: Different) -> Directions:
    """As many as hold :data:`VARIANCE_KEPT` of the variance, at least one and at most :data:`MOST_DIRECTIONS`."""
    weights = points.counts / points.counts.sum()
    middle = weights @ points.points
    centred = points.points - middle
    variances, axes = np.linalg.eigh((centred * weights[:, None]).T @ centred)
    variances, axes = np.maximum(variances[::-1], 0), axes[:, ::-1]
    enough = int(np.searchsorted(np.cumsum(variances), VARIANCE_KEPT * variances.sum())) + 1
    return Directions(middle, np.ascontiguousarray(axes[:, : min(enough, MOST_DIRECTIONS)]))


def k_means(
    placed: NDArray[np.float64], counts: NDArray[np.int64], *, clusters: int, tries: int
) -> NDArray[np.float64]:
    """The centres of the best of several tries, float64[k, m]; ``clusters`` is at most :func:`count_places`."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = KMeans(clusters, n_init=tries, random_state=_SEED, algorithm="lloyd").fit(placed, sample_weight=counts)
    centres: NDArray[np.float64] = fitted.cluster_centers_
    return centres


def count_places(placed: NDArray[np.float64]) -> int:
    """How many different points there are; of the same place are those that differ in the last digits only."""
    return len(np.unique(placed.round(_DIGITS), axis=0))


def nearest(placed: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    """The nearest centre of each point; of several equally near ones the first."""
    scores = placed @ centres.T - (centres**2).sum(axis=1) / 2
    chosen: NDArray[np.int64] = scores.argmax(axis=1)
    return chosen


def explained_shares(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of the variance of points that 2, 3 … :data:`MOST_CLUSTERS` clusters explain; all NaN for equal points."""
    different = Different.of(points)
    directions = main_directions(different)
    placed = directions.place(different.points)
    in_all = float(different.counts @ ((different.points - directions.middle) ** 2).sum(axis=1))
    along = float(different.counts @ (placed**2).sum(axis=1))
    shares, most = np.full(MOST_CLUSTERS - 1, np.nan), count_places(placed)
    for place in range(len(shares) if in_all > 0 else 0):
        centres = k_means(placed, different.counts, clusters=min(place + 2, most), tries=2)
        within = ((placed - centres[nearest(placed, centres)]) ** 2).sum(axis=1)
        shares[place] = (along - float(different.counts @ within)) / in_all
    return shares
