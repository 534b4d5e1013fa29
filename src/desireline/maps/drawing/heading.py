"""What stands over a map: title, goal, who answers for it, personas, how it runs and how well customers follow it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desireline.base import format_day, joined, phrase
from desireline.maps.document import kind_name
from desireline.maps.drawing.blocks import SMALL, Block, beside, flow, icon, marked, named, padded, stack, text
from desireline.maps.drawing.options import LayoutOptions
from desireline.maps.drawing.pictures import NoPicture, load_portrait, without_portrait
from desireline.maps.drawing.shapes import Circle, Image, Rectangle, Shape
from desireline.maps.drawing.themes import LINES, Colour
from desireline.maps.drawing.ways import percent, process_type
from desireline.maps.drawing.wrapping import clean, is_rtl
from desireline.maps.measured import BindingState, Measured, ProcessType
from desireline.maps.model import JourneyMap, Level, Persona, Scope, State

_READABLE = 860.0
_PERSONA = 300.0
_WIDEST = 4 * (_PERSONA + 14)
_SIDE = 250.0
_LEVELS: dict[Level, str] = {
    "life-cycle": phrase("Life cycle"),
    "journey": phrase("Customer journey"),
    "service-transaction": phrase("Service transaction"),
    "perception-point": phrase("Perception point"),
    "process-step": phrase("Process step"),
}
_STATES: dict[State, str] = {"current": phrase("as it is"), "future": phrase("as it shall be")}
_COUNTED: frozenset[BindingState] = frozenset({"bound", "silent"})
_PROCESS: dict[ProcessType, str] = {
    "linear": phrase("Linear"),
    "branching": phrase("Branching"),
    "cyclical": phrase("Cyclical"),
}


def heading(
    journey_map: JourneyMap, *, width: float, options: LayoutOptions, measured: Measured | None, rtl: bool
) -> Block:
    """The heading, ``width`` wide."""
    side = _side(journey_map, measured)
    room = min(_READABLE, width - side.width - 40)
    left = stack((*_words(journey_map, room, with_title=options.title, rtl=rtl),), gap=8)
    shapes: list[Shape] = [*left.at(0, 0), *side.at(width - side.width, 4)]
    height = max(left.height, side.height + 4)
    cards = flow(
        _personas(journey_map, options.folder, rtl=rtl), width=min(width, _WIDEST), gap=14, row_gap=14, cross="top"
    )
    if cards.height:
        shapes += cards.at(0, height + 20)
        height += 20 + cards.height
    return Block(width, height, tuple(shapes))


def _words(journey_map: JourneyMap, room: float, *, with_title: bool, rtl: bool) -> Iterator[Block]:
    over = joined((_LEVELS[journey_map.level], _STATES[journey_map.state]), ", ")
    yield text(over, width=room, size=12.0, bold=True, colour="accent", rtl_map=rtl)
    if with_title:
        yield named("title", text(journey_map.title, width=room, size=27.0, bold=True, most=6, rtl_map=rtl))
    yield text(journey_map.summary or "", width=room, size=13.0, colour="ink-soft", most=12, rtl_map=rtl)
    if journey_map.goal:
        yield _labelled(phrase("Goal"), journey_map.goal, room, rtl=rtl)
    facts = tuple(_facts(journey_map))
    if facts:
        yield text(joined(facts, "   ·   "), width=room, size=11.5, colour="ink-soft", most=6, rtl_map=rtl)


def _labelled(label: str, said: str, room: float, *, rtl: bool) -> Block:
    name = text(label, width=room, size=13.0, bold=True)
    return beside((name, text(said, width=room - name.width - 10, size=13.0, most=8, rtl_map=rtl)), gap=10)


def _facts(journey_map: JourneyMap) -> Iterator[str]:
    owner = journey_map.owner
    if owner is not None:
        yield phrase("Owner: {owner}", owner=", ".join(each for each in (owner.name, owner.department) if each))
    if journey_map.reviewed is not None:
        by = journey_map.reviewed_by
        yield phrase("Reviewed {day} by {by}" if by else "Reviewed {day}", day=format_day(journey_map.reviewed), by=by)
    if journey_map.review_date is not None:
        yield phrase("Review by {day}", day=format_day(journey_map.review_date))
    yield from _scope(journey_map.scope)
    if journey_map.parent is not None:
        parent = journey_map.parent
        title = journey_map.title_of(parent.map)
        step = next((each.step for each in journey_map.linked if each.id == parent.map), None) or parent.step
        yield phrase("Detail of “{map}”, step “{step}”" if step else "Detail of “{map}”", map=title, step=step)
    if journey_map.tags:
        yield phrase("Tags: {tags}", tags=", ".join(journey_map.tags))
    if journey_map.missing:
        missing = (each.partition("/") for each in journey_map.missing)
        names = joined([joined((kind_name(kind), ident)) for kind, _, ident in missing], ", ")
        yield phrase("Not found: {names}", names=names)


def _scope(scope: Scope) -> Iterator[str]:
    parts = ((phrase("Segment"), scope.segment), (phrase("Product"), scope.product), (phrase("Market"), scope.market))
    yield from (joined((name, said), ": ") for name, said in parts if said)
    if scope.employees:
        yield phrase("The customers are employees")


def _side(journey_map: JourneyMap, measured: Measured | None) -> Block:
    """How the journey runs as designed and as measured, and how well the journeys follow the map."""
    if not journey_map.steps:
        return Block(0, 0)
    room = _SIDE - 28
    blocks = [_process(process_type(journey_map), phrase("as designed"), "ink-soft", room)]
    if measured is not None and measured.process is not None:
        blocks.append(_process(measured.process, phrase("as measured"), "measured", room))
    if measured is not None:
        blocks.append(_fit(measured, room))
    frame = Rectangle(0, 0, 0, 0, fill="chart", radius=9)
    return padded(stack(blocks, gap=10), across=14, along=12, width=_SIDE, frame=frame)


def _process(kind: ProcessType, said: str, colour: Colour, room: float) -> Block:
    name = text(_PROCESS[kind], width=room - 44, size=12.0, bold=True)
    notes = text(said, width=room - 44, size=SMALL, colour=colour)
    return marked(icon(kind, size=30, colour=colour), stack((name, notes)), gap=12)


def _fit(measured: Measured, room: float) -> Block:
    figure = "–" if measured.fit is None else percent(measured.fit)
    words = text(phrase("fit of the journeys with the map"), width=room - 80, size=SMALL, colour="ink-soft", most=3)
    first = beside((text(figure, width=room, size=22.0, bold=True, colour="measured"), words), gap=10, cross="middle")
    journeys = phrase("{count:,} journeys", count=measured.journeys)
    said = joined([each for each in (journeys, measured.period) if each], ", ")
    counted = text(said, width=room, size=SMALL, colour="measured", most=3)
    bound = sum(each.binding in _COUNTED for each in measured.steps)
    if bound == len(measured.steps):
        return named("fit", stack((first, counted), gap=3))
    covered = phrase("{bound} of {steps} steps measured", bound=bound, steps=len(measured.steps))
    part = text(covered, width=room, size=SMALL, colour="ink-soft", most=2)
    return named("fit", stack((first, counted, part), gap=3))


def _personas(journey_map: JourneyMap, folder: Path | None, *, rtl: bool) -> list[Block]:
    """Cards of one height."""
    bodies = [_persona(each, number, folder, rtl=rtl) for number, each in enumerate(journey_map.personas)]
    height = max((each.height for each in bodies), default=0.0) + 24
    frame = Rectangle(0, 0, 0, 0, "surface", "line", 1.2, 10)
    return [
        named(
            f"persona/{each.id}",
            padded(body, across=12, along=12, width=_PERSONA, height=height, frame=frame),
            title="\n".join([*each.goals, *each.needs]) or None,
        )
        for each, body in zip(journey_map.personas, bodies, strict=True)
    ]


def _persona(persona: Persona, number: int, folder: Path | None, *, rtl: bool) -> Block:
    room = _PERSONA - 24
    colour = LINES[number % len(LINES)]
    name = text(persona.name, width=room - 56, size=13.0, bold=True, most=3, rtl_map=rtl)
    share = "" if persona.share is None else phrase("{share} of customers", share=percent(persona.share))
    tied = phrase("tied to a segment of customers") if persona.segment is not None else ""
    said = joined([each for each in (share, tied) if each], ", ")
    notes = text(said, width=room - 56, size=SMALL, colour="ink-soft", most=3)
    head = marked(_avatar(persona, colour, folder), stack((name, notes), gap=2), gap=12)
    return stack((head, *_persona_words(persona, room, rtl=rtl)), gap=8)


def _persona_words(persona: Persona, room: float, *, rtl: bool) -> Iterator[Block]:
    if persona.quote:
        yield text(f"“{persona.quote}”", width=room, size=12.0, colour="ink-soft", most=6, rtl_map=rtl)
    if persona.summary:
        yield text(persona.summary, width=room, size=11.0, most=5, rtl_map=rtl)
    for each in persona.goals[:3]:
        yield marked(
            icon("assumption-sign", size=7), text(each, width=room - 13, size=11.0, most=3, rtl_map=rtl), lower=4
        )
    for scale in persona.behaviour[:4]:
        yield _scale(scale.low, scale.high, scale.value, room)


def _scale(low: str, high: str, value: float, room: float) -> Block:
    half = room / 2 - 6
    left = text(low, width=half, size=10.0, colour="ink-soft", most=2, rtl_map=True)
    right = text(high, width=half, size=10.0, colour="ink-soft", most=2, align="right", rtl_map=True)
    y = max(left.height, right.height) + 5
    x = 5 + max(0.0, min(1.0, value)) * (room - 10)
    line = Rectangle(0, y - 1.5, room, 3, "line", radius=1.5)
    shapes = (*left.at(0, 0), *right.at(room - right.width, 0), line, Circle(x, y, 5, "ink-soft"))
    return Block(room, y + 6, shapes)


def _avatar(persona: Persona, colour: Colour, folder: Path | None) -> Block:
    size = 44.0
    if persona.picture is None:
        return _letters(persona, colour, size)
    loaded = load_portrait(persona.picture, folder=folder, side=176)
    if isinstance(loaded, NoPicture):
        return without_portrait(_letters(persona, colour, size), loaded.reason)
    alternative = persona.picture.alternative or persona.name
    return Block(size, size, (Image(0, 0, size, size, loaded.data, loaded.media_type, alternative),))


def _letters(persona: Persona, colour: Colour, size: float) -> Block:
    letters = text(_initials(persona.name), width=size, size=15.0, bold=True, colour="on-sign", align="middle", most=1)
    circle = Circle(size / 2, size / 2, size / 2, fill=colour)
    return Block(size, size, (circle, *letters.at((size - letters.width) / 2, (size - letters.height) / 2)))


def _initials(name: str) -> str:
    """The first letters of the first two names; of one where letters would join.

    >>> _initials("Anna Bauer, in a hurry"), _initials("anna")
    ('AB', 'A')
    """
    words = [word for word in clean(name).replace(",", " , ").split() if word[0].isalnum() or word == ","]
    first = words[: words.index(",")] if "," in words else words
    most = 1 if is_rtl(name) else 2
    return "".join(word[0].upper() for word in first[:most]) or "?"
