"""Asking an analysis of a workspace: which interactions, cut into which spans, by which engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar, Unpack, get_args

from desireline.base import InputError, Period, Progress, UnknownNameError
from desireline.interactions import Condition, read_taxonomy
from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    GapsAnalysis,
    OutcomesAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.analyses.funnel import FunnelOrder
from desireline.journeys.analyses.gaps import DEFAULT_QUIET, DEFAULT_SETTLE, DEFAULT_WITHIN
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.engine import Analysis, Engine
from desireline.journeys.engines import engine_for
from desireline.journeys.model import (
    Channels,
    Flow,
    FlowBy,
    FlowMedians,
    Funnel,
    Gaps,
    Overview,
    Sessions,
    Variants,
)
from desireline.journeys.naming import name_examples, without_examples
from desireline.journeys.results.outcomes import Outcomes
from desireline.journeys.selection import DEFAULT_GAP, Selection, SelectionOptions, check_one_of, read_duration
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


def funnel(
    workspace: Workspace,
    steps: Sequence[str | tuple[str, ...]],
    *,
    within: timedelta | str | None = None,
    order: FunnelOrder = "loose",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Funnel:
    """How many customers reach each step in order. See :class:`FunnelAnalysis`.

    Parameters
    ----------
    within
        From the first step to the last; also as text, ``7d``.
    """
    if isinstance(steps, str):
        raise InputError(f"steps: expected a list of touchpoints, got the text {steps!r}")
    check_one_of("order", order, get_args(FunnelOrder))
    window = None if within is None else read_duration("within", within)
    analysis = FunnelAnalysis(tuple(steps), window=window, order=order)
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
