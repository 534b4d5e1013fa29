"""Asking an analysis of a workspace: which interactions, cut into which spans, by which engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, Unpack, get_args

from desireline.base import InputError, Period, Progress, UnknownNameError, parse_period
from desireline.interactions import Condition, CostSettings, count_log, parse_condition, read_taxonomy
from desireline.interactions.log import segment_fields
from desireline.journeys.analyses import (
    AttributionAnalysis,
    ChainsAnalysis,
    ChannelsAnalysis,
    ClustersAnalysis,
    CommonAnalysis,
    ContactsAnalysis,
    DriversAnalysis,
    EffortAnalysis,
    EmotionAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    GapsAnalysis,
    HandoversAnalysis,
    InsightsAnalysis,
    LoopsAnalysis,
    OutcomesAnalysis,
    OverviewAnalysis,
    PathsAnalysis,
    RetentionAnalysis,
    ScoresAnalysis,
    SessionsAnalysis,
    SurvivalAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.analyses.attribution import DEFAULT_HALF_LIFE, DEFAULT_LOOKBACK
from desireline.journeys.analyses.chains import DEFAULT_CHAIN_GAP, DEFAULT_CHAIN_WINDOW, DEFAULT_TOP_CHAINS
from desireline.journeys.analyses.common import CommonBy, CommonOrder
from desireline.journeys.analyses.contacts import DEFAULT_CHAINS, DEFAULT_REPEAT_WINDOW, read_channels
from desireline.journeys.analyses.effort import DEFAULT_EFFORT_WITHIN, DEFAULT_LOOK_BACK, DEFAULT_THRESHOLD
from desireline.journeys.analyses.emotion import DEFAULT_EMOTION_WITHIN
from desireline.journeys.analyses.funnel import Exclusion, parse_exclusion
from desireline.journeys.analyses.gaps import DEFAULT_QUIET, DEFAULT_SETTLE, DEFAULT_WITHIN
from desireline.journeys.analyses.handovers import DEFAULT_HANDOVER_WINDOW
from desireline.journeys.analyses.paths import DEFAULT_STEPS, DEFAULT_TOP
from desireline.journeys.analyses.scores import DEFAULT_SCORES_WITHIN
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.engine import Analysis, Engine
from desireline.journeys.engines import engine_for
from desireline.journeys.model import (
    Channels,
    Flow,
    FlowBy,
    FlowMedians,
    Gaps,
    Overview,
    Sessions,
    Variants,
)
from desireline.journeys.naming import name_examples, without_examples
from desireline.journeys.opening_hours import OpeningHours
from desireline.journeys.results.attribution import Attribution
from desireline.journeys.results.chains import Chains
from desireline.journeys.results.clusters import Clusters
from desireline.journeys.results.common import CommonJourneys
from desireline.journeys.results.contacts import Contacts, ContactsBy
from desireline.journeys.results.drivers import Drivers
from desireline.journeys.results.effort import Effort, EffortBy
from desireline.journeys.results.emotion import Emotion, EmotionBy
from desireline.journeys.results.funnel import Funnel, FunnelOrder
from desireline.journeys.results.handovers import Handovers
from desireline.journeys.results.insights import Insights
from desireline.journeys.results.loops import Loops
from desireline.journeys.results.outcomes import Outcomes
from desireline.journeys.results.paths import PathAnchor, PathDirection, PathRepeats, Paths
from desireline.journeys.results.retention import Retention, RetentionKind
from desireline.journeys.results.scores import Scores, ScoresBy, ScoresLevel
from desireline.journeys.results.survival import Survival, SurvivalUnit
from desireline.journeys.scoring import HighMeans, ScoreKind, read_scale
from desireline.journeys.selection import DEFAULT_GAP, Selection, SelectionOptions, check_one_of, read_duration
from desireline.kernels.calendar import CalendarUnit
from desireline.store import Workspace

R = TypeVar("R")


def ask(
    workspace: Workspace,
    analysis: Analysis[R],
    selection: Selection | None = None,
    *,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> R:
    """Run an analysis.

    Parameters
    ----------
    selection
        Everything, as whole life cycles, by default.
    engine
        Also as text, ``spark://host:port``. By default the one of :func:`~desireline.journeys.engines.using`, or threads
        of this process.

    Raises
    ------
    InputError
        The selection or the analysis names something that is not there.
    """
    with engine_for(engine) as chosen:
        return chosen.ask(workspace, analysis, selection or Selection(), progress=progress)


def flow(
    workspace: Workspace,
    *,
    by: FlowBy = "touchpoint",
    top: int | None = None,
    medians: FlowMedians = "exact",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Flow:
    """Which touchpoint (or channel) directly follows which. See :class:`FlowAnalysis`."""
    check_one_of("by", by, get_args(FlowBy))
    check_one_of("medians", medians, get_args(FlowMedians))
    analysis = FlowAnalysis(by=by, top=_checked(top), medians=medians)
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def variants(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Variants:
    """The exact paths, most customers first. See :class:`VariantsAnalysis`."""
    return ask(workspace, VariantsAnalysis(top=_checked(top)), Selection(**selection), engine=engine, progress=progress)


def common(
    workspace: Workspace,
    *,
    by: CommonBy = "touchpoint",
    order: CommonOrder = "kept",
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> CommonJourneys:
    """The paths without direct repeats, most customers first. See :class:`CommonAnalysis`.

    Parameters
    ----------
    order
        ``ignored``: that of the touchpoints within a session, which ends at a pause longer than ``gap``.
    """
    check_one_of("by", by, get_args(CommonBy))
    check_one_of("order", order, get_args(CommonOrder))
    gap = read_duration("gap", selection.get("gap", DEFAULT_GAP)) if order == "ignored" else None
    analysis = CommonAnalysis(by=by, session_gap=gap, top=_checked(top))
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def clusters(
    workspace: Workspace,
    *,
    outcome: str | Sequence[str] = (),
    clusters: int | None = None,
    like: Clusters | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Clusters:
    """Groups of similar spans. See :class:`ClustersAnalysis`.

    Parameters
    ----------
    outcome
        One touchpoint, or several of which any counts.
    like
        An answer whose clusters, and outcome, are to be used again.
    """
    wanted = (outcome,) if isinstance(outcome, str) else tuple(outcome)
    analysis = ClustersAnalysis(outcome=wanted, clusters=clusters, like=None if like is None else like.model)
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def funnel(
    workspace: Workspace,
    steps: Sequence[str | tuple[str, ...]],
    *,
    within: timedelta | str | None = None,
    order: FunnelOrder = "loose",
    exclude: Sequence[str | Exclusion] = (),
    same: str | None = None,
    by: str | None = None,
    dropped: bool = False,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Funnel:
    """How many customers reach each step. See :class:`FunnelAnalysis`.

    Parameters
    ----------
    within
        From the first step to the last; also as text, ``7d``, or ``0s`` for the same moment.
    exclude
        Also as text, ``Call`` or ``Call between 2 and 3``.
    """
    for name, texts in (("steps", steps), ("exclude", exclude)):
        if isinstance(texts, str):
            raise InputError(f"{name}: expected a list of touchpoints, got the text {texts!r}")
    check_one_of("order", order, get_args(FunnelOrder))
    no_time = isinstance(within, str) and within.strip() in ("0", "0s")
    window = timedelta() if no_time else None if within is None else read_duration("within", within)
    excluded = tuple(parse_exclusion(each) if isinstance(each, str) else each for each in exclude)
    analysis = FunnelAnalysis(
        tuple(steps), window=window, order=order, exclude=excluded, same=same, by=by, dropped=dropped
    )
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=_joined_by_taxonomy(workspace, steps) or error.hint) from None


def sessions(
    workspace: Workspace,
    *,
    gap: timedelta | str = DEFAULT_GAP,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Sessions:
    """Spans without a pause longer than the gap. See :class:`SessionsAnalysis`."""
    chosen = Selection(period=period, where=where, segment=segment, span="session", gap=gap)
    return ask(workspace, SessionsAnalysis(), chosen, engine=engine, progress=progress)


def channels(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Channels:
    """Moves between channels, starts and ends. See :class:`ChannelsAnalysis`."""
    return ask(workspace, ChannelsAnalysis(top=_checked(top)), Selection(**selection), engine=engine, progress=progress)


def outcomes(
    workspace: Workspace,
    journey: JourneyDefinition | str,
    *,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Outcomes:
    """How the journeys of a definition ended. See :class:`OutcomesAnalysis`."""
    chosen = Selection(period=period, where=where, segment=segment, journey=journey)
    return ask(workspace, OutcomesAnalysis(), chosen, engine=engine, progress=progress)


def handovers(
    workspace: Workspace,
    *,
    by: str = "team",
    within: timedelta | str = DEFAULT_HANDOVER_WINDOW,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Handovers:
    """Handovers from one department to another. See :class:`HandoversAnalysis`."""
    analysis = HandoversAnalysis(by=by, within=read_duration("within", within), top=_checked(top))
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def insights(
    workspace: Workspace,
    *,
    attributes: Sequence[str] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Insights:
    """What changed, without being asked: findings, strongest first. See :class:`InsightsAnalysis`.

    Parameters
    ----------
    attributes
        Fields whose values make segments, such as ``attributes.platform``; ``None``: channel-like fields and every attribute.
    """
    chosen = segment_fields(workspace) if attributes is None else tuple(attributes)
    return ask(workspace, InsightsAnalysis(chosen), Selection(**selection), engine=engine, progress=progress)


def contacts(
    workspace: Workspace,
    *,
    within: timedelta | str = DEFAULT_REPEAT_WINDOW,
    by: ContactsBy = "channel",
    reason: str | None = None,
    channels: Sequence[str] | str | None = None,
    top: int = DEFAULT_CHAINS,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Contacts:
    """Contact quality: first contact resolution, transfers, times, answers, outcomes. See :class:`ContactsAnalysis`.

    The opening hours are those of the section ``[calendar]`` of the settings. How interactions are cut into spans does not matter.

    Parameters
    ----------
    within
        Also as text, ``7d``, or ``0`` for the same moment.
    channels
        Also as text, ``phone,chat``.
    """
    check_one_of("by", by, get_args(ContactsBy))
    analysis = ContactsAnalysis(
        within=timedelta() if within == "0" else read_duration("within", within),
        by=by,
        reason=reason,
        channels=read_channels(channels),
        hours=OpeningHours.read(workspace.section("calendar")),
        top=_checked(top) or DEFAULT_CHAINS,
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def chains(
    workspace: Workspace,
    *,
    gap: timedelta | str = DEFAULT_CHAIN_GAP,
    within: timedelta | str = DEFAULT_CHAIN_WINDOW,
    self_service: Sequence[str] | str | None = None,
    channels: Sequence[str] | str | None = None,
    top: int = DEFAULT_TOP_CHAINS,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    journey: JourneyDefinition | str | None = None,
) -> Chains:
    """Channels that customers go through for one need, costs, containment. See :class:`ChainsAnalysis`.

    Costs are those that sources gave, and those of the section ``[costs]`` of the settings.

    Parameters
    ----------
    gap, within
        Also as text, ``3d`` and ``7d``.
    self_service, channels
        Also as text, ``web,app``.
    """
    analysis = ChainsAnalysis(
        gap=read_duration("gap", gap),
        within=read_duration("within", within),
        self_service=read_channels(self_service),
        channels=read_channels(channels),
        prices=CostSettings.read(workspace.section("costs")),
        top=_checked(top) or DEFAULT_TOP_CHAINS,
    )
    chosen = Selection(period=period, where=where, segment=segment, journey=journey)
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)


def overview(
    workspace: Workspace,
    *,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Overview:
    """How much there is, when, and where spans end. See :class:`OverviewAnalysis`."""
    return ask(workspace, OverviewAnalysis(), Selection(**selection), engine=engine, progress=progress)


def gaps(
    workspace: Workspace,
    *,
    quiet: timedelta | str = DEFAULT_QUIET,
    within: timedelta | str = DEFAULT_WITHIN,
    settle: timedelta | str = DEFAULT_SETTLE,
    top: int | None = None,
    examples: bool = True,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Gaps:
    """Where interactions may be missing. See :class:`GapsAnalysis`.

    Parameters
    ----------
    quiet, within
        A silence is longer than ``quiet`` and at most ``within``; also as text, ``1h`` and ``14d``.
    settle
        Spans that begin so soon after the first interaction of all are counted apart; also as text, ``30d``, or
        ``0`` for none.
    examples
        Whether the latest customers of each gap are named.
    """
    settling = timedelta() if settle == "0" else read_duration("settle", settle)
    analysis = GapsAnalysis(
        quiet=read_duration("quiet", quiet), within=read_duration("within", within), settle=settling, top=_checked(top)
    )
    found = ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    return name_examples(workspace, found) if examples else without_examples(found)


def attribution(
    workspace: Workspace,
    outcomes: Sequence[str],
    *,
    by: FlowBy = "touchpoint",
    lookback: timedelta | str = DEFAULT_LOOKBACK,
    half_life: timedelta | str = DEFAULT_HALF_LIFE,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Attribution:
    """Conversions credited to the touchpoints (or channels) before them. See :class:`AttributionAnalysis`.

    Parameters
    ----------
    lookback, half_life
        Also as text, ``30d`` and ``7d``.
    """
    check_one_of("by", by, get_args(FlowBy))
    analysis = AttributionAnalysis(
        outcomes if isinstance(outcomes, str) else tuple(outcomes),
        by=by,
        lookback=read_duration("lookback", lookback),
        half_life=read_duration("half_life", half_life),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def paths(
    workspace: Workspace,
    touchpoint: str,
    *,
    direction: PathDirection = "after",
    steps: int = DEFAULT_STEPS,
    top: int = DEFAULT_TOP,
    anchor: PathAnchor = "first",
    repeats: PathRepeats = "folded",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Paths:
    """What follows a touchpoint, or leads to it, step by step. See :class:`PathsAnalysis`."""
    check_one_of("direction", direction, get_args(PathDirection))
    check_one_of("anchor", anchor, get_args(PathAnchor))
    check_one_of("repeats", repeats, get_args(PathRepeats))
    analysis = PathsAnalysis(touchpoint, direction=direction, steps=steps, top=top, anchor=anchor, repeats=repeats)
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=_joined_by_taxonomy(workspace, [touchpoint]) or error.hint) from None


def loops(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Loops:
    """What comes again within spans, and whether the process is linear, branching or cyclical. See :class:`LoopsAnalysis`."""
    return ask(workspace, LoopsAnalysis(top=_checked(top)), Selection(**selection), engine=engine, progress=progress)


def retention(
    workspace: Workspace,
    *,
    starts: str | Sequence[str] = (),
    returns: str | Sequence[str] = (),
    by: CalendarUnit = "week",
    kind: RetentionKind = "in",
    patience: float = 3.0,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Retention:
    """Cohorts of customers, and how many of each come back. See :class:`RetentionAnalysis`."""
    check_one_of("by", by, get_args(CalendarUnit))
    check_one_of("kind", kind, get_args(RetentionKind))
    chosen = Selection(**selection)
    analysis = RetentionAnalysis(
        _names(starts), _names(returns), by=by, kind=kind, patience=patience, record_end=_record_end(workspace, chosen)
    )
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)


def survival(
    workspace: Workspace,
    *,
    events: str | Sequence[str] = (),
    churn: timedelta | str | None = None,
    starts: str | Sequence[str] = (),
    unit: SurvivalUnit = "day",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Survival:
    """How long it takes until an event, or until customers fall silent. See :class:`SurvivalAnalysis`.

    Parameters
    ----------
    churn
        Also as text, ``90d``.
    """
    check_one_of("unit", unit, get_args(SurvivalUnit))
    silence = None if churn is None else read_duration("churn", churn)
    chosen = Selection(**selection)
    analysis = SurvivalAnalysis(
        _names(events), silence, _names(starts), unit=unit, record_end=_record_end(workspace, chosen)
    )
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)


def _record_end(workspace: Workspace, selection: Selection) -> datetime | None:
    """Until when customers could have been seen: the last interaction of all, or the end of the period."""
    last = count_log(workspace).last_at
    period = parse_period(selection.period) if isinstance(selection.period, str) else selection.period
    if last is None or period is None or period.end is None or selection.journey is not None:
        return last
    return min(last, period.end - timedelta(microseconds=1))


def _names(said: str | Sequence[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def scores(
    workspace: Workspace,
    *,
    kind: ScoreKind = "NPS",
    level: ScoresLevel = "transaction",
    by: ScoresBy | None = None,
    within: timedelta | str = DEFAULT_SCORES_WITHIN,
    scale: tuple[int, int] | str | None = None,
    high_means: HighMeans | None = None,
    surveys: Sequence[str] | None = None,
    sent: Sequence[str] = (),
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Scores:
    """NPS, CSAT or CES, by what customers answered about, and who answered. See :class:`ScoresAnalysis`.

    Parameters
    ----------
    within
        Also as text, ``7d``, or ``0`` for the same moment.
    scale
        Also as text, ``1..5``.
    """
    if level == "journey" and selection.get("journey") is None:
        raise InputError("level: the level journey needs journeys", hint="name a definition with --journey")
    if by == "outcome" and selection.get("journey") is None:
        raise InputError("by: only journeys of a definition have an outcome", hint="name one with --journey")
    analysis = ScoresAnalysis(
        kind=kind,
        level=level,
        by=by,
        within=timedelta() if within == "0" else read_duration("within", within),
        scale=read_scale("scale", scale),
        high_means=high_means,
        surveys=None if surveys is None else tuple(surveys),
        sent=tuple(sent),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def emotion(
    workspace: Workspace,
    *,
    by: EmotionBy = "touchpoint",
    within: timedelta | str = DEFAULT_EMOTION_WITHIN,
    csat_scale: tuple[int, int] | str | None = None,
    ces_scale: tuple[int, int] | str | None = None,
    ces_high_means: HighMeans | None = None,
    surveys: Sequence[str] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Emotion:
    """What customers feel along the steps, from the sentiment of texts and from scores. See :class:`EmotionAnalysis`.

    Parameters
    ----------
    within
        Also as text, ``7d``, or ``0`` for the same moment.
    csat_scale, ces_scale
        Also as text, ``1..5``.
    """
    analysis = EmotionAnalysis(
        by=by,
        within=timedelta() if within == "0" else read_duration("within", within),
        csat_scale=read_scale("csat_scale", csat_scale),
        ces_scale=read_scale("ces_scale", ces_scale),
        ces_high_means=ces_high_means,
        surveys=None if surveys is None else tuple(surveys),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def effort(
    workspace: Workspace,
    *,
    weights: EffortWeights | Sequence[str] = (),
    by: EffortBy = "channel",
    within: timedelta | str = DEFAULT_EFFORT_WITHIN,
    channels: Sequence[str] | str | None = None,
    identification: Condition | str | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    fit: bool = False,
    look_back: timedelta | str = DEFAULT_LOOK_BACK,
    scale: tuple[int, int] | str | None = None,
    high_means: HighMeans | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Effort:
    """How much effort customers have, what makes it, and where it is added. See :class:`EffortAnalysis`.

    Parameters
    ----------
    weights
        Also as texts, ``repeat=2``: these change the weights of the settings.
    within, look_back
        Also as text, ``7d``; ``within`` also ``0``, the same moment.
    channels
        Also as text, ``phone,chat``.
    identification
        Also as text.
    scale
        Also as text, ``1..7``.
    """
    if not isinstance(weights, EffortWeights):
        weights = EffortWeights.read(workspace.section("effort")).changed(weights)
    analysis = EffortAnalysis(
        weights=weights,
        within=timedelta() if within == "0" else read_duration("within", within),
        by=by,
        channels=read_channels(channels),
        identification=parse_condition(identification) if isinstance(identification, str) else identification,
        threshold=threshold,
        fit=fit,
        look_back=read_duration("look_back", look_back),
        scale=read_scale("scale", scale),
        high_means=high_means,
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)


def drivers(
    workspace: Workspace,
    outcomes: str | Sequence[str] = (),
    *,
    score_below: float | None = None,
    kind: ScoreKind = "NPS",
    negative: bool | None = None,
    attributes: Sequence[str] | None = None,
    adjust: str | None = None,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Drivers:
    """What goes with an outcome, and the moments of truth: association, not cause. See :class:`DriversAnalysis`.

    Parameters
    ----------
    attributes
        Fields whose values are compared, such as ``attributes.plan``; ``None``: team, source and every attribute with few values.
    """
    wanted = _names(outcomes)
    if not wanted and score_below is None and selection.get("journey") is None:
        raise InputError(
            "expected an outcome: touchpoints, a low score or the goal of a journey",
            hint="name touchpoints, or say --score-below 7, or --journey ID",
        )
    fields = segment_fields(workspace) if attributes is None else tuple(attributes)
    analysis = DriversAnalysis(wanted, score_below, kind, negative, fields, adjust, _checked(top))
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=_joined_by_taxonomy(workspace, wanted) or error.hint) from None


def _joined_by_taxonomy(workspace: Workspace, steps: Sequence[str | tuple[str, ...]]) -> str | None:
    """Which of the steps the taxonomy counts as other touchpoints; ``None`` where it joins none of them."""
    joined = read_taxonomy(workspace).touchpoints
    names = [name for step in steps for name in ((step,) if isinstance(step, str) else step)]
    told = [f"{name!r} as {joined[name]!r}" for name in names if joined.get(name, name) != name]
    return f"the taxonomy counts {', '.join(told)}" if told else None


def _checked(top: int | None) -> int | None:
    if top is not None and top < 1:
        raise InputError(f"expected top to be 1 at least, got {top}")
    return top
