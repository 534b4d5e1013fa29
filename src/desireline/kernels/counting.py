"""Counting rows by group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def count_rows(
    groups: NDArray[np.int32], owners: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many rows each group has, and of how many distinct owners.

    int32[m] below ``count``, int64[m] (never decreasing) -> int64[count] twice. O(m + count).
    """
    rows = np.zeros(count, np.int64)
    distinct = np.zeros(count, np.int64)
    stamps = np.full(count, -1, np.int64)
    for row in range(len(groups)):
        group = groups[row]
        rows[group] += 1
        distinct[group] += stamps[group] != owners[row]
        stamps[group] = owners[row]
    return rows, distinct
