"""All analyses that come with the product, found by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from desireline.interactions import parse_condition
from desireline.journeys import analyses
from desireline.journeys.analyses.outcomes import Following
from desireline.journeys.engine import Analysis
from desireline.journeys.model import Result

RECORD_END = datetime(2026, 1, 20, tzinfo=UTC)
SETTINGS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "AttributionAnalysis": [{"outcomes": ("Order",)}, {"outcomes": ("Order", "Call"), "by": "channel"}],
    "ChainsAnalysis": [
        {},
        {"gap": timedelta(hours=1), "within": timedelta(days=2), "self_service": ("app",), "top": 3},
        {"needs": parse_condition("touchpoint in (Call, Visit)"), "abandoned": ("call",)},
        {"record_end": RECORD_END},
    ],
    "ChannelsAnalysis": [{}, {"top": 2}],
    "ClustersAnalysis": [{}, {"clusters": 3, "outcome": ("Order",)}],
    "CommonAnalysis": [{}, {"by": "channel", "top": 3}, {"session_gap": timedelta(hours=1)}],
    "ContactsAnalysis": [
        {"within": timedelta(days=2)},
        {"by": "reason", "reason": "attributes.device", "channels": ("phone", "web"), "top": 2},
        {"transferred_to": "attributes.device", "record_end": RECORD_END},
        {"by": "touchpoint", "abandoned": ("call",), "weekday": "Wednesday", "timezone": "Asia/Tokyo"},
    ],
    "EffortAnalysis": [
        {"transferred_to": "attributes.device"},
        {"by": "touchpoint", "channels": ("web",), "fit": True},
        {"needs": parse_condition("touchpoint = Search")},
    ],
    "DriversAnalysis": [
        {"outcomes": ("Order",), "attributes": ("attributes.device",)},
        {"outcomes": ("Call", "Order"), "negative": True, "adjust": "attributes.device", "top": 3},
        {"score_below": 7},
    ],
    "FlowAnalysis": [{}, {"by": "channel", "top": 4}],
    "FunnelAnalysis": [
        {"steps": ("Order", "Call")},
        {"steps": ("Call", ("Order", "Call")), "order": "strict", "window": timedelta(days=2)},
        {"steps": ("Order", "Call"), "order": "any", "window": timedelta(days=2), "by": "channel", "dropped": True},
        {
            "steps": ("Order", "Call"),
            "window": timedelta(days=9),
            "exclude": ("Basket",),
            "same": "channel",
            "by": "attributes.device",
            "dropped": True,
        },
    ],
    "GapsAnalysis": [{}, {"quiet": timedelta(minutes=1), "settle": timedelta(), "top": 3, "whose": "anybody"}],
    "HandoversAnalysis": [{}, {"by": "source", "transferred_to": "attributes.device", "top": 2}],
    "InsightsAnalysis": [
        {"attributes": ("attributes.device", "team")},
        {"attributes": ("attributes.device",), "record_end": RECORD_END},
    ],
    "OverviewAnalysis": [{}, {"timezone": "America/New_York"}],
    "OutcomesAnalysis": [{}, {"following": Following(timedelta(days=2), RECORD_END)}],
    "RetentionAnalysis": [
        {"by": "day", "timezone": "America/New_York"},
        {"starts": ("Visit",), "returns": ("Order",), "kind": "on_or_after"},
        {"starts": ("Visit",), "whose": "anybody", "record_end": RECORD_END},
    ],
    "SurvivalAnalysis": [
        {"events": ("Order",), "unit": "hour"},
        {"churn": timedelta(days=3), "starts": ("Visit",)},
        {"churn": timedelta(days=3), "whose": "anybody", "record_end": RECORD_END},
    ],
    "PathsAnalysis": [
        {"touchpoint": "Visit", "top": 2},
        {"touchpoint": "Call", "direction": "before", "anchor": "every", "repeats": "kept", "steps": 12},
        {"touchpoint": "Visit", "anchor": "every", "weekday": "Wednesday", "timezone": "Asia/Tokyo"},
    ],
    "ScoresAnalysis": [
        {},
        {"kind": "CSAT", "level": "relationship", "by": "team", "sent": ("Order",)},
        {"level": "journey"},
        {"channels": ("web", "phone"), "by": "channel"},
    ],
    "EmotionAnalysis": [{}, {"channels": ("web",)}],
    "VariantsAnalysis": [{}, {"top": 7}],
}
"""Those that cannot do without settings, or that should be asked in several ways."""


def every_analysis() -> dict[str, Analysis[Result]]:
    names = [name for name in analyses.__all__ if name.endswith("Analysis")]
    return {
        f"{name}({', '.join(f'{key}={value}' for key, value in settings.items())})": getattr(analyses, name)(**settings)
        for name in names
        for settings in SETTINGS.get(name, [{}])
    }
