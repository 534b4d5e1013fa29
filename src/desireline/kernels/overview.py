"""How much there is, and when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def count_by_length_of_time(
    times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], origin: int, length: int
) -> tuple[int, NDArray[np.int64]]:
    """How many interactions of spans lie in each stretch of time.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a span.
    starts, ends
        int64[s] each: the spans.
    origin, length
        Microseconds: stretch ``i`` runs from ``origin + i * length`` to before ``origin + (i + 1) * length``.

    Returns
    -------
    tuple
        Number of the first stretch, and the counts from it on, int64[stretches]; 0 and none without spans. O(n).
    """
    if len(starts) == 0:
        return 0, np.zeros(0, np.int64)
    earliest, latest = times[starts[0]], times[ends[0] - 1]
    for span in range(len(starts)):
        earliest = min(earliest, times[starts[span]])
        latest = max(latest, times[ends[span] - 1])
    first = (earliest - origin) // length
    counts = np.zeros((latest - origin) // length - first + 1, np.int64)
    base = origin + first * length
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            counts[(times[place] - base) // length] += 1
    return first, counts


@kernel
def count_seen_once(starts: NDArray[np.int64], ends: NDArray[np.int64], owners: NDArray[np.int64]) -> int:
    """How many customers have one interaction in all: int64[s] thrice, owners never decreasing. O(s)."""
    once = 0
    for span in range(len(starts)):
        alone = (span == 0 or owners[span - 1] != owners[span]) and (
            span + 1 == len(starts) or owners[span + 1] != owners[span]
        )
        once += alone and ends[span] - starts[span] == 1
    return once
