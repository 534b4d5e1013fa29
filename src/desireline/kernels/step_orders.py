"""What comes before what in journeys, over a small number of units: touchpoints, or the steps of a map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

NO_UNIT = -1
"""Of an interaction that is not looked at."""
_UNIT_OF_TIME = 1024


class Orders(NamedTuple):
    """Counts of journeys, by unit, or by pair of units (row first).

    ``reach``, int64[k]: with the unit. ``before``, int64[k, k]: with both, where the first of the row's comes before the first of the
    column's. ``moves``, int64[k, k]: in which the column's comes directly after the row's, others not looked at; a unit after itself
    on the diagonal. ``returns``, int64[k, k]: the same where the column's was there before. ``waits``, int64[k, k]: of the first such move in each journey, 1024 times the binary logarithm of the microseconds
    (at least 1) between, in sum. ``entered``, int64[k]: with the unit, and others before its first. ``entry_waits``, int64[k]: of these,
    the same of the time from the one just before. ``passed``, int64[k]: without the unit, but with one of a higher number.
    """

    reach: NDArray[np.int64]
    before: NDArray[np.int64]
    moves: NDArray[np.int64]
    returns: NDArray[np.int64]
    waits: NDArray[np.int64]
    entered: NDArray[np.int64]
    entry_waits: NDArray[np.int64]
    passed: NDArray[np.int64]


class Reached(NamedTuple):
    """By unit, int64[k] each: in how many journeys it occurs; the time of its first interaction, the largest int64 where it has none."""

    journeys: NDArray[np.int64]
    earliest: NDArray[np.int64]


@kernel
def count_reach(
    units: NDArray[np.int32], times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> Reached:
    """Where journeys come: int32[n] (from 0, or :data:`NO_UNIT`), int64[n], int64[s] twice. O(n)."""
    found, seen = np.zeros(count, np.int64), np.full(count, -1, np.int64)
    earliest = np.full(count, np.iinfo(np.int64).max, np.int64)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            unit = units[place]
            if unit < 0:
                continue
            earliest[unit] = min(earliest[unit], times[place])
            if seen[unit] != span:
                seen[unit] = span
                found[unit] += 1
    return Reached(found, earliest)


@kernel
def count_orders(
    units: NDArray[np.int32], times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> Orders:
    """What comes before what.

    Parameters
    ----------
    units
        int32[n], from 0 to ``count - 1``, or :data:`NO_UNIT`.
    times
        int64[n], microseconds, never decreasing within a journey.
    starts, ends
        int64[s] each: the journeys.

    O(n + sum over journeys of d**2), with d different units in a journey; ``count**2`` cells six times.
    """
    reach, passed = np.zeros(count, np.int64), np.zeros(count, np.int64)
    entered, entry_waits = np.zeros(count, np.int64), np.zeros(count, np.int64)
    before, moves = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    returns, waits = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    seen = np.full(count, -1, np.int64)
    moved, returned = np.full((count, count), -1, np.int64), np.full((count, count), -1, np.int64)
    order = np.empty(count, np.int64)
    for span in range(len(starts)):
        known, last, since, highest = 0, NO_UNIT, np.int64(0), NO_UNIT
        for place in range(starts[span], ends[span]):
            unit = units[place]
            if unit < 0:
                continue
            wait = np.int64(_UNIT_OF_TIME * np.log2(max(times[place] - since, 1)))
            if last >= 0 and moved[last, unit] != span:
                moved[last, unit] = span
                moves[last, unit] += 1
                waits[last, unit] += wait
            if last >= 0 and seen[unit] == span and returned[last, unit] != span:
                returned[last, unit] = span
                returns[last, unit] += 1
            is_first, is_entry = seen[unit] != span, last >= 0
            last, since = unit, times[place]
            if not is_first:
                continue
            seen[unit] = span
            if is_entry:
                entered[unit] += 1
                entry_waits[unit] += wait
            for number in range(known):
                before[order[number], unit] += 1
            order[known] = unit
            known += 1
            reach[unit] += 1
            highest = max(highest, unit)
        for unit in range(highest):
            passed[unit] += seen[unit] != span
    return Orders(reach, before, moves, returns, waits, entered, entry_waits, passed)
