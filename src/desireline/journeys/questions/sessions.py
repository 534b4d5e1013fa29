"""Spans without a long pause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desireline.base import Period, Progress
from desireline.interactions import Condition
from desireline.journeys.analyses.sessions import SessionsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Sessions
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import DEFAULT_GAP, Selection
from desireline.store import Workspace


def sessions(
    workspace: Workspace,
    *,
    gap: timedelta | str = DEFAULT_GAP,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    not_segment: Condition | str | Mapping[str, Any] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Sessions:
    """Spans without a pause longer than the gap. See :class:`SessionsAnalysis`."""
    chosen = Selection(period=period, where=where, segment=segment, not_segment=not_segment, span="session", gap=gap)
    return ask(workspace, SessionsAnalysis(), chosen, engine=engine, progress=progress)
