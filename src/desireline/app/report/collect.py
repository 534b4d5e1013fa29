"""Counting what the report shows, from a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from desireline.app.report.model import (
    ChannelUse,
    DataQuality,
    IdentifiersCount,
    IdentifierType,
    Question,
    ReasonCount,
    ReportData,
    ReportTotals,
    Stop,
    WeekCount,
)
from desireline.base import Progress, SilentProgress, format_seconds
from desireline.identity import summarise
from desireline.interactions import count_log
from desireline.journeys import Flow, Gaps, Overview, channels, flow, gaps, insights, overview, sessions, variants
from desireline.journeys.selection import DEFAULT_GAP, SelectionOptions
from desireline.sources import email_hints, source_quality
from desireline.store import Workspace

EPISODE_GAPS = (timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""Pauses that may end an episode; the first one that leaves most interactions in company is taken."""
_PATHS = 20
_GAPS = 20


def collect(
    workspace: Workspace,
    *,
    title: str | None = None,
    gap: timedelta | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> ReportData:
    """Count everything.

    Parameters
    ----------
    title
        The heading; the name of the workspace's folder by default.
    gap
        The pause that ends an episode; chosen from the data by default.
    now
        When the figures are taken.
    """
    listening, moment = progress or SilentProgress(), (now or datetime.now(UTC)).astimezone(workspace.zone)
    whole, ends = overview(workspace, progress=listening), count_log(workspace).record_end
    episodes = _episodes(workspace, gap)
    options: SelectionOptions = {"span": "life"} if episodes is None else {"span": "session", "gap": episodes}
    listening.step("counting for the report")
    seen = overview(workspace, **options)
    moves = flow(workspace, **options)
    by_channel = flow(workspace, by="channel")
    return ReportData(
        title=title or workspace.folder.resolve().name.replace("_", " ").capitalize(),
        generated_at=moment,
        first=_moment(whole.first_us, workspace.zone),
        last=None if ends is None else ends.astimezone(workspace.zone),
        totals=ReportTotals(
            interactions=whole.interactions,
            customers=whole.customers,
            customers_seen_once=whole.customers_seen_once,
            touchpoints=len(moves.nodes),
            channels=len(by_channel.nodes),
        ),
        weeks=tuple(WeekCount(monday, count) for monday, count in whole.weeks),
        span_name="customer life" if episodes is None else "episode",
        span_meaning=_meaning(episodes),
        flow=moves,
        paths=variants(workspace, top=_PATHS, **options),
        channel_uses=tuple(ChannelUse(node.name, node.interactions, node.customers) for node in by_channel.nodes),
        channels=channels(workspace, **options),
        stops=_stops(moves, seen),
        funnel=None,
        sessions=sessions(workspace),
        session_gap=DEFAULT_GAP,
        gaps=_gaps(workspace),
        quality=_quality(workspace, moment, listening),
        questions=_questions(workspace, moves),
        insights=insights(workspace, progress=listening),
        timezone=workspace.timezone,
    )


def _episodes(workspace: Workspace, gap: timedelta | None) -> timedelta | None:
    """The pause that ends an episode; ``None`` where people come so seldom that only whole lives say something."""
    if gap is not None:
        return gap
    for candidate in EPISODE_GAPS:
        seen = overview(workspace, span="session", gap=candidate)
        if seen.in_longer_spans * 2 >= seen.interactions:
            return candidate
    return None


def _meaning(episodes: timedelta | None) -> str:
    if episodes is None:
        return "everything that one customer did in the whole time"
    days = episodes / timedelta(days=1)
    pause = f"{days:.0f} days" if days.is_integer() and days > 1 else format_seconds(episodes.total_seconds())
    return f"a run of interactions of one customer with no pause longer than {pause}"


def _gaps(workspace: Workspace) -> Gaps:
    return gaps(workspace, top=_GAPS)


def _stops(moves: Flow, seen: Overview) -> tuple[Stop, ...]:
    occurrences = {node.name: node.interactions for node in moves.nodes}
    return tuple(
        Stop(each.touchpoint, each.spans, occurrences[each.touchpoint], each.customers) for each in seen.endings
    )


def _quality(workspace: Workspace, now: datetime, progress: Progress) -> DataQuality:
    known = summarise(workspace)
    return DataQuality(
        sources=source_quality(workspace, now=now, progress=progress),
        identifiers=tuple(IdentifiersCount(size, customers) for size, customers in sorted(known.by_count.items())),
        types=tuple(IdentifierType(each.type, each.identifiers, each.customers) for each in known.types),
        refused_joins=tuple(ReasonCount(reason, count) for reason, count in known.refusals.items()),
        email_hints=email_hints(workspace),
    )


def _questions(workspace: Workspace, moves: Flow) -> tuple[Question, ...]:
    folder = workspace.folder
    edge = next((each for each in moves.edges if each.source != each.target), None)
    questions: Sequence[Question] = (
        Question("Which channel follows which?", f"desireline journeys flow --by channel -w {folder}"),
        Question(
            "Which paths do people take within one visit?",
            f"desireline journeys variants --span session --gap 30m -w {folder}",
        ),
        *(
            [
                Question(
                    f"How many get from {edge.source} to {edge.target} within a week?",
                    f'desireline journeys funnel "{edge.source}" "{edge.target}" --within 7d -w {folder}',
                )
            ]
            if edge is not None
            else []
        ),
        Question("What could not be used, and why?", f"desireline sources quarantine list -w {folder}"),
    )
    return tuple(questions)


def _moment(microseconds: int | None, zone: tzinfo) -> datetime | None:
    if microseconds is None:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).astimezone(zone)
