"""Curves over the steps: emotion as somebody says and as it was measured, tension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from desireline.base import Phrase, joined, phrase, written
from desireline.maps.amounts import amount_words
from desireline.maps.drawing.blocks import SMALL, Block, marked, named, space, stack, text
from desireline.maps.drawing.curves import curve_through
from desireline.maps.drawing.faces import OUTLINES, face
from desireline.maps.drawing.grid import Grid
from desireline.maps.drawing.rows import RAIL_TEXT, Placed, rail_label, shelved
from desireline.maps.drawing.shapes import Box, Circle, Dash, Path, Point, Rectangle, Shape
from desireline.maps.drawing.themes import LINES, Colour
from desireline.maps.drawing.ways import NO_BREAK
from desireline.maps.measured import SHARE, Measure
from desireline.maps.model import Cell, JourneyMap, Lane

WORD = 11.0
_FACE = 11.0
_APART = 26.0
_STEP = 8.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From which value to which, where its lines are, and how high the picture of it is."""

    low: float
    high: float
    ticks: tuple[float, ...]
    height: float
    middle: float | None = None
    margin: float = 40.0

    def y(self, value: float) -> float:
        """Where a value stands, from the top of the chart."""
        inside = max(self.low, min(self.high, value))
        return self.margin + (self.high - inside) / (self.high - self.low) * self.height

    @property
    def whole(self) -> float:
        """The height of the chart with its margins."""
        return self.height + 2 * self.margin


EMOTION = Scale(-2, 2, (-2, -1, 0, 1, 2), 132, middle=0)
TENSION = Scale(1, 5, (1, 2, 3, 4, 5), 88, margin=32)


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a curve at its place."""

    cell: Cell
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Series:
    """The curve of one lane and how it is told from the others."""

    lane: Lane
    marks: tuple[Mark, ...]
    colour: Colour
    outline: str
    dash: Dash


@dataclass(frozen=True, slots=True)
class MeasuredPoint:
    """A measured value at a column."""

    column: int
    measure: Measure


def chart(
    lanes: Sequence[Lane], journey_map: JourneyMap, grid: Grid, *, measured: Sequence[MeasuredPoint] = (), rtl: bool
) -> tuple[Block, Block]:
    """The rail and the body of lanes that share one chart.

    Measured values have a line, a band (95 % interval) and numbers of their own; no line joins them with what somebody said.
    """
    emotional = not lanes or lanes[0].role == "emotion"
    scale = EMOTION if emotional else TENSION
    shifts = _shifts(len(lanes) + bool(measured))
    series: list[Series] = []
    for place, (lane, shift) in enumerate(zip(lanes, shifts, strict=False)):
        faces = [_face_box(mark) for each in series for mark in each.marks]
        series.append(_series(lane, place, shift, scale, grid, faces))
    ground = _ground(scale, grid, emotional)
    taken = [_mark_box(mark) for each in series for mark in each.marks]
    words, left = _words(series, scale, grid, taken, rtl=rtl)
    shapes = (
        *ground,
        *(_measured_shapes(measured, shifts[-1], scale, grid) if measured else ()),
        *(shape for each in series for shape in _curve(each)),
        *words,
        *(shape for each in series for shape in _faces(each, scale)),
    )
    plot = Block(grid.width, scale.whole, shapes)
    below = [shelved(_leftover(series, left, grid, rtl=rtl), grid), _numbers(measured, grid)]
    rail = [_rail(each, journey_map, rtl=rtl) for each in series]
    return stack([*rail, *([_measured_rail()] if measured else [])], gap=10), stack((plot, *below), gap=6)


def _shifts(count: int) -> list[float]:
    """Curves of one chart stand a little beside each other, so that no mark hides another."""
    return [(place - (count - 1) / 2) * _APART for place in range(count)]


def _series(lane: Lane, place: int, shift: float, scale: Scale, grid: Grid, faces: Sequence[Box]) -> Series:
    marks: list[Mark] = []
    for cell in lane.cells:
        value = cell.emotion if lane.role == "emotion" else cell.tension
        columns = grid.cell_columns(cell.step, cell.until)
        if value is None or columns is None:
            continue
        x = (grid.centre(columns[0]) + grid.centre(columns[1])) / 2 + shift
        marks.append(Mark(cell, value, x, scale.y(value)))
    dash: Dash = "dashed" if lane.line == "future" else "solid"
    return Series(lane, _apart(marks, faces), LINES[place % len(LINES)], OUTLINES[place % len(OUTLINES)], dash)


def _apart(marks: list[Mark], faces: Sequence[Box]) -> tuple[Mark, ...]:
    """From left to right, each further than the one before, and beside the faces that are there."""
    found: list[Mark] = []
    taken = list(faces)
    for mark in sorted(marks, key=lambda each: each.x):
        x = mark.x if not found else max(mark.x, found[-1].x + _STEP)
        placed = replace(mark, x=x)
        while any(_touch(_face_box(placed), each) for each in taken):
            placed = replace(placed, x=placed.x + _STEP)
        found.append(placed)
        taken.append(_face_box(placed))
    return tuple(found)


def _face_box(mark: Mark) -> Box:
    return Box(mark.x - _FACE, mark.y - _FACE, 2 * _FACE, 2 * _FACE)


def _mark_box(mark: Mark) -> Box:
    return Box(mark.x - _FACE - 2, mark.y - _FACE - 2, 2 * _FACE + 4, 2 * _FACE + 4)


def _ground(scale: Scale, grid: Grid, emotional: bool) -> tuple[Shape, ...]:
    shapes: list[Shape] = [Rectangle(-8, 0, grid.width + 16, scale.whole, fill="chart", radius=8)]
    for tick in scale.ticks:
        y = scale.y(tick)
        strong = tick == scale.middle
        shapes.append(
            Path(
                ((0, y), (grid.width, y)),
                "line-strong" if strong else "line",
                1.0,
                dash="dotted" if strong else "solid",
            )
        )
    shapes += (Path(((x, 0), (x, scale.whole)), "line-strong", 1.4) for x in grid.borders())
    for tick in (scale.ticks[0], scale.ticks[len(scale.ticks) // 2], scale.ticks[-1]):
        shapes += face(tick, radius=7).at(-27, scale.y(tick) - 7) if emotional else _tick(tick, scale)
    return tuple(shapes)


def _tick(value: float, scale: Scale) -> tuple[Shape, ...]:
    label = text(written(f"{value:g}"), width=16, size=SMALL, colour="ink-soft", align="right")
    return label.at(-26, scale.y(value) - label.height / 2)


def _curve(series: Series) -> Iterator[Shape]:
    points = curve_through([(mark.x, mark.y) for mark in series.marks])
    if points:
        yield Path(points, stroke=series.colour, stroke_width=2.6, kind="curve", dash=series.dash)


def _faces(series: Series, scale: Scale) -> Iterator[Shape]:
    future = series.lane.line == "future"
    for mark in series.marks:
        if scale is EMOTION:
            sign = face(mark.value, radius=_FACE, colour=series.colour, outline=series.outline, dashed=future)
        else:
            sign = Block(2 * _FACE, 2 * _FACE, (Circle(_FACE, _FACE, 6, "surface", series.colour, 2.4),))
        value = joined((series.lane.label, written(f"{mark.value:g}")), ": ")
        title = joined([value, *([mark.cell.word] if mark.cell.word else [])], ", ")
        ident = f"{mark.cell.step}/{mark.cell.id}/{series.lane.id}"
        yield from named(ident, sign, title=title).at(mark.x - _FACE, mark.y - _FACE)


def _words(
    series: Sequence[Series], scale: Scale, grid: Grid, taken: list[Box], *, rtl: bool
) -> tuple[list[Shape], list[tuple[Series, Mark]]]:
    """Each word beside its mark; those for which there is no room."""
    shapes: list[Shape] = []
    left: list[tuple[Series, Mark]] = []
    for each in series:
        for mark in each.marks:
            if not mark.cell.word:
                continue
            width = min(grid.column_width - 12, 130.0)
            word = text(mark.cell.word, width=width, size=WORD, align="middle", most=3, rtl_map=rtl)
            place = _free(mark, word, scale, grid, taken)
            if place is None:
                left.append((each, mark))
                continue
            box = Box(place[0] - 3, place[1], word.width + 6, word.height)
            taken.append(box)
            shapes.append(Rectangle(box.x, box.y, box.width, box.height, fill="chart", radius=3))
            shapes += word.at(*place)
    return shapes, left


def _free(mark: Mark, word: Block, scale: Scale, grid: Grid, taken: Sequence[Box]) -> Point | None:
    reach = _FACE + 5
    x = max(2.0, min(grid.width - word.width - 2, mark.x - word.width / 2))
    high, low = mark.y - reach - word.height, mark.y + reach
    first = (high, low) if mark.value >= (scale.low + scale.high) / 2 else (low, high)
    beside = ((mark.x + reach, mark.y - word.height / 2), (mark.x - reach - word.width, mark.y - word.height / 2))
    for place in ((x, first[0]), (x, first[1]), *beside):
        box = Box(place[0] - 3, place[1], word.width + 6, word.height)
        inside = box.y >= 0 and box.bottom <= scale.whole and box.x >= -2 and box.right <= grid.width + 2
        if inside and not any(_touch(box, other) for other in taken):
            return place
    return None


def _touch(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _leftover(
    series: Sequence[Series], left: Sequence[tuple[Series, Mark]], grid: Grid, *, rtl: bool
) -> Iterator[Placed]:
    for each, mark in left:
        columns = grid.cell_columns(mark.cell.step, mark.cell.until)
        assert columns is not None and mark.cell.word is not None
        sign = face(mark.value, radius=7, colour=each.colour, outline=each.outline)
        room = grid.span(*columns) - 24
        word = text(mark.cell.word, width=room, size=WORD, most=3, rtl_map=rtl)
        yield Placed(marked(sign, word), *columns)


def _measured_shapes(measured: Sequence[MeasuredPoint], shift: float, scale: Scale, grid: Grid) -> Iterator[Shape]:
    for run in _runs(measured):
        middle = [(grid.centre(each.column) + shift, scale.y(each.measure.value)) for each in run]
        bounds = [
            (scale.y(_or(each.measure.high, each.measure.value)), scale.y(_or(each.measure.low, each.measure.value)))
            for each in run
        ]
        yield from _bands(run, shift, scale, grid)
        if len(run) > 1:
            yield Path(tuple(middle), "measured", 2.2, dash="dash-dot")
        for (x, y), (high, low) in zip(middle, bounds, strict=True):
            yield Path(((x, high), (x, low)), "measured", 1.4)
            yield from (Path(((x - 4, end), (x + 4, end)), "measured", 1.4) for end in (high, low))
            yield Rectangle(x - 4, y - 4, 8, 8, "measured", "surface", 1.2)


def _bands(run: Sequence[MeasuredPoint], shift: float, scale: Scale, grid: Grid) -> Iterator[Shape]:
    """The intervals of neighbours; one without an interval, such as a single value, is no narrow one."""
    for part in _runs([each for each in run if each.measure.low is not None and each.measure.high is not None]):
        if len(part) > 1:
            across = [grid.centre(each.column) + shift for each in part]
            upper = [(x, scale.y(_or(each.measure.high, 0))) for x, each in zip(across, part, strict=True)]
            lower = [(x, scale.y(_or(each.measure.low, 0))) for x, each in zip(across, part, strict=True)]
            yield Path((*upper, *lower[::-1]), fill="measured", closed=True, opacity=0.16)


def _runs(measured: Sequence[MeasuredPoint]) -> Iterator[list[MeasuredPoint]]:
    """Neighbouring columns that have a value; where one has none, the line ends."""
    run: list[MeasuredPoint] = []
    for each in measured:
        if run and each.column != run[-1].column + 1:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _numbers(measured: Sequence[MeasuredPoint], grid: Grid) -> Block:
    placed = []
    for each in measured:
        said = text(
            measure_words(each.measure, signed=True),
            width=grid.column_width - 8,
            size=SMALL,
            colour="measured",
            align="middle",
            most=3,
        )
        wide = Block(grid.column_width, said.height, said.at((grid.column_width - said.width) / 2, 0))
        placed.append(Placed(wide, each.column, each.column))
    return shelved(placed, grid)


def measure_words(measure: Measure, *, signed: bool = False) -> Phrase:
    """A measure in words: ``4.2 % (3.9 to 4.5), n 1,204``; a share of 0.042 likewise."""
    unit = "%" if measure.unit == SHARE else measure.unit
    number = _per_cent if measure.unit == SHARE else partial(_number, signed=signed)
    said = amount_words(number(measure.value), unit)
    if measure.low is not None and measure.high is not None:
        low, high = written(number(measure.low)), written(number(measure.high))
        said = joined((said, phrase("({low} to {high})", low=low, high=high)))
    return joined((said, written(f"n{NO_BREAK}{measure.n:,}")), ", ") if measure.n else said


def _per_cent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0")


def _number(value: float, signed: bool) -> str:
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    short = f"{value:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:,.0f}"
    if short in ("0", "-0"):
        return "0"
    return f"+{short}" if signed and value > 0 else short.replace("-", "−")


def _rail(series: Series, journey_map: JourneyMap, *, rtl: bool) -> Block:
    lane = series.lane
    persona = next((each.name for each in journey_map.personas if each.id == lane.persona), lane.persona)
    notes = [each for each in (persona, phrase("as it shall be") if lane.line == "future" else None) if each]
    if lane.role != "emotion":
        return rail_label(lane.label, sign="tension", notes=notes, colour=series.colour, rtl=rtl)
    sign = face(1.2, radius=9, colour=series.colour, outline=series.outline, dashed=lane.line == "future")
    title = text(lane.label, width=RAIL_TEXT, bold=True, most=6, rtl_map=rtl)
    below = [text(each, width=RAIL_TEXT, size=SMALL, colour="ink-soft", most=3, rtl_map=rtl) for each in notes]
    sample = Block(34, 6, (Path(((0, 3), (34, 3)), series.colour, 2.6, dash=series.dash),))
    return marked(sign, stack((title, *below, space(height=1), sample), gap=2), gap=8)


def _measured_rail() -> Block:
    sample = Block(
        18,
        18,
        (
            Path(((0, 9), (18, 9)), "measured", 2.2, dash="dash-dot"),
            Rectangle(5, 5, 8, 8, "measured", "surface", 1.2),
        ),
    )
    title = text(phrase("Measured"), width=RAIL_TEXT, bold=True, colour="measured")
    notes = text(phrase("with its 95 % interval"), width=RAIL_TEXT, size=SMALL, colour="ink-soft")
    return marked(sample, stack((title, notes), gap=2), gap=8)
