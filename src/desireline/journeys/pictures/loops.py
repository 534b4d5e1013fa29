"""Loops and the type of the process as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base import format_seconds
from desireline.journeys.pictures.figures import count_text, share_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.results.loops import Loops

_SHOWN = 12
_WIDTH = 460


def draw_loops(loops: Loops) -> altair.VConcatChart:
    """Three panels: the shares of the types of spans, who repeats what, the most frequent loops over one other touchpoint."""
    import altair

    process = loops.process
    told = [
        f"{count_text(loops.spans)} journeys of {count_text(loops.customers)} customers; "
        f"in {count_text(loops.spans_with_repetition)} a touchpoint comes again after others, "
        f"in {count_text(loops.spans_with_self_loop)} directly."
    ]
    verdict = "" if process.verdict == "unknown" else f": the process is {process.verdict}"
    title = altair.TitleParams(f"What comes again{verdict}", subtitle=told)
    panels = [_types(loops)] if process.spans or not loops.touchpoints else []
    panels += [_touchpoints(loops)] if loops.touchpoints else []
    panels += [_loops(loops)] if loops.loops else []
    chart: altair.VConcatChart = altair.vconcat(*panels, title=title, spacing=34)
    return chart


def _types(loops: Loops) -> altair.LayerChart:
    names = ("linear", "branching", "cyclical")
    rows = [
        {"type": name, "share": each.value, "low": each.low, "high": each.high, "text": share_text(each.value)}
        for name, each in zip(names, loops.process.shares(), strict=True)
        if each.n
    ]
    heading = f"Types of journeys, as shares of {count_text(loops.process.spans)} with two or more steps"
    return _bars(rows, "type", "share", heading, "share of journeys", percent=True)


def _touchpoints(loops: Loops) -> altair.LayerChart:
    rows = [
        {
            "touchpoint": each.touchpoint,
            "customers": each.repeating_customers,
            "high": each.repeating_customers,
            "text": f"{count_text(each.repeating_customers)} of {count_text(each.customers)} "
            f"({share_text(each.repeating.value)})",
        }
        for each in loops.touchpoints[:_SHOWN]
    ]
    heading = "Customers who have a touchpoint again in the same journey"
    return _bars(rows, "touchpoint", "customers", heading, "customers", percent=False)


def _loops(loops: Loops) -> altair.LayerChart:
    rows = [
        {
            "loop": f"{each.touchpoint} › {each.via} › {each.touchpoint}",
            "count": each.count,
            "high": each.count,
            "text": f"{count_text(each.count)}, median {format_seconds(each.median_seconds)}",
        }
        for each in loops.loops[:_SHOWN]
    ]
    heading = "Back to a touchpoint over one other"
    return _bars(rows, "loop", "count", heading, "times", percent=False)


def _bars(
    rows: list[dict[str, Any]], name: str, value: str, heading: str, unit: str, *, percent: bool
) -> altair.LayerChart:
    """Bars in the order of the rows, with their intervals, and their numbers behind them."""
    import altair

    data = altair.InlineData(values=rows)
    axis = altair.Axis(title=None, labelLimit=330, minExtent=200)
    place = altair.Y(f"{name}:N", sort=None, axis=axis)
    most = max((row["high"] for row in rows), default=1)
    scale = altair.Scale(domain=[0, 1 if percent else most * 1.45], nice=not percent)
    shown = altair.Axis(title=unit, format="%" if percent else ",d", tickCount=5, tickMinStep=0.1 if percent else 1)
    base = altair.Chart(data).encode(y=place)
    bars = base.mark_bar(size=14).encode(x=altair.X(f"{value}:Q", scale=scale, axis=shown))
    layers = [bars]
    if percent:
        layers.append(base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"))
    layers.append(base.mark_text(align="left", dx=6).encode(x="high:Q", text="text:N"))
    title = altair.TitleParams(heading, fontSize=13, frame="group")
    chart: altair.LayerChart = altair.LayerChart(layer=layers, width=_WIDTH, height=altair.Step(24), title=title)
    return chart
