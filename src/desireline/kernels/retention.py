"""When customers come back, and how long they are usually away."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.calendar import FIRST_DAY, LAST_DAY

PERIODS = 2**17
"""More than there are days from 1900 to 2200."""
LEAST_GAPS = 3
"""A customer has a rhythm with so many pauses between active days."""


class Returns(NamedTuple):
    """What customers did after their start, as keys to count.

    Attributes
    ----------
    cohorts
        int64[c]: the period of each customer's start.
    returns
        int64[r]: ``cohort * PERIODS + periods since``, once for every period in which a customer came back.
    last_returns
        int64[l]: the same for the last of these periods of each customer.
    patience
        int64[p]: ``cohort * PERIODS + day - FIRST_DAY`` for every customer with a rhythm: the last day on which the silence since
        is not yet too long.
    judged
        int64[p]: the customers with a rhythm, as ``owners`` have them.
    """

    cohorts: NDArray[np.int64]
    returns: NDArray[np.int64]
    last_returns: NDArray[np.int64]
    patience: NDArray[np.int64]
    judged: NDArray[np.int64]


@kernel
def follow_customers(
    times: NDArray[np.int64],
    days: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    is_start: NDArray[np.bool_],
    is_return: NDArray[np.bool_],
    periods: NDArray[np.int32],
    patience: float,
    begun_from: int,
    begun_before: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Follow every customer from the first start on; see :class:`Returns`, of which these are the columns.

    Parameters
    ----------
    times, days
        int64[n] in microseconds, int64[n] since 1970-01-01: in order within a customer.
    starts, ends, owners
        int64[s] each: spans and their customers; those of a customer are one life here.
    is_start, is_return
        bool[n]: which interactions begin, and which count as coming back. A customer comes back by a return after the start.
    periods
        See :func:`desireline.kernels.calendar.periods_of_days`.
    patience
        A silence is too long above so many times the customer's rhythm: the median pause in days between active days, those
        with a return from the start on; from three pauses on.
    begun_from, begun_before
        Microseconds: whose start is earlier, or not before the end, is left out.

    O(n + p log p) for p pauses of a customer.
    """
    most = int((ends - starts).sum())
    cohorts = np.empty(len(starts), np.int64)
    returns = np.empty(most, np.int64)
    last_returns = np.empty(len(starts), np.int64)
    too_long = np.empty(len(starts), np.int64)
    rhythmic = np.empty(len(starts), np.int64)
    pauses = np.empty(most + 1, np.int64)
    counted, returned, lasting, judged = 0, 0, 0, 0
    span = 0
    while span < len(starts):
        owner, cohort, last_period, last_day, paused = owners[span], np.int64(-1), np.int64(-1), np.int64(-1), 0
        left_out = False
        while span < len(starts) and owners[span] == owner:
            for place in range(starts[span], ends[span]):
                begins = cohort < 0 and is_start[place]
                if left_out or (not begins and (cohort < 0 or not is_return[place])):
                    continue
                if begins and not begun_from <= times[place] < begun_before:
                    left_out = True
                    continue
                day = np.int64(min(max(days[place], FIRST_DAY), LAST_DAY)) - FIRST_DAY
                period = np.int64(periods[day])
                if begins:
                    cohort = period - periods[0]
                else:
                    since = period - periods[0] - cohort
                    if since != last_period:
                        returns[returned] = cohort * PERIODS + since
                        returned += 1
                        last_period = since
                if is_return[place] and day != last_day:
                    pauses[paused] = day - last_day
                    paused += int(last_day >= 0)
                    last_day = day
            span += 1
        if cohort < 0:
            continue
        cohorts[counted] = cohort
        counted += 1
        if last_period >= 0:
            last_returns[lasting] = cohort * PERIODS + last_period
            lasting += 1
        if paused >= LEAST_GAPS:
            silence = int(patience * _median(pauses[:paused]))
            too_long[judged] = cohort * PERIODS + min(int(last_day) + silence, PERIODS - 1)
            rhythmic[judged] = owner
            judged += 1
    return (
        cohorts[:counted].copy(),
        returns[:returned].copy(),
        last_returns[:lasting].copy(),
        too_long[:judged].copy(),
        rhythmic[:judged].copy(),
    )


@kernel
def _median(values: NDArray[np.int64]) -> float:
    ordered = np.sort(values)
    middle = len(ordered) // 2
    return float(ordered[middle] + ordered[(len(ordered) - 1) // 2]) / 2
