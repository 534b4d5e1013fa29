"""The answer of ``variants``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct


class Variant(Struct, frozen=True, kw_only=True):
    """An entry of ``variants``."""

    path: list[str]
    customers: int
    spans: int
    share: float | None
    median_seconds: float | None


class VariantsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    total_customers: int
    total_spans: int
    total_variants: int
    variants: list[Variant]
