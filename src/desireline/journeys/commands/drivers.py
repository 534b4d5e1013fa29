"""``desireline journeys drivers``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, save_if_asked, share_text
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
    from collections.abc import Sequence

    from desireline.journeys.results.drivers import Driver, Drivers
    from desireline.journeys.scoring import ScoreKind


def drivers(
    workspace: WorkspaceOption,
    outcomes: Annotated[
        list[str] | None,
        typer.Argument(metavar="OUTCOME...", help="Touchpoints; without any: the goal of --journey, or a low score."),
    ] = None,
    score_below: Annotated[
        float | None, typer.Option("--score-below", help="The outcome is an answer below so many points.")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="Of which survey: NPS, CSAT or CES.")] = "NPS",
    negative: Annotated[bool, typer.Option("--negative", help="The outcome is one to be avoided.")] = False,
    attributes: Annotated[
        list[str] | None,
        typer.Option("--attribute", help="A field whose values are compared, such as attributes.plan; repeat it."),
    ] = None,
    adjust: Annotated[
        str | None, typer.Option("--adjust", help="Compare only spans with the same value of this field, too.")
    ] = None,
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
    """What goes with an outcome, and the moments of truth: association, not cause."""
    from desireline.journeys import drivers as ask_drivers

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_drivers(
            opened,
            outcomes or (),
            score_below=score_below,
            kind=_kind(kind),
            negative=True if negative else None,
            attributes=attributes,
            adjust=adjust,
            progress=progress,
            **options,
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top or SHOWN)
    save_if_asked(result, picture, opened, **options)


def _print(result: Drivers, top: int) -> None:
    from desireline.base.console import print_table, say
    from desireline.journeys.results.drivers import ASSOCIATION

    if not result.spans:
        say("Nothing was found: no span has anything before the outcome.")
        _print_left_out(result)
        return
    reached = round(result.reached.value * result.spans)
    say(f"{result.outcome}: {reached:,} of {counted(result.spans, 'span')} of {counted(result.customers, 'customer')}")
    _print_left_out(result)
    if reached in (0, result.spans):
        say(f"There is nothing to compare: {'no' if not reached else 'every'} span has {result.outcome}.")
        return
    if not result.drivers:
        say("There is nothing to compare: no feature that some of the spans have and some have not.")
        return
    shown = result.drivers[:top]
    columns = ["what goes with it", "among", "spans", "with", "without", "odds ratio", "95% interval", "goes with"]
    print_table(columns, [_row(result, each) for each in shown])
    _say_what_turns(result, shown)
    if result.moments:
        typer.echo("\nmoments of truth")
        rows = [
            [
                each.touchpoint,
                share_text(each.reach.value),
                share_text(each.comparable / result.spans),
                _points(each.difference),
                _points(each.points),
                f"{_points(each.low)} to {_points(each.high)}",
                "yes" if each.is_sure else "no",
            ]
            for each in result.moments[:top]
        ]
        print_table(["touchpoint", "reach", "comparable", "difference", "at stake", "95% interval", "sure"], rows)
    say(
        f"\n{result.compared:,} features compared: {result.tested:,} have enough spans, {result.sure:,} are more than chance"
    )
    if len(result.drivers) > len(shown):
        say(f"the first {len(shown)} are shown; --top shows more, --json all")
    say(f"Compared at equal {'; '.join(result.adjusted_for)}.")
    if result.customers < result.spans:
        say("Several spans of one customer count as independent, which they are not: the intervals are too narrow.")
    say(ASSOCIATION)


def _say_what_turns(result: Drivers, shown: Sequence[Driver]) -> None:
    """Where the shares and the odds say the opposite; and which features are most likely one."""
    from desireline.base.console import say
    from desireline.journeys.results.drivers import ratio_text

    turned = [each for each in shown if each.is_sure and each.turns]
    for each in turned:
        shares = f"{share_text(each.having.value)} with it and {share_text(each.lacking.value)} without"
        say(f"{each.name} turns: {shares}, yet odds of {ratio_text(each.odds_ratio)} among spans that are alike")
    if turned:
        say(
            f"Where it turns, go by the odds: spans with it differ in {'; '.join(result.adjusted_for)} (Simpson's paradox)."
        )
    for group in result.alike(shown):
        names = " and ".join(each.name for each in group)
        say(f"{names}: equal numbers, so most likely the same spans; which of them matters cannot be told.")


def _print_left_out(result: Drivers) -> None:
    from desireline.base.console import say

    if result.at_once:
        say(
            f"{counted(result.at_once, 'more span')} {'has' if result.at_once == 1 else 'have'} nothing before the outcome"
        )
    if result.left_out:
        say(f"{result.left_out:,} are left out: it is not known whether the outcome comes")


def _row(result: Drivers, driver: Driver) -> list[Any]:
    from desireline.journeys.results.drivers import ratio_text

    interval = "–" if driver.low != driver.low else f"{ratio_text(driver.low)} to {ratio_text(driver.high)}"
    return [
        driver.name,
        driver.among or "all",
        driver.having.n,
        share_text(driver.having.value),
        share_text(driver.lacking.value),
        ratio_text(driver.odds_ratio),
        interval,
        result.goes_with(driver) + (", turns" if driver.is_sure and driver.turns else ""),
    ]


def _points(value: float) -> str:
    points = 100 * value
    return "–" if value != value else f"{points:+.2f}" if abs(points) < 1 else f"{points:+.1f}"


def _kind(text: str) -> ScoreKind:
    if text == "NPS":
        return "NPS"
    if text == "CSAT":
        return "CSAT"
    if text == "CES":
        return "CES"
    raise typer.BadParameter(f"expected NPS, CSAT or CES, got {text!r}", param_hint="--kind")
