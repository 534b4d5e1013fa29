"""Lines of a picture: smooth curves, and where their labels find room."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = np.linspace(0.0, 1.0, 12)[:, None]
_WEIGHTS = ((1 - _STEPS) ** 3, 3 * (1 - _STEPS) ** 2 * _STEPS, 3 * (1 - _STEPS) * _STEPS**2, _STEPS**3)
"""Of the start, the two handles and the end of a piece at each step along it."""
_PLACES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a picture, in pixels from its top left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An upright rectangle: its top left corner and its size in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def overlap(self, other: Rectangle) -> float:
        """The area that both cover, in square pixels.

        >>> Rectangle(0, 0, 10, 10).overlap(Rectangle(8, 5, 10, 10))
        10.0
        """
        return float(_covered(_edges([self]), _edges([other]))[0, 0])


@dataclass(frozen=True, slots=True)
class Curve:
    """Cubic Bézier pieces end to end: a start, then two handles and an end for each piece."""

    points: tuple[Point, ...]

    @property
    def start(self) -> Point:
        """Where the line begins."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """Where the line ends."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class CurveLabel:
    """A text on a line: its middle, and whether there is room to show it."""

    text: str
    middle: Point
    shown: bool


def curve_through(points: Sequence[Point]) -> Curve:
    """A smooth line through points from left to right (or right to left), level at each of them.

    >>> len(curve_through([Point(0, 0), Point(10, 5)]).points)
    4
    """
    path = [points[0]]
    for before, after in itertools.pairwise(points):
        reach = (after.x - before.x) / 2
        path += [Point(before.x + reach, before.y), Point(after.x - reach, after.y), after]
    return Curve(tuple(path))


def samples(curve: Curve) -> NDArray[np.float64]:
    """float64[k, 2]: points along a curve, close enough to tell what it touches."""
    controls = np.array([(point.x, point.y) for point in curve.points])
    pieces = np.arange(0, len(controls) - 1, 3)
    start, first, second, end = (controls[pieces + place, None] for place in range(4))
    to_start, to_first, to_second, to_end = _WEIGHTS
    found: NDArray[np.float64] = to_start * start + to_first * first + to_second * second + to_end * end
    return found.reshape(-1, 2)


def place_labels(
    texts: Sequence[str],
    sizes: Sequence[tuple[float, float]],
    curves: Sequence[Curve],
    *,
    occupied: Sequence[Rectangle],
) -> list[CurveLabel]:
    """Find a place on each curve for its text, in the order given; what finds none is not shown.

    Parameters
    ----------
    texts, sizes, curves
        The label of each curve, its width and height in pixels, and the curve.
    occupied
        What no label may cover.
    """
    lines = [samples(curve) for curve in curves]
    every = np.concatenate([np.empty((0, 2)), *lines])
    taken = _edges(occupied)
    labels = []
    for text, size, line in zip(texts, sizes, lines, strict=True):
        places = _along(line)
        areas = _edges([_around(place, size) for place in places])
        covered = _covered(areas, taken)
        crossed = _points_in(areas, every) - _points_in(areas, line)
        costs = [_cost(*each) for each in zip(covered, crossed.tolist(), strict=True)]
        best = min(range(len(places)), key=lambda place: (costs[place] + place * 0.15, place))
        shown = not (covered[best] > 1).any()
        if shown:
            taken = np.concatenate([taken, areas[best : best + 1]])
        labels.append(CurveLabel(text, places[best], bool(shown)))
    return labels


def _edges(areas: Sequence[Rectangle]) -> NDArray[np.float64]:
    """float64[k, 4]: left, right, upper and lower edges."""
    return np.array([(each.x, each.right, each.y, each.bottom) for each in areas], np.float64).reshape(-1, 4)


def _covered(areas: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[a, k]: how much of each area each of others covers, in square pixels."""
    left, right, top, bottom = taken.T
    own_left, own_right, own_top, own_bottom = areas.T[:, :, None]
    wide = np.minimum(right, own_right) - np.maximum(left, own_left)
    high = np.minimum(bottom, own_bottom) - np.maximum(top, own_top)
    covered: NDArray[np.float64] = np.maximum(wide, 0.0) * np.maximum(high, 0.0)
    return covered


def _points_in(areas: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.int64]:
    """int64[a]: how many points, float64[m, 2], lie within each area."""
    x, y = points.T
    left, right, top, bottom = areas.T[:, :, None]
    counts: NDArray[np.int64] = np.count_nonzero((x > left) & (x < right) & (y > top) & (y < bottom), axis=1)
    return counts


def _cost(covered: NDArray[np.float64], crossed: int) -> float:
    # One after the other: a sum of NumPy has its own order, and other last digits.
    return float(sum(covered[covered > 0].tolist())) * 10 + crossed


def _along(line: NDArray[np.float64]) -> list[Point]:
    """The points after each of :data:`_PLACES` of the length of a sampled line."""
    lengths = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    targets = np.array(_PLACES) * lengths[-1]
    xs, ys = (np.interp(targets, lengths, line[:, axis]).tolist() for axis in (0, 1))
    return [Point(x, y) for x, y in zip(xs, ys, strict=True)]


def _around(middle: Point, size: tuple[float, float]) -> Rectangle:
    return Rectangle(middle.x - size[0] / 2, middle.y - size[1] / 2, *size)
