"""A flow as a graph to be drawn: touchpoints, where journeys start and end, and the moves between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from desireline.journeys.model import Flow

NodeKind = Literal["start", "touchpoint"]

START = 0
"""Index of the start marker in every graph."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A touchpoint, or the marker where all spans start.

    Attributes
    ----------
    kind
        What it is.
    name
        The touchpoint's name; "Start" for the marker.
    interactions
        How often it occurs; for the marker, how many spans there are.
    customers
        Distinct customers; 0 for the marker (not known).
    starts, ends
        How many spans have their first or last interaction here.
    """

    kind: NodeKind
    name: str
    interactions: int
    customers: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """A move between two nodes, given by their indices. A move from the start marker knows its count only."""

    source: int
    target: int
    count: int
    customers: int | None
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Nodes (the start marker, then the most frequent touchpoint first) and edges.

    Edges come most frequent first, then by the places of their nodes; the order of the flow does not matter.
    Where spans end is no edge but a figure of each node: lines to one common end would cover everything else.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]

    @property
    def touchpoints(self) -> tuple[GraphNode, ...]:
        """The nodes without the start marker."""
        return self.nodes[1:]


def flow_graph(flow: Flow) -> FlowGraph:
    """The graph of a flow, with its starts and ends.

    Every interaction of a span either directly follows another one or is the first of its span. So the
    spans that start at a touchpoint are its interactions less all moves into it, and those that end there
    its interactions less all moves out of it. A flow that does not hold all its edges gives too many.

    >>> from desireline.journeys.model import FlowEdge, FlowNode
    >>> visit, call = FlowNode("Visit", 5, 4), FlowNode("Call", 2, 2)
    >>> graph = flow_graph(Flow((visit, call), (FlowEdge("Visit", "Call", 2, 2, 60.0, 61.0),)))
    >>> [(node.name, node.starts, node.ends) for node in graph.touchpoints]
    [('Visit', 5, 3), ('Call', 0, 2)]
    """
    incoming: Counter[str] = Counter()
    outgoing: Counter[str] = Counter()
    for edge in flow.edges:
        incoming[edge.target] += edge.count
        outgoing[edge.source] += edge.count
    ordered = sorted(flow.nodes, key=lambda node: (-node.interactions, node.name))
    touchpoints = [
        GraphNode(
            "touchpoint",
            node.name,
            node.interactions,
            node.customers,
            starts=max(0, node.interactions - incoming[node.name]),
            ends=max(0, node.interactions - outgoing[node.name]),
        )
        for node in ordered
    ]
    starts = sum(node.starts for node in touchpoints)
    marker = GraphNode("start", "Start", starts, customers=0, starts=starts, ends=0)
    return FlowGraph((marker, *touchpoints), _edges(flow, touchpoints))


def _edges(flow: Flow, touchpoints: list[GraphNode]) -> tuple[GraphEdge, ...]:
    place = {node.name: index for index, node in enumerate(touchpoints, start=1)}
    moves = [
        GraphEdge(place[edge.source], place[edge.target], edge.count, edge.customers, edge.median_seconds)
        for edge in flow.edges
        if edge.count > 0
    ]
    for index, node in enumerate(touchpoints, start=1):
        if node.starts:
            moves.append(GraphEdge(START, index, node.starts, None, None))
    return tuple(sorted(moves, key=edge_rank))


def edge_rank(edge: GraphEdge) -> tuple[int, int, int]:
    """Sorts edges: most frequent first, then by the places of their nodes."""
    return (-edge.count, edge.source, edge.target)
