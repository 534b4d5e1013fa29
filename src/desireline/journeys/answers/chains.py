"""The answer of ``chains``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field

from desireline.journeys.answers.shapes import ValueAnswer


class ChainsChain(Struct, frozen=True, kw_only=True):
    """An entry of ``chains``."""

    channels: list[str]
    goes_on: bool
    chains: int
    customers: int
    share: ValueAnswer
    resolved: ValueAnswer
    median_seconds: float | None
    cost: ValueAnswer | None
    cost_per_resolved: ValueAnswer | None


class ChainsContainment(Struct, frozen=True, kw_only=True):
    """An entry of ``containment``."""

    channel: str | None
    chains: int
    contained: ValueAnswer


class ChainsPush(Struct, frozen=True, kw_only=True):
    """An entry of ``pushes``."""

    source: str = field(name="from")
    target: str = field(name="to")
    count: int
    customers: int
    share: ValueAnswer
    extra_per_push: float | None
    extra_cost: float | None


class ChainsChannel(Struct, frozen=True, kw_only=True):
    """An entry of ``channels``."""

    channel: str
    contacts: int
    unpriced: int
    cost: float | None


class ChainsSelfService(Struct, frozen=True, kw_only=True):
    """An entry of ``self_service``."""

    touchpoint: str
    interactions: int
    is_need: bool


class ChainsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    gap_seconds: float | None
    within_seconds: float | None
    currency: str | None
    total_chains: int
    customers: int
    resolved: ValueAnswer
    cost: ValueAnswer | None
    cost_per_resolved: ValueAnswer | None
    not_over: int
    abandoned: int
    different_chains: int
    chains: list[ChainsChain]
    containment: list[ChainsContainment]
    saving: ValueAnswer | None
    pushes: list[ChainsPush]
    channels: list[ChainsChannel]
    needs: str | None
    self_service: list[ChainsSelfService]
