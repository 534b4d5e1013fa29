"""Iceberg tables, through DuckDB's extension where somebody has installed it: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from desireline.base import InputError
from desireline.sources.origins.address import without_secrets
from desireline.sources.origins.lake import check_mark, highest_of
from desireline.sources.origins.model import ROWS_OF_A_BATCH, Mark, Origin, Piece
from desireline.store import connect_duckdb, identifier

if TYPE_CHECKING:
    import duckdb


class IcebergReader:
    """The newest snapshot of an Iceberg table, by its folder or its metadata file."""

    name = "iceberg"

    def takes(self, address: str) -> bool:
        """``iceberg:FOLDER`` and ``iceberg:s3://…``."""
        return address.startswith("iceberg:")

    def read(self, origin: Origin, address: str, mark: Mark | None) -> Generator[Piece, None, None]:
        """The rows as DuckDB gives them."""
        import duckdb

        from desireline.store.duck import plain_message

        if origin.question:
            raise InputError(f"expected --table and --query for databases only, {origin.label} is one table")
        place = address.removeprefix("iceberg:")
        with connect_duckdb() as connection:
            load_extension(connection, "iceberg")
            if "://" in place and not place.startswith("file://"):
                load_extension(connection, "httpfs")
            try:
                yield from _pieces(connection, place, mark, origin)
            except duckdb.Error as error:
                said = without_secrets(plain_message(error), address)
                raise InputError(f"{origin.label} cannot be read as an Iceberg table: {said}") from None


def _pieces(connection: duckdb.DuckDBPyConnection, place: str, mark: Mark | None, origin: Origin) -> Iterator[Piece]:
    query, parameters = "SELECT * FROM iceberg_scan($place)", {"place": place}
    if mark is not None:
        check_mark(connection.sql(f"{query} LIMIT 0", params=parameters).to_arrow_table().schema, mark, origin)
        if mark.since is not None:
            column = identifier(mark.column)
            query += f" WHERE {column} IS NULL OR {column} >= $since"
            parameters["since"] = mark.since.value()
    for batch in connection.sql(query, params=parameters).to_arrow_reader(ROWS_OF_A_BATCH):
        yield Piece(batch, None if mark is None else highest_of(batch.column(mark.column), column=mark.column))


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension that is installed.

    Raises
    ------
    InputError
        It is not; the hint says how somebody who may download it gets it.
    """
    import duckdb

    try:
        connection.load_extension(name)
    except duckdb.Error:
        raise InputError(
            f"the DuckDB extension {name} is not installed, and Desireline downloads nothing",
            hint=f"install it once: python -c \"import duckdb; duckdb.sql('INSTALL {name}')\" (DuckDB {duckdb.__version__})",
        ) from None
