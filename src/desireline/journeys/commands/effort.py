"""``desireline journeys effort``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, counted, save_if_asked, share_text
from desireline.journeys.commands.contacts import TransferredToOption
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    SpanOption,
    TeamsOption,
    TopOption,
    WhereOption,
    selection_options,
)

_TITLES = {"transfer": "transfers", "waiting_minute": "waiting", "identification": "identifying again"}
_HOW = {
    "transfer": "no contact has a case and a team, and no field tells of transfers: --transferred-to",
    "waiting_minute": "no source gives a wait or a hold",
    "identification": "say which interactions are identifications: --identification",
}

if TYPE_CHECKING:
    from desireline.journeys.estimates import Estimate
    from desireline.journeys.results.effort import Effort


def effort(
    workspace: WorkspaceOption,
    by: Annotated[
        str, typer.Option("--by", help="Where effort is added: channel, touchpoint, team or stage.")
    ] = "channel",
    within: Annotated[str, typer.Option("--within", help="How soon a repeat or a switch comes: 7d.")] = "7d",
    channels: Annotated[
        str | None, typer.Option("--channels", help="Only contacts in these are service contacts: phone,chat.")
    ] = None,
    identification: Annotated[
        str | None, typer.Option("--identification", help="Which are identifications: \"touchpoint contains 'ident'\".")
    ] = None,
    transferred_to: TransferredToOption = None,
    teams: TeamsOption = None,
    weight: Annotated[
        list[str] | None, typer.Option("--weight", help="Of a part of effort: repeat=2; may be repeated.")
    ] = None,
    threshold: Annotated[float, typer.Option("--threshold", help="Say how many have more points.")] = 5.0,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the weights to the answers to CES.")] = False,
    look_back: Annotated[str, typer.Option("--look-back", help="Effort so long before an answer counts: 30d.")] = "30d",
    scale: Annotated[str | None, typer.Option("--scale", help="Of CES: 1..7.")] = None,
    high_means: Annotated[
        str | None, typer.Option("--high-means", help="Of CES: good (high is easy) or effort.")
    ] = None,
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
    """How much effort customers have, what makes it, and where it is added."""
    from desireline.journeys import effort as ask_effort

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_effort(
            opened,
            by=cast(Any, by),
            within=within,
            channels=channels,
            identification=identification,
            transferred_to=transferred_to,
            teams=teams,
            weights=weight or (),
            threshold=threshold,
            fit=fit,
            look_back=look_back,
            scale=scale,
            high_means=cast(Any, high_means),
            progress=progress,
            **options,
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print_effort(result, top)
    save_if_asked(result, picture, opened, **options, channels=channels, teams=teams)


def _print_effort(result: Effort, top: int | None) -> None:
    from desireline.base.console import print_table, say

    if not result.with_effort.n or not result.with_effort.value:
        say("Nothing was found: no customer began a service contact, on the phone, in a chat or with a team.")
        _print_fit(result)
        return
    rows = [
        ["median", f"{result.median:.2f}", ""],
        ["middle half", f"{result.lower_quartile:.2f} to {result.upper_quartile:.2f}", ""],
        ["mean", f"{result.mean.value:.2f}", _interval(result.mean)],
        [f"above {result.threshold:g} points", share_text(result.above.value), _interval(result.above)],
        ["with any effort", share_text(result.with_effort.value), _interval(result.with_effort)],
    ]
    if result.mean.n:
        print_table([f"points of {result.mean.n:,} with effort", "", "95% interval"], rows)
        typer.echo()
    _print_components(result)
    _print_fit(result)
    typer.echo()
    groups = [
        [
            each.label,
            each.contacts,
            f"{each.points:,.1f}",
            share_text(each.share),
            f"{each.per_contact.value:.2f}" if each.per_contact.n else "–",
            _interval(each.per_contact),
            ", ".join(_TITLES[name] for name in result.without(each)),
        ]
        for each in result.groups[: top or SHOWN]
    ]
    columns = [result.by, "contacts", "points", "share", "per contact", "95% interval", "not known"]
    if not any(row[-1] for row in groups):
        columns, groups = columns[:-1], [row[:-1] for row in groups]
    print_table(columns, groups)
    _say_what_is_unknown(result)


def _print_components(result: Effort) -> None:
    from desireline.base.console import print_table

    columns = ["part of effort", "known of", "how many", "weight", "points", "share"]
    rows = [
        [
            each.component,
            f"{counted(each.contacts, 'contact')}, {counted(each.spans, 'journey')}" if each.contacts else "none",
            "–" if math.isnan(each.amount) else f"{each.amount:,.0f}",
            f"{known.weight:.3g}",
            "–" if math.isnan(each.points) else f"{each.points:,.1f}",
            share_text(each.share),
        ]
        for each, known in zip(result.components, result.weights, strict=True)
    ]
    if result.fit is not None and result.fit.is_used:
        columns.append("95% interval of the weight")
        for row, known in zip(rows, result.weights, strict=True):
            row.append(f"{known.low:.3g} to {known.high:.3g}" if known.low == known.low else "–")
    print_table(columns, rows)


def _say_what_is_unknown(result: Effort) -> None:
    from desireline.base.console import say

    if result.incomplete:
        left = "1 journey is" if result.incomplete == 1 else f"{result.incomplete:,} journeys are"
        say(
            f"{left} left out of median, mean and shares: of a contact in it something is not known that its source tells of others"
        )
    unknown = [each.component for each in result.components if not each.contacts]
    for name in unknown:
        say(f"{_TITLES[name]}: not known, so it is no part of the points; {_HOW[name]}")
    if result.fit is not None and result.fit.is_used:
        say(
            "Intervals of means count in how unsure the fitted weights are; the median, quartiles and shares take the weights as they are."
        )


def _print_fit(result: Effort) -> None:
    from desireline.base.console import say

    fit = result.fit
    if fit is None:
        return
    if fit.left_out:
        say(f"answers to CES left out, for something before them is not known: {fit.left_out:,}")
    if not fit.is_used:
        say(f"The weights are not fitted: {fit.reason}. They are those of the settings.")
        return
    explained = "nothing" if not fit.r_squared > 0 else f"{fit.r_squared:.1%} of the variance"
    say(f"fitted to {fit.answers:,} answers to CES; explains {explained} of answers it was not fitted to")
    if fit.drawn_to:
        say(
            f"drawn to the weights of the settings, which count as much as {fit.drawn_to:,.0f} answers: that foretells others best"
        )
    zero = [each.component for each in result.weights if each.weight == 0 and each.low == each.low]
    if zero:
        say(f"0 for {', '.join(zero)}: with more of it, answers tell of no more effort")
    known = {each.component for each in result.components if each.contacts}
    unseen = [each.component for each in result.weights if each.low != each.low and each.component in known]
    if unseen:
        say(f"not fitted, for no answer has any before it, but the weight of the settings, scaled: {', '.join(unseen)}")


def _interval(estimate: Estimate) -> str:
    if estimate.low != estimate.low:
        return "–"
    if estimate.kind == "share":
        return f"{share_text(estimate.low)} to {share_text(estimate.high)}"
    return f"{estimate.low:.2f} to {estimate.high:.2f}"
