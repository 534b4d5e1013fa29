"""One layout for every format: a map as shapes at their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from desireline.base import InputError, joined, phrase
from desireline.maps.drawing.blocks import EMPTY, SMALL, Block, named, stack, text
from desireline.maps.drawing.cards import CardMaker, claim_title
from desireline.maps.drawing.charts import MeasuredPoint, chart
from desireline.maps.drawing.grid import GUTTER, RAIL, Grid, grid_of
from desireline.maps.drawing.heading import heading
from desireline.maps.drawing.legend import legend
from desireline.maps.drawing.metrics import metric_cards
from desireline.maps.drawing.options import LayoutOptions, chosen_lanes
from desireline.maps.drawing.overlay import measured_row, persona_row, unplanned_row
from desireline.maps.drawing.rows import Placed, Row, rail_label, shelved
from desireline.maps.drawing.shapes import Drawing, Path, Rectangle, Shape
from desireline.maps.drawing.steps import phase_band, step_heads
from desireline.maps.drawing.ways import Way, backward_band, connectors, ends, forward_band, ways_of
from desireline.maps.drawing.wrapping import clean
from desireline.maps.measured import Measured, StepMeasures
from desireline.maps.model import BLUEPRINT_LINES, Cell, JourneyMap, Lane, LaneRole

MARGIN = 36.0
_ROOM = 13.0
_LINE_ROOM = 26.0
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_CURVES: frozenset[LaneRole] = frozenset({"emotion", "tension"})
_LEFT = MARGIN + RAIL + 18


def lay_out(
    journey_map: JourneyMap, *, measured: Measured | None = None, options: LayoutOptions = LayoutOptions()
) -> Drawing:
    """The map as shapes in pixels, with colours by name.

    Nothing is clipped: rows grow with their texts, and only texts of dozens of lines are cut, which then hold all of it as
    their title. Maps in languages that are written from right to left are mirrored.

    Parameters
    ----------
    measured
        What customers did, to be drawn beside what people wrote; ``None``: only what the map says.

    Raises
    ------
    InputError
        ``measured`` is about another map, or the options name a lane that the map does not have.
    """
    if measured is not None and measured.map != journey_map.id:
        raise InputError(
            phrase(
                "expected what was measured along the map {id!r}, got that of {map!r}",
                id=journey_map.id,
                map=measured.map,
            )
        )
    rtl = is_rtl_language(journey_map.language)
    lanes = chosen_lanes(journey_map, options.lanes)
    grid = grid_of(journey_map, step_width=options.step_width)
    measures = {each.step: each for each in measured.steps} if measured is not None else {}
    ways = ways_of(journey_map, grid, measured)
    width = max(_LEFT + grid.width, 1000.0) + MARGIN

    head = _head(journey_map, width - 2 * MARGIN, measured, options, rtl=rtl)
    top = _columns(journey_map, grid, ways, measures, rtl=rtl)
    rows = list(_rows(journey_map, lanes, grid, measured, measures, options, rtl=rtl)) if grid.columns else []
    body, cuts = _stacked(rows, grid)
    signs = legend(journey_map, lanes, ways, measured, measures, width=width - 2 * MARGIN) if options.legend else EMPTY
    top_y = MARGIN + head.height + (26 if options.heading else 0)
    body_y = top_y + top.height
    signs_y = body_y + body.height + 20
    height = signs_y + signs.height + MARGIN
    drawing = Drawing(
        width=width,
        height=height,
        shapes=(
            Rectangle(0, 0, width, height, "paper"),
            *head.at(MARGIN, MARGIN),
            *top.at(_LEFT, top_y),
            *body.at(MARGIN, body_y),
            *signs.at(MARGIN, signs_y),
        ),
        title=clean(journey_map.title),
        description=_description(journey_map, lanes, measured),
        language=journey_map.language,
        rtl=rtl,
        columns=tuple(_LEFT + grid.left(place) - GUTTER / 2 for place in range(len(grid.columns))),
        rows=(top_y - 13, *(body_y + cut for cut in cuts)),
    )
    return drawing.mirrored() if rtl else drawing


def _head(
    journey_map: JourneyMap, width: float, measured: Measured | None, options: LayoutOptions, *, rtl: bool
) -> Block:
    if not options.heading:
        return EMPTY
    return heading(journey_map, width=width, options=options, measured=measured, rtl=rtl)


def is_rtl_language(language: str | None) -> bool:
    """Whether a language (BCP 47) is written from right to left.

    >>> is_rtl_language("ar-EG"), is_rtl_language("de"), is_rtl_language("az-Arab")
    (True, False, True)
    """
    parts = (language or "").split("-")
    return parts[0].lower() in _RTL_LANGUAGES or any(part.title() in {"Arab", "Hebr"} for part in parts[1:])


def _columns(
    journey_map: JourneyMap, grid: Grid, ways: Sequence[Way], measures: Mapping[str, StepMeasures], *, rtl: bool
) -> Block:
    """Phases, the ways past steps, the steps, the ways back."""
    if not grid.columns:
        return text(phrase("No phases and no steps yet"), width=600, size=14.0, colour="ink-soft")
    band = phase_band(grid, rtl=rtl)
    forward, backward = forward_band(ways, grid), backward_band(ways, grid)
    heads = step_heads(grid, journey_map, measures, rtl=rtl)
    forward_y = band.height + 10
    heads_y = forward_y + forward.height
    backward_y = heads_y + heads.height
    middle = heads_y + heads.height / 2
    shapes: tuple[Shape, ...] = (
        *band.shapes,
        *forward.at(0, forward_y),
        *heads.at(0, heads_y),
        *connectors(ways, grid, y=middle),
        *ends(journey_map, grid, y=middle),
        *backward.at(0, backward_y),
    )
    return Block(grid.width, backward_y + backward.height + 8, shapes)


def _rows(
    journey_map: JourneyMap,
    lanes: tuple[Lane, ...],
    grid: Grid,
    measured: Measured | None,
    measures: Mapping[str, StepMeasures],
    options: LayoutOptions,
    *,
    rtl: bool,
) -> Iterator[Row]:
    if measured is not None and options.measured_rows:
        yield measured_row(grid, measured, measures, rtl=rtl)
        yield from (persona_row(grid, each, rtl=rtl) for each in measured.personas)
        unplanned = unplanned_row(grid, measured, rtl=rtl)
        if unplanned is not None:
            yield unplanned
    felt = _measured_emotion(grid, measures)
    if felt and not any(lane.role == "emotion" for lane in lanes) and not options.lanes:
        yield _chart_row("measured-emotion", (), journey_map, grid, felt, options, rtl=rtl)
    cards = tuple(metric_cards(journey_map, grid, measures, rtl=rtl))
    lined: set[LaneRole] = set()
    for role, group in groupby(lanes, key=lambda lane: lane.role):
        together = tuple(group)
        line = BLUEPRINT_LINES.get(role) if role not in lined else None
        lined.add(role)
        if role in _CURVES:
            yield _chart_row(
                f"lane/{together[0].id}",
                together,
                journey_map,
                grid,
                felt if role == "emotion" else (),
                options,
                rtl=rtl,
            )
            felt = () if role == "emotion" else felt
            continue
        for place, lane in enumerate(together):
            extra = cards if role == "metrics" else ()
            cards = () if role == "metrics" else cards
            yield _card_row(lane, journey_map, grid, options, extra, line=line if place == 0 else None, rtl=rtl)
    if cards and (not options.lanes or "metrics" in options.lanes):
        yield Row("metrics", rail_label(phrase("Metrics"), sign="metrics", rtl=rtl), shelved(cards, grid))


def _measured_emotion(grid: Grid, measures: Mapping[str, StepMeasures]) -> tuple[MeasuredPoint, ...]:
    found = (
        (place, measures[column.step.id].emotion)
        for place, column in enumerate(grid.columns)
        if column.step is not None and column.step.id in measures
    )
    return tuple(MeasuredPoint(place, measure) for place, measure in found if measure is not None)


def _chart_row(
    ident: str,
    lanes: tuple[Lane, ...],
    journey_map: JourneyMap,
    grid: Grid,
    measured: Sequence[MeasuredPoint],
    options: LayoutOptions,
    *,
    rtl: bool,
) -> Row:
    """Lanes that share one chart, and under it what their cells say besides."""
    rail, plot = chart(lanes, journey_map, grid, measured=measured, rtl=rtl)
    maker = CardMaker(journey_map, options.folder, rtl, values=False)
    said = [placed for lane in lanes for placed in _cards(maker, lane, grid)]
    return Row(ident, rail, stack((plot, shelved(said, grid)), gap=8))


def _card_row(
    lane: Lane,
    journey_map: JourneyMap,
    grid: Grid,
    options: LayoutOptions,
    extra: Sequence[Placed],
    *,
    line: str | None,
    rtl: bool,
) -> Row:
    maker = CardMaker(journey_map, options.folder, rtl)
    persona = next((each.name for each in journey_map.personas if each.id == lane.persona), lane.persona)
    notes = [each for each in (persona, phrase("as it shall be") if lane.line == "future" else None) if each]
    rail = rail_label(lane.label, sign=lane.role, notes=notes, rtl=rtl)
    return Row(f"lane/{lane.id}", rail, shelved([*_cards(maker, lane, grid), *extra], grid), line)


def _cards(maker: CardMaker, lane: Lane, grid: Grid) -> Iterator[Placed]:
    for cell in lane.cells:
        columns = grid.cell_columns(cell.step, cell.until)
        if columns is None:
            continue
        card = maker.card(lane, cell, width=grid.span(*columns))
        if card.height:
            ident = None if _has_a_mark(lane, cell) else f"{cell.step}/{cell.id}/{lane.id}"
            yield Placed(named(ident, card, title=claim_title(cell.claims)), *columns)


def _has_a_mark(lane: Lane, cell: Cell) -> bool:
    """Whether the cell is a place on a curve already."""
    value = {"emotion": cell.emotion, "tension": cell.tension}.get(lane.role)
    return value is not None


def _stacked(rows: Sequence[Row], grid: Grid) -> tuple[Block, tuple[float, ...]]:
    """The rows from the rail on, one under the other, with the lines between them; and where one ends."""
    left = _LEFT - MARGIN
    right = left + grid.width
    lines: list[Shape] = []
    shapes: list[Shape] = []
    cuts: list[float] = []
    y = 0.0
    for row in rows:
        if row.line is not None:
            lines += _blueprint_line(row.line, left, right, y)
            y += _LINE_ROOM
        elif y:
            lines.append(Path(((0, y), (right, y)), "line", 1.0))
        height = max(row.rail.height, row.body.height) + 2 * _ROOM
        inner = (*row.rail.at(0, y + _ROOM), *row.body.at(left, y + _ROOM))
        shapes += named(row.ident, Block(right, height, inner)).shapes
        y += height
        cuts.append(y)
    borders = [Path(((left + x, -6), (left + x, y)), "line-strong", 1.4) for x in grid.borders()] if rows else []
    return Block(right, y, (*borders, *lines, *shapes)), tuple(cuts)


def _blueprint_line(name: str, left: float, right: float, y: float) -> Iterator[Shape]:
    """The line of visibility is strong, the two others are dashed."""
    strong = name == BLUEPRINT_LINES["backstage"]
    middle = y + _LINE_ROOM / 2
    label = text(name, width=left - 8, size=SMALL, bold=strong, colour="ink" if strong else "ink-soft", most=2)
    yield Path(
        ((left, middle), (right, middle)),
        "ink-soft" if strong else "line-strong",
        2.6 if strong else 1.3,
        dash="solid" if strong else "long",
    )
    yield from label.at(0, middle - label.height / 2)


def _description(journey_map: JourneyMap, lanes: Sequence[Lane], measured: Measured | None) -> str:
    steps = ", ".join(each.name for each in journey_map.steps[:12])
    more = len(journey_map.steps) - 12
    counted = phrase(
        "Journey map with {phases} phases, {steps} steps", phases=len(journey_map.phases), steps=len(journey_map.steps)
    )
    if steps:
        listed = phrase("{steps} and {more} more", steps=steps, more=more) if more > 0 else steps
        counted = joined((counted, listed), ": ")
    drawn = phrase("No lanes.")
    if lanes:
        drawn = phrase("Lanes: {lanes}.", lanes=joined([lane.label for lane in lanes], ", "))
    said = [joined((counted, drawn), ". ")]
    if measured is not None:
        said.append(phrase("Laid over it: {count:,} measured journeys.", count=measured.journeys))
    return clean(joined(said))
