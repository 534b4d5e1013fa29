"""Asking what was measured at the steps of a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import InputError, Progress, phrase
from desireline.evidence.bindings import DEFAULT_SILENT_AFTER
from desireline.evidence.checking import Prepared, checked, prepare, segments_of
from desireline.evidence.lane_results import MapMeasures, PersonaMeasures
from desireline.evidence.lanes import DEFAULT_LONGEST_STAY, LanesAnalysis, ScoreRules
from desireline.evidence.metrics import read_metrics
from desireline.evidence.tables import filled_fields
from desireline.interactions import CostSettings
from desireline.journeys import EffortAnalysis, Engine, Selection, ask
from desireline.journeys.analyses.emotion import DEFAULT_EMOTION_WITHIN
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.results.emotion import EmotionLine
from desireline.journeys.scoring import HighMeans, read_scale
from desireline.journeys.selection import SelectionOptions, read_duration
from desireline.maps import JourneyMap
from desireline.store import Workspace


def measure(
    workspace: Workspace,
    journey_map: JourneyMap,
    *,
    personas: bool = False,
    emotion: EmotionLine | None = None,
    within: timedelta | str = DEFAULT_EMOTION_WITHIN,
    csat_scale: tuple[int, int] | str | None = None,
    ces_scale: tuple[int, int] | str | None = None,
    ces_high_means: HighMeans | None = None,
    surveys: Sequence[str] | None = None,
    longest_stay: timedelta | str = DEFAULT_LONGEST_STAY,
    silent_after: timedelta | str = DEFAULT_SILENT_AFTER,
    time_out: timedelta | str | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> MapMeasures:
    """What was measured at the steps of a map, beside how journeys follow it. See :class:`LanesAnalysis`.

    Parameters
    ----------
    personas
        Whether to measure the same for the customers of each persona that has a segment.
    emotion
        Where the measured emotion comes from: sentiment, NPS, CSAT or CES. ``None``: what has most values.
    within
        What an answer is about lies at most so long before it; also as text, ``7d``, or ``0`` for the same moment.
    csat_scale, ces_scale, ces_high_means, surveys
        See :class:`ScoreRules`; scales also as text, ``1..5``.
    longest_stay
        What comes later belongs to no step, even where the journey goes on to none; also as text, ``30d``.

    Others: see :func:`~desireline.evidence.check`.

    Raises
    ------
    InputError
        No step of the map can be measured, or an argument has no such value.
    """
    check_emotion(emotion)
    scores = score_rules(within, csat_scale, ces_scale, ces_high_means, surveys)
    prepared = prepare(
        workspace,
        journey_map,
        selection,
        silent_after=silent_after,
        time_out=time_out,
        engine=engine,
        progress=progress,
    )
    segments = segments_of(prepared) if personas else ()
    asking = _Asking(prepared, lanes_analysis(prepared, scores, longest_stay), engine, progress)
    everybody = asking.measures(prepared.selection, emotion)
    return replace(
        everybody,
        personas=tuple(
            PersonaMeasures(
                each.id,
                each.name,
                asking.measures(replace(prepared.selection, segment=each.segment), everybody.emotion),
            )
            for each in segments
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """Asks the same of different customers."""

    prepared: Prepared
    lanes: LanesAnalysis
    engine: Engine | str | None
    progress: Progress | None

    def measures(self, selection: Selection, emotion: EmotionLine | None) -> MapMeasures:
        workspace = self.prepared.workspace
        figures = ask(workspace, self.prepared.analysis, selection, engine=self.engine, progress=self.progress)
        lanes = ask(workspace, self.lanes, selection, engine=self.engine, progress=self.progress)
        found = checked(self.prepared, figures)
        metrics = read_metrics(self.prepared.journey_map, found, lanes)
        return MapMeasures(found, lanes, emotion or lanes.main_line(), metrics)


def score_rules(
    within: timedelta | str,
    csat_scale: tuple[int, int] | str | None,
    ces_scale: tuple[int, int] | str | None,
    ces_high_means: HighMeans | None,
    surveys: Sequence[str] | None,
) -> ScoreRules:
    """The rules for answers, from arguments.

    Raises
    ------
    InputError
        One cannot be read.
    """
    found = ScoreRules(
        within=timedelta() if within == "0" else read_duration("within", within),
        csat_scale=read_scale("csat_scale", csat_scale),
        ces_scale=read_scale("ces_scale", ces_scale),
        ces_high_means=ces_high_means,
        surveys=None if surveys is None else tuple(surveys),
    )
    _ = found.scales
    return found


def lanes_analysis(prepared: Prepared, scores: ScoreRules, longest_stay: timedelta | str) -> LanesAnalysis:
    """What is measured at the steps, with the settings of the workspace for effort and cost.

    Raises
    ------
    SettingsError
        One of them says something that cannot be.
    """
    workspace = prepared.workspace
    contacts = ContactSettings.read(workspace.section("contacts"))
    effort = EffortAnalysis(
        weights=EffortWeights.read(workspace.section("effort")),
        needs=contacts.needs,
        transferred_to=contacts.transferred_to,
    )
    return LanesAnalysis(
        alignment=prepared.analysis,
        effort=effort,
        prices=CostSettings.read(workspace.section("costs")),
        gives_costs="cost" in filled_fields(workspace, ["cost"]),
        scores=scores,
        longest_stay=read_duration("longest stay", longest_stay),
    )


def check_emotion(emotion: str | None) -> None:
    """Refuse what is no source of emotion.

    Raises
    ------
    InputError
        It is none.
    """
    if emotion is not None and emotion not in get_args(EmotionLine):
        raise InputError(
            phrase(
                "emotion: expected one of {known}, got {emotion!r}",
                known=", ".join(get_args(EmotionLine)),
                emotion=emotion,
            )
        )
