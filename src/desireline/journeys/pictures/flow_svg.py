"""The flow picture as SVG. Its colours are custom properties (``flow.css``), for light and dark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

from desireline.base import Phrase, format_seconds, joined, phrase
from desireline.drawing.markup import Markup, element, join, number, printable
from desireline.journeys.model import Flow
from desireline.journeys.pictures.charts import FONT
from desireline.journeys.pictures.curves import Curve, Point
from desireline.journeys.pictures.detail import detail_levels
from desireline.journeys.pictures.figures import count_text, customers_text, short_count, unbroken
from desireline.journeys.pictures.graph import GraphNode
from desireline.journeys.pictures.layout import LINE_HEIGHT, FlowBox, FlowEnd, FlowLayout, FlowMove, lay_out_flow

_BAR_HEIGHT = 3.0
_NAMESPACE = "http://www.w3.org/2000/svg"
WIDEST = 1250
MOST_MOVES = 24
"""A picture that is wider, in pixels, or has more moves, cannot be taken in at a glance."""
_FROM_OUTSIDE = re.compile(r"var\(--[a-z-]+, ([^)]+)\)")
_PROPERTY = re.compile(r"(--[a-z-]+): ([^;]+);")
_FONTS = re.compile(r"font-family: [^;]+;")
_USE = re.compile(r"var\((--[a-z-]+)\)")


def flow_style() -> str:
    """The style sheet of the picture: lay it beside the SVG, or over it with colours of your own."""
    return files("desireline.journeys.pictures").joinpath("flow.css").read_text(encoding="utf-8")


def flow_document(flow: Flow, *, detail: int | None = None) -> str:
    """The flow as a whole SVG document.

    Parameters
    ----------
    detail
        Which of the levels of detail, from 1; the last one where there are fewer. ``None``: the most that is readable at a glance.
    """
    levels = detail_levels(flow)
    if not levels:
        text = element("text", phrase("There is nothing to draw."), x=10, y=24)
        return element("svg", text, xmlns=_NAMESPACE, width=320, height=40)
    layouts = [lay_out_flow(level) for level in levels]
    layout = layouts[first_shown(layouts) if detail is None else min(max(detail, 1), len(layouts)) - 1]
    drawn = flow_svg(
        layout,
        title=phrase(
            "The flow: {touchpoints} touchpoints, {moves} moves",
            touchpoints=len(layout.boxes) - 1,
            moves=len(layout.moves),
        ),
        description=phrase("Boxes are touchpoints, arrows are moves between them."),
    )
    style = _FONTS.sub("", resolved(flow_style()))
    paper = element("rect", width="100%", height="100%", fill="white")
    opened = drawn.replace("<svg ", f'<svg xmlns="{_NAMESPACE}" font-family="{FONT}" ', 1)
    return opened.replace("<title", f"<style>{style}</style><title", 1).replace("</desc>", f"</desc>{paper}", 1)


def first_shown(layouts: Sequence[FlowLayout]) -> int:
    """The place of the most detailed of several pictures that can be taken in at a glance."""
    fitting = [place for place, each in enumerate(layouts) if each.width <= WIDEST and len(each.moves) <= MOST_MOVES]
    return max(fitting, default=0)


def resolved(style: str) -> str:
    """A style sheet with the colours that it has by itself in place of its custom properties, for programs that know none.

    >>> resolved(".flow { --box: var(--surface, white); } .flow rect { fill: var(--box); }")
    '.flow { --box: white; } .flow rect { fill: white; }'
    """
    own = _FROM_OUTSIDE.sub(r"\1", style)
    values = dict(_PROPERTY.findall(own))
    return _USE.sub(lambda used: values[used[1]], own)


def flow_svg(layout: FlowLayout, *, title: str, description: str, ident: str = "flow") -> Markup:
    """Draw a layout as one ``<svg>`` element, to stand in a page that has :func:`flow_style`.

    Parameters
    ----------
    layout
        From :func:`lay_out_flow`.
    title, description
        What the picture is, and what it shows, for those who do not see it.
    ident
        Start of the ids within the picture; different for each picture of a page.
    """
    most = max((box.node.interactions for box in layout.boxes if box.node.kind == "touchpoint"), default=1)
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        element("desc", description, id=f"{ident}-desc"),
        element("g", *(_move_lines(move) for move in reversed(layout.moves)), class_="moves"),
        element("g", *(_box(box, most=most) for box in layout.boxes), class_="boxes"),
        element("g", *(_label(move) for move in layout.moves), class_="labels", aria_hidden="true"),
        class_="flow",
        viewBox=f"0 0 {number(layout.width)} {number(layout.height)}",
        width=round(layout.width),
        height=round(layout.height),
        role="group",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
    )


def describe_move(move: FlowMove) -> Phrase:
    """A move in words: from where to where, how often, by how many customers, after how long.

    Written under the picture when the move is pointed at, and read aloud.
    """
    times = phrase("{count} time" if move.edge.count == 1 else "{count} times", count=count_text(move.edge.count))
    source, target = printable(move.source.name), printable(move.target.name)
    if move.source.kind == "start":
        return phrase("Start → {target}: {times}", target=target, times=times)
    parts = [phrase("{source} → {target}: {times}", source=source, target=target, times=times)]
    if move.edge.customers is not None:
        parts.append(customers_text(move.edge.customers))
    if move.edge.median_seconds is not None:
        parts.append(phrase("median time between {time}", time=unbroken(format_seconds(move.edge.median_seconds))))
    return joined(parts, ", ")


def describe_node(node: GraphNode) -> Phrase:
    """A touchpoint in words: how often, by how many customers, how many spans start and end there."""
    if node.kind == "start":
        return phrase("Start: {count} in all", count=count_text(node.starts))
    return phrase(
        "{name}: {interactions} interactions, {customers} customers, first {starts} times, last {ends} times",
        name=printable(node.name),
        interactions=count_text(node.interactions),
        customers=count_text(node.customers),
        starts=count_text(node.starts),
        ends=count_text(node.ends),
    )


def _box(box: FlowBox, *, most: int) -> Markup:
    area, node = box.area, box.node
    marker = node.kind != "touchpoint"
    text = describe_node(node)
    return element(
        "g",
        element("title", text),
        element(
            "rect",
            x=area.x,
            y=area.y,
            width=area.width,
            height=area.height,
            rx=min(area.height, 44) / 2 if marker else 8.0,
        ),
        None if marker else _bar(box, most=most),
        _texts(box),
        _end(box.end) if box.end else None,
        class_=f"box {node.kind}",
        role="img",
        aria_label=text,
    )


def _bar(box: FlowBox, *, most: int) -> Markup:
    """How frequent the touchpoint is beside the most frequent one, as a bar along the lower edge."""
    area = box.area
    room = area.width - 20
    y = area.bottom - 7.5
    length = max(_BAR_HEIGHT, room * box.node.interactions / max(1, most))
    return join(
        element("rect", x=area.x + 10, y=y, width=room, height=_BAR_HEIGHT, rx=1.5, class_="rail"),
        element("rect", x=area.x + 10, y=y, width=length, height=_BAR_HEIGHT, rx=1.5, class_="bar"),
    )


def _texts(box: FlowBox) -> Markup:
    area = box.area
    middle = area.x + area.width / 2
    lines = len(box.lines) + 1
    first = area.y + (area.height - lines * LINE_HEIGHT) / 2 + 12 - (2.0 if box.node.kind == "touchpoint" else 0.0)
    names = [
        element("text", line, x=middle, y=first + row * LINE_HEIGHT, class_="name")
        for row, line in enumerate(box.lines)
    ]
    count = short_count(box.node.interactions)
    return join(*names, element("text", count, x=middle, y=first + len(box.lines) * LINE_HEIGHT, class_="count"))


def _end(end: FlowEnd) -> Markup:
    x, y = end.start.x, end.start.y
    tip, half = y + end.length, 3.4 + end.thickness * 0.5
    base = tip - 6 - end.thickness * 0.3
    return join(
        element("path", d=f"M{_at(Point(x, y))}V{number(base + 1)}", class_="end-line", stroke_width=end.thickness),
        element(
            "path",
            d=f"M{_at(Point(x, tip))}L{_at(Point(x - half, base))}H{number(x + half)}Z",
            class_="end-head",
        ),
        element("text", end.text, x=x + half + 4, y=y + 14, class_="end-label"),
    )


def _move_lines(move: FlowMove) -> Markup:
    text = describe_move(move)
    head = _head_length(move)
    return element(
        "g",
        element("title", text),
        element("path", d=_path(move.curve), class_="reach"),
        element("path", d=_path(_shortened(move, head)), class_="line", stroke_width=move.thickness),
        element("path", d=_head(move, head), class_="head"),
        class_=f"move {move.kind}",
        role="img",
        aria_label=text,
    )


def _label(move: FlowMove) -> Markup | None:
    if not move.label.shown:
        return None
    middle = move.label.middle
    return element("text", move.label.text, x=middle.x, y=middle.y + 4, class_=f"label {move.kind}")


def _head_length(move: FlowMove) -> float:
    return 6.0 + move.thickness * 0.75


def _direction(move: FlowMove) -> Point:
    """The unit step in which the line arrives; a loop comes from above."""
    if move.kind == "loop":
        return Point(0, 1)
    return Point(-1 if move.curve.end.x < move.curve.start.x else 1, 0)


def _shortened(move: FlowMove, length: float) -> Curve:
    """The line without the part that the arrow head covers."""
    *rest, handle, end = move.curve.points
    step = _direction(move)
    stop = Point(end.x - step.x * (length - 1), end.y - step.y * (length - 1))
    return Curve((*rest, Point(handle.x - step.x * length / 2, handle.y), stop))


def _head(move: FlowMove, length: float) -> str:
    end, step = move.curve.end, _direction(move)
    half = 3.4 + move.thickness * 0.62
    back = Point(end.x - step.x * length, end.y - step.y * length)
    left = Point(back.x - step.y * half, back.y + step.x * half)
    right = Point(back.x + step.y * half, back.y - step.x * half)
    return f"M{_at(end)}L{_at(left)}L{_at(right)}Z"


def _path(curve: Curve) -> str:
    pieces = [f"M{_at(curve.start)}"]
    for first in range(1, len(curve.points), 3):
        pieces.append("C" + " ".join(_at(point) for point in curve.points[first : first + 3]))
    return "".join(pieces)


def _at(point: Point) -> str:
    return f"{number(round(point.x, 1))},{number(round(point.y, 1))}"
