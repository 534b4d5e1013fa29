"""Where vertices stand within their layers: as near as possible to their neighbours, none upon another.

In each sweep a layer is placed by least squares under the condition that its order and distances are kept.
That is an isotonic regression, solved exactly by pooling adjacent violators (R. Barlow et al., "Statistical
Inference under Order Restrictions", 1972). The weights that keep long moves straight are those of Gansner
et al. (1993).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

_SWEEPS = 60


def place_layers(
    layers: Sequence[Sequence[int]],
    *,
    heights: Mapping[int, float],
    pulls: Mapping[int, Sequence[tuple[int, float]]],
    gap: float,
) -> dict[int, float]:
    """The middle of each vertex, in pixels downward; the uppermost edge of all is at 0.

    Parameters
    ----------
    layers
        The vertices of each layer, from top to bottom.
    heights
        Pixels that each vertex takes.
    pulls
        For each vertex, its neighbours in the layers beside it and how strongly they draw it.
    gap
        Pixels between two vertices of a layer.
    """
    middles: dict[int, float] = {}
    for layer in layers:
        middles.update(_stacked(layer, heights=heights, gap=gap))
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = [_wanted(vertex, middles, pulls) for vertex in layer]
            weights = [1.0 + sum(pull for _, pull in pulls.get(vertex, ())) for vertex in layer]
            distances = _distances(layer, heights=heights, gap=gap)
            placed = spaced(wanted, weights=weights, distances=distances)
            middles.update(zip(layer, placed, strict=True))
    top = min((middles[vertex] - heights[vertex] / 2 for vertex in middles), default=0.0)
    return {vertex: middle - top for vertex, middle in middles.items()}


def spaced(wanted: Sequence[float], *, weights: Sequence[float], distances: Sequence[float]) -> list[float]:
    """The positions nearest to ``wanted`` (weighted least squares) with at least ``distances`` in between.

    >>> spaced([0.0, 0.0], weights=[1.0, 1.0], distances=[10.0])
    [-5.0, 5.0]
    """
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []
    for place, (target, weight) in enumerate(zip(wanted, weights, strict=True)):
        pools.append((target - offsets[place], weight, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            pools[-2:] = [_pooled(pools[-2], pools[-1])]
    flat = [mean for mean, _, size in pools for _ in range(size)]
    return [value + offset for value, offset in zip(flat, offsets, strict=False)]


def _pooled(first: tuple[float, float, int], second: tuple[float, float, int]) -> tuple[float, float, int]:
    weight = first[1] + second[1]
    return ((first[0] * first[1] + second[0] * second[1]) / weight, weight, first[2] + second[2])


def _wanted(vertex: int, middles: Mapping[int, float], pulls: Mapping[int, Sequence[tuple[int, float]]]) -> float:
    around = pulls.get(vertex, ())
    total = sum(pull for _, pull in around)
    if not total:
        return middles[vertex]
    return sum(middles[other] * pull for other, pull in around) / total


def _stacked(layer: Sequence[int], *, heights: Mapping[int, float], gap: float) -> dict[int, float]:
    distances = _distances(layer, heights=heights, gap=gap)
    middles = [-sum(distances) / 2]
    for distance in distances:
        middles.append(middles[-1] + distance)
    return dict(zip(layer, middles, strict=False))


def _distances(layer: Sequence[int], *, heights: Mapping[int, float], gap: float) -> list[float]:
    return [(heights[first] + heights[second]) / 2 + gap for first, second in itertools.pairwise(layer)]
