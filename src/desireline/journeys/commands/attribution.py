"""``desireline journeys attribution``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, interval_text, save_if_asked, share_text
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
    from desireline.journeys.results.attribution import Attribution, Credit


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

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_attribution(
            opened,
            outcomes,
            by=_by(by),
            lookback=lookback,
            half_life=half_life,
            progress=progress,
            **options,
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top or SHOWN)
    save_if_asked(result, picture, opened, **options)


def _print(result: Attribution, top: int) -> None:
    from desireline.base.console import print_table, say
    from desireline.journeys.results.attribution import MODELS

    if not result.attributed:
        _say_nobody(result)
        return
    titles = [model.title for model in MODELS]
    shown = result.touched[:top]
    typer.echo("conversions credited")
    rows = [
        [
            each.name,
            each.journeys,
            each.converting,
            share_text(each.conversion.value),
            interval_text(each.conversion),
            *(credit.conversions for credit in each.credits),
        ]
        for each in shown
    ]
    print_table([result.by, "journeys", "converting", "share", "95% interval", *titles], rows)
    typer.echo("\nshare of them in per cent, with 95% intervals")
    print_table([result.by, *titles], [[each.name, *map(_credit_text, each.credits)] for each in shown])
    say(f"\n{result.attributed:,} of {counted(result.journeys, 'journey')} converted")
    if result.unattributed:
        say(
            f"{counted(result.unattributed, 'more conversion')} had nothing before {'it' if result.unattributed == 1 else 'them'}"
        )
    if len(result.touched) > len(shown):
        say(f"the first {len(shown)} of {len(result.touched):,} are shown; --top shows more, --json all")
    say("What each model assumes (none of them shows a cause):")
    for model in MODELS:
        say(f"  {model.title}: {model.assumes}")


def _say_nobody(result: Attribution) -> None:
    from desireline.base.console import say

    if not result.conversions and not result.journeys:
        say("Nothing was found: no interaction fits.")
        return
    outcomes = " or ".join(map(repr, result.outcomes))
    if result.unattributed:
        say(f"No credit to give: {counted(result.unattributed, 'conversion')} to {outcomes}, all with nothing before.")
        return
    say(f"Nobody converted: none of {counted(result.journeys, 'journey')} that were looked at has {outcomes}.")


def _credit_text(credit: Credit) -> str:
    share = _per_cent(credit.share)
    return share if credit.low != credit.low else f"{share} ({_per_cent(credit.low)}–{_per_cent(credit.high)})"


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f}" if abs(share) < 0.0995 else f"{100 * share:.0f}"


def _by(text: str) -> FlowBy:
    if text == "touchpoint":
        return "touchpoint"
    if text == "channel":
        return "channel"
    raise typer.BadParameter(f"expected touchpoint or channel, got {text!r}", param_hint="--by")
