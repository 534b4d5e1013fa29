"""The answer of ``flow``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct, field


class FlowNode(Struct, frozen=True, kw_only=True):
    """An entry of ``nodes``."""

    name: str
    interactions: int
    customers: int


class FlowEdge(Struct, frozen=True, kw_only=True):
    """An entry of ``edges``."""

    source: str = field(name="from")
    target: str = field(name="to")
    count: int
    customers: int
    median_seconds: float | None
    mean_seconds: float | None


class FlowAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    nodes: list[FlowNode]
    edges: list[FlowEdge]
