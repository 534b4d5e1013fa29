"""``desireline journeys outcomes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import PeriodOption, PictureOption, SegmentOption, WhereOption

if TYPE_CHECKING:
    from desireline.journeys.results.outcomes import Outcomes


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
    if not as_json and result.journeys:
        _say_in_time(result)
    save_if_asked(result, picture, opened, period=period, where=where, segment=segment, journey=journey)


def _say_in_time(result: Outcomes) -> None:
    from desireline.base.console import say

    found = result.in_time
    if found.n:
        interval = f"{share_text(found.low)} to {share_text(found.high)}"
        of = f"of all {found.n:,} that began so long before the record ends"
        say(f"{found.name}: {share_text(found.value)} ({interval}) {of}")
    if result.undecided:
        undecided = f"{result.undecided:,} of {result.journeys:,} journeys are not decided yet"
        say(f"{undecided}: shares of those over lean towards the fast ones")
