"""``desireline journeys compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, save_if_asked
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


def compare(
    workspace: WorkspaceOption,
    of: Annotated[
        str,
        typer.Option("--of", help="reach: touchpoints, channels and moves; or contacts, scores, outcomes, funnel …"),
    ] = "reach",
    step: Annotated[
        list[str] | None, typer.Option("--step", help="A step of the funnel that is compared; several times.")
    ] = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="The outcome whose attribution is compared; several times.")
    ] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    with_period: Annotated[str | None, typer.Option("--with-period", help="The period of the second group.")] = None,
    with_where: Annotated[str | None, typer.Option("--with-where", help="The condition of the second group.")] = None,
    with_segment: Annotated[str | None, typer.Option("--with-segment", help="The segment of the second group.")] = None,
    with_journey: Annotated[str | None, typer.Option("--with-journey", help="The journey of the second group.")] = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    top: TopOption = None,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Two periods or segments side by side: what differs, and whether by more than chance."""
    from desireline.base.console import print_table, say
    from desireline.journeys.comparing import compare_groups

    first = selection_options(period, where, segment, span, gap, journey)
    second = selection_options(
        with_period or period, with_where or where, with_segment or segment, span, gap, with_journey or journey
    )
    settings = {name: said for name, said in (("steps", step), ("outcomes", outcome)) if said}
    with asking(workspace) as (opened, progress):
        result = compare_groups(opened, first, second, of=of, settings=settings, progress=progress)
    save_if_asked(result, picture)
    if as_json:
        typer.echo(result.to_json())
        return
    shown = result.differences if top is None and not result.differences else result.differences[: top or SHOWN]
    rows = [
        [
            each.before.name,
            each.value_text("before"),
            each.value_text("after"),
            each.difference_text(),
            f"{each.before.n:,} and {each.after.n:,}",
            "yes" if each.is_sure else "–",
        ]
        for each in shown
    ]
    print_table(["", "first", "second", "difference (95%)", "n", "more than chance"], rows)
    sure = sum(each.is_sure for each in result.differences)
    say(f"{sure:,} of {len(result.differences):,} differences are more than chance; the others may be")
