"""Days and calendar periods by number, of whatever time zone the days are."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

CalendarUnit = Literal["day", "week", "month"]
FIRST_DAY, LAST_DAY = -25_567, 84_371
"""1900-01-01 and 2200-12-31: what the log can hold, as days since 1970-01-01."""
DAY_US = 86_400_000_000
_DAYS: dict[CalendarUnit, str] = {"day": "D", "month": "M"}


def periods_of_days(unit: CalendarUnit) -> NDArray[np.int32]:
    """The number of the period in which each day from 1900 to 2200 lies, int32[days].

    Days and months count from 1970-01-01, weeks begin on Mondays and count from 1970-01-05.
    """
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    if unit == "week":
        return ((days - 4) // 7).astype(np.int32)
    return days.astype("datetime64[D]").astype(f"datetime64[{_DAYS[unit]}]").astype(np.int64).astype(np.int32)


def first_day_of(period: int, unit: CalendarUnit) -> int:
    """The first day of a period, as days since 1970-01-01.

    >>> first_day_of(0, "week"), first_day_of(1, "month")
    (4, 31)
    """
    if unit == "week":
        return 7 * period + 4
    return int(np.array(period).astype(f"datetime64[{_DAYS[unit]}]").astype("datetime64[D]").astype(np.int64))
