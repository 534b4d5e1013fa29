"""A map beside what happened, as numbers. Definitions: docs/evidence.md."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast

from desireline.base import format_day, phrase
from desireline.evidence.bindings import StepBinding
from desireline.journeys.estimates import Estimate, count, share
from desireline.journeys.model import Result
from desireline.journeys.results.loops import Verdict
from desireline.maps.measured import Measured, PersonaMeasured, ProcessType, StepMeasures, Transition, Unplanned

StepFact = Literal["reached", "skipped", "repeated", "out_of_order", "left", "open"]
STEP_FACTS: tuple[StepFact, ...] = ("reached", "skipped", "repeated", "out_of_order", "left", "open")
"""What can be true of a journey and a step, in the order of the kernel's codes."""


@dataclass(frozen=True, slots=True)
class StepCounts:
    """What was counted at a step: journeys, but for ``interactions``.

    Attributes
    ----------
    interactions
        Those that count for it.
    median_seconds
        From the place before to the place at this step, exact; NaN where no journey came from another, and at the first step.
    median_low, median_high
        Its 95% interval by order statistics, in seconds; NaN of fewer than six waits.
    median_n
        Of how many waits it is: arrivals from another place.
    """

    interactions: int
    reached: int
    skipped: int
    repeated: int
    out_of_order: int
    left: int
    open: int
    median_seconds: float = math.nan
    median_low: float = math.nan
    median_high: float = math.nan
    median_n: int = 0

    @property
    def median(self) -> tuple[float, float, float]:
        """The median with the ends of its interval."""
        return self.median_seconds, self.median_low, self.median_high


@dataclass(frozen=True, slots=True)
class StepCheck:
    """One step of a map.

    Attributes
    ----------
    journeys
        All that are on the map: what the shares are of.
    counts
        ``None`` where its interactions cannot be counted.
    """

    id: str
    name: str
    optional: bool
    binding: StepBinding
    journeys: int
    counts: StepCounts | None = None

    def share(self, fact: StepFact) -> Estimate:
        """The share of the journeys that a fact is true of, with its interval; NaN where it cannot be measured."""
        named = f"{self.id}: {fact.replace('_', ' ')}"
        if self.counts is None:
            return Estimate(named, "share", math.nan, 0)
        return share(named, int(getattr(self.counts, fact)), self.journeys)

    def row(self) -> dict[str, Any]:
        """The step as a row; numbers are ``None`` where it cannot be measured."""
        counts = self.counts
        told: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "optional": self.optional,
            "binding": self.binding.state,
            "last_interaction": None if self.binding.last is None else self.binding.last.isoformat(),
            "broken_by": self.binding.broken_by,
            "interactions": None if counts is None else counts.interactions,
        }
        for fact in STEP_FACTS:
            told[fact] = None if counts is None else getattr(counts, fact)
        median = (math.nan,) * 3 if counts is None else counts.median
        for ending, seconds in zip(("", "_low", "_high"), median, strict=True):
            told[f"median_seconds_from_previous{ending}"] = seconds
        told["median_seconds_from_previous_n"] = None if counts is None else counts.median_n
        for fact in STEP_FACTS[:-1]:
            estimate = self.share(fact)
            told |= {f"{fact}_share": estimate.value, f"{fact}_low": estimate.low, f"{fact}_high": estimate.high}
        return told

    def measures(self) -> StepMeasures:
        """For drawing."""
        bound = self.binding.measures()
        if self.counts is None:
            return bound
        median = self.counts.median_seconds
        return replace(
            bound,
            reached=self.counts.reached,
            skipped=self.counts.skipped,
            repeated=self.counts.repeated,
            out_of_order=self.counts.out_of_order,
            left=self.counts.left,
            median_seconds_from_previous=None if math.isnan(median) else median,
            median_seconds_interval=_interval(self.counts),
        )


def _interval(counts: StepCounts) -> tuple[float, float] | None:
    return None if math.isnan(counts.median_low) else (counts.median_low, counts.median_high)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well journeys follow a map: 1 less their cost as a share of the most that it could be.

    Attributes
    ----------
    journeys
        How many it is of.
    cost, worst
        In sum: of the optimal alignments; of giving no interaction a place.
    value, low, high
        From 0 to 1 with its 95% interval; NaN of no journeys, no interval where all journeys fit equally.
    error
        Standard error of ``value``.
    """

    journeys: int
    cost: int
    worst: int
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    error: float = math.nan

    def estimate(self) -> Estimate:
        """For comparing two answers."""
        spread = self.error * math.sqrt(self.journeys)
        return Estimate("fit", "mean", self.value, self.journeys, self.low, self.high, deviation=spread)


@dataclass(frozen=True, slots=True)
class ProcessShape:
    """The type of the process among the map's steps, defined as for :class:`desireline.journeys.Loops`.

    Attributes
    ----------
    verdict
        The type that at least half of the journeys have; "mixed" where none has; "unknown" where no journey has two steps.
    journeys
        Those with two or more steps; direct repeats are one step.
    linear, branching, cyclical
        Their shares.
    """

    verdict: Verdict
    journeys: int
    linear: Estimate
    branching: Estimate
    cyclical: Estimate

    @property
    def type(self) -> ProcessType | None:
        """The type; ``None`` where there is no clear one."""
        return None if self.verdict in ("mixed", "unknown") else cast("ProcessType", self.verdict)

    def to_dict(self) -> dict[str, Any]:
        """``{"verdict", "journeys", "linear", "branching", "cyclical"}``."""
        shares = {each: getattr(self, each).value for each in ("linear", "branching", "cyclical")}
        return {"verdict": self.verdict, "journeys": self.journeys, **shares}


@dataclass(frozen=True, slots=True)
class AlignmentFigures:
    """What the alignments of some journeys say of the measured steps of a map.

    Attributes
    ----------
    journeys
        Those on the map: with an interaction that counts for a step.
    not_on_map
        The others.
    open
        Those on the map that may still go on.
    interactions, covered
        Of the journeys on the map: all, and those that meet the condition of a step.
    steps
        In the order of the measured steps.
    unplanned
        Most frequent first, then by touchpoint, then in the order of the map.
    transitions
        From place to place, in the order of the map.
    first_us, last_us
        When the journeys on the map began and ended, microseconds since 1970, UTC; ``None`` of none.
    """

    journeys: int
    not_on_map: int
    open: int
    interactions: int
    covered: int
    fit: Fit
    process: ProcessShape
    steps: tuple[StepCounts, ...]
    unplanned: tuple[Unplanned, ...]
    transitions: tuple[Transition, ...]
    first_us: int | None
    last_us: int | None


@dataclass(frozen=True, slots=True)
class PersonaCheck:
    """The same figures for the customers of a persona."""

    id: str
    name: str
    check: MapCheck

    def measured(self) -> PersonaMeasured:
        """What is drawn beside the map."""
        found = self.check.measured()
        return PersonaMeasured(self.id, self.name, found.journeys, found.steps)


@dataclass(frozen=True, slots=True)
class MapCheck(Result):
    """A map and how journeys follow it.

    Attributes
    ----------
    map, title
        Id and title of the map.
    figures
        What was counted.
    steps
        All steps of the map, in its order.
    first, last
        The days, by the clock of the workspace, from the first interaction of these journeys to the last; ``None`` of none.
    personas
        Those of the map that have a segment, where they were asked for.
    """

    map: str
    title: str
    figures: AlignmentFigures
    steps: tuple[StepCheck, ...]
    first: date | None = None
    last: date | None = None
    personas: tuple[PersonaCheck, ...] = field(default=())

    @property
    def coverage(self) -> float:
        """The share of the interactions of journeys on the map that meet the condition of a step; NaN of none."""
        return self.figures.covered / self.figures.interactions if self.figures.interactions else math.nan

    def rows(self) -> list[dict[str, Any]]:
        """A row for each step."""
        return [step.row() for step in self.steps]

    def unplanned_rows(self) -> list[dict[str, Any]]:
        """A row for each touchpoint that no step counts, and the step before it."""
        return [
            {"touchpoint": each.touchpoint, "after": each.after, "count": each.count} for each in self.figures.unplanned
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"map", "journeys", "not_on_map", "open", "fit", …, "steps": […], "unplanned": […], "transitions": […], …}``."""
        figures = self.figures
        return {
            "map": self.map,
            "title": self.title,
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "journeys": figures.journeys,
            "not_on_map": figures.not_on_map,
            "open": figures.open,
            "fit": figures.fit.value,
            "fit_low": figures.fit.low,
            "fit_high": figures.fit.high,
            "cost": figures.fit.cost,
            "worst": figures.fit.worst,
            "interactions": figures.interactions,
            "coverage": self.coverage,
            "process": figures.process.to_dict(),
            "steps": self.rows(),
            "unplanned": self.unplanned_rows(),
            "transitions": [
                {"from": each.source, "to": each.target, "count": each.count, "allowed": each.allowed}
                for each in figures.transitions
            ],
            "personas": [{"id": each.id, "name": each.name, **each.check.to_dict()} for each in self.personas],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The fit, the shares of each step that can be measured, and how many journeys there are."""
        return (count("journeys", self.figures.journeys), self.figures.fit.estimate(), *self._shares())

    def measured(self) -> Measured:
        """What is drawn beside the map."""
        figures = self.figures
        return Measured(
            map=self.map,
            journeys=figures.journeys,
            fit=None if math.isnan(figures.fit.value) else figures.fit.value,
            steps=tuple(step.measures() for step in self.steps),
            unplanned=figures.unplanned,
            transitions=figures.transitions,
            period=_period(self.first, self.last),
            process=figures.process.type,
            personas=tuple(each.measured() for each in self.personas),
        )

    def _shares(self) -> Iterator[Estimate]:
        for step in self.steps:
            if step.counts is not None:
                yield from (step.share(fact) for fact in STEP_FACTS[:-1])


def _period(first: date | None, last: date | None) -> str:
    """From the first day to the last, as it stands in a drawing; nothing where no journey is."""
    if first is None or last is None:
        return ""
    return phrase("{first} to {last}", first=format_day(first), last=format_day(last))
