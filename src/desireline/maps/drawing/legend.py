"""The signs that a map uses, explained under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desireline.base import phrase
from desireline.maps.drawing.blocks import SMALL, Block, flow, icon, marked, stack, text
from desireline.maps.drawing.cards import confidence_bars
from desireline.maps.drawing.metrics import HEALTH_WORDS
from desireline.maps.drawing.shapes import Path, Rectangle
from desireline.maps.drawing.steps import BINDING_SIGNS, binding_state
from desireline.maps.drawing.themes import Colour
from desireline.maps.drawing.ways import Way
from desireline.maps.measured import BindingState, Health, Measured, StepMeasures
from desireline.maps.model import Claim, JourneyMap, Lane

_STATES: tuple[BindingState, ...] = ("bound", "unbound", "silent", "broken")
_HEALTH: tuple[Health, ...] = ("good", "attention", "bad", "unknown")


def legend(
    journey_map: JourneyMap,
    lanes: tuple[Lane, ...],
    ways: tuple[Way, ...],
    measured: Measured | None,
    measures: Mapping[str, StepMeasures],
    *,
    width: float,
) -> Block:
    """The signs in use, ``width`` wide; nothing where none is in use."""
    entries = [
        *_step_entries(journey_map, measures),
        *_claim_entries([claim for lane in lanes for cell in lane.cells for claim in cell.claims]),
        *_curve_entries(lanes, measured),
        *_way_entries(ways),
        *_health_entries(measured),
    ]
    if not entries:
        return Block(0, 0)
    name = text(phrase("Signs"), width=100, size=SMALL, bold=True, colour="ink-soft")
    return stack((name, flow(entries, width=min(width, 1400.0), gap=24, row_gap=7)), gap=7)


def _entry(sign: Block, said: str) -> Block:
    label = text(said, width=420, size=SMALL, colour="ink-soft")
    return marked(sign, label, gap=6, lower=max(0.0, (label.height - sign.height) / 2))


def _step_entries(journey_map: JourneyMap, measures: Mapping[str, StepMeasures]) -> Iterator[Block]:
    steps = journey_map.steps
    if any(each.moment_of_truth is not None for each in steps):
        yield _entry(icon("moment", size=12, colour="accent"), phrase("moment of truth"))
    if any(each.optional for each in steps):
        frame = Rectangle(0.5, 0.5, 17, 11, None, "line-strong", 1.2, 3, "dashed")
        yield _entry(Block(18, 12, (frame,)), phrase("optional step"))
    used = {binding_state(each, measures) for each in steps}
    for state in _STATES:
        if state in used:
            colour, said = BINDING_SIGNS[state]
            yield _entry(icon(state, size=14, colour=colour), said)
    if any(each.map is not None for each in steps):
        yield _entry(icon("detail", size=11), phrase("shown in detail in another map"))


def _claim_entries(claims: list[Claim]) -> Iterator[Block]:
    if any(each.evidence for each in claims):
        yield _entry(icon("evidence-sign", size=11), phrase("with evidence"))
    if any(not each.evidence for each in claims):
        yield _entry(icon("assumption-sign", size=11), phrase("assumption"))
    if any(each.confidence for each in claims):
        yield _entry(confidence_bars("medium"), phrase("confidence: low, medium, high"))


def _curve_entries(lanes: tuple[Lane, ...], measured: Measured | None) -> Iterator[Block]:
    curves = [each for each in lanes if each.role == "emotion"]
    if any(each.line == "current" for each in curves):
        yield _entry(_sample("ink-soft"), phrase("as somebody says it is"))
    if any(each.line == "future" for each in curves):
        yield _entry(_sample("ink-soft", dashed=True), phrase("as it shall be"))
    if measured is not None:
        sample = Rectangle(0, 0, 18, 10, "measured-soft", "measured", 1, 2)
        yield _entry(Block(18, 10, (sample,)), phrase("measured, from what customers did"))


def _way_entries(ways: tuple[Way, ...]) -> Iterator[Block]:
    if any(each.share is not None for each in ways):
        yield _entry(_sample("ink-soft", width=5.0), phrase("the thicker a way, the more take it"))
    if any(not each.designed for each in ways):
        yield _entry(_sample("measured", dashed=True), phrase("a way that the map does not have"))


def _health_entries(measured: Measured | None) -> Iterator[Block]:
    used = {reading.health for step in measured.steps for reading in step.metrics} if measured else set()
    for health in _HEALTH:
        if health in used:
            yield _entry(icon(health, size=13, colour=health), HEALTH_WORDS[health])


def _sample(colour: Colour, *, dashed: bool = False, width: float = 2.4) -> Block:
    return Block(26, 8, (Path(((0, 4), (26, 4)), colour, width, dash="dashed" if dashed else "solid"),))
