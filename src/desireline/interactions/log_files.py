"""Files of the log: what a commit says of one, and one again without some of its interactions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.store import LogTable, StagedFile, connect_duckdb, literal

if TYPE_CHECKING:
    import duckdb

ROWS_OF_A_GROUP = 262_144
COPY_OPTIONS = f"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {ROWS_OF_A_GROUP})"
"""How files of the log are written."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Files of the log that were written again, not part of it yet, and the names of those that they stand for."""

    files: tuple[StagedFile, ...]
    removed: tuple[str, ...]


NOT_REWRITTEN = Rewriting((), ())


def describe_file(connection: duckdb.DuckDBPyConnection, path: Path) -> StagedFile:
    """A file that is to become part of the log, with what a commit says of it; it has at least one row."""
    ((rows, first, last, earliest, latest),) = connection.execute(
        f"""
        SELECT count(*), min(arrival), max(arrival),
               strftime(date_trunc('millisecond', timezone('UTC', min(occurred_at))), '%Y-%m-%dT%H:%M:%S.%gZ'),
               strftime(date_trunc('millisecond', timezone('UTC', max(occurred_at))) + INTERVAL 1 MILLISECOND, '%Y-%m-%dT%H:%M:%S.%gZ')
        FROM {_relation(path)}
        """
    ).fetchall()
    return StagedFile(
        name=path.name,
        rows=rows,
        smallest={"arrival": first, "occurred_at": earliest},
        largest={"arrival": last, "occurred_at": latest},
    )


def rewrite_without(log: LogTable, arrivals: NDArray[np.int64]) -> Rewriting:
    """Write the files of the log that hold these interactions again without them, as files that no commit names yet.

    Parameters
    ----------
    arrivals
        Arrival numbers: int64, ascending.
    """
    if not len(arrivals):
        return NOT_REWRITTEN
    written: list[StagedFile] = []
    removed = log.files_with(arrivals)
    try:
        for path in removed:
            again = copy_without(path, log.folder / f"{uuid.uuid4().hex}.parquet", arrivals)
            written += [] if again is None else [again]
    except BaseException:
        log.remove([each.name for each in written])
        raise
    return Rewriting(tuple(written), tuple(path.name for path in removed))


def copy_without(source: Path, target: Path, arrivals: NDArray[np.int64]) -> StagedFile | None:
    """Write a file of the log again without these interactions; ``None``, and no file, where none is left.

    Parameters
    ----------
    arrivals
        Arrival numbers: int64.
    """
    with connect_duckdb() as connection, _as_table(connection, arrivals):
        left = f"(SELECT * FROM {_relation(source)} ANTI JOIN gone USING (arrival))"
        if not connection.execute(f"SELECT 1 FROM {left} LIMIT 1").fetchall():
            return None
        try:
            connection.execute(f"COPY {left} TO {literal(str(target))} {COPY_OPTIONS}")
            return describe_file(connection, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


@contextmanager
def _as_table(connection: duckdb.DuckDBPyConnection, arrivals: NDArray[np.int64]) -> Iterator[None]:
    """The arrival numbers as the relation ``gone``."""
    import pyarrow as pa

    connection.register("gone", pa.table({"arrival": pa.array(arrivals, pa.int64())}))
    try:
        yield
    finally:
        connection.unregister("gone")


def _relation(path: Path) -> str:
    return f"read_parquet({literal(str(path))}, hive_partitioning = false)"
