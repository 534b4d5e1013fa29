"""The answer of ``sessions``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class SessionsDistribution(Struct, frozen=True, kw_only=True):
    """An entry of ``distribution``."""

    measure: str
    low: float | None
    high: float | None
    sessions: int


class SessionsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    sessions: int
    customers: int
    median_interactions: float | None
    median_seconds: float | None
    distribution: list[SessionsDistribution]
