"""How time grows with size: a curve for each analysis, both axes logarithmic, with the slope at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.drawing.scale import LogScale, slope, tick_text
from benchmarks.drawing.svg import curve, document, dot, line, text
from benchmarks.sizes import size_name

WIDTH, HEIGHT = 860.0, 560.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 80.0, 620.0, 78.0, 500.0
_APART = 17.0
COLOURS = ("#3b82c4", "#d9822b", "#3a9d6b", "#c2547f", "#8a6fd1", "#b59a1f", "#2aa3a8", "#9a6b4a", "#7d8794")
Points = Sequence[tuple[int, float]]


def draw_lines(title: str, subtitle: str, curves: Mapping[str, Points]) -> str:
    """The picture; a curve is points of size and seconds, in order of size."""
    sizes = [size for points in curves.values() for size, _ in points]
    across = LogScale.around(sizes, start=_LEFT, end=_RIGHT)
    up = LogScale.around([seconds for points in curves.values() for _, seconds in points], start=_BOTTOM, end=_TOP)
    parts = [text(20, 26, title, kind="title"), text(20, 48, subtitle, kind="soft")]
    parts += _axes(sorted(set(sizes)), across, up)
    labels = []
    for (name, points), colour in zip(curves.items(), COLOURS * len(curves), strict=False):
        places = [(across.place(size), up.place(seconds)) for size, seconds in points]
        parts.append(curve(places, colour))
        parts += [dot(x, y, "mark", radius=3.2, colour=colour) for x, y in places]
        labels.append((places[-1][1], f"{name}{_slope(points)}", colour))
    heights = _spread([y for y, _, _ in sorted(labels)])
    for y, (_, said, colour) in zip(heights, sorted(labels), strict=True):
        parts.append(dot(_RIGHT + 16, y, "mark", radius=3.2, colour=colour))
        parts.append(text(_RIGHT + 26, y, said, kind="small"))
    return document(WIDTH, HEIGHT, f"{title}. {subtitle}", parts)


def _axes(sizes: list[int], across: LogScale, up: LogScale) -> list[str]:
    parts = []
    for tick in up.ticks():
        y = up.place(tick)
        parts.append(line(_LEFT, y, _RIGHT, y, "grid"))
        parts.append(text(_LEFT - 10, y, tick_text(tick), kind="soft small", anchor="end"))
    for size in sizes:
        x = across.place(size)
        parts.append(line(x, _TOP, x, _BOTTOM, "grid"))
        parts.append(text(x, _BOTTOM + 18, size_name(size), kind="soft small", anchor="middle"))
    parts.append(text((_LEFT + _RIGHT) / 2, _BOTTOM + 42, "interactions", kind="soft small", anchor="middle"))
    return parts


def _slope(points: Points) -> str:
    return f", slope {slope(points):.2f}" if len(points) > 1 else ""


def _spread(heights: Sequence[float]) -> list[float]:
    """The heights, ascending, moved down where they would lie upon each other; up together where that leaves the room."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _APART) if placed else height)
    over = max(placed[-1] - _BOTTOM, 0.0) if placed else 0.0
    return [height - over for height in placed]
