"""``desireline journeys effort``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, save_if_asked, share_text
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

    with asking(workspace) as (opened, progress):
        result = ask_effort(
            opened,
            by=cast(Any, by),
            within=within,
            channels=channels,
            identification=identification,
            weights=weight or (),
            threshold=threshold,
            fit=fit,
            look_back=look_back,
            scale=scale,
            high_means=cast(Any, high_means),
            progress=progress,
            **selection_options(period, where, segment, span, gap, journey),
        )
    if as_json:
        typer.echo(result.to_json())
    else:
        _print_effort(result, top)
    save_if_asked(result, picture)


def _print_effort(result: Effort, top: int | None) -> None:
    from desireline.base.console import print_table, say

    if not result.mean.n:
        say("Nothing was found: no customer began a service contact.")
        _print_fit(result)
        return
    rows = [
        ["median", f"{result.median:.2f}", ""],
        ["middle half", f"{result.lower_quartile:.2f} to {result.upper_quartile:.2f}", ""],
        ["mean", f"{result.mean.value:.2f}", _interval(result.mean)],
        [f"above {result.threshold:g} points", share_text(result.above.value), _interval(result.above)],
        ["with any effort", share_text(result.with_effort.value), _interval(result.with_effort)],
    ]
    print_table([f"points of {result.mean.n:,} with effort", "", "95% interval"], rows)
    typer.echo()
    columns = ["part of effort", "how many", "weight", "points", "share"]
    parts: list[list[Any]] = [
        [each.component, f"{each.amount:,.0f}", f"{known.weight:.3g}", f"{each.points:,.1f}", share_text(each.share)]
        for each, known in zip(result.components, result.weights, strict=True)
    ]
    if result.fit is not None and result.fit.is_used:
        columns.append("95% interval of the weight")
        for row, known in zip(parts, result.weights, strict=True):
            row.append(f"{known.low:.3g} to {known.high:.3g}" if known.low == known.low else "–")
    print_table(columns, parts)
    _print_fit(result)
    typer.echo()
    groups = [
        [
            each.label,
            each.contacts,
            f"{each.points:,.1f}",
            share_text(each.share),
            f"{each.per_contact.value:.2f}" if each.contacts else "–",
            _interval(each.per_contact),
        ]
        for each in result.groups[: top or SHOWN]
    ]
    print_table([result.by, "contacts", "points", "share", "per contact", "95% interval"], groups)


def _print_fit(result: Effort) -> None:
    from desireline.base.console import say

    fit = result.fit
    if fit is None:
        return
    if not fit.is_used:
        say(f"The weights are not fitted: {fit.reason}.")
        return
    explained = "nothing" if not fit.r_squared > 0 else f"{fit.r_squared:.1%} of the variance"
    say(f"fitted to {fit.answers:,} answers to CES; explains {explained} of answers it was not fitted to")


def _interval(estimate: Estimate) -> str:
    if estimate.low != estimate.low:
        return "–"
    if estimate.kind == "share":
        return f"{share_text(estimate.low)} to {share_text(estimate.high)}"
    return f"{estimate.low:.2f} to {estimate.high:.2f}"
