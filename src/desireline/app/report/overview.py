"""The key figures, and the interactions of each week as a small picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from desireline.app.report.model import ReportData, WeekCount
from desireline.app.report.parts import Column, figure, table, twin
from desireline.app.report.words import date_text
from desireline.journeys.pictures import Markup, count_text, element, join, share_text, short_count

_WEEK = timedelta(weeks=1)
_MOST_POINTED = 160
_LARGE = 10_000_000


def overview(data: ReportData) -> Markup:
    """The section of key figures and the trend."""
    return element(
        "section",
        element("h2", "Key figures", id="figures-heading"),
        tiles(_figures(data)),
        _trend(data),
        id="figures",
        aria_labelledby="figures-heading",
    )


def tiles(figures: Sequence[tuple[str, str, str]]) -> Markup:
    """Key figures side by side: what it is, how much, and something to add."""
    return element(
        "dl",
        *(
            element("div", element("dt", name), element("dd", value, element("small", remark) if remark else None))
            for name, value, remark in figures
        ),
        class_="tiles",
    )


def _figures(data: ReportData) -> list[tuple[str, str, str]]:
    totals = data.totals
    per_customer = totals.interactions / totals.customers if totals.customers else 0.0
    once = totals.customers_seen_once / totals.customers if totals.customers else 0.0
    return [
        _figure("Interactions", totals.interactions, f"{per_customer:,.1f} per customer"),
        _figure("Customers", totals.customers),
        _figure("Seen only once", totals.customers_seen_once, f"{share_text(once)} of customers"),
        _figure("Touchpoints", totals.touchpoints),
        _figure("Channels", totals.channels),
    ]


def _figure(what: str, count: int, remark: str = "") -> tuple[str, str, str]:
    """A key figure; a very large one is written short, with the exact number below."""
    if count < _LARGE:
        return (what, count_text(count), remark)
    return (what, short_count(count), f"{count_text(count)}; {remark}" if remark else count_text(count))


def _trend(data: ReportData) -> Markup | None:
    weeks = every_week(data.weeks)
    if len(weeks) < 2:
        return None
    partial = {place for place in (0, len(weeks) - 1) if _is_partial(weeks[place], data)}
    remark = " Dashed: weeks that the data covers in part only." if partial else ""
    caption = join(
        element("strong", "Interactions per week"), element("span", f"Weeks start on Monday, {data.timezone}.{remark}")
    )
    return figure(caption, _picture(weeks, partial), twin(_table(weeks, partial)), class_="trend-figure")


def every_week(weeks: Sequence[WeekCount]) -> list[WeekCount]:
    """The weeks in order, with those that are missing in between."""
    counts = {week.start: week.interactions for week in weeks}
    if not counts:
        return []
    first, last = min(counts), max(counts)
    starts = [first + place * _WEEK for place in range((last - first).days // 7 + 1)]
    return [WeekCount(start, counts.get(start, 0)) for start in starts]


def ceiling(value: float) -> int:
    """The next round number at which an axis can end.

    >>> ceiling(1234), ceiling(7), ceiling(0)
    (1500, 8, 1)
    """
    if value <= 1:
        return 1
    scale = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return max(1, math.ceil(next(step for step in steps if step * scale >= value * 0.999999) * scale))


def _is_partial(week: WeekCount, data: ReportData) -> bool:
    end = week.start + timedelta(days=6)
    starts_late = data.first is not None and week.start < data.first.date() <= end
    ends_early = data.last is not None and data.last.date() < end
    return starts_late or ends_early


def _picture(weeks: Sequence[WeekCount], partial: set[int]) -> Markup:
    top = ceiling(max(week.interactions for week in weeks))
    heights = [100 - 100 * week.interactions / top for week in weeks]
    places = [1000 * index / (len(weeks) - 1) for index in range(len(weeks))]
    svg = element(
        "svg",
        element("title", "Interactions per week", id="trend-title"),
        element("desc", _description(weeks), id="trend-desc"),
        *(element("path", d=f"M0,{y}H1000", class_="grid") for y in (0, 50, 100)),
        *_lines(places, heights, partial),
        *_pointed(weeks, places),
        viewBox="0 0 1000 100",
        preserveAspectRatio="none",
        role="img",
        aria_labelledby="trend-title trend-desc",
    )
    scale = element(
        "div",
        *(element("span", short_count(value)) for value in (top, top / 2, 0)),
        class_="scale",
        aria_hidden="true",
    )
    return element("div", scale, svg, _axis(weeks), class_="trend")


def _description(weeks: Sequence[WeekCount]) -> str:
    most = max(weeks, key=lambda week: week.interactions)
    return (
        f"{len(weeks)} weeks from {date_text(weeks[0].start)} to {date_text(weeks[-1].start)}; "
        f"most in the week of {date_text(most.start)}: {count_text(most.interactions)}."
    )


def _lines(places: Sequence[float], heights: Sequence[float], partial: set[int]) -> list[Markup]:
    points = [f"{x:.1f},{y:.2f}" for x, y in zip(places, heights, strict=True)]
    whole = [point for index, point in enumerate(points) if index not in partial]
    lines = []
    if len(whole) > 1:
        left, right = (point.split(",")[0] for point in (whole[0], whole[-1]))
        lines.append(element("path", d=f"M{left},100L{'L'.join(whole)}L{right},100Z", class_="area"))
        lines.append(element("path", d=f"M{'L'.join(whole)}", class_="line"))
    for first in range(len(points) - 1):
        if {first, first + 1} & partial:
            lines.append(element("path", d=f"M{points[first]}L{points[first + 1]}", class_="line partial"))
    return lines


def _pointed(weeks: Sequence[WeekCount], places: Sequence[float]) -> list[Markup]:
    """Strips that show a week's figures when they are pointed at."""
    if len(weeks) > _MOST_POINTED:
        return []
    half = 500 / (len(weeks) - 1)
    return [
        element(
            "rect",
            element("title", f"Week of {date_text(week.start)}: {count_text(week.interactions)}"),
            x=max(0.0, x - half),
            y=0,
            width=min(1000.0, x + half) - max(0.0, x - half),
            height=100,
            class_="strip",
        )
        for week, x in zip(weeks, places, strict=True)
    ]


def _axis(weeks: Sequence[WeekCount]) -> Markup:
    count = min(5, len(weeks))
    chosen = sorted({round(step * (len(weeks) - 1) / (count - 1)) for step in range(count)})
    ticks = [_tick(weeks[index].start, index / (len(weeks) - 1)) for index in chosen]
    return element("div", *ticks, class_="axis", aria_hidden="true")


def _tick(start: date, part: float) -> Markup:
    side = "first" if part == 0 else "last" if part == 1 else "between"
    return element("span", date_text(start), style=f"left:{100 * part:.2f}%", class_=side)


def _table(weeks: Sequence[WeekCount], partial: set[int]) -> Markup:
    rows = [
        (date_text(week.start), count_text(week.interactions), "in part" if index in partial else "whole")
        for index, week in enumerate(weeks)
    ]
    columns = (Column("Week of", numeric=False), Column("Interactions"), Column("Covered", numeric=False))
    return table("Interactions per week, latest first", columns, rows[::-1])
