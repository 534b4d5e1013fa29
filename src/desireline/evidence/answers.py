"""What the routes of evidence give, as JSON: the keys of ``--json`` on the command line, with their types."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from desireline.journeys.model import Result

T = TypeVar("T")


class MeasuredNumber(Struct, frozen=True):
    """An estimate: its 95% interval, of how many it is, its unit ("share", "points", "GBP", "")."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str


class StepRow(Struct, frozen=True):
    """One step of a map, as counted; numbers are null where it cannot be measured."""

    id: str
    name: str
    optional: bool
    binding: str
    last_interaction: date | None
    broken_by: str | None
    interactions: int | None
    reached: int | None
    skipped: int | None
    repeated: int | None
    out_of_order: int | None
    left: int | None
    open: int | None
    median_seconds_from_previous: float | None
    median_seconds_from_previous_low: float | None
    median_seconds_from_previous_high: float | None
    median_seconds_from_previous_n: int | None
    reached_share: float | None
    reached_low: float | None
    reached_high: float | None
    skipped_share: float | None
    skipped_low: float | None
    skipped_high: float | None
    repeated_share: float | None
    repeated_low: float | None
    repeated_high: float | None
    out_of_order_share: float | None
    out_of_order_low: float | None
    out_of_order_high: float | None
    left_share: float | None
    left_low: float | None
    left_high: float | None


class UnplannedRow(Struct, frozen=True):
    """Interactions that no step counts, after a step; null: before the first."""

    touchpoint: str
    after: str | None
    count: int


class TransitionRow(Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """How many journeys went from a step to another, and whether the map allows it."""

    source: str
    target: str
    count: int
    allowed: bool


class ProcessAnswer(Struct, frozen=True):
    """The type of the process among the steps, and the shares of journeys of each type."""

    verdict: str
    journeys: int
    linear: float | None
    branching: float | None
    cyclical: float | None


class ChannelShare(Struct, frozen=True):
    """A channel of the interactions that count for a step."""

    channel: str
    interactions: int
    share: float


class LaneAnswer(Struct, frozen=True):
    """What was measured in the stays at one step; null where it was not."""

    step: str
    stays: int
    channels: tuple[ChannelShare, ...]
    effort: MeasuredNumber | None
    cost: MeasuredNumber | None
    nps: MeasuredNumber | None
    csat: MeasuredNumber | None
    ces: MeasuredNumber | None
    sentiment: MeasuredNumber | None
    emotion: MeasuredNumber | None
    feelings: dict[str, MeasuredNumber]


class MetricAnswer(Struct, frozen=True):
    """A metric as measured at a step, beside its target.

    Attributes
    ----------
    health
        good, attention, bad, unknown.
    direction
        Which values are better: higher or lower.
    """

    step: str
    metric: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    unit: str | None
    target: float | None
    health: str
    direction: str


class MeasuredFields(Struct, frozen=True, kw_only=True):
    """How journeys follow a map, with what was measured at its steps."""

    map: str
    title: str
    first: date | None
    last: date | None
    journeys: int
    not_on_map: int
    open: int
    fit: float | None
    fit_low: float | None
    fit_high: float | None
    cost: int
    worst: int
    interactions: int
    coverage: float | None
    process: ProcessAnswer
    steps: tuple[StepRow, ...]
    unplanned: tuple[UnplannedRow, ...]
    transitions: tuple[TransitionRow, ...]
    emotion_by: str | None
    currency: str
    lanes: tuple[LaneAnswer, ...]
    metrics: tuple[MetricAnswer, ...]


class PersonaMeasuresAnswer(MeasuredFields, frozen=True, kw_only=True):
    """The same for the customers of a persona."""

    id: str
    name: str


class MeasuresAnswer(MeasuredFields, frozen=True, kw_only=True):
    """What was measured along a map; for each persona that has a segment too, where that is asked for."""

    personas: tuple[PersonaMeasuresAnswer, ...] = ()


class ExampleInteractionAnswer(Struct, frozen=True):
    """An interaction of a journey, and what it is for the map."""

    at: datetime
    touchpoint: str
    channel: str | None
    arrival: int
    role: str
    step: str | None
    skipped: tuple[str, ...]


class ExampleJourneyAnswer(Struct, frozen=True):
    """A journey with its alignment."""

    customer: int
    identifier: str | None
    cost: int
    interactions: tuple[ExampleInteractionAnswer, ...]


class ExamplesAnswer(Struct, frozen=True):
    """Journeys behind one number, the latest first, and how many there are."""

    map: str
    what: str
    step: str | None
    touchpoint: str | None
    journeys: int
    examples: tuple[ExampleJourneyAnswer, ...]


class BindingAnswer(Struct, frozen=True):
    """What is known of a step's binding: bound, unbound, silent or broken, how many interactions meet it, and when the last did.

    Of fewer customers than whoever asks may see numbers of it is never silent but bound, for when they came is not told.

    Attributes
    ----------
    interactions
        Null where they are of fewer customers.
    """

    step: str
    state: str
    interactions: int | None
    last: date | None
    broken_by: str | None


class BindingsAnswer(Struct, frozen=True):
    """The bindings of all steps of a map, in its order."""

    map: str
    steps: tuple[BindingAnswer, ...]


class ConditionCount(Struct, frozen=True):
    """What a condition meets.

    Attributes
    ----------
    total
        All interactions of the period.
    missing
        What it names that the workspace does not have, with near names.
    """

    where: str
    interactions: int
    customers: int
    total: int
    first: datetime | None
    last: datetime | None
    missing: tuple[str, ...]


class RuleAnswer(Struct, frozen=True):
    """How a step was counted from a version of the map on."""

    version: int | None
    saved_at: datetime | None
    author: str | None
    label: str | None
    where: str | None
    count: str | None
    journey: str | None
    scope: str | None


class SeriesPointAnswer(Struct, frozen=True):
    """One month or week."""

    name: str
    start: date
    end: date
    value: float | None
    low: float | None
    high: float | None
    n: int
    is_over: bool
    rule_changed_by: tuple[int, ...]


class SeriesAnswer(Struct, frozen=True):
    """A figure at a step over time."""

    map: str
    step: str
    name: str
    measure: str
    unit: str
    by: str
    points: tuple[SeriesPointAnswer, ...]
    rules: tuple[RuleAnswer, ...]


class ProposalRow(Struct, frozen=True):
    """A proposed edit, with the numbers that speak for it.

    Attributes
    ----------
    count, of, share, low, high
        The journeys that speak for it, of how many, with the 95% interval of the share.
    fit_before, fit_after
        How well the journeys follow the map without it and with it alone.
    """

    id: str
    kind: str
    what: str
    why: str
    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None
    fit_before: float | None
    fit_after: float | None


class ProposalsAnswer(Struct, frozen=True):
    """What should be changed in a map, the strongest first; ``discarded``: after those the journeys would fit it worse."""

    map: str
    title: str
    journeys: int
    only_at_goal: bool
    fit: float | None
    first: date | None
    last: date | None
    proposals: tuple[ProposalRow, ...]
    rejected: tuple[ProposalRow, ...]
    discarded: tuple[ProposalRow, ...]


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """Proposals to write into the map, and those not to be made again."""

    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    because: str | None = None
    based_on: int | None = None


class DecisionAnswer(Struct, frozen=True):
    """The version that the map has after a decision."""

    map: str
    version: int


class FirstMap(Struct, frozen=True, forbid_unknown_fields=True):
    """What a first map shall be of: the journeys of a definition, of a period, of some customers."""

    title: str | None = None
    steps: int | None = None
    period: str | None = None
    where: str | None = None
    segment: str | None = None
    journey: str | None = None
    personas: tuple[str, ...] = ()


class StalePartAnswer(Struct, frozen=True):
    """A part of the staleness: drift, bindings, evidence or time; null where it cannot be said."""

    name: str
    value: float | None
    n: int
    text: str


class DriftAnswer(Struct, frozen=True):
    """How far the ways between the steps moved, and what chance alone makes of it."""

    distance: float
    noise: float
    journeys_before: int
    journeys_after: int


class StalenessAnswer(Struct, frozen=True):
    """How stale a map is, from 0 (fresh) to 1; null where it cannot be measured, and why."""

    map: str
    staleness: float | None
    parts: tuple[StalePartAnswer, ...]
    drift: DriftAnswer | None
    silent: tuple[str, ...]
    broken: tuple[str, ...]
    problem: str | None = None


class StalenessList(Struct, frozen=True):
    """The staleness of every map."""

    maps: tuple[StalenessAnswer, ...]


class ReviewReasonAnswer(Struct, frozen=True):
    """Why a map is to be looked at."""

    kind: str
    message: str


class ReviewRow(Struct, frozen=True):
    """A map to look at."""

    id: str
    title: str | None
    owner: str | None
    review_date: date | None
    reviewed: date | None
    staleness: float | None
    parts: tuple[StalePartAnswer, ...]
    reasons: tuple[ReviewReasonAnswer, ...]
    drift: DriftAnswer | None = None
    silent: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


class ReviewAnswer(Struct, frozen=True):
    """The maps that somebody has to look at, the stalest first."""

    maps: tuple[ReviewRow, ...]


def answer(result: Result, kind: type[T]) -> T:
    """A result in the type of its JSON; a measure that has no value is null."""
    return msgspec.json.decode(result.to_json(), type=kind)


def without_nan(value: Any) -> Any:
    """A value of JSON in which numbers that are none are null."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dict):
        return {key: without_nan(each) for key, each in value.items()}
    return [without_nan(each) for each in value] if isinstance(value, list | tuple) else value
