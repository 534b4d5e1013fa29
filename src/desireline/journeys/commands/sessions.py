"""``desireline journeys sessions``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, save_if_asked
from desireline.journeys.commands.options import (
    GapOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    TopOption,
    WhereOption,
)

if TYPE_CHECKING:
    from desireline.journeys.model import DistributionBin


def sessions(
    workspace: WorkspaceOption,
    gap: GapOption = "30m",
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    top: TopOption = None,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sessions: how many, how long, how both are distributed."""
    from desireline.base import format_seconds
    from desireline.journeys import sessions as ask_sessions

    with asking(workspace) as (opened, progress):
        result = ask_sessions(opened, gap=gap, period=period, where=where, segment=segment, progress=progress)
    save_if_asked(result, picture, opened, period=period, where=where, segment=segment, span="session", gap=gap)
    if as_json:
        typer.echo(result.to_json())
        return
    if result.sessions == 0:
        typer.echo("Nothing was found: no interaction fits.", err=True)
        return
    typer.echo(
        f"{result.sessions:,} sessions of {result.customers:,} customers; median {result.median_interactions:g} "
        f"interactions, {format_seconds(result.median_seconds)}"
    )
    _print_bins("interactions", result.interactions_distribution[:top])
    _print_bins("duration", result.seconds_distribution[:top])


def _print_bins(measure: str, bins: Sequence[DistributionBin]) -> None:
    from desireline.base.console import print_table
    from desireline.journeys.pictures.counts import bin_text

    rows = [[bin_text(measure, each), each.sessions] for each in bins]
    typer.echo()
    print_table([measure, "sessions"], rows)
