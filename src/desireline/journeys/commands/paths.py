"""``desireline journeys paths``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, counted, interval_text, save_if_asked, share_text
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
    from desireline.journeys.results.paths import PathAnchor, Paths


def paths(
    touchpoint: Annotated[str, typer.Argument(help="The touchpoint that paths begin at.")],
    workspace: WorkspaceOption,
    before: Annotated[bool, typer.Option("--before", help="What leads to it, not what follows.")] = False,
    steps: Annotated[int, typer.Option("--steps", help="So many steps, at most 20.")] = 5,
    anchor: Annotated[
        str, typer.Option("--anchor", help="Which occurrence in a journey begins a path: first, last or every.")
    ] = "first",
    keep_repeats: Annotated[bool, typer.Option("--keep-repeats", help="A direct repeat is a step of its own.")] = False,
    weekday: Annotated[
        str | None, typer.Option("--weekday", help="Only paths that begin on this day of the week, such as Monday.")
    ] = None,
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
    """What follows a touchpoint, or leads to it, step by step."""
    from desireline.journeys import paths as ask_paths
    from desireline.journeys.analyses.paths import DEFAULT_TOP

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_paths(
            opened,
            touchpoint,
            direction="before" if before else "after",
            steps=steps,
            top=top or DEFAULT_TOP,
            anchor=_anchor(anchor),
            repeats="kept" if keep_repeats else "folded",
            weekday=weekday,
            progress=progress,
            **options,
        )
    save_if_asked(result, picture, opened, **options)
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result)


def _print(result: Paths) -> None:
    from desireline.base.console import print_table, say

    if not result.paths:
        say(
            f"Nothing was found: none of {counted(result.total_spans, 'journey')} that were looked at has {result.touchpoint!r}."
        )
        return
    ends = "end here" if result.direction == "after" else "begin here"
    rows = [
        [
            each.step,
            each.name,
            each.paths,
            share_text(each.share.value),
            interval_text(each.share) if each.step else "",
            each.customers,
            each.ended,
        ]
        for each in result.nodes
    ]
    print_table(["step", "touchpoint", "paths", "share", "95% interval", "customers", ends], rows)
    if result.weekday is not None:
        say(f"Only paths that begin on a {result.weekday}.")
    names = [ends.split()[0] if each.name is None else each.name for each in result.main_path]
    whole = " → ".join(names if result.direction == "after" else names[::-1])
    taken = result.main_path[-1].paths
    say(f"Most common: {whole}, {taken:,} of {counted(result.paths, 'path')} ({share_text(taken / result.paths)})")
    say(
        f"{result.touchpoint} is in {result.spans:,} of {counted(result.total_spans, 'journey')}; links and times: --json"
    )


def _anchor(text: str) -> PathAnchor:
    if text == "first":
        return "first"
    if text == "last":
        return "last"
    if text == "every":
        return "every"
    raise typer.BadParameter(f"expected first, last or every, got {text!r}", param_hint="--anchor")
