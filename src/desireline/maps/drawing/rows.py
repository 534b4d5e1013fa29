"""Rows of a map: a label on the rail, and what stands at the steps beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desireline.maps.drawing.blocks import SMALL, Block, icon, marked, stack, text
from desireline.maps.drawing.grid import RAIL, Grid
from desireline.maps.drawing.shapes import Shape
from desireline.maps.drawing.themes import Colour

CARD_GAP = 8.0
RAIL_TEXT = RAIL - 40


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``rail`` is measured from the left edge of the rail, ``body`` from the left edge of the first column.

    Attributes
    ----------
    line
        The line of a service blueprint that stands above it; ``None``: none.
    """

    ident: str
    rail: Block
    body: Block
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block that spans the columns ``first`` to ``last``."""

    block: Block
    first: int
    last: int


def rail_label(
    name: str, *, sign: str, notes: Iterable[str] = (), colour: Colour = "ink-soft", rtl: bool = False
) -> Block:
    """The label of a row."""
    title = text(name, width=RAIL_TEXT, size=12.0, bold=True, most=6, rtl_map=rtl)
    below = [text(each, width=RAIL_TEXT, size=SMALL, colour="ink-soft", most=4, rtl_map=rtl) for each in notes]
    return marked(icon(sign, size=18, colour=colour), stack((title, *below), gap=2), gap=8)


def shelved(placed: Iterable[Placed], grid: Grid) -> Block:
    """Blocks in their columns, each as high as those before it leave room: none lies on another."""
    filled = [0.0] * len(grid.columns)
    shapes: list[Shape] = []
    for each in placed:
        if not each.block.height:
            continue
        columns = range(each.first, each.last + 1)
        top = max(filled[column] for column in columns)
        shapes += each.block.at(grid.left(each.first), top)
        for column in columns:
            filled[column] = top + each.block.height + CARD_GAP
    return Block(grid.width, max(0.0, max(filled, default=0.0) - CARD_GAP), tuple(shapes))
