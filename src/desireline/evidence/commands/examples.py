"""``desireline evidence examples``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.evidence.commands.options import MapArgument, SpanOption, TimeOutOption, chosen, read_map_of
from desireline.journeys.commands.asking import asking
from desireline.journeys.commands.options import GapOption, JourneyOption, PeriodOption, SegmentOption, WhereOption

if TYPE_CHECKING:
    from desireline.evidence.example_journeys import ExampleInteraction, ExampleJourney, ExampleKind, MapExamples

_MOST_LINES = 40


def examples(
    map_: MapArgument,
    workspace: WorkspaceOption,
    what: Annotated[
        str,
        typer.Option("--what", help="reached, skipped, repeated, out_of_order, left, open or unplanned."),
    ],
    step: Annotated[
        str | None, typer.Option("--step", help="Id of the step; unplanned without it: before the first step.")
    ] = None,
    touchpoint: Annotated[str | None, typer.Option("--touchpoint", help="Of what is unplanned: only these.")] = None,
    number: Annotated[int, typer.Option("-n", "--number", help="How many journeys.")] = 5,
    time_out: TimeOutOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = None,
    gap: GapOption = "30m",
    as_json: JsonOption = False,
) -> None:
    """The journeys behind a number of `check`, the latest first."""
    from desireline.base.console import say
    from desireline.evidence import examples as ask_examples

    with asking(workspace) as (opened, progress):
        result = ask_examples(
            opened,
            read_map_of(map_, workspace),
            cast("ExampleKind", what),
            step=step,
            touchpoint=touchpoint,
            n=number,
            time_out=time_out,
            progress=progress,
            **chosen(period, where, segment, span, gap, journey),
        )
    if as_json:
        typer.echo(result.to_json())
        return
    if not result.examples:
        say("There is no such journey.")
        return
    for place, each in enumerate(result.examples):
        _print_journey(each, is_first=place == 0)
    _say_count(result)


def _print_journey(journey: ExampleJourney, *, is_first: bool) -> None:
    from desireline.base.console import print_table, say

    if not is_first:
        typer.echo()
    shown = journey.interactions[:_MOST_LINES]
    name = journey.identifier or f"customer {journey.customer}"
    print_table(
        ["time (UTC)", "touchpoint", "channel", "step", "what", "skipped before"],
        [_row(each) for each in shown],
        title=f"{name}, {len(journey.interactions):,} interactions, cost {journey.cost:,}",
    )
    if len(shown) < len(journey.interactions):
        say(f"{len(journey.interactions) - len(shown):,} more; --json has all")


def _row(each: ExampleInteraction) -> list[Any]:
    what = each.role if each.role != "placed" else ""
    return [f"{each.at:%Y-%m-%d %H:%M:%S}", each.touchpoint, each.channel, each.step, what, ", ".join(each.skipped)]


def _say_count(result: MapExamples) -> None:
    from desireline.base.console import say

    if result.journeys > len(result.examples):
        say(f"the latest {len(result.examples)} of {result.journeys:,} journeys")
