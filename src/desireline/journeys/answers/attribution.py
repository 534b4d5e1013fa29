"""The answer of ``attribution``, as its JSON has it."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from desireline.journeys.answers.shapes import EstimateAnswer


class AttributionModel(Struct, frozen=True, kw_only=True):
    """An entry of ``models``."""

    name: str
    assumes: str


class AttributionCredit(Struct, frozen=True, kw_only=True):
    """What ``first`` says."""

    conversions: float | None
    share: float | None
    low: float | None
    high: float | None


class AttributionCredited(Struct, frozen=True, kw_only=True):
    """An entry of ``touchpoints``."""

    name: str
    journeys: int
    converting: int
    credits: dict[str, AttributionCredit]


class AttributionAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    outcomes: list[str]
    by: str
    lookback_seconds: float | None
    half_life_seconds: float | None
    conversions: int
    unattributed: int
    journeys: int
    conversion: EstimateAnswer
    lumped: int
    models: list[AttributionModel]
    touchpoints: list[AttributionCredited] | UnsetType = UNSET
    channels: list[AttributionCredited] | UnsetType = UNSET
