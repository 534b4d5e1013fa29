"""What a layered drawing decides before it knows any pixels: the layers, and the order within each.

A move over several layers is cut by *bends*, one in each layer that it passes, so that all pieces lead from
one layer to the next.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from desireline.journeys.pictures.crossings import ordered_layers
from desireline.journeys.pictures.graph import FlowGraph, GraphEdge
from desireline.journeys.pictures.ranks import forward_order, layers_of


@dataclass(frozen=True, slots=True)
class Chain:
    """A move between two nodes: its vertices from left to right (nodes at the ends, bends between them).

    ``backward`` tells that the move itself runs from right to left.
    """

    edge: GraphEdge
    vertices: tuple[int, ...]
    backward: bool


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The vertices of each layer from top to bottom, and the moves. Vertices from ``bends`` on are bends."""

    layers: tuple[tuple[int, ...], ...]
    chains: tuple[Chain, ...]
    bends: int

    def layer_of(self) -> dict[int, int]:
        """The layer of each vertex."""
        return {vertex: layer for layer, row in enumerate(self.layers) for vertex in row}


def skeleton_of(graph: FlowGraph) -> Skeleton:
    """Put the nodes of a graph into layers and order them; a loop is no chain."""
    layer = layers_of(graph, forward_order(graph))
    chains = _chains(graph, layer)
    members: list[list[int]] = [[] for _ in range(max(layer, default=0) + 1)]
    for node, place in enumerate(layer):
        members[place].append(node)
    left: dict[int, list[int]] = defaultdict(list)
    right: dict[int, list[int]] = defaultdict(list)
    for chain in chains:
        first = layer[chain.vertices[0]]
        for step, vertex in enumerate(chain.vertices[1:-1], start=1):
            members[first + step].append(vertex)
        for before, after in zip(chain.vertices, chain.vertices[1:], strict=False):
            right[before].append(after)
            left[after].append(before)
    ordered = ordered_layers(members, left=left, right=right)
    return Skeleton(tuple(tuple(each) for each in ordered), chains, bends=len(graph.nodes))


def _chains(graph: FlowGraph, layer: list[int]) -> tuple[Chain, ...]:
    following = len(graph.nodes)
    chains = []
    for edge in graph.edges:
        if edge.source == edge.target:
            continue
        backward = layer[edge.source] > layer[edge.target]
        first, last = (edge.target, edge.source) if backward else (edge.source, edge.target)
        between = layer[last] - layer[first] - 1
        chains.append(Chain(edge, (first, *range(following, following + between), last), backward))
        following += between
    return tuple(chains)
