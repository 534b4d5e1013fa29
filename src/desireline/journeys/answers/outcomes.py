"""The answer of ``outcomes``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.shapes import ValueAnswer


class OutcomesOutcome(Struct, frozen=True, kw_only=True):
    """An entry of ``outcomes``."""

    outcome: str
    journeys: int
    customers: int
    share: float | None
    low: float | None
    high: float | None
    n: int
    median_seconds: float | None


class OutcomesAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    journeys: int
    customers: int
    within_seconds: float | None
    in_time: ValueAnswer
    outcomes: list[OutcomesOutcome]
