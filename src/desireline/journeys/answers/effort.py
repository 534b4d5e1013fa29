"""The answer of ``effort``, as its JSON has it."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from desireline.journeys.answers.shapes import EstimateAnswer


class EffortWeight(Struct, frozen=True, kw_only=True):
    """An entry of ``weights``."""

    component: str
    weight: float | None
    low: float | None
    high: float | None


class EffortFit(Struct, frozen=True, kw_only=True):
    """What ``fit`` says."""

    answers: int
    left_out: int
    is_used: bool
    base: float | None
    r_squared: float | None
    drawn_to: float | None
    reason: str


class EffortComponent(Struct, frozen=True, kw_only=True):
    """An entry of ``components``."""

    component: str
    contacts: int
    spans: int
    amount: float | None
    points: float | None
    share: float | None


class EffortGroup(Struct, frozen=True, kw_only=True):
    """An entry of ``groups``."""

    channel: str | UnsetType | None = UNSET
    touchpoint: str | UnsetType | None = UNSET
    team: str | UnsetType | None = UNSET
    stage: str | UnsetType | None = UNSET
    contacts: int
    points: float | None
    share: float | None
    per_contact: float | None
    low: float | None
    high: float | None
    contact: float | None
    repeat: float | None
    switch: float | None
    transfer: float | None
    waiting_minute: float | None
    identification: float | None


class EffortAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    weights: list[EffortWeight]
    fit: EffortFit | None
    transferred_to: str | None
    teams: list[str] | None
    customers: int
    spans: int
    contacts: int
    with_effort: EstimateAnswer
    incomplete: int
    mean: EstimateAnswer
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    p90: float | None
    threshold: float | None
    above: EstimateAnswer
    components: list[EffortComponent]
    by: str
    groups: list[EffortGroup]
