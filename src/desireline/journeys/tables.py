"""The tables of saved questions and segments."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table, Text

from desireline.base import InputError, UnknownNameError, phrase
from desireline.journeys.saved import SavedQuestion, SavedSegment
from desireline.store import Workspace, metadata

saved_questions = Table(
    "saved_questions",
    metadata,
    Column("saved", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("question", String(32), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("saved_at", String(32), nullable=False),
    sqlite_autoincrement=True,
)
"""``parameters`` are those of an address, without the question mark."""

saved_segments = Table(
    "saved_segments",
    metadata,
    Column("saved", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("condition", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("saved_at", String(32), nullable=False),
    sqlite_autoincrement=True,
)


def all_saved(workspace: Workspace) -> tuple[SavedQuestion, ...]:
    """The saved questions, by name."""
    with workspace.database.reading() as connection:
        rows = connection.execute(sa.select(saved_questions)).all()
    found = (_saved(row) for row in rows)
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def add_saved(workspace: Workspace, *, name: str, question: str, parameters: str, author: str) -> SavedQuestion:
    """Save a question.

    Raises
    ------
    InputError
        Another one has this name.
    """
    values = {
        "name": name,
        "question": question,
        "parameters": parameters,
        "author": author,
        "saved_at": datetime.now(UTC).isoformat(),
    }
    with workspace.database.writing() as connection:
        named = sa.select(saved_questions.c.saved).where(saved_questions.c.name == name)
        if connection.execute(named).first() is not None:
            raise InputError(
                phrase("expected a new name, got {name!r}, which a saved question has", name=name),
                hint=phrase("choose another name"),
            )
        row = connection.execute(sa.insert(saved_questions).values(values).returning(*saved_questions.c)).one()
        return _saved(row)


def remove_saved(workspace: Workspace, number: int) -> None:
    """Remove a saved question.

    Raises
    ------
    UnknownNameError
        There is none with this number.
    """
    with workspace.database.writing() as connection:
        removed = connection.execute(sa.delete(saved_questions).where(saved_questions.c.saved == number))
        if not removed.rowcount:
            raise UnknownNameError(
                phrase("there is no saved question {number}", number=number),
                hint=phrase("somebody may have removed it"),
            )


def _saved(row: sa.Row[tuple[object, ...]]) -> SavedQuestion:
    saved_at = datetime.fromisoformat(row.saved_at)
    return SavedQuestion(row.saved, row.name, row.question, row.parameters, row.author, saved_at)


def all_segments(workspace: Workspace) -> tuple[SavedSegment, ...]:
    """The saved segments, by name."""
    with workspace.database.reading() as connection:
        rows = connection.execute(sa.select(saved_segments)).all()
    found = (_segment(row) for row in rows)
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def add_segment(workspace: Workspace, *, name: str, condition: str, author: str) -> SavedSegment:
    """Save a segment.

    Raises
    ------
    InputError
        Another one has this name.
    """
    values = {"name": name, "condition": condition, "author": author, "saved_at": datetime.now(UTC).isoformat()}
    with workspace.database.writing() as connection:
        named = sa.select(saved_segments.c.saved).where(saved_segments.c.name == name)
        if connection.execute(named).first() is not None:
            raise InputError(
                phrase("expected a new name, got {name!r}, which a saved segment has", name=name),
                hint=phrase("choose another name"),
            )
        row = connection.execute(sa.insert(saved_segments).values(values).returning(*saved_segments.c)).one()
        return _segment(row)


def remove_segment(workspace: Workspace, number: int) -> None:
    """Remove a saved segment.

    Raises
    ------
    UnknownNameError
        There is none with this number.
    """
    with workspace.database.writing() as connection:
        removed = connection.execute(sa.delete(saved_segments).where(saved_segments.c.saved == number))
        if not removed.rowcount:
            raise UnknownNameError(
                phrase("there is no saved segment {number}", number=number),
                hint=phrase("somebody may have removed it"),
            )


def _segment(row: sa.Row[tuple[object, ...]]) -> SavedSegment:
    return SavedSegment(row.saved, row.name, row.condition, row.author, datetime.fromisoformat(row.saved_at))
