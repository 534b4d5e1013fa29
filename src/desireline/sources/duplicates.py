"""Taking out of a staged file what is there already: in the file itself, in files staged before it, or in the log.

Duplicates are looked for among fingerprints, which are few bytes a record.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desireline.interactions.log import log_clause, parquet_clause
from desireline.store import Workspace, literal

if TYPE_CHECKING:
    import duckdb

ROWS_OF_A_GROUP = 262_144


def drop_duplicates(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    staged: Path,
    *,
    source: str,
    staged_before: list[Path],
) -> int:
    """Take the duplicates out of a staged file of one source; gives how many they were."""
    relation = parquet_clause([staged])
    connection.execute(f"CREATE TABLE superfluous AS {_repeated_inside(connection, relation)}")
    sources = [log_clause(workspace), *([parquet_clause(staged_before)] if staged_before else [])]
    since = _same_time(connection, relation)
    for known in sources:
        connection.execute(f"INSERT INTO superfluous {_known_already(relation, known, source, since)}")
    ((superfluous,),) = connection.execute("SELECT count(DISTINCT arrival) FROM superfluous").fetchall()
    if superfluous:
        _rewrite(connection, staged)
    return int(superfluous)


def _repeated_inside(connection: duckdb.DuckDBPyConnection, staged: str) -> str:
    """Arrivals of all but the first of records that are the same."""
    import pyarrow as pa

    keys = connection.execute(f"SELECT fingerprint FROM {staged}").fetchnumpy()["fingerprint"]
    ordered = np.sort(np.asarray(keys, np.int64))
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    connection.register("twice", pa.table({"fingerprint": pa.array(twice, pa.int64())}))
    same = "fingerprint, coalesce(id, CAST(epoch_us(occurred_at) AS VARCHAR))"
    return f"""
        SELECT arrival FROM (
            SELECT arrival, row_number() OVER (PARTITION BY {same} ORDER BY arrival) AS place
            FROM {staged} SEMI JOIN twice USING (fingerprint))
        WHERE place > 1
        """


def _known_already(staged: str, known: str, source: str, since: str) -> str:
    """Arrivals of staged records that the relation ``known`` has."""
    return f"""
        SELECT s.arrival FROM {staged} s SEMI JOIN (
            SELECT fingerprint, id, occurred_at FROM {known} WHERE source = {literal(source)}{since}
        ) known ON s.fingerprint = known.fingerprint
            AND (s.id = known.id OR (s.id IS NULL AND known.id IS NULL AND s.occurred_at = known.occurred_at))
        """


def _same_time(connection: duckdb.DuckDBPyConnection, staged: str) -> str:
    """Without ids, a record can only be found among those of the same time: most of the log need not be read."""
    query = f"SELECT count(id), min(occurred_at)::VARCHAR, max(occurred_at)::VARCHAR FROM {staged}"
    ((ids, first, last),) = connection.execute(query).fetchall()
    if ids or first is None:
        return ""
    return f" AND occurred_at BETWEEN {literal(first)}::TIMESTAMPTZ AND {literal(last)}::TIMESTAMPTZ"


def _rewrite(connection: duckdb.DuckDBPyConnection, staged: Path) -> None:
    kept = staged.with_suffix(".kept")
    connection.execute(
        f"COPY (SELECT * FROM read_parquet({literal(str(staged))}, hive_partitioning = false) "
        f"ANTI JOIN superfluous USING (arrival)) TO {literal(str(kept))} "
        f"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {ROWS_OF_A_GROUP})"
    )
    shutil.move(kept, staged)
