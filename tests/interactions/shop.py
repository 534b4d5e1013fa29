"""What the tests of names and costs have in common: interactions written straight into a log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def record(workspace: Workspace, *names: tuple[str, str]) -> None:
    """Interactions of one touchpoint and channel each, a minute apart, in this order of arrival."""
    record_rows(workspace, *({"touchpoint": touchpoint, "channel": channel} for touchpoint, channel in names))


def record_rows(workspace: Workspace, *rows: dict[str, Any]) -> None:
    """Interactions with these fields, of the given user; what they do not say is filled."""
    usual = {"source": "hand", "channel": "web", "touchpoint": "Visit", "user": "ann"}
    given = [{**usual, "occurred_at": MORNING + timedelta(minutes=place), **row} for place, row in enumerate(rows)]
    record_interactions(
        workspace,
        [NewInteraction({name: row[name] for name in row if name != "user"}, {"user": row["user"]}) for row in given],
    )
