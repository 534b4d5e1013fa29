"""The answer of ``gaps``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field


class GapExampleAnswer(Struct, frozen=True, kw_only=True):
    """A customer with a gap."""

    customer: int
    identifier: str | None
    since: str | None
    at: str


class FirstSeenAnswer(Struct, frozen=True, kw_only=True):
    """With what spans begin."""

    touchpoint: str
    spans: int


class SkippedStageAnswer(Struct, frozen=True, kw_only=True):
    """An entry of ``skipped``."""

    missing: str
    reached: str
    spans: int
    without: int
    customers: int
    share: float | None
    share_low: float | None
    share_high: float | None
    settling: int
    settling_without: int
    missing_since: str
    begin_without_stage: int
    first_seen: list[FirstSeenAnswer]
    examples: list[GapExampleAnswer]


class GapsSwitch(Struct, frozen=True, kw_only=True):
    """An entry of ``switches``."""

    source: str = field(name="from")
    from_channel: str
    target: str = field(name="to")
    to_channel: str
    count: int
    customers: int
    expected: float | None
    share: float | None
    median_seconds: float | None
    examples: list[GapExampleAnswer]


class GapsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    stages: list[str]
    unrecorded: list[str]
    skipped: list[SkippedStageAnswer]
    moves: int
    silent_moves: int
    total_switches: int
    left_out: int
    switches: list[GapsSwitch]
