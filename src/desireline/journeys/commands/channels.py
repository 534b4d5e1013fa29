"""``desireline journeys channels``."""

from __future__ import annotations

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


def channels(
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
    """Moves between channels, and where journeys start and end."""
    from desireline.base.console import print_table
    from desireline.journeys import channels as ask_channels

    with asking(workspace) as (opened, progress):
        options = selection_options(period, where, segment, span, gap, journey)
        result = ask_channels(opened, top=top if as_json else top or SHOWN, progress=progress, **options)
    rows = [[move.source, move.target, move.count, move.customers] for move in result.moves]
    print_result(result, ["from", "to", "count", "customers"], rows, as_json=as_json, top=top, nothing=TWO_NEEDED)
    if not as_json:
        ends = {each.channel: each.count for each in result.ends}
        names = [each.channel for each in result.starts] + sorted(
            ends.keys() - {each.channel for each in result.starts}
        )
        starts = {each.channel: each.count for each in result.starts}
        typer.echo()
        print_table(["channel", "starts", "ends"], [[name, starts.get(name, 0), ends.get(name, 0)] for name in names])
    save_if_asked(result, picture, opened, **options)
