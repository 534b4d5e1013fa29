"""``desireline journeys flow``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, TWO_NEEDED, asking, print_result, save_if_asked
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
    from desireline.journeys.model import FlowBy, FlowMedians


def flow(
    workspace: WorkspaceOption,
    by: Annotated[str, typer.Option("--by", help="touchpoint or channel.")] = "touchpoint",
    medians: Annotated[
        str, typer.Option("--medians", help="exact; approximate: within 6.25 %, a quarter sooner; none.")
    ] = "exact",
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
    """Which touchpoint directly follows which: how often, for how many customers, after how long."""
    from dataclasses import replace

    from desireline.base import format_seconds
    from desireline.journeys import flow as ask_flow

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        shown = top if as_json else top or SHOWN
        asked = None if picture else shown
        whole = ask_flow(opened, by=_by(by), medians=_medians(medians), top=asked, progress=progress, **options)
    result = replace(whole, edges=whole.edges[:shown])
    rows = [
        [
            edge.source,
            edge.target,
            edge.count,
            edge.customers,
            format_seconds(edge.median_seconds),
            format_seconds(edge.mean_seconds),
        ]
        for edge in result.edges
    ]
    print_result(
        result,
        ["from", "to", "count", "customers", "median", "mean"],
        rows,
        as_json=as_json,
        top=top,
        nothing=TWO_NEEDED,
    )
    save_if_asked(whole, picture, opened, **options)


def _by(text: str) -> FlowBy:
    if text == "touchpoint":
        return "touchpoint"
    if text == "channel":
        return "channel"
    raise typer.BadParameter(f"expected touchpoint or channel, got {text!r}", param_hint="--by")


def _medians(text: str) -> FlowMedians:
    if text == "exact":
        return "exact"
    if text == "approximate":
        return "approximate"
    if text == "none":
        return "none"
    raise typer.BadParameter(f"expected exact, approximate or none, got {text!r}", param_hint="--medians")
