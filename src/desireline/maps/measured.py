"""What was measured at a map's steps, as values to be drawn beside what people wrote; the package ``evidence`` makes them.

Measured and authored never mix: nothing here stands in a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BindingState = Literal["bound", "unbound", "silent", "broken"]
Direction = Literal["higher", "lower"]
Health = Literal["good", "attention", "bad", "unknown"]
ProcessType = Literal["linear", "branching", "cyclical"]
SHARE = "share"
"""The unit of measures from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, its 95 % interval (``None``: it has none) and how many it comes from.

    Of the unit "share" numbers lie from 0 to 1, and are told in per cent.
    """

    value: float
    n: int
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MetricReading:
    """A metric as measured at a step, beside its target; ``direction`` is the one that is better."""

    metric: str
    name: str
    measure: Measure | None
    target: float | None = None
    health: Health = "unknown"
    direction: Direction = "higher"


@dataclass(frozen=True, slots=True)
class StepMeasures:
    """One step as customers took it; definitions in docs/evidence.md.

    Attributes
    ----------
    binding
        Whether it can be measured; ``silent_since`` is the day of its last interaction, ``broken_by`` names what is gone.
    reached, skipped, left
        Journeys. ``repeated``, ``out_of_order``: journeys in which it happened at least once.
    median_seconds_interval
        The 95 % interval of the median time.
    emotion
        Measured, from -2 to +2.
    channels
        Share of its interactions by channel, the largest first.
    """

    step: str
    binding: BindingState = "unbound"
    silent_since: date | None = None
    broken_by: str | None = None
    reached: int = 0
    skipped: int = 0
    repeated: int = 0
    out_of_order: int = 0
    left: int = 0
    median_seconds_from_previous: float | None = None
    median_seconds_interval: tuple[float, float] | None = None
    emotion: Measure | None = None
    effort: Measure | None = None
    sentiment: Measure | None = None
    cost: Measure | None = None
    channels: tuple[tuple[str, float], ...] = ()
    metrics: tuple[MetricReading, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonaMeasured:
    """What the customers of one persona did: those that its segment ties to it.

    Attributes
    ----------
    persona, name
        Its id and its name.
    """

    persona: str
    name: str
    journeys: int
    steps: tuple[StepMeasures, ...]


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Interactions at a touchpoint that no step counts, by the step before them (``None``: before the first)."""

    touchpoint: str
    after: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Transition:
    """How many times journeys went from one step to another, one after the other among the map's steps.

    ``allowed``: the map has a way between them that passes over optional and unmeasured steps at most.
    """

    source: str
    target: str
    count: int
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured along one map.

    Attributes
    ----------
    fit
        From 0 to 1: how well the journeys follow the map; ``None`` where nothing could be measured.
    period
        In words, such as "2026-01-01 to 2026-06-30".
    process
        Linear, branching or cyclical, as customers took it.
    personas
        The same for the customers of personas.
    """

    map: str
    journeys: int
    fit: float | None
    steps: tuple[StepMeasures, ...]
    unplanned: tuple[Unplanned, ...] = ()
    transitions: tuple[Transition, ...] = ()
    period: str = ""
    process: ProcessType | None = None
    personas: tuple[PersonaMeasured, ...] = ()
