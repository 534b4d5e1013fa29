"""A small company: whoever calls again, reaches a person, answers a survey."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

FIRST = datetime(2026, 3, 2, 10, tzinfo=UTC)
CHANNELS = {"Call": "phone", "Survey": "survey", "Help article": "web", "Visit": "web", "Order": "web"}
Happened = tuple[str, float, str]
"""Who, after how many days, at which touchpoint."""


def make_company(folder: Path, happened: Iterable[Happened], **fields: object) -> Workspace:
    workspace = create(folder)
    record_interactions(workspace, [_interaction(*each, fields) for each in happened])
    return workspace


def weeks_of(count: int) -> list[Happened]:
    """Every day somebody visits, and every seventh somebody else calls."""
    visits: list[Happened] = [(f"v{day}", day, "Visit") for day in range(7 * count)]
    return visits + [(f"c{week}", 7.0 * week, "Call") for week in range(count)]


def _interaction(who: str, days: float, touchpoint: str, fields: dict[str, object]) -> NewInteraction:
    known = {
        "source": "shop",
        "channel": CHANNELS[touchpoint],
        "touchpoint": touchpoint,
        "occurred_at": FIRST + timedelta(days=days),
        **fields,
    }
    return NewInteraction(known, {"user": who})
