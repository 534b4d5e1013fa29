"""One phase of a map by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from desireline.base import UnknownNameError
from desireline.maps import JourneyMap, new_document, read_map
from desireline.maps.drawing import draw_svg, lay_out
from desireline.maps.drawing.grid import grid_of
from desireline.maps.drawing.ways import ways_of
from desireline.maps.excerpt import measured_in, one_phase
from desireline.maps.measured import Measured, PersonaMeasured, StepMeasures, Transition
from desireline.maps.templates import all_templates, template_document


def two_phases(*, after: Sequence[str] | None = None, cell: tuple[str, str] = ("look", "order")) -> JourneyMap:
    order: dict[str, Any] = {"id": "order", "name": "I order"} | ({} if after is None else {"next": list(after)})
    tree = {
        "desireline": "map/1",
        "id": "buy",
        "title": "I buy",
        "phases": [
            {"id": "choose", "name": "Choose", "steps": [{"id": "look", "name": "I look"}, order]},
            {"id": "get", "name": "Get", "steps": [{"id": "wait", "name": "I wait"}, {"id": "have", "name": "I have"}]},
        ],
        "lanes": [
            {
                "id": "does",
                "role": "actions",
                "cells": [{"id": "a", "step": cell[0], "until": cell[1], "claims": ["x"]}],
            }
        ],
    }
    return read_map(new_document(tree))


def test_a_phase_has_its_steps_and_the_lanes_that_say_something_there() -> None:
    assert [step.id for step in one_phase(two_phases(), "choose").steps] == ["look", "order"]
    assert [lane.id for lane in one_phase(two_phases(), "choose").lanes] == ["does"]
    assert one_phase(two_phases(), "get").lanes == ()


@pytest.mark.parametrize(
    ("phase", "clipped"), [("choose", ("order", None)), ("get", ("wait", "have"))], ids=["its end", "its beginning"]
)
def test_a_cell_over_two_phases_is_clipped(phase: str, clipped: tuple[str, str | None]) -> None:
    (lane,) = one_phase(two_phases(cell=("order", "have")), phase).lanes
    assert [(each.step, each.until) for each in lane.cells] == [clipped]


@pytest.mark.parametrize(
    ("after", "kept"),
    [(None, None), (["look", "wait"], ("look",)), (["wait"], None), ([], None)],
    ids=["in order", "back and on", "on", "the end"],
)
def test_ways_out_of_the_phase_are_left_out(after: list[str] | None, kept: tuple[str, ...] | None) -> None:
    assert one_phase(two_phases(after=after), "choose").steps[1].next == kept


@pytest.mark.parametrize(("phase", "numbers"), [("choose", ["1", "2"]), ("get", ["3", "4"])])
def test_the_steps_of_a_phase_keep_their_numbers_on_the_map(phase: str, numbers: list[str]) -> None:
    said = [line for each in lay_out(one_phase(two_phases(), phase)).texts() for line in each.lines]
    assert [each for each in said if each.isdigit()] == numbers


def test_an_unknown_phase_offers_near_ones() -> None:
    with pytest.raises(UnknownNameError) as caught:
        one_phase(two_phases(), "chose")
    assert caught.value.hint == "did you mean choose?"


def measured_ways() -> Measured:
    return Measured(
        map="buy",
        fit=None,
        journeys=4,
        steps=tuple(StepMeasures(step, "bound") for step in ("look", "order", "wait")),
        transitions=(Transition("look", "order", 1, True), Transition("look", "wait", 3, True)),
        personas=(PersonaMeasured("ada", "Ada", 2, (StepMeasures("look", "bound"), StepMeasures("wait", "bound"))),),
    )


def test_what_was_measured_at_other_steps_is_left_out() -> None:
    found = measured_in(measured_ways(), one_phase(two_phases(), "choose"))
    assert [each.step for each in found.steps] == ["look", "order"]
    assert [each.step for persona in found.personas for each in persona.steps] == ["look"]


def test_the_share_of_a_way_is_that_of_the_whole_map() -> None:
    phase = one_phase(two_phases(), "choose")
    ways = ways_of(phase, grid_of(phase, step_width=200), measured_in(measured_ways(), phase))
    assert [(each.source, each.target, each.share) for each in ways] == [(0, 1, 0.25)]


@pytest.mark.parametrize("template", [each.name for each in all_templates()])
def test_every_phase_of_every_template_can_be_drawn(template: str) -> None:
    whole = read_map(template_document(template))
    for phase in whole.phases:
        assert draw_svg(lay_out(one_phase(whole, phase.id))).startswith("<svg")
