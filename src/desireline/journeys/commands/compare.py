"""``desireline journeys compare``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, company_note, save_if_asked
from desireline.journeys.commands.options import (
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
    from desireline.journeys.estimates import Comparison
    from desireline.journeys.selection import SelectionOptions


def compare(
    workspace: WorkspaceOption,
    of: Annotated[
        str,
        typer.Option("--of", help="reach: touchpoints, channels and moves; or contacts, scores, funnel, survival …"),
    ] = "reach",
    step: Annotated[
        list[str] | None, typer.Option("--step", help="A step of the funnel that is compared; several times.")
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", help="The outcome of attribution, drivers or clusters; several times."),
    ] = None,
    touchpoint: Annotated[
        str | None, typer.Option("--touchpoint", help="The touchpoint whose paths are compared.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option("--event", help="Of survival: the touchpoint until which; several times.")
    ] = None,
    churn: Annotated[str | None, typer.Option("--churn", help="Of survival: or a silence of this length, 90d.")] = None,
    start: Annotated[
        list[str] | None, typer.Option("--start", help="Of survival and retention: what begins; several times.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="What the answer is grouped by, as its own command says.")
    ] = None,
    clusters: Annotated[
        int | None, typer.Option("--clusters", help="Of clusters: so many; otherwise as many as the data have.")
    ] = None,
    anybody: Annotated[
        bool, typer.Option("--anybody", help="Of gaps, retention and survival: count what the company did too.")
    ] = False,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    with_period: Annotated[str | None, typer.Option("--with-period", help="The period of the second group.")] = None,
    with_rest: Annotated[
        bool, typer.Option("--with-rest", help="The second group are the customers who are not in --segment.")
    ] = False,
    with_where: Annotated[str | None, typer.Option("--with-where", help="The condition of the second group.")] = None,
    with_segment: Annotated[str | None, typer.Option("--with-segment", help="The segment of the second group.")] = None,
    with_journey: Annotated[str | None, typer.Option("--with-journey", help="The journey of the second group.")] = None,
    span: SpanOption = "life",
    gap: Annotated[
        str | None,
        typer.Option("--gap", help="The longest pause within a session, 30m; of chains within a chain, 3d."),
    ] = None,
    top: TopOption = None,
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Two periods or segments side by side: what differs, and whether by more than chance."""
    from desireline.journeys.comparing import compare_groups

    first = _group(period, where, segment, journey, span=span, gap=gap)
    second = _group(
        with_period or period,
        with_where or where,
        with_segment or segment,
        with_journey or journey,
        span=span,
        gap=gap,
    )
    if with_rest:
        second = _rest(second, segment, with_segment)
    settings = {
        "steps": step,
        "outcome" if of == "clusters" else "outcomes": outcome,
        "touchpoint": touchpoint,
        "events": event,
        "churn": churn,
        "starts": start,
        "by": by,
        "clusters": clusters,
        "whose": "anybody" if anybody else None,
    }
    with asking(workspace) as (opened, progress):
        result = compare_groups(
            opened,
            first,
            second,
            of=of,
            settings={name: said for name, said in settings.items() if said},
            progress=progress,
        )
    save_if_asked(result, picture, opened)
    if as_json:
        typer.echo(result.to_json())
    else:
        _print(result, top or SHOWN)


def _group(
    period: str | None, where: str | None, segment: str | None, journey: str | None, *, span: str, gap: str | None
) -> SelectionOptions:
    """What is said of a group; a gap that is not said is left to the question, for not all take the same."""
    options = selection_options(period, where, segment, span, gap or "", journey)
    if gap is None:
        del options["gap"]
    return options


def _rest(second: SelectionOptions, segment: str | None, with_segment: str | None) -> SelectionOptions:
    from desireline.base import InputError

    if segment is None:
        raise InputError("--with-rest: expected a segment to be named", hint="--segment CONDITION")
    if with_segment is not None:
        raise InputError("expected either --with-rest or --with-segment, got both")
    return {**second, "segment": None, "not_segment": segment}


def _print(result: Comparison, top: int) -> None:
    from desireline.base.console import print_table, say

    if not result.differences and result.test is None:
        say("Nothing was found: neither group has such a number.")
        return
    rows = [
        [
            each.before.name,
            each.value_text("before"),
            each.value_text("after"),
            each.difference_text(),
            f"{each.before.n:,} and {each.after.n:,}",
            each.verdict_text(),
        ]
        for each in result.differences[:top]
    ]
    if rows:
        print_table(["", "first", "second", "difference (95%)", "n", "more than chance"], rows)
    for line in _told(result, len(rows)):
        say(line)


def _told(result: Comparison, shown: int) -> Iterator[str]:
    """What is to be said below the table, in lines."""
    from desireline.journeys.results.survival import p_text

    total = len(result.differences)
    sure = sum(each.is_sure for each in result.differences)
    if total:
        yield f"{sure:,} of {total:,} differences are more than chance; the others may be"
    made = sum(each.untested == "by_segment" for each in result.differences)
    if made:
        yield f"{made:,} of them lie in one of the segments by themselves and come last"
    if result.test is not None:
        squared = "" if result.test.p != result.test.p else f"chi squared {result.test.chi_squared:.2f}, "
        yield f"{result.test.name} test: {squared}{p_text(result.test.p)}"
    if result.sizes is not None:
        for name, customers in (("first", result.sizes.first), ("second", result.sizes.second)):
            if not customers:
                yield f"nobody is in the {name} group"
        if result.sizes.note:
            yield result.sizes.note
    if result.of_company:
        yield company_note(result.of_company)
    if result.left_out:
        yield f"{result.left_out:,} rows too rare to compare are left out"
    if shown < total:
        yield f"{shown} of {total:,} rows are shown; --top shows more, --json all"
