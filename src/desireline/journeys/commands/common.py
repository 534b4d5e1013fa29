"""``desireline journeys common``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

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

if TYPE_CHECKING:
    from desireline.journeys.analyses.common import CommonBy
    from desireline.journeys.results.common import CommonJourneys


def common(
    workspace: WorkspaceOption,
    by: Annotated[str, typer.Option("--by", help="What a step is: touchpoint, channel or stage.")] = "touchpoint",
    any_order: Annotated[
        bool, typer.Option("--any-order", help="Ignore the order within a session, which ends at a pause of --gap.")
    ] = False,
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
    """Common journeys: paths without direct repeats, and how many customers the first so many cover."""
    from desireline.base import format_seconds
    from desireline.journeys import common as ask_common

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_common(
            opened,
            by=cast("CommonBy", by),
            order="ignored" if any_order else "kept",
            top=top if as_json else top or SHOWN,
            progress=progress,
            **options,
        )
    rows = [
        [
            each.customers,
            share_text(each.share.value),
            f"{share_text(each.share.low)} to {share_text(each.share.high)}",
            share_text(each.covered),
            format_seconds(each.median_seconds),
            each.text,
        ]
        for each in result.journeys
    ]
    columns = ["customers", "share", "95% interval", "covered", "median", "path"]
    print_result(result, columns, rows, as_json=as_json, top=top)
    if rows and not as_json:
        _say_coverage(result)
    save_if_asked(result, picture, opened, **options)


def _say_coverage(result: CommonJourneys) -> None:
    from desireline.base.console import say

    shown = len(result.journeys)
    cover = "the most common one covers" if shown == 1 else f"the {shown} most common ones cover"
    paths = "path" if result.total_paths == 1 else "different paths"
    say(
        f"{result.total_paths:,} {paths} of {result.total_customers:,} customers; "
        f"{cover} {share_text(result.journeys[-1].covered)} of them"
    )
