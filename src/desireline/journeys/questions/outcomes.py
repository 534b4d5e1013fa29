"""How the journeys of a definition ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import Period, Progress
from desireline.interactions import Condition
from desireline.journeys.analyses.outcomes import Following, OutcomesAnalysis
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import record_end
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
    """How the journeys of a definition ended, and how many reached the goal within its time-out. See :class:`OutcomesAnalysis`."""
    chosen = Selection(period=period, where=where, segment=segment, not_segment=not_segment, journey=journey)
    analysis = OutcomesAnalysis(following(workspace, journey))
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)


def following(workspace: Workspace, journey: JourneyDefinition | str) -> Following | None:
    """Every journey is followed for its time-out, within which no pause can be too long; ``None`` of an empty record.

    Raises
    ------
    UnknownNameError
        There is no such journey.
    """
    definition = definition_named(workspace, journey) if isinstance(journey, str) else journey
    end = record_end(workspace, Selection(journey=definition))
    return None if end is None else Following(definition.time_out, end)
