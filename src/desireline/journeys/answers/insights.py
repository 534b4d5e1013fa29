"""The answer of ``insights``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field


class InsightsTrend(Struct, frozen=True, kw_only=True):
    """What ``trend`` says."""

    slope: float | None
    interval: list[float | None]


class InsightsFinding(Struct, frozen=True, kw_only=True):
    """An entry of ``findings``."""

    kind: str
    measure: str
    subject: str
    segment: dict[str, str] | None
    source: str = field(name="from")
    target: str | None = field(name="to")
    before: float | None
    after: float | None
    interval: list[float | None]
    n: int
    confidence: float | None
    text: str
    also: list[str]
    trend: InsightsTrend | None


class InsightsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    days: int
    timezone: str
    journey: str | None
    series: int
    findings: list[InsightsFinding]
