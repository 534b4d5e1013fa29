"""The answer of ``drivers``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class DriversDriver(Struct, frozen=True, kw_only=True):
    """An entry of ``drivers``."""

    kind: str
    feature: str
    of: list[str]
    among: str | None
    n_with: int
    n_without: int
    share_with: float | None
    share_with_low: float | None
    share_with_high: float | None
    share_without: float | None
    share_without_low: float | None
    share_without_high: float | None
    n_comparable: int
    reach: float | None
    odds_ratio: float | None
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    p: float | None
    is_sure: bool
    turns: bool


class DriversMoment(Struct, frozen=True, kw_only=True):
    """An entry of ``moments``."""

    touchpoint: str
    n: int
    n_comparable: int
    reach: float | None
    reach_low: float | None
    reach_high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    points: float | None
    low: float | None
    high: float | None
    is_sure: bool


class DriversAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    outcome: str
    is_negative: bool | None
    says: str
    adjusted_for: list[str]
    spans: int
    customers: int
    share: float | None
    share_low: float | None
    share_high: float | None
    at_once: int
    left_out: int
    compared: int
    tested: int
    sure: int
    drivers: list[DriversDriver]
    moments: list[DriversMoment]
