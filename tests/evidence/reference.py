"""The deviation layer as docs/evidence.md defines it, in plain Python: every way through the map and every alignment is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from statistics import median
from typing import Any

from desireline.maps import JourneyMap, Step

from ..journeys.rows import NAMES, Row
from .maps import MeasuredMap

START, END = "start", "end"
Place = tuple[int, str]


def followers(journey_map: JourneyMap) -> dict[str, list[str]]:
    """Where each step leads; the start and the end among them."""
    steps = journey_map.steps
    found = {step.id: list(journey_map.followers(step)) for step in steps}
    led_to = {after for before, several in found.items() for after in several if after != before}
    starts = [step.id for place, step in enumerate(steps) if place == 0 or step.id not in led_to]
    leading = {step.id for step in steps if not found[step.id]}
    for ident in [step.id for step in steps]:
        if (ident in leading and not found[ident]) or not any(_leads(found, ident, each) for each in leading):
            found[ident] = [*found[ident], END]
    return {START: starts, **found}


def _leads(found: dict[str, list[str]], source: str, target: str) -> bool:
    reached, new = {source}, [source]
    while new:
        new = [after for before in new for after in found[before] if after != END and after not in reached]
        reached |= set(new)
    return target in reached


def ways(
    following: dict[str, list[str]], source: str, target: str, been: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """What lies between on every way on which nothing comes twice."""
    for after in following.get(been[-1] if been else source, []):
        if after == target:
            yield been
        if after != END and after not in been:
            yield from ways(following, source, target, (*been, after))


@dataclass
class Reference:
    """A map whose ways are known."""

    of: MeasuredMap
    between: dict[tuple[str, str], tuple[str, ...] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        steps = {step.id: step for step in self.of.journey_map.steps}
        order = list(steps)
        self.steps: list[Step] = [step for step in steps.values() if step.id in self.of.meets]
        self.order = order
        following = followers(self.of.journey_map)
        mandatory = {ident for ident in self.of.meets if not steps[ident].optional}
        for source in [START, *self.of.meets]:
            for target in [*self.of.meets, END]:
                found = [
                    (
                        sum(each in mandatory for each in way),
                        len(way),
                        [order.index(each) for each in reversed(way)],
                        way,
                    )
                    for way in ways(following, source, target)
                ]
                best = min(found)[3] if found else None
                self.between[source, target] = (
                    None if best is None else tuple(each for each in best if each in mandatory)
                )

    def cost(self, placed: Sequence[Place], is_open: bool) -> int | None:
        """What a choice of places passes over."""
        stops = [START, *(step for _, step in placed), *([] if is_open else [END])]
        between = [self.between[pair] for pair in pairwise(stops)]
        return None if any(each is None for each in between) else sum(len(each) for each in between if each is not None)

    def align(self, events: dict[int, list[str]], is_open: bool) -> tuple[int, list[Place]]:
        """The least cost and the places, by trying everything."""
        best: tuple[Any, ...] | None = None
        for choice in product(*([None, *steps] for steps in events.values())):
            placed = [(place, step) for place, step in zip(events, choice, strict=True) if step is not None]
            passed = self.cost(placed, is_open)
            if passed is None:
                continue
            cost = passed + len(events) - len(placed)
            tie = [(place, self.order.index(step)) for place, step in reversed(placed)]
            best = min(best, (cost, tie, placed)) if best else (cost, tie, placed)
        assert best is not None
        return best[0], best[2]

    def events(self, journey: Sequence[tuple[Row, int]]) -> dict[int, list[str]]:
        """By place in the journey the steps that an interaction counts for."""
        found: dict[int, list[str]] = {}
        seen: set[str] = set()
        for place, (row, arrival) in enumerate(journey):
            for step in self.steps:
                once = step.binding is not None and step.binding.count == "once"
                if self.of.meets[step.id].of(row, arrival) and not (once and step.id in seen):
                    found.setdefault(place, []).append(step.id)
                    seen.add(step.id)
        return found


def figures(of: MeasuredMap, journeys: Sequence[Sequence[tuple[Row, int]]], is_open: Sequence[bool]) -> dict[str, Any]:
    """Everything that the analysis gives."""
    known = Reference(of)
    facts: dict[str, Counter[str]] = {
        name: Counter() for name in ("reached", "skipped", "repeated", "out_of_order", "left", "open")
    }
    totals, counted, moves, unplanned = Counter[str](), Counter[str](), Counter[Place](), Counter[Any]()
    waits: dict[str, list[int]] = {step.id: [] for step in known.steps}
    sequences = []
    for journey, may_go_on in zip(journeys, is_open, strict=True):
        events = known.events(journey)
        if not events:
            totals["not_on_map"] += 1
            continue
        cost, placed = known.align(events, may_go_on)
        totals["journeys"] += 1
        totals["open"] += may_go_on
        totals["cost"] += cost
        totals["worst"] += len(events) + (0 if may_go_on else len(known.between[START, END] or ()))
        sequences.append([steps[0] for steps in events.values()])
        at = dict(placed)
        true: set[tuple[str, str]] = set()
        passed: set[str] = set()
        before, since = START, 0
        for place, (row, arrival) in enumerate(journey):
            totals["interactions"] += 1
            meets = [step.id for step in known.steps if of.meets[step.id].of(row, arrival)]
            totals["covered"] += bool(meets)
            if not meets:
                unplanned[NAMES.touchpoints[row.touchpoint], None if before == START else before] += 1
            for step in [at[place]] if place in at else events.get(place, []):
                counted[step] += 1
                if place not in at:
                    true.add(("repeated" if ("reached", step) in true else "out_of_order", step))
                true.add(("reached", step))
            if place in at:
                passed |= set(known.between[before, at[place]] or ())
                if before != START:
                    moves[before, at[place]] += 1
                    if at[place] != known.steps[0].id:
                        waits[at[place]].append(row.time - since)
                before, since = at[place], row.time
        true |= {("skipped", step) for step in passed if ("reached", step) not in true}
        if before != START and known.between[before, END] != ():
            true.add(("open" if may_go_on else "left", before))
        for fact, step in true:
            facts[fact][step] += 1
    return {
        "totals": dict(totals),
        "steps": {
            step.id: {
                "interactions": counted[step.id],
                **{fact: found[step.id] for fact, found in facts.items()},
                "median": median(waits[step.id]) / 1e6 if waits[step.id] else None,
            }
            for step in known.steps
        },
        "moves": dict(moves),
        "unplanned": dict(unplanned),
        "shapes": shapes(sequences, known.order),
    }


def shapes(sequences: Sequence[Sequence[str]], order: Sequence[str]) -> Counter[str]:
    """Journeys by shape."""
    folded = [[step for place, step in enumerate(each) if place == 0 or each[place - 1] != step] for each in sequences]
    follows = Counter(pair for each in folded for pair in pairwise(each))
    usual = {
        source: min(
            (pair[1] for pair in follows if pair[0] == source),
            key=lambda step: (-follows[source, step], order.index(step)),
        )
        for source, _ in follows
    }
    found = Counter[str]()
    for each in folded:
        if len(each) < 2:
            continue
        if len(set(each)) < len(each):
            found["cyclical"] += 1
        else:
            is_usual = all(usual[source] == target for source, target in pairwise(each))
            found["linear" if is_usual else "branching"] += 1
    return found
