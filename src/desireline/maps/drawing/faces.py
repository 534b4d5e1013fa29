"""Faces: how somebody feels, drawn so that it reads without colour."""

from __future__ import annotations

from desireline.maps.drawing.blocks import Block
from desireline.maps.drawing.shapes import Circle, Dash, Path, Point, Rectangle, Shape
from desireline.maps.drawing.themes import Colour

OUTLINES = ("circle", "square", "diamond", "hexagon", "triangle")
"""Of the curves of one chart, so that they can be told apart."""


def face(
    value: float, *, radius: float, colour: Colour = "ink-soft", outline: str = "circle", dashed: bool = False
) -> Block:
    """A face whose mouth says ``value``, from -2 to +2, in a square of twice the radius.

    Parameters
    ----------
    outline
        One of :data:`OUTLINES`.
    dashed
        The outline is dashed: a future state.
    """
    features = (
        Circle(radius * 0.68, radius * 0.82, radius * 0.12, fill=colour),
        Circle(radius * 1.32, radius * 0.82, radius * 0.12, fill=colour),
        _mouth(value, radius, colour),
    )
    return Block(2 * radius, 2 * radius, (_outline(radius, colour, outline, dashed=dashed), *features))


def _outline(radius: float, colour: Colour, outline: str, *, dashed: bool) -> Shape:
    dash: Dash = "dotted" if dashed else "solid"
    if outline == "square":
        side = radius * 1.8
        return Rectangle(radius - side / 2, radius - side / 2, side, side, "surface", colour, 1.8, 2.5, dash)
    if outline == "circle":
        return Circle(radius, radius, radius * 0.97, "surface", colour, 1.8, dash)
    points = tuple((radius + x * radius, radius + y * radius) for x, y in _CORNERS[outline])
    return Path(points, stroke=colour, stroke_width=1.8, fill="surface", closed=True, dash=dash)


_CORNERS: dict[str, tuple[Point, ...]] = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "hexagon": ((-0.58, -1), (0.58, -1), (1.15, 0), (0.58, 1), (-0.58, 1), (-1.15, 0)),
    "triangle": ((0, -1.35), (1.3, 0.95), (-1.3, 0.95)),
}


def _mouth(value: float, radius: float, colour: Colour) -> Path:
    bend = max(-2.0, min(2.0, value)) / 2 * radius * 0.42
    middle = radius * 1.36
    left, right = radius * 0.58, radius * 1.42
    start, end = (left, middle - bend / 2), (right, middle - bend / 2)
    third = (right - left) / 3
    points = (start, (left + third, middle + bend), (right - third, middle + bend), end)
    return Path(points, stroke=colour, stroke_width=max(1.2, radius * 0.16), kind="curve")
