"""Numbers of answers to surveys, and of feelings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.base import phrase
from desireline.journeys.analyses.emotion import EmotionAnalysis, EmotionPass
from desireline.journeys.analyses.scores import ScoresAnalysis, ScoresPass
from desireline.journeys.behind.finding import (
    NOWHERE,
    AnalysisNumber,
    Finder,
    FoundSpans,
    code_among,
    code_of,
    spans_of,
)
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.emotion import EMOTION_LINES
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class AnswersNumber(AnalysisNumber[ScoresAnalysis]):
    """Spans with an answer that is counted; of the analysis the surveys are named.

    Attributes
    ----------
    value
        Only answers of the group with this name, empty for that without one; ``None``: all.
    score
        Only this one; ``None``: all.
    boxes
        Only those in so many highest levels of the scale; ``None``: all.
    """

    value: str | None = None
    score: int | None = None
    boxes: int | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ScoresPass, names)
        group = _group(self.value, counting)
        level = None if self.score is None else self.score - counting.asked.scale.low

        def find(spans: Spans) -> FoundSpans:
            told = counting.told_of(spans)
            chosen = np.ones(len(told.places), np.bool_) if group is None else told.groups == group
            if level is not None:
                chosen &= told.levels == level
            if self.boxes is not None:
                chosen &= told.levels >= counting.asked.scale.levels - self.boxes
            numbers, places = told.spans[chosen], told.places[chosen]
            last = np.diff(numbers, append=-1) != 0
            inside = np.where(places < spans.ends[numbers], places, NOWHERE)
            return FoundSpans(numbers[last], inside[last], len(numbers))

        return find


def _group(value: str | None, counting: ScoresPass) -> int | None:
    if value is None:
        return None
    return NO_VALUE if value == "" else counting.group_named(value)


@dataclass(frozen=True, slots=True)
class AnsweringNumber(AnalysisNumber[ScoresAnalysis]):
    """Spans of customers in a channel whom an answer can be about; of the analysis the surveys are named.

    Attributes
    ----------
    channel
        The channel.
    answered
        Only those of customers who have answered.
    """

    channel: str
    answered: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ScoresPass, names)
        code = code_of(self.channel, names, "channel")

        def find(spans: Spans) -> FoundSpans:
            answering = counting.answering(spans)
            found = spans_of(spans, np.flatnonzero(answering.told & (spans.part.channels == code)))
            chosen = np.ones(len(found.spans), np.bool_)
            if self.answered:
                chosen = answering.customers[spans.owners[found.spans]]
            return FoundSpans(found.spans[chosen], found.places[chosen])

        return find


@dataclass(frozen=True, slots=True)
class SentNumber(AnalysisNumber[ScoresAnalysis]):
    """Spans with a survey that was sent, or with an answer to one; of the analysis the surveys are named."""

    answered: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ScoresPass, names)
        places = counting.answers_to_sent if self.answered else counting.sent
        return lambda spans: spans_of(spans, places(spans))


@dataclass(frozen=True, slots=True)
class FeelingNumber(AnalysisNumber[EmotionAnalysis]):
    """Spans in which a feeling is told of; of the analysis the surveys are named.

    Attributes
    ----------
    step
        The step that it is about.
    line
        One of :data:`~desireline.journeys.results.emotion.EMOTION_LINES`.
    """

    step: str
    line: str

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(EmotionPass, names)
        step = code_among(self.step, counting.steps, what=self.analysis.by)
        line = code_among(self.line, EMOTION_LINES, what=phrase("line"))

        def find(spans: Spans) -> FoundSpans:
            told = counting.told_of(spans)
            return spans_of(spans, told.places[told.valid[line] & (told.steps == step)])

        return find
