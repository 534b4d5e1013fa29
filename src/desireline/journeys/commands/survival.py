"""``desireline journeys survival``."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, save_if_asked, share_text
from desireline.journeys.commands.options import (
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.results.survival import Survival, SurvivalComparison, SurvivalUnit

SHOWN_TIMES = 12


def survival(
    workspace: WorkspaceOption,
    events: Annotated[
        list[str] | None, typer.Option("--event", help="Touchpoint until which is measured; repeat it for several.")
    ] = None,
    churn: Annotated[str | None, typer.Option("--churn", help="Or a silence of this length: 90d.")] = None,
    starts: Annotated[
        list[str] | None, typer.Option("--start", help="Touchpoint from which is measured; any without it.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="minute, hour or day.")] = "day",
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
    from desireline.journeys import survival as ask_survival

    with asking(workspace) as (opened, progress):
        asked = partial(
            ask_survival,
            opened,
            events=events or (),
            churn=churn,
            starts=starts or (),
            unit=_unit(unit),
            progress=progress,
        )
        first = asked(**selection_options(period, where, segment, "life", "30m", journey))
        result: Survival | SurvivalComparison = first
        if against is not None:
            second = asked(**selection_options(period, where, against, "life", "30m", journey))
            result = first.against(second, name=segment or "everybody", other_name=against)
    if as_json:
        typer.echo(result.to_json())
    elif against is None:
        _print(first)
    else:
        _print_both((segment or "everybody", first), (against, second))
    save_if_asked(result, picture)


def _print(found: Survival) -> None:
    from desireline.base.console import print_table, say

    if not found.steps:
        say("Nothing was found: nobody started.")
        return
    stride = -(-len(found.steps) // SHOWN_TIMES)
    shown = [*found.steps[:-1:stride], found.steps[-1]]
    rows = [
        [each.time, each.at_risk, share_text(each.survival), f"{share_text(each.low)} to {share_text(each.high)}"]
        for each in shown
    ]
    print_table([f"{found.unit}s since start", "still watched", f"without {found.what}", "95% interval"], rows)
    say(_told(found))
    if len(shown) < len(found.steps):
        say(f"{len(shown)} of {len(found.steps):,} times are shown; --json shows all")


def _print_both(first: tuple[str, Survival], second: tuple[str, Survival]) -> None:
    from desireline.base.console import print_table, say
    from desireline.journeys.results.survival import p_text

    rows = [
        [name, each.customers, each.happened, each.median, f"{_time(each.median_low)} to {_time(each.median_high)}"]
        for name, each in (first, second)
    ]
    unit = first[1].unit
    print_table(["customers", "n", f"with {first[1].what}", f"median {unit}s", "95% interval"], rows)
    compared = first[1].against(second[1])
    chi_squared = "" if math.isnan(compared.p) else f"chi squared {compared.chi_squared:.2f}, "
    say(f"log-rank test: {chi_squared}{p_text(compared.p)}")


def _told(found: Survival) -> str:
    counts = f"{found.customers:,} customers; {found.what} came to {found.happened:,} of them"
    if math.isnan(found.median):
        return f"{counts}, to less than half by the estimate"
    interval = f"95% interval {_time(found.median_low)} to {_time(found.median_high)}"
    return f"{counts}, to half within {_time(found.median)} {found.unit}s ({interval})"


def _time(time: float) -> str:
    return "?" if math.isnan(time) else f"{time:,.0f}"


def _unit(text: str) -> SurvivalUnit:
    if text == "minute":
        return "minute"
    if text == "hour":
        return "hour"
    if text == "day":
        return "day"
    raise typer.BadParameter(f"expected minute, hour or day, got {text!r}", param_hint="--unit")
