"""The journeys behind a number: the latest of which something is true, as timelines."""

from desireline.journeys.behind.asking import JourneysBehind, behind
from desireline.journeys.behind.changes import ChangeNumber
from desireline.journeys.behind.contacts import ContactsNumber
from desireline.journeys.behind.credit import ConversionNumber, CreditNumber
from desireline.journeys.behind.customers import CohortNumber, EventNumber
from desireline.journeys.behind.drivers import DriverNumber
from desireline.journeys.behind.effort import EffortNumber
from desireline.journeys.behind.finding import Number
from desireline.journeys.behind.funnels import FunnelNumber
from desireline.journeys.behind.handovers import DepartmentNumber, HandoverNumber
from desireline.journeys.behind.missing import SkippedNumber, SwitchNumber
from desireline.journeys.behind.needs import NeedContactsNumber, NeedsNumber
from desireline.journeys.behind.numbers import (
    ClusterNumber,
    CommonNumber,
    EndNumber,
    MeetingNumber,
    MoveNumber,
    StartNumber,
    TouchpointNumber,
    VariantNumber,
)
from desireline.journeys.behind.paths import PathsNumber, Stop
from desireline.journeys.behind.returning import AgainNumber, ShapeNumber
from desireline.journeys.behind.spans import EveryNumber, OutcomeNumber
from desireline.journeys.behind.surveys import AnsweringNumber, AnswersNumber, FeelingNumber, SentNumber

__all__ = [
    "AgainNumber",
    "AnsweringNumber",
    "AnswersNumber",
    "ChangeNumber",
    "ClusterNumber",
    "CohortNumber",
    "CommonNumber",
    "ContactsNumber",
    "ConversionNumber",
    "CreditNumber",
    "DepartmentNumber",
    "DriverNumber",
    "EffortNumber",
    "EndNumber",
    "EventNumber",
    "EveryNumber",
    "FeelingNumber",
    "FunnelNumber",
    "HandoverNumber",
    "JourneysBehind",
    "MeetingNumber",
    "MoveNumber",
    "NeedContactsNumber",
    "NeedsNumber",
    "Number",
    "OutcomeNumber",
    "PathsNumber",
    "SentNumber",
    "ShapeNumber",
    "SkippedNumber",
    "StartNumber",
    "Stop",
    "SwitchNumber",
    "TouchpointNumber",
    "VariantNumber",
    "behind",
]
