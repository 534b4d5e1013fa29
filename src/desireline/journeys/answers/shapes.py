"""What the answers of several questions have in common."""

from __future__ import annotations

from msgspec import Struct


class EstimateAnswer(Struct, frozen=True, kw_only=True):
    """A measured number; see :class:`desireline.journeys.estimates.Estimate`."""

    name: str
    kind: str
    value: float | None
    n: int
    low: float | None
    high: float | None
    unit: str


class ShareAnswer(Struct, frozen=True, kw_only=True):
    """A share with its 95% interval and of how many it is."""

    share: float | None
    low: float | None
    high: float | None
    n: int


class ValueAnswer(Struct, frozen=True, kw_only=True):
    """A number with its 95% interval and of how many it is."""

    value: float | None
    low: float | None
    high: float | None
    n: int


class DifferenceAnswer(Struct, frozen=True, kw_only=True):
    """One number in two groups; see :class:`desireline.journeys.estimates.Difference`."""

    name: str
    kind: str
    unit: str
    before: float | None
    after: float | None
    n_before: int
    n_after: int
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    is_sure: bool
    untested: str | None


class TimeBin(Struct, frozen=True, kw_only=True):
    """How many customers took from ``low`` seconds (included) to ``high`` (excluded); ``None``: no end."""

    low: float | None
    high: float | None
    customers: int
