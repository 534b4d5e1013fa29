"""``desireline journeys variants``."""

from __future__ import annotations

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, print_result, save_if_asked
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


def variants(
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
    """The exact paths: customers, share of all customers, median duration."""
    from desireline.base import format_seconds
    from desireline.journeys import variants as ask_variants

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        result = ask_variants(opened, top=top if as_json else top or SHOWN, progress=progress, **options)
    rows = [
        [each.customers, f"{each.share:.1%}", format_seconds(each.median_seconds), " → ".join(each.path)]
        for each in result.variants
    ]
    print_result(result, ["customers", "share", "median", "path"], rows, as_json=as_json, top=top)
    if not as_json:
        typer.echo(
            f"{counted(result.total_variants, 'different path')} of {counted(result.total_customers, 'customer')}",
            err=True,
        )
    save_if_asked(result, picture, opened, **options)
