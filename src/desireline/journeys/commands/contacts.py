"""``desireline journeys contacts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import (
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    WhereOption,
)

if TYPE_CHECKING:
    from desireline.journeys.estimates import Estimate
    from desireline.journeys.results.contacts import Contacts

ChannelsOption = Annotated[
    str | None,
    typer.Option(
        "--channels", help="Contacts in these channels only: phone,chat. Otherwise where people or bots answer."
    ),
]


def contacts(
    workspace: WorkspaceOption,
    within: Annotated[str, typer.Option("--within", help="A further contact so soon after is a repeat: 7d.")] = "7d",
    by: Annotated[str, typer.Option("--by", help="channel, team, agent, touchpoint or reason.")] = "channel",
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", help="What says the reason: touchpoint or attributes.NAME. Only the same one repeats."
        ),
    ] = None,
    channels: ChannelsOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="So many groups and chains of transfers.")] = SHOWN,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Contact quality: first contact resolution, repeats, transfers, waits, answers, outcomes."""
    from desireline.journeys import contacts as ask_contacts

    with asking(workspace) as (opened, progress):
        result = ask_contacts(
            opened,
            within=within,
            by=by,  # type: ignore[arg-type]
            reason=reason,
            channels=channels,
            top=top,
            period=period,
            where=where,
            segment=segment,
            journey=journey,
            progress=progress,
        )
    _print(result, top, as_json=as_json)
    save_if_asked(result, picture)


def _print(result: Contacts, top: int, *, as_json: bool) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    groups = [(result.label(group), group) for group in result.groups[:top]]
    if len(result.groups) > 1:
        groups.append(("all", result.total))
    rows = [
        [
            name,
            group.contacts,
            group.customers,
            _of(group.resolved),
            _interval(group.resolved),
            format_seconds(group.median_repeat_seconds),
            _of(group.transferred),
            _of(group.changed_agent),
        ]
        for name, group in groups
    ]
    columns = [
        result.by,
        "contacts",
        "customers",
        "resolved",
        "95% interval",
        "repeat after",
        "transferred",
        "changed agent",
    ]
    print_result(result, columns, rows, as_json=as_json, top=top)
    if as_json or not rows:
        return
    times = [
        [
            name,
            _words(time.name),
            time.mean.n,
            *map(format_seconds, (time.mean.value, time.median_seconds, time.p90_seconds)),
        ]
        for name, group in groups
        for time in group.times
        if time.mean.n
    ]
    if times:
        print()
        print_table([result.by, "time", "n", "mean", "median", "90% within"], times)
    if result.chains:
        print()
        chains = [[chain.contacts, chain.customers, _of(chain.share), chain.text] for chain in result.chains]
        print_table(["transferred", "customers", "share", "teams"], chains)
    outcomes = [
        [name, each.outcome, each.contacts, _of(each.share), _interval(each.share)]
        for name, group in groups
        for each in group.outcomes
        if name != "all" or group is not result.total
    ]
    if outcomes:
        print()
        print_table([result.by, "outcome", "contacts", "share", "95% interval"], outcomes)
    for remark in _remarks(result, format_seconds(result.within_seconds)):
        say(remark)


def _remarks(result: Contacts, window: str) -> list[str]:
    about = "" if result.reason is None else f" for the same {result.reason}"
    total = result.total
    found = [
        f"resolved: no further contact{about} within {window}, of {total.resolved.n:,} contacts; "
        f"left out, for their {window} are not over: {result.not_over:,}"
    ]
    if result.without_reason:
        found.append(f"left out there too, for they name no {result.reason}: {result.without_reason:,}")
    if result.without_case:
        found.append(
            f"without a case, so that nothing is known of transfers: {result.without_case:,} of {total.contacts:,} contacts"
        )
    if total.unanswered:
        found.append(f"contacts with a case at whose end the customer's message has no answer: {total.unanswered:,}")
    if result.opening_hours is not None:
        found.append(f"open hours: {result.opening_hours}")
    return found


def _words(name: str) -> str:
    from desireline.journeys.results.contacts import TIMES

    return TIMES[name]


def _of(estimate: Estimate) -> str:
    return f"{share_text(estimate.value)} of {estimate.n:,}" if estimate.n else "–"


def _interval(estimate: Estimate) -> str:
    return f"{share_text(estimate.low)} to {share_text(estimate.high)}" if estimate.n else "–"
