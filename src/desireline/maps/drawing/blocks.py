"""Pieces of a drawing whose size is known: built at the origin, then moved to their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from desireline.maps.drawing.shapes import LEADING, Align, Group, Icon, Path, Point, Rectangle, Shape, Text
from desireline.maps.drawing.themes import Colour
from desireline.maps.drawing.wrapping import clean, is_rtl, wrap

Cross = Literal["top", "middle"]
BODY = 12.0
SMALL = 10.5


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes from the origin on, within ``width`` and ``height``."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        """The shapes at their place."""
        return tuple(each.moved(x, y) for each in self.shapes)


EMPTY = Block(0.0, 0.0)


def text(
    said: str,
    *,
    width: float,
    size: float = BODY,
    colour: Colour = "ink",
    bold: bool = False,
    align: Align = "left",
    most: int = 24,
    rtl_map: bool = False,
) -> Block:
    """Text in lines of at most ``width``, at most ``most`` of them; where it is cut it keeps all of it as its title.

    A text from right to left stands at the right, unless the whole map is mirrored.
    """
    wrapped = wrap(said, size=size, width=width, bold=bold, most=most)
    if not wrapped.lines:
        return EMPTY
    rtl = any(is_rtl(line) for line in wrapped.lines[:1])
    place: Align = "right" if rtl and align == "left" and not rtl_map else align
    box = width if place != align else min(width, wrapped.width)
    whole = clean(said) if wrapped.cut else None
    shape = Text(0, 0, max(box, wrapped.width), wrapped.lines, size, colour, bold, place, rtl, whole, wrapped.spaced)
    return Block(shape.width, len(wrapped.lines) * size * LEADING, (shape,))


def stack(blocks: Iterable[Block], *, gap: float = 0.0) -> Block:
    """One under the other; empty ones leave no gap."""
    shapes: list[Shape] = []
    y = width = 0.0
    for each in blocks:
        if not each.height:
            continue
        y += gap if y else 0.0
        shapes += each.at(0, y)
        y += each.height
        width = max(width, each.width)
    return Block(width, y, tuple(shapes))


def beside(blocks: Sequence[Block], *, gap: float = 0.0, cross: Cross = "top") -> Block:
    """One after the other; ``cross``: where the lower ones stand."""
    height = max((each.height for each in blocks), default=0.0)
    shapes: list[Shape] = []
    x = 0.0
    for each in blocks:
        if not each.width:
            continue
        x += gap if x else 0.0
        shapes += each.at(x, (height - each.height) / 2 if cross == "middle" else 0.0)
        x += each.width
    return Block(x, height, tuple(shapes))


def flow(blocks: Sequence[Block], *, width: float, gap: float, row_gap: float, cross: Cross = "middle") -> Block:
    """One after the other, in as many rows as the width needs."""
    rows: list[list[Block]] = []
    used = 0.0
    for each in blocks:
        if rows and used + gap + each.width <= width:
            rows[-1].append(each)
            used += gap + each.width
        else:
            rows.append([each])
            used = each.width
    return stack((beside(row, gap=gap, cross=cross) for row in rows), gap=row_gap)


def padded(
    block: Block,
    *,
    across: float,
    along: float,
    width: float | None = None,
    height: float | None = None,
    frame: Rectangle | None = None,
) -> Block:
    """With room around it, in a frame (a rectangle whose place and size do not matter)."""
    whole_width = width if width is not None else block.width + 2 * across
    whole_height = max(height or 0.0, block.height + 2 * along)
    behind: tuple[Shape, ...] = ()
    if frame is not None:
        behind = (
            Rectangle(
                0, 0, whole_width, whole_height, frame.fill, frame.stroke, frame.stroke_width, frame.radius, frame.dash
            ),
        )
    return Block(whole_width, whole_height, (*behind, *block.at(across, along)))


def icon(name: str, *, size: float = 14.0, colour: Colour = "ink-soft") -> Block:
    """A sign."""
    return Block(size, size, (Icon(name, 0, 0, size, colour),))


def space(*, width: float = 0.0, height: float = 0.0) -> Block:
    """Nothing, of a size."""
    return Block(width, height)


def named(ident: str | None, block: Block, *, title: str | None = None) -> Block:
    """The block as one group; the title is what is said on pointing."""
    return Block(block.width, block.height, (Group(ident, block.shapes, clean(title) if title else None),))


def marked(mark: Block, body: Block, *, gap: float = 6.0, lower: float = 0.0) -> Block:
    """A mark, and beside it what it marks; the mark stands ``lower`` than the top."""
    shapes = (*mark.at(0, lower), *body.at(mark.width + gap, 0))
    return Block(mark.width + gap + body.width, max(mark.height + lower, body.height), shapes)


def arrow_head(tip: Point, *, towards: Point, size: float, colour: Colour) -> Path:
    """A filled triangle whose tip is at ``tip`` and which points in the direction ``towards`` (a unit vector)."""
    (x, y), (dx, dy) = tip, towards
    back = (x - dx * size, y - dy * size)
    half = size * 0.6
    points = (tip, (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half))
    return Path(points, fill=colour, closed=True)
