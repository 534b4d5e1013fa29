"""The answer of ``funnel``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.shapes import TimeBin


class FunnelStep(Struct, frozen=True, kw_only=True):
    """An entry of ``steps``."""

    name: str
    customers: int
    conversion: float | None
    low: float | None
    high: float | None
    n: int
    from_previous: float | None
    from_previous_low: float | None
    from_previous_high: float | None
    from_previous_n: int
    median_seconds: float | None
    lower_seconds: float | None
    upper_seconds: float | None
    distribution: list[TimeBin]


class FunnelTimes(Struct, frozen=True, kw_only=True):
    """What ``time_to_convert`` says."""

    customers: int
    median_seconds: float | None
    lower_seconds: float | None
    upper_seconds: float | None
    distribution: list[TimeBin]


class FunnelGroupStep(Struct, frozen=True, kw_only=True):
    """An entry of ``steps``."""

    customers: int
    conversion: float | None
    low: float | None
    high: float | None


class FunnelGroup(Struct, frozen=True, kw_only=True):
    """An entry of ``groups``."""

    value: str | None
    values: int
    n: int
    steps: list[FunnelGroupStep]
    rest: float | None
    rest_n: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    p: float | None
    is_sure: bool
    untested: str | None


class FunnelReturned(Struct, frozen=True, kw_only=True):
    """What ``returned`` says."""

    customers: int
    share: float | None
    low: float | None
    high: float | None
    n: int
    median_seconds: float | None


class FunnelNext(Struct, frozen=True, kw_only=True):
    """An entry of ``next``."""

    touchpoint: str | None
    customers: int
    share: float | None
    low: float | None
    high: float | None
    n: int


class FunnelDropped(Struct, frozen=True, kw_only=True):
    """An entry of ``dropped``."""

    step: str
    customers: int
    returned: FunnelReturned
    next: list[FunnelNext]


class FunnelAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    order: str
    same: str | None
    without_same: int
    steps: list[FunnelStep]
    time_to_convert: FunnelTimes
    by: str | None
    groups: list[FunnelGroup]
    dropped: list[FunnelDropped]
