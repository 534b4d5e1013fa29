"""Days of the week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONDAY = 4
"""1970-01-05 was a Monday."""


def weekdays(days: NDArray[np.int64]) -> NDArray[np.int32]:
    """The weekday, Monday is 0: int64[n] days since 1970-01-01 -> int32[n]."""
    found: NDArray[np.int32] = ((days - _MONDAY) % 7).astype(np.int32)
    return found
