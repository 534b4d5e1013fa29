"""The answer of ``channels``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field


class ChannelsMove(Struct, frozen=True, kw_only=True):
    """An entry of ``moves``."""

    source: str = field(name="from")
    target: str = field(name="to")
    count: int
    customers: int


class ChannelsCount(Struct, frozen=True, kw_only=True):
    """An entry of ``starts``."""

    channel: str
    count: int


class ChannelsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    moves: list[ChannelsMove]
    starts: list[ChannelsCount]
    ends: list[ChannelsCount]
