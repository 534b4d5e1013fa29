"""The answer of ``retention``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.shapes import EstimateAnswer


class RetentionCell(Struct, frozen=True, kw_only=True):
    """An entry of ``cells``."""

    since: int
    returned: int
    customers: int
    share: float | None
    low: float | None
    high: float | None


class RetentionCohort(Struct, frozen=True, kw_only=True):
    """An entry of ``cohorts``."""

    start: str
    customers: int
    cells: list[RetentionCell]
    inactive: EstimateAnswer


class RetentionAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    starts: list[str]
    returns: list[str]
    by: str
    kind: str
    patience: float | None
    timezone: str
    whose: str
    left_out: int
    record_end: str | None
    customers: int
    cohorts: list[RetentionCohort]
    curve: list[RetentionCell]
    inactive: EstimateAnswer
    value_at_stake: float | None
    value_of_judged: float | None
