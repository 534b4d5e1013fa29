"""Metrics at the steps: as measured, with health by colour and sign; else as somebody gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desireline.base import format_day, joined, phrase, written
from desireline.maps.drawing.blocks import SMALL, Block, icon, marked, named, padded, stack, text
from desireline.maps.drawing.charts import measure_words
from desireline.maps.drawing.grid import Grid
from desireline.maps.drawing.rows import Placed
from desireline.maps.drawing.shapes import Rectangle
from desireline.maps.measured import Health, MetricReading, StepMeasures
from desireline.maps.model import JourneyMap, Metric, MetricPlacement, Step

HEALTH_WORDS: dict[Health, str] = {
    "good": phrase("at its target"),
    "attention": phrase("needs attention"),
    "bad": phrase("bad"),
    "unknown": phrase("no target, no value or too few to say"),
}


def metric_cards(
    journey_map: JourneyMap, grid: Grid, measures: Mapping[str, StepMeasures], *, rtl: bool
) -> Iterator[Placed]:
    """The metrics that are placed at steps, one card a step; without measures they say nothing of what was measured."""
    metrics = {each.id: each for each in journey_map.metrics}
    for place, column in enumerate(grid.columns):
        if column.step is None:
            continue
        found = measures.get(column.step.id)
        blocks = tuple(
            _at_step(column.step, found, metrics, grid.column_width - 20, is_measured=bool(measures), rtl=rtl)
        )
        if not blocks:
            continue
        frame = Rectangle(0, 0, 0, 0, fill="card", radius=7)
        yield Placed(
            padded(stack(blocks, gap=9), across=10, along=9, width=grid.column_width, frame=frame), place, place
        )


def _at_step(
    step: Step,
    found: StepMeasures | None,
    metrics: Mapping[str, Metric],
    room: float,
    *,
    is_measured: bool,
    rtl: bool,
) -> Iterator[Block]:
    readings = {each.metric: each for each in found.metrics} if found is not None else {}
    for placement in {each.metric: each for each in step.metrics}.values():
        reading = readings.pop(placement.metric, None)
        if reading is None or reading.measure is None:
            metric = metrics.get(placement.metric)
            yield _given(step, placement, metric, room, is_measured=is_measured, rtl=rtl)
        else:
            yield _read(step, reading, metrics.get(reading.metric), room, rtl=rtl)
    for each in readings.values():
        yield _read(step, each, metrics.get(each.metric), room, rtl=rtl)


def _read(step: Step, reading: MetricReading, metric: Metric | None, room: float, *, rtl: bool) -> Block:
    name = text(reading.name, width=room - 24, size=11.5, bold=True, most=4, rtl_map=rtl)
    value = measure_words(reading.measure) if reading.measure else phrase("no value")
    said = text(value, width=room - 24, size=11.0, colour="measured", most=4)
    target = _target(reading.target, metric, room)
    sign = icon(reading.health, size=17, colour=reading.health)
    title = joined((reading.name, HEALTH_WORDS[reading.health]), ": ")
    return named(
        f"step/{step.id}/metric/{reading.metric}", marked(sign, stack((name, said, target), gap=1), gap=7), title=title
    )


def _given(
    step: Step, placement: MetricPlacement, metric: Metric | None, room: float, *, is_measured: bool, rtl: bool
) -> Block:
    name = text(metric.name if metric else placement.metric, width=room - 24, size=11.5, bold=True, most=4, rtl_map=rtl)
    target = placement.target if placement.target is not None else metric.target if metric else None
    blocks = (name, _latest(metric, room, is_measured=is_measured), _target(target, metric, room))
    sign = icon("metrics", size=15)
    return named(f"step/{step.id}/metric/{placement.metric}", marked(sign, stack(blocks, gap=1), gap=9))


def _latest(metric: Metric | None, room: float, *, is_measured: bool) -> Block:
    if metric is None:
        return text(phrase("not defined"), width=room - 24, size=SMALL, colour="ink-soft")
    if not metric.values:
        return text(phrase("not measured") if is_measured else "", width=room - 24, size=SMALL, colour="ink-soft")
    last = max(metric.values, key=lambda each: each.date)
    counted = [written(f"n {last.n:,}")] if last.n is not None else []
    said = joined((metric.tell(last.value), *counted, format_day(last.date)), ", ")
    return text(said, width=room - 24, size=11.0, most=3)


def _target(target: float | None, metric: Metric | None, room: float) -> Block:
    if target is None:
        return text("", width=room)
    is_most = metric is not None and metric.direction == "lower"
    told = written(f"{target:g}") if metric is None else metric.tell(target)
    said = phrase("target at most {value}" if is_most else "target at least {value}", value=told)
    return text(said, width=room - 24, size=SMALL, colour="ink-soft", most=3)
