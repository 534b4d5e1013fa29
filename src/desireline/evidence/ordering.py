"""The order in which most journeys take some units.

The order that as few journeys as possible contradict, counted over all pairs, is Kemeny's (J. Kemeny, "Mathematics without numbers",
1959). It is looked for by moving one unit at a time to where it serves best, from the order of Copeland's scores on (T. Schiavinotto,
T. Stützle, "The linear ordering problem", 2004).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MOST_ROUNDS = 100


def typical_order(before: NDArray[np.int64]) -> tuple[int, ...]:
    """The units in their typical order.

    Parameters
    ----------
    before
        int64[k, k]: journeys in which the row's unit comes before the column's.

    O(k**2) a round, mostly a few rounds. The same counts give the same order; of equal ones the lower number comes first.
    """
    margins = before - before.T
    order = sorted(range(len(before)), key=lambda unit: (-int(np.sign(margins[unit]).sum()), unit))
    for _ in range(_MOST_ROUNDS):
        moved = [_moved(order, unit, margins) for unit in sorted(order)]
        if not any(moved):
            break
    return tuple(order)


def disagreement(order: tuple[int, ...], before: NDArray[np.int64]) -> int:
    """How many times, over all pairs, a journey contradicts an order."""
    placed = before[np.ix_(order, order)]
    return int(np.tril(placed, -1).sum())


def best_place(order: Sequence[int], unit: int, before: NDArray[np.int64]) -> int:
    """How many units of an order come before another one, so that the fewest journeys contradict it; of equal places the first."""
    return int(_gains(before - before.T, order, unit).argmax())


def _gains(margins: NDArray[np.int64], order: Sequence[int], unit: int) -> NDArray[np.int64]:
    """What each place is better than the first, int64[k + 1]."""
    return np.concatenate([[0], np.cumsum(margins[list(order), unit])]).astype(np.int64)


def _moved(order: list[int], unit: int, margins: NDArray[np.int64]) -> bool:
    """Move a unit to where the fewest journeys contradict it, in place; whether that is better than before."""
    place = order.index(unit)
    others = [each for each in order if each != unit]
    gains = _gains(margins, others, unit)
    best = int(gains.argmax())
    if gains[best] <= gains[place]:
        return False
    order[:] = [*others[:best], unit, *others[best:]]
    return True
