"""The tables of shared documents: each update as it came, and the version that a document began from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from desireline.store import metadata

map_rooms = Table(
    "map_rooms",
    metadata,
    Column("map", String(63), primary_key=True),
    Column("room", String(32), nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("authors", Text, nullable=False),
    Column("begun_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""``room`` names the shared document, so that nobody brings in changes of another one; ``authors`` changed it since ``based_on``."""

map_updates = Table(
    "map_updates",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("map", String(63), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class KeptRoom:
    """What is kept of a shared document.

    Attributes
    ----------
    room
        Names it for ever.
    based_on
        The version that it holds already.
    authors
        Who changed it since.
    """

    room: str
    based_on: int
    authors: tuple[str, ...]


def room_of(connection: sa.Connection, ident: str) -> KeptRoom | None:
    """What is kept of a map's shared document; ``None`` where nobody has edited it so."""
    row = connection.execute(sa.select(map_rooms).where(map_rooms.c.map == ident)).first()
    return None if row is None else KeptRoom(row.room, row.based_on, tuple(json.loads(row.authors)))


def waiting_rooms(connection: sa.Connection) -> list[str]:
    """The ids of the maps whose shared document was changed since the version that it holds."""
    statement = sa.select(map_rooms.c.map).where(map_rooms.c.authors != "[]").order_by(map_rooms.c.map)
    return list(connection.execute(statement).scalars())


def updates_of(connection: sa.Connection, ident: str) -> list[bytes]:
    """All updates of a map's shared document, in the order in which they came."""
    statement = sa.select(map_updates.c.content).where(map_updates.c.map == ident).order_by(map_updates.c.number)
    return list(connection.execute(statement).scalars())


def begin_room(connection: sa.Connection, ident: str, kept: KeptRoom) -> None:
    """Enter a shared document that is new."""
    connection.execute(
        map_rooms.insert().values(
            map=ident,
            room=kept.room,
            based_on=kept.based_on,
            authors=json.dumps(kept.authors),
            begun_at=datetime.now(UTC).isoformat(),
        )
    )


def add_updates(connection: sa.Connection, ident: str, updates: Sequence[bytes]) -> None:
    """Enter updates."""
    connection.execute(map_updates.insert(), [{"map": ident, "content": each} for each in updates])


def replace_updates(connection: sa.Connection, ident: str, update: bytes) -> None:
    """Enter one update that says all that the ones before it said."""
    connection.execute(map_updates.delete().where(map_updates.c.map == ident))
    add_updates(connection, ident, [update])


def note_room(connection: sa.Connection, ident: str, *, based_on: int, authors: Sequence[str]) -> None:
    """Note which version a shared document holds, and who changed it since."""
    values = {"based_on": based_on, "authors": json.dumps(list(authors), ensure_ascii=False)}
    connection.execute(map_rooms.update().where(map_rooms.c.map == ident).values(**values))
