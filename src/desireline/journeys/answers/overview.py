"""The answer of ``overview``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class OverviewEnding(Struct, frozen=True, kw_only=True):
    """An entry of ``endings``."""

    touchpoint: str
    spans: int
    customers: int


class OverviewAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    interactions: int
    customers: int
    customers_seen_once: int
    spans: int
    endings: list[OverviewEnding]
