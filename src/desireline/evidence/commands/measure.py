"""``desireline evidence measure``."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.evidence.commands.options import (
    MapArgument,
    PictureOption,
    SpanOption,
    TimeOutOption,
    chosen,
    draw_if_asked,
    read_map_of,
)
from desireline.journeys.commands.asking import asking, share_text
from desireline.journeys.commands.options import GapOption, JourneyOption, PeriodOption, SegmentOption, WhereOption

if TYPE_CHECKING:
    from desireline.evidence.lane_results import MapMeasures, StepLane
    from desireline.evidence.results import StepCheck
    from desireline.journeys.estimates import Estimate
    from desireline.maps.measured import Measure

WithinOption = Annotated[
    str, typer.Option("--within", help="What an answer to a survey is about lies at most this long before it: 7d.")
]
CsatScaleOption = Annotated[str | None, typer.Option("--csat-scale", help="Of CSAT: 1..5.")]
CesScaleOption = Annotated[str | None, typer.Option("--ces-scale", help="Of CES: 1..7.")]
CesHighMeansOption = Annotated[
    str | None, typer.Option("--ces-high-means", help="Of CES: good (high is easy) or effort.")
]
SurveyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--survey", help="A touchpoint that is a survey; may be repeated. Without it: those that carry scores."
    ),
]
LongestStayOption = Annotated[
    str, typer.Option("--longest-stay", help="What comes later after a step than this belongs to none.")
]
_SHOWN_CHANNELS = 3


def measure(
    map_: MapArgument,
    workspace: WorkspaceOption,
    personas: Annotated[
        bool,
        typer.Option("--personas", help="Also for the customers of each persona that has a segment, side by side."),
    ] = False,
    emotion: Annotated[
        str | None,
        typer.Option(
            "--emotion",
            help="Where the measured emotion comes from: sentiment, NPS, CSAT or CES; else what has most values.",
        ),
    ] = None,
    within: WithinOption = "7d",
    csat_scale: CsatScaleOption = None,
    ces_scale: CesScaleOption = None,
    ces_high_means: CesHighMeansOption = None,
    survey: SurveyOption = None,
    longest_stay: LongestStayOption = "30d",
    time_out: TimeOutOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = None,
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """What was measured at the steps of a map: channels, effort, cost, scores, sentiment, emotion; metrics beside their targets."""
    from desireline.evidence import measure as ask_measures
    from desireline.evidence.pictures import check_picture

    if picture is not None:
        check_picture(picture)
    with asking(workspace) as (opened, progress):
        result = ask_measures(
            opened,
            read_map_of(map_, workspace),
            personas=personas,
            emotion=cast(Any, emotion),
            within=within,
            csat_scale=csat_scale,
            ces_scale=ces_scale,
            ces_high_means=cast(Any, ces_high_means),
            surveys=survey,
            longest_stay=longest_stay,
            time_out=time_out,
            progress=progress,
            **chosen(period, where, segment, span, gap, journey),
        )
    draw_if_asked(map_, workspace, result.measured(), picture)
    if as_json:
        typer.echo(result.to_json())
        return
    _print_lanes(result)
    _print_metrics(result)
    _print_personas(result)
    _say_sources(result)


def _print_lanes(result: MapMeasures) -> None:
    from desireline.base.console import print_table

    rows: list[list[Any]] = []
    for step in result.check.steps:
        lane = result.lane(step.id)
        if lane is None:
            rows.append([step.name, step.binding.state, "–", "", None])
            continue
        own = [["reached", *_cells(step.share("reached"))], *_median_row(step, result), _channels(lane)]
        own += [[_named(name, result), *_cells(each)] for name, each in lane.estimates().items() if each.n]
        feeling = result.feeling(lane)
        if feeling is not None:
            own.append(["emotion", *_cells(feeling)])
        rows += [[step.name if place == 0 else "", *each] for place, each in enumerate(own)]
    print_table(["step", "measure", "value", "95% interval", "n"], rows)


def _median_row(step: StepCheck, result: MapMeasures) -> list[list[Any]]:
    from desireline.base import format_seconds
    from desireline.evidence.lane_results import median_time

    found = median_time(step)
    if found is None:
        return []
    interval = "" if math.isnan(found.low) else f"{format_seconds(found.low)} to {format_seconds(found.high)}"
    return [["median time", format_seconds(found.value), interval, found.n]]


def _channels(lane: StepLane) -> list[Any]:
    shares = lane.shares()
    told = ", ".join(f"{name} {share_text(share)}" for name, share in shares[:_SHOWN_CHANNELS])
    more = f" and {len(shares) - _SHOWN_CHANNELS} more" if len(shares) > _SHOWN_CHANNELS else ""
    return ["channels", told + more, "", sum(each.interactions for each in lane.channels)]


def _named(name: str, result: MapMeasures) -> str:
    names = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "cost": f"cost, {result.lanes.currency}"}
    return names.get(name, name)


def _cells(estimate: Estimate) -> list[Any]:
    def told(value: float) -> str:
        return share_text(value) if estimate.kind == "share" else f"{value:,.2f}"

    interval = "" if math.isnan(estimate.low) else f"{told(estimate.low)} to {told(estimate.high)}"
    return [told(estimate.value), interval, estimate.n]


def _print_metrics(result: MapMeasures) -> None:
    from desireline.base.console import print_table

    if not result.metrics:
        return
    names = {step.id: step.name for step in result.check.steps}
    rows = []
    for each in result.metrics:
        reading = each.reading
        target = None if reading.target is None else _told(reading.target, reading.measure)
        rows.append([names[each.step], reading.name, *_measure_cells(reading.measure), target, reading.health])
    typer.echo()
    print_table(["step", "metric", "value", "95% interval", "n", "target", "health"], rows)


def _measure_cells(measure: Measure | None) -> list[Any]:
    from desireline.maps.measured import SHARE

    if measure is None:
        return ["–", "", None]
    if measure.unit == SHARE:
        interval = "" if measure.low is None else f"{share_text(measure.low)} to {share_text(measure.high or 0)}"
        return [share_text(measure.value), interval, measure.n or None]
    interval = "" if measure.low is None else f"{measure.low:,.2f} to {measure.high:,.2f}"
    return [f"{measure.value:,.2f} {measure.unit}".rstrip(), interval, measure.n or None]


def _told(target: float, measure: Measure | None) -> str:
    from desireline.maps.measured import SHARE

    return share_text(target) if measure is not None and measure.unit == SHARE else f"{target:g}"


def _print_personas(result: MapMeasures) -> None:
    """Side by side; intervals and numbers are in the JSON."""
    from desireline.base.console import print_table

    if not result.personas:
        return
    groups = [result, *(each.measures for each in result.personas)]
    told = [{(step, measure): value for step, measure, value in _values(each)} for each in groups]
    rows: list[list[Any]] = [["journeys", "", *(f"{each.check.figures.journeys:,}" for each in groups)]]
    for step in result.check.steps:
        measures = dict.fromkeys(measure for each in told for ident, measure in each if ident == step.id)
        for place, measure in enumerate(measures):
            values = (each.get((step.id, measure), "–") for each in told)
            rows.append([step.name if place == 0 else "", _named(measure, result), *values])
    typer.echo()
    print_table(["step", "measure", "everybody", *(each.name for each in result.personas)], rows)


def _values(result: MapMeasures) -> Iterator[tuple[str, str, str]]:
    from desireline.base import format_seconds

    told: str
    for row in result.rows():
        value = row["value"]
        if row["unit"] == "seconds":
            told = format_seconds(value)
        else:
            told = share_text(value) if row["unit"] == "share" else f"{value:,.2f}"
        yield row["step"], row["measure"], told


def _say_sources(result: MapMeasures) -> None:
    from desireline.base.console import say

    figures = result.check.figures
    if not figures.journeys:
        say("No journey has an interaction that a step of the map counts.")
        return
    journeys = "1 journey is" if figures.journeys == 1 else f"{figures.journeys:,} journeys are"
    say(f"{journeys} on the map; from {result.check.first} to {result.check.last}")
    if result.emotion is not None:
        others = [line for line in ("sentiment", "NPS", "CSAT", "CES") if line != result.emotion]
        say(f"the emotion is that of {result.emotion}; --emotion takes {', '.join(others[:-1])} or {others[-1]}")
