"""What customers did, by step: the measured layer, in a colour of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desireline.base import Phrase, format_seconds, joined, phrase, written
from desireline.maps.drawing.blocks import SMALL, Block, beside, icon, named, padded, space, stack, text
from desireline.maps.drawing.charts import measure_words
from desireline.maps.drawing.grid import GUTTER, Grid
from desireline.maps.drawing.rows import Placed, Row, rail_label, shelved
from desireline.maps.drawing.shapes import Rectangle, Shape
from desireline.maps.drawing.ways import NO_BREAK, percent
from desireline.maps.measured import Measured, PersonaMeasured, StepMeasures, Unplanned
from desireline.maps.model import Step

_SHOWN = 3
_OUTER = 0.66
"""The share of the outer columns in which stands what is before the first step and after the last."""
_WORDS = 84.0
"""Pixels that a name needs beside its count."""


def measured_row(grid: Grid, measured: Measured, measures: Mapping[str, StepMeasures], *, rtl: bool) -> Row:
    """Reached, skipped, repeated, out of order, left, and the time from the step before."""
    notes = [_journeys(measured.journeys), *([measured.period] if measured.period else [])]
    rail = rail_label(phrase("What customers did"), sign="metrics", notes=notes, colour="measured", rtl=rtl)
    return Row("measured-steps", rail, _strips(grid, measured.journeys, measures, "measured"))


def persona_row(grid: Grid, found: PersonaMeasured, *, rtl: bool) -> Row:
    """The same of the customers of one persona, and what was measured of their emotion."""
    measures = {each.step: each for each in found.steps}
    notes = [phrase("customers of this persona"), _journeys(found.journeys)]
    rail = rail_label(found.name, sign="people", notes=notes, colour="measured", rtl=rtl)
    name = f"measured-of/{found.persona}"
    return Row(name, rail, _strips(grid, found.journeys, measures, name, with_emotion=True))


def _journeys(count: int) -> Phrase:
    return phrase("{count:,} journeys", count=count)


def _strips(
    grid: Grid, journeys: int, measures: Mapping[str, StepMeasures], name: str, *, with_emotion: bool = False
) -> Block:
    placed = [
        Placed(
            _strip(column.step, journeys, measures.get(column.step.id), grid.column_width, name, with_emotion),
            place,
            place,
        )
        for place, column in enumerate(grid.columns)
        if column.step is not None
    ]
    return _equal(placed, grid)


def _equal(placed: list[Placed], grid: Grid) -> Block:
    """All cards as high as the highest."""
    height = max((each.block.height for each in placed), default=0.0)
    return shelved((Placed(_high(each.block, height), each.first, each.last) for each in placed), grid)


def _high(card: Block, height: float) -> Block:
    frame, *inner = card.shapes
    assert isinstance(frame, Rectangle)
    return Block(card.width, height, (replace(frame, height=height), *inner))


def _strip(step: Step, journeys: int, found: StepMeasures | None, width: float, name: str, with_emotion: bool) -> Block:
    room = width - 20
    if found is None or found.binding in ("unbound", "broken"):
        said = text(phrase("not measured"), width=room, size=SMALL, colour="ink-soft")
        return padded(said, across=10, along=9, width=width, frame=Rectangle(0, 0, 0, 0, None, "line", 1.2, 7))
    emotion = _emotion(found, room) if with_emotion else ()
    body = stack((_reach(found, journeys, room), *_counts(found, room), *_more(found, room), *emotion), gap=4)
    group = named(f"{name}/{step.id}", body, title=_title(step, found))
    frame = Rectangle(0, 0, 0, 0, fill="measured-soft", radius=7)
    return padded(group, across=10, along=9, width=width, frame=frame)


def _reach(found: StepMeasures, journeys: int, room: float) -> Block:
    share = found.reached / journeys if journeys else 0.0
    figure = text(percent(share), width=room, size=15.0, bold=True, colour="measured")
    number = text(
        phrase("{reached:,} reached it", reached=found.reached),
        width=room - figure.width - 8,
        size=SMALL,
        colour="ink-soft",
        most=2,
    )
    filled = Rectangle(0, 0, max(0.0, min(1.0, share)) * room, 5, "measured", radius=2.5)
    bar = Block(room, 5, (Rectangle(0, 0, room, 5, "measured-track", radius=2.5), filled))
    return stack((beside((figure, number), gap=8, cross="middle"), bar), gap=3)


def _counts(found: StepMeasures, room: float) -> Iterator[Block]:
    for name, count in (
        (phrase("skipped"), found.skipped),
        (phrase("repeated"), found.repeated),
        (phrase("out of order"), found.out_of_order),
        (phrase("left here"), found.left),
    ):
        yield _pair(name, written(f"{count:,}"), room)


def _pair(name: str, value: str, room: float) -> Block:
    figure = text(value, width=room, size=SMALL, bold=True, align="left")
    label = text(name, width=room - figure.width - 6, size=SMALL, colour="ink-soft", most=2)
    return Block(room, max(label.height, figure.height), (*label.at(0, 0), *figure.at(room - figure.width, 0)))


def _more(found: StepMeasures, room: float) -> Iterator[Block]:
    seconds = found.median_seconds_from_previous
    if seconds is not None:
        after = text(
            joined((phrase("{time} after the step before", time=format_seconds(seconds)), *interval_words(found))),
            width=room - 18,
            size=SMALL,
            most=4,
        )
        yield beside((icon("clock", size=13, colour="measured"), after), gap=5)
    if found.channels:
        shares = joined([joined((name, percent(share)), NO_BREAK) for name, share in found.channels[:3]], " · ")
        yield text(shares, width=room, size=SMALL, colour="ink-soft", most=3)
    for name, measure in (
        (phrase("effort"), found.effort),
        (phrase("sentiment"), found.sentiment),
        (phrase("cost"), found.cost),
    ):
        if measure is not None:
            yield text(joined((name, measure_words(measure))), width=room, size=SMALL, colour="ink-soft", most=3)


def _emotion(found: StepMeasures, room: float) -> Iterator[Block]:
    if found.emotion is not None:
        words = measure_words(found.emotion, signed=True)
        yield text(joined((phrase("emotion"), words)), width=room, size=SMALL, colour="ink-soft", most=3)


def interval_words(found: StepMeasures) -> tuple[Phrase, ...]:
    """Behind a median time its interval, where there is one: ``(35 min to 44 min)``."""
    if found.median_seconds_interval is None:
        return ()
    low, high = (format_seconds(each) for each in found.median_seconds_interval)
    return (phrase("({low} to {high})", low=low, high=high),)


def _title(step: Step, found: StepMeasures) -> Phrase:
    return phrase(
        "{step}: {reached:,} journeys reached it, {skipped:,} skipped it, {repeated:,} repeated it, "
        "{out_of_order:,} came to it out of order, {left:,} ended at it",
        step=step.name,
        reached=found.reached,
        skipped=found.skipped,
        repeated=found.repeated,
        out_of_order=found.out_of_order,
        left=found.left,
    )


def unplanned_row(grid: Grid, measured: Measured, *, rtl: bool) -> Row | None:
    """Touchpoints that no step counts, between the steps where they happened; ``None`` where there are none."""
    by_place: dict[int, list[Unplanned]] = {}
    for each in measured.unplanned:
        if each.after is None:
            by_place.setdefault(-1, []).append(each)
        elif each.after in grid.places:
            by_place.setdefault(grid.places[each.after], []).append(each)
    shapes: list[Shape] = []
    height = 0.0
    for place in sorted(by_place):
        left, right = _between(place, grid)
        block = _markers(by_place[place], right - left)
        shapes += block.at(left, 0)
        height = max(height, block.height)
    if not shapes:
        return None
    rail = rail_label(
        phrase("Unplanned between"),
        sign="other",
        notes=[phrase("interactions that no step counts")],
        colour="measured",
        rtl=rtl,
    )
    return Row("measured-unplanned", rail, Block(grid.width, height, tuple(shapes)))


def _between(place: int, grid: Grid) -> tuple[float, float]:
    """From the middle of a step to the middle of the next, and what lies outside of the first and the last.

    What is before the first step and after the last has more of its column, for it has no other.
    """
    last = len(grid.columns) - 1
    gap = GUTTER / 4
    borders = [*(grid.centre(each) for each in range(last + 1)), grid.width + gap]
    borders[last] += grid.column_width * (0.5 - _OUTER)
    borders[0] += grid.column_width * (_OUTER - 0.5) if last else 0
    return (0.0 if place < 0 else borders[place] + gap), borders[place + 1] - gap


def _marker(each: Unplanned, room: float) -> Block:
    """How often, and where; one over the other where words would break."""
    count = text(phrase("{count:,}×", count=each.count), width=room, size=SMALL, bold=True, colour="measured")
    left = room - count.width - 6
    if left < _WORDS:
        return stack((count, text(each.touchpoint, width=room, size=SMALL, most=4)))
    return beside((count, text(each.touchpoint, width=left, size=SMALL, most=4)), gap=6)


def _markers(unplanned: list[Unplanned], width: float) -> Block:
    ordered = sorted(unplanned, key=lambda each: (-each.count, each.touchpoint))
    frame = Rectangle(0, 0, 0, 0, "paper", "measured", 1.1, 6, "dotted")
    markers = []
    for each in ordered[:_SHOWN]:
        markers.append(padded(_marker(each, width - 14), across=7, along=4, width=width, frame=frame))
    rest = ordered[_SHOWN:]
    more = space()
    if rest:
        said = text(
            phrase("and {rest:,} at {count} more", rest=sum(each.count for each in rest), count=len(rest)),
            width=width,
            size=SMALL,
            colour="ink-soft",
            most=2,
        )
        more = named(
            None,
            said,
            title=joined([joined((each.touchpoint, written(f"{each.count:,}")), ": ") for each in rest[:40]], "\n"),
        )
    return stack((*markers, more), gap=4)
