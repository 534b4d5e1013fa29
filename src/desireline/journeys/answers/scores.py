"""The answer of ``scores``, as its JSON has it."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from desireline.journeys.answers.shapes import ShareAnswer


class ScoresScale(Struct, frozen=True, kw_only=True):
    """What ``scale`` says."""

    low: int
    high: int
    high_means: str


class ScoresTotal(Struct, frozen=True, kw_only=True):
    """What ``total`` says."""

    n: int
    promoters: int | UnsetType = UNSET
    passives: int | UnsetType = UNSET
    detractors: int | UnsetType = UNSET
    score: float | None
    low: float | None
    high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None


class ScoresDistribution(Struct, frozen=True, kw_only=True):
    """An entry of ``distribution``."""

    score: int
    n: int


class ScoresGroup(Struct, frozen=True, kw_only=True):
    """An entry of ``groups``."""

    touchpoint: str | UnsetType | None = UNSET
    channel: str | UnsetType | None = UNSET
    team: str | UnsetType | None = UNSET
    month: str | UnsetType | None = UNSET
    stage: str | UnsetType | None = UNSET
    outcome: str | UnsetType | None = UNSET
    promoters: int | UnsetType = UNSET
    passives: int | UnsetType = UNSET
    detractors: int | UnsetType = UNSET
    n: int
    score: float | None
    low: float | None
    high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None


class ScoresAnswering(Struct, frozen=True, kw_only=True):
    """An entry of ``answering``."""

    channel: str
    customers: int
    answered: int
    share: float | None
    low: float | None
    high: float | None


class ScoresAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    kind: str
    scale: ScoresScale
    level: str
    by: str | None
    teams: list[str] | None
    channels: list[str] | None
    within_seconds: float | None
    total: ScoresTotal
    distribution: list[ScoresDistribution]
    groups: list[ScoresGroup]
    unattributed: int
    off_scale: int
    without_kind: int
    surveys: list[str]
    response: ShareAnswer | None
    journeys_answered: ShareAnswer | None
    customers_answered: ShareAnswer | None
    answering: list[ScoresAnswering]
