"""The answer of ``loops``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class LoopsShare(Struct, frozen=True, kw_only=True):
    """What ``linear`` says."""

    share: float | None
    share_low: float | None
    share_high: float | None


class LoopsProcess(Struct, frozen=True, kw_only=True):
    """What ``process`` says."""

    verdict: str
    spans: int
    single: int
    linear: LoopsShare
    branching: LoopsShare
    cyclical: LoopsShare
    ways: float | None
    variety: float | None


class LoopsRepeats(Struct, frozen=True, kw_only=True):
    """What ``self_loops`` says."""

    count: int
    customers: int
    median_seconds: float | None
    total_seconds: float | None


class LoopsTouchpoint(Struct, frozen=True, kw_only=True):
    """An entry of ``touchpoints``."""

    touchpoint: str
    customers: int
    repeating_customers: int
    repeating_spans: int
    share: float | None
    share_low: float | None
    share_high: float | None
    self_loops: LoopsRepeats
    repetitions: LoopsRepeats
    shortest_between: int | None
    shortest: list[str]


class LoopsLoop(Struct, frozen=True, kw_only=True):
    """An entry of ``loops``."""

    touchpoint: str
    via: str
    count: int
    customers: int
    median_seconds: float | None


class LoopsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    spans: int
    customers: int
    spans_with_self_loop: int
    spans_with_repetition: int
    process: LoopsProcess
    touchpoints: list[LoopsTouchpoint]
    total_touchpoints: int
    loops: list[LoopsLoop]
    total_loops: int
