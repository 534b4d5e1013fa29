"""``desireline journeys attribution``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from desireline.journeys.model import FlowBy
    from desireline.journeys.results.attribution import Attribution


def attribution(
    outcomes: Annotated[list[str], typer.Argument(metavar="OUTCOME...", help="Touchpoints that are conversions.")],
    workspace: WorkspaceOption,
    by: Annotated[str, typer.Option("--by", help="What gets the credit: touchpoint or channel.")] = "touchpoint",
    lookback: Annotated[str, typer.Option("--lookback", help="What lies so long before counts.")] = "30d",
    half_life: Annotated[
        str, typer.Option("--half-life", help="Time decay: so much earlier, and it counts half as much.")
    ] = "7d",
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    as_json: JsonOption = False,
    picture: PictureOption = None,
) -> None:
    """Which touchpoints get the credit for conversions: seven models side by side."""
    from desireline.journeys import attribution as ask_attribution

    with asking(workspace) as (opened, progress):
        result = ask_attribution(
            opened,
            outcomes,
            by=_by(by),
            lookback=lookback,
            half_life=half_life,
            progress=progress,
            **selection_options(period, where, segment, span, gap, journey),
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top or SHOWN)
    save_if_asked(result, picture)


def _print(result: Attribution, top: int) -> None:
    from desireline.base.console import print_table, say
    from desireline.journeys.results.attribution import MODELS

    if not result.touched:
        say("Nothing was found: there is no interaction beside the conversions.")
        return
    titles = [model.title for model in MODELS]
    shown = result.touched[:top]
    typer.echo("conversions credited")
    rows = [
        [each.name, each.journeys, each.converting, *(credit.conversions for credit in each.credits)] for each in shown
    ]
    print_table([result.by, "journeys", "converting", *titles], rows)
    if result.attributed:
        typer.echo("\nshare of them")
        print_table([result.by, *titles], [[each.name, *(f"{c.share:.1%}" for c in each.credits)] for each in shown])
    say(f"\n{result.attributed:,} of {result.journeys:,} journeys converted")
    if result.unattributed:
        say(f"{result.unattributed:,} more conversions had nothing before them")
    if len(result.touched) > len(shown):
        say(f"the first {len(shown)} of {len(result.touched):,} are shown; --top shows more, --json all")
    say("What each model assumes (none of them shows a cause):")
    for model in MODELS:
        say(f"  {model.title}: {model.assumes}")


def _by(text: str) -> FlowBy:
    if text == "touchpoint":
        return "touchpoint"
    if text == "channel":
        return "channel"
    raise typer.BadParameter(f"expected touchpoint or channel, got {text!r}", param_hint="--by")
