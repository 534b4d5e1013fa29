"""The answer of ``survival``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class SurvivalStep(Struct, frozen=True, kw_only=True):
    """An entry of ``steps``."""

    time: int
    at_risk: int
    events: int
    censored: int
    survival: float | None
    low: float | None
    high: float | None


class SurvivalAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    events: list[str]
    churn_seconds: float | None
    starts: list[str]
    unit: str
    whose: str
    left_out: int
    record_end: str | None
    customers: int
    happened: int
    median: float | None
    median_low: float | None
    median_high: float | None
    steps: list[SurvivalStep]
