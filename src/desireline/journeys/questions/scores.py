"""NPS, CSAT and CES."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack

from desireline.base import InputError, Progress, phrase
from desireline.journeys.analyses.contacts import read_channels, read_names
from desireline.journeys.analyses.scores import DEFAULT_SCORES_WITHIN, ScoresAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import note_filter
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.scores import Scores, ScoresBy, ScoresLevel
from desireline.journeys.scoring import HighMeans, ScoreKind, read_scale
from desireline.journeys.selection import Selection, SelectionOptions, read_duration
from desireline.store import Workspace


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
    teams: Sequence[str] | str | None = None,
    channels: Sequence[str] | str | None = None,
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
    teams, channels
        Also as text, ``billing,technical``.
    """
    if level == "journey" and selection.get("journey") is None:
        raise InputError(
            phrase("level: the level journey needs journeys"), hint=phrase("name a definition with --journey")
        )
    if by == "outcome" and selection.get("journey") is None:
        raise InputError(
            phrase("by: only journeys of a definition have an outcome"), hint=phrase("name one with --journey")
        )
    analysis = ScoresAnalysis(
        kind=kind,
        level=level,
        by=by,
        within=timedelta() if within == "0" else read_duration("within", within),
        scale=read_scale("scale", scale),
        high_means=high_means,
        surveys=None if surveys is None else tuple(surveys),
        sent=tuple(sent),
        teams=read_names("teams", teams, example="billing,technical"),
        channels=read_channels(channels),
        timezone=workspace.timezone,
    )
    note_filter(
        progress,
        selection,
        phrase(
            "answers have to meet it, and what they are about; choose what they are about with --teams and --channels, or customers with --segment"
        ),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
