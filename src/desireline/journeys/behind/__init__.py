"""The journeys behind a number: the latest of which something is true, as timelines."""

from desireline.journeys.behind.asking import JourneysBehind, behind
from desireline.journeys.behind.customers import CohortNumber, EventNumber
from desireline.journeys.behind.finding import Number
from desireline.journeys.behind.missing import SkippedNumber, SwitchNumber
from desireline.journeys.behind.numbers import (
    ClusterNumber,
    CommonNumber,
    EndNumber,
    FunnelNumber,
    MeetingNumber,
    MoveNumber,
    PathsNumber,
    StartNumber,
    TouchpointNumber,
    VariantNumber,
)
from desireline.journeys.behind.returning import AgainNumber, ShapeNumber
from desireline.journeys.behind.service import ContactsNumber, EffortNumber, HandoverNumber, NeedsNumber
from desireline.journeys.behind.spans import EveryNumber, OutcomeNumber
from desireline.journeys.behind.surveys import AnswersNumber

__all__ = [
    "AgainNumber",
    "AnswersNumber",
    "ClusterNumber",
    "CohortNumber",
    "CommonNumber",
    "ContactsNumber",
    "EffortNumber",
    "EndNumber",
    "EventNumber",
    "EveryNumber",
    "FunnelNumber",
    "HandoverNumber",
    "JourneysBehind",
    "MeetingNumber",
    "MoveNumber",
    "NeedsNumber",
    "Number",
    "OutcomeNumber",
    "PathsNumber",
    "ShapeNumber",
    "SkippedNumber",
    "StartNumber",
    "SwitchNumber",
    "TouchpointNumber",
    "VariantNumber",
    "behind",
]
