"""Origins that are not files: databases, and tables in lakes. Each reader gives their rows as a stream of Arrow batches.

A new one is a class with the methods of :class:`OriginReader`, entered in ``ORIGIN_READERS``.
"""

from desireline.base import InputError
from desireline.sources.origins.address import is_origin, shown
from desireline.sources.origins.database import DatabaseReader
from desireline.sources.origins.delta import DeltaReader
from desireline.sources.origins.iceberg import IcebergReader
from desireline.sources.origins.mark import MarkValue
from desireline.sources.origins.model import Mark, Origin, OriginReader, Piece
from desireline.sources.origins.parquet import ParquetReader

ORIGIN_READERS: tuple[OriginReader, ...] = (DeltaReader(), IcebergReader(), ParquetReader(), DatabaseReader())
"""In the order in which they are asked whether an address is theirs; the last takes whatever has ``://``."""


def reader_of(address: str) -> OriginReader:
    """The reader of an address whose variables are put in.

    Raises
    ------
    InputError
        It is none.
    """
    for reader in ORIGIN_READERS:
        if reader.takes(address):
            return reader
    raise InputError(
        f"expected the address of a database or a lake, got {shown(address)!r}",
        hint="for example postgresql://user@host/database, s3://bucket/folder/*.parquet or delta:FOLDER",
    )


__all__ = ["ORIGIN_READERS", "Mark", "MarkValue", "Origin", "OriginReader", "Piece", "is_origin", "reader_of", "shown"]
