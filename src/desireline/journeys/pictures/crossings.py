"""The order within each layer: few crossings of moves.

Sweeps of the barycentre method (Sugiyama, Tagawa, Toda 1981) with the exchange of neighbours of E. Gansner,
E. Koutsofios, S. North and K.-P. Vo, "A Technique for Drawing Directed Graphs", IEEE TSE 19 (1993). The
best order seen is kept.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

Layers = list[list[int]]
Neighbours = Mapping[int, Sequence[int]]

_SWEEPS = 12


def ordered_layers(layers: Layers, *, left: Neighbours, right: Neighbours) -> Layers:
    """The layers with their vertices in an order with few crossings, the same for the same input.

    Parameters
    ----------
    layers
        The vertices of each layer, in a first order.
    left, right
        The neighbours of each vertex in the layer before and after its own.
    """
    best, fewest = [list(layer) for layer in layers], crossings(layers, right=right)
    current = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        _sweep(current, left if sweep % 2 == 0 else right, forward=sweep % 2 == 0)
        _exchange(current, left=left, right=right)
        count = crossings(current, right=right)
        if count < fewest:
            best, fewest = [list(layer) for layer in current], count
    return best


def crossings(layers: Layers, *, right: Neighbours) -> int:
    """How many pairs of moves between neighbouring layers cross.

    >>> crossings([[0, 1], [2, 3]], right={0: [3], 1: [2]})
    1
    """
    total = 0
    for layer, following in itertools.pairwise(layers):
        place = {vertex: index for index, vertex in enumerate(following)}
        seen: list[int] = []
        for vertex in layer:
            targets = sorted(place[other] for other in right.get(vertex, ()))
            total += sum(len(seen) - bisect_right(seen, target) for target in targets)
            for target in targets:
                insort(seen, target)
    return total


def _sweep(layers: Layers, neighbours: Neighbours, *, forward: bool) -> None:
    indices = range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1)
    for index in indices:
        fixed = layers[index - 1 if forward else index + 1]
        place = {vertex: position for position, vertex in enumerate(fixed)}
        layer = layers[index]
        here = {vertex: position for position, vertex in enumerate(layer)}
        spread = len(fixed) / max(1, len(layer))
        wanted = {
            vertex: _mean([place[other] for other in neighbours.get(vertex, ())], here[vertex] * spread)
            for vertex in layer
        }
        layer.sort(key=lambda vertex: (wanted[vertex], here[vertex]))


def _mean(values: list[int], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _exchange(layers: Layers, *, left: Neighbours, right: Neighbours) -> None:
    """Exchange neighbours in a layer while that takes crossings away."""
    for _ in range(4):
        improved = False
        for index, layer in enumerate(layers):
            sides = _places(layers, index)
            for position in range(len(layer) - 1):
                first, second = layer[position], layer[position + 1]
                if _gain(first, second, sides=sides, neighbours=(left, right)) > 0:
                    layer[position], layer[position + 1] = second, first
                    improved = True
        if not improved:
            return


def _places(layers: Layers, index: int) -> tuple[Mapping[int, int], Mapping[int, int]]:
    before = layers[index - 1] if index else []
    after = layers[index + 1] if index + 1 < len(layers) else []
    return (
        {vertex: position for position, vertex in enumerate(before)},
        {vertex: position for position, vertex in enumerate(after)},
    )


def _gain(
    first: int,
    second: int,
    *,
    sides: tuple[Mapping[int, int], Mapping[int, int]],
    neighbours: tuple[Neighbours, Neighbours],
) -> int:
    """How many crossings fewer there are when ``second`` comes before ``first``."""
    gain = 0
    for places, lookup in zip(sides, neighbours, strict=True):
        ours = [places[other] for other in lookup.get(first, ())]
        theirs = [places[other] for other in lookup.get(second, ())]
        gain += sum((mine > other) - (mine < other) for mine in ours for other in theirs)
    return gain
