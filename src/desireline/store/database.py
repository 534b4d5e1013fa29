"""The operational database: SQLite in WAL mode, reached through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event

from desireline.base import WorkspaceError

HEAD_REVISION = "0001"
"""The newest migration; a test holds it equal to the folder of migrations."""

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
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = sqlalchemy.create_engine(
            f"sqlite:///{path}", poolclass=sqlalchemy.NullPool, connect_args={"timeout": 30}
        )
        event.listen(self._engine, "connect", _prepare_connection)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[sqlalchemy.Connection]:
        """A connection that sees one state of the database and changes nothing."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlalchemy.Connection]:
        """A transaction: kept as a whole and on disk at the end of the block, or not at all."""
        connection = self._engine.connect().execution_options(desireline_begin="BEGIN IMMEDIATE")
        with connection, connection.begin():
            yield connection

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
                f"{self.path} has a shape that this version does not know: {error}",
                hint="it was probably written by a newer Desireline; update this one",
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
        Leave a row alone whose primary key is there already.
    """
    names = list(columns)
    if not names or not len(columns[names[0]]):
        return
    statement = table.insert().prefix_with("OR IGNORE") if keep_existing else table.insert()
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
