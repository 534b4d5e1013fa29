"""The heads of the columns: phases as a band, steps as cards with their signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desireline.base import Phrase, format_day, joined, phrase
from desireline.maps.drawing.blocks import SMALL, Block, beside, icon, marked, named, padded, stack, text
from desireline.maps.drawing.grid import GUTTER, Grid
from desireline.maps.drawing.shapes import Group, Path, Rectangle, Shape
from desireline.maps.drawing.themes import PHASES, Colour
from desireline.maps.measured import BindingState, StepMeasures
from desireline.maps.model import JourneyMap, Step

_POINT = 12.0
BINDING_SIGNS: dict[BindingState, tuple[Colour, str]] = {
    "bound": ("measured", phrase("bound to interactions")),
    "unbound": ("ink-soft", phrase("not bound to interactions")),
    "silent": ("attention", phrase("bound, but silent")),
    "broken": ("bad", phrase("binding broken")),
}
"""Colour and meaning of the sign of each state."""


def phase_band(grid: Grid, *, rtl: bool) -> Block:
    """Every phase over its steps, as arrows that follow each other."""
    blocks = [_phase_text(number, grid, rtl=rtl) for number in range(len(grid.phases))]
    height = max((each.height for each in blocks), default=0.0) + 18
    shapes: list[Shape] = []
    for number, said in enumerate(blocks):
        first, last = grid.phase_columns(number)
        left, right = grid.left(first) - GUTTER / 2 + 1.5, grid.left(first) + grid.span(first, last) + GUTTER / 2 - 1.5
        notch = 0.0 if number == 0 else _POINT
        arrow = Path(
            (
                (left - notch, 0),
                (right - _POINT, 0),
                (right, height / 2),
                (right - _POINT, height),
                (left - notch, height),
                *(((left, height / 2),) if notch else ()),
            ),
            fill=PHASES[number % len(PHASES)],
            closed=True,
        )
        inner = said.at(grid.left(first) + 4, (height - said.height) / 2)
        shapes.append(Group(f"phase/{grid.phases[number].id}", (arrow, *inner)))
    return Block(grid.width, height, tuple(shapes))


def _phase_text(number: int, grid: Grid, *, rtl: bool) -> Block:
    phase = grid.phases[number]
    room = grid.span(*grid.phase_columns(number)) - _POINT - 8
    name = text(phase.name, width=room, size=14.0, bold=True, colour="on-phase", most=5, rtl_map=rtl)
    goal = text(phase.goal or "", width=room, size=11.0, colour="on-phase", most=5, rtl_map=rtl)
    return stack((name, goal), gap=2)


def step_heads(grid: Grid, journey_map: JourneyMap, measures: Mapping[str, StepMeasures], *, rtl: bool) -> Block:
    """The steps as cards of one height."""
    contents = [_contents(place, grid, journey_map, measures, rtl=rtl) for place in range(len(grid.columns))]
    height = max((each.height for each in contents), default=0.0) + 20
    shapes: list[Shape] = []
    for place, (column, said) in enumerate(zip(grid.columns, contents, strict=True)):
        step = column.step
        frame = _frame(step)
        card = padded(said, across=11, along=10, width=grid.column_width, height=height, frame=frame)
        ident = None if step is None else f"step/{step.id}"
        shapes += named(ident, card, title=_title(step)).at(grid.left(place), 0)
    return Block(grid.width, height, tuple(shapes))


def _frame(step: Step | None) -> Rectangle:
    if step is None:
        return Rectangle(0, 0, 0, 0, None, "line-strong", 1.0, 8, "dotted")
    if step.moment_of_truth is not None:
        return Rectangle(0, 0, 0, 0, "surface", "accent", 2.2, 8)
    return Rectangle(0, 0, 0, 0, "surface", "line-strong", 1.3, 8, "dashed" if step.optional else "solid")


def _contents(
    place: int, grid: Grid, journey_map: JourneyMap, measures: Mapping[str, StepMeasures], *, rtl: bool
) -> Block:
    step = grid.columns[place].step
    room = grid.column_width - 22
    if step is None:
        return text(phrase("No steps yet"), width=room, size=SMALL, colour="ink-soft")
    number = journey_map.steps_before + sum(each.step is not None for each in grid.columns[: place + 1])
    signs = beside(tuple(_signs(step, measures)), gap=5, cross="middle")
    order = text(str(number), width=60, size=SMALL, bold=True, colour="ink-soft")
    head = Block(room, max(order.height, signs.height), (*order.at(0, 0), *signs.at(room - signs.width, 0)))
    name = text(step.name, width=room, size=13.5, bold=True, most=8, rtl_map=rtl)
    notes = [*_notes(step, measures, room, rtl=rtl)]
    if step.map is not None:
        title = text(
            journey_map.title_of(step.map), width=room - 17, size=SMALL, colour="ink-soft", most=2, rtl_map=rtl
        )
        notes.append(marked(icon("detail", size=11), title, lower=1.5))
    return stack((head, stack((name, *notes), gap=4)), gap=3)


def _notes(step: Step, measures: Mapping[str, StepMeasures], room: float, *, rtl: bool) -> Iterator[Block]:
    def note(said: str, colour: Colour = "ink-soft") -> Block:
        return text(said, width=room, size=SMALL, colour=colour, most=6, rtl_map=rtl)

    if step.summary:
        yield note(step.summary)
    if step.moment_of_truth:
        yield note(step.moment_of_truth, "accent")
    if step.optional:
        yield note(phrase("optional"))
    found = measures.get(step.id)
    if found is not None and found.silent_since is not None:
        yield note(phrase("silent since {day}", day=format_day(found.silent_since)), "attention")
    if found is not None and found.broken_by is not None:
        yield note(phrase("broken: {broken_by}", broken_by=found.broken_by), "bad")


def _signs(step: Step, measures: Mapping[str, StepMeasures]) -> Iterator[Block]:
    if step.moment_of_truth is not None:
        yield icon("moment", size=13, colour="accent")
    state = binding_state(step, measures)
    yield icon(state, size=15, colour=BINDING_SIGNS[state][0])


def binding_state(step: Step, measures: Mapping[str, StepMeasures]) -> BindingState:
    """As measured; where nothing was measured, whether the step says what counts."""
    found = measures.get(step.id)
    if found is not None:
        return found.binding
    return "unbound" if step.binding is None else "bound"


def moment_words(said: str) -> Phrase:
    """That a step is a moment of truth, and why, where that is said."""
    return phrase("moment of truth: {why}" if said else "moment of truth", why=said)


def _title(step: Step | None) -> str | None:
    if step is None:
        return None
    parts = [
        step.name,
        None if step.moment_of_truth is None else moment_words(step.moment_of_truth),
        phrase("optional") if step.optional else None,
    ]
    return joined([part for part in parts if part], "\n")
