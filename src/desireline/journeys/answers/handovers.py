"""The answer of ``handovers``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field

from desireline.journeys.answers.shapes import EstimateAnswer


class HandoversHandover(Struct, frozen=True, kw_only=True):
    """An entry of ``handovers``."""

    source: str = field(name="from")
    target: str = field(name="to")
    count: int
    customers: int
    told: int
    median_seconds: float | None
    repeats: float | None
    repeats_low: float | None
    repeats_high: float | None
    repeats_n: int
    mean_wait_seconds: float | None
    waits: int


class HandoversAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    by: str
    within_seconds: float | None
    transferred_to: str | None
    spans: int
    handed_over: EstimateAnswer
    untraced: EstimateAnswer
    other_wait: EstimateAnswer
    handovers: list[HandoversHandover]
