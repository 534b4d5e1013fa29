"""A smooth curve through points that never swings beyond them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from desireline.maps.drawing.shapes import Point


def curve_through(points: Sequence[Point]) -> tuple[Point, ...]:
    """Control points of a cubic Bézier curve through points whose x rises; between two points it stays between their heights.

    Monotone cubic interpolation (Fritsch and Carlson 1980). Fewer than two points give no curve.

    >>> curve_through([(0, 0), (3, 3)])
    ((0, 0), (1.0, 1.0), (2.0, 2.0), (3, 3))
    """
    if len(points) < 2:
        return ()
    slopes = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in itertools.pairwise(points)]
    tangents = [slopes[0], *(_tangent(*pair) for pair in itertools.pairwise(slopes)), slopes[-1]]
    found: list[Point] = [points[0]]
    for place, (before, after) in enumerate(itertools.pairwise(points)):
        third = (after[0] - before[0]) / 3
        first, last = _limited(slopes[place], tangents[place], tangents[place + 1])
        found += [(before[0] + third, before[1] + first * third), (after[0] - third, after[1] - last * third), after]
    return tuple(found)


def _tangent(before: float, after: float) -> float:
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)


def _limited(slope: float, first: float, last: float) -> tuple[float, float]:
    if slope == 0:
        return 0.0, 0.0
    return _within(first, slope), _within(last, slope)


def _within(tangent: float, slope: float) -> float:
    return max(0.0, min(tangent / slope, 3.0)) * slope
