"""Where people stop: the last interaction of a span, and a funnel where one is given."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.app.report.model import ReportData, Stop
from desireline.app.report.parts import Bar, Column, bars, empty, figure, section, table, twin
from desireline.app.report.words import article, counted, duration_text, name, plural
from desireline.journeys.pictures import Markup, count_text, element, join, share_text
from desireline.journeys.results.funnel import Funnel

_SHOWN = 12


def stops_section(data: ReportData) -> Markup:
    """The section about where people stop."""
    stops = sorted(data.stops, key=lambda stop: (-stop.ends, stop.touchpoint))
    stops = [stop for stop in stops if stop.ends]
    if not stops:
        return section("stops", "Where people stop", empty("There are no interactions yet."))
    return section(
        "stops",
        "Where people stop",
        _stops(data, stops),
        _funnel(data.funnel) if data.funnel is not None and data.funnel.steps else None,
        lead=(
            f"The last interaction of {article(data.span_name)}. "
            "It can be a goal reached or a journey given up: the count alone does not tell which."
        ),
    )


def _stops(data: ReportData, stops: Sequence[Stop]) -> Markup:
    total = data.paths.total_spans or sum(stop.ends for stop in stops)
    rows = [
        Bar(
            name(stop.touchpoint),
            stop.ends / stops[0].ends,
            share_text(stop.ends / total),
            f"{counted(stop.ends, data.span_name)}; last in {share_text(stop.share)} "
            f"of its {counted(stop.occurrences, 'occurrence')}",
        )
        for stop in stops[:_SHOWN]
    ]
    spans = plural(data.span_name)
    return figure(
        join(
            element("strong", f"Last interactions of {spans}"),
            element("span", f"Share of all {spans} that end there"),
        ),
        bars(rows, label=f"Share of {spans} that end at each touchpoint", kind="bars roomy"),
        twin(_table(data, stops, total)),
    )


def _table(data: ReportData, stops: Sequence[Stop], total: int) -> Markup:
    spans = plural(data.span_name)
    columns = (
        Column("Touchpoint", numeric=False),
        Column(f"{spans.capitalize()} that end here"),
        Column(f"Share of {spans}"),
        Column("Occurs"),
        Column("Nothing follows after"),
        Column("Customers"),
    )
    rows = [
        (
            name(stop.touchpoint),
            count_text(stop.ends),
            share_text(stop.ends / total),
            count_text(stop.occurrences),
            share_text(stop.share),
            count_text(stop.customers),
        )
        for stop in stops
    ]
    return table(f"Touchpoints where {spans} end", columns, rows)


def _funnel(funnel: Funnel) -> Markup:
    rows = [
        Bar(name(step.name), step.conversion, share_text(step.conversion), counted(step.customers, "customer"))
        for step in funnel.steps
    ]
    columns = (
        Column("Step", numeric=False),
        Column("Customers"),
        Column("Share of those who entered"),
        Column("Median time from the step before"),
    )
    exact = [
        (
            name(step.name),
            count_text(step.customers),
            share_text(step.conversion),
            duration_text(step.median_seconds),
        )
        for step in funnel.steps
    ]
    return figure(
        join(
            element("strong", "Funnel"),
            element("span", "Customers who reached each step in this order, as a share of those who entered"),
        ),
        bars(rows, label="Customers who reached each step", kind="bars funnel"),
        twin(table("Funnel", columns, exact, most=len(exact))),
    )
