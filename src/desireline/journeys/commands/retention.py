"""``desireline journeys retention``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, company_note, save_if_asked, share_text
from desireline.journeys.commands.options import (
    AnybodyOption,
    BegunOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    TopOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.results.retention import Retention, RetentionCell
    from desireline.kernels.calendar import CalendarUnit

SHOWN_PERIODS = 12


def retention(
    workspace: WorkspaceOption,
    starts: Annotated[
        list[str] | None,
        typer.Option(
            "--start", help="Touchpoint that begins; repeat it for several. Anything the customer did without it."
        ),
    ] = None,
    returns: Annotated[
        list[str] | None,
        typer.Option("--return", help="Touchpoint that counts as coming back; anything the customer did without it."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="day, week or month.")] = "week",
    cumulative: Annotated[
        bool, typer.Option("--cumulative", help="Who came back in a period or any later one, not in just that period.")
    ] = False,
    patience: Annotated[
        float, typer.Option("--patience", help="Inactive: silent for longer than so many times the own rhythm.")
    ] = 3.0,
    anybody: AnybodyOption = False,
    begun: BegunOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    as_json: JsonOption = False,
    picture: PictureOption = None,
) -> None:
    """Who comes back: cohorts by the period of their start, and who has fallen silent against the own rhythm."""
    from desireline.journeys import retention as ask_retention

    with asking(workspace) as (opened, progress):
        result = ask_retention(
            opened,
            starts=starts or (),
            returns=returns or (),
            by=_by(by),
            kind="on_or_after" if cumulative else "in",
            patience=patience,
            begun=begun,
            whose="anybody" if anybody else "customer",
            progress=progress,
            **selection_options(period, where, segment, "life", "30m", journey),
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top or SHOWN)
    save_if_asked(result, picture, opened, period=period, begun=begun, where=where, segment=segment, journey=journey)


def _print(result: Retention, top: int) -> None:
    from desireline.base.console import print_table, say

    if not result.cohorts:
        say("Nothing was found: nobody started.")
        return
    periods = min(len(result.curve), SHOWN_PERIODS + 1)
    rows: list[list[object]] = []
    lines = [(each.start.isoformat(), each.customers, each.cells, each.inactive) for each in result.cohorts[-top:]]
    for name, customers, cells, inactive in [*lines, ("in all", result.customers, result.curve, result.inactive)]:
        shares = [share_text(cell.share) for cell in cells[:periods]]
        silent = f"{share_text(inactive.value)} of {inactive.n:,}" if inactive.n else "–"
        rows.append([name, customers, *shares, *[""] * (periods - len(shares)), silent])
    print_table([f"{result.by} of start", "customers", *map(str, range(periods)), "inactive"], rows)
    print()
    curve = [
        [cell.since, cell.customers, cell.returned, share_text(cell.share), _interval(cell)]
        for cell in result.curve[:periods]
    ]
    print_table([f"{result.by}s since", "customers", "came back", "share", "95% interval"], curve)
    when = "in it" if result.kind == "in" else "in it or later"
    zone = "" if result.timezone == "UTC" else f" ({result.timezone})"
    say(f"Columns: {result.by}s{zone} since the start; who came back {when}. Empty: not over at the end of the record.")
    if result.left_out:
        say(company_note(result.left_out))
    low, high = result.inactive.low, result.inactive.high
    if result.inactive.n:
        say(
            f"Inactive: silent for longer than {result.patience:g} times the own rhythm, of those who have one; "
            f"95% interval {share_text(low)} to {share_text(high)}"
        )
    if result.inactive.n and result.value_at_stake == result.value_at_stake:
        say(
            f"Value at stake: the inactive brought {result.value_at_stake:,.2f} of the {result.value_of_judged:,.2f} of all who have "
            "a rhythm"
        )
    if len(result.cohorts) > top or len(result.curve) > periods:
        say(
            f"the last {min(top, len(result.cohorts))} of {len(result.cohorts)} cohorts are shown, and {periods} of "
            f"{len(result.curve)} {result.by}s; --json shows all"
        )


def _interval(cell: RetentionCell) -> str:
    return f"{share_text(cell.low)} to {share_text(cell.high)}" if cell.customers else "–"


def _by(text: str) -> CalendarUnit:
    if text == "day":
        return "day"
    if text == "week":
        return "week"
    if text == "month":
        return "month"
    raise typer.BadParameter(f"expected day, week or month, got {text!r}", param_hint="--by")
