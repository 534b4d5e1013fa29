"""The journeys behind a number, as its JSON has them."""

from __future__ import annotations

from msgspec import Struct


class BehindInteractionAnswer(Struct, frozen=True, kw_only=True):
    """One interaction of a journey; ``is_it``: what the number is about."""

    at: str
    touchpoint: str
    channel: str
    arrival: int
    is_it: bool


class BehindJourneyAnswer(Struct, frozen=True, kw_only=True):
    """A journey with its timeline."""

    customer: str
    identifier: str | None
    earlier: int
    later: int
    interactions: list[BehindInteractionAnswer]


class BehindAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer; ``times``: how often what the number is about happened in these journeys."""

    times: int
    journeys: int
    customers: int
    examples: list[BehindJourneyAnswer]
