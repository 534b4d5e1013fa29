"""What customers feel along the steps: from the sentiment of texts, and from scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Phrase, phrase
from desireline.journeys.analyses.about import About, told_about
from desireline.journeys.analyses.surveys import (
    SURVEY_FIELDS,
    Surveys,
    SurveysPass,
    code_of,
    find_scores,
    surveys_among,
)
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, mean
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.emotion import EMOTION_LINES, Emotion, EmotionBy, EmotionStep
from desireline.journeys.scoring import SCORE_KINDS, HighMeans, ScoreScale, clipped, score_scale
from desireline.journeys.spans import rows_of
from desireline.kernels import scores as kernels
from desireline.kernels.arrays import read_only

DEFAULT_EMOTION_WITHIN = timedelta(days=7)
_NOTHING = -1
_FINEST = 10_000
"""Sentiments are taken to four decimals, so that sums are whole numbers."""
_COUNT, _SUM, _SQUARES = range(3)


@dataclass(frozen=True, slots=True)
class EmotionAnalysis:
    """Mean feeling from -2 (very bad) to +2 (very good) by step, each with its interval.

    Four lines, never mixed: the sentiment of what was said, to four decimals; and the answers to NPS, CSAT and CES, moved linearly
    from their scale to -2 … +2. A value is about the interaction that :class:`ScoresAnalysis` says an answer is about: its own,
    but of a survey, of work inside the company and of a system the one before, at most ``within``.

    Steps are in the order of the stages, then of their mean place in the spans. Those without a stage come last; those without
    a value are left out.

    Parameters
    ----------
    by
        touchpoint or stage.
    within
        Not negative.
    csat_scale, ces_scale, ces_high_means
        See :func:`desireline.journeys.scoring.score_scale`.
    surveys
        Touchpoints that are surveys. ``None``: those of which more than nine in ten interactions have a score.
    teams, channels
        Only what is about interactions of these teams, and in these channels, is told of. ``None``: all.
    """

    by: EmotionBy = "touchpoint"
    within: timedelta = DEFAULT_EMOTION_WITHIN
    csat_scale: tuple[int, int] | None = None
    ces_scale: tuple[int, int] | None = None
    ces_high_means: HighMeans | None = None
    surveys: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What it looks at."""
        return (*SURVEY_FIELDS, "sentiment", *(() if self.teams is None else ("team",)))

    def begin(self, names: Names) -> Pass[Any, Emotion]:
        """Find the surveys first, unless they are named; then the feelings.

        Raises
        ------
        InputError
            A setting has no such value, or stages are asked for and the taxonomy names none.
        UnknownNameError
            A survey is no touchpoint, or there is no such team or channel.
        """
        if self.by not in get_args(EmotionBy):
            raise InputError(
                phrase("by: expected one of {known}, got {by!r}", known=", ".join(get_args(EmotionBy)), by=self.by)
            )
        if self.by == "stage" and not names.stages:
            raise InputError(
                phrase("expected a taxonomy with stages, to follow feelings along them"),
                hint=phrase("say in taxonomy.yaml of the workspace which touchpoint belongs to which stage"),
            )
        if self.within < timedelta():
            raise InputError(
                phrase("within: expected a duration that is not negative, got {within}", within=self.within)
            )
        scales = (
            score_scale("NPS"),
            score_scale("CSAT", self.csat_scale),
            score_scale("CES", self.ces_scale, self.ces_high_means),
        )
        subject = told_about(names, self.teams, self.channels)
        go_on = partial(_emotion_pass, names, self.by, self.within // timedelta(microseconds=1), scales, subject)
        if self.surveys is None:
            return SurveysPass(names, np.zeros(len(names.touchpoints), np.bool_), go_on)
        return go_on(
            surveys_among(names, marks_of_touchpoints(self.surveys, names.touchpoints, role=phrase("surveys")))
        )


@dataclass(frozen=True, slots=True)
class FeelingCounts:
    """The state, in whole numbers.

    Attributes
    ----------
    feelings
        int64[lines, steps, 3]: how many, sum, sum of squares; sentiments in ten-thousandths of a point, scores as levels.
    places
        int64[2, steps]: sum of the places in spans in millionths, and how many.
    numbers
        int64[4]: unattributed, and off the scale by kind.
    """

    feelings: NDArray[np.int64]
    places: NDArray[np.int64]
    numbers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Feelings:
    """The feelings of a part.

    Attributes
    ----------
    places, steps
        int64[m], int32[m]: where they were told, and the steps that they are about, -1 of none.
    valid, values
        By line, bool[m] and int64[m]: which tell of it, and what.
    off_scale
        By kind of score, bool[n]: interactions with a score that is none of its scale.
    """

    places: NDArray[np.int64]
    steps: NDArray[np.int32]
    valid: tuple[NDArray[np.bool_], ...]
    values: tuple[NDArray[np.int64], ...]
    off_scale: tuple[NDArray[np.bool_], ...]


def _emotion_pass(
    names: Names, by: EmotionBy, within: int, scales: tuple[ScoreScale, ...], subject: About, surveys: Surveys
) -> Pass[FeelingCounts, Emotion]:
    if by == "stage":
        steps, groups = names.stages, np.array(names.stage_of, np.int32)
    else:
        steps, groups = names.touchpoints, np.arange(len(names.touchpoints), dtype=np.int32)
    groups = np.where(surveys.is_survey, np.int32(_NOTHING), groups)
    kinds = tuple(code_of(names, "score_kind", kind) for kind in SCORE_KINDS)
    return EmotionPass(names, by, steps, read_only(groups), surveys, scales, kinds, within, subject)


@dataclass(frozen=True, slots=True)
class EmotionPass(Pass[FeelingCounts, Emotion]):
    """Adds up feelings by step.

    ``groups``: int32[touchpoints], the place of each in ``steps`` or -1. ``kinds``: codes of the kinds of score. ``within``:
    microseconds.
    """

    names: Names
    by: EmotionBy
    steps: tuple[str, ...]
    groups: NDArray[np.int32]
    surveys: Surveys
    scales: tuple[ScoreScale, ...]
    kinds: tuple[int, ...]
    within: int
    subject: About

    def partial(self, spans: Spans) -> FeelingCounts:
        """The sums of one part."""
        part, count = spans.part, len(self.steps)
        found = self.told_of(spans)
        feelings = np.zeros((len(EMOTION_LINES), count, 3), np.int64)
        unattributed = 0
        for line, (values, is_valid) in enumerate(zip(found.values, found.valid, strict=True)):
            unattributed += int(np.count_nonzero(found.steps[is_valid] == _NOTHING))
            chosen = is_valid & (found.steps != _NOTHING)
            for kind, added in ((_COUNT, 1), (_SUM, values[chosen]), (_SQUARES, values[chosen] ** 2)):
                np.add.at(feelings[line, :, kind], found.steps[chosen], added)
        rows = rows_of(spans)
        numbers = (unattributed, *(np.count_nonzero(each[rows]) for each in found.off_scale))
        lying = kernels.relative_places(self.groups, part.touchpoints, spans.starts, spans.ends, count)
        return FeelingCounts(feelings, lying, np.array(numbers, np.int64))

    def told_of(self, spans: Spans) -> Feelings:
        """The feelings of one part that are told of."""
        part = spans.part
        sentiments = part.field("sentiment")
        scores = [find_scores(spans, *each) for each in zip(self.scales, self.kinds, strict=True)]
        valid = [sentiments == sentiments, *(each.valid for each in scores)]
        places, _, about = kernels.find_answers(
            part.times,
            spans.starts,
            spans.ends,
            spans.owners,
            part.offsets,
            read_only(np.logical_or.reduce(valid)),
            self.surveys.candidates(spans),
            self.within,
        )
        if not self.subject.is_everything:
            told = (about != _NOTHING) & self.subject.of(part)[about]
            places, about = places[told], about[told]
        steps = np.append(self.groups, np.int32(_NOTHING))[
            np.where(about == _NOTHING, -1, part.touchpoints[about].astype(np.int64))
        ]
        lines = [np.rint(np.nan_to_num(sentiments[places]) * _FINEST).astype(np.int64)]
        lines += [each.levels[places] for each in scores]
        has = tuple(each[places] for each in valid)
        return Feelings(places, steps, has, tuple(lines), tuple(each.off_scale for each in scores))

    def combine(self, first: FeelingCounts, second: FeelingCounts) -> FeelingCounts:
        """The sums."""
        return FeelingCounts(
            first.feelings + second.feelings, first.places + second.places, first.numbers + second.numbers
        )

    def conclude(self, state: FeelingCounts) -> Answer[Emotion]:
        """The answer."""
        found = []
        for step, name in enumerate(self.steps):
            feelings: dict[str, Estimate] = {
                line: self._feeling(number, _name(line, name), state.feelings[number, step].tolist())
                for number, line in enumerate(EMOTION_LINES)
                if state.feelings[number, step, _COUNT]
            }
            if feelings:
                total, interactions = state.places[:, step].tolist()
                place = total / interactions / kernels.MILLIONTHS if interactions else 1.0
                found.append((self._stage(step), place, EmotionStep(name, self._stage_name(step), place, feelings)))
        found.sort(key=lambda each: (each[0], each[1], each[2].name))
        unattributed, *off_scale = state.numbers.tolist()
        return Answer(
            Emotion(
                by=self.by,
                steps=tuple(step for _, _, step in found),
                scales=dict(zip(SCORE_KINDS, self.scales, strict=True)),
                unattributed=unattributed,
                off_scale=dict(zip(SCORE_KINDS, off_scale, strict=True)),
            )
        )

    def _stage(self, step: int) -> int:
        """The place of a step's stage; past the last one where it has none."""
        if self.by == "stage":
            return step
        stage = self.names.stage_of[step] if self.names.stage_of else _NOTHING
        return len(self.names.stages) if stage == _NOTHING else stage

    def _stage_name(self, step: int) -> str | None:
        stage = self._stage(step)
        return self.names.stages[stage] if stage < len(self.names.stages) else None

    def _feeling(self, line: int, name: str, sums: list[int]) -> Estimate:
        """The mean feeling of one line at one step, from sums of what was counted."""
        count, total, squares = sums
        if line == 0:
            return clipped(mean(name, count, total / _FINEST, squares / _FINEST**2, unit="points"), -2, 2)
        scale = self.scales[line - 1]
        start, slope = scale.feelings()
        lowest = start + slope * scale.low
        moved = lowest * count + slope * total
        moved_squares = lowest**2 * count + 2 * lowest * slope * total + slope**2 * squares
        return clipped(mean(name, count, moved, moved_squares, unit="points"), -2, 2)


def _name(line: str, step: str) -> Phrase:
    return phrase("{line} at {name}", line=phrase("sentiment") if line == "sentiment" else line, name=step)
