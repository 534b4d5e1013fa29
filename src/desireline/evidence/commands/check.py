"""``desireline evidence check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

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
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    SegmentOption,
    TopOption,
    WhereOption,
)

if TYPE_CHECKING:
    from desireline.evidence.results import MapCheck, StepCheck

_SHOWN_UNPLANNED = 10


def check(
    map_: MapArgument,
    workspace: WorkspaceOption,
    personas: Annotated[
        bool,
        typer.Option("--personas", help="Also for the customers of each persona that has a segment, side by side."),
    ] = False,
    silent: Annotated[
        str,
        typer.Option("--silent", help="A step is silent that nobody reached for so long before the end of the data."),
    ] = "30d",
    time_out: TimeOutOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = None,
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """How journeys follow a map: reached, skipped, repeated, out of order, left here, unplanned between; and a fit of the whole."""
    from desireline.evidence import check as ask_check
    from desireline.evidence import measure as ask_measures
    from desireline.evidence.pictures import check_picture

    if picture is not None:
        check_picture(picture)
    with asking(workspace) as (opened, progress):
        journey_map = read_map_of(map_, workspace)
        result = ask_check(
            opened,
            journey_map,
            personas=personas,
            silent_after=silent,
            time_out=time_out,
            progress=progress,
            **chosen(period, where, segment, span, gap, journey),
        )
        drawn = result.measured()
        if picture is not None:
            drawn = ask_measures(
                opened,
                journey_map,
                personas=personas,
                silent_after=silent,
                time_out=time_out,
                progress=progress,
                **chosen(period, where, segment, span, gap, journey),
            ).measured()
    draw_if_asked(map_, workspace, drawn, picture)
    if as_json:
        typer.echo(result.to_json())
        return
    _print_steps(result)
    _print_unplanned(result, top or _SHOWN_UNPLANNED)
    _print_personas(result)
    _say_fit(result)


def _print_steps(result: MapCheck) -> None:
    from desireline.base.console import print_table

    columns = ["step", "binding", "reached", "share", "95% interval", "skipped", "repeated", "out of order", "left"]
    columns += ["open"] if result.figures.open else []
    columns.append("median wait")
    print_table(columns, [_step_row(step, with_open=bool(result.figures.open)) for step in result.steps])


def _step_row(step: StepCheck, *, with_open: bool) -> list[Any]:
    from desireline.base import format_seconds

    named = f"{step.name} (optional)" if step.optional else step.name
    if step.counts is None:
        return [named, _binding_text(step), *([None] * (8 if with_open else 7)), "–"]
    counts, reached = step.counts, step.share("reached")
    interval = f"{share_text(reached.low)} to {share_text(reached.high)}"
    numbers = [counts.skipped, counts.repeated, counts.out_of_order, counts.left]
    numbers += [counts.open] if with_open else []
    shown = [_binding_text(step), counts.reached, share_text(reached.value), interval]
    return [named, *shown, *numbers, format_seconds(counts.median_seconds)]


def _binding_text(step: StepCheck) -> str:
    return "broken" if step.binding.state == "broken" else step.binding.text()


def _print_unplanned(result: MapCheck, top: int) -> None:
    from desireline.base.console import print_table, say

    unplanned = result.figures.unplanned
    if not unplanned:
        return
    names = {step.id: step.name for step in result.steps}
    rows = [
        [each.touchpoint, "before the first step" if each.after is None else names[each.after], each.count]
        for each in unplanned[:top]
    ]
    typer.echo()
    print_table(["not on the map", "after", "interactions"], rows)
    if len(rows) < len(unplanned):
        say(f"the first {len(rows)} of {len(unplanned):,} are shown; --top shows more, --json all")


def _print_personas(result: MapCheck) -> None:
    from desireline.base.console import print_table

    if not result.personas:
        return
    groups = [result, *(each.check for each in result.personas)]
    rows: list[Sequence[Any]] = [
        ["journeys", *(f"{each.figures.journeys:,}" for each in groups)],
        ["fit", *(share_text(each.figures.fit.value) for each in groups)],
    ]
    for place, step in enumerate(result.steps):
        rows.append([step.name, *(share_text(each.steps[place].share("reached").value) for each in groups)])
    typer.echo()
    print_table(["reached", "everybody", *(each.name for each in result.personas)], rows)


def _say_fit(result: MapCheck) -> None:
    from desireline.base.console import say

    figures, fit = result.figures, result.figures.fit
    for step in result.steps:
        if step.binding.state == "broken":
            say(f"{step.name} is broken: {step.binding.broken_by}")
    if not figures.journeys:
        say("No journey has an interaction that a step of the map counts.")
        return
    interval = "" if fit.low != fit.low else f" ({share_text(fit.low)} to {share_text(fit.high)})"
    journeys = "1 journey is" if figures.journeys == 1 else f"{figures.journeys:,} journeys are"
    others = "1 is not" if figures.not_on_map == 1 else f"{figures.not_on_map:,} are not"
    say(f"{journeys} on the map, {others}; from {result.first} to {result.last}")
    say(
        f"fit {share_text(fit.value)}{interval}; {share_text(result.coverage)} of the interactions of these journeys are on the map"
    )
    if figures.process.verdict != "unknown":
        say(f"among the steps of the map the process is {figures.process.verdict}")
