"""The tables of Home: how people arranged their views, and which findings they have seen or dismissed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table, Text
from sqlalchemy.dialects import sqlite

from desireline.app.home.model import Function, Mark, Tile
from desireline.interactions.log import query_log
from desireline.store import Workspace, metadata

home_views = Table(
    "home_views",
    metadata,
    Column("person", Integer, primary_key=True, autoincrement=False),
    Column("function", String(16), primary_key=True),
    Column("tiles", Text, nullable=False),
    Column("saved_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""``tiles`` is JSON, ``[[id, size, hidden], …]``."""

home_findings = Table(
    "home_findings",
    metadata,
    Column("person", Integer, primary_key=True, autoincrement=False),
    Column("finding", String(16), primary_key=True),
    Column("mark", String(16), nullable=False),
    Column("marked_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""What is not here is new."""


def saved_view(connection: sa.Connection, person: int, function: Function) -> tuple[Tile, ...] | None:
    """How a person arranged a view; ``None``: never."""
    c = home_views.c
    statement = sa.select(c.tiles).where((c.person == person) & (c.function == function))
    found = connection.execute(statement).scalar()
    return None if found is None else tuple(Tile(*each) for each in json.loads(found))


def save_view(connection: sa.Connection, person: int, function: Function, tiles: Sequence[Tile]) -> None:
    """Keep how a person arranged a view."""
    values = {
        "tiles": json.dumps([[each.id, each.size, each.hidden] for each in tiles]),
        "saved_at": datetime.now(UTC).isoformat(),
    }
    statement = sqlite.insert(home_views).values(person=person, function=function, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["person", "function"], set_=values))


def forget_view(connection: sa.Connection, person: int, function: Function) -> None:
    """Back to the preset."""
    c = home_views.c
    connection.execute(home_views.delete().where((c.person == person) & (c.function == function)))


def marks_of(connection: sa.Connection, person: int) -> dict[str, Mark]:
    """What a person did with findings, by their ids."""
    c = home_findings.c
    rows = connection.execute(sa.select(c.finding, c.mark).where(c.person == person))
    return {row.finding: cast(Mark, row.mark) for row in rows}


def mark_findings(connection: sa.Connection, person: int, findings: Sequence[str], mark: Mark) -> None:
    """Note that a person has seen or dismissed findings, or take that back (``new``)."""
    c = home_findings.c
    if mark == "new":
        connection.execute(home_findings.delete().where((c.person == person) & c.finding.in_(findings)))
        return
    values = {"mark": mark, "marked_at": datetime.now(UTC).isoformat()}
    for finding in findings:
        statement = sqlite.insert(home_findings).values(person=person, finding=finding, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["person", "finding"], set_=values))


@dataclass(frozen=True, slots=True)
class EmailTouchpoint:
    """A touchpoint in the channel of e-mails: how many interactions it has, and how many of them the company sent to many."""

    name: str
    interactions: int
    sent: int


def email_touchpoints(workspace: Workspace) -> tuple[EmailTouchpoint, ...]:
    """The touchpoints in the channel of e-mails, by name. Sent to many: by the company or a system, in no case, by no team and no agent."""
    query = """
        SELECT touchpoint, count(*), count(*) FILTER (
            (direction = 'outbound' OR actor = 'system')
            AND actor IS DISTINCT FROM 'agent' AND agent IS NULL AND team IS NULL AND "case" IS NULL)
        FROM {log} WHERE lower(channel) IN ('email', 'e-mail', 'newsletter') GROUP BY touchpoint ORDER BY touchpoint"""
    return tuple(EmailTouchpoint(str(name), int(count), int(sent)) for name, count, sent in query_log(workspace, query))


def channel_names(workspace: Workspace) -> tuple[str, ...]:
    """The channels, as the taxonomy names them, in alphabetical order."""
    return tuple(str(name) for (name,) in query_log(workspace, "SELECT DISTINCT channel FROM {log} ORDER BY channel"))
