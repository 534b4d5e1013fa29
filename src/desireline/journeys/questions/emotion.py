"""What customers feel along the steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack

from desireline.base import Progress, phrase
from desireline.journeys.analyses.contacts import read_channels, read_names
from desireline.journeys.analyses.emotion import DEFAULT_EMOTION_WITHIN, EmotionAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import note_filter
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.emotion import Emotion, EmotionBy
from desireline.journeys.scoring import HighMeans, read_scale
from desireline.journeys.selection import Selection, SelectionOptions, read_duration
from desireline.store import Workspace


def emotion(
    workspace: Workspace,
    *,
    by: EmotionBy = "touchpoint",
    within: timedelta | str = DEFAULT_EMOTION_WITHIN,
    csat_scale: tuple[int, int] | str | None = None,
    ces_scale: tuple[int, int] | str | None = None,
    ces_high_means: HighMeans | None = None,
    surveys: Sequence[str] | None = None,
    teams: Sequence[str] | str | None = None,
    channels: Sequence[str] | str | None = None,
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
    teams, channels
        Also as text, ``billing,technical``.
    """
    analysis = EmotionAnalysis(
        by=by,
        within=timedelta() if within == "0" else read_duration("within", within),
        csat_scale=read_scale("csat_scale", csat_scale),
        ces_scale=read_scale("ces_scale", ces_scale),
        ces_high_means=ces_high_means,
        surveys=None if surveys is None else tuple(surveys),
        teams=read_names("teams", teams, example="billing,technical"),
        channels=read_channels(channels),
    )
    note_filter(
        progress,
        selection,
        phrase(
            "answers have to meet it, and what they are about; choose what they are about with --teams and --channels, or customers with --segment"
        ),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
