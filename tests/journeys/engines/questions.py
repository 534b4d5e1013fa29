"""All analyses that come with the product, found by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from desireline.journeys import analyses
from desireline.journeys.engine import Analysis
from desireline.journeys.model import Result

SETTINGS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "ChannelsAnalysis": [{}, {"top": 2}],
    "FlowAnalysis": [{}, {"by": "channel", "top": 4}],
    "FunnelAnalysis": [
        {"steps": ("Order", "Call")},
        {"steps": ("Call", ("Order", "Call")), "order": "strict", "window": timedelta(days=2)},
    ],
    "GapsAnalysis": [{}, {"quiet": timedelta(minutes=1), "settle": timedelta(), "top": 3}],
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
