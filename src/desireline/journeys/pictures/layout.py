"""The layout of a flow picture: boxes in layers from left to right, moves as smooth curves between them.

The steps are those of Sugiyama, Tagawa and Toda: see the modules :mod:`.ranks`, :mod:`.crossings` and
:mod:`.placement`. A move over several layers passes each of them level, at a place of its own, so that no
move runs through a box. Nothing in here knows of SVG: every surface draws the same layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desireline.base import phrase, tell
from desireline.drawing.text import FittedText, fit_texts, text_width
from desireline.journeys.pictures.curves import (
    Curve,
    CurveLabel,
    Point,
    Rectangle,
    curve_through,
    place_labels,
)
from desireline.journeys.pictures.figures import short_count
from desireline.journeys.pictures.graph import START, FlowGraph, GraphEdge, GraphNode
from desireline.journeys.pictures.placement import place_layers
from desireline.journeys.pictures.skeleton import Chain, Skeleton, skeleton_of

MoveKind = Literal["forward", "back", "loop", "start"]

NAME_SIZE = 13.0
"""Font size of a touchpoint's name in pixels (semi-bold)."""
COUNT_SIZE = 12.0
"""Font size of the number below it."""
LABEL_SIZE = 11.0
"""Font size of the number on a move."""
LINE_HEIGHT = 16.0
"""From one line of text in a box to the next."""

_ROOM = 136.0
_PADDING = 13.0
_LEAST_WIDTH = 88.0
_MARKER_WIDTH = 66.0
_GAP = 18.0
_BEND_HEIGHT = 10.0
_LOOP_HEIGHT = 26.0
_END_HEIGHT = 20.0
_THICKEST, _THINNEST = 11.0, 1.2
_MARGIN = 14.0


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """The way out of a box: an arrow downward, with its count beside it."""

    start: Point
    length: float
    thickness: float
    text: str


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box of the picture.

    Attributes
    ----------
    node
        What it stands for.
    area
        Where it is, in pixels from the top left corner.
    lines
        Its name, fitted into one or two lines.
    end
        Where the way out is, down from the lower edge, for the spans that end here; ``None`` where none does.
    """

    node: GraphNode
    area: Rectangle
    lines: tuple[str, ...]
    end: FlowEnd | None


@dataclass(frozen=True, slots=True)
class FlowMove:
    """A move of the picture.

    Attributes
    ----------
    edge
        Its figures.
    source, target
        The nodes at its ends.
    kind
        ``back`` runs against the direction of the picture, ``loop`` returns to its own box.
    curve
        Its line, in the direction of the move.
    thickness
        Width of the line in pixels, in proportion to the count (a hair's breadth at least).
    label
        Its count, and where that is written.
    """

    edge: GraphEdge
    source: GraphNode
    target: GraphNode
    kind: MoveKind
    curve: Curve
    thickness: float
    label: CurveLabel


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """A picture that is ready to be drawn: its size in pixels, its boxes, its moves (most frequent first)."""

    width: float
    height: float
    boxes: tuple[FlowBox, ...]
    moves: tuple[FlowMove, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is known of a picture once its texts are measured and its layers ordered."""

    graph: FlowGraph
    skeleton: Skeleton
    texts: Mapping[int, FittedText]
    thickness: Mapping[GraphEdge, float]
    most: int
    loops: frozenset[int]
    ports: Mapping[tuple[int, str], Sequence[Chain]]


def lay_out_flow(graph: FlowGraph) -> FlowLayout:
    """Lay a flow out; the same graph always gives the same picture.

    Takes some 30 ms for 30 touchpoints and 60 moves, and grows with the square of the number of moves.

    >>> from desireline.journeys.pictures.graph import flow_graph
    >>> from desireline.journeys.model import Flow, FlowNode
    >>> layout = lay_out_flow(flow_graph(Flow((FlowNode("Visit", 5, 4),), ())))
    >>> [box.node.name for box in layout.boxes], len(layout.moves)
    (['Start', 'Visit'], 1)
    """
    frame = _frame(graph)
    heights = _heights(frame)
    middles = place_layers(frame.skeleton.layers, heights=heights, pulls=_pulls(frame.skeleton), gap=_GAP)
    columns = _columns(frame)
    boxes = {
        node: _box(frame, node, columns[layer], middles[node], heights[node])
        for layer, vertices in enumerate(frame.skeleton.layers)
        for node in vertices
        if node < frame.skeleton.bends and _is_drawn(frame, node)
    }
    moves = _moves(frame, boxes, columns=columns, middles=middles)
    return FlowLayout(
        width=columns[-1].right + _MARGIN,
        height=max((middles[vertex] + heights[vertex] / 2 for vertex in middles), default=0) + 2 * _MARGIN,
        boxes=tuple(boxes[node] for node in sorted(boxes)),
        moves=moves,
    )


def _frame(graph: FlowGraph) -> _Frame:
    skeleton = skeleton_of(graph)
    most = max([1, *(edge.count for edge in graph.edges), *(node.ends for node in graph.nodes)])
    ports: dict[tuple[int, str], list[Chain]] = defaultdict(list)
    for chain in skeleton.chains:
        ports[chain.vertices[0], "right"].append(chain)
        ports[chain.vertices[-1], "left"].append(chain)
    return _Frame(
        graph=graph,
        skeleton=skeleton,
        texts=dict(enumerate(fit_texts([node.name for node in graph.nodes], size=NAME_SIZE, room=_ROOM))),
        thickness={edge: _thickness(edge.count, most=most) for edge in graph.edges},
        most=most,
        loops=frozenset(edge.source for edge in graph.edges if edge.source == edge.target),
        ports=ports,
    )


def _thickness(count: int, *, most: int) -> float:
    return max(_THINNEST, _THICKEST * count / most)


def _is_drawn(frame: _Frame, node: int) -> bool:
    """A marker without moves is not drawn."""
    return node != START or bool(frame.ports.get((node, "left")) or frame.ports.get((node, "right")))


def _port_room(frame: _Frame, node: int) -> float:
    """The height that the moves at the busier side of a box need."""
    return max(
        sum(frame.thickness[chain.edge] + 5 for chain in frame.ports.get((node, side), ()))
        for side in ("left", "right")
    )


def _heights(frame: _Frame) -> dict[int, float]:
    heights = {
        vertex: _BEND_HEIGHT + frame.thickness[chain.edge]
        for chain in frame.skeleton.chains
        for vertex in chain.vertices[1:-1]
    }
    for node, text in frame.texts.items():
        texts = LINE_HEIGHT * (len(text.lines) + 1) + 16
        heights[node] = max(texts, _port_room(frame, node)) + _above(frame, node) + _below(frame, node)
    return heights


def _above(frame: _Frame, node: int) -> float:
    """The room over a box for its loop."""
    return _LOOP_HEIGHT if node in frame.loops else 0.0


def _below(frame: _Frame, node: int) -> float:
    """The room under a box for the way out."""
    return _END_HEIGHT if frame.graph.nodes[node].ends else 0.0


def _pulls(skeleton: Skeleton) -> dict[int, list[tuple[int, float]]]:
    pulls: dict[int, list[tuple[int, float]]] = defaultdict(list)
    most = max((chain.edge.count for chain in skeleton.chains), default=1)
    for chain in skeleton.chains:
        for before, after in zip(chain.vertices, chain.vertices[1:], strict=False):
            inner = (before >= skeleton.bends) + (after >= skeleton.bends)
            pull = (1.0, 2.0, 8.0)[inner] * (0.25 + chain.edge.count / most)
            pulls[before].append((after, pull))
            pulls[after].append((before, pull))
    return pulls


def _columns(frame: _Frame) -> list[Rectangle]:
    """The horizontal room of each layer (its height means nothing)."""
    columns: list[Rectangle] = []
    x = _MARGIN
    for layer, vertices in enumerate(frame.skeleton.layers):
        width = max((_width(frame, node) for node in vertices if node < frame.skeleton.bends), default=0.0)
        columns.append(Rectangle(x, 0, width, 0))
        x += width + _gap_after(frame, layer)
    return columns


def _gap_after(frame: _Frame, layer: int) -> float:
    """The room between two layers: more where more moves must find their way."""
    if layer + 1 == len(frame.skeleton.layers):
        return 0.0
    crowd = max(len(frame.skeleton.layers[layer]), len(frame.skeleton.layers[layer + 1]))
    return min(100.0, 58.0 + 3.0 * crowd)


def _width(frame: _Frame, node: int) -> float:
    if node == START:
        return _MARKER_WIDTH if _is_drawn(frame, node) else 0.0
    figures = text_width(short_count(frame.graph.nodes[node].interactions) + " ×", size=COUNT_SIZE)
    return max(_LEAST_WIDTH, frame.texts[node].width + 2 * _PADDING, figures + 2 * _PADDING)


def _box(frame: _Frame, node: int, column: Rectangle, middle: float, height: float) -> FlowBox:
    above, below = _above(frame, node), _below(frame, node)
    top = _MARGIN + middle - height / 2 + above
    area = Rectangle(column.x, top, column.width, height - above - below)
    return FlowBox(frame.graph.nodes[node], area, frame.texts[node].lines, _end(frame, node, area))


def _end(frame: _Frame, node: int, area: Rectangle) -> FlowEnd | None:
    ends = frame.graph.nodes[node].ends
    if not ends:
        return None
    return FlowEnd(
        start=Point(area.x + 22, area.bottom),
        length=_END_HEIGHT - 3,
        thickness=_thickness(ends, most=frame.most),
        text=tell(phrase("{count} ends here" if ends == 1 else "{count} end here", count=short_count(ends))),
    )


def _end_area(end: FlowEnd, box: Rectangle) -> Rectangle:
    return Rectangle(box.x, box.bottom, 34 + text_width(end.text, size=LABEL_SIZE), _END_HEIGHT)


def _moves(
    frame: _Frame,
    boxes: Mapping[int, FlowBox],
    *,
    columns: Sequence[Rectangle],
    middles: Mapping[int, float],
) -> tuple[FlowMove, ...]:
    edges, nodes = frame.graph.edges, frame.graph.nodes
    curves = {edge: _loop(boxes[edge.source].area) for edge in edges if edge.source == edge.target}
    curves |= _chain_curves(frame, boxes, columns=columns, middles=middles)
    backward = frozenset(chain.edge for chain in frame.skeleton.chains if chain.backward)
    return tuple(
        FlowMove(
            edge,
            nodes[edge.source],
            nodes[edge.target],
            _kind(edge, backward),
            curves[edge],
            frame.thickness[edge],
            label,
        )
        for edge, label in zip(edges, _labels(edges, curves, boxes=boxes), strict=True)
    )


def _chain_curves(
    frame: _Frame,
    boxes: Mapping[int, FlowBox],
    *,
    columns: Sequence[Rectangle],
    middles: Mapping[int, float],
) -> dict[GraphEdge, Curve]:
    layer_of = frame.skeleton.layer_of()
    heights = _port_heights(frame, boxes, middles=middles)
    curves = {}
    for chain in frame.skeleton.chains:
        first, last = boxes[chain.vertices[0]].area, boxes[chain.vertices[-1]].area
        points = [Point(first.right, heights[chain.edge, "right"])]
        for bend in chain.vertices[1:-1]:
            column, y = columns[layer_of[bend]], _MARGIN + middles[bend]
            points += [Point(column.x, y), Point(column.right, y)]
        points.append(Point(last.x, heights[chain.edge, "left"]))
        curves[chain.edge] = curve_through(points[::-1] if chain.backward else points)
    return curves


def _port_heights(
    frame: _Frame, boxes: Mapping[int, FlowBox], *, middles: Mapping[int, float]
) -> dict[tuple[GraphEdge, str], float]:
    """Where each move meets its boxes: beside each other, in the order of where they come from."""
    heights: dict[tuple[GraphEdge, str], float] = {}
    for (node, side), chains in frame.ports.items():
        ordered = sorted(
            chains,
            key=lambda chain: (middles[chain.vertices[1 if side == "right" else -2]], chain.backward),
        )
        area = boxes[node].area
        needed = sum(frame.thickness[chain.edge] for chain in ordered)
        apart = min(14.0, (area.height - needed - 8) / len(ordered))
        y = area.y + (area.height - needed - apart * len(ordered)) / 2
        for chain in ordered:
            room = frame.thickness[chain.edge] + apart
            heights[chain.edge, side] = y + room / 2
            y += room
    return heights


def _loop(area: Rectangle) -> Curve:
    """A loop from the top of a box back to it."""
    middle, top = area.x + area.width / 2, area.y
    left, right = Point(middle - 30, top), Point(middle - 4, top)
    return Curve((left, Point(left.x - 4, top - 27), Point(right.x + 4, top - 27), right))


def _labels(
    edges: Sequence[GraphEdge], curves: Mapping[GraphEdge, Curve], *, boxes: Mapping[int, FlowBox]
) -> list[CurveLabel]:
    texts = [short_count(edge.count) for edge in edges]
    sizes = [(text_width(text, size=LABEL_SIZE) + 4, LABEL_SIZE + 2) for text in texts]
    fixed = {
        edge: CurveLabel(text, Point(curves[edge].end.x + 8 + size[0] / 2, curves[edge].end.y - 10), shown=True)
        for edge, text, size in zip(edges, texts, sizes, strict=True)
        if edge.source == edge.target
    }
    occupied = [box.area for box in boxes.values()]
    occupied += [_end_area(box.end, box.area) for box in boxes.values() if box.end]
    occupied += [Rectangle(label.middle.x - 44, label.middle.y - 10, 88, 20) for label in fixed.values()]
    free = [index for index, edge in enumerate(edges) if edge not in fixed]
    placed = place_labels(
        [texts[index] for index in free],
        [sizes[index] for index in free],
        [curves[edges[index]] for index in free],
        occupied=occupied,
    )
    found = {edges[index]: label for index, label in zip(free, placed, strict=True)} | fixed
    return [found[edge] for edge in edges]


def _kind(edge: GraphEdge, backward: frozenset[GraphEdge]) -> MoveKind:
    if edge.source == edge.target:
        return "loop"
    if edge in backward:
        return "back"
    return "start" if edge.source == START else "forward"
