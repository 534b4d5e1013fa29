"""Sessions: how many, how long, with how many interactions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from desireline.app.report.model import ReportData
from desireline.app.report.overview import tiles
from desireline.app.report.parts import Bar, Column, bars, empty, figure, section, table, twin
from desireline.app.report.words import counted, duration_text
from desireline.journeys.model import DistributionBin
from desireline.journeys.pictures import NO_BREAK, Markup, count_text, element, join, share_text


def sessions_section(data: ReportData) -> Markup:
    """The section about sessions."""
    sessions = data.sessions
    gap = duration_text(data.session_gap.total_seconds())
    lead = f"A session ends when a customer pauses for more than {gap}."
    if not sessions.sessions:
        return section("sessions", "Sessions", empty("There are no sessions yet."), lead=lead)
    per_customer = sessions.sessions / sessions.customers if sessions.customers else 0.0
    figures = [
        ("Sessions", count_text(sessions.sessions), f"{per_customer:,.1f} per customer"),
        ("Interactions", count_text(sessions.median_interactions), "median per session"),
        ("Duration", duration_text(sessions.median_seconds), "median per session"),
    ]
    pictures = (
        _histogram("Interactions per session", sessions.interactions_distribution, interactions_range),
        _histogram("Duration of sessions", sessions.seconds_distribution, seconds_range),
    )
    return section("sessions", "Sessions", tiles(figures), element("div", *pictures, class_="columns"), lead=lead)


def interactions_range(each: DistributionBin) -> str:
    """What a bin of whole numbers holds.

    >>> interactions_range(DistributionBin(1, 2, 0)), interactions_range(DistributionBin(3, 6, 0))
    ('1', '3–5')
    >>> interactions_range(DistributionBin(10, math.inf, 0))
    '10 or more'
    """
    if math.isinf(each.high):
        return f"{count_text(each.low)}{NO_BREAK}or{NO_BREAK}more".replace(NO_BREAK, " ")
    low, high = math.ceil(each.low), math.ceil(each.high) - 1
    return count_text(low) if low >= high else f"{count_text(low)}–{count_text(high)}"


def seconds_range(each: DistributionBin) -> str:
    """What a bin of durations holds.

    >>> seconds_range(DistributionBin(0, 10, 0)), seconds_range(DistributionBin(60, math.inf, 0))
    ('under 10 s', '1 min or more')
    """
    if 0 < each.high < 1:
        return "no time at all"
    low, high = (duration_text(side).replace(NO_BREAK, " ") for side in (each.low, each.high))
    if math.isinf(each.high):
        return f"{low} or more"
    return f"under {high}" if each.low < 1 else f"{low} – {high}"


def _histogram(
    heading: str, distribution: Sequence[DistributionBin], label: Callable[[DistributionBin], str]
) -> Markup:
    total = sum(each.sessions for each in distribution) or 1
    most = max((each.sessions for each in distribution), default=0) or 1
    rows = [Bar(label(each), each.sessions / most, share_text(each.sessions / total)) for each in distribution]
    exact = [(label(each), count_text(each.sessions), share_text(each.sessions / total)) for each in distribution]
    columns = (Column(heading, numeric=False), Column("Sessions"), Column("Share"))
    return figure(
        join(element("strong", heading), element("span", f"Share of {counted(total, 'session')}")),
        bars(rows, label=heading, kind="bars histogram"),
        twin(table(heading, columns, exact, most=len(exact))),
    )
