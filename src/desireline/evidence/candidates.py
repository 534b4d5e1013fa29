"""What could be changed in a map, by rule; whether it helps is found out afterwards. The rules, with examples: docs/proposals.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

import numpy as np

from desireline.base import Phrase, closest_names, phrase
from desireline.evidence.bindings import StepBinding
from desireline.evidence.drafting import is_rare, is_sure
from desireline.evidence.edits import AddStep, AddWay, Edit, MakeOptional, MendBinding, MoveStep, RemoveStep
from desireline.evidence.graph import StepGraph
from desireline.evidence.ordering import best_place, typical_order
from desireline.evidence.proposal_settings import ProposalSettings
from desireline.evidence.results import StepCounts
from desireline.interactions import All, Any_, Comparison, Condition, Not
from desireline.journeys.model import Names
from desireline.kernels.alignment import FAR, NO_STEP
from desireline.kernels.step_orders import Orders
from desireline.maps import JourneyMap, Step

_ALIKE = 0.8
_OVERLAP = timedelta(days=7)
"""So long before the last interaction of an old name the first of a new one may be."""
_MOST_NEW_STEPS = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change that the counts speak for.

    Attributes
    ----------
    edits
        Ways to write it; the first that helps is taken.
    what, why
        For people: what to do, and what was counted.
    count, of
        Journeys that speak for it, and of how many.
    """

    edits: tuple[Edit, ...]
    what: str
    why: str
    count: int
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """A map and what was counted along it.

    Attributes
    ----------
    bindings
        Of all steps.
    graph, counts
        The measured steps, the ways between them, and what the alignments say of each.
    orders
        Of the measured steps, then of ``touchpoints``: those that no step counts, the most frequent first.
    begun
        Of each of these touchpoints the day of its first interaction.
    journeys
        Those on the map that are looked at.
    all_journeys, all_reach
        All on the map, whether they reached a goal or not; those with each measured step.
    source
        Where the numbers are from.
    """

    journey_map: JourneyMap
    bindings: tuple[StepBinding, ...]
    graph: StepGraph
    counts: tuple[StepCounts, ...]
    orders: Orders
    touchpoints: tuple[str, ...]
    begun: tuple[date, ...]
    names: Names
    journeys: int
    all_journeys: int
    all_reach: tuple[int, ...]
    source: str

    @property
    def steps(self) -> tuple[Step, ...]:
        """The measured steps."""
        return self.graph.steps


def candidates(observed: Observed, settings: ProposalSettings) -> Iterator[Candidate]:
    """All changes that a rule asks for."""
    mends = tuple(_mends(observed))
    mending = [edit for each in mends for edit in each.edits if isinstance(edit, MendBinding)]
    nobody = tuple(_nobody(observed, settings, {each.step for each in mending}))
    optional = tuple(_optional(observed, settings))
    yield from (*mends, *nobody, *optional)
    moves = _moves(observed, settings)
    yield from _missing(observed, settings, _mended_order(observed, moves), {each.new for each in mending})
    yield from (_told(observed, each) for each in moves)
    yield from _loops(observed, settings)
    freed = {
        edit.step for each in (*nobody, *optional) for edit in each.edits if isinstance(edit, MakeOptional | RemoveStep)
    }
    inverted = frozenset[tuple[int, int]]().union(*(each.crossed for each in moves))
    yield from _branches(observed, settings, freed, inverted)


def _mends(observed: Observed) -> Iterator[Candidate]:
    """A name in a condition that is gone or went silent, and a near one that no step counts."""
    state_of = {each.step: each for each in observed.bindings}
    for step in observed.journey_map.steps:
        binding = state_of[step.id]
        if step.binding is None or binding.state not in ("broken", "silent"):
            continue
        for field, old in _named(step.binding.where):
            new = _near(field, old, observed, binding)
            if new is None:
                continue
            is_gone = binding.state == "broken"
            edit = MendBinding(step.id, field, old, new, keep=not is_gone)
            state = phrase("no interaction has {field} {old!r}", field=field, old=old) if is_gone else binding.text()
            what = phrase(
                "Count {new!r} instead of {old!r} at {name!r}"
                if is_gone
                else "Count {new!r} beside {old!r} at {name!r}",
                new=new,
                old=old,
                name=step.name,
            )
            yield Candidate(
                (edit,), what, phrase("{state}; the near {new!r} is counted by no step", state=state, new=new), 0, 0
            )
            break


def _near(field: str, old: str, observed: Observed, binding: StepBinding) -> str | None:
    """A name that may have taken the place of one: spelled alike, and of one that went silent, new since about then."""
    if field == "channel":
        known = observed.names.channels
        is_there = binding.state == "silent" or old in known
        return None if is_there else next(iter(closest_names(old, known, count=1)), None)
    if binding.state == "broken":
        is_there = old in observed.names.touchpoints
        return None if is_there else next(iter(closest_names(old, observed.touchpoints, count=1)), None)
    if binding.last is None or old not in observed.names.touchpoints:
        return None
    since = binding.last - _OVERLAP
    fresh = [name for name, begun in zip(observed.touchpoints, observed.begun, strict=True) if begun >= since]
    by_folded = {name.casefold(): name for name in fresh}
    alike = get_close_matches(old.casefold(), by_folded, n=1, cutoff=_ALIKE)
    return by_folded[alike[0]] if alike else None


def _named(condition: Condition) -> Iterator[tuple[str, str]]:
    """The touchpoints and channels that a condition asks for."""
    match condition:
        case Comparison(("touchpoint" | "channel") as field, "equals", str() as value):
            yield field, value
        case Comparison(("touchpoint" | "channel") as field, "in", tuple() as values):
            yield from ((field, value) for value in values if isinstance(value, str))
        case All(parts) | Any_(parts):
            for part in parts:
                yield from _named(part)
        case Not() | Comparison():
            return


def _nobody(observed: Observed, settings: ProposalSettings, mended: set[str]) -> Iterator[Candidate]:
    """Steps that nobody reaches: out where nothing is written at them, else optional."""
    if observed.all_journeys < settings.least_journeys or len(observed.journey_map.steps) < 2:
        return
    state_of = {each.step: each for each in observed.bindings}
    reach_of = dict(zip((step.id for step in observed.steps), observed.all_reach, strict=True))
    for step in observed.journey_map.steps:
        if step.binding is None or step.id in mended:
            continue
        reached, of = reach_of.get(step.id, 0), observed.all_journeys
        if state_of[step.id].interactions and not is_rare(reached, of, settings.nobody):
            continue
        why = phrase("{part} journeys reach it", part=_of(reached, of))
        if not _has_content(observed.journey_map, step):
            yield Candidate((RemoveStep(step.id),), phrase("Remove {name!r}", name=step.name), why, of - reached, of)
        elif not step.optional and step.id in reach_of:
            yield Candidate(
                (MakeOptional(step.id),), phrase("Make {name!r} optional", name=step.name), why, of - reached, of
            )


def _has_content(journey_map: JourneyMap, step: Step) -> bool:
    """Whether people wrote something at a step that would be lost with it."""
    cells = [cell for lane in journey_map.lanes for cell in lane.cells]
    at_step = any(step.id in (cell.step, cell.until) for cell in cells)
    return at_step or step.moment_of_truth is not None or bool(step.metrics) or step.map is not None


def _optional(observed: Observed, settings: ProposalSettings) -> Iterator[Candidate]:
    for step, counts in zip(observed.steps, observed.counts, strict=True):
        come = counts.reached + counts.skipped
        if step.optional or not counts.reached or not is_sure(counts.skipped, come, settings.optional):
            continue
        why = phrase("{part} journeys that come to it or past it skip it", part=_of(counts.skipped, come))
        yield Candidate(
            (MakeOptional(step.id),), phrase("Make {name!r} optional", name=step.name), why, counts.skipped, come
        )


def _mended_order(observed: Observed, moves: Sequence[_Move]) -> list[int]:
    """The numbers of the measured steps in the order of the map, were it mended as proposed."""
    number_of = {step.id: number for number, step in enumerate(observed.steps)}
    order = list(range(len(observed.steps)))
    for move in moves:
        step, other = number_of[move.edit.step], number_of[move.edit.other]
        order.remove(step)
        order.insert(order.index(other) + (move.edit.side == "after"), step)
    return order


def _missing(
    observed: Observed, settings: ProposalSettings, mended: Sequence[int], spoken_for: set[str]
) -> Iterator[Candidate]:
    """Touchpoints that many journeys take and no step counts; ``mended``: the order of the steps to find their places in."""
    orders, known = observed.orders, len(observed.steps)
    units = [
        known + number
        for number, name in enumerate(observed.touchpoints)
        if name not in spoken_for
        and is_sure(int(orders.reach[known + number]), observed.journeys, settings.missing_step)
    ][:_MOST_NEW_STEPS]
    order = typical_order(orders.before[np.ix_(units, units)])
    for rank, place in enumerate(order):
        yield _new_step(observed, units[place], rank, mended, settings)


def _new_step(observed: Observed, unit: int, rank: int, mended: Sequence[int], settings: ProposalSettings) -> Candidate:
    orders, name = observed.orders, observed.touchpoints[unit - len(observed.steps)]
    reach, journeys = int(orders.reach[unit]), observed.journeys
    place = best_place(mended, unit, orders.before)
    after = observed.steps[mended[place - 1]] if place else None
    neighbour = mended[min(place, len(mended) - 1)]
    why = phrase("{part} journeys come there", part=_of(reach, journeys))
    summary = phrase("Proposed: {why} ({share:.1%}); {source}", why=why, share=reach / journeys, source=observed.source)
    is_repeated = is_sure(int(orders.moves[unit, unit]), reach, settings.repeated)
    edits = tuple(
        AddStep(name, after.id if after else None, optional, once, summary, rank)
        for optional in ([False, True] if _is_usual(observed, unit, neighbour, settings) else [True])
        for once in ([True] if is_repeated else [False, True])
    )
    where = phrase("at the beginning") if after is None else phrase("after {name!r}", name=after.name)
    return Candidate(edits, phrase("Add a step {name!r} {where}", name=name, where=where), why, reach, journeys)


def _is_usual(observed: Observed, unit: int, neighbour: int, settings: ProposalSettings) -> bool:
    """Whether few of the journeys with a neighbouring step go without a unit."""
    both = int(observed.orders.before[unit, neighbour] + observed.orders.before[neighbour, unit])
    of = int(observed.orders.reach[neighbour])
    return bool(of) and not is_sure(of - both, of, settings.optional) and both >= (1 - settings.optional) * of


@dataclass(frozen=True, slots=True)
class _Move:
    edit: MoveStep
    crossed: frozenset[tuple[int, int]]
    gain: int
    count: int
    of: int


def _moves(observed: Observed, settings: ProposalSettings) -> list[_Move]:
    """Steps that most journeys take before others that stand in front of them; none that a way is drawn from."""
    found = sorted(
        (move for step in range(len(observed.steps)) for move in _moves_of(observed, step, settings)),
        key=lambda move: (-move.gain, move.edit.id),
    )
    kept: list[_Move] = []
    for move in found:
        if not any(move.crossed & other.crossed for other in kept):
            kept.append(move)
    return kept


def _told(observed: Observed, move: _Move) -> Candidate:
    names = {step.id: step.name for step in observed.steps}
    moved, other = names[move.edit.step], names[move.edit.other]
    first, second = (moved, other) if move.edit.side == "before" else (other, moved)
    what = phrase(
        "Move {moved!r} before {other!r}" if move.edit.side == "before" else "Move {moved!r} behind {other!r}",
        moved=moved,
        other=other,
    )
    why = phrase(
        "{part} journeys with both take {first!r} before {second!r}",
        part=_of(move.count, move.of),
        first=first,
        second=second,
    )
    return Candidate((move.edit,), what, why, move.count, move.of)


def _moves_of(observed: Observed, step: int, settings: ProposalSettings) -> Iterator[_Move]:
    """The best move of a step forwards, and backwards, past neighbours that most journeys take the other way round."""
    for others in (range(step - 1, -1, -1), range(step + 1, len(observed.steps))):
        past: list[int] = []
        for other in others:
            if not _may_change_places(observed, step, other) or not _is_inverted(observed, step, other, settings):
                break
            past.append(other)
        if past:
            yield _move(observed, step, past)


def _may_change_places(observed: Observed, step: int, other: int) -> bool:
    """Whether the map leads through both by its order alone, with no unmeasured step between."""
    all_steps = observed.journey_map.steps
    place_of = {each.id: place for place, each in enumerate(all_steps)}
    first, last = sorted((place_of[observed.steps[step].id], place_of[observed.steps[other].id]))
    around = all_steps[max(first - 1, 0) : last + 1]
    measured = {each.id for each in observed.steps}
    return all(each.next is None for each in around) and all(
        each.id in measured for each in all_steps[first : last + 1]
    )


def _is_inverted(observed: Observed, step: int, other: int, settings: ProposalSettings) -> bool:
    count, of = _inverted(observed, step, other)
    return is_sure(count, of, settings.order) and of >= settings.least_journeys


def _inverted(observed: Observed, step: int, other: int) -> tuple[int, int]:
    """The journeys that take two steps the other way round than the map, of those with both."""
    before = observed.orders.before
    first, last = sorted((step, other))
    return int(before[last, first]), int(before[last, first] + before[first, last])


def _move(observed: Observed, step: int, past: Sequence[int]) -> _Move:
    counted = [_inverted(observed, step, other) for other in past]
    count, of = counted[-1]
    edit = MoveStep(observed.steps[step].id, "before" if past[-1] < step else "after", observed.steps[past[-1]].id)
    crossed = frozenset((min(step, other), max(step, other)) for other in past)
    return _Move(edit, crossed, sum(2 * inverted - both for inverted, both in counted), count, of)


def _loops(observed: Observed, settings: ProposalSettings) -> list[Candidate]:
    """The most frequent ways back that the map does not have, as many as it may have still."""
    found = [each for source in range(1, len(observed.steps)) for each in _loops_from(observed, source, settings)]
    found.sort(key=lambda each: (-each.count, each.edits[0].id))
    return found[: max(settings.most_loops - _loops_of(observed.journey_map), 0)]


def _loops_of(journey_map: JourneyMap) -> int:
    """How many ways of a map lead back."""
    place_of = {step.id: place for place, step in enumerate(journey_map.steps)}
    return sum(place_of[each] <= place for place, step in enumerate(journey_map.steps) for each in step.next or ())


def _loops_from(observed: Observed, source: int, settings: ProposalSettings) -> Iterator[Candidate]:
    """The most frequent way back from a step; none from where journeys end."""
    orders, step = observed.orders, observed.steps[source]
    targets = [place for place in range(source) if observed.graph.ways.costs[source, place] > 0]
    if not targets or not observed.journey_map.followers(step):
        return
    target = max(targets, key=lambda place: (int(orders.returns[source, place]), -place))
    journeys, of = int(orders.returns[source, target]), int(orders.reach[source])
    if is_sure(journeys, of, settings.loop):
        back = observed.steps[target]
        why = phrase(
            "{part} journeys at {name!r} go straight back to {other!r}",
            part=_of(journeys, of),
            name=step.name,
            other=back.name,
        )
        what = phrase("Add a way back from {name!r} to {other!r}", name=step.name, other=back.name)
        yield Candidate((AddWay(step.id, back.id, "add-loop"),), what, why, journeys, of)


def _branches(
    observed: Observed, settings: ProposalSettings, freed: set[str], inverted: frozenset[tuple[int, int]]
) -> Iterator[Candidate]:
    """Ways past mandatory steps.

    None past a single step that is in ``freed``, proposed to be optional; none past steps that are taken, only in the other order.
    """
    orders, ways = observed.orders, observed.graph.ways
    for source, step in enumerate(observed.steps):
        for target in range(source + 1, len(observed.steps)):
            if not 0 < ways.costs[source, target] < FAR:
                continue
            passed = tuple(_passed(observed, source, target))
            is_freed = len(passed) == 1 and observed.steps[passed[0]].id in freed
            is_order = any((source, place) in inverted or (place, target) in inverted for place in passed)
            journeys, of = int(orders.moves[source, target]), int(orders.reach[source])
            if is_freed or is_order or not is_sure(journeys, of, settings.branch):
                continue
            later = observed.steps[target]
            why = phrase(
                "{part} journeys at {name!r} go straight to {other!r}",
                part=_of(journeys, of),
                name=step.name,
                other=later.name,
            )
            what = phrase("Add a way from {name!r} to {other!r}", name=step.name, other=later.name)
            yield Candidate((AddWay(step.id, later.id, "add-branch"),), what, why, journeys, of)


def _passed(observed: Observed, source: int, target: int) -> Iterator[int]:
    """The mandatory steps on the way from a step to another, the last first."""
    place = int(observed.graph.ways.passed[source, target])
    while place != NO_STEP:
        yield place
        place = int(observed.graph.ways.passed[source, place])


def _of(count: int, of: int) -> Phrase:
    return phrase("{count:,} of {of:,}", count=count, of=of)
