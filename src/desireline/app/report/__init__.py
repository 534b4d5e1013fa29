"""The report: one self-contained page about journeys, for those who answer for customer service."""

from desireline.app.report.model import (
    ChannelUse,
    DataQuality,
    IdentifiersCount,
    IdentifierType,
    Question,
    ReasonCount,
    ReportData,
    ReportTotals,
    Stop,
    WeekCount,
)
from desireline.app.report.page import write_page

__all__ = [
    "ChannelUse",
    "DataQuality",
    "IdentifierType",
    "IdentifiersCount",
    "Question",
    "ReasonCount",
    "ReportData",
    "ReportTotals",
    "Stop",
    "WeekCount",
    "write_page",
]
