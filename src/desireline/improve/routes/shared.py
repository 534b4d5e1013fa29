"""What the routes share: today, the fields that a body gives, who writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from desireline.accounts import SignedIn
from desireline.improve.writing import Writing
from desireline.store import Workspace


def today_of(workspace: Workspace) -> date:
    """The day in the zone of the workspace."""
    return datetime.now(UTC).astimezone(workspace.zone).date()


def given_fields(body: msgspec.Struct, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a body that are not left out."""
    names = [name for name in body.__struct_fields__ if name not in ("based_on", *without)]
    return {name: value for name in names if (value := getattr(body, name)) is not msgspec.UNSET}


def writing_of(workspace: Workspace, user: SignedIn, based_on: int | None = None) -> Writing:
    """Somebody who changes something of a version of its document."""
    return Writing(workspace, author=user.name, based_on=based_on)
