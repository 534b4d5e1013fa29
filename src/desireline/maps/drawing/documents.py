"""A drawing as PNG and as PDF, by typst, with the fonts of the package and those of the machine."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from desireline.base import InputError, Phrase, joined, phrase, tell
from desireline.maps.drawing.fonts import MissingScript, font_folder, missing_scripts
from desireline.maps.drawing.shapes import Circle, Drawing, Icon, Image, Shape, Text, bounds, leaves
from desireline.maps.drawing.svg import SvgWriter, svg_root
from desireline.maps.drawing.themes import theme_named

PAPERS: dict[str, tuple[float, float]] = {
    "a4": (210, 297),
    "a3": (297, 420),
    "a2": (420, 594),
    "a1": (594, 841),
    "a0": (841, 1189),
}
"""Width and height in millimetres, upright (ISO 216)."""
MOST_POINTS = 80_000_000
"""Of a PNG; larger drawings are made with fewer points for each pixel."""
LONGEST_SIDE = 16_384
"""Points that common viewers and browsers take on a side of a PNG; longer drawings are made with fewer for each pixel."""
PNG_SCALE = 2.0
"""Points for each pixel of a drawing."""
_WHOLE = "whole"
_LINE = 8.0
_POINT = 0.75
_MILLIMETRE = 72 / 25.4
_MARGIN = 10 * _MILLIMETRE
_TILE_MARGIN = 12 * _MILLIMETRE
_TILE_SCALES = tuple(each / 100 for each in range(80, 67, -1))
"""Of a drawing in parts, the largest first: one up to 15 % smaller is taken where it saves sheets."""
_FULL = 0.6
"""The share of a sheet up to which a cut leaves too much of it empty."""
_PAPER_MARK = "stroke: 0.4pt + luma(120)"


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a drawing that stands on a page of its own, in pixels."""

    x: float
    y: float
    width: float
    height: float
    column: int
    row: int


def missing_characters(drawing: Drawing) -> tuple[MissingScript, ...]:
    """The characters of a drawing that PNG and PDF files made on this machine show as boxes, by script."""
    return missing_scripts(line for text in drawing.texts() for line in text.lines)


def draw_png(drawing: Drawing, *, theme: str = "light", scale: float = PNG_SCALE) -> bytes:
    """The drawing as a PNG file.

    Parameters
    ----------
    scale
        Points for each pixel of the drawing, 0.1 to 4; fewer where :func:`fitted_scale` says so.

    Raises
    ------
    InputError
        There is no such theme, or the scale is out of its range.
    """
    if not 0.1 <= scale <= 4:
        raise InputError(phrase("expected a scale from 0.1 to 4, got {scale:g}", scale=scale))
    fitted = fitted_scale(drawing, scale)
    width, height = drawing.width * _POINT, drawing.height * _POINT
    source = f"#set page(width: {width:.3f}pt, height: {height:.3f}pt, margin: 0pt)\n{_image(width)}"
    return _compiled(drawing, source, {_WHOLE: drawing}, theme, form="png", ppi=96 * fitted)


def fitted_scale(drawing: Drawing, scale: float = PNG_SCALE) -> float:
    """The points for each pixel that a PNG of a drawing can have: at most ``scale``, 80 million in all, and 16,384 on a side.

    >>> fitted_scale(Drawing(32_768, 100, (), "wide", "wide"))
    0.5
    """
    points = drawing.width * drawing.height
    return min(scale, math.sqrt(MOST_POINTS / points), LONGEST_SIDE / max(drawing.width, drawing.height))


def draw_pdf(
    drawing: Drawing, *, paper: str = "a3", tiled: bool = False, theme: str = "light", author: str | None = None
) -> bytes:
    """The drawing as a PDF file.

    Parameters
    ----------
    paper
        ``a4`` to ``a0``; the drawing is made to fit one sheet, upright or across, whichever shows it larger.
    tiled
        In parts on several sheets of that paper, cut between steps and lanes where possible, with marks where they join
        and a letter and a number for the place of each.
    author
        For the properties of the file.

    Raises
    ------
    InputError
        There is no such paper or theme.
    """
    size = _size(paper)
    head = _document(drawing, author)
    pages, pictures = _tiled(drawing, size) if tiled else (_single_page(drawing, size), {_WHOLE: drawing})
    return _compiled(drawing, head + pages, pictures, theme, form="pdf")


def draw_pdf_pages(
    drawings: Sequence[Drawing], *, title: str, paper: str = "a4", theme: str = "light", author: str | None = None
) -> bytes:
    """Drawings as the pages of a PDF file, each made to fit a sheet across.

    Parameters
    ----------
    title
        Of the file.
    paper
        ``a4`` to ``a0``.
    author
        For the properties of the file.

    Raises
    ------
    InputError
        There is no such paper or theme.
    """
    height, width = (each * _MILLIMETRE for each in _size(paper))
    room = (width - 2 * _MARGIN, height - 2 * _MARGIN)
    setup = f"#set page(width: {width:.3f}pt, height: {height:.3f}pt, margin: {_MARGIN:.3f}pt, fill: rgb(sys.inputs.paper))\n"
    pages = [
        f"#image(bytes(sys.inputs.picture-{number}), alt: {_quoted(each.title)}, "
        f"width: {each.width * min(room[0] / each.width, room[1] / each.height):.3f}pt)\n"
        for number, each in enumerate(drawings)
    ]
    whole = replace(drawings[-1], title=title)
    pictures = {str(number): each for number, each in enumerate(drawings)}
    return _compiled(
        whole, _document(whole, author) + setup + "#pagebreak()\n".join(pages), pictures, theme, form="pdf"
    )


def _size(paper: str) -> tuple[float, float]:
    if paper.lower() not in PAPERS:
        raise InputError(phrase("expected the paper {known}, got {paper!r}", known=", ".join(PAPERS), paper=paper))
    return PAPERS[paper.lower()]


def _document(drawing: Drawing, author: str | None) -> str:
    named = f", author: {_quoted(author)}" if author else ""
    language = (drawing.language or "en").split("-")[0].lower()
    return (
        f"#set document(title: {_quoted(drawing.title[:500])}{named}, description: {_quoted(drawing.description[:2000])}, "
        f'keywords: ("journey map",), date: none)\n#set text(lang: {_quoted(language)}, font: "DejaVu Sans")\n'
    )


def _single_page(drawing: Drawing, size: tuple[float, float]) -> str:
    width, height = _turned(drawing, size)
    scale = min((width - 2 * _MARGIN) / drawing.width, (height - 2 * _MARGIN) / drawing.height, _POINT * 1.5)
    page = f"#set page(width: {width:.3f}pt, height: {height:.3f}pt, margin: {_MARGIN:.3f}pt, fill: rgb(sys.inputs.paper))\n"
    return f"{page}#align(center + horizon, {_image(drawing.width * scale)[1:]})"


def _turned(drawing: Drawing, size: tuple[float, float]) -> tuple[float, float]:
    """The sheet in points, upright or across."""
    width, height = size[0] * _MILLIMETRE, size[1] * _MILLIMETRE
    upright = min(width / drawing.width, height / drawing.height)
    across = min(height / drawing.width, width / drawing.height)
    return (width, height) if upright >= across else (height, width)


def _tiled(drawing: Drawing, size: tuple[float, float]) -> tuple[str, dict[str, Drawing]]:
    """The pages, and the pictures on them by name: of each part only the shapes that it shows."""
    width, height = size[1] * _MILLIMETRE, size[0] * _MILLIMETRE
    room = (width - 2 * _TILE_MARGIN, height - 2 * _TILE_MARGIN)
    gaps = _between_texts(drawing)
    scales = (_POINT * each for each in _TILE_SCALES)
    tried = ((each, _divided(drawing, gaps, width=room[0] / each, height=room[1] / each)) for each in scales)
    scale, found = min(tried, key=lambda each: len(each[1]))
    across, down = max(each.column for each in found) + 1, max(each.row for each in found) + 1
    setup = f"#set page(width: {width:.3f}pt, height: {height:.3f}pt, margin: 0pt, fill: rgb(sys.inputs.paper))\n"
    pages = "#pagebreak()\n".join(_page(each, scale, across, down, height) for each in found)
    return setup + pages, dict(zip(map(tile_name, found), _parts(drawing, found), strict=True))


def _parts(drawing: Drawing, found: Sequence[Tile]) -> Iterator[Drawing]:
    columns = sorted({each.x for each in found})
    rows = sorted({each.y for each in found})
    shapes: dict[tuple[int, int], list[Shape]] = {(each.column, each.row): [] for each in found}
    for shape in leaves(drawing.shapes):
        box = bounds(shape)
        for column in range(*_between(columns, box.x - _LINE, box.right + _LINE)):
            for row in range(*_between(rows, box.y - _LINE, box.bottom + _LINE)):
                shapes[column, row].append(shape)
    for each in found:
        inside = tuple(one.moved(-each.x, -each.y) for one in shapes[each.column, each.row])
        yield replace(drawing, width=each.width, height=each.height, shapes=inside)


def _between(starts: Sequence[float], low: float, high: float) -> tuple[int, int]:
    """From which part to which something reaches."""
    return max(0, bisect_right(starts, low) - 1), max(1, bisect_right(starts, high))


def _page(tile: Tile, scale: float, across: int, down: int, page_height: float) -> str:
    width, height = tile.width * scale, tile.height * scale
    name = tile_name(tile)
    picture = (
        f"#place(dx: {_TILE_MARGIN:.3f}pt, dy: {_TILE_MARGIN:.3f}pt, box(width: {width:.3f}pt, "
        f"height: {height:.3f}pt, clip: true, {_image(width, name)[1:]}))\n"
    )
    marks = "".join(_marks(_TILE_MARGIN, _TILE_MARGIN, width, height))
    said = tell(
        phrase(
            "{name} of {across} × {down}: {beside}",
            name=name,
            across=across,
            down=down,
            beside=_neighbours(tile, across, down),
        )
    )
    place = f"dx: {_TILE_MARGIN:.3f}pt, dy: {page_height - _TILE_MARGIN * 0.62:.3f}pt"
    return f"{picture}{marks}#place({place}, text(size: 7pt, fill: luma(120))[{said}])\n"


def _marks(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Marks at the corners, outside of the picture."""
    for corner_x, side_x in ((x, -1), (x + width, 1)):
        for corner_y, side_y in ((y, -1), (y + height, 1)):
            yield _line(corner_x + side_x * 3, corner_y, corner_x + side_x * 14, corner_y)
            yield _line(corner_x, corner_y + side_y * 3, corner_x, corner_y + side_y * 14)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"#place(line(start: ({x1:.3f}pt, {y1:.3f}pt), end: ({x2:.3f}pt, {y2:.3f}pt), {_PAPER_MARK}))\n"


def tile_name(tile: Tile) -> str:
    """A letter for its place from above, and a number for its place from the left: ``A1`` is the first."""
    letters, row = "", tile.row + 1
    while row:
        row, rest = divmod(row - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{tile.column + 1}"


def _neighbours(tile: Tile, across: int, down: int) -> Phrase:
    parts = []
    if tile.column + 1 < across:
        parts.append(phrase("right of it {name}", name=tile_name(Tile(0, 0, 0, 0, tile.column + 1, tile.row))))
    if tile.row + 1 < down:
        parts.append(phrase("below it {name}", name=tile_name(Tile(0, 0, 0, 0, tile.column, tile.row + 1))))
    return joined(parts, ", ") if parts else phrase("the last")


def tiles(drawing: Drawing, *, width: float, height: float) -> tuple[Tile, ...]:
    """The drawing in parts of at most ``width`` and ``height`` pixels, from left to right and from above.

    They are cut between steps and lanes. A lane is cut between its texts where the part before it would be half empty; a lane or a step
    that is larger than a part is cut where the part ends. Together the parts are the drawing, none of it twice.
    """
    return _divided(drawing, _between_texts(drawing), width=width, height=height)


def _divided(drawing: Drawing, gaps: Sequence[float], *, width: float, height: float) -> tuple[Tile, ...]:
    columns = _cuts(drawing.columns, drawing.width, width)
    rows = _cuts(drawing.rows, drawing.height, height, softer=gaps)
    return tuple(
        Tile(left, top, right - left, bottom - top, column, row)
        for row, (top, bottom) in enumerate(rows)
        for column, (left, right) in enumerate(columns)
    )


def _between_texts(drawing: Drawing) -> list[float]:
    """Places from above at which nothing stands that would be cut, but for frames and lines."""
    solid = (bounds(each) for each in leaves(drawing.shapes) if isinstance(each, Text | Image | Icon | Circle))
    found: list[float] = []
    end = 0.0
    for box in sorted(solid, key=lambda each: each.y):
        if box.y - end > 2:
            found.append((box.y + end) / 2)
        end = max(end, box.bottom)
    return found


def _cuts(
    places: Sequence[float], whole: float, most: float, *, softer: Sequence[float] = ()
) -> list[tuple[float, float]]:
    good = sorted(place for place in places if 0 < place < whole)
    found: list[tuple[float, float]] = []
    start = 0.0
    while whole - start > most + 1e-6:
        end = _last(good, start + most * _FULL, start + most)
        end = end or _last(softer, start + most * _FULL, start + most)
        end = end or _last(good, start + most * 0.4, start + most) or start + most
        found.append((start, end))
        start = end
    return [*found, (start, whole)]


def _last(places: Sequence[float], above: float, most: float) -> float | None:
    """The last of sorted places in a range."""
    place = bisect_right(places, most) - 1
    return places[place] if place >= 0 and places[place] > above else None


def _image(width: float, name: str = _WHOLE) -> str:
    alternative = f", alt: {_quoted('Part ' + name)}" if name != _WHOLE else ", alt: sys.inputs.alt"
    return f"#image(bytes(sys.inputs.picture-{name}), width: {width:.3f}pt{alternative})"


def _quoted(text: str | None) -> str:
    return json.dumps(text or "", ensure_ascii=False)


def _compiled(
    drawing: Drawing,
    source: str,
    pictures: Mapping[str, Drawing],
    theme: str,
    *,
    form: Literal["png", "pdf"],
    ppi: float = 96.0,
) -> bytes:
    import typst

    colours = theme_named(theme)
    writer = SvgWriter(colours.__getitem__, prefix="map", direction=False)
    inputs = {
        "paper": colours["paper"],
        "alt": f"{drawing.title}. {drawing.description}"[:4000],
        **{f"picture-{name}": str(svg_root(each, writer, standalone=True)) for name, each in pictures.items()},
    }
    fonts: Any = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(font_folder())])
    made = typst.compile(source.encode(), font_paths=fonts, format=form, ppi=ppi, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise AssertionError(f"expected one {form} file, got {len(made)}")
    return made
