"""Dividing the credit for conversions among the interactions before them.

Credit is counted in whole units of 2**-32 conversions: sums are exact in any order, up to two billion conversions. What does not
divide evenly goes to the last interaction before the conversion, so that every conversion gives exactly one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.hashing import mix
from desireline.kernels.tallies import Tally, nonzero, tally

UNIT = 2**32
"""One conversion."""
GROUPS = 16
"""Customers fall into so many groups by a hash, to see how much an answer hangs on who happened to be there."""
FIRST, LAST, LINEAR, TIME_DECAY, POSITION, SHAPLEY = range(6)
RULES = 6
"""The models that are counted journey by journey."""
_ENDS = 2 * UNIT // 5
_DENSE_CELLS = 1 << 20


class Journeys(NamedTuple):
    """What came before each conversion, and what came to none, as runs of interactions.

    Attributes
    ----------
    starts, ends
        int64[j] each: run ``i`` is at ``starts[i]:ends[i]``, without the conversion; none is empty.
    converted
        bool[j].
    groups
        int64[j]: from 0 to ``GROUPS - 1``, the same for all journeys of a customer.
    unattributed
        int64[1]: conversions with nothing before them.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    converted: NDArray[np.bool_]
    groups: NDArray[np.int64]
    unattributed: NDArray[np.int64]


@kernel
def cut_journeys(
    touchpoints: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    customers: NDArray[np.int64],
    is_outcome: NDArray[np.bool_],
    lookback: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Cut spans at their conversions; see :class:`Journeys`, of which these are the columns.

    Parameters
    ----------
    touchpoints, times
        uint16[n], int64[n] in microseconds: in order within a span.
    starts, ends, owners
        int64[s] each: spans and the places of their customers.
    customers
        int64[k]: keys of the customers.
    is_outcome
        bool[vocabulary]: which touchpoints are conversions.
    lookback
        Microseconds, included, before the conversion; of a run without one, before its last interaction.

    O(n).
    """
    hits = np.empty(len(touchpoints) + 1, np.int64)
    found = 0
    if len(starts):
        for place in range(starts[0], ends[-1]):
            hits[found] = place
            found += is_outcome[touchpoints[place]]
    hits[found] = len(touchpoints)
    most = found + len(starts)
    cut_starts, cut_ends = np.empty(most, np.int64), np.empty(most, np.int64)
    converted, groups = np.empty(most, np.bool_), np.empty(most, np.int64)
    unattributed = np.zeros(1, np.int64)
    at, made = 0, 0
    for span in range(len(starts)):
        begin, end = starts[span], ends[span]
        group = np.int64(mix(customers[owners[span]]) & np.uint64(GROUPS - 1))
        while hits[at] < begin:
            at += 1
        while True:
            is_conversion = hits[at] < end
            stop = hits[at] if is_conversion else end
            if stop > begin:
                since = times[stop if is_conversion else stop - 1] - lookback
                while begin < stop and times[begin] < since:
                    begin += 1
            if stop > begin:
                cut_starts[made], cut_ends[made] = begin, stop
                converted[made], groups[made] = is_conversion, group
                made += 1
            else:
                unattributed[0] += is_conversion
            if not is_conversion:
                break
            begin = stop + 1
            at += 1
    return cut_starts[:made].copy(), cut_ends[:made].copy(), converted[:made].copy(), groups[:made].copy(), unattributed


@kernel
def credit(
    codes: NDArray[np.uint16],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    converted: NDArray[np.bool_],
    groups: NDArray[np.int64],
    vocabulary: int,
    half_life: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The credit that each code gets, and in how many journeys it occurs.

    Parameters
    ----------
    codes, times
        uint16[n] below ``vocabulary``, int64[n] in microseconds, never decreasing within a journey.
    starts, ends, converted, groups
        See :class:`Journeys`.
    half_life
        Microseconds, above 0: an interaction that much earlier than another gets half of its credit.

    Returns
    -------
    tuple
        int64[GROUPS, RULES, vocabulary] in units of 2**-32 conversions; int64[2, vocabulary]: journeys in which the code occurs
        that did not convert, and that did.

    Sources: first, last, linear, time decay and U-shaped as in Adobe Customer Journey Analytics. Shapley: each set of codes shares
    its conversions equally among its members, which is the Shapley value where a coalition is worth the conversions of all journeys
    within it (Zhao, Mahboobi, Bagheri 2018). O(n).
    """
    credits = np.zeros((GROUPS, RULES, vocabulary), np.int64)
    journeys = np.zeros((2, vocabulary), np.int64)
    stamps = np.full(vocabulary, -1, np.int64)
    longest = np.int64(0)
    for journey in range(len(starts)):
        longest = max(longest, ends[journey] - starts[journey])
    weights = np.empty(longest, np.float64)
    members = np.empty(vocabulary, np.int64)
    for journey in range(len(starts)):
        start, end = starts[journey], ends[journey]
        size = 0
        for place in range(start, end):
            code = np.int64(codes[place])
            if stamps[code] != journey:
                stamps[code] = journey
                members[size] = code
                size += 1
        kind = np.int64(converted[journey])
        for member in range(size):
            journeys[kind, members[member]] += 1
        if not kind:
            continue
        mine = credits[groups[journey]]
        first, last, length = codes[start], codes[end - 1], end - start
        mine[FIRST, first] += UNIT
        mine[LAST, last] += UNIT
        each = UNIT // length
        for place in range(start, end):
            mine[LINEAR, codes[place]] += each
        mine[LINEAR, last] += UNIT - each * length
        total = 0.0
        for place in range(start, end):
            weight = np.exp2((times[place] - times[end - 1]) / half_life)
            weights[place - start] = weight
            total += weight
        left = np.int64(UNIT)
        for place in range(start, end - 1):
            part = np.int64(weights[place - start] / total * UNIT)
            mine[TIME_DECAY, codes[place]] += part
            left -= part
        mine[TIME_DECAY, last] += left
        _credit_positions(mine[POSITION], codes, start, end)
        each = UNIT // size
        for member in range(size):
            mine[SHAPLEY, members[member]] += each
        mine[SHAPLEY, last] += UNIT - each * size
    return credits, journeys


@kernel
def _credit_positions(mine: NDArray[np.int64], codes: NDArray[np.uint16], start: int, end: int) -> None:
    """40 % to the first and to the last, 20 % among those between; of two, and of one, equally."""
    length = end - start
    if length <= 2:
        mine[codes[start]] += UNIT // 2
        mine[codes[end - 1]] += UNIT // 2
        return
    between = (UNIT - 2 * _ENDS) // (length - 2)
    mine[codes[start]] += _ENDS
    for place in range(start + 1, end - 1):
        mine[codes[place]] += between
    mine[codes[end - 1]] += UNIT - _ENDS - between * (length - 2)


def count_transitions(codes: NDArray[np.uint16], journeys: Journeys, *, vocabulary: int) -> Tally:
    """Transitions between the states of a chain: the codes, the start (number ``vocabulary``), and as targets conversion
    (``vocabulary``) and none (``vocabulary + 1``).

    Returns
    -------
    Tally
        By ``(group * width + source) * width + target`` with ``width = vocabulary + 2``.

    O(n), or O(n log n) where there are more than some hundred codes.
    """
    runs = (codes, journeys.starts, journeys.ends, journeys.converted, journeys.groups, vocabulary)
    cells = GROUPS * (vocabulary + 2) ** 2
    return nonzero(_count_all(*runs)) if cells <= _DENSE_CELLS else tally(_list_all(*runs))


@kernel
def _count_all(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    converted: NDArray[np.bool_],
    groups: NDArray[np.int64],
    vocabulary: int,
) -> NDArray[np.int64]:
    width = np.int64(vocabulary + 2)
    counts = np.zeros(GROUPS * width * width, np.int64)
    for journey in range(len(starts)):
        row = groups[journey] * width
        source = np.int64(vocabulary)
        for place in range(starts[journey], ends[journey]):
            target = np.int64(codes[place])
            counts[(row + source) * width + target] += 1
            source = target
        counts[(row + source) * width + vocabulary + (not converted[journey])] += 1
    return counts


@kernel
def _list_all(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    converted: NDArray[np.bool_],
    groups: NDArray[np.int64],
    vocabulary: int,
) -> NDArray[np.int64]:
    width = np.int64(vocabulary + 2)
    total = len(starts)
    for journey in range(len(starts)):
        total += ends[journey] - starts[journey]
    keys = np.empty(total, np.int64)
    made = 0
    for journey in range(len(starts)):
        row = groups[journey] * width
        source = np.int64(vocabulary)
        for place in range(starts[journey], ends[journey]):
            target = np.int64(codes[place])
            keys[made] = (row + source) * width + target
            source = target
            made += 1
        keys[made] = (row + source) * width + vocabulary + (not converted[journey])
        made += 1
    return keys


def removal_effects(transitions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Which share of the conversions of a Markov chain is lost when a state is taken out of it.

    Parameters
    ----------
    transitions
        int64[v + 2, v + 2]: counts from the states and the start (row ``v``; row ``v + 1`` is not used) to the states, conversion
        (column ``v``) and none (``v + 1``). From every state that is reached an end is reached.

    Returns
    -------
    float64[v]: from 0 to 1; 0 for a state that does not occur, and for all where nothing converts.

    A journey that reaches the state taken out ends without a conversion (Anderl, Becker, von Wangenheim, Schumann 2016). Exact, not
    simulated: with the fundamental matrix N of the absorbing chain (Kemeny and Snell 1960), state i is reached with probability
    ``(s N)_i / N_ii``, and from there converts with ``(N r)_i``. Transitions of a state to itself make no difference. O(v**3).
    """
    states = len(transitions) - 2
    effects = np.zeros(states)
    occurring = np.flatnonzero(transitions[:states].sum(axis=1))
    begun = transitions[states, occurring].astype(np.float64)
    if not len(occurring) or not transitions[:, states].any():
        return effects
    counts = transitions[occurring].astype(np.float64)
    chances = counts / counts.sum(axis=1, keepdims=True)
    visits = np.linalg.inv(np.eye(len(occurring)) - chances[:, occurring])
    converting = visits @ chances[:, states]
    start = begun / begun.sum()
    effects[occurring] = (start @ visits) / visits.diagonal() * converting / (start @ converting)
    return effects
