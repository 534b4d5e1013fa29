"""The table of links under which a map can be looked at from outside, and the only SQL over it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Integer, String, Table

from desireline.store import metadata

map_shares = Table(
    "map_shares",
    metadata,
    Column("share", Integer, primary_key=True),
    Column("map", String(63), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("password", String(200)),
    Column("label", String(200), nullable=False),
    Column("measured", Boolean, nullable=False),
    Column("downloads", Boolean, nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("revoked_at", String(32)),
    Column("opened_at", String(32)),
    Column("opened", Integer, nullable=False, server_default="0"),
    Column("comments", Boolean, nullable=False, server_default=sa.false()),
    Column("personas", Boolean, nullable=False, server_default=sa.true()),
    Column("below", Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)
"""``password`` is an argon2 hash; the token itself is never kept."""


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What a link shows beside the drawing of its map.

    Attributes
    ----------
    measured
        What customers did: numbers of many, never of one.
    downloads
        Files to take away.
    comments
        Open threads, to be read.
    personas
        Those of the map, in the drawing and in words.
    below
        The maps below it, with the same parts.
    """

    measured: bool = False
    downloads: bool = False
    comments: bool = False
    personas: bool = True
    below: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A link under which a map can be looked at.

    Attributes
    ----------
    share
        Its number.
    password
        The hash of one; ``None``: whoever has the link may look.
    parts
        What is shown beside the drawing.
    expires_at, revoked_at
        From then on it leads nowhere.
    opened, opened_at
        How often and when last somebody looked.
    """

    share: int
    map: str
    password: str | None
    label: str
    parts: SharedParts
    made_by: str
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    opened_at: datetime | None = None
    opened: int = 0

    def ended(self, now: datetime) -> bool:
        """Whether it leads nowhere."""
        return self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= now)


def insert_share(
    connection: sa.Connection,
    *,
    map_id: str,
    token_hash: str,
    password: str | None,
    label: str,
    parts: SharedParts,
    made_by: str,
    expires_at: datetime | None,
    now: datetime,
) -> Share:
    """Enter a link."""
    statement = map_shares.insert().values(
        map=map_id,
        password=password,
        label=label,
        **asdict(parts),
        token_hash=token_hash,
        made_by=made_by,
        made_at=now.isoformat(),
        expires_at=None if expires_at is None else expires_at.isoformat(),
    )
    number = connection.execute(statement.returning(map_shares.c.share)).scalar_one()
    return Share(number, map_id, password, label, parts, made_by, now, expires_at)


def share_of_token(connection: sa.Connection, token_hash: str) -> Share | None:
    """The link with this token, ended or not."""
    row = connection.execute(sa.select(map_shares).where(map_shares.c.token_hash == token_hash)).first()
    return None if row is None else _share(row)


def share_numbered(connection: sa.Connection, share: int) -> Share | None:
    """One link."""
    row = connection.execute(sa.select(map_shares).where(map_shares.c.share == share)).first()
    return None if row is None else _share(row)


def shares_of(connection: sa.Connection, map_id: str) -> list[Share]:
    """The links of a map that were not taken back, the newest first."""
    c = map_shares.c
    statement = sa.select(map_shares).where((c.map == map_id) & c.revoked_at.is_(None)).order_by(c.share.desc())
    return [_share(row) for row in connection.execute(statement)]


def revoke_share(connection: sa.Connection, share: int, *, now: datetime) -> None:
    """Take a link back."""
    connection.execute(map_shares.update().where(map_shares.c.share == share).values(revoked_at=now.isoformat()))


def note_opened(connection: sa.Connection, share: int, *, now: datetime) -> None:
    """Note that somebody looked."""
    c = map_shares.c
    changed = map_shares.update().where(c.share == share)
    connection.execute(changed.values(opened=c.opened + 1, opened_at=now.isoformat()))


def _share(row: sa.Row[tuple[object, ...]]) -> Share:
    return Share(
        share=row.share,
        map=row.map,
        password=row.password,
        label=row.label,
        parts=SharedParts(**{name: row._mapping[name] for name in SharedParts.__dataclass_fields__}),
        made_by=row.made_by,
        made_at=datetime.fromisoformat(row.made_at),
        expires_at=_moment(row.expires_at),
        revoked_at=_moment(row.revoked_at),
        opened_at=_moment(row.opened_at),
        opened=row.opened,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
