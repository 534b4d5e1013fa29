"""A drawing as SVG: one root with title and description, no scripts, ids under a prefix."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import singledispatch

from desireline.drawing.markup import Markup, element, escape, join, number
from desireline.maps.drawing.fonts import FAMILIES
from desireline.maps.drawing.icons import icon_shapes
from desireline.maps.drawing.shapes import Circle, Dash, Drawing, Group, Icon, Image, Path, Rectangle, Shape, Text
from desireline.maps.drawing.themes import Colour, theme_named

_DASHES: dict[Dash, str | None] = {
    "solid": None,
    "dashed": "7 5",
    "dotted": "2 4",
    "long": "12 6",
    "dash-dot": "9 4 2 4",
}
_FAMILY = ", ".join(f"'{each}'" if " " in each else each for each in FAMILIES)
_RTL_START, _RTL_END = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_SPACE = element("tspan", " ", font_size="0")
"""Between two lines, for who looks for words or copies them; without size, for it would move lines that are not at the left."""
Paint = Callable[[Colour], str]


class SvgWriter:
    """Writes shapes.

    Parameters
    ----------
    paint
        What a colour is written as.
    prefix
        Stands before every id, so that several maps can share a page.
    direction
        Lines from right to left are marked by ``direction``, as browsers read it; else by marks within the text, for
        programs that do not know the attribute.
    """

    def __init__(self, paint: Paint, *, prefix: str, direction: bool = True) -> None:
        self.paint = paint
        self.prefix = prefix
        self.direction = direction

    def shapes(self, shapes: tuple[Shape, ...]) -> Markup:
        """All of them, in their order."""
        return join(*(_written(each, self) for each in shapes))

    def ident(self, ident: str) -> str:
        """An id of the file."""
        return f"{self.prefix}/{ident}"

    def colour(self, colour: Colour | None) -> str:
        """A colour, or ``none``."""
        return "none" if colour is None else self.paint(colour)


def draw_svg(drawing: Drawing, *, theme: str = "light", prefix: str = "map") -> str:
    """The drawing as an SVG file.

    Parameters
    ----------
    theme
        ``light`` or ``dark``.
    prefix
        Stands before every id; letters, digits, hyphens.

    Raises
    ------
    InputError
        There is no such theme.
    """
    colours = theme_named(theme)
    return svg_root(drawing, SvgWriter(colours.__getitem__, prefix=prefix), standalone=True) + "\n"


def svg_root(drawing: Drawing, writer: SvgWriter, *, standalone: bool) -> Markup:
    """The drawing as one SVG element; ``standalone``: in a file of its own."""
    title, description = writer.ident("title-text"), writer.ident("description")
    return element(
        "svg",
        element("title", drawing.title, id=title),
        element("desc", drawing.description, id=description),
        writer.shapes(drawing.shapes),
        xmlns="http://www.w3.org/2000/svg" if standalone else None,
        width=drawing.width,
        height=drawing.height,
        viewBox=f"0 0 {number(drawing.width)} {number(drawing.height)}",
        role="img",
        aria_labelledby=f"{title} {description}",
        lang=drawing.language,
        font_family=_FAMILY,
    )


@singledispatch
def _written(shape: Shape, writer: SvgWriter) -> Markup:
    raise TypeError(shape)


@_written.register
def _(shape: Rectangle, writer: SvgWriter) -> Markup:
    return element(
        "rect",
        x=shape.x,
        y=shape.y,
        width=shape.width,
        height=shape.height,
        rx=shape.radius or None,
        fill=writer.colour(shape.fill),
        **_stroke(shape.stroke, shape.stroke_width, shape.dash, writer),
    )


@_written.register
def _(shape: Circle, writer: SvgWriter) -> Markup:
    return element(
        "circle",
        cx=shape.x,
        cy=shape.y,
        r=shape.radius,
        fill=writer.colour(shape.fill),
        **_stroke(shape.stroke, shape.stroke_width, shape.dash, writer),
    )


@_written.register
def _(shape: Path, writer: SvgWriter) -> Markup:
    return element(
        "path",
        d=_path_data(shape),
        fill=writer.colour(shape.fill),
        opacity=None if shape.opacity == 1 else shape.opacity,
        **_stroke(shape.stroke, shape.stroke_width, shape.dash, writer),
    )


@_written.register
def _(shape: Text, writer: SvgWriter) -> Markup:
    anchor = {"left": "start", "middle": "middle", "right": "end"}[shape.align]
    lines: tuple[str, ...] = shape.lines
    attributes: dict[str, object] = {}
    if shape.rtl and writer.direction:
        attributes["direction"] = "rtl"
        anchor = {"start": "end", "middle": "middle", "end": "start"}[anchor]
    elif shape.rtl:
        lines = tuple(f"{_RTL_START}{line}{_RTL_END}" for line in lines)
    spans: list[Markup] = []
    for place, line in enumerate(lines):
        spans.append(element("tspan", line, x=float(shape.anchor), y=float(shape.baseline(place))))
        if writer.direction and place + 1 < len(lines) and any(shape.spaced[place : place + 1]):
            spans.append(_SPACE)
    return element(
        "text",
        element("title", shape.whole) if shape.whole else None,
        *spans,
        font_size=float(shape.size),
        font_weight="bold" if shape.bold else None,
        fill=writer.colour(shape.colour),
        text_anchor=None if anchor == "start" else anchor,
        **attributes,
    )


@_written.register
def _(shape: Icon, writer: SvgWriter) -> Markup:
    return writer.shapes(icon_shapes(shape))


@_written.register
def _(shape: Image, writer: SvgWriter) -> Markup:
    address = f"data:{shape.media_type};base64,{base64.b64encode(shape.data).decode()}"
    return element(
        "image",
        element("title", shape.alternative) if shape.alternative else None,
        x=shape.x,
        y=shape.y,
        width=shape.width,
        height=shape.height,
        href=address,
    )


@_written.register
def _(shape: Group, writer: SvgWriter) -> Markup:
    title = element("title", shape.title) if shape.title else None
    return element("g", title, writer.shapes(shape.shapes), id=writer.ident(shape.id) if shape.id else None)


def _stroke(colour: Colour | None, width: float, dash: Dash, writer: SvgWriter) -> dict[str, object]:
    if colour is None:
        return {}
    return {
        "stroke": writer.colour(colour),
        "stroke_width": width,
        "stroke_dasharray": _DASHES[dash],
        "stroke_linecap": "round" if dash == "solid" else None,
        "stroke_linejoin": "round",
    }


def _path_data(shape: Path) -> Markup:
    first, *rest = (f"{number(x)} {number(y)}" for x, y in shape.points)
    if shape.kind == "line":
        data = f"M{first}" + "".join(f"L{each}" for each in rest)
    else:
        data = f"M{first}" + "".join(f"C{' '.join(rest[place : place + 3])}" for place in range(0, len(rest), 3))
    return escape(data + ("Z" if shape.closed else ""))
