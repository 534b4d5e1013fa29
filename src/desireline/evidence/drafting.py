"""From counts to the steps of a first map: what they are, how they follow each other, which phases they make.

The rules, with examples: docs/proposals.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desireline.evidence.ordering import typical_order
from desireline.evidence.proposal_settings import ProposalSettings
from desireline.journeys.estimates import Estimate, share
from desireline.kernels.step_orders import Orders

FEWEST_PHASES, MOST_PHASES = 3, 7
_STEPS_OF_PHASE = 3
_FEWEST_OF_PHASE = 2
_FEWEST_CUT = 4
_PER_OCTAVE = 1024
_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step of a first map.

    Attributes
    ----------
    touchpoints
        The most frequent first; several where they always go together.
    reached
        Journeys with it.
    passed_over
        Journeys without it that come to a later step.
    next
        Numbers of the steps that may follow; ``None``: the one after it.
    returns
        Of ``next``, those that lead back: the number of the step, and in how many journeys.
    once
        Whether only the first time counts.
    seconds
        Typical time (geometric mean) from whatever step a journey took just before it; ``None`` where none did.
    entered
        How many journeys that is of.
    """

    touchpoints: tuple[str, ...]
    reached: int
    passed_over: int
    optional: bool = False
    next: tuple[int, ...] | None = None
    returns: tuple[tuple[int, int], ...] = ()
    once: bool = False
    seconds: float | None = None
    entered: int = 0


@dataclass(frozen=True, slots=True)
class DraftPhase:
    """A run of steps, by number; ``name`` is ``None`` where no stage gives one."""

    steps: tuple[int, ...]
    name: str | None = None


def is_sure(count: int, of: int, threshold: float) -> bool:
    """Whether a share is at least a threshold with the whole of its 95% interval."""
    return bool(of) and _interval(count, of).low >= threshold


def is_rare(count: int, of: int, threshold: float) -> bool:
    """Whether a share is below a threshold with the whole of its 95% interval."""
    return bool(of) and _interval(count, of).high < threshold


def _interval(count: int, of: int) -> Estimate:
    return share("", count, of)


def typical_seconds(orders: Orders, source: int, target: int) -> float | None:
    """The geometric mean of the times between two units where one comes straight after the other; ``None`` where it never does."""
    return _typical(int(orders.waits[source, target]), int(orders.moves[source, target]))


def _typical(waits: int, count: int) -> float | None:
    return None if not count else float(2.0 ** (waits / _PER_OCTAVE / count) / 1e6)


def folded(orders: Orders, settings: ProposalSettings) -> tuple[tuple[int, ...], ...]:
    """Units that always go together and at once, as groups; those that do not, alone. The most frequent of a group stands first."""
    count = len(orders.reach)
    group_of = list(range(count))
    for one in range(count):
        for other in range(one + 1, count):
            if _go_together(orders, one, other, settings):
                kept, gone = sorted((group_of[one], group_of[other]))
                group_of = [kept if each == gone else each for each in group_of]
    groups = [[unit for unit in range(count) if group_of[unit] == number] for number in dict.fromkeys(group_of)]
    return tuple(tuple(sorted(group, key=lambda unit: (-int(orders.reach[unit]), unit))) for group in groups)


def _go_together(orders: Orders, one: int, other: int, settings: ProposalSettings) -> bool:
    both = _both(orders, one, other)
    either = int(orders.reach[one] + orders.reach[other]) - both
    if not both or both < settings.together * either:
        return False
    waits = [typical_seconds(orders, one, other), typical_seconds(orders, other, one)]
    known = [each for each in waits if each is not None]
    return bool(known) and min(known) <= settings.together_within_seconds


def _both(orders: Orders, one: int, other: int) -> int:
    return int(orders.before[one, other] + orders.before[other, one])


def ordered(before: NDArray[np.int64], stages: Sequence[int]) -> tuple[int, ...]:
    """Units in their typical order, stage by stage.

    Parameters
    ----------
    stages
        Of each unit its stage, -1 for none; a unit of no stage goes where its place among the others is.
    """
    order = typical_order(before)
    if all(stage < 0 for stage in stages):
        return order
    current, placed = min(stage for stage in stages if stage >= 0), {}
    for unit in order:
        current = stages[unit] if stages[unit] >= 0 else current
        placed[unit] = current
    return tuple(sorted(order, key=lambda unit: placed[unit]))


def draft_steps(
    touchpoints: Sequence[tuple[str, ...]], orders: Orders, settings: ProposalSettings
) -> tuple[DraftStep, ...]:
    """The steps, from the counts of units that are numbered in the order of the map."""
    ways, loops = _branches(orders, settings), _loops(orders, settings)
    return tuple(
        _step(number, names, orders, ways, loops.get(number), settings) for number, names in enumerate(touchpoints)
    )


def _step(
    number: int,
    names: tuple[str, ...],
    orders: Orders,
    ways: _Branches,
    loop: tuple[int, int] | None,
    settings: ProposalSettings,
) -> DraftStep:
    reached, passed, following = int(orders.reach[number]), int(orders.passed[number]), ways.next[number]
    is_alternative = any(number in group for group in ways.alternatives)
    back = () if following == () or loop is None else (loop,)
    if back and following is None:
        following = (number + 1,)
    return DraftStep(
        touchpoints=names,
        reached=reached,
        passed_over=passed,
        optional=not is_alternative and is_sure(passed, reached + passed, settings.optional),
        next=following if following is None else (*following, *(target for target, _ in back)),
        returns=back,
        once=len(names) > 1 or is_sure(int(orders.moves[number, number]), reached, settings.repeated),
        entered=int(orders.entered[number]),
        seconds=_typical(int(orders.entry_waits[number]), int(orders.entered[number])),
    )


def _sources(following: Sequence[tuple[int, ...] | None], number: int) -> list[int]:
    """The earlier steps that lead to a step."""
    return [
        source
        for source in range(number)
        if number in ((source + 1,) if following[source] is None else following[source] or ())
    ]


@dataclass(frozen=True, slots=True)
class _Branches:
    alternatives: tuple[tuple[int, ...], ...]
    next: tuple[tuple[int, ...] | None, ...]


def _branches(orders: Orders, settings: ProposalSettings) -> _Branches:
    """Neighbouring steps of which journeys take one: each of them follows the step before, and leads to the step after all."""
    count = len(orders.reach)
    following: list[tuple[int, ...] | None] = [None] * count
    if count:
        following[-1] = ()
    found = tuple(_alternatives(orders, settings))
    for group in found:
        after = (group[-1] + 1,) if group[-1] + 1 < count else ()
        following[group[0] - 1] = group
        for number in group:
            following[number] = after
    for group in found:
        entered = next((other for other in found if other[0] == group[-1] + 1), None)
        for number in group if entered else ():
            following[number] = entered
    return _Branches(found, tuple(following))


def _alternatives(orders: Orders, settings: ProposalSettings) -> Iterator[tuple[int, ...]]:
    count, first = len(orders.reach), 1
    while first < count:
        last = first
        while last + 1 < count and all(_are_apart(orders, each, last + 1, settings) for each in range(first, last + 1)):
            last += 1
        group = tuple(range(first, last + 1))
        if len(group) > 1 and _one_is_taken(orders, group, settings):
            yield group
        first = last + 1


def _are_apart(orders: Orders, one: int, other: int, settings: ProposalSettings) -> bool:
    return _both(orders, one, other) <= settings.apart * int(min(orders.reach[one], orders.reach[other]))


def _one_is_taken(orders: Orders, group: tuple[int, ...], settings: ProposalSettings) -> bool:
    """Whether few journeys pass all of them over."""
    here_or_later = int(orders.reach[group[0]] + orders.passed[group[0]])
    overlaps = sum(_both(orders, one, other) for one in group for other in group if one < other)
    taken = min(sum(int(orders.reach[each]) for each in group) - overlaps, here_or_later)
    return not is_sure(here_or_later - taken, here_or_later, settings.optional)


def _loops(orders: Orders, settings: ProposalSettings) -> dict[int, tuple[int, int]]:
    """Of each step that has one its most frequent way back, with its journeys; the most frequent ones of all."""
    found = []
    for number in range(1, len(orders.reach) - 1):
        target = int(orders.returns[number, :number].argmax())
        journeys = int(orders.returns[number, target])
        if is_sure(journeys, int(orders.reach[number]), settings.loop):
            found.append((number, (target, journeys)))
    found.sort(key=lambda each: (-each[1][1], each[0]))
    return dict(found[: settings.most_loops])


def draft_phases(
    steps: Sequence[DraftStep], stages: Sequence[int], stage_names: Sequence[str]
) -> tuple[DraftPhase, ...]:
    """Runs of neighbouring steps: of one stage where there are stages, else between the longest waits.

    Without stages fewer than four steps are one phase; more are about three to a phase, in three to seven phases, with two steps or
    more in each where there are enough. Alternatives stay together.
    """
    count = len(steps)
    if any(stage >= 0 for stage in stages):
        return tuple(_by_stage(stages, stage_names))
    phases = 1 if count < _FEWEST_CUT else max(FEWEST_PHASES, min(MOST_PHASES, round(count / _STEPS_OF_PHASE)))
    weakest = sorted(range(1, count), key=lambda place: (-_wait_before(place, steps), place))
    edges = [0, count]
    for fewest in (_FEWEST_OF_PHASE, 1):
        for place in weakest:
            if len(edges) <= phases and all(abs(place - edge) >= fewest for edge in edges):
                edges = sorted([*edges, place])
    return tuple(DraftPhase(tuple(range(start, end))) for start, end in pairwise(edges))


def _by_stage(stages: Sequence[int], stage_names: Sequence[str]) -> Iterator[DraftPhase]:
    current = min(stage for stage in stages if stage >= 0)
    members: dict[int, list[int]] = {}
    for number, stage in enumerate(stages):
        current = stage if stage >= 0 else current
        members.setdefault(current, []).append(number)
    for stage, numbers in members.items():
        yield DraftPhase(tuple(numbers), stage_names[stage])


def _wait_before(place: int, steps: Sequence[DraftStep]) -> float:
    """The typical time before a step; none between alternatives, endless where no journey comes straight from before."""
    following = [step.next for step in steps]
    if place - 1 not in _sources(following, place):
        return -1.0
    seconds = steps[place].seconds
    return _ENDLESS if seconds is None else seconds
