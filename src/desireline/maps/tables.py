"""The tables of documents: every version of every map, persona, metric and opportunity, and the files that hold them too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table, Text
from sqlalchemy.dialects import sqlite

from desireline.maps.document import Kind
from desireline.store import metadata

document_versions = Table(
    "document_versions",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("ident", String(63), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("based_on", Integer),
    Column("text", Text),
    Column("digest", String(64)),
    Column("author", String(200), nullable=False),
    Column("label", String(500)),
    Column("saved_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""Versions are only ever added. ``text`` is NULL where the document was deleted; ``based_on`` is the version that its author had."""

document_trees = Table(
    "document_trees",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("tree", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What texts say, as JSON, by the digest of the text: reading JSON takes a hundredth of the time of YAML. Derived from the versions."""

document_files = Table(
    "document_files",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("ident", String(63), primary_key=True),
    Column("path", Text, nullable=False),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""For the folder of documents: the version that a file (its path as seen from the workspace) was last the same as."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document.

    Attributes
    ----------
    number
        From 1, without gaps.
    text
        The document, exactly; ``None``: with this version it was deleted.
    digest
        SHA-256 of the text in UTF-8, as hexadecimal digits.
    based_on
        The version that its author had before them; where that is not the one before, both were merged. ``None``: it is new.
    """

    kind: Kind
    ident: str
    number: int
    text: str | None
    digest: str | None
    author: str
    label: str | None
    saved_at: datetime
    based_on: int | None = None

    @property
    def deleted(self) -> bool:
        """Whether the document was deleted with this version."""
        return self.text is None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """The version that a file of the folder was last the same as."""

    kind: Kind
    ident: str
    path: str
    number: int


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_version(
    connection: sa.Connection,
    kind: Kind,
    ident: str,
    *,
    text: str | None,
    author: str,
    label: str | None,
    based_on: int | None,
    tree: Mapping[str, Any] | None = None,
) -> Version:
    """Enter the next version of a document; ``text`` is ``None`` to delete it, ``tree`` is what the text says."""
    last = newest(connection, kind, ident)
    version = Version(
        kind=kind,
        ident=ident,
        number=1 if last is None else last.number + 1,
        text=text,
        digest=None if text is None else digest_of(text),
        author=author,
        label=label,
        saved_at=datetime.now(UTC),
        based_on=based_on,
    )
    values = {name: getattr(version, name) for name in document_versions.c.keys() if name != "saved_at"}  # noqa: SIM118
    connection.execute(document_versions.insert().values(**values, saved_at=version.saved_at.isoformat()))
    if version.digest is not None and tree is not None:
        written = json.dumps(tree, ensure_ascii=False)
        statement = sqlite.insert(document_trees).values(digest=version.digest, tree=written)
        connection.execute(statement.on_conflict_do_nothing())
    return version


def tree_of_text(connection: sa.Connection, digest: str) -> dict[str, Any] | None:
    """What the text with this digest says; ``None`` where it has to be read."""
    found = connection.execute(sa.select(document_trees.c.tree).where(document_trees.c.digest == digest)).scalar()
    return None if found is None else cast(dict[str, Any], json.loads(found))


def newest(connection: sa.Connection, kind: Kind, ident: str) -> Version | None:
    """The last version of a document, be it its deletion; ``None`` where there never was one."""
    statement = _of(kind, ident).order_by(document_versions.c.number.desc()).limit(1)
    row = connection.execute(statement).first()
    return None if row is None else _version(row)


def version_numbered(connection: sa.Connection, kind: Kind, ident: str, number: int) -> Version | None:
    """One version of a document."""
    row = connection.execute(_of(kind, ident).where(document_versions.c.number == number)).first()
    return None if row is None else _version(row)


def versions_of(connection: sa.Connection, kind: Kind, ident: str) -> list[Version]:
    """All versions of a document, the oldest first."""
    return [_version(row) for row in connection.execute(_of(kind, ident).order_by(document_versions.c.number))]


def all_newest(connection: sa.Connection, kind: Kind | None = None) -> list[Version]:
    """The last version of every document, by kind and id; those that were deleted are among them."""
    c = document_versions.c
    last = sa.select(c.kind, c.ident, sa.func.max(c.number).label("number")).group_by(c.kind, c.ident).subquery()
    same = (c.kind == last.c.kind) & (c.ident == last.c.ident) & (c.number == last.c.number)
    statement = sa.select(document_versions).join(last, same).order_by(c.kind, c.ident)
    if kind is not None:
        statement = statement.where(c.kind == kind)
    return [_version(row) for row in connection.execute(statement)]


def count_versions(connection: sa.Connection) -> int:
    """How many versions of documents there are: another number after every save."""
    return connection.execute(sa.select(sa.func.count()).select_from(document_versions)).scalar_one()


def idents_of(connection: sa.Connection, kind: Kind, *, deleted: bool = False) -> list[str]:
    """The ids of the documents of a kind that are there, sorted; ``deleted``: of those that were deleted."""
    return [each.ident for each in all_newest(connection, kind) if each.deleted is deleted]


def all_files(connection: sa.Connection) -> list[FileEntry]:
    """What is known of the files of the folder."""
    statement = sa.select(document_files).order_by(document_files.c.kind, document_files.c.ident)
    return [FileEntry(cast(Kind, row.kind), row.ident, row.path, row.number) for row in connection.execute(statement)]


def enter_file(connection: sa.Connection, entry: FileEntry) -> None:
    """Note that a file is the same as a version."""
    remove_file(connection, entry.kind, entry.ident)
    connection.execute(
        document_files.insert().values(kind=entry.kind, ident=entry.ident, path=entry.path, number=entry.number)
    )


def remove_file(connection: sa.Connection, kind: Kind, ident: str) -> None:
    """Forget the file of a document."""
    c = document_files.c
    connection.execute(document_files.delete().where((c.kind == kind) & (c.ident == ident)))


def _of(kind: Kind, ident: str) -> sa.Select[tuple[object, ...]]:
    c = document_versions.c
    return sa.select(document_versions).where((c.kind == kind) & (c.ident == ident))


def _version(row: sa.Row[tuple[object, ...]]) -> Version:
    return Version(
        kind=cast(Kind, row.kind),
        ident=row.ident,
        number=row.number,
        text=row.text,
        digest=row.digest,
        author=row.author,
        label=row.label,
        saved_at=datetime.fromisoformat(row.saved_at),
        based_on=row.based_on,
    )
