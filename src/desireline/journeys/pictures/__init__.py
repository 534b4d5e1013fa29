"""Pictures of results, drawn without a browser: pure functions from a result to a layout, and to SVG."""

from desireline.drawing.markup import Markup, element, escape, join, printable
from desireline.drawing.text import clusters
from desireline.journeys.pictures.curves import Curve, CurveLabel, Point, Rectangle
from desireline.journeys.pictures.detail import detail_levels
from desireline.journeys.pictures.figures import NO_BREAK, count_text, share_text, short_count
from desireline.journeys.pictures.flow_svg import describe_move, describe_node, flow_style, flow_svg
from desireline.journeys.pictures.graph import FlowGraph, GraphEdge, GraphNode, flow_graph
from desireline.journeys.pictures.layout import FlowBox, FlowEnd, FlowLayout, FlowMove, lay_out_flow

__all__ = [
    "NO_BREAK",
    "Curve",
    "CurveLabel",
    "FlowBox",
    "FlowEnd",
    "FlowGraph",
    "FlowLayout",
    "FlowMove",
    "GraphEdge",
    "GraphNode",
    "Markup",
    "Point",
    "Rectangle",
    "clusters",
    "count_text",
    "describe_move",
    "describe_node",
    "detail_levels",
    "element",
    "escape",
    "flow_graph",
    "flow_style",
    "flow_svg",
    "join",
    "lay_out_flow",
    "printable",
    "share_text",
    "short_count",
]
