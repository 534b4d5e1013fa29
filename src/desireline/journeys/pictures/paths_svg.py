"""Paths as a flow picture: columns are steps, boxes are touchpoints, heights are paths, bands lead from one to the next.

The colours are static: the picture is a file, and no page is around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desireline.base import Phrase, format_seconds, joined, phrase
from desireline.drawing.markup import Markup, element, join, number, printable
from desireline.drawing.text import FittedText, fit_text, fit_texts, text_width
from desireline.journeys.pictures.charts import COLOURS, FAINT, FONT, INK
from desireline.journeys.pictures.curves import Rectangle
from desireline.journeys.pictures.figures import count_text, customers_text, share_text, short_count, unbroken

if TYPE_CHECKING:
    from desireline.journeys.results.paths import PathLink, PathNode, Paths

_MARGIN, _BOX, _GAP = 28.0, 164.0, 88.0
_TALLEST, _LINE, _BETWEEN = 400.0, 15.0, 9.0
_CAP, _STUB = 7.0, 30.0
_NAME_SIZE, _TEXT_SIZE = 12.5, 11.5
_MAIN, _BAND, _ENDS = COLOURS[0], "#c3d0de", "#7b8794"
_BOX_FILL, _MAIN_FILL, _OTHERS_FILL = "#e9eef4", "#d3f3ee", "#f1f2f4"


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A box: ``area`` is as high as its paths are many, and stands in the middle of ``slot``, where its text has room."""

    node: PathNode
    area: Rectangle
    slot: Rectangle
    name: FittedText
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A band between two boxes: its height at both ends; ``main`` of it are paths of the most common one.

    ``near`` and ``far``: the upper corner at the box nearer to the touchpoint that was asked about, and at the other.
    """

    link: PathLink
    near: tuple[float, float]
    far: tuple[float, float]
    height: float
    main: float


@dataclass(frozen=True, slots=True)
class PathsLayout:
    """Where everything is; ``scale`` is the height of one path in pixels."""

    boxes: tuple[PlacedNode, ...]
    bands: tuple[Band, ...]
    scale: float
    width: float
    height: float


def draw_paths(paths: Paths) -> str:
    """The picture as a whole SVG document."""
    title, told = _title(paths), _told(paths)
    if not paths.paths:
        return _document(title, "", _heading(title, told), width=640.0, height=110.0)
    layout = lay_out_paths(paths, top=_MARGIN + 60 + 17 * len(told))
    main = {(each.step, each.name) for each in paths.main_path}
    body = join(
        _heading(title, told),
        _column_heads(paths, layout),
        element("g", *(_band(band) for band in layout.bands)),
        element(
            "g", *(_box(box, layout, paths, is_main=(box.node.step, box.node.name) in main) for box in layout.boxes)
        ),
        _legend(paths, layout),
    )
    return _document(title, _main_text(paths), body, width=layout.width, height=layout.height)


def lay_out_paths(paths: Paths, *, top: float) -> PathsLayout:
    """Place boxes and bands; ``top`` is where the boxes begin, in pixels."""
    columns: dict[int, list[PathNode]] = defaultdict(list)
    for node in paths.nodes:
        columns[abs(node.step)].append(node)
    scale = min(_TALLEST, 60.0 + 20.0 * paths.paths) / paths.paths
    boxes = [
        box
        for column, nodes in sorted(columns.items())
        for box in _stacked(nodes, x=_left(paths, column, len(columns)), top=top, scale=scale, paths=paths)
    ]
    bottom = max(box.slot.bottom for box in boxes)
    width = max(2 * _MARGIN + _STUB + len(columns) * (_BOX + _GAP) - _GAP, 640.0)
    return PathsLayout(tuple(boxes), tuple(_bands(paths, boxes, scale)), scale, width, bottom + 92)


def _left(paths: Paths, column: int, columns: int) -> float:
    if paths.direction == "after":
        return _MARGIN + column * (_BOX + _GAP)
    return _MARGIN + _STUB + (columns - 1 - column) * (_BOX + _GAP)


def _stacked(nodes: list[PathNode], *, x: float, top: float, scale: float, paths: Paths) -> Iterator[PlacedNode]:
    y = top
    names = fit_texts([node.name for node in nodes], size=_NAME_SIZE, room=_BOX - 2 * _CAP - 8)
    for node, name in zip(nodes, names, strict=True):
        lines = _lines(node, paths)
        height = max(node.paths * scale, 1.5)
        room = max(height, (len(name.lines) + len(lines)) * _LINE + 4)
        area = Rectangle(x, y + (room - height) / 2, _BOX, height)
        yield PlacedNode(node, area, Rectangle(x, y, _BOX, room), name, lines)
        y += room + _BETWEEN


def _lines(node: PathNode, paths: Paths) -> tuple[str, ...]:
    counted = joined((short_count(node.paths), share_text(node.share.value)), " · ")
    if not node.ended:
        return (counted,)
    ended = short_count(node.ended)
    if paths.direction == "after":
        return counted, phrase("{count} ends here" if node.ended == 1 else "{count} end here", count=ended)
    return counted, phrase("{count} begins here" if node.ended == 1 else "{count} begin here", count=ended)


def _bands(paths: Paths, boxes: list[PlacedNode], scale: float) -> Iterator[Band]:
    """Bands leave and arrive in the order of the boxes at their other end, so that those of one box do not cross."""
    after = paths.direction == "after"
    place = {(abs(box.node.step), box.node.name, bool(box.node.others)): number for number, box in enumerate(boxes)}
    links = [each for each in paths.links if each.source and each.target]
    ends = [_ends(each, paths, place) for each in links]
    heights = [each.paths * scale for each in links]
    leaving, arriving = _offsets(ends, heights, side=0), _offsets(ends, heights, side=1)
    main = {each.step: each for each in paths.main_path}
    for index, (link, (near, far)) in enumerate(zip(links, ends, strict=True)):
        here, there = main.get(link.step - (1 if after else -1)), main.get(link.step)
        names = (boxes[near].node.name, boxes[far].node.name)
        is_main = here is not None and there is not None and (here.name, there.name) == names
        first, second = boxes[near].area, boxes[far].area
        yield Band(
            link,
            (first.right if after else first.x, first.y + leaving[index]),
            (second.x if after else second.right, second.y + arriving[index]),
            max(heights[index], 0.6),
            there.paths * scale if is_main and there is not None else 0.0,
        )


def _ends(link: PathLink, paths: Paths, place: Mapping[tuple[int, str, bool], int]) -> tuple[int, int]:
    """The numbers of the boxes that a band joins, that nearer to the touchpoint first."""
    near, far = (link.source, link.target) if paths.direction == "after" else (link.target, link.source)
    return _box_of(abs(link.step) - 1, str(near), place), _box_of(abs(link.step), str(far), place)


def _box_of(step: int, name: str, place: Mapping[tuple[int, str, bool], int]) -> int:
    return place[step, name, False] if (step, name, False) in place else place[step, name, True]


def _offsets(ends: list[tuple[int, int]], heights: list[float], *, side: int) -> list[float]:
    """How far below the upper edge of its box each band begins (``side`` 0) or arrives (1)."""
    offsets = [0.0] * len(ends)
    used: dict[int, float] = defaultdict(float)
    for band in sorted(range(len(ends)), key=ends.__getitem__):
        box = ends[band][side]
        offsets[band] = used[box]
        used[box] += heights[band]
    return offsets


def _band(band: Band) -> Markup:
    shapes = [element("path", d=_shape(band.near, band.far, band.height), fill=_BAND, fill_opacity=0.75)]
    if band.main:
        shapes.append(
            element("path", d=_shape(band.near, band.far, max(band.main, 1.0)), fill=_MAIN, fill_opacity=0.85)
        )
    return element("g", element("title", describe_link(band.link)), *shapes)


def describe_link(link: PathLink) -> Phrase:
    """A link in words: from where to where, how many paths and customers, after how long."""
    return phrase(
        "{source} → {target}: {paths} ({share}), {customers}, median time between {time}",
        source=printable(link.source),
        target=printable(link.target),
        paths=_paths_text(link.paths),
        share=share_text(link.share.value),
        customers=customers_text(link.customers),
        time=unbroken(format_seconds(link.median_seconds)),
    )


def _paths_text(count: int) -> Phrase:
    return phrase("{count} path" if count == 1 else "{count} paths", count=count_text(count))


def _shape(near: tuple[float, float], far: tuple[float, float], height: float) -> str:
    (x1, y1), (x2, y2) = near, far
    middle = number((x1 + x2) / 2)
    a, b, c, d = number(x1), number(y1), number(x2), number(y2)
    low, high = number(y2 + height), number(y1 + height)
    return f"M{a},{b}C{middle},{b} {middle},{d} {c},{d}V{low}C{middle},{low} {middle},{high} {a},{high}Z"


def _box(box: PlacedNode, layout: PathsLayout, paths: Paths, *, is_main: bool) -> Markup:
    node, area = box.node, box.area
    after = paths.direction == "after"
    fill = _OTHERS_FILL if node.others else _MAIN_FILL if is_main else _BOX_FILL
    x_near = area.x if after else area.right - 4
    ended = max(node.ended * layout.scale, 1.5) if node.ended else 0.0
    x_far = area.right - _CAP if after else area.x
    return element(
        "g",
        element("title", _describe_node(node, paths)),
        element("rect", x=area.x, y=area.y, width=area.width, height=area.height, fill=fill),
        element("rect", x=x_near, y=area.y, width=4.0, height=area.height, fill=_MAIN if is_main else _ENDS),
        element("rect", x=x_far, y=area.bottom - ended, width=_CAP, height=ended, fill=_ENDS) if ended else None,
        _stub(box, layout, after=after),
        _texts(box, is_main=is_main),
    )


def _stub(box: PlacedNode, layout: PathsLayout, *, after: bool) -> Markup | None:
    """At the last step: the paths that go on, fading out."""
    last = max(abs(each.node.step) for each in layout.boxes)
    going = (box.node.paths - box.node.ended) * layout.scale
    if abs(box.node.step) < last or not box.node.step or going <= 0:
        return None
    x = box.area.right if after else box.area.x - _STUB
    fade = "url(#fade-right)" if after else "url(#fade-left)"
    return element("rect", x=x, y=box.area.y, width=_STUB, height=going, fill=fade)


def _texts(box: PlacedNode, *, is_main: bool) -> Markup:
    middle = box.slot.y + box.slot.height / 2
    x = box.slot.x + 11.0
    count = len(box.name.lines) + len(box.lines)
    first = middle - count * _LINE / 2 + 11.5
    weight = "700" if is_main else "600"
    halo = box.area.height < count * _LINE
    names = [
        _text(line, x, first + row * _LINE, size=_NAME_SIZE, weight=weight, halo=halo)
        for row, line in enumerate(box.name.lines)
    ]
    lines = [
        _text(line, x, first + row * _LINE, size=_TEXT_SIZE, fill=FAINT, halo=halo)
        for row, line in enumerate(box.lines, start=len(box.name.lines))
    ]
    return join(*names, *lines)


def _describe_node(node: PathNode, paths: Paths) -> Phrase:
    return phrase(
        "{name}, {step}: {paths} paths ({share} of all), {customers} customers; {ended} end here"
        if paths.direction == "after"
        else "{name}, {step}: {paths} paths ({share} of all), {customers} customers; {ended} begin here",
        name=printable(node.name),
        step=_step_text(node.step),
        paths=count_text(node.paths),
        share=share_text(node.share.value),
        customers=count_text(node.customers),
        ended=count_text(node.ended),
    )


def _column_heads(paths: Paths, layout: PathsLayout) -> Markup:
    steps = sorted({abs(box.node.step) for box in layout.boxes})
    sign = 1 if paths.direction == "after" else -1
    y = min(box.slot.y for box in layout.boxes) - 12
    heads = []
    for step in steps:
        own = [box for box in layout.boxes if abs(box.node.step) == step]
        there = sum(box.node.paths for box in own)
        counted = phrase("{count} path" if there == 1 else "{count} paths", count=short_count(there))
        text = joined((_step_text(sign * step), counted), " · ")
        heads.append(_text(text, own[0].slot.x, y, size=_TEXT_SIZE, fill=FAINT))
    return join(*heads)


def _step_text(step: int) -> Phrase:
    if not step:
        return phrase("here")
    if step > 0:
        return phrase("{steps} step after" if step == 1 else "{steps} steps after", steps=step)
    return phrase("{steps} step before" if step == -1 else "{steps} steps before", steps=-step)


def _legend(paths: Paths, layout: PathsLayout) -> Markup:
    y = layout.height - 60
    ends = phrase("paths that end here" if paths.direction == "after" else "paths that begin here")
    keys = [(_BAND, phrase("height: number of paths; shares are of all of them")), (_ENDS, ends)]
    x = _MARGIN
    parts = []
    for colour, text in keys:
        parts += [element("rect", x=x, y=y + 18, width=12.0, height=12.0, fill=colour)]
        parts += [_text(text, x + 18, y + 28, size=_TEXT_SIZE, fill=FAINT)]
        x += 18 + text_width(text, size=_TEXT_SIZE) + 22
    lines = fit_text(_main_text(paths), size=_TEXT_SIZE, room=layout.width - 2 * _MARGIN - 18).lines
    parts += [element("rect", x=_MARGIN, y=y - 14, width=12.0, height=12.0, fill=_MAIN)]
    parts += [_text(line, _MARGIN + 18, y - 4 + row * _LINE, size=_TEXT_SIZE) for row, line in enumerate(lines)]
    return element("g", element("title", _main_text(paths)), *parts)


def _main_text(paths: Paths) -> str:
    """The most common path in the order of time, and how many took all of it."""
    if not paths.main_path:
        return ""
    end = phrase("(end)" if paths.direction == "after" else "(begin)")
    names = [end if each.name is None else printable(each.name) for each in paths.main_path]
    ordered = names if paths.direction == "after" else names[::-1]
    taken = paths.main_path[-1].paths
    return phrase(
        "Most common path: {path}: {taken} of {all} paths ({share})",
        path=joined(ordered, " › "),
        taken=count_text(taken),
        all=count_text(paths.paths),
        share=share_text(taken / paths.paths),
    )


def _title(paths: Paths) -> Phrase:
    return phrase(
        "What follows {touchpoint}" if paths.direction == "after" else "What leads to {touchpoint}",
        touchpoint=printable(paths.touchpoint),
    )


def _told(paths: Paths) -> list[Phrase]:
    """What the picture is of."""
    if not paths.spans:
        return [phrase("No journey has it, of {journeys} that were looked at.", journeys=count_text(paths.total_spans))]
    which = {
        "first": phrase("the first occurrence"),
        "last": phrase("the last occurrence"),
        "every": phrase("every occurrence"),
    }[paths.anchor]
    path = phrase(
        "A path begins at {which} in a journey: {paths} paths"
        if paths.direction == "after"
        else "A path leads to {which} in a journey: {paths} paths",
        which=which,
        paths=count_text(paths.paths),
    )
    folded = [phrase("direct repeats are one step")] if paths.repeats == "folded" else []
    return [
        phrase(
            "{part} of 1 journey has it ({share}), of {customers} customers."
            if paths.total_spans == 1
            else "{part} of {journeys} journeys have it ({share}), of {customers} customers.",
            part=count_text(paths.spans),
            journeys=count_text(paths.total_spans),
            share=share_text(paths.spans / paths.total_spans),
            customers=count_text(paths.customers),
        ),
        joined((joined((path, *folded), "; "), "."), ""),
    ]


def _heading(title: Phrase, told: list[Phrase]) -> Markup:
    lines = [_text(line, _MARGIN, _MARGIN + 34 + 17 * row, size=12.5, fill=FAINT) for row, line in enumerate(told)]
    return join(_text(title, _MARGIN, _MARGIN + 10, size=17, weight="700"), *lines)


def _text(
    text: str, x: float, y: float, *, size: float, weight: str = "400", fill: str = INK, halo: bool = False
) -> Markup:
    around = {"stroke": "white", "stroke_width": 3.0, "stroke_opacity": 0.85, "paint_order": "stroke"} if halo else {}
    return element("text", text, x=x, y=y, font_size=size, font_weight=weight, fill=fill, **around)


def _document(title: str, description: str, body: Markup, *, width: float, height: float) -> str:
    fades = [
        element(
            "linearGradient",
            element("stop", offset="0", stop_color=_BAND, stop_opacity="0" if leftward else "0.8"),
            element("stop", offset="1", stop_color=_BAND, stop_opacity="0.8" if leftward else "0"),
            id=name,
        )
        for name, leftward in (("fade-right", False), ("fade-left", True))
    ]
    return element(
        "svg",
        element("title", title),
        element("desc", description) if description else None,
        element("defs", *fades),
        element("rect", width=width, height=height, fill="white"),
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FONT,
    )
