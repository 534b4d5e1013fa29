"""A map as a table that says the same as the picture: lanes down, steps across, under the phases they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from desireline.base import Phrase, format_seconds, joined, phrase, written
from desireline.maps.drawing.cards import CONFIDENCE_WORDS, evidence_words, status_words
from desireline.maps.drawing.charts import measure_words
from desireline.maps.drawing.metrics import HEALTH_WORDS
from desireline.maps.drawing.options import chosen_lanes
from desireline.maps.drawing.overlay import interval_words
from desireline.maps.drawing.steps import BINDING_SIGNS, binding_state, moment_words
from desireline.maps.drawing.ways import percent
from desireline.maps.measured import Measured, MetricReading, PersonaMeasured, StepMeasures
from desireline.maps.model import Cell, Claim, JourneyMap, Lane, Step

Tell = Callable[[Step, StepMeasures], str]


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a lane says at a step, or over several."""

    lines: tuple[str, ...] = ()
    span: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A lane, or a row of what was measured; the spans of its cells add up to the number of columns."""

    label: str
    cells: tuple[TableCell, ...]
    measured: bool = False


@dataclass(frozen=True, slots=True)
class MapTable:
    """The table.

    Attributes
    ----------
    phases
        Name and number of columns of each.
    steps
        Names, one a column; empty for a phase without steps.
    """

    phases: tuple[tuple[str, int], ...]
    steps: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_of(journey_map: JourneyMap, *, measured: Measured | None = None, lanes: tuple[str, ...] = ()) -> MapTable:
    """The map as a table; ``lanes``: ids or roles of those to show, none: all.

    Raises
    ------
    UnknownNameError
        The map has no such lane.
    """
    columns = [step for phase in journey_map.phases for step in (phase.steps or (None,))]
    measures = {each.step: each for each in measured.steps} if measured is not None else {}
    rows = [_signs(columns, journey_map, measures)] if any(columns) else []
    if measured is not None:
        rows += _measured_rows(columns, measured, measures)
        rows += [row for each in measured.personas for row in _persona_rows(columns, each)]
    rows += [row for lane in chosen_lanes(journey_map, lanes) for row in _lane_rows(lane, columns, journey_map)]
    metrics = _metrics(columns, journey_map, measures)
    return MapTable(
        phases=tuple((phase.name, max(1, len(phase.steps))) for phase in journey_map.phases),
        steps=tuple("" if step is None else step.name for step in columns),
        rows=(*rows, *([metrics] if any(cell.lines for cell in metrics.cells) else [])),
    )


def _signs(columns: list[Step | None], journey_map: JourneyMap, measures: dict[str, StepMeasures]) -> TableRow:
    return TableRow(
        phrase("About the step"), tuple(TableCell(tuple(_about(step, journey_map, measures))) for step in columns)
    )


def _about(step: Step | None, journey_map: JourneyMap, measures: dict[str, StepMeasures]) -> Iterator[str]:
    if step is None:
        return
    if step.summary:
        yield step.summary
    if step.moment_of_truth is not None:
        yield moment_words(step.moment_of_truth)
    if step.optional:
        yield phrase("optional")
    if step.next is not None:
        names = {each.id: each.name for each in journey_map.steps}
        ends = [names.get(each, each) for each in step.next]
        yield phrase("then: {steps}", steps=_one_of(ends) if ends else phrase("the end"))
    yield BINDING_SIGNS[binding_state(step, measures)][1]
    if step.map:
        yield phrase("shown in detail in {map}", map=journey_map.title_of(step.map))


def _one_of(names: Sequence[str]) -> Phrase:
    return reduce(_either, names[1:], joined(names[:1]))


def _either(first: str, second: str) -> Phrase:
    return phrase("{first}, or {second}", first=first, second=second)


def _measured_rows(
    columns: list[Step | None], measured: Measured, measures: dict[str, StepMeasures]
) -> Iterator[TableRow]:
    rows: tuple[tuple[str, Tell], ...] = (
        *_tells(measured.journeys),
        (phrase("unplanned before it"), lambda step, found: _unplanned(None, measured) if step is columns[0] else ""),
        (phrase("unplanned after it"), lambda step, found: _unplanned(step.id, measured)),
    )
    yield from _told_rows(phrase("Measured"), rows, columns, measures)


def _persona_rows(columns: list[Step | None], found: PersonaMeasured) -> Iterator[TableRow]:
    measures = {each.step: each for each in found.steps}
    yield from _told_rows(phrase("Measured of {name}", name=found.name), _tells(found.journeys), columns, measures)


def _tells(journeys: int) -> tuple[tuple[str, Tell], ...]:
    """What is told of each step, and how."""

    def share(step: Step, found: StepMeasures) -> str:
        return joined((_count(found.reached), *([percent(found.reached / journeys)] if journeys else [])), ", ")

    def after(step: Step, found: StepMeasures) -> str:
        seconds = found.median_seconds_from_previous
        return "" if seconds is None else joined((format_seconds(seconds), *interval_words(found)))

    return (
        (phrase("reached"), share),
        (phrase("skipped"), lambda step, found: _count(found.skipped)),
        (phrase("repeated"), lambda step, found: _count(found.repeated)),
        (phrase("out of order"), lambda step, found: _count(found.out_of_order)),
        (phrase("left here"), lambda step, found: _count(found.left)),
        (phrase("time after the step before"), after),
        (
            phrase("emotion"),
            lambda step, found: "" if found.emotion is None else measure_words(found.emotion, signed=True),
        ),
        (
            phrase("channels"),
            lambda step, found: joined([joined((name, percent(share))) for name, share in found.channels], ", "),
        ),
        (phrase("effort"), lambda step, found: "" if found.effort is None else measure_words(found.effort)),
        (
            phrase("sentiment"),
            lambda step, found: "" if found.sentiment is None else measure_words(found.sentiment, signed=True),
        ),
        (phrase("cost"), lambda step, found: "" if found.cost is None else measure_words(found.cost)),
    )


def _told_rows(
    head: str, rows: tuple[tuple[str, Tell], ...], columns: list[Step | None], measures: dict[str, StepMeasures]
) -> Iterator[TableRow]:
    for label, told in rows:
        cells = tuple(_told(step, measures, told) for step in columns)
        if any(cell.lines for cell in cells):
            yield TableRow(joined((head, label), ": "), cells, measured=True)


def _told(step: Step | None, measures: dict[str, StepMeasures], tell: Tell) -> TableCell:
    found = measures.get(step.id) if step is not None else None
    said = tell(step, found) if step is not None and found is not None and found.binding in ("bound", "silent") else ""
    return TableCell((said,) if said else ())


def _unplanned(step: str | None, measured: Measured) -> str:
    found = [each for each in measured.unplanned if each.after == step]
    return joined([joined((each.touchpoint, _count(each.count))) for each in found], ", ")


def _count(count: int) -> Phrase:
    return written(f"{count:,}")


def _lane_rows(lane: Lane, columns: list[Step | None], journey_map: JourneyMap) -> Iterator[TableRow]:
    """The lane; cells that lie over each other make further rows of it."""
    places = {step.id: place for place, step in enumerate(columns) if step is not None}
    levels: list[dict[int, tuple[int, Cell]]] = []
    for cell in lane.cells:
        if cell.step not in places or (cell.until or cell.step) not in places:
            continue
        first, last = sorted((places[cell.step], places[cell.until or cell.step]))
        level = next((each for each in levels if _free(each, first, last)), None)
        if level is None:
            level = {}
            levels.append(level)
        level[first] = (last, cell)
    names = {each.id: each.name for each in journey_map.personas}
    who = [names.get(lane.persona, lane.persona)] if lane.persona else []
    when = [phrase("as it shall be")] if lane.line == "future" else []
    label = joined((lane.label, *who, *when), ", ")
    for level in levels or [{}]:
        yield TableRow(label, tuple(_across(level, len(columns), lane, journey_map)))


def _free(level: dict[int, tuple[int, Cell]], first: int, last: int) -> bool:
    return all(other_last < first or last < other_first for other_first, (other_last, _) in level.items())


def _across(level: dict[int, tuple[int, Cell]], count: int, lane: Lane, journey_map: JourneyMap) -> Iterator[TableCell]:
    place = 0
    while place < count:
        if place not in level:
            yield TableCell()
            place += 1
            continue
        last, cell = level[place]
        yield TableCell(tuple(_lines(cell, lane, journey_map)), last - place + 1)
        place = last + 1


def _lines(cell: Cell, lane: Lane, journey_map: JourneyMap) -> Iterator[str]:
    if cell.emotion is not None:
        yield joined([written(f"{cell.emotion:+g}"), *([cell.word] if cell.word else [])], ", ")
    elif cell.tension is not None:
        tension = phrase("tension {value:g} of 5", value=cell.tension)
        yield joined([tension, *([cell.word] if cell.word else [])], ", ")
    elif cell.word:
        yield cell.word
    if cell.picture:
        yield phrase("picture: {what}", what=cell.picture.alternative or phrase("without a description"))
    yield from (each.name + (f" ({each.channel})" if each.channel else "") for each in cell.touchpoints)
    for claim in cell.claims:
        yield _claim(claim)
        yield from (f"→ {_title(each, lane, journey_map)}" for each in claim.opportunities)
    yield from (_title(each, lane, journey_map) for each in cell.opportunities)


def _claim(claim: Claim) -> str:
    known = evidence_words(claim.evidence) or phrase("assumption")
    sure = [CONFIDENCE_WORDS[claim.confidence]] if claim.confidence else []
    return phrase("{claim} ({known})", claim=claim.text, known=joined((known, *sure), ", "))


def _title(ident: str, lane: Lane, journey_map: JourneyMap) -> str:
    found = next((each for each in journey_map.opportunities if each.id == ident), None)
    if found is None:
        return phrase("{name} (not found)", name=ident)
    if lane.role == "solutions" and found.solutions:
        return joined(
            [
                phrase("{title} ({status})", title=each.title, status=status_words(each.status))
                for each in found.solutions
            ],
            "; ",
        )
    return found.title


def _metrics(columns: list[Step | None], journey_map: JourneyMap, measures: dict[str, StepMeasures]) -> TableRow:
    names = {each.id: each.name for each in journey_map.metrics}
    return TableRow(
        phrase("Metrics"), tuple(TableCell(tuple(_metric_lines(step, names, measures))) for step in columns)
    )


def _metric_lines(step: Step | None, names: dict[str, str], measures: dict[str, StepMeasures]) -> Iterator[str]:
    if step is None:
        return
    found = measures.get(step.id)
    read = {each.metric: each for each in found.metrics} if found is not None else {}
    for placement in step.metrics:
        reading = read.pop(placement.metric, None)
        if reading is None or reading.measure is None:
            yield names.get(placement.metric, placement.metric)
        else:
            yield _reading_words(reading, measure_words(reading.measure))
    for reading in read.values():
        value = measure_words(reading.measure) if reading.measure else phrase("no value")
        yield _reading_words(reading, value)


def _reading_words(reading: MetricReading, value: Phrase) -> Phrase:
    return phrase("{name}: {value}, {health}", name=reading.name, value=value, health=HEALTH_WORDS[reading.health])
