"""Writes pm4py_alignments.json: optimal alignments of small random logs with small random maps, as pm4py computes them.

    PYTHON_WITH_PM4PY tests/evidence/pm4py_alignments.py

pm4py (AGPL) is no part of the tests: what it says is kept. A map becomes a Petri net with a place for being at each step: for each
step that may follow, a transition with its touchpoint, one without a name where the step is optional or unbound, and one without a
name from where a journey may end. A move on the log costs 1, a move on a named transition 1, one without a name nothing.
"""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pm4py
from pm4py.algo.conformance.alignments.petri_net import algorithm
from pm4py.objects.log.obj import Event, EventLog, Trace
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

MAPS, JOURNEYS, LONGEST = 40, 8, 7
TOUCHPOINTS = ("Visit", "Search", "Order", "Call", "Pay")


def main() -> None:
    random = Random(20)
    kept = []
    while len(kept) < MAPS:
        steps = random_steps(random)
        if all(can_end(place, followers(steps)) for place in range(len(steps))):
            journeys = [random.choices(TOUCHPOINTS, k=random.randint(1, LONGEST)) for _ in range(JOURNEYS)]
            kept.append({"steps": steps, "journeys": journeys, "alignments": alignments(steps, journeys)})
    how = f"pm4py {pm4py.__version__}, tests/evidence/pm4py_alignments.py"
    target = Path(__file__).with_suffix(".json")
    target.write_text(json.dumps({"how": how, "maps": kept}, separators=(",", ":")) + "\n")


def random_steps(random: Random) -> list[dict[str, Any]]:
    """Steps with a touchpoint (``null``: unbound), whether they are optional, and what may follow (``null``: the next one)."""
    number = random.randint(2, 6)
    return [
        {
            "touchpoint": random.choice([*TOUCHPOINTS, *TOUCHPOINTS, None]) if place else random.choice(TOUCHPOINTS),
            "optional": random.random() < 0.25,
            "next": sorted(random.sample(range(number), random.randint(1, 2))) if random.random() < 0.3 else None,
        }
        for place in range(number)
    ]


def followers(steps: list[dict[str, Any]]) -> list[list[int]]:
    last = len(steps) - 1
    return [
        ([place + 1] if place < last else []) if step["next"] is None else step["next"]
        for place, step in enumerate(steps)
    ]


def can_end(place: int, following: list[list[int]]) -> bool:
    been, new = {place}, {place}
    while new:
        if any(not following[each] for each in new):
            return True
        new = {after for each in new for after in following[each]} - been
        been |= new
    return False


def alignments(steps: list[dict[str, Any]], journeys: list[list[str]]) -> list[dict[str, Any]]:
    """Cost and fitness of each journey."""
    net, start, end = petri_net(steps)
    log = EventLog([Trace([Event({"concept:name": name}) for name in journey]) for journey in journeys])
    found = algorithm.apply_log(log, net, start, end)
    return [{"cost": each["cost"] // 10_000, "fitness": each["fitness"]} for each in found]


def petri_net(steps: list[dict[str, Any]]) -> tuple[PetriNet, Marking, Marking]:
    net, numbers = PetriNet("map"), count()
    at = [PetriNet.Place(f"at {place}") for place in range(len(steps))]
    source, sink = PetriNet.Place("start"), PetriNet.Place("end")
    for each in (*at, source, sink):
        net.places.add(each)

    def connect(before: PetriNet.Place, after: PetriNet.Place, label: str | None) -> None:
        transition = PetriNet.Transition(f"t{next(numbers)}", label)
        net.transitions.add(transition)
        add_arc_from_to(before, transition, net)
        add_arc_from_to(transition, after, net)

    def enter(before: PetriNet.Place, place: int) -> None:
        step = steps[place]
        if step["touchpoint"] is not None:
            connect(before, at[place], step["touchpoint"])
        if step["touchpoint"] is None or step["optional"]:
            connect(before, at[place], None)

    following = followers(steps)
    led_to = {after for place, several in enumerate(following) for after in several if after != place}
    for place in range(len(steps)):
        if place == 0 or place not in led_to:
            enter(source, place)
        for after in following[place]:
            enter(at[place], after)
        if not following[place]:
            connect(at[place], sink, None)
    return net, Marking({source: 1}), Marking({sink: 1})


if __name__ == "__main__":
    main()
