"""Databases: whatever SQLAlchemy has a driver for, read through a server-side cursor and never written to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from desireline.base import InputError, UnknownNameError, closest_names
from desireline.sources.files.loading import distinct_names
from desireline.sources.origins.address import shown, without_secrets
from desireline.sources.origins.mark import largest
from desireline.sources.origins.model import ROWS_OF_A_BATCH, Mark, Origin, Piece
from desireline.sources.origins.values import column_of

if TYPE_CHECKING:
    import sqlalchemy as sa

_PSYCOPG = "postgresql+psycopg"
_TEXT_PARAMETER = re.compile(r"(?:\\|(?<![:\w\\])):\w*(?![:\w])")
"""What SQLAlchemy takes for a parameter in a text, or for an escaped one."""


class DatabaseReader:
    """A query or a table of a database, by its SQLAlchemy URL."""

    name = "database"

    def takes(self, address: str) -> bool:
        """Whatever has a scheme."""
        return "://" in address

    def read(self, origin: Origin, address: str, mark: Mark | None) -> Generator[Piece, None, None]:
        """The rows, a batch at a time, in a transaction that is never committed."""
        with _explained(origin, address):
            engine = _engine(origin, address)
            with engine.connect() as connection:
                if engine.dialect.name == "postgresql":
                    connection = connection.execution_options(postgresql_readonly=True)
                _check_question(connection, origin)
                streamed = {"stream_results": True, "max_row_buffer": ROWS_OF_A_BATCH}
                statement = _statement(connection, origin, mark)
                with connection.execute(statement, execution_options=streamed) as result:
                    if not result.returns_rows:
                        raise InputError(f"{origin.label}: expected a query that gives rows")
                    yield from _pieces(result, mark, origin)


def _pieces(result: sa.CursorResult[Any], mark: Mark | None, origin: Origin) -> Iterator[Piece]:
    import pyarrow as pa

    names = distinct_names(result.keys())
    place = None if mark is None else _place_of(mark.column, names, origin)
    for rows in result.partitions(ROWS_OF_A_BATCH):
        columns = list(zip(*rows, strict=True))
        highest = None if mark is None or place is None else largest(list(columns[place]), column=mark.column)
        yield Piece(pa.record_batch([column_of(values) for values in columns], names=list(names)), highest)


def _place_of(column: str, names: tuple[str, ...], origin: Origin) -> int:
    folded = [name.casefold() for name in names]
    if column in names:
        return names.index(column)
    if column.casefold() in folded:
        return folded.index(column.casefold())
    raise _unknown_column(column, names, origin)


def _unknown_column(column: str, names: tuple[str, ...], origin: Origin) -> UnknownNameError:
    close = closest_names(column, names)
    return UnknownNameError(
        f"{origin.label} has no column {column!r} for the mark",
        hint=f"did you mean {', '.join(close)}?" if close else f"columns: {', '.join(names)}",
    )


def _statement(connection: sa.Connection, origin: Origin, mark: Mark | None) -> sa.TextClause:
    """The query, with the mark pushed into it."""
    import sqlalchemy as sa

    quoted = connection.dialect.identifier_preparer.quote
    parts = origin.question.split(".")
    query = origin.question if origin.query else f"SELECT * FROM {'.'.join(quoted(part) for part in parts)}"
    if mark is None or mark.since is None:
        return sa.text(verbatim(query))
    column = f"desireline_rows.{quoted(mark.column)}"
    text = verbatim(f"SELECT * FROM ({query}\n) desireline_rows WHERE {column} IS NULL OR {column} >= ")
    value = mark.since.value()
    if isinstance(value, Decimal) and connection.dialect.name == "sqlite":
        value = float(value)
    return sa.text(f"{text}:since").bindparams(sa.bindparam("since", value, type_=_type_of(value)))


def verbatim(sql: str) -> str:
    """SQL for SQLAlchemy's ``text``, in which no colon means a parameter.

    >>> verbatim("SELECT ':x', a::int")
    "SELECT '\\\\:x', a::int"
    """
    return _TEXT_PARAMETER.sub(lambda match: "\\" + match[0], sql)


def _type_of(value: Any) -> sa.types.TypeEngine[Any]:
    """The type of the parameter: a time keeps its zone, a number may be larger than 32 bits."""
    import sqlalchemy as sa

    if isinstance(value, dt.datetime):
        return sa.DateTime(timezone=value.tzinfo is not None)
    if isinstance(value, dt.date):
        return sa.Date()
    if isinstance(value, int):
        return sa.BigInteger() if value.bit_length() < 64 else sa.Numeric()
    if isinstance(value, float):
        return sa.Float()
    return sa.Numeric() if isinstance(value, Decimal) else sa.String()


def _check_question(connection: sa.Connection, origin: Origin) -> None:
    """There is a query, or a table of that name."""
    import sqlalchemy as sa

    inspector = sa.inspect(connection)
    if origin.query:
        return
    if origin.table is None:
        names = [*inspector.get_table_names(), *inspector.get_view_names()]
        raise InputError(
            f"expected --table or --query for the database {origin.label}",
            hint=f"tables: {', '.join(sorted(names)) or 'none'}",
        )
    *schemas, name = origin.table.split(".")
    schema = ".".join(schemas) or None
    if not inspector.has_table(name, schema=schema):
        names = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
        close = closest_names(name, names)
        raise UnknownNameError(
            f"{shown(origin.address)} has no table {origin.table!r}",
            hint=f"did you mean {', '.join(close)}?" if close else f"tables: {', '.join(sorted(names)) or 'none'}",
        )


def _engine(origin: Origin, address: str) -> sa.Engine:
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        url = sa.make_url(address)
    except ArgumentError:
        raise InputError(
            f"{origin.label} is no address of a database", hint="for example postgresql://user@host:5432/database"
        ) from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername=_PSYCOPG)
    if url.get_backend_name() == "sqlite":
        url = _read_only(url)
    try:
        return sa.create_engine(url, poolclass=sa.NullPool)
    except NoSuchModuleError:
        raise InputError(
            f"{origin.label}: no SQLAlchemy dialect for {url.drivername} is installed",
            hint="install the package that brings it, beside Desireline",
        ) from None
    except ModuleNotFoundError as error:
        extra = "pip install 'desireline[postgres]'" if url.drivername == _PSYCOPG else f"pip install {error.name}"
        raise InputError(f"{origin.label}: the driver {error.name} is not installed", hint=extra) from None


def _read_only(url: sa.URL) -> sa.URL:
    """SQLite would make a file that is not there."""
    path = Path(url.database or "")
    if not path.is_file():
        raise InputError(f"there is no SQLite file {path}")
    return url.set(database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})


@contextmanager
def _explained(origin: Origin, address: str) -> Iterator[None]:
    """What the database says, without its password."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except SQLAlchemyError as error:
        said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        lines = " ".join(line.strip() for line in said.strip().splitlines()[:2])
        raise InputError(f"{origin.label} cannot be read: {without_secrets(lines, address)}") from None
