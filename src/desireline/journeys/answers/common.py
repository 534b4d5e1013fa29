"""The answer of ``common``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class CommonJourney(Struct, frozen=True, kw_only=True):
    """An entry of ``journeys``."""

    path: list[str]
    customers: int
    spans: int
    share: float | None
    share_low: float | None
    share_high: float | None
    covered_customers: int
    covered: float | None
    median_seconds: float | None


class CommonAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    total_customers: int
    total_spans: int
    total_paths: int
    journeys: list[CommonJourney]
