"""``desireline journeys scores`` and ``desireline journeys emotion``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, print_result, save_if_asked, share_text
from desireline.journeys.commands.options import (
    AboutChannelsOption,
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

if TYPE_CHECKING:
    from desireline.journeys.results.scores import ScoreGroup, Scores

WithinOption = Annotated[
    str, typer.Option("--within", help="What an answer is about lies at most this long before it: 7d.")
]
SurveyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--survey", help="A touchpoint that is a survey; may be repeated. Without it: those that carry scores."
    ),
]


def scores(
    workspace: WorkspaceOption,
    kind: Annotated[str, typer.Option("--kind", help="NPS, CSAT or CES.")] = "NPS",
    level: Annotated[str, typer.Option("--level", help="transaction, journey or relationship.")] = "transaction",
    by: Annotated[
        str | None, typer.Option("--by", help="touchpoint, channel, team, month, stage, or outcome of journeys.")
    ] = None,
    within: WithinOption = "7d",
    scale: Annotated[str | None, typer.Option("--scale", help="Of CSAT and CES: 1..5.")] = None,
    high_means: Annotated[
        str | None, typer.Option("--high-means", help="Of CES: good (high is easy) or effort.")
    ] = None,
    survey: SurveyOption = None,
    sent: Annotated[
        list[str] | None, typer.Option("--sent", help="A touchpoint with which surveys are sent; may be repeated.")
    ] = None,
    teams: TeamsOption = None,
    channels: AboutChannelsOption = None,
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
    """NPS, CSAT or CES by what customers answered about, with intervals, and who answers."""
    from desireline.journeys import scores as ask_scores

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_scores(
            opened,
            kind=cast(Any, kind),
            level=cast(Any, level),
            by=cast(Any, by),
            within=within,
            scale=scale,
            high_means=cast(Any, high_means),
            surveys=survey,
            sent=sent or (),
            teams=teams,
            channels=channels,
            progress=progress,
            **options,
        )
    if as_json:
        typer.echo(result.to_json())
    elif not result.total.answers:
        _print_nothing(result)
    else:
        _print_scores(result, top)
        _print_answering(result)
    save_if_asked(result, picture, opened, **options, channels=channels, teams=teams)


def emotion(
    workspace: WorkspaceOption,
    by: Annotated[str, typer.Option("--by", help="touchpoint or stage.")] = "touchpoint",
    within: WithinOption = "7d",
    csat_scale: Annotated[str | None, typer.Option("--csat-scale", help="Of CSAT: 1..5.")] = None,
    ces_scale: Annotated[str | None, typer.Option("--ces-scale", help="Of CES: 1..7.")] = None,
    high_means: Annotated[
        str | None, typer.Option("--high-means", help="Of CES: good (high is easy) or effort.")
    ] = None,
    survey: SurveyOption = None,
    teams: TeamsOption = None,
    channels: AboutChannelsOption = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """What customers feel along the steps: from the sentiment of texts, and from scores."""
    from desireline.base.console import say
    from desireline.journeys import emotion as ask_emotion

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_emotion(
            opened,
            by=cast(Any, by),
            within=within,
            csat_scale=csat_scale,
            ces_scale=ces_scale,
            ces_high_means=cast(Any, high_means),
            surveys=survey,
            teams=teams,
            channels=channels,
            progress=progress,
            **options,
        )
    rows = [
        [
            step.name,
            line,
            feeling.n,
            f"{feeling.value:+.2f}",
            f"{feeling.low:+.2f} to {feeling.high:+.2f}" if feeling.low == feeling.low else "–",
        ]
        for step in result.steps
        for line, feeling in step.feelings.items()
    ]
    print_result(result, [result.by, "from", "n", "mean feeling", "95% interval"], rows, as_json=as_json, top=len(rows))
    if result.unattributed and not as_json:
        say(f"values that are about no {result.by} that is known: {result.unattributed:,}")
    save_if_asked(result, picture, opened, **options, channels=channels, teams=teams)


def _print_nothing(result: Scores) -> None:
    from desireline.base.console import say

    kind = result.scale.kind
    say(f"Nothing was found: there is no answer to {kind} on its scale ({result.scale.text}).")
    if result.off_scale:
        say(f"scores that are not on it: {result.off_scale:,}; --scale says another one")
    if result.without_kind:
        say(f"scores that do not say what they answer: {result.without_kind:,}; a mapping sets score_kind")


def _print_scores(result: Scores, top: int | None) -> None:
    from desireline.base.console import print_table, say

    kind, scale = result.scale.kind, result.scale
    names = {"NPS": "NPS", "CSAT": f"share of {scale.high - 1} and {scale.high}", "CES": "mean"}
    columns = [result.by or "", "answers"]
    if kind == "NPS":
        columns += ["promoters", "passives", "detractors"]
    columns += [names[kind], "95% interval"]
    if kind == "CSAT":
        columns += ["mean", "95% interval"]
    rows = [_row(each, each.label, kind) for each in result.groups[:top]]
    print_table(columns, [*rows, _row(result.total, "in all", kind)])
    say(f"{kind}: {scale.text}; {result.level} level")
    if result.by not in (None, "month", "outcome") and result.unattributed:
        say(f"(none): nothing came within {_within(result)} before {result.unattributed:,} of the answers")
    if result.off_scale:
        say(f"not counted, for they are not on the scale: {result.off_scale:,}")
    if result.without_kind:
        say(f"not counted, for they do not say what they answer: {result.without_kind:,}")
    if result.surveys:
        say(f"surveys: {', '.join(result.surveys)}")


def _row(group: ScoreGroup, name: str, kind: str) -> list[Any]:
    from desireline.journeys.pictures.scores_chart import interval_text, score_text

    told = group.to_dict(kind)
    row: list[Any] = [name, group.answers]
    if kind == "NPS":
        row += [told["promoters"], told["passives"], told["detractors"]]
    row += [score_text(kind, group.score.value), interval_text(kind, group.score)]
    if kind == "CSAT":
        row += [score_text("CES", group.mean.value), interval_text("CES", group.mean)]
    return row


def _print_answering(result: Scores) -> None:
    from desireline.base.console import print_table

    shares = [("customers", result.customers_answered)]
    shares += [("journeys", result.journeys_answered)] if result.journeys_answered is not None else []
    shares += [("surveys sent", result.response)] if result.response is not None else []
    shares += [(f"customers in {each.channel}", each.answered) for each in result.answering]
    rows = [
        [
            name,
            each.n,
            round(each.value * each.n) if each.n else 0,
            share_text(each.value),
            f"{share_text(each.low)} to {share_text(each.high)}" if each.n else "–",
        ]
        for name, each in shares
    ]
    typer.echo()
    print_table(["who answers", "of", "answered", "share", "95% interval"], rows)


def _within(result: Scores) -> str:
    from desireline.base import format_seconds

    return format_seconds(result.within_seconds)
