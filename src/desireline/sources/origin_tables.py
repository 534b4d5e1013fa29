"""The tables of origins: how far each was read, which of them are due when, and the files that were read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from desireline.interactions.tables import COMMITTED, batches
from desireline.sources.model import Counts
from desireline.sources.origins.mark import MarkValue
from desireline.store import metadata

marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("source", String(100), nullable=False, index=True),
    Column("origin", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("value", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The largest value of a column that was seen, each with the batch that it came with; the newest counts.

``origin`` is an address without its password, ``question`` the query or the table. A batch that is taken back takes its
mark along, and the one before counts again.
"""

schedules = Table(
    "schedules",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("query", Text),
    Column("table", Text),
    Column("mark", Text),
    Column("overlap_seconds", Integer),
    Column("mapping", Text),
    Column("every_seconds", Integer, nullable=False),
    Column("added_at", String(32), nullable=False),
    Column("ran_at", String(32)),
    Column("outcome", Text),
    Column("error", Text),
)
"""What is read again and again, and how it went the last time; ``outcome`` are the four counts as JSON."""

read_files = Table(
    "read_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("schedule", String(100), nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("size", sa.BigInteger, nullable=False),
    Column("modified", sa.BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""Files that a schedule has read, with the batch that they came with; ``modified`` in nanoseconds since 1970."""


RETRY_AFTER = timedelta(minutes=15)
"""How long after the beginning of a run that failed the next one is due at the latest."""


@dataclass(frozen=True, slots=True)
class KeptMark:
    """How far an origin was read for a source."""

    source: str
    mark: str
    value: MarkValue


@dataclass(frozen=True, slots=True)
class Schedule:
    """An origin, or a pattern of files, that is read again and again.

    Attributes
    ----------
    origin
        As it was written, without a password.
    mapping
        The path of a mapping file; it is read at every run.
    every_seconds
        How long after the beginning of a run that went well the next one is due.
    ran_at
        When it was last tried; ``None`` for never.
    outcome
        What became of the records of the last run.
    error
        What went wrong in it; some of its files may have been imported all the same.
    """

    name: str
    origin: str
    query: str | None
    table: str | None
    mark: str | None
    overlap_seconds: int | None
    mapping: str | None
    every_seconds: int
    added_at: datetime
    ran_at: datetime | None = None
    outcome: Counts | None = None
    error: str | None = None

    @property
    def due_at(self) -> datetime:
        """When it is to run next; sooner than usual where the last run failed."""
        if self.ran_at is None:
            return self.added_at
        usual = timedelta(seconds=self.every_seconds)
        return self.ran_at + (usual if self.error is None else min(usual, RETRY_AFTER))


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was read."""

    path: str
    size: int
    modified: int


def kept_mark(connection: sa.Connection, *, origin: str, question: str, source: str | None) -> KeptMark | None:
    """How far an origin was read; for any source where none is named."""
    statement = (
        sa.select(marks.c.source, marks.c.mark, marks.c.kind, marks.c.value)
        .join(batches, batches.c.id == marks.c.batch_id)
        .where(marks.c.origin == origin, marks.c.question == question, batches.c.state == COMMITTED)
        .order_by(marks.c.id.desc())
        .limit(1)
    )
    if source is not None:
        statement = statement.where(marks.c.source == source)
    row = connection.execute(statement).one_or_none()
    return None if row is None else KeptMark(row.source, row.mark, MarkValue(row.kind, row.value))


def keep_mark(connection: sa.Connection, batch: int, kept: KeptMark, *, origin: str, question: str) -> None:
    """Note how far an origin was read in this batch."""
    connection.execute(
        marks.insert().values(
            batch_id=batch,
            source=kept.source,
            origin=origin,
            question=question,
            mark=kept.mark,
            kind=kept.value.kind,
            value=kept.value.text,
        )
    )


def add_schedule(connection: sa.Connection, schedule: Schedule) -> None:
    """Enter a schedule; its name must be free."""
    connection.execute(
        schedules.insert().values(
            name=schedule.name,
            origin=schedule.origin,
            query=schedule.query,
            table=schedule.table,
            mark=schedule.mark,
            overlap_seconds=schedule.overlap_seconds,
            mapping=schedule.mapping,
            every_seconds=schedule.every_seconds,
            added_at=schedule.added_at.isoformat(),
        )
    )


def remove_schedule(connection: sa.Connection, name: str) -> None:
    """Forget a schedule, and which files it has read."""
    connection.execute(read_files.delete().where(read_files.c.schedule == name))
    connection.execute(schedules.delete().where(schedules.c.name == name))


def all_schedules(connection: sa.Connection) -> list[Schedule]:
    """Every schedule, by name."""
    rows = connection.execute(sa.select(schedules).order_by(schedules.c.name)).mappings()
    return [_schedule(row) for row in rows]


def note_run(connection: sa.Connection, name: str, *, at: datetime, outcome: Counts | None, error: str | None) -> None:
    """Note how a run went."""
    counts = None if outcome is None else json.dumps(outcome.to_dict())
    ran = {"ran_at": at.astimezone(UTC).isoformat(), "outcome": counts, "error": error}
    connection.execute(schedules.update().where(schedules.c.name == name).values(**ran))


def files_read(connection: sa.Connection, schedule: str) -> dict[str, FileState]:
    """The files that a schedule has read, by path, as they were the last time."""
    statement = (
        sa.select(read_files.c.path, read_files.c.size, read_files.c.modified)
        .join(batches, batches.c.id == read_files.c.batch_id)
        .where(read_files.c.schedule == schedule, batches.c.state == COMMITTED)
        .order_by(read_files.c.id)
    )
    return {row.path: FileState(row.path, row.size, row.modified) for row in connection.execute(statement)}


def note_files(connection: sa.Connection, batch: int, schedule: str, files: Sequence[FileState]) -> None:
    """Note the files that a schedule has read in this batch."""
    rows = [{"batch_id": batch, "schedule": schedule, **asdict(file)} for file in files]
    connection.execute(read_files.insert(), rows)


def _schedule(row: sa.RowMapping) -> Schedule:
    times = {name: _time(row[name]) for name in ("added_at", "ran_at")}
    outcome = None if row["outcome"] is None else Counts(**json.loads(row["outcome"]))
    return Schedule(**{**row, **times, "outcome": outcome})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
