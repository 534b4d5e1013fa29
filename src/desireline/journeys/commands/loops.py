"""``desireline journeys loops``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, save_if_asked, share_text
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    SpanOption,
    TopOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.results.loops import Loops


def loops(
    workspace: WorkspaceOption,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """What comes again in a journey, and whether journeys are linear, branching or cyclical."""
    from desireline.journeys import loops as ask_loops

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        result = ask_loops(opened, top=top if as_json else top or SHOWN, progress=progress, **options)
    save_if_asked(result, picture, opened, **options)
    if as_json:
        typer.echo(result.to_json())
        return
    _print_process(result)
    _print_touchpoints(result)
    _print_loops(result)


def _print_process(result: Loops) -> None:
    from desireline.base.console import print_table, say

    process = result.process
    if not process.spans:
        say(f"No journey has two different steps, of {result.spans:,} that were looked at.")
        return
    names = ("linear", "branching", "cyclical")
    rows = [
        [name, share_text(each.value), f"{share_text(each.low)} to {share_text(each.high)}"]
        for name, each in zip(names, process.shares(), strict=True)
    ]
    print_table(["type of journey", "share", "95% interval"], rows)
    say(
        f"The process is {process.verdict}: {process.spans:,} journeys of two or more steps, "
        f"on average {process.ways:.1f} ways to go on"
    )


def _print_touchpoints(result: Loops) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    if not result.touchpoints:
        say("Nothing comes again within a journey.")
        return
    typer.echo()
    columns = [
        "touchpoint",
        "customers",
        "repeat it",
        "share",
        "directly",
        "median",
        "later",
        "median",
        "shortest loop",
    ]
    rows = [
        [
            each.touchpoint,
            each.customers,
            each.repeating_customers,
            share_text(each.repeating.value),
            each.self_loops.count,
            format_seconds(each.self_loops.median_seconds),
            each.repetitions.count,
            format_seconds(each.repetitions.median_seconds),
            " → ".join(each.shortest) or (f"{each.shortest_between} others" if each.shortest_between else "–"),
        ]
        for each in result.touchpoints
    ]
    print_table(columns, rows)
    if len(rows) < result.total_touchpoints:
        say(f"the first {len(rows)} of {result.total_touchpoints:,} are shown; --top shows more, --json all")


def _print_loops(result: Loops) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    if not result.loops:
        return
    typer.echo()
    rows = [
        [
            f"{each.touchpoint} → {each.via} → {each.touchpoint}",
            each.count,
            each.customers,
            format_seconds(each.median_seconds),
        ]
        for each in result.loops
    ]
    print_table(["loop", "count", "customers", "median"], rows)
    if len(rows) < result.total_loops:
        say(f"the first {len(rows)} of {result.total_loops:,} are shown; --top shows more, --json all")
