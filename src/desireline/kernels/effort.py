"""What makes effort: sums of the events of customers before answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def soon_after_the_one_before(owners: NDArray[np.int64], times: NDArray[np.int64], within: int) -> NDArray[np.bool_]:
    """Which events come at most ``within`` after the one before of the same customer.

    int64[m] each, by customer and time; microseconds, included -> bool[m]. O(m).
    """
    found = np.zeros(len(owners), np.bool_)
    for event in range(1, len(owners)):
        same = owners[event] == owners[event - 1]
        found[event] = same and times[event] - times[event - 1] <= within
    return found


@kernel
def last_before(
    times: NDArray[np.int64],
    is_chosen: NDArray[np.bool_],
    firsts: NDArray[np.int64],
    places: NDArray[np.int64],
    within: int,
) -> NDArray[np.int64]:
    """The last chosen interaction before each of some places, at most ``within`` before it.

    Parameters
    ----------
    times, is_chosen
        int64[n], microseconds, never decreasing within a customer; bool[n].
    firsts, places
        int64[m] each: the first interaction of the customer, and the place.
    within
        Microseconds, included.

    Returns
    -------
    int64[m]: places, -1 for none. O(m * interactions looked back at).
    """
    found = np.full(len(places), -1, np.int64)
    for event in range(len(places)):
        earliest = times[places[event]] - within
        place = places[event] - 1
        while place >= firsts[event] and times[place] >= earliest and not is_chosen[place]:
            place -= 1
        if place >= firsts[event] and times[place] >= earliest:
            found[event] = place
    return found


@kernel
def sums_before(
    owners: NDArray[np.int64],
    times: NDArray[np.int64],
    amounts: NDArray[np.int64],
    missing: NDArray[np.int64],
    last: NDArray[np.int64],
    whose: NDArray[np.int64],
    earliest: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What the events of a customer before each answer add up to, and what is missing of any of them.

    Parameters
    ----------
    owners, times, amounts, missing
        int64[m], int64[m], int64[m, c], int64[m]: the events, by customer and time; ``missing`` has a bit for each thing.
    last, whose, earliest
        int64[a] each: how many events come up to the answer in this order, whose answer it is, and from when on events count.

    Returns
    -------
    tuple
        int64[a, c], int64[a]. O(answers * events looked back at).
    """
    found = np.zeros((len(last), amounts.shape[1]), np.int64)
    lost = np.zeros(len(last), np.int64)
    for answer in range(len(last)):
        event = last[answer] - 1
        while event >= 0 and owners[event] == whose[answer] and times[event] >= earliest[answer]:
            lost[answer] |= missing[event]
            for component in range(amounts.shape[1]):
                found[answer, component] += amounts[event, component]
            event -= 1
    return found, lost


@kernel
def sum_rows(numbers: NDArray[np.int64], rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The sums of rows by number: int64[n] from 0 below ``count``, int64[n, c] -> int64[count, c]. O(n c)."""
    sums = np.zeros((count, rows.shape[1]), np.int64)
    for row in range(len(numbers)):
        for column in range(rows.shape[1]):
            sums[numbers[row], column] += rows[row, column]
    return sums


@kernel
def any_bits(numbers: NDArray[np.int64], bits: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The bits that any row of a number has: int64[n] from 0 below ``count``, int64[n] -> int64[count]. O(n)."""
    found = np.zeros(count, np.int64)
    for row in range(len(numbers)):
        found[numbers[row]] |= bits[row]
    return found
