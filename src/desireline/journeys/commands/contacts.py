"""``desireline journeys contacts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import (
    AbandonedOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    TeamsOption,
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

TransferredToOption = Annotated[
    str | None,
    typer.Option(
        "--transferred-to",
        metavar="FIELD",
        help="Names the team to which an interaction was transferred: attributes.NAME. Otherwise as the settings say.",
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
    transferred_to: TransferredToOption = None,
    abandoned: AbandonedOption = "abandoned",
    teams: TeamsOption = None,
    weekday: Annotated[
        str | None,
        typer.Option("--weekday", help="Tell only of contacts that begin on this day of the week, such as Monday."),
    ] = None,
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
            transferred_to=transferred_to,
            abandoned=abandoned,
            teams=teams,
            weekday=weekday,
            top=top,
            period=period,
            where=where,
            segment=segment,
            journey=journey,
            progress=progress,
        )
    _print(result, top, as_json=as_json)
    save_if_asked(
        result,
        picture,
        opened,
        period=period,
        where=where,
        segment=segment,
        journey=journey,
        channels=channels,
        teams=teams,
    )


def _print(result: Contacts, top: int, *, as_json: bool) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    if not as_json and not result.total.contacts:
        say("Nothing was found: no customer began a service contact, on the phone, in a chat or with a team.")
        return
    groups = [(result.label(group), group) for group in result.groups[:top]]
    if len(result.groups) > 1:
        groups.append(("all", result.total))
    total = result.total
    has_abandoned = total.abandoned.n > 0 and total.abandoned.value > 0
    has_transfers, has_agents = total.transferred.n > 0, total.changed_agent.n > 0
    rows = [
        [
            name,
            group.contacts,
            group.customers,
            *[_of(group.abandoned)] * has_abandoned,
            _of(group.resolved),
            _interval(group.resolved),
            format_seconds(group.median_repeat_seconds),
            *[_of(group.transferred)] * has_transfers,
            *[_of(group.changed_agent)] * has_agents,
        ]
        for name, group in groups
    ]
    columns = [result.by, "contacts", "customers", *["abandoned"] * has_abandoned]
    columns += ["resolved", "95% interval", "repeat after"]
    columns += ["transferred"] * has_transfers + ["changed agent"] * has_agents
    print_result(result, columns, rows, as_json=as_json, top=top)
    if as_json:
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
        chains = [[chain.text, chain.contacts, chain.customers, _of(chain.share)] for chain in result.chains]
        print_table(["transferred", "contacts", "customers", "of the transferred"], chains)
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
    day = [] if result.weekday is None else [f"Only contacts that begin on a {result.weekday}."]
    found = [
        f"resolved: no further contact{about} within {window}, of {counted(total.resolved.n, 'contact')}; "
        f"left out, for their {window} are not over: {result.not_over:,}"
    ]
    if not total.resolved.n:
        found = [f"resolved: too early to say of any contact, for the {window} after them are not over"]
    if gave_up := round(total.abandoned.value * total.abandoned.n):
        found.append(f"left out there and of the handle time, for they were abandoned: {gave_up:,}")
    if result.without_reason:
        found.append(f"left out there too, for they name no {result.reason}: {result.without_reason:,}")
    if total.transferred.n < total.contacts:
        found.append(_transfers_remark(result))
    if total.unanswered:
        found.append(f"contacts with a case at whose end the customer's message has no answer: {total.unanswered:,}")
    if result.opening_hours is not None:
        found.append(f"open hours: {result.opening_hours}")
    return [*day, *found]


def _transfers_remark(result: Contacts) -> str:
    total, field = result.total, result.transferred_to
    told = "" if field is None else f", or from a source and channel with transfers in {field}"
    if not total.transferred.n:
        hint = "; name the field that tells of transfers: --transferred-to" if field is None else ""
        return f"transfers: not known, for no contact has a case and a team{told}{hint}"
    return f"transfers: known of {total.transferred.n:,} of {counted(total.contacts, 'contact')}, those with a case and a team{told}"


def _words(name: str) -> str:
    from desireline.journeys.results.contacts import TIMES

    return TIMES[name]


def _of(estimate: Estimate) -> str:
    return f"{share_text(estimate.value)} of {estimate.n:,}" if estimate.n else "–"


def _interval(estimate: Estimate) -> str:
    return f"{share_text(estimate.low)} to {share_text(estimate.high)}" if estimate.n else "–"
