"""Asking an analysis of a workspace: which interactions, cut into which spans, by which engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypedDict, TypeVar, Unpack, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Period, Progress, closest_names, parse_duration, parse_period
from desireline.interactions import Condition, condition_from_dict, matching_arrivals, parse_condition
from desireline.journeys import spans as cutting
from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.analyses.funnel import FunnelOrder
from desireline.journeys.engine import Analysis, Engine, LocalEngine
from desireline.journeys.index import Index, open_index
from desireline.journeys.model import (
    Channels,
    Flow,
    FlowBy,
    Funnel,
    Overview,
    Part,
    Sessions,
    SpanKind,
    Spans,
    Variants,
)
from desireline.kernels.selecting import pack_mask
from desireline.store import Workspace

R = TypeVar("R")
DEFAULT_GAP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which interactions a question is about, and how they are cut into spans.

    Attributes
    ----------
    period
        Only interactions in it; also as text, ``2026-01-01..2026-03-31``.
    where
        Only interactions that meet it; also as text, or in its JSON form.
    span
        ``life``: everything a customer did is one span. ``session``: cut where nothing happens for longer than ``gap``.
    gap
        Also as text, ``30m``.
    """

    period: Period | str | None = None
    where: Condition | str | Mapping[str, Any] | None = None
    span: SpanKind = "life"
    gap: timedelta | str = DEFAULT_GAP


class SelectionOptions(TypedDict, total=False):
    """The parts of a :class:`Selection` as keyword arguments."""

    period: Period | str | None
    where: Condition | str | Mapping[str, Any] | None
    span: SpanKind
    gap: timedelta | str


def ask(
    workspace: Workspace,
    analysis: Analysis[R],
    selection: Selection | None = None,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> R:
    """Run an analysis.

    Parameters
    ----------
    selection
        Everything, as whole life cycles, by default.
    engine
        Threads of this process by default.

    Raises
    ------
    InputError
        The selection or the analysis names something that is not there.
    """
    index = open_index(workspace, progress=progress)
    chosen = selection or Selection()
    sources = span_sources(workspace, index, chosen)
    return (engine or LocalEngine()).run(analysis, sources, names=index.names, progress=progress)


def flow(
    workspace: Workspace,
    *,
    by: FlowBy = "touchpoint",
    top: int | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Flow:
    """Which touchpoint (or channel) directly follows which. See :class:`FlowAnalysis`."""
    _one_of("by", by, get_args(FlowBy))
    return ask(workspace, FlowAnalysis(by=by, top=_checked(top)), Selection(**selection), progress=progress)


def variants(
    workspace: Workspace,
    *,
    top: int | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Variants:
    """The exact paths, most customers first. See :class:`VariantsAnalysis`."""
    return ask(workspace, VariantsAnalysis(top=_checked(top)), Selection(**selection), progress=progress)


def funnel(
    workspace: Workspace,
    steps: Sequence[str | tuple[str, ...]],
    *,
    within: timedelta | str | None = None,
    order: FunnelOrder = "loose",
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
    _one_of("order", order, get_args(FunnelOrder))
    window = None if within is None else _duration("within", within)
    analysis = FunnelAnalysis(tuple(steps), window=window, order=order)
    return ask(workspace, analysis, Selection(**selection), progress=progress)


def sessions(
    workspace: Workspace,
    *,
    gap: timedelta | str = DEFAULT_GAP,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Sessions:
    """Spans without a pause longer than the gap. See :class:`SessionsAnalysis`."""
    chosen = Selection(period=period, where=where, span="session", gap=gap)
    return ask(workspace, SessionsAnalysis(), chosen, progress=progress)


def channels(
    workspace: Workspace,
    *,
    top: int | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Channels:
    """Moves between channels, starts and ends. See :class:`ChannelsAnalysis`."""
    return ask(workspace, ChannelsAnalysis(top=_checked(top)), Selection(**selection), progress=progress)


def overview(
    workspace: Workspace, *, progress: Progress | None = None, **selection: Unpack[SelectionOptions]
) -> Overview:
    """How much there is, when, and where spans end. See :class:`OverviewAnalysis`."""
    return ask(workspace, OverviewAnalysis(), Selection(**selection), progress=progress)


def _checked(top: int | None) -> int | None:
    if top is not None and top < 1:
        raise InputError(f"expected top to be 1 at least, got {top}")
    return top


def span_sources(workspace: Workspace, index: Index, selection: Selection) -> list[Callable[[], Spans]]:
    """For every part of the index, what gives its chosen spans.

    Raises
    ------
    InputError
        The selection cannot be read.
    """
    period = parse_period(selection.period) if isinstance(selection.period, str) else selection.period
    condition = _condition(selection.where)
    _one_of("span", selection.span, get_args(SpanKind))
    mask = None if condition is None else pack_mask(matching_arrivals(workspace, condition))
    choose = partial(_chosen, period=period or Period(), mask=mask)
    gap = _duration("gap", selection.gap) // timedelta(microseconds=1)
    cut = cutting.life if selection.span == "life" else partial(cutting.sessions, gap_us=gap)
    return [partial(_cut, part, choose, cut) for part in index.parts]


def _condition(where: Condition | str | Mapping[str, Any] | None) -> Condition | None:
    if isinstance(where, str):
        return parse_condition(where)
    return condition_from_dict(where) if isinstance(where, Mapping) else where


def _duration(name: str, value: timedelta | str) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise InputError(f"{name}: expected a duration such as '30m' or a timedelta, got {value!r}")
    return parse_duration(value)


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        close = closest_names(str(value), known, count=1)
        hint = f"did you mean {close[0]}?" if close else None
        raise InputError(f"{name}: expected one of {', '.join(known)}, got {value!r}", hint=hint)


def _cut(part: Part, choose: Callable[[Part], Part], cut: Callable[[Part], Spans]) -> Spans:
    return cut(choose(part))


def _chosen(part: Part, *, period: Period, mask: NDArray[np.uint8] | None) -> Part:
    return cutting.select(part, start_us=_microseconds(period.start), end_us=_microseconds(period.end), arrivals=mask)


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
