"""``desireline journeys funnel``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
    from desireline.journeys.results.funnel import Funnel, FunnelGroup, FunnelOrder

_MOST_NEXT = 5


def funnel(
    steps: Annotated[list[str], typer.Argument(metavar="STEP...", help="Touchpoints in their order.")],
    workspace: WorkspaceOption,
    within: Annotated[str | None, typer.Option("--within", help="From the first step to the last: 7d.")] = None,
    strict: Annotated[bool, typer.Option("--strict/--loose", help="Strict: nothing else between two steps.")] = False,
    in_any_order: Annotated[bool, typer.Option("--any", help="The steps may be done in any order.")] = False,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude",
            metavar="TOUCHPOINT",
            help='An attempt with this between its steps is taken out: Call, or "Call between 2 and 3". Several times.',
        ),
    ] = None,
    same: Annotated[
        str | None,
        typer.Option("--same", metavar="FIELD", help="All steps have the same: channel, case, attributes.product."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="FIELD", help="Break down: by channel, source, attributes.plan.")
    ] = None,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Also what those did who dropped, and who came back.")
    ] = False,
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
    """How many customers reach each step, how long they take, who they are, and what those do who drop."""
    from desireline.journeys import funnel as ask_funnel

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_funnel(
            opened,
            steps,
            within=within,
            order=_order(strict=strict, in_any_order=in_any_order),
            exclude=exclude or (),
            same=same,
            by=by,
            dropped=dropped,
            progress=progress,
            **options,
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top)
    save_if_asked(result, picture, opened, **options)


def _print(result: Funnel, top: int | None) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    if not result.steps[0].customers:
        say(_nobody(result))
        return
    columns = ["step", "customers", "of those who entered", "95% interval", "of the step before", "median wait"]
    rows: list[list[Any]] = [[result.steps[0].name, result.steps[0].customers, "", "", "", ""]]
    for step in result.steps[1:]:
        reached, went_on = step.overall, step.from_previous
        waited = format_seconds(step.median_seconds)
        share = share_text(went_on.value)
        rows.append([step.name, step.customers, share_text(reached.value), interval_text(reached), share, waited])
    print_table(columns, rows[:top])
    _print_groups(result)
    _print_drops(result)
    for note in _notes(result):
        say(note)


def _nobody(result: Funnel) -> str:
    step = result.steps[0].name
    if not result.without_same:
        return f"Nobody entered the funnel: no customer who was looked at has {step!r}."
    have = f"{counted(result.without_same, 'customer')} {'has' if result.without_same == 1 else 'have'}"
    return (
        f"Nobody entered the funnel: {have} {step!r}, but never with a value of {result.same}, which --same asks for."
    )


def _notes(result: Funnel) -> list[str]:
    """Who is left out or in no group, for a value that is not known."""
    found = []
    if result.without_same:
        have = f"{counted(result.without_same, 'customer')} {'has' if result.without_same == 1 else 'have'}"
        found.append(f"{have} {result.steps[0].name!r} only without a value of {result.same}: they do not enter")
    unknown = next((group.customers[0] for group in result.groups if group.value is None), 0)
    if unknown:
        found.append(
            f"no value: of {counted(unknown, 'customer')} no {result.by} is known at the first step, nor from before it; "
            "--segment chooses customers by what they ever had"
        )
    return found


def _order(*, strict: bool, in_any_order: bool) -> FunnelOrder:
    if strict and in_any_order:
        raise typer.BadParameter("expected either --strict or --any, got both", param_hint="--any")
    return "any" if in_any_order else "strict" if strict else "loose"


def _print_groups(result: Funnel) -> None:
    from desireline.base.console import print_table

    if not result.groups:
        return
    rows = [_group_row(group) for group in result.groups]
    typer.echo()
    columns = [str(result.by), "entered", "reached the last", "share", "95% interval", "the rest", "more than chance"]
    print_table(columns, rows)


def _group_row(group: FunnelGroup) -> list[Any]:
    share = group.shares()[-1]
    interval = interval_text(share)
    rest = share_text(group.difference.before.value)
    sure = group.difference.verdict_text() if group.difference.is_sure or group.difference.untested else "no"
    return [group.name, group.customers[0], group.customers[-1], share_text(share.value), interval, rest, sure]


def _print_drops(result: Funnel) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table

    if not result.drops:
        return
    columns = ["dropped after", "customers", "came back", "share", "95% interval", "median after"]
    rows: list[list[Any]] = []
    for drop in result.drops:
        share = drop.returned
        interval = interval_text(share)
        after = format_seconds(drop.median_return_seconds)
        rows.append([drop.step, drop.customers, drop.returned_customers, share_text(share.value), interval, after])
    typer.echo()
    print_table(columns, rows)
    nexts = [
        [drop.step, each.touchpoint or "nothing more", each.customers, share_text(each.share.value)]
        for drop in result.drops
        for each in drop.next[:_MOST_NEXT]
    ]
    if nexts:
        typer.echo()
        print_table(["dropped after", "came next", "customers", "share"], nexts)
