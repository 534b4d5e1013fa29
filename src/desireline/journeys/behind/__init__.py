"""The journeys behind a number: the latest of which something is true, as timelines."""

from desireline.journeys.behind.asking import JourneysBehind, behind
from desireline.journeys.behind.numbers import (
    ClusterNumber,
    CommonNumber,
    EndNumber,
    FunnelNumber,
    MeetingNumber,
    MoveNumber,
    Number,
    PathsNumber,
    StartNumber,
    TouchpointNumber,
    VariantNumber,
)

__all__ = [
    "ClusterNumber",
    "CommonNumber",
    "EndNumber",
    "FunnelNumber",
    "JourneysBehind",
    "MeetingNumber",
    "MoveNumber",
    "Number",
    "PathsNumber",
    "StartNumber",
    "TouchpointNumber",
    "VariantNumber",
    "behind",
]
