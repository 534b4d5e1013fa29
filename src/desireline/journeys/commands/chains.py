"""``desireline journeys chains``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, print_result, save_if_asked, share_text
from desireline.journeys.commands.contacts import ChannelsOption
from desireline.journeys.commands.options import (
    AbandonedOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    WhereOption,
)

if TYPE_CHECKING:
    from desireline.journeys.estimates import Estimate
    from desireline.journeys.results.chains import Chains, SelfServiceTouchpoint

_NAMED = 6


def chains(
    workspace: WorkspaceOption,
    gap: Annotated[str, typer.Option("--gap", help="The longest pause between contacts for one need: 3d.")] = "3d",
    within: Annotated[
        str, typer.Option("--within", help="Resolved if nothing more comes so long after the end, more than --gap: 7d.")
    ] = "7d",
    self_service: Annotated[
        str | None, typer.Option("--self-service", help="Where customers help themselves; otherwise web,app,ivr,bot.")
    ] = None,
    needs: Annotated[
        str | None,
        typer.Option(
            "--need",
            help="Which visits to self-service are about a need: \"touchpoint = 'Help read'\". Otherwise as the settings say, or named like help.",
        ),
    ] = None,
    channels: ChannelsOption = None,
    abandoned: AbandonedOption = "abandoned",
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: Annotated[
        int, typer.Option("--top", min=1, help="So many chains and pushes, the most frequent ones.")
    ] = SHOWN,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Channels that customers go through for one need: resolved or not, costs, containment in self-service."""
    from desireline.journeys import chains as ask_chains

    with asking(workspace) as (opened, progress):
        result = ask_chains(
            opened,
            gap=gap,
            within=within,
            self_service=self_service,
            needs=needs,
            channels=channels,
            abandoned=abandoned,
            top=top,
            period=period,
            where=where,
            segment=segment,
            journey=journey,
            progress=progress,
        )
    _print(result, top, as_json=as_json)
    save_if_asked(
        result, picture, opened, period=period, where=where, segment=segment, journey=journey, channels=channels
    )


def _print(result: Chains, top: int, *, as_json: bool) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    currency = result.costing.currency
    columns = ["channels", "chains", "customers", "share", "resolved", "95% interval", "first to last"]
    columns += [f"cost {currency}", "per resolved"] * (currency is not None)
    rows = [
        [
            each.text,
            each.chains,
            each.customers,
            share_text(each.share.value),
            _of(each.resolved),
            _interval(each.resolved),
            format_seconds(each.median_seconds),
            *_costs(each.cost, each.cost_per_resolved),
        ]
        for each in result.chains
    ]
    if len(rows) > 1:
        total = [
            f"all ({result.different_chains:,})",
            result.total_chains,
            result.customers,
            "",
            _of(result.resolved),
            _interval(result.resolved),
            "",
        ]
        rows.append([*total, *_costs(result.cost, result.cost_per_resolved)])
    if not as_json and not rows:
        say("Nothing was found: no customer began a contact, or visited self-service for a need.")
        _say_self_service(result)
        return
    print_result(result, columns, rows, as_json=as_json, top=top)
    if as_json:
        return
    if result.containment[0].chains:
        print()
        contained = [
            [each.channel or "any", each.chains, share_text(each.contained.value), _interval(each.contained)]
            for each in result.containment
        ]
        print_table(["begin in", "chains", "contained", "95% interval"], contained)
    if result.pushes:
        print()
        pushes = [
            [
                each.source,
                each.target,
                each.count,
                each.customers,
                _of(each.share),
                _money(each.extra_per_push),
                _money(each.extra_cost),
            ]
            for each in result.pushes
        ]
        print_table(
            ["from", "to", "pushes", "customers", "of the moves away", f"{currency} more", f"{currency} in all"], pushes
        )
    for remark in _remarks(result):
        say(remark)
    _say_self_service(result)


def _say_self_service(result: Chains) -> None:
    """Which visits to self-service count."""
    from desireline.base.console import say

    counted, others = ([each for each in result.self_service if each.is_need is is_need] for is_need in (True, False))
    if not result.self_service:
        return
    rule = "named like help" if result.needs is None else "as the settings or --need say"
    say(f"self-service about a need, {rule}: {_listed(counted)}")
    if others:
        say(f"self-service about no need, left out: {_listed(others)}; --need says which are")


def _listed(touchpoints: list[SelfServiceTouchpoint]) -> str:
    named = [f"{each.touchpoint} ({each.interactions:,})" for each in touchpoints[:_NAMED]]
    more = len(touchpoints) - len(named)
    return ", ".join([*named, *[f"{more} more"] * (more > 0)]) or "none"


def _remarks(result: Chains) -> list[str]:
    from desireline.base import format_seconds

    window = format_seconds(result.within_seconds)
    found = [
        f"resolved: nothing more within {window} after the end, of {counted(result.resolved.n, 'chain')}; "
        f"left out, for their {window} are not over: {result.not_over:,}"
    ]
    if not result.resolved.n:
        found = [f"resolved: too early to say of any chain, for the {window} after them are not over"]
    if result.abandoned:
        found.append(f"left out there too, for their last contact was abandoned: {result.abandoned:,}")
    if result.costing.currency is None:
        found.append("No cost is known: neither a source nor [costs] in desireline.toml says what contacts cost.")
        return found
    unpriced = [f"{each.channel} ({each.unpriced:,})" for each in result.costing.channels if each.unpriced]
    if unpriced:
        found.append(
            f"No cost is known of contacts in {', '.join(unpriced)}: chains with them have none; costs are of "
            f"{0 if result.cost is None else result.cost.n:,} of {counted(result.resolved.n, 'chain')}."
        )
    saving = result.saving
    if saving is not None and saving.value == saving.value:
        interval = "" if saving.low != saving.low else f" (95% interval {saving.low:,.2f} to {saving.high:,.2f})"
        found.append(
            f"Estimate: one more point of containment would save {saving.value:,.2f} {result.costing.currency} a month{interval}."
        )
    return found


def _costs(cost: Estimate | None, per_resolved: Estimate | None) -> list[Any]:
    return [] if cost is None or per_resolved is None else [_money(cost.value), _money(per_resolved.value)]


def _money(amount: float) -> Any:
    from desireline.interactions.costs import money

    return money(amount)


def _of(estimate: Estimate) -> str:
    return f"{share_text(estimate.value)} of {estimate.n:,}" if estimate.n else "–"


def _interval(estimate: Estimate) -> str:
    return f"{share_text(estimate.low)} to {share_text(estimate.high)}" if estimate.n else "–"
