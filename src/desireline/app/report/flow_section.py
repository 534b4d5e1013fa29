"""The picture of the flow, in several levels of detail, and its table."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.app.report.model import ReportData
from desireline.app.report.parts import Column, empty, note, section, table, twin
from desireline.app.report.words import article, counted, duration_text, name, plural
from desireline.journeys.model import Flow
from desireline.journeys.pictures import (
    FlowGraph,
    FlowLayout,
    GraphEdge,
    Markup,
    count_text,
    detail_levels,
    element,
    flow_svg,
    join,
    lay_out_flow,
)

_WIDE = 1250
_MANY_MOVES = 24


def flow_section(data: ReportData) -> Markup:
    """The section with the picture of the flow."""
    levels = detail_levels(data.flow)
    if not levels:
        return section("flow", "The flow", empty("No interactions, no flow."))
    layouts = [lay_out_flow(level) for level in levels]
    first = _first_shown(layouts)
    figures = [
        _level(place, level, layout, shown=place == first)
        for place, (level, layout) in enumerate(zip(levels, layouts, strict=True))
    ]
    return section(
        "flow",
        "The flow",
        element(
            "figure",
            _slider(levels, first) if len(levels) > 1 else None,
            *figures,
            element(
                "p",
                "Point at a box or an arrow for its figures.",
                class_="readout",
                aria_live="polite",
                hidden=True,
            ),
            _legend(data),
            class_="flow-figure",
        ),
        twin(_moves_table(levels), summary="Show moves as table"),
        twin(_nodes_table(data, levels), summary="Show touchpoints as table"),
        _remark(data.flow, levels[-1]),
        lead=join(
            f"Which touchpoint directly follows which within {article(data.span_name)}: ",
            f"{data.span_meaning}. ",
            "Wide arrows are moves that are made often.",
        ),
    )


def _first_shown(layouts: Sequence[FlowLayout]) -> int:
    """The most detailed level that can be taken in at a glance."""
    fitting = [
        place for place, layout in enumerate(layouts) if layout.width <= _WIDE and len(layout.moves) <= _MANY_MOVES
    ]
    return max(fitting, default=0)


def _slider(levels: Sequence[FlowGraph], first: int) -> Markup:
    return element(
        "div",
        element("label", "Detail", for_="detail"),
        element("span", "main way", class_="edge", aria_hidden="true"),
        element(
            "input",
            type="range",
            id="detail",
            min=1,
            max=len(levels),
            step=1,
            value=first + 1,
            aria_valuetext=_extent(levels[first]),
        ),
        element("span", "most detail", class_="edge", aria_hidden="true"),
        element("output", _extent(levels[first]), for_="detail"),
        class_="slider",
        hidden=True,
    )


def _extent(level: FlowGraph) -> str:
    return f"{counted(len(level.touchpoints), 'touchpoint')}, {counted(len(level.edges), 'move')}"


def _level(place: int, level: FlowGraph, layout: FlowLayout, *, shown: bool) -> Markup:
    svg = flow_svg(
        layout,
        title=f"The flow in {_extent(level)}",
        description="Boxes are touchpoints, arrows are moves between them. Tables below hold the figures.",
        ident=f"flow-{place + 1}",
    )
    return element(
        "div",
        svg,
        class_="level scroll",
        hidden=not shown,
        data_extent=_extent(level),
        style=f"--natural:{round(layout.width)}px",
        tabindex="0",
        role="region",
        aria_label="Picture of the flow",
    )


def _legend(data: ReportData) -> Markup:
    spans = plural(data.span_name)
    entries = (
        ("start", f"where {spans} start"),
        ("forward", "move onward"),
        ("back", "move back, or repeated (dashed)"),
        ("end", f"{spans} that end there"),
    )
    return element("ul", *(element("li", _key(kind), text) for kind, text in entries), class_="legend", role="list")


def _key(kind: str) -> Markup:
    line, head = ("M12,0V6", "M12,12L8,5H16Z") if kind == "end" else ("M0,6H17", "M24,6L16,2V10Z")
    return element(
        "svg",
        element("path", d=line, class_="line"),
        element("path", d=head, class_="head"),
        viewBox="0 0 24 12",
        width=24,
        height=12,
        class_=f"key {kind}",
        aria_hidden="true",
    )


def _shown_from(levels: Sequence[FlowGraph]) -> dict[tuple[str, str], int]:
    """From which level on each move is drawn."""
    shown: dict[tuple[str, str], int] = {}
    for place, level in enumerate(levels, start=1):
        for edge in level.edges:
            shown.setdefault(_ends(level, edge), place)
    return shown


def _ends(level: FlowGraph, edge: GraphEdge) -> tuple[str, str]:
    source = level.nodes[edge.source]
    return ("" if source.kind == "start" else source.name, level.nodes[edge.target].name)


def _moves_table(levels: Sequence[FlowGraph]) -> Markup:
    last, shown = levels[-1], _shown_from(levels)
    columns = (
        Column("From", numeric=False),
        Column("To", numeric=False),
        Column("Times"),
        Column("Customers"),
        Column("Median time between"),
        Column("Drawn from detail"),
    )
    rows = [
        (
            "Start" if last.nodes[edge.source].kind == "start" else name(last.nodes[edge.source].name),
            name(last.nodes[edge.target].name),
            count_text(edge.count),
            "–" if edge.customers is None else count_text(edge.customers),
            "–" if edge.median_seconds is None else duration_text(edge.median_seconds),
            str(shown[_ends(last, edge)]),
        )
        for edge in last.edges
    ]
    return table("Moves in the picture at most detail, most frequent first", columns, rows, most=len(rows))


def _nodes_table(data: ReportData, levels: Sequence[FlowGraph]) -> Markup:
    spans = plural(data.span_name).capitalize()
    columns = (
        Column("Touchpoint", numeric=False),
        Column("Interactions"),
        Column("Customers"),
        Column(f"{spans} that start here"),
        Column(f"{spans} that end here"),
    )
    rows = [
        (
            name(node.name),
            *(count_text(value) for value in (node.interactions, node.customers, node.starts, node.ends)),
        )
        for node in levels[-1].touchpoints
    ]
    everything = sum(node.interactions for node in data.flow.nodes)
    starts = levels[-1].nodes[0].starts
    whole = ("All touchpoints", count_text(everything), "–", count_text(starts), count_text(starts))
    return table("Touchpoints in the picture at most detail", columns, [whole, *rows], most=len(rows) + 1)


def _remark(flow: Flow, last: FlowGraph) -> Markup | None:
    nodes = len(flow.nodes) - len(last.touchpoints)
    edges = len(flow.edges) - sum(1 for edge in last.edges if last.nodes[edge.source].kind != "start")
    if nodes <= 0 and edges <= 0:
        return None
    parts = [counted(nodes, "touchpoint")] * (nodes > 0) + [counted(edges, "rarer move")] * (edges > 0)
    return note(f"Not drawn, even at most detail: {' and '.join(parts)}.")
