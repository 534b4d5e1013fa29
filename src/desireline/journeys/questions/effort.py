"""How much effort customers have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack

from desireline.base import Progress, phrase
from desireline.interactions import Condition, parse_condition
from desireline.journeys.analyses.contacts import read_channels, read_names
from desireline.journeys.analyses.effort import (
    DEFAULT_EFFORT_WITHIN,
    DEFAULT_LOOK_BACK,
    DEFAULT_THRESHOLD,
    EffortAnalysis,
)
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import note_filter, transfer_field
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.effort import Effort, EffortBy
from desireline.journeys.scoring import HighMeans, read_scale
from desireline.journeys.selection import Selection, SelectionOptions, read_duration, read_duration_or_zero
from desireline.store import Workspace


def effort(
    workspace: Workspace,
    *,
    weights: EffortWeights | Sequence[str] = (),
    by: EffortBy = "channel",
    within: timedelta | str = DEFAULT_EFFORT_WITHIN,
    channels: Sequence[str] | str | None = None,
    identification: Condition | str | None = None,
    transferred_to: str | None = None,
    teams: Sequence[str] | str | None = None,
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

    Which visits to self-service are about a need is what the section ``[contacts]`` of the settings says, otherwise the usual rule.

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
    transferred_to
        ``None``: as the section ``[contacts]`` of the settings says.
    teams
        Also as text, ``billing,technical``.
    scale
        Also as text, ``1..7``.
    """
    if not isinstance(weights, EffortWeights):
        weights = EffortWeights.read(workspace.section("effort")).changed(weights)
    analysis = EffortAnalysis(
        weights=weights,
        within=read_duration_or_zero("within", within),
        by=by,
        channels=read_channels(channels),
        identification=parse_condition(identification) if isinstance(identification, str) else identification,
        needs=ContactSettings.read(workspace.section("contacts")).needs,
        transferred_to=transfer_field(workspace, transferred_to),
        teams=read_names("teams", teams, example="billing,technical"),
        threshold=threshold,
        fit=fit,
        look_back=read_duration("look_back", look_back),
        scale=read_scale("scale", scale),
        high_means=high_means,
    )
    conditions = (analysis.identification, analysis.needs)
    note_filter(
        progress,
        selection,
        phrase(
            "what lies in another channel or team is no repeat and no switch then; choose effort with --teams, or see where it is added with --by"
        ),
    )
    return ask(workspace, analysis, Selection(**selection), conditions=conditions, engine=engine, progress=progress)
