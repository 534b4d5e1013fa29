"""What happened to access: who signed in, who changed what somebody may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from desireline.accounts import tables
from desireline.accounts.model import AccessEvent, Happening
from desireline.store import Workspace

KEPT = timedelta(days=400)


def note(
    connection: sa.Connection, what: Happening, *, who: str, about: str = "", address: str = "", now: datetime
) -> None:
    """Note what happened, in the transaction in which it does; forgets what is older than 400 days."""
    tables.insert_event(connection, AccessEvent(now, who, what, about, address))
    tables.delete_events_before(connection, now - KEPT)


def access_events(workspace: Workspace, *, top: int = 500) -> list[AccessEvent]:
    """What happened last, the newest first."""
    with workspace.database.reading() as connection:
        return tables.newest_events(connection, top=top)


def current_time() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)
