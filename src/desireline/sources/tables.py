"""The tables of sources: saved mappings, what was imported, and the rows in quarantine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from desireline.interactions.tables import COMMITTED, batches
from desireline.sources.model import Counts, FileImport, Rejection
from desireline.store import metadata
from desireline.store.database import insert_columns

sources = Table(
    "sources",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("mapping", Text, nullable=False),
    Column("changed_at", String(32), nullable=False),
)
"""The mappings of a source as YAML, each with the batch that it came with; the newest counts.

A batch that is taken back takes its mapping along, and the one before counts again.
"""

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("source", String(100), nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("imported_at", String(32), nullable=False),
    Column("rows", Integer, nullable=True),
    Column("read", Integer, nullable=False),
    Column("stored", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("unusable_identifiers", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What became of each file."""

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("source", String(100), nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("field", String(200), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("message", Text, nullable=False),
    Column("form", String(16), nullable=False),
    Column("record", Text, nullable=False),
    Column("content", sa.BigInteger, nullable=False),
    Column("settled_by", ForeignKey("batches.id", ondelete="SET NULL"), index=True),
    sa.Index("ix_quarantine_waiting", "source", "content", unique=True, sqlite_where=sa.text("settled_by IS NULL")),
    sqlite_autoincrement=True,
)
"""Rows that could not be used.

``settled_by`` is the batch in which a row was used, or replaced by a newer attempt. ``content`` is a hash of the record: the
same row waits only once, however often its file is imported.
"""


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row in quarantine, as it is listed."""

    id: int
    source: str
    file: str
    row: int
    field: str
    reason: str
    message: str
    form: Literal["columns", "document", "unreadable"]
    record: str

    def values(self) -> dict[str, Any]:
        """The record by column; an unreadable one under ``_raw``."""
        values: dict[str, Any] = json.loads(self.record)
        return values


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """All imports of one source together."""

    source: str
    files: int
    read: int
    stored: int
    duplicates: int
    quarantined: int
    replaced: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """What became of one file, as it was entered.

    Attributes
    ----------
    batch
        The import that the file came with.
    rows
        Rows of the file; ``None`` where it was imported before they were entered.
    reasons
        Quarantined records by reason.
    unusable_identifiers
        Values that point at nobody, by type.
    """

    source: str
    file: str
    batch: int
    imported_at: datetime
    counts: Counts
    replaced: int
    reasons: dict[str, int]
    unusable_identifiers: dict[str, int]
    rows: int | None = None


def save_source(connection: sa.Connection, batch: int, name: str, mapping: str) -> None:
    """Keep the mapping of a source from this batch on."""
    if source_mapping(connection, name) != mapping:
        connection.execute(sources.insert().values(name=name, batch_id=batch, mapping=mapping, changed_at=_now()))


def source_mapping(connection: sa.Connection, name: str) -> str | None:
    """The mapping of a source as YAML."""
    statement = (
        sa.select(sources.c.mapping)
        .join(batches, batches.c.id == sources.c.batch_id)
        .where(sources.c.name == name, batches.c.state == COMMITTED)
        .order_by(sources.c.batch_id.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none()


def source_names(connection: sa.Connection) -> list[str]:
    """All sources that have a mapping."""
    statement = (
        sa.select(sources.c.name)
        .join(batches, batches.c.id == sources.c.batch_id)
        .where(batches.c.state == COMMITTED)
        .distinct()
        .order_by(sources.c.name)
    )
    return list(connection.execute(statement).scalars())


def record_import(connection: sa.Connection, batch: int, outcome: FileImport) -> None:
    """Enter what became of a file."""
    connection.execute(
        imports.insert().values(
            batch_id=batch,
            source=outcome.source,
            file=outcome.file,
            imported_at=_now(),
            rows=outcome.rows,
            reasons=json.dumps(outcome.reasons),
            replaced=outcome.replaced,
            unusable_identifiers=json.dumps(outcome.unusable_identifiers),
            **outcome.counts.to_dict(),
        )
    )


def quarantine_rows(
    connection: sa.Connection, batch: int, *, source: str, file: str, rejections: Sequence[Rejection]
) -> None:
    """Put rows into quarantine; a new attempt at a row takes its place, with the file and number it came with.

    A row that waits already, or that waited and was mended since, does not wait once more.
    """
    origins = _origins(connection, [each.replay_of for each in rejections if each.replay_of is not None])
    settle(connection, batch, list(origins))
    waiting, dealt_with = _known_contents(connection, source)
    entries: dict[int, tuple[Rejection, str, int]] = {}
    for each in rejections:
        content = _hash(each.record)
        came = origins.get(each.replay_of) if each.replay_of is not None else None
        if content in waiting or content in entries or (came is None and content in dealt_with):
            continue
        entries[content] = (each, *(came or (file, each.row)))
    kept = list(entries.values())
    insert_columns(
        connection,
        quarantine,
        {
            "batch_id": [batch] * len(kept),
            "source": [source] * len(kept),
            "file": [name for _, name, _ in kept],
            "row": [row for _, _, row in kept],
            "field": [each.field for each, _, _ in kept],
            "reason": [each.reason for each, _, _ in kept],
            "message": [each.message for each, _, _ in kept],
            "form": [each.form for each, _, _ in kept],
            "record": [each.record for each, _, _ in kept],
            "content": list(entries),
        },
    )


def settle(connection: sa.Connection, batch: int, rows: Sequence[int]) -> None:
    """Note that quarantined rows were used, or replaced, in a batch; those that were before stay as they are."""
    for start in range(0, len(rows), 500):
        chosen = quarantine.c.id.in_(rows[start : start + 500]) & quarantine.c.settled_by.is_(None)
        connection.execute(quarantine.update().where(chosen).values(settled_by=batch))


def newest_attempts(connection: sa.Connection, *, source: str) -> dict[int, int | None]:
    """For each row that was ever in quarantine: the number under which it waits today, ``None`` where it was used."""
    statement = (
        sa.select(quarantine.c.id, quarantine.c.batch_id, quarantine.c.settled_by, quarantine.c.file, quarantine.c.row)
        .where(quarantine.c.source == source)
        .order_by(quarantine.c.id.desc())
    )
    newest: dict[int, int | None] = {}
    made_in: dict[tuple[int, str, int], int] = {}
    for number, made_by, settled_by, file, row in connection.execute(statement):
        following = None if settled_by is None else made_in.get((settled_by, file, row))
        newest[number] = number if settled_by is None else None if following is None else newest[following]
        made_in[made_by, file, row] = number
    return newest


def _origins(connection: sa.Connection, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
    """File and row of quarantined rows, by their number."""
    found: dict[int, tuple[str, int]] = {}
    for start in range(0, len(rows), 500):
        chosen = quarantine.c.id.in_(rows[start : start + 500])
        statement = sa.select(quarantine.c.id, quarantine.c.file, quarantine.c.row).where(chosen)
        found.update({number: (file, row) for number, file, row in connection.execute(statement)})
    return found


def _known_contents(connection: sa.Connection, source: str) -> tuple[set[int], set[int]]:
    """What waits of a source, and what waited before."""
    statement = sa.select(quarantine.c.content, quarantine.c.settled_by).where(quarantine.c.source == source)
    rows = connection.execute(statement).fetchall()
    waiting = {content for content, settled_by in rows if settled_by is None}
    return waiting, {content for content, settled_by in rows if settled_by is not None}


def waiting_rows(
    connection: sa.Connection,
    *,
    source: str | None = None,
    reason: str | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[QuarantinedRow]:
    """Rows that wait to be mended, oldest first; of one source, for one reason, after the row with a number."""
    statement = (
        sa.select(
            quarantine.c.id,
            quarantine.c.source,
            quarantine.c.file,
            quarantine.c.row,
            quarantine.c.field,
            quarantine.c.reason,
            quarantine.c.message,
            quarantine.c.form,
            quarantine.c.record,
        )
        .join(batches, batches.c.id == quarantine.c.batch_id)
        .where(quarantine.c.settled_by.is_(None), batches.c.state == COMMITTED)
        .order_by(quarantine.c.id)
        .limit(limit)
    )
    if source is not None:
        statement = statement.where(quarantine.c.source == source)
    if reason is not None:
        statement = statement.where(quarantine.c.reason == reason)
    if after is not None:
        statement = statement.where(quarantine.c.id > after)
    return [QuarantinedRow(*row) for row in connection.execute(statement)]


def waiting_counts(connection: sa.Connection) -> list[tuple[str, str, int]]:
    """How many rows wait, by source and reason."""
    statement = (
        sa.select(quarantine.c.source, quarantine.c.reason, sa.func.count())
        .join(batches, batches.c.id == quarantine.c.batch_id)
        .where(quarantine.c.settled_by.is_(None), batches.c.state == COMMITTED)
        .group_by(quarantine.c.source, quarantine.c.reason)
        .order_by(quarantine.c.source, sa.func.count().desc(), quarantine.c.reason)
    )
    return [(source, reason, int(count)) for source, reason, count in connection.execute(statement)]


def summaries(connection: sa.Connection) -> list[SourceSummary]:
    """Every source with the sums over its imports and the rows of it that wait."""
    waiting: dict[str, int] = {}
    for source, _, count in waiting_counts(connection):
        waiting[source] = waiting.get(source, 0) + count
    statement = (
        sa.select(
            imports.c.source,
            sa.func.count(),
            sa.func.sum(imports.c.read),
            sa.func.sum(imports.c.stored),
            sa.func.sum(imports.c.duplicates),
            sa.func.sum(imports.c.quarantined),
            sa.func.sum(imports.c.replaced),
        )
        .join(batches, batches.c.id == imports.c.batch_id)
        .where(batches.c.state == COMMITTED)
        .group_by(imports.c.source)
        .order_by(imports.c.source)
    )
    return [
        SourceSummary(source, files, read, stored, duplicates, quarantined, replaced, waiting.get(source, 0))
        for source, files, read, stored, duplicates, quarantined, replaced in connection.execute(statement)
    ]


def import_entries(connection: sa.Connection) -> list[ImportEntry]:
    """Every file of every import, in order."""
    statement = (
        sa.select(imports)
        .join(batches, batches.c.id == imports.c.batch_id)
        .where(batches.c.state == COMMITTED)
        .order_by(imports.c.id)
    )
    return [
        ImportEntry(
            source=row.source,
            file=row.file,
            batch=row.batch_id,
            imported_at=datetime.fromisoformat(row.imported_at),
            counts=Counts(read=row.read, stored=row.stored, duplicates=row.duplicates, quarantined=row.quarantined),
            replaced=row.replaced,
            reasons=json.loads(row.reasons),
            unusable_identifiers=json.loads(row.unusable_identifiers),
            rows=row.rows,
        )
        for row in connection.execute(statement)
    ]


def _hash(record: str) -> int:
    return int.from_bytes(hashlib.blake2b(record.encode(), digest_size=8).digest(), "little", signed=True)


def _now() -> str:
    return datetime.now(UTC).isoformat()
