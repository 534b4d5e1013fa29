"""SVG, PNG, PDF and HTML: a map as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desireline.maps.drawing import (
    PNG_SCALE,
    Drawing,
    LayoutOptions,
    PhasePictures,
    draw_html,
    draw_pdf,
    draw_pdf_pages,
    draw_png,
    draw_svg,
    fitted_scale,
    lay_out,
    lay_out_phases,
    missing_characters,
    missing_pictures,
    table_of,
)
from desireline.maps.drawing.options import chosen_lanes
from desireline.maps.drawing.wrapping import clean
from desireline.maps.formats.losses import Loss, Written, census, losses
from desireline.maps.model import Cell

if TYPE_CHECKING:
    from desireline.maps.formats import Rendering

_NOT_DRAWN = frozenset(
    {
        "condition of the scope",
        "link to the future state",
        "journey definition",
        "segments of personas",
        "limits, owners and further values of metrics",
        "evidence and owners of opportunities",
        "tasks of solutions",
        "conditions of bindings",
        "addresses of evidence",
        "reviews of claims",
    }
)
_ON_POINTING = frozenset({"needs and further goals of personas", "sources, quotes and days of evidence"})
"""Told where somebody points at them, or in the alternative text."""
_SCALES = 4
"""Behaviour scales of a persona that a picture shows."""


def write_svg(rendering: Rendering) -> Written:
    """The map as one SVG file; whoever looks at it has the fonts."""
    drawing = drawing_of(rendering)
    content = draw_svg(drawing, theme=_theme(rendering), prefix=_prefix(rendering)).encode()
    return Written(content, lost_in(drawing, rendering))


def write_html(rendering: Rendering) -> Written:
    """The map as one page; its colours follow the reader's machine unless they are to be dark."""
    table = table_of(rendering.map, measured=rendering.measured, lanes=rendering.lanes)
    theme = "dark" if rendering.dark else None
    drawing = drawing_of(rendering)
    content = draw_html(drawing, table, theme=theme, prefix=_prefix(rendering)).encode()
    return Written(content, lost_in(drawing, rendering))


def write_png(rendering: Rendering) -> Written:
    """The map as a PNG file of two points a pixel; characters that no font of this machine has are lost."""
    drawing = drawing_of(rendering)
    lost = (*lost_in(drawing, rendering, on_pointing=False), *_without_font(drawing), *_made_smaller(drawing))
    return Written(draw_png(drawing, theme=_theme(rendering)), lost)


def write_pdf(rendering: Rendering) -> Written:
    """The map as a PDF file; characters that no font of this machine has are lost."""
    author = rendering.map.owner.name if rendering.map.owner else None
    if rendering.phases:
        return _phases_as_pdf(rendering, author)
    drawing = drawing_of(rendering)
    content = draw_pdf(drawing, paper=rendering.paper, tiled=rendering.tiled, theme=_theme(rendering), author=author)
    return Written(content, (*lost_in(drawing, rendering, on_pointing=False), *_without_font(drawing)))


def _phases_as_pdf(rendering: Rendering, author: str | None) -> Written:
    drawings = phases_of(rendering)
    title = clean(rendering.map.title)
    content = draw_pdf_pages(drawings.all, title=title, paper=rendering.paper, theme=_theme(rendering), author=author)
    told = drawings.once
    return Written(content, (*lost_in(told, rendering, on_pointing=False), *_without_font(told)))


def lost_in(drawing: Drawing, rendering: Rendering, *, on_pointing: bool = True) -> tuple[Loss, ...]:
    """What the drawing of a map does not tell: kinds of things that no picture holds, texts that were cut, pictures that could not be had.

    Parameters
    ----------
    on_pointing
        Whether something is told where somebody points at it, or in alternative texts.
    """
    cut = sum(text.whole is not None for text in drawing.texts())
    where = "texts cut in the picture, whole where one points at them" if on_pointing else "texts cut"
    found = (Loss(where, cut), Loss("pictures that cannot be shown", missing_pictures(drawing)))
    return (*_not_drawn(rendering, on_pointing=on_pointing), *(each for each in found if each.count))


def _not_drawn(rendering: Rendering, *, on_pointing: bool) -> tuple[Loss, ...]:
    subject = rendering.map
    lanes = chosen_lanes(subject, rendering.lanes)
    seen = replace(subject, lanes=lanes)
    held = census(seen).keys() - _NOT_DRAWN - (frozenset() if on_pointing else _ON_POINTING)
    solved = {
        ident for lane in lanes if lane.role == "solutions" for cell in lane.cells for ident in cell.opportunities
    }
    named = {ident for lane in lanes for cell in lane.cells for ident in _opportunities_of(cell)}
    placed = {each.metric for step in subject.steps for each in step.metrics}
    others = {
        "further behaviour scales of personas": sum(max(len(each.behaviour) - _SCALES, 0) for each in subject.personas),
        "lanes that were not chosen": len(subject.lanes) - len(lanes),
        "metrics at no step": sum(each.id not in placed for each in subject.metrics),
        "opportunities in no lane": sum(each.id not in named for each in subject.opportunities),
        "solutions in no lane": sum(len(each.solutions) for each in subject.opportunities if each.id not in solved),
    }
    return (*losses(seen, held=held), *(Loss(what, count) for what, count in others.items() if count))


def _opportunities_of(cell: Cell) -> Iterator[str]:
    yield from cell.opportunities
    for claim in cell.claims:
        yield from claim.opportunities


def drawing_of(rendering: Rendering) -> Drawing:
    """The layout that every picture of a map is drawn from."""
    options = LayoutOptions(lanes=rendering.lanes, folder=rendering.folder)
    return lay_out(rendering.map, measured=rendering.measured, options=options)


def phases_of(rendering: Rendering) -> PhasePictures:
    """An overview of the map, then its phases, in pictures of one shape."""
    options = LayoutOptions(lanes=rendering.lanes, folder=rendering.folder)
    return lay_out_phases(rendering.map, measured=rendering.measured, options=options)


def _theme(rendering: Rendering) -> str:
    return "dark" if rendering.dark else "light"


def _prefix(rendering: Rendering) -> str:
    return re.sub("[^a-z0-9-]", "-", rendering.map.id)


def _made_smaller(drawing: Drawing) -> tuple[Loss, ...]:
    scale = fitted_scale(drawing)
    if scale == PNG_SCALE:
        return ()
    said = f"picture of {scale:.2g} instead of {PNG_SCALE:g} points for each pixel, for it would be too large for what shows pictures"
    return (Loss(said, 1),)


def _without_font(drawing: Drawing) -> tuple[Loss, ...]:
    return tuple(Loss(str(each), len(each.characters)) for each in missing_characters(drawing))
