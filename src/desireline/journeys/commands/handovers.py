"""``desireline journeys handovers``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.contacts import TransferredToOption
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
    from desireline.journeys.estimates import Estimate
    from desireline.journeys.results.handovers import Handovers


def handovers(
    workspace: WorkspaceOption,
    by: Annotated[
        str, typer.Option("--by", help="What names the department: team, source, or attributes.NAME.")
    ] = "team",
    within: Annotated[str, typer.Option("--within", help="What follows later is another need, no handover.")] = "7d",
    transferred_to: TransferredToOption = None,
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
        result = ask_handovers(
            opened, by=by, within=within, transferred_to=transferred_to, top=shown, progress=progress, **options
        )
    if not as_json and not result.handovers:
        _say_none(result)
        save_if_asked(result, picture, opened, **options)
        return
    has_told = any(each.told for each in result.handovers)
    rows = [
        [
            each.source,
            each.target,
            each.count,
            each.customers,
            *[each.told] * has_told,
            format_seconds(each.median_seconds),
            _with_interval(each.repeats),
            f"{format_seconds(each.wait.value)} (n = {each.wait.n:,})" if each.wait.n else "–",
        ]
        for each in result.handovers
    ]
    columns = ["from", "to", "handovers", "customers", *["only told"] * has_told]
    columns += ["dark time", "begin again (95%)", "wait after"]
    nothing = (
        f"nobody went from one {by} to another in that time" if result.spans else f"no interaction that fits has a {by}"
    )
    print_result(result, columns, rows, as_json=as_json, top=top, nothing=nothing)
    save_if_asked(result, picture, opened, **options)
    if not as_json:
        if has_told:
            say(f"only told: {result.transferred_to} names the {by}, and nothing follows there that is seen")
        say(
            f"{share_text(result.handed_over.value)} of {result.spans:,} spans with a known {by} have a handover; "
            f"{share_text(result.untraced.value)} begin without one"
        )
        if result.other_wait.n:
            say(f"mean wait elsewhere: {format_seconds(result.other_wait.value)} (n = {result.other_wait.n:,})")


def _say_none(result: Handovers) -> None:
    from desireline.base.console import say

    if not result.spans:
        say(f"Nothing was found: no interaction that was looked at names a {result.by}.")
        return
    spans = f"{result.spans:,} span{'s' if result.spans > 1 else ''} with a known {result.by}"
    from desireline.base import format_seconds

    say(f"No handovers: none of {spans} goes from one to another within {format_seconds(result.within_seconds)}.")


def _with_interval(estimate: Estimate) -> str:
    if not estimate.n:
        return "–"
    return f"{share_text(estimate.value)} ({share_text(estimate.low)} to {share_text(estimate.high)})"
