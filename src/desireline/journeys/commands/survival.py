"""``desireline journeys survival``."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, company_note, counted, save_if_asked, share_text
from desireline.journeys.commands.options import (
    AnybodyOption,
    BegunOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.results.survival import Survival, SurvivalComparison, SurvivalStep, SurvivalUnit

SHOWN_TIMES = 12


def survival(
    workspace: WorkspaceOption,
    events: Annotated[
        list[str] | None, typer.Option("--event", help="Touchpoint until which is measured; repeat it for several.")
    ] = None,
    churn: Annotated[str | None, typer.Option("--churn", help="Or a silence of this length: 90d.")] = None,
    starts: Annotated[
        list[str] | None,
        typer.Option("--start", help="Touchpoint from which is measured; anything the customer did without it."),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="minute, hour or day.")] = "day",
    anybody: AnybodyOption = False,
    begun: BegunOption = None,
    against: Annotated[
        str | None, typer.Option("--against", help="Also the customers of this other segment, with the log-rank test.")
    ] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    as_json: JsonOption = False,
    picture: PictureOption = None,
) -> None:
    """How long customers stay until an event, or until they fall silent: the Kaplan-Meier curve."""
    from desireline.base import InputError
    from desireline.base.console import say
    from desireline.journeys import survival as ask_survival
    from desireline.journeys.separating import separate

    if bool(events) == (churn is not None):
        got = "both" if events else "none"
        raise InputError(
            f"expected either --event or --churn, got {got}",
            hint="such as --event 'Contract cancelled', or --churn 90d",
        )
    with asking(workspace) as (opened, progress):
        asked = partial(
            ask_survival,
            opened,
            events=events or (),
            churn=churn,
            starts=starts or (),
            unit=_unit(unit),
            begun=begun,
            whose="anybody" if anybody else "customer",
            progress=progress,
        )
        options = selection_options(period, where, segment, "life", "30m", journey)
        note = ""
        if against is not None:
            groups = separate(opened, options, {**options, "segment": against}, progress=progress)
            options, other, note = groups.first, groups.second, groups.sizes.note
        first = asked(**options)
        result: Survival | SurvivalComparison = first
        if against is not None:
            second = asked(**other)
            result = first.against(second, name=segment or "the others", other_name=against)
    if as_json:
        typer.echo(result.to_json())
    elif against is None:
        _print(first)
    else:
        _print_both((segment or "the others", first), (against, second))
    left_out = first.left_out + (0 if against is None else second.left_out)
    if left_out and not as_json:
        say(company_note(left_out))
    if note and not as_json:
        say(note)
    save_if_asked(result, picture, opened, period=period, begun=begun, where=where, segment=segment, journey=journey)


def _print(found: Survival) -> None:
    from desireline.base.console import print_table, say

    if not found.steps:
        say("Nothing was found: nobody started.")
        return
    stride = -(-len(found.steps) // SHOWN_TIMES)
    shown = [*found.steps[:-1:stride], found.steps[-1]]
    rows = [[each.time, each.at_risk, share_text(each.survival), _interval(each)] for each in shown]
    print_table([f"{found.unit}s since start", "still watched", f"without {found.what}", "95% interval"], rows)
    say(_told(found))
    if len(shown) < len(found.steps):
        say(f"{len(shown)} of {len(found.steps):,} times are shown; --json shows all")


def _print_both(first: tuple[str, Survival], second: tuple[str, Survival]) -> None:
    from desireline.base.console import print_table, say
    from desireline.journeys.results.survival import p_text

    rows = [
        [name, each.customers, each.happened, each.median, _median_interval(each)] for name, each in (first, second)
    ]
    unit = first[1].unit
    print_table(["customers", "n", f"with {first[1].what}", f"median {unit}s", "95% interval"], rows)
    compared = first[1].against(second[1])
    chi_squared = "" if math.isnan(compared.p) else f"chi squared {compared.chi_squared:.2f}, "
    say(f"log-rank test: {chi_squared}{p_text(compared.p)}")


def _told(found: Survival) -> str:
    counts = f"{counted(found.customers, 'customer')}; {found.what} came to {found.happened:,} of them"
    if not found.happened:
        return counts
    if math.isnan(found.median):
        return f"{counts}, to less than half by the estimate"
    return (
        f"{counts}, to half within {counted(round(found.median), found.unit)} (95% interval {_median_interval(found)})"
    )


def _interval(step: SurvivalStep) -> str:
    return "–" if math.isnan(step.low) else f"{share_text(step.low)} to {share_text(step.high)}"


def _median_interval(found: Survival) -> str:
    """Of the median; its ends are open where the curve of the interval does not come down to half."""
    low, high = found.median_low, found.median_high
    if math.isnan(low):
        return "–" if math.isnan(high) else f"up to {high:,.0f}"
    return f"from {low:,.0f} on" if math.isnan(high) else f"{low:,.0f} to {high:,.0f}"


def _unit(text: str) -> SurvivalUnit:
    if text == "minute":
        return "minute"
    if text == "hour":
        return "hour"
    if text == "day":
        return "day"
    raise typer.BadParameter(f"expected minute, hour or day, got {text!r}", param_hint="--unit")
