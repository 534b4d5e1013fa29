"""What is new: the findings, before everything else."""

from __future__ import annotations

from desireline.app.report.model import ReportData
from desireline.app.report.parts import section
from desireline.app.report.words import counted
from desireline.base import format_seconds
from desireline.journeys.pictures import Markup, element, printable
from desireline.journeys.results.insights import Finding

_SHOWN = 8


def has_insights(data: ReportData) -> bool:
    """Whether enough days were looked at for anything to be found."""
    return data.insights.series > 0


def insights_section(data: ReportData) -> Markup | None:
    """The section about what changed; ``None`` where the record is too short to say."""
    if not has_insights(data):
        return None
    found = data.insights.findings[:_SHOWN]
    looked = f"{data.insights.series:,} series of {data.insights.days:,} days were looked at"
    more = len(data.insights.findings) - len(found)
    return section(
        "new",
        "What is new",
        element("ol", *(_finding(each) for each in found), class_="findings") if found else None,
        element("p", f"{counted(more, 'further finding')}: desireline journeys insights", class_="note")
        if more
        else None,
        None if found else element("p", "Nothing changed by more than chance.", class_="note"),
        lead=(
            f"What changed by more than chance: {looked}, none had to be asked for. A finding says what changed and for whom, not why."
        ),
    )


def _finding(finding: Finding) -> Markup:
    low, high = (_difference(finding, each) for each in (finding.low, finding.high))
    also = [element("li", printable(each)) for each in finding.also]
    return element(
        "li",
        element("p", printable(finding.text), class_="finding"),
        element(
            "p",
            f"Difference {low} to {high} (95%), n = {finding.n:,}, confidence {finding.confidence_text()}",
            class_="sure",
        ),
        element("details", element("summary", "The same in other numbers"), element("ul", *also)) if also else None,
    )


def _difference(finding: Finding, difference: float) -> str:
    if finding.is_share:
        return f"{100 * difference:+.1f} points"
    if finding.measure == "wait":
        return ("−" if difference < 0 else "+") + format_seconds(abs(difference))
    return f"{difference:+,.2f}"
