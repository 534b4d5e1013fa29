"""The operational database: SQLite in WAL mode, reached through SQLAlchemy."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.dialects import sqlite

from desireline.base import Phrase, WorkspaceError, phrase

HEAD_REVISION = "0011"
"""The newest migration; a test holds it equal to the folder of migrations."""
_NEXT_TO_NOTHING = 1_000_000
"""With fewer bytes free SQLite fails in ways that it says nothing of."""

metadata = sqlalchemy.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Where every package registers its tables."""


class Database:
    """One operational database.

    Parameters
    ----------
    path
        The SQLite file; it is created by :meth:`migrate`.
    patience_seconds
        How long to wait for another process that is writing.
    """

    def __init__(self, path: Path, *, patience_seconds: float = 30) -> None:
        self.path = path
        self._engine = sqlalchemy.create_engine(
            sqlalchemy.URL.create("sqlite", database=str(path)),
            poolclass=sqlalchemy.NullPool,
            connect_args={"timeout": patience_seconds},
        )
        event.listen(self._engine, "connect", _prepare_connection)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[sqlalchemy.Connection]:
        """A connection that sees one state of the database and changes nothing."""
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlalchemy.Connection]:
        """A transaction: kept as a whole and on disk at the end of the block, or not at all."""
        with self._explained():
            connection = self._engine.connect().execution_options(desireline_begin="BEGIN IMMEDIATE")
            with connection, connection.begin():
                yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say in words of ours that the file is busy, damaged or cannot be written."""
        from sqlalchemy.exc import DatabaseError, OperationalError

        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            if not isinstance(error, OperationalError | sqlite3.DatabaseError) and type(error) is not DatabaseError:
                raise
            said = str(error.orig if isinstance(error, DatabaseError) else error)
            reason = phrase("{cause} ({said})", cause=_cause(said), said=said)
            raise WorkspaceError(
                phrase("{path} cannot be used: {reason}", path=self.path, reason=reason), hint=self._hint(said)
            ) from error

    def _hint(self, reason: str) -> str | None:
        if "locked" in reason:
            return phrase("another process is writing to it; try again")
        if "full" in reason or shutil.disk_usage(self.path.parent).free < _NEXT_TO_NOTHING:
            return phrase("the disk is full: make room, then try again")
        return None

    def is_current(self) -> bool:
        """Whether the tables have the newest shape."""
        if not self.path.exists():
            return False
        with self.reading() as connection:
            if not sqlalchemy.inspect(connection).has_table("alembic_version"):
                return False
            revision = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()
        return revision == HEAD_REVISION

    def migrate(self) -> None:
        """Bring the tables to the newest shape.

        Raises
        ------
        WorkspaceError
            The database was written by a newer Desireline.
        """
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        try:
            with self.writing() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise WorkspaceError(
                phrase("{path} has a shape that this version does not know: {error}", path=self.path, error=error),
                hint=phrase("it was probably written by a newer Desireline; update this one"),
            ) from error


def insert_columns(
    connection: sqlalchemy.Connection,
    table: sqlalchemy.Table,
    columns: Mapping[str, Sequence[Any]],
    *,
    keep_existing: bool = False,
) -> None:
    """Insert many rows given as columns, in one prepared statement.

    A million rows of three columns take about a second: the driver gets tuples, no dict is built for a row.

    Parameters
    ----------
    columns
        Equally long sequences of plain Python values, by column name.
    keep_existing
        Leave a row alone whose primary key, or what else must be unique, is there already; any other fault is an error.
    """
    names = list(columns)
    if not names or not len(columns[names[0]]):
        return
    statement = sqlite.insert(table)
    if keep_existing:
        statement = statement.on_conflict_do_nothing()
    compiled = statement.compile(dialect=connection.dialect, column_keys=names)
    order = compiled.positiontup or names
    rows = list(zip(*(columns[name] for name in order), strict=True))
    connection.exec_driver_sql(str(compiled), rows)


def _prepare_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sqlalchemy.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("desireline_begin", "BEGIN"))


def _cause(said: str) -> Phrase:
    """What SQLite says, in words of ours."""
    if "locked" in said:
        return phrase("another process is writing to it")
    if "full" in said:
        return phrase("the disk is full")
    if "readonly" in said or "unable to open" in said:
        return phrase("this user may not do that")
    if "malformed" in said or "not a database" in said:
        return phrase("the file is damaged")
    return phrase("the database has refused it")
