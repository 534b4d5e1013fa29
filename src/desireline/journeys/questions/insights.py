"""What changed, without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from desireline.base import Progress
from desireline.interactions.costs import currency_of_amounts
from desireline.interactions.log import segment_fields
from desireline.journeys.analyses.insights import InsightsAnalysis
from desireline.journeys.analyses.insights.goals import Goals, window_of
from desireline.journeys.definitions import JourneyDefinition, definition_named, read_definitions
from desireline.journeys.engine import Engine
from desireline.journeys.fields import check_texts
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.arguments import record_end
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.insights import Insights
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def insights(
    workspace: Workspace,
    *,
    attributes: Sequence[str] | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Insights:
    """What changed, without being asked: findings, strongest first. See :class:`InsightsAnalysis`.

    Unless journeys of one definition are asked for, or ``where`` leaves interactions out, the journeys of all definitions of the workspace are followed
    to their goal.

    Parameters
    ----------
    attributes
        Fields whose values make segments, such as ``attributes.platform``; ``None``: channel-like fields and every attribute.

    Raises
    ------
    UnknownNameError
        No interaction has one of the attributes.
    """
    check_filled(workspace, attributes or (), role="attributes")
    check_texts(attributes or (), role="attributes")
    chosen = segment_fields(workspace) if attributes is None else tuple(attributes)
    asked = Selection(**selection)
    window = None if asked.journey is None else window_of(workspace, _definition(workspace, asked.journey))
    goals = Goals(workspace, read_definitions(workspace), asked) if window is None and asked.where is None else None
    analysis = InsightsAnalysis(
        attributes=chosen,
        timezone=workspace.timezone,
        window=window,
        goals=goals,
        record_end=record_end(workspace, asked),
        currency=currency_of_amounts(workspace),
    )
    return ask(workspace, analysis, asked, engine=engine, progress=progress)


def _definition(workspace: Workspace, journey: JourneyDefinition | str) -> JourneyDefinition:
    return journey if isinstance(journey, JourneyDefinition) else definition_named(workspace, journey)
