"""The answer of ``paths``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field


class PathsNode(Struct, frozen=True, kw_only=True):
    """An entry of ``nodes``."""

    step: int
    touchpoint: str
    paths: int
    customers: int
    share: float | None
    share_low: float | None
    share_high: float | None
    ended: int
    others: int


class PathsLink(Struct, frozen=True, kw_only=True):
    """An entry of ``links``."""

    step: int
    source: str | None = field(name="from")
    target: str | None = field(name="to")
    paths: int
    customers: int
    share: float | None
    share_low: float | None
    share_high: float | None
    median_seconds: float | None


class PathsMainPath(Struct, frozen=True, kw_only=True):
    """An entry of ``main_path``."""

    step: int
    touchpoint: str | None
    paths: int


class PathsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    touchpoint: str
    direction: str
    anchor: str
    repeats: str
    weekday: str | None
    total_spans: int
    total_customers: int
    spans: int
    customers: int
    paths: int
    nodes: list[PathsNode]
    links: list[PathsLink]
    main_path: list[PathsMainPath]
