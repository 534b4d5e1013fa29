"""The tables of comments on maps, and the only SQL over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from desireline.store import metadata

PlaceKind = Literal["map", "phase", "step", "lane", "cell"]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

map_comments = Table(
    "map_comments",
    metadata,
    Column("comment", Integer, primary_key=True),
    Column("map", String(63), nullable=False, index=True),
    Column("reply_to", Integer, ForeignKey("map_comments.comment", ondelete="CASCADE"), index=True),
    Column("place_kind", String(16), nullable=False),
    Column("place", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("person", Integer, nullable=False),
    Column("author", String(200), nullable=False),
    Column("written_at", String(32), nullable=False),
    Column("edited_at", String(32)),
    Column("resolved_at", String(32)),
    Column("resolved_by", String(200)),
    sqlite_autoincrement=True,
)
"""Kept apart from the documents: a comment is no part of what a map says. ``person`` is 0 where nobody with an account wrote it."""

map_mentions = Table(
    "map_mentions",
    metadata,
    Column("comment", Integer, ForeignKey("map_comments.comment", ondelete="CASCADE"), primary_key=True),
    Column("person", Integer, primary_key=True, index=True),
    Column("name", String(200), nullable=False),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named in a comment, with the name of that day."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a map, or on something in it.

    Attributes
    ----------
    comment
        Its number, never given twice.
    reply_to
        The number of the comment that it answers; ``None``: it begins a thread.
    place_kind, place
        Map, phase, step, lane or cell, and its id; "" for the map.
    person, author
        Who wrote it; the number is 0 for a key or the demo.
    resolved_at, resolved_by
        Of what begins a thread: when somebody said that it is settled.
    """

    comment: int
    map: str
    reply_to: int | None
    place_kind: PlaceKind
    place: str
    text: str
    person: int
    author: str
    written_at: datetime
    edited_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    mentions: tuple[Mention, ...] = ()


def insert_comment(
    connection: sa.Connection,
    *,
    map_id: str,
    reply_to: int | None,
    place_kind: PlaceKind,
    place: str,
    text: str,
    person: int,
    author: str,
    mentions: Sequence[Mention],
    now: datetime,
) -> Comment:
    """Enter a comment."""
    values = {"map": map_id, "reply_to": reply_to, "place_kind": place_kind, "place": place, "text": text}
    statement = map_comments.insert().values(**values, person=person, author=author, written_at=now.isoformat())
    number = connection.execute(statement.returning(map_comments.c.comment)).scalar_one()
    _mention(connection, number, mentions)
    return Comment(number, map_id, reply_to, place_kind, place, text, person, author, now, mentions=tuple(mentions))


def comment_numbered(connection: sa.Connection, comment: int) -> Comment | None:
    """One comment."""
    found = _comments(connection, map_comments.c.comment == comment)
    return found[0] if found else None


def comments_on(connection: sa.Connection, map_id: str) -> list[Comment]:
    """All comments on a map, in the order in which they were written."""
    return _comments(connection, map_comments.c.map == map_id)


def open_comments_mentioning(connection: sa.Connection, person: int) -> list[Comment]:
    """The comments of open threads that name somebody, the newest first."""
    c = map_comments.c
    root = map_comments.alias()
    settled = sa.select(root.c.resolved_at).where(root.c.comment == sa.func.coalesce(c.reply_to, c.comment))
    named = sa.select(map_mentions.c.comment).where(map_mentions.c.person == person)
    found = _comments(connection, c.comment.in_(named) & settled.scalar_subquery().is_(None))
    return found[::-1]


def count_open(connection: sa.Connection) -> dict[str, int]:
    """By id of a map how many threads are not settled."""
    c = map_comments.c
    statement = sa.select(c.map, sa.func.count()).where(c.reply_to.is_(None) & c.resolved_at.is_(None)).group_by(c.map)
    return {row[0]: row[1] for row in connection.execute(statement)}


def rewrite_comment(
    connection: sa.Connection, comment: int, *, text: str, mentions: Sequence[Mention], now: datetime
) -> None:
    """Change the text of a comment."""
    changed = map_comments.update().where(map_comments.c.comment == comment)
    connection.execute(changed.values(text=text, edited_at=now.isoformat()))
    connection.execute(map_mentions.delete().where(map_mentions.c.comment == comment))
    _mention(connection, comment, mentions)


def settle_comment(connection: sa.Connection, comment: int, *, by: str | None, now: datetime | None) -> None:
    """Say that a thread is settled; ``None``: that it is not."""
    values = {"resolved_by": by, "resolved_at": None if now is None else now.isoformat()}
    connection.execute(map_comments.update().where(map_comments.c.comment == comment).values(**values))


def delete_comment(connection: sa.Connection, comment: int) -> None:
    """Remove a comment with its answers."""
    c = map_comments.c
    gone = sa.select(c.comment).where((c.comment == comment) | (c.reply_to == comment))
    connection.execute(map_mentions.delete().where(map_mentions.c.comment.in_(gone)))
    connection.execute(map_comments.delete().where(c.reply_to == comment))
    connection.execute(map_comments.delete().where(c.comment == comment))


def _comments(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[Comment]:
    rows = connection.execute(sa.select(map_comments).where(condition).order_by(map_comments.c.comment)).all()
    mentions = _mentions_of(connection, [row.comment for row in rows])
    return [_comment(row, mentions.get(row.comment, ())) for row in rows]


def _mentions_of(connection: sa.Connection, comments: Iterable[int]) -> dict[int, tuple[Mention, ...]]:
    found: dict[int, tuple[Mention, ...]] = {}
    statement = sa.select(map_mentions).where(map_mentions.c.comment.in_(list(comments)))
    for row in connection.execute(statement.order_by(map_mentions.c.name)):
        found[row.comment] = (*found.get(row.comment, ()), Mention(row.person, row.name))
    return found


def _mention(connection: sa.Connection, comment: int, mentions: Sequence[Mention]) -> None:
    rows = [{"comment": comment, "person": each.person, "name": each.name} for each in mentions]
    if rows:
        connection.execute(map_mentions.insert(), rows)


def _comment(row: sa.Row[tuple[object, ...]], mentions: tuple[Mention, ...]) -> Comment:
    return Comment(
        comment=row.comment,
        map=row.map,
        reply_to=row.reply_to,
        place_kind=cast(PlaceKind, row.place_kind),
        place=row.place,
        text=row.text,
        person=row.person,
        author=row.author,
        written_at=datetime.fromisoformat(row.written_at),
        edited_at=_moment(row.edited_at),
        resolved_at=_moment(row.resolved_at),
        resolved_by=row.resolved_by,
        mentions=mentions,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
