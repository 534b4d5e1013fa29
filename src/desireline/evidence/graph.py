"""A map as a graph: which step may come when, and how many steps are passed over between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.kernels.alignment import NO_STEP, Ways, shortest_ways
from desireline.kernels.arrays import read_only
from desireline.maps import JourneyMap, Step


@dataclass(frozen=True, slots=True, eq=False)
class StepGraph:
    """The measured steps of a map, and the ways between them.

    Attributes
    ----------
    steps
        In the order of the map.
    ways
        Between them; see :class:`Ways`.
    """

    steps: tuple[Step, ...]
    ways: Ways

    @property
    def ends(self) -> tuple[bool, ...]:
        """Of each step, whether nothing mandatory comes after it."""
        return tuple((self.ways.costs[:-1, -1] == 0).tolist())


def graph_of(journey_map: JourneyMap, measured: Sequence[str]) -> StepGraph:
    """The graph of a map.

    A journey may begin at the first step of the map, and at every step that no other step leads to. It may end at every step
    that leads nowhere, and at those from which no such step can be reached.

    Parameters
    ----------
    measured
        Ids of the steps whose interactions can be counted. The others, and optional ones, are passed over for nothing.
    """
    steps = journey_map.steps
    place_of = {step.id: place for place, step in enumerate(steps)}
    known = frozenset(measured)
    mandatory = np.array([step.id in known and not step.optional for step in steps] + [False, False], np.bool_)
    offsets, followers = _edges(_followers(journey_map, place_of))
    costs, passed = shortest_ways(read_only(offsets), read_only(followers), read_only(mandatory))
    kept = [place for place, step in enumerate(steps) if step.id in known]
    rows, columns = np.array([*kept, len(steps)]), np.array([*kept, len(steps) + 1])
    number_of = np.full(len(steps) + 3, NO_STEP, np.int32)
    number_of[kept] = np.arange(len(kept), dtype=np.int32)
    own = np.ix_(rows, columns)
    return StepGraph(
        tuple(steps[place] for place in kept), Ways(read_only(costs[own]), read_only(number_of[passed[own]]))
    )


def starts_of(followers: Sequence[Sequence[int]]) -> list[int]:
    """Where a journey may begin: the first step, and those that no other step leads to."""
    led_to = {target for place, targets in enumerate(followers) for target in targets if target != place}
    return [place for place in range(len(followers)) if place == 0 or place not in led_to]


def ends_of(followers: Sequence[Sequence[int]]) -> list[int]:
    """Where a journey may end: at steps that lead nowhere, and at those from which no such step can be reached."""
    leading = {place for place, targets in enumerate(followers) if not targets}
    ends = set(leading)
    before: Mapping[int, list[int]] = {place: [] for place in range(len(followers))}
    for place, targets in enumerate(followers):
        for target in targets:
            before[target].append(place)
    while leading:
        leading = {place for each in leading for place in before[each]} - ends
        ends |= leading
    lost = set(range(len(followers))) - ends
    return [place for place, targets in enumerate(followers) if not targets or place in lost]


def _followers(journey_map: JourneyMap, place_of: Mapping[str, int]) -> list[list[int]]:
    """By step, and by the start and the end behind them, where each leads."""
    steps = journey_map.steps
    found = [
        [place + 1] if step.next is None else [place_of[each] for each in step.next] for place, step in enumerate(steps)
    ]
    if steps and steps[-1].next is None:
        found[-1] = []
    start, end = starts_of(found), ends_of(found)
    return [
        *(sorted(set(targets)) + [len(steps) + 1] * (place in end) for place, targets in enumerate(found)),
        start,
        [],
    ]


def _edges(followers: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    offsets = np.cumsum([0, *(len(targets) for targets in followers)], dtype=np.int64)
    return offsets, np.array([target for targets in followers for target in targets], np.int64)
