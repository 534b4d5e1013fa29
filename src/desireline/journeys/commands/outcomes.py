"""``desireline journeys outcomes``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import PeriodOption, PictureOption, SegmentOption, WhereOption


def outcomes(
    workspace: WorkspaceOption,
    journey: Annotated[str, typer.Option("--journey", help="Id or name of a journey definition.")],
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """How the journeys of a definition ended, and how long they took."""
    from desireline.base import format_seconds
    from desireline.journeys import outcomes as ask_outcomes

    with asking(workspace) as (opened, progress):
        result = ask_outcomes(opened, journey, period=period, where=where, segment=segment, progress=progress)
    rows = [
        [
            each.outcome,
            each.journeys,
            each.customers,
            share_text(each.share.value),
            f"{share_text(each.share.low)} to {share_text(each.share.high)}" if each.share.n else "–",
            format_seconds(each.median_seconds),
        ]
        for each in result.outcomes
    ]
    columns = ["outcome", "journeys", "customers", "of those over", "95% interval", "median duration"]
    print_result(
        result, columns, rows if result.journeys else [], as_json=as_json, top=None, nothing="no such journey begins"
    )
    save_if_asked(result, picture)
