"""``desireline journeys clusters``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    SpanOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.results.clusters import Cluster, Clusters

_PATH_SHOWN = 6


def clusters(
    workspace: WorkspaceOption,
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", help="How often journeys of each cluster have this touchpoint; may come again."),
    ] = None,
    count: Annotated[
        int | None, typer.Option("--clusters", min=1, max=30, help="So many; without it as many as the data have.")
    ] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Clusters of similar journeys: how many there are of each, what sets them apart, how often they end well."""
    from desireline.journeys import clusters as ask_clusters

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_clusters(
            opened,
            outcome=outcome or (),
            clusters=count,
            progress=progress,
            **options,
        )
    columns = ["cluster", "journeys", "share", "customers", "interactions", "median time"]
    if result.outcome:
        columns += ["outcome", "95% interval", "than others"]
    rows = [_row(each) for each in result.clusters]
    print_result(result, [*columns, "such a journey"], rows, as_json=as_json, top=None)
    if rows and not as_json:
        _say_how_many(result)
    save_if_asked(result, picture, opened, **options)


def _row(each: Cluster) -> list[Any]:
    from desireline.base import format_seconds

    row = [
        each.name,
        each.spans,
        share_text(each.share.value),
        each.customers,
        f"{each.median_interactions:g}",
        format_seconds(each.median_seconds),
    ]
    if each.outcome is not None:
        interval = f"{share_text(each.outcome.low)} to {share_text(each.outcome.high)}"
        row += [share_text(each.outcome.value), interval, _direction(each)]
    steps = " → ".join(each.path[:_PATH_SHOWN]) or "–"
    left = len(each.path) - _PATH_SHOWN
    return [*row, f"{steps} → … and {left} more" if left > 0 else steps]


def _direction(each: Cluster) -> str:
    if each.difference is None:
        return "–"
    if each.difference.untested is not None:
        return each.difference.verdict_text()
    if not each.difference.is_sure:
        return "not surely other"
    return "more" if each.difference.difference > 0 else "less"


def _say_how_many(result: Clusters) -> None:
    from desireline.base.console import say

    own = sum(not each.is_rest for each in result.clusters)
    chosen = next((each for each in result.judged if each.clusters == own), None)
    if not result.judged:
        said = f"{own} clusters" if own != 1 else "one cluster"
    elif own == 1:
        said = "nothing separates these journeys more than chance would: they are one cluster"
    elif chosen is None:
        said = f"{own} clusters"
    else:
        said = (
            f"{own} clusters explain {share_text(chosen.explained)} of the differences between journeys, "
            f"{share_text(chosen.by_chance)} where touchpoints are dealt by chance"
        )
    say(f"{said} (found in {result.sampled:,} of {result.total_spans:,} journeys)")
