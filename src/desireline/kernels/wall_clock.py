"""What clocks on the wall show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def to_wall_clock(
    times: NDArray[np.int64], changes: NDArray[np.int64], offsets: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Moments by a clock that is put forward and back, int64[n].

    Parameters
    ----------
    times
        int64[n]: microseconds.
    changes
        int64[c], ascending: from when on each further offset counts.
    offsets
        int64[c + 1]: what is added before the first change, and from each change on.

    O(n log c), O(n) where neighbours are close.
    """
    shown = np.empty(len(times), np.int64)
    place = 0
    for number in range(len(times)):
        time = times[number]
        if (place > 0 and time < changes[place - 1]) or (place < len(changes) and time >= changes[place]):
            place = np.searchsorted(changes, time, side="right")
        shown[number] = time + offsets[place]
    return shown
