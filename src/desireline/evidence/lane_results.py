"""What was measured at the steps of a map, and metrics beside their targets. Definitions: docs/measured-lanes.md."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desireline.base import phrase
from desireline.evidence.results import MapCheck, StepCheck
from desireline.journeys.estimates import Estimate
from desireline.journeys.model import Result
from desireline.journeys.results.emotion import EMOTION_LINES, EmotionLine
from desireline.journeys.scoring import ScoreScale
from desireline.maps.measured import SHARE, Measure, Measured, MetricReading, PersonaMeasured, StepMeasures


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How many of the interactions that count for a step were in a channel."""

    channel: str
    interactions: int


@dataclass(frozen=True, slots=True)
class StepLane:
    """What was measured in the stays at one step; an estimate with ``n`` 0 was not measured.

    Attributes
    ----------
    stays
        How many there are: interactions with a place at it.
    channels
        The most frequent first.
    effort
        Mean points of a stay.
    cost
        Mean cost of a stay.
    nps, csat, ces
        NPS from -100 to 100; share of answers in the two highest boxes; mean.
    sentiment
        Mean, from -2 to 2.
    feelings
        The measured emotion from -2 to 2, by where it comes from; never mixed.
    """

    step: str
    stays: int
    channels: tuple[ChannelCount, ...]
    effort: Estimate
    cost: Estimate
    nps: Estimate
    csat: Estimate
    ces: Estimate
    sentiment: Estimate
    feelings: Mapping[EmotionLine, Estimate]

    def shares(self) -> tuple[tuple[str, float], ...]:
        """The channel mix."""
        total = sum(each.interactions for each in self.channels)
        return tuple((each.channel, each.interactions / total) for each in self.channels)

    def estimates(self) -> dict[str, Estimate]:
        """By the kind of metric."""
        return {
            "effort": self.effort,
            "cost": self.cost,
            "nps": self.nps,
            "csat": self.csat,
            "ces": self.ces,
            "sentiment": self.sentiment,
        }


@dataclass(frozen=True, slots=True)
class Lanes:
    """What was measured at the measured steps of a map, in its order; ``scales``: of scores, by kind."""

    steps: tuple[StepLane, ...]
    currency: str
    scales: Mapping[str, ScoreScale]

    def main_line(self) -> EmotionLine | None:
        """The one source of emotion that has most values over all steps; ``None`` where no step has any."""
        counts = {
            line: sum(step.feelings[line].n for step in self.steps if line in step.feelings) for line in EMOTION_LINES
        }
        best = max(EMOTION_LINES, key=lambda line: counts[line])
        return best if counts[best] else None


@dataclass(frozen=True, slots=True)
class StepReading:
    """A metric as measured at a step."""

    step: str
    reading: MetricReading


@dataclass(frozen=True, slots=True)
class PersonaMeasures:
    """The same for the customers of a persona."""

    id: str
    name: str
    measures: MapMeasures

    def measured(self) -> PersonaMeasured:
        """What is drawn beside the map."""
        found = self.measures.measured()
        return PersonaMeasured(self.id, self.name, found.journeys, found.steps)


@dataclass(frozen=True, slots=True)
class MapMeasures(Result):
    """What was measured along a map.

    Attributes
    ----------
    check
        How journeys follow it.
    lanes
        Of the steps that can be measured.
    emotion
        The source of the measured emotion; ``None``: there is none.
    metrics
        Those that are placed at steps, in the order of the map.
    personas
        Those of the map that have a segment, where they were asked for; their emotion is from the same source.
    """

    check: MapCheck
    lanes: Lanes
    emotion: EmotionLine | None
    metrics: tuple[StepReading, ...]
    personas: tuple[PersonaMeasures, ...] = ()

    def lane(self, step: str) -> StepLane | None:
        """Of a step; ``None`` where it cannot be measured."""
        return next((each for each in self.lanes.steps if each.step == step), None)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each step and measure: ``{"step", "name", "measure", "value", "low", "high", "n", "unit"}``."""
        return [
            {"step": step.id, "name": step.name, "measure": measure, **_numbers(found)}
            for step in self.check.steps
            for measure, found in self._estimates(step)
        ]

    def to_dict(self) -> dict[str, Any]:
        """What the check gives, and ``{"emotion_by", "currency", "lanes": […], "metrics": […], "personas": […]}``."""
        return {
            **self.check.to_dict(),
            "emotion_by": self.emotion,
            "currency": self.lanes.currency,
            "lanes": [self._lane_fields(each) for each in self.lanes.steps],
            "metrics": [_metric_fields(each) for each in self.metrics],
            "personas": [{"id": each.id, "name": each.name, **each.measures.to_dict()} for each in self.personas],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Those of the check, and of each step what was measured there."""
        own = (found for step in self.lanes.steps for found in step.estimates().values() if found.n)
        return (*self.check.estimates(), *own)

    def measured(self) -> Measured:
        """What is drawn beside the map."""
        plain = self.check.measured()
        return replace(
            plain,
            steps=tuple(self._with_lane(each) for each in plain.steps),
            personas=tuple(each.measured() for each in self.personas),
        )

    def feeling(self, lane: StepLane) -> Estimate | None:
        """The measured emotion at a step."""
        return None if self.emotion is None else lane.feelings.get(self.emotion)

    def _estimates(self, step: StepCheck) -> list[tuple[str, Estimate]]:
        lane = self.lane(step.id)
        if lane is None:
            return []
        feeling = self.feeling(lane)
        found = {**lane.estimates(), **({} if feeling is None else {"emotion": feeling})}
        return [
            ("reached", step.share("reached")),
            *_waits(step),
            *((name, each) for name, each in found.items() if each.n),
        ]

    def _lane_fields(self, lane: StepLane) -> dict[str, Any]:
        feeling = self.feeling(lane)
        return {
            "step": lane.step,
            "stays": lane.stays,
            "channels": [
                {"channel": each.channel, "interactions": each.interactions, "share": share}
                for each, (_, share) in zip(lane.channels, lane.shares(), strict=True)
            ],
            **{name: _numbers_or_none(each) for name, each in lane.estimates().items()},
            "emotion": _numbers_or_none(feeling),
            "feelings": {line: _numbers(each) for line, each in lane.feelings.items()},
        }

    def _with_lane(self, step: StepMeasures) -> StepMeasures:
        lane = self.lane(step.step)
        own = tuple(each.reading for each in self.metrics if each.step == step.step)
        if lane is None:
            return replace(step, metrics=own)
        feeling = self.feeling(lane)
        return replace(
            step,
            emotion=None if feeling is None else as_measure(feeling, phrase("by {line}", line=_said(self.emotion))),
            effort=as_measure(lane.effort, "points"),
            sentiment=as_measure(lane.sentiment, ""),
            cost=as_measure(lane.cost, self.lanes.currency),
            channels=lane.shares(),
            metrics=own,
        )


def median_time(step: StepCheck) -> Estimate | None:
    """The median time from the place before to a step, in seconds, with its interval; ``None`` where no journey came from another place."""
    counts = step.counts
    if counts is None or math.isnan(counts.median_seconds):
        return None
    named, (value, low, high) = f"{step.id}: median time", counts.median
    return Estimate(named, "mean", value, counts.median_n, low, high, unit="seconds")


def _waits(step: StepCheck) -> list[tuple[str, Estimate]]:
    found = median_time(step)
    return [] if found is None else [("median time", found)]


def as_measure(estimate: Estimate, unit: str) -> Measure | None:
    """An estimate for drawing; ``None`` where nothing was measured."""
    if not estimate.n or math.isnan(estimate.value):
        return None
    low, high = (None if math.isnan(each) else each for each in (estimate.low, estimate.high))
    return Measure(estimate.value, estimate.n, low, high, unit)


def _said(line: EmotionLine | None) -> str:
    return phrase("sentiment") if line in (None, "sentiment") else str(line)


def _numbers(estimate: Estimate) -> dict[str, Any]:
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "unit": SHARE if estimate.kind == "share" else estimate.unit,
    }


def _numbers_or_none(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None or not estimate.n else _numbers(estimate)


def _metric_fields(each: StepReading) -> dict[str, Any]:
    reading, measure = each.reading, each.reading.measure
    return {
        "step": each.step,
        "metric": reading.metric,
        "name": reading.name,
        "value": None if measure is None else measure.value,
        "low": None if measure is None else measure.low,
        "high": None if measure is None else measure.high,
        "n": None if measure is None else measure.n,
        "unit": None if measure is None else measure.unit,
        "target": reading.target,
        "health": reading.health,
        "direction": reading.direction,
    }
