"""``desireline journeys handovers``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, print_result, save_if_asked, share_text
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


def handovers(
    workspace: WorkspaceOption,
    by: Annotated[
        str, typer.Option("--by", help="What names the department: team, source, or attributes.NAME.")
    ] = "team",
    within: Annotated[str, typer.Option("--within", help="What follows later is another need, no handover.")] = "7d",
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
    """Handovers from one department to another: dark time, who begins again, waits; untraced entries."""
    from desireline.base import format_seconds
    from desireline.base.console import say
    from desireline.journeys import handovers as ask_handovers

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        shown = top if as_json else top or SHOWN
        result = ask_handovers(opened, by=by, within=within, top=shown, progress=progress, **options)
    rows = [
        [
            each.source,
            each.target,
            each.count,
            each.customers,
            format_seconds(each.median_seconds),
            f"{share_text(each.repeats.value)} ({share_text(each.repeats.low)} to {share_text(each.repeats.high)})",
            f"{format_seconds(each.wait.value)} (n = {each.wait.n:,})" if each.wait.n else "–",
        ]
        for each in result.handovers
    ]
    columns = ["from", "to", "handovers", "customers", "dark time", "begin again (95%)", "wait after"]
    print_result(result, columns, rows, as_json=as_json, top=top)
    save_if_asked(result, picture)
    if not as_json and result.spans:
        say(
            f"{share_text(result.handed_over.value)} of {result.spans:,} spans with a known {by} have a handover; "
            f"{share_text(result.untraced.value)} begin without one"
        )
        if result.other_wait.n:
            say(f"mean wait elsewhere: {format_seconds(result.other_wait.value)} (n = {result.other_wait.n:,})")
