"""The table of identity decisions: joins that somebody has cut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Column, String, Table

from desireline.store import metadata

cuts = Table(
    "cuts",
    metadata,
    Column("first", sa.BigInteger, primary_key=True),
    Column("second", sa.BigInteger, primary_key=True),
    Column("made_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""Two identifiers that must not be one customer; ``first`` < ``second``."""


def add_cut(connection: sa.Connection, first: int, second: int) -> None:
    """Enter a cut; one that is there already stays."""
    remove_cut(connection, first, second)
    connection.execute(cuts.insert().values(first=min(first, second), second=max(first, second), made_at=_now()))


def remove_cut(connection: sa.Connection, first: int, second: int) -> bool:
    """Take a cut back; gives whether there was one."""
    both = (cuts.c.first == min(first, second)) & (cuts.c.second == max(first, second))
    return connection.execute(cuts.delete().where(both)).rowcount > 0


def all_cuts(connection: sa.Connection) -> list[tuple[int, int]]:
    """Every cut, in a fixed order."""
    statement = sa.select(cuts.c.first, cuts.c.second).order_by(cuts.c.first, cuts.c.second)
    return [(int(first), int(second)) for first, second in connection.execute(statement)]


def cuts_of(connection: sa.Connection, numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    """The cuts that name one of these identifiers, and when each was made; oldest first."""
    statement = (
        sa.select(cuts.c.first, cuts.c.second, cuts.c.made_at)
        .where(cuts.c.first.in_(numbers) | cuts.c.second.in_(numbers))
        .order_by(cuts.c.made_at, cuts.c.first, cuts.c.second)
    )
    return [(int(first), int(second), made_at) for first, second, made_at in connection.execute(statement)]


def _now() -> str:
    return datetime.now(UTC).isoformat()
