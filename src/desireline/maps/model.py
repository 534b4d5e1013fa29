"""The nouns of journey maps: what a document says, read into values that do not change.

A :class:`JourneyMap` is a view of a document (:mod:`desireline.maps.document`); whoever changes something changes the document. What the
fields mean and may hold: docs/maps.md and ``schemas/map.schema.json``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from desireline.base import Phrase, phrase, written
from desireline.interactions import Condition
from desireline.maps.amounts import amount_words

Level = Literal["life-cycle", "journey", "service-transaction", "perception-point", "process-step"]
State = Literal["current", "future"]
CountingRule = Literal["each", "once"]
Confidence = Literal["low", "medium", "high"]
Direction = Literal["higher", "lower"]
SHARE_KINDS = frozenset({"reach", "drop-off", "csat"})
"""Metrics of these kinds are shares: their targets and values are written from 0 to 1 and told in per cent."""
LaneRole = Literal[
    "storyboard",
    "actions",
    "thoughts",
    "motivations",
    "emotion",
    "tension",
    "touchpoints",
    "people",
    "pains",
    "gains",
    "frontstage",
    "backstage",
    "support",
    "metrics",
    "evidence",
    "opportunities",
    "solutions",
    "custom",
]
LANE_ROLES: tuple[LaneRole, ...] = get_args(LaneRole)
"""In the order in which they usually stand."""
LANE_LABELS: dict[LaneRole, str] = {
    "storyboard": phrase("Storyboard"),
    "actions": phrase("Customer actions"),
    "thoughts": phrase("Thoughts and questions"),
    "motivations": phrase("Motivations"),
    "emotion": phrase("Emotion"),
    "tension": phrase("Tension"),
    "touchpoints": phrase("Touchpoints and channels"),
    "people": phrase("People"),
    "pains": phrase("Pains"),
    "gains": phrase("Gains"),
    "frontstage": phrase("Frontstage"),
    "backstage": phrase("Backstage"),
    "support": phrase("Support"),
    "metrics": phrase("Metrics"),
    "evidence": phrase("Evidence"),
    "opportunities": phrase("Opportunities"),
    "solutions": phrase("Solutions"),
    "custom": phrase("Notes"),
}
"""The label of a lane that has none of its own."""
BLUEPRINT_LINES: dict[LaneRole, str] = {
    "frontstage": phrase("Line of interaction"),
    "backstage": phrase("Line of visibility"),
    "support": phrase("Line of internal interaction"),
}
"""The line of a service blueprint that stands above the first lane of a role (Bitner, Ostrom, Morgan 2008)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for something."""

    name: str
    department: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """``source`` is a file beside the map, or a ``data:`` address; ``alternative`` says what it shows."""

    source: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a claim: its kind (interview, survey, analytics …), source, a quote, how many it comes from, when."""

    kind: str
    source: str | None = None
    quote: str | None = None
    n: int | None = None
    date: date | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a cell says; without evidence it is an assumption.

    Attributes
    ----------
    opportunities
        Ids of what this pain leads to.
    """

    text: str
    confidence: Confidence | None = None
    reviewed: date | None = None
    evidence: tuple[Evidence, ...] = ()
    opportunities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TouchpointMention:
    """A touchpoint as it is drawn, and its channel."""

    name: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a lane says at a step, or from a step until another.

    Attributes
    ----------
    emotion
        From -2 (very bad) to +2 (very good), as somebody says, not measured.
    tension
        From 1 to 5.
    """

    id: str
    step: str
    until: str | None = None
    claims: tuple[Claim, ...] = ()
    emotion: float | None = None
    word: str | None = None
    tension: float | None = None
    touchpoints: tuple[TouchpointMention, ...] = ()
    picture: Picture | None = None
    opportunities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the map; ``persona`` and ``line`` matter where several lanes have the role emotion."""

    id: str
    role: LaneRole
    label: str
    persona: str | None = None
    line: State = "current"
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """Which interactions count as reaching a step, and whether each of them counts or only a journey's first."""

    where: Condition
    count: CountingRule = "each"


@dataclass(frozen=True, slots=True)
class MetricPlacement:
    """A metric at a step, with a target of its own where it differs from the metric's."""

    metric: str
    target: float | None = None
    attention: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A column of the map: one step, one id.

    Attributes
    ----------
    next
        Ids of the steps that may follow; ``None``: the one after it in the map.
    moment_of_truth
        ``None``: it is none; else why it is one, "" where nothing is said.
    map
        Id of the map that shows it in detail.
    """

    id: str
    name: str
    summary: str | None = None
    optional: bool = False
    next: tuple[str, ...] | None = None
    moment_of_truth: str | None = None
    binding: Binding | None = None
    metrics: tuple[MetricPlacement, ...] = ()
    map: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A group of steps."""

    id: str
    name: str
    goal: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class BehaviourScale:
    """Where somebody stands between two ends: 0 is ``low``, 1 is ``high``."""

    low: str
    high: str
    value: float


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of customer; ``share`` is what somebody says, ``segment`` ties it to real customers."""

    id: str
    name: str
    summary: str | None = None
    quote: str | None = None
    picture: Picture | None = None
    goals: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    behaviour: tuple[BehaviourScale, ...] = ()
    share: float | None = None
    segment: Condition | None = None


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A value that somebody measured elsewhere."""

    value: float
    date: date
    n: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured, defined once: kind, unit, which direction is better, target, owner.

    Attributes
    ----------
    kind
        ``number`` has the values that it is given; the others are measured where their step is bound: reach, drop-off,
        median-time, effort, nps, csat, ces, sentiment, cost.
    target, attention
        At the target or better it is good; beyond ``attention`` it is bad; between them it needs attention.
    """

    id: str
    name: str
    kind: str
    summary: str | None = None
    unit: str | None = None
    direction: Direction = "higher"
    target: float | None = None
    attention: float | None = None
    owner: Owner | None = None
    values: tuple[MetricValue, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether its numbers are shares, from 0 to 1."""
        return self.kind in SHARE_KINDS

    def tell(self, value: float) -> Phrase:
        """A value or target of it for people: ``30 %``, ``4 days``."""
        if self.is_share:
            return written(f"{round(value * 100, 4):g}\N{NO-BREAK SPACE}%")
        return amount_words(f"{value:g}", self.unit)


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work for a department."""

    id: str
    title: str
    department: str | None = None
    owner: Owner | None = None
    due: date | None = None
    kpi: str | None = None
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Solution:
    """What could be done about an opportunity; ``shipped`` is the day from which customers have it."""

    id: str
    title: str
    summary: str | None = None
    status: str = "idea"
    shipped: date | None = None
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Opportunity:
    """ "How might we …": what it is worth to customers (1 to 5) and to the business, what it costs, and what could be done.

    Attributes
    ----------
    reach, impact, confidence, person_months
        For RICE: customers a quarter, 0 to 10, 0 to 1, person-months.
    ease
        For ICE: 0 to 10.
    """

    id: str
    title: str
    summary: str | None = None
    customer_value: float | None = None
    business_value: float | None = None
    effort: float | None = None
    reach: float | None = None
    impact: float | None = None
    confidence: float | None = None
    ease: float | None = None
    person_months: float | None = None
    metrics: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    status: str = "open"
    owner: Owner | None = None
    solutions: tuple[Solution, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a map is about; ``employees``: the company's own people are the customers."""

    segment: str | None = None
    product: str | None = None
    market: str | None = None
    employees: bool = False
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """The map, and the step of it, that this map shows in detail."""

    map: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedMap:
    """Another map that a map names, as the library has it; ``step`` is the name of the step that this one shows in detail."""

    id: str
    title: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """One journey map, with the personas, metrics and opportunities that it holds or names.

    Attributes
    ----------
    journey
        The journey definition that cuts the measured journeys; ``None``: life cycles.
    personas, metrics, opportunities
        Those that could be found, in the order in which the map names them.
    missing
        ``"persona/anna"``: what it names and nobody has.
    linked
        The maps that show its steps in detail, and the one that it belongs to, where the library has them.
    steps_before
        Of an excerpt: how many steps of the whole map come before its own.
    """

    id: str
    title: str
    phases: tuple[Phase, ...]
    lanes: tuple[Lane, ...] = ()
    summary: str | None = None
    goal: str | None = None
    level: Level = "journey"
    state: State = "current"
    language: str | None = None
    scope: Scope = Scope()
    journey: str | None = None
    personas: tuple[Persona, ...] = ()
    metrics: tuple[Metric, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    owner: Owner | None = None
    review_date: date | None = None
    reviewed: date | None = None
    reviewed_by: str | None = None
    tags: tuple[str, ...] = ()
    parent: Parent | None = None
    future: str | None = None
    missing: tuple[str, ...] = ()
    linked: tuple[LinkedMap, ...] = ()
    steps_before: int = 0

    def title_of(self, other: str) -> str:
        """What another map is called that this one names; its id where the library does not have it."""
        return next((each.title for each in self.linked if each.id == other), other)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all phases, in the order of the map."""
        return tuple(step for phase in self.phases for step in phase.steps)

    def followers(self, step: Step) -> tuple[str, ...]:
        """Ids of the steps that may follow a step of this map: those it names, else the one after it."""
        if step.next is not None:
            return step.next
        steps = self.steps
        place = next(place for place, each in enumerate(steps) if each.id == step.id)
        return (steps[place + 1].id,) if place + 1 < len(steps) else ()
