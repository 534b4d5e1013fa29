"""Some phases of a map by themselves, for whoever shows a map part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.maps.measured import Measured
from desireline.maps.model import Cell, JourneyMap, Step


def one_phase(journey_map: JourneyMap, phase: str) -> JourneyMap:
    """The map with one of its phases, the ways within it, and the lanes that say something there.

    Raises
    ------
    UnknownNameError
        It has no such phase; near ids are in the hint.
    """
    known = {each.id: each for each in journey_map.phases}
    if phase not in known:
        close = closest_names(phase, list(known))
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("it has {known}", known=", ".join(known))
        )
        raise UnknownNameError(
            phrase("the map {id!r} has no phase {phase!r}", id=journey_map.id, phase=phase), hint=hint
        )
    return some_phases(journey_map, (phase,))


def some_phases(journey_map: JourneyMap, phases: Sequence[str]) -> JourneyMap:
    """The same for phases that follow one another, by their ids."""
    chosen = [each for each in journey_map.phases if each.id in phases]
    order = [step.id for step in journey_map.steps]
    kept = [step.id for each in chosen for step in each.steps]
    lanes = [
        replace(lane, cells=tuple(each for cell in lane.cells for each in _clipped(cell, order, kept)))
        for lane in journey_map.lanes
    ]
    return replace(
        journey_map,
        phases=tuple(replace(each, steps=tuple(_within(step, kept) for step in each.steps)) for each in chosen),
        lanes=tuple(lane for lane in lanes if lane.cells),
        steps_before=journey_map.steps_before + (order.index(kept[0]) if kept else 0),
    )


def measured_in(measured: Measured, journey_map: JourneyMap) -> Measured:
    """What was measured at the steps of a map.

    Ways that lead out of it are kept: the share of a way is that of all who went on from its step.
    """
    kept = {step.id for step in journey_map.steps}
    return replace(
        measured,
        steps=tuple(each for each in measured.steps if each.step in kept),
        unplanned=tuple(each for each in measured.unplanned if each.after in kept),
        transitions=tuple(each for each in measured.transitions if each.source in kept),
        personas=tuple(
            replace(persona, steps=tuple(each for each in persona.steps if each.step in kept))
            for persona in measured.personas
        ),
    )


def _clipped(cell: Cell, order: Sequence[str], kept: Sequence[str]) -> tuple[Cell, ...]:
    """The part of a cell that stands over the steps that are kept."""
    if cell.until is None or cell.step not in order or cell.until not in order:
        return (cell,) if cell.step in kept else ()
    first, last = sorted((order.index(cell.step), order.index(cell.until)))
    over = [step for step in order[first : last + 1] if step in kept]
    return (replace(cell, step=over[0], until=over[-1] if len(over) > 1 else None),) if over else ()


def _within(step: Step, kept: Sequence[str]) -> Step:
    """A step that goes on to steps that are kept only; the last one just ends."""
    if step.next is None:
        return step
    found = tuple(each for each in step.next if each in kept)
    is_last = step.id == kept[-1]
    return replace(step, next=None if is_last and not found else found)
