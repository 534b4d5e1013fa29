"""How the journeys of a definition ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import Period, Progress
from desireline.interactions import Condition
from desireline.journeys.analyses.outcomes import OutcomesAnalysis
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.engine import Engine
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.outcomes import Outcomes
from desireline.journeys.selection import Selection
from desireline.store import Workspace


def outcomes(
    workspace: Workspace,
    journey: JourneyDefinition | str,
    *,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    not_segment: Condition | str | Mapping[str, Any] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Outcomes:
    """How the journeys of a definition ended. See :class:`OutcomesAnalysis`."""
    chosen = Selection(period=period, where=where, segment=segment, not_segment=not_segment, journey=journey)
    return ask(workspace, OutcomesAnalysis(), chosen, engine=engine, progress=progress)
