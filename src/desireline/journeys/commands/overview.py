"""``desireline journeys overview``."""

from __future__ import annotations

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, print_result
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    SegmentOption,
    SpanOption,
    TopOption,
    WhereOption,
    selection_options,
)


def overview(
    workspace: WorkspaceOption,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    as_json: JsonOption = False,
) -> None:
    """How much there is: interactions, customers, and where journeys end."""
    from desireline.journeys import overview as ask_overview

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        result = ask_overview(opened, progress=progress, **options)
    if not as_json and result.interactions:
        typer.echo(
            f"{counted(result.interactions, 'interaction')} of {counted(result.customers, 'customer')}, "
            f"{result.customers_seen_once:,} of them seen once; {counted(result.spans, 'span')}"
        )
        typer.echo()
    shown = result.endings[: top or SHOWN]
    rows = [[each.touchpoint, each.spans, each.customers] for each in shown]
    print_result(result, ["last touchpoint", "spans", "customers"], rows, as_json=as_json, top=top)
