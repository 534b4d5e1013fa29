"""When people do things: the hours of the day and the days of the week, in London."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo.period import DAY, END, HOUR, LONDON, START, Integers, from_local, to_local, weekday


class Hours(IntEnum):
    """When something can happen."""

    ALWAYS = 0
    WAKING = 1
    CONTACT_CENTRE = 2
    STORE = 3


_OPENING = np.array([0, 0, 8, 9]) * HOUR
_CLOSING = np.array([24, 24, 20, 18]) * HOUR
_LONG_WAIT = 6 * HOUR
_WEEKDAY_WEIGHTS = np.array([1.12, 1.05, 1.0, 1.0, 0.97, 0.95, 0.91])


def _hour_bounds() -> NDArray[np.float64]:
    waking = [2, 1, 1, 0.5, 0.5, 1, 3, 6, 7, 6, 6, 6, 7, 6, 5, 5, 6, 8, 10, 12, 13, 12, 9, 5]
    centre = [0] * 8 + [5, 8, 9, 8, 7, 7, 6, 6, 6, 5, 4, 3] + [0] * 4
    store = [0] * 9 + [4, 7, 9, 10, 9, 8, 8, 7, 5] + [0] * 6
    weights = np.array([[1] * 24, waking, centre, store], dtype=np.float64)
    bounds: NDArray[np.float64] = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    return bounds


_HOUR_BOUNDS = _hour_bounds()


def draw_starts(hours: Hours, count: int, rng: np.random.Generator) -> Integers:
    """Moments spread over the half year by the rhythm of the week and the day."""
    days = np.arange((END - START) // DAY + 1, dtype=np.int64) * DAY + to_local(np.array([START]), LONDON)[0]
    weights = _WEEKDAY_WEIGHTS[weekday(days)]
    day = rng.choice(days, count, p=weights / weights.sum())
    return from_local(day + _draw_time_of_day(np.full(count, hours), rng), LONDON)


def settle(before: Integers, after: Integers, hours: NDArray[np.int64], rng: np.random.Generator) -> Integers:
    """Move moments to when people are up and doors are open; never to before the moment that led there."""
    wall = to_local(after, LONDON)
    long_wait = (after - before >= _LONG_WAIT) & (hours != Hours.ALWAYS)
    rested = wall // DAY * DAY + _draw_time_of_day(hours, rng)
    rested = np.where(rested <= to_local(before, LONDON), rested + DAY, rested)
    wall = _wait_for_opening(np.where(long_wait, rested, wall), hours, rng)
    return np.maximum(from_local(wall, LONDON), before)


def _draw_time_of_day(hours: NDArray[np.int64], rng: np.random.Generator) -> Integers:
    draw = rng.random(len(hours))
    hour = (draw[:, None] >= _HOUR_BOUNDS[hours]).sum(axis=1)
    within = rng.integers(0, HOUR, len(hours))
    time_of_day: Integers = np.minimum(hour, 23) * HOUR + within
    return time_of_day


def _wait_for_opening(wall: Integers, hours: NDArray[np.int64], rng: np.random.Generator) -> Integers:
    time_of_day = wall % DAY
    early, late = time_of_day < _OPENING[hours], time_of_day >= _CLOSING[hours]
    opening = (wall // DAY + late) * DAY + _OPENING[hours]
    queue = (rng.exponential(0.5, len(wall)) * HOUR).astype(np.int64)
    opened: Integers = np.where(early | late, opening + np.minimum(queue, 4 * HOUR), wall)
    return opened
