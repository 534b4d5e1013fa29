"""``desireline evidence series``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.evidence.commands.measure import (
    CesHighMeansOption,
    CesScaleOption,
    CsatScaleOption,
    LongestStayOption,
    SurveyOption,
    WithinOption,
)
from desireline.evidence.commands.options import MapArgument, SpanOption, chosen, read_map_of
from desireline.journeys.commands.asking import asking, share_text
from desireline.journeys.commands.options import GapOption, JourneyOption, PeriodOption, SegmentOption, WhereOption

if TYPE_CHECKING:
    from desireline.evidence.map_series import MapSeries, SeriesPoint


def series(
    map_: MapArgument,
    workspace: WorkspaceOption,
    step: Annotated[str, typer.Option("--step", help="Id of the step.")],
    measure: Annotated[
        str,
        typer.Option("--measure", help="reach, drop-off, median-time, effort, cost, nps, csat, ces or sentiment."),
    ] = "reach",
    by: Annotated[str, typer.Option("--by", help="month or week.")] = "month",
    rules: Annotated[
        bool,
        typer.Option("--rules", help="How the step was counted in the versions of the map, instead of the figures."),
    ] = False,
    within: WithinOption = "7d",
    csat_scale: CsatScaleOption = None,
    ces_scale: CesScaleOption = None,
    ces_high_means: CesHighMeansOption = None,
    survey: SurveyOption = None,
    longest_stay: LongestStayOption = "30d",
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = None,
    gap: GapOption = "30m",
    as_json: JsonOption = False,
) -> None:
    """A figure at a step over time, all of it counted by the rule of today; a new rule in a version of the map is marked."""
    from desireline.evidence import series as ask_series
    from desireline.evidence.measuring import score_rules

    with asking(workspace) as (opened, progress):
        result = ask_series(
            opened,
            read_map_of(map_, workspace),
            step,
            cast(Any, measure),
            by=cast(Any, by),
            scores=score_rules(within, csat_scale, ces_scale, cast(Any, ces_high_means), survey),
            longest_stay=longest_stay,
            progress=progress,
            **chosen(period, where, segment, span, gap, journey),
        )
    if as_json:
        typer.echo(result.to_json())
    elif rules:
        _print_rules(result)
    else:
        _print_points(result)


def _print_points(result: MapSeries) -> None:
    from desireline.base.console import print_table, say

    rows = [_row(each) for each in result.points]
    print_table([result.by, result.measure, "95% interval", "n", ""], rows)
    say(f"{result.name}, counted by the rule of today: {result.rules[-1].rule.text()}")
    marked = [change for each in result.points for change in each.changes]
    for change in result.rules[1:]:
        if change not in marked:
            say(f"new rule outside of these {result.by}s: {change.text()}")


def _row(point: SeriesPoint) -> list[Any]:
    notes = [f"new rule: {each.text()}" for each in point.changes]
    notes += [] if point.is_over else ["not over"]
    found = point.estimate
    interval = "" if math.isnan(found.low) else f"{_told(point, found.low)} to {_told(point, found.high)}"
    return [point.name, _told(point, found.value), interval, found.n, "; ".join(notes)]


def _told(point: SeriesPoint, value: float) -> str:
    from desireline.base import format_seconds

    if math.isnan(value):
        return "–"
    if point.estimate.unit == "seconds":
        return format_seconds(value)
    return share_text(value) if point.estimate.kind == "share" else f"{value:,.2f}"


def _print_rules(result: MapSeries) -> None:
    from desireline.base.console import print_table

    rows = [
        [
            each.number,
            None if each.saved_at is None else f"{each.saved_at:%Y-%m-%d %H:%M}",
            each.author,
            each.label,
            each.rule.text(),
        ]
        for each in result.rules
    ]
    print_table(["version", "saved (UTC)", "author", "label", "what counts"], rows)
