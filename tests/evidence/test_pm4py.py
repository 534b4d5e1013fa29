"""The alignments are as optimal as those of pm4py; how they were made: pm4py_alignments.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desireline.evidence.alignment import AlignmentAnalysis
from desireline.evidence.graph import graph_of
from desireline.evidence.signatures import marks_in
from desireline.interactions import parse_condition
from desireline.journeys.model import Names
from desireline.journeys.spans import life
from desireline.maps import Binding, Step

from ..journeys.rows import Row, make_part
from .maps import ANYTHING, a_map

KEPT = json.loads(Path(__file__).with_name("pm4py_alignments.json").read_text())["maps"]
NAMES = Names(("Visit", "Search", "Order", "Call", "Pay"), ("web",))


@pytest.mark.parametrize("kept", KEPT, ids=range(len(KEPT)))
def test_cost_and_fitness_are_those_of_pm4py(kept: dict[str, Any]) -> None:
    """pm4py counts interactions of no step as costs too; here they are told apart."""
    rows = [
        Row(customer, time, NAMES.touchpoints.index(name), 0)
        for customer, journey in enumerate(kept["journeys"])
        for time, name in enumerate(journey)
    ]
    found = analysis_of(kept["steps"]).aligner(NAMES).align(life(make_part(rows))).alignments
    steps = {step["touchpoint"] for step in kept["steps"]}
    others = [sum(name not in steps for name in journey) for journey in kept["journeys"]]
    costs = [cost + other for cost, other in zip(found.costs.tolist(), others, strict=True)]
    worst = [each + other for each, other in zip(found.worst.tolist(), others, strict=True)]
    assert costs == [each["cost"] for each in kept["alignments"]]
    fitness = [1 - cost / most if most else 1.0 for cost, most in zip(costs, worst, strict=True)]
    assert fitness == pytest.approx([each["fitness"] for each in kept["alignments"]])


def analysis_of(said: list[dict[str, Any]]) -> AlignmentAnalysis:
    steps = [
        Step(
            f"s{place}",
            f"Step {place}",
            optional=step["optional"],
            next=None if step["next"] is None else tuple(f"s{after}" for after in step["next"]),
            binding=None if step["touchpoint"] is None else Binding(ANYTHING),
        )
        for place, step in enumerate(said)
    ]
    graph = graph_of(a_map(*steps), [step.id for step in steps if step.binding])
    conditions = [parse_condition(f"touchpoint = {step['touchpoint']}") for step in said if step["touchpoint"]]
    return AlignmentAnalysis(graph, tuple(marks_in(None, each) for each in conditions))  # type: ignore[arg-type]
