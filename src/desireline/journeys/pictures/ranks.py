"""In which layer each node stands: the first two steps of a layered drawing.

K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE
SMC 11 (1981). First an order of all nodes is found in which few moves go backward; then each node gets the
earliest layer that lies after all nodes before it, and is shifted to where its moves are shortest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from desireline.journeys.pictures.graph import START, FlowGraph

Weights = Mapping[tuple[int, int], float]


def forward_order(graph: FlowGraph) -> list[int]:
    """The nodes in an order in which as few moves as possible go backward; the start marker first.

    The greedy order of P. Eades, X. Lin and W. Smyth ("A fast and effective heuristic for the feedback arc
    set problem", 1993) on counts, improved by moving single nodes while that helps.
    """
    weights = {(edge.source, edge.target): float(edge.count) for edge in graph.edges if edge.source != edge.target}
    inner = _greedy_order(range(1, len(graph.nodes)), weights)
    return [START, *_improved(inner, weights)]


def layers_of(graph: FlowGraph, order: Sequence[int]) -> list[int]:
    """The layer of each node, from 0 (the start marker) on."""
    place = {node: index for index, node in enumerate(order)}
    before: dict[int, set[int]] = defaultdict(set)
    after: dict[int, set[int]] = defaultdict(set)
    for edge in graph.edges:
        if edge.source != edge.target:
            first, second = sorted((edge.source, edge.target), key=place.__getitem__)
            before[second].add(first)
            after[first].add(second)
    layers = [0] * len(order)
    for node in order[1:]:
        layers[node] = 1 + max((layers[each] for each in before[node]), default=0)
    _tighten(layers, order, before=before, after=after)
    return layers


def _tighten(
    layers: list[int],
    order: Sequence[int],
    *,
    before: Mapping[int, set[int]],
    after: Mapping[int, set[int]],
) -> None:
    """Move nodes between their neighbours to where the sum of the lengths of their moves is least."""
    for _ in range(4):
        for node in reversed(order[1:]):
            earliest = 1 + max((layers[each] for each in before[node]), default=0)
            latest = min((layers[each] for each in after[node]), default=earliest + 1) - 1
            balance = len(after[node]) - len(before[node] - {START})
            if balance > 0:
                layers[node] = max(earliest, latest)
            elif balance < 0:
                layers[node] = earliest


def _greedy_order(nodes: range, weights: Weights) -> list[int]:
    remaining = list(nodes)
    order: list[int] = []
    while remaining:
        gain = {node: _net_flow(node, remaining, weights) for node in remaining}
        best = max(remaining, key=lambda node: (gain[node], -node))
        order.append(best)
        remaining.remove(best)
    return order


def _net_flow(node: int, others: Sequence[int], weights: Weights) -> float:
    return sum(weights.get((node, other), 0.0) - weights.get((other, node), 0.0) for other in others)


def _improved(order: list[int], weights: Weights) -> list[int]:
    """Move single nodes to their best place until nothing improves (at most ten rounds)."""
    for _ in range(10):
        before = list(order)
        for node in before:
            order = _reinserted(order, node, weights)
        if order == before:
            break
    return order


def _reinserted(order: list[int], node: int, weights: Weights) -> list[int]:
    """``node`` at the place where the least weight goes backward; it stays where it is on a tie."""
    others = [other for other in order if other != node]
    backward = sum(weights.get((other, node), 0.0) for other in others)
    costs = [backward]
    for other in others:
        backward += weights.get((node, other), 0.0) - weights.get((other, node), 0.0)
        costs.append(backward)
    here = order.index(node)
    best = min(range(len(costs)), key=lambda place: (costs[place], abs(place - here)))
    return [*others[:best], node, *others[best:]]
