"""Which touchpoints are surveys, and which interactions their answers may be about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.engine import Answer, Pass
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names, Spans
from desireline.journeys.scoring import ScoreScale
from desireline.journeys.spans import rows_of
from desireline.kernels.arrays import read_only

R = TypeVar("R")
SURVEY_SHARE = 0.9
"""A touchpoint of which a larger share of interactions has a score is a survey."""
SURVEY_FIELDS = ("actor", "direction", "score", "score_kind")
_NO_SUCH_TEXT = -2


@dataclass(frozen=True, slots=True)
class Surveys:
    """What tells answers from what they are about.

    Attributes
    ----------
    is_survey
        bool[touchpoints].
    internal, system
        Codes of these texts of the fields ``direction`` and ``actor``; -2 where the index does not have them.
    """

    is_survey: NDArray[np.bool_]
    internal: int
    system: int

    def candidates(self, spans: Spans) -> NDArray[np.bool_]:
        """bool[n]: what an answer may be about.

        Neither a survey, nor work inside the company, nor what a system does by itself.
        """
        part = spans.part
        found = ~self.is_survey[part.touchpoints]
        if self.internal != _NO_SUCH_TEXT:
            found &= part.field("direction") != self.internal
        if self.system != _NO_SUCH_TEXT:
            found &= part.field("actor") != self.system
        return read_only(found)


@dataclass(frozen=True, slots=True)
class FoundScores:
    """The scores of one kind in a part, bool[n] each.

    ``valid``: whole numbers on the scale, with ``levels``, int64[n], their distance from its low end. ``off_scale``: others.
    """

    valid: NDArray[np.bool_]
    off_scale: NDArray[np.bool_]
    levels: NDArray[np.int64]


def find_scores(spans: Spans, scale: ScoreScale, code: int) -> FoundScores:
    """The scores of one kind in a part.

    Parameters
    ----------
    code
        Of the kind, among the texts of ``score_kind``.
    """
    scores = spans.part.field("score")
    of_kind = (spans.part.field("score_kind") == code) & (scores == scores)
    valid = of_kind & (scores >= scale.low) & (scores <= scale.high) & (scores == np.floor(scores))
    levels = np.where(valid, scores, scale.low).astype(np.int64) - scale.low
    return FoundScores(read_only(valid), of_kind & ~valid, levels)


def without_kind(spans: Spans) -> NDArray[np.bool_]:
    """bool[n]: scores of which nobody says what they answer."""
    scores = spans.part.field("score")
    found: NDArray[np.bool_] = (scores == scores) & (spans.part.field("score_kind") == NO_VALUE)
    return found


def code_of(names: Names, field: str, text: str) -> int:
    """The code of a text of a field; -2 where there is none."""
    texts = names.values.get(field, ())
    return texts.index(text) if text in texts else _NO_SUCH_TEXT


def surveys_among(names: Names, is_survey: NDArray[np.bool_]) -> Surveys:
    """With what the index knows of directions and actors."""
    return Surveys(read_only(is_survey), code_of(names, "direction", "internal"), code_of(names, "actor", "system"))


@dataclass(frozen=True, slots=True)
class SurveysPass(Pass[NDArray[np.int64], R]):
    """Finds out which touchpoints are surveys: those of which more than nine in ten interactions have a score.

    Attributes
    ----------
    known
        bool[touchpoints]: those that are surveys whatever they have.
    go_on
        Makes the next pass, or the answer.
    """

    names: Names
    known: NDArray[np.bool_]
    go_on: Callable[[Surveys], Answer[R] | Pass[Any, R]]

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """int64[2, touchpoints]: interactions, and those with a score."""
        rows = rows_of(spans)
        touchpoints, scores = spans.part.touchpoints[rows], spans.part.field("score")[rows]
        counts = np.zeros((2, len(self.names.touchpoints)), np.int64)
        counts[0] = np.bincount(touchpoints, minlength=counts.shape[1])
        counts[1] = np.bincount(touchpoints[scores == scores], minlength=counts.shape[1])
        return counts

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[R] | Pass[Any, R]:
        """What comes of it, or the pass that knows the surveys."""
        return self.go_on(surveys_among(self.names, self.known | (state[1] > SURVEY_SHARE * state[0])))


@dataclass(frozen=True, slots=True)
class SurveysAnalysis:
    """The touchpoints that are surveys, by name: see :class:`SurveysPass`."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What it looks at."""
        return ("score",)

    def begin(self, names: Names) -> Pass[Any, tuple[str, ...]]:
        """One reading."""
        none = np.zeros(len(names.touchpoints), np.bool_)
        return SurveysPass(names, none, partial(_named, names))


def _named(names: Names, surveys: Surveys) -> Answer[tuple[str, ...]]:
    return Answer(names_of_surveys(names, surveys))


def names_of_surveys(names: Names, surveys: Surveys) -> tuple[str, ...]:
    """The touchpoints that are surveys, by name."""
    marked: Sequence[bool] = surveys.is_survey.tolist()
    return tuple(sorted(name for name, is_one in zip(names.touchpoints, marked, strict=True) if is_one))
