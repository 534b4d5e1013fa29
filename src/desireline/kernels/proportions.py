"""How sure a share is."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

_TWO_SIDED_95 = NormalDist().inv_cdf(0.975)


def wilson_intervals(
    counts: NDArray[np.int64], totals: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 95% interval of each share ``counts / totals`` (Wilson 1927, score interval without continuity correction).

    Parameters
    ----------
    counts, totals
        int64[k]: 0 <= count <= total, independent trials.

    Returns
    -------
    tuple
        Low and high ends, float64[k], from 0 to 1; NaN where the total is 0.

    >>> low, high = wilson_intervals(np.array([1]), np.array([4]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.046, 0.699)
    """
    square = _TWO_SIDED_95**2
    some = np.where(totals > 0, totals, np.nan)
    shares = counts / some
    centres = (shares + square / (2 * some)) / (1 + square / some)
    halves = np.sqrt(shares * (1 - shares) / some + square / (4 * some**2)) * _TWO_SIDED_95 / (1 + square / some)
    return np.where(shares == 0, 0.0, centres - halves), np.where(shares == 1, 1.0, centres + halves)
