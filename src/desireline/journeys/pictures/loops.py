"""Loops and the type of the process as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, format_seconds, phrase
from desireline.journeys.estimates import journeys_of
from desireline.journeys.pictures.figures import count_text, share_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.results.loops import Loops

_SHOWN = 12
_TITLES = {
    "linear": phrase("What comes again: the process is linear"),
    "branching": phrase("What comes again: the process is branching"),
    "cyclical": phrase("What comes again: the process is cyclical"),
    "mixed": phrase("What comes again: the process is mixed"),
    "unknown": phrase("What comes again"),
}
_WIDTH = 460


def draw_loops(loops: Loops) -> altair.VConcatChart:
    """Three panels: the shares of the types of spans, who repeats what, the most frequent loops over one other touchpoint."""
    import altair

    process = loops.process
    told = [
        phrase(
            "{journeys} journeys of {customers} customers; in {later} a touchpoint comes again after others, "
            "in {directly} directly.",
            journeys=count_text(loops.spans),
            customers=count_text(loops.customers),
            later=count_text(loops.spans_with_repetition),
            directly=count_text(loops.spans_with_self_loop),
        )
    ]
    title = altair.TitleParams(_TITLES[process.verdict], subtitle=told)
    panels = [_types(loops)] if process.spans or not loops.touchpoints else []
    panels += [_touchpoints(loops)] if loops.touchpoints else []
    panels += [_loops(loops)] if loops.loops else []
    chart: altair.VConcatChart = altair.vconcat(*panels, title=title, spacing=34)
    return chart


def _types(loops: Loops) -> altair.LayerChart:
    names = (phrase("linear"), phrase("branching"), phrase("cyclical"))
    rows = [
        {
            "type": name,
            "share": each.value,
            "low": each.low,
            "high": each.high,
            "text": share_text(each.value),
            "behind": journeys_of("shape", shape=name),
        }
        for name, each in zip(names, loops.process.shares(), strict=True)
        if each.n
    ]
    heading = phrase(
        "Types of journeys, as shares of {journeys} with two or more steps", journeys=count_text(loops.process.spans)
    )
    return _bars(rows, "type", "share", heading, phrase("share of journeys"), percent=True)


def _touchpoints(loops: Loops) -> altair.LayerChart:
    rows = [
        {
            "touchpoint": each.touchpoint,
            "customers": each.repeating_customers,
            "high": each.repeating_customers,
            "text": phrase(
                "{part} of {all} ({share})",
                part=count_text(each.repeating_customers),
                all=count_text(each.customers),
                share=share_text(each.repeating.value),
            ),
            "behind": journeys_of("again", name=each.touchpoint),
        }
        for each in loops.touchpoints[:_SHOWN]
    ]
    heading = phrase("Customers who have a touchpoint again in the same journey")
    return _bars(rows, "touchpoint", "customers", heading, phrase("customers"), percent=False)


def _loops(loops: Loops) -> altair.LayerChart:
    rows = [
        {
            "loop": f"{each.touchpoint} › {each.via} › {each.touchpoint}",
            "count": each.count,
            "high": each.count,
            "text": phrase(
                "{count}, median {time}", count=count_text(each.count), time=format_seconds(each.median_seconds)
            ),
            "behind": journeys_of("again", name=each.touchpoint, via=each.via),
        }
        for each in loops.loops[:_SHOWN]
    ]
    heading = phrase("Back to a touchpoint over one other")
    return _bars(rows, "loop", "count", heading, phrase("times"), percent=False)


def _bars(
    rows: list[dict[str, Any]], name: str, value: str, heading: Phrase, unit: Phrase, *, percent: bool
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
