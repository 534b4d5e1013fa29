"""What changed, without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Unpack

from desireline.base import Progress
from desireline.interactions import count_log
from desireline.interactions.log import segment_fields
from desireline.journeys.analyses.insights import InsightsAnalysis
from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.engine import Engine
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.insights import Insights
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace

LONGEST_WINDOW = timedelta(days=7)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


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

    Raises
    ------
    UnknownNameError
        No interaction has one of the attributes.
    """
    check_filled(workspace, attributes or (), role="attributes")
    chosen = segment_fields(workspace) if attributes is None else tuple(attributes)
    asked = Selection(**selection)
    window = None if asked.journey is None else _window(workspace, asked.journey)
    analysis = InsightsAnalysis(chosen, workspace.timezone, window)
    return ask(workspace, analysis, asked, engine=engine, progress=progress)


def _window(workspace: Workspace, journey: JourneyDefinition | str) -> JourneyWindow:
    """How long the journeys of a definition are looked at: a week, or their time-out where that is shorter."""
    definition = journey if isinstance(journey, JourneyDefinition) else definition_named(workspace, journey)
    length, last = min(definition.time_out, LONGEST_WINDOW), count_log(workspace).last_at
    last_begin = 0 if last is None else (last - length - _EPOCH) // _MICROSECOND
    return JourneyWindow(definition.ident, length // _MICROSECOND, last_begin)
