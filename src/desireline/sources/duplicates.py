"""Taking out of a staged file what is there already: in the file itself, in files staged before it, or in the log.

Duplicates are looked for among fingerprints, which are few bytes a record.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.log import parquet_clause, raw_log_clause
from desireline.interactions.log_files import COPY_OPTIONS
from desireline.sources.versions import NOTHING_REPLACED, Replaced, has_versions, older_inside, replace_older
from desireline.store import Workspace, literal

if TYPE_CHECKING:
    import duckdb

_ROWS_OF_A_PASS = 50_000_000
"""About how many fingerprints are looked at at once: more are split by their size."""
_MOST = 2**63 - 1
"""The largest fingerprint; the smallest is 0."""
_NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of a staged file: how many duplicates were taken out of it, and what it replaces."""

    duplicates: int
    replaced: Replaced


NOTHING_DROPPED = Dropped(0, NOTHING_REPLACED)


def drop_duplicates(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    staged: Path,
    *,
    source: str,
    staged_before: list[Path],
    versioned: bool,
    gone: NDArray[np.int64],
    withdraw: bool,
) -> Dropped:
    """Take out of a staged file of one source what is there already, and find out what its newer versions replace.

    Parameters
    ----------
    versioned
        Whether records may say which version they are.
    gone, withdraw
        See :func:`desireline.sources.versions.replace_older`.
    """
    relation = parquet_clause([staged])
    versioned = versioned and has_versions(connection, relation)
    connection.execute(f"CREATE TABLE superfluous AS {_repeated_inside(connection, relation)}")
    log, before = raw_log_clause(workspace), parquet_clause(staged_before) if staged_before else None
    replaced = NOTHING_REPLACED
    if versioned:
        connection.execute(f"INSERT INTO superfluous {older_inside(relation)}")
        replaced = replace_older(
            connection, relation, log=log, before=before, source=source, gone=gone, withdraw=withdraw
        )
    else:
        since = _same_time(connection, relation)
        for known in (log, before) if before else (log,):
            connection.execute(f"INSERT INTO superfluous {_known_already(relation, known, source, since)}")
    ((superfluous,),) = connection.execute("SELECT count(DISTINCT arrival) FROM superfluous").fetchall()
    if superfluous:
        _rewrite(connection, staged)
    return Dropped(int(superfluous), replaced)


def _repeated_inside(connection: duckdb.DuckDBPyConnection, staged: str) -> str:
    """A query for the arrivals of all but the first of the newest of records that are the same."""
    import pyarrow as pa

    ((rows,),) = connection.execute(f"SELECT count(*) FROM {staged}").fetchall()
    passes = -(-rows // _ROWS_OF_A_PASS)
    bounds = [-1, *(_MOST * place // passes for place in range(1, passes + 1))]
    twice = [_more_than_once(connection, staged, above=low, to=high) for low, high in pairwise(bounds)]
    connection.register("twice", pa.table({"fingerprint": pa.array(np.concatenate([_NOTHING, *twice]), pa.int64())}))
    same = "fingerprint, coalesce(id, CAST(epoch_us(occurred_at) AS VARCHAR))"
    return f"""
        SELECT arrival FROM (
            SELECT arrival, row_number() OVER (PARTITION BY {same} ORDER BY version DESC NULLS LAST, arrival) AS place
            FROM {staged} SEMI JOIN twice USING (fingerprint))
        WHERE place > 1
        """


def _more_than_once(connection: duckdb.DuckDBPyConnection, staged: str, *, above: int, to: int) -> NDArray[np.int64]:
    """The fingerprints in a range that several records have."""
    query = f"SELECT fingerprint FROM {staged} WHERE fingerprint > {above} AND fingerprint <= {to}"
    ordered = np.sort(np.asarray(connection.execute(query).fetchnumpy()["fingerprint"], np.int64))
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


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
        f"{COPY_OPTIONS}"
    )
    shutil.move(kept, staged)
