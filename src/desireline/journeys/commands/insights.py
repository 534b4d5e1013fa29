"""``desireline journeys insights``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, counted, save_if_asked
from desireline.journeys.commands.options import (
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    WhereOption,
)

if TYPE_CHECKING:
    from pathlib import Path

    from desireline.journeys.results.insights import Finding, Insights


def insights(
    workspace: WorkspaceOption,
    attributes: Annotated[
        list[str] | None,
        typer.Option("--attribute", help="Look at the segments of this field, such as attributes.plan; several times."),
    ] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help="Only so many, the strongest.")] = None,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is new: what changed, when, for whom, by how much, found without being asked."""
    from dataclasses import replace

    from desireline.journeys import insights as ask_insights

    with asking(workspace) as (opened, progress):
        result = ask_insights(
            opened,
            attributes=attributes,
            period=period,
            where=where,
            segment=segment,
            journey=journey,
            progress=progress,
        )
    result = replace(result, findings=result.findings[:top])
    if as_json:
        typer.echo(result.to_json())
    else:
        _print_all(result, workspace)
    save_if_asked(result, picture, opened, period=period, where=where, segment=segment, journey=journey)


def _print_all(result: Insights, workspace: Path) -> None:
    from desireline.base.console import say

    if not result.series:
        days = counted(result.days, "day")
        typer.echo(f"The record is too short to say: {days}, and 28 are needed with enough interactions.")
        return
    for number, each in enumerate(result.findings, start=1):
        _print(number, each, result.journey, workspace)
    if not result.findings:
        typer.echo("Nothing changed by more than chance.")
    within = "" if result.journey is None else f" in journeys {result.journey}"
    say(
        f"{result.series:,} series of {counted(result.days, 'day')} ({result.timezone}){within} were looked at. "
        "A finding says what changed, not why."
    )


def _print(number: int, finding: Finding, journey: str | None, workspace: Path) -> None:
    import shlex

    from desireline.base.console import say

    typer.echo(f"{number}. {finding.text}")
    low, high = (_difference_text(finding, each) for each in (finding.low, finding.high))
    of_all = "difference" if finding.trend is None else "from the beginning to the end"
    typer.echo(f"   {of_all} {low} to {high} (95%), n = {finding.n:,}, confidence {finding.confidence_text()}")
    for each in finding.also:
        typer.echo(f"   also: {each}")
    say(f"   journeys: {shlex.join([*finding.command(journey), '-w', str(workspace)])}")


def _difference_text(finding: Finding, difference: float) -> str:
    from desireline.base import format_seconds

    if finding.is_share:
        return f"{100 * difference:+.1f} points"
    if finding.measure == "wait":
        return ("-" if difference < 0 else "+") + format_seconds(abs(difference))
    return f"{difference:+,.2f}"
