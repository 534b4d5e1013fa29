"""What customers feel along the steps of their journeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result
from desireline.journeys.scoring import ScoreScale

if TYPE_CHECKING:
    import altair

EmotionBy = Literal["touchpoint", "stage"]
EmotionLine = Literal["sentiment", "NPS", "CSAT", "CES"]
EMOTION_LINES: tuple[EmotionLine, ...] = ("sentiment", "NPS", "CSAT", "CES")
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class EmotionStep:
    """One touchpoint or stage.

    Attributes
    ----------
    name
        Of the touchpoint or stage.
    stage
        Of a touchpoint; ``None`` where it has none.
    place
        Where in spans it lies on average: 0 is the first interaction, 1 the last.
    feelings
        By line, those that have values: the mean from -2 to 2.
    """

    name: str
    stage: str | None
    place: float
    feelings: Mapping[str, Estimate]

    @property
    def n(self) -> int:
        """How many values there are in all lines."""
        return sum(each.n for each in self.feelings.values())


@dataclass(frozen=True, slots=True)
class Emotion(Result):
    """Mean feelings by step, each line from another source and never mixed.

    Attributes
    ----------
    by
        What the steps are.
    steps
        In the order of the journey, those with a value.
    scales
        By kind of score, on what scale it was taken.
    unattributed
        Values that are about no step.
    off_scale
        By kind, scores that are not on its scale; in no other number here.
    """

    by: EmotionBy
    steps: tuple[EmotionStep, ...]
    scales: Mapping[str, ScoreScale]
    unattributed: int
    off_scale: Mapping[str, int]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each step and line."""
        return [
            {
                "step": step.name,
                "stage": step.stage,
                "place": step.place,
                "line": line,
                "mean": feeling.value,
                "low": feeling.low,
                "high": feeling.high,
                "n": feeling.n,
            }
            for step in self.steps
            for line, feeling in step.feelings.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"by", "steps": [...], "scales", "unattributed", "off_scale"}``; a step is a row of :meth:`rows`."""
        return {
            "by": self.by,
            "steps": self.rows(),
            "scales": {
                kind: {"low": each.low, "high": each.high, "high_means": each.high_means}
                for kind, each in self.scales.items()
            },
            "unattributed": self.unattributed,
            "off_scale": dict(self.off_scale),
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The means."""
        found = []
        for step in self.steps:
            for line, feeling in step.feelings.items():
                told = journeys_of("feeling", step=step.name, line=line)
                found.append(feeling.opening(told, told))
        return tuple(found)

    def chart(self) -> altair.LayerChart:
        """A line for each source over the steps, with intervals; where there are many steps, those with most values."""
        from desireline.journeys.pictures.scores_chart import draw_emotion

        return draw_emotion(self, most=_SHOWN)
