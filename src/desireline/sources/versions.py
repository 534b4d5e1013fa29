"""Later deliveries of a record that has changed: the newest version counts, in the log as within a file.

A *unit* is what is replaced as a whole: all interactions of a record where the mapping names the record, else the one
interaction with its id. A unit of which nothing has changed but its version stays as it is in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.interactions import FIELDS
from desireline.store import literal

if TYPE_CHECKING:
    import duckdb

UNFINISHED = "unfinished"
"""Table of the records (hashes) with an interaction that waits in quarantine: nothing of them is withdrawn."""
_SAME = "f.fingerprint = k.fingerprint AND (f.id = k.id OR (f.id IS NULL AND k.id IS NULL AND f.occurred_at = k.occurred_at))"


@dataclass(frozen=True, slots=True)
class Replaced:
    """Arrival numbers of interactions that newer ones take the place of: int64, ascending.

    Attributes
    ----------
    logged
        Those in the log.
    staged
        Those in files that were staged before, in the same import.
    """

    logged: NDArray[np.int64]
    staged: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.logged) + len(self.staged)


NOTHING_REPLACED = Replaced(np.empty(0, np.int64), np.empty(0, np.int64))


def has_versions(connection: duckdb.DuckDBPyConnection, staged: str) -> bool:
    """Whether any record of a staged file says which version it is."""
    ((versions,),) = connection.execute(f"SELECT count(version) FROM {staged}").fetchall()
    return bool(versions)


def older_inside(staged: str) -> str:
    """A query for the arrivals of records that a newer version of is in the same file."""
    newest = f"SELECT arrival, version, max(version) OVER (PARTITION BY record) AS newest FROM {staged}"
    return f"SELECT arrival FROM ({newest} WHERE record IS NOT NULL) WHERE version < newest"


def replace_older(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    *,
    log: str,
    before: str | None,
    source: str,
    gone: NDArray[np.int64],
    withdraw: bool,
) -> Replaced:
    """Find what a staged file replaces; its own records that are not newer are added to the table ``superfluous``.

    The rows that go are left in the table ``replaced``.

    Parameters
    ----------
    log, before
        Relations: the log, and the files that were staged before.
    gone
        Arrivals of the log that files staged before replace already.
    withdraw
        Whether an interaction of an older version goes that the newer one does not have any more.
    """
    known = f"(SELECT *, false AS staged FROM {log} WHERE source = {literal(source)})"
    if before is not None:
        known = (
            f"(FROM {known} UNION ALL BY NAME SELECT *, true AS staged FROM {before} WHERE source = {literal(source)})"
        )
    _find_matches(connection, staged, known, gone)
    _leave_out_older(connection)
    _find_withdrawn(connection, withdraw=withdraw)
    _find_changed(connection, staged, known)
    connection.execute(
        "INSERT INTO superfluous SELECT arrival FROM matches WHERE unit NOT IN (SELECT unit FROM changed)"
    )
    connection.execute(
        f"""
        CREATE TABLE replaced AS SELECT arrival, staged, anchor, identifiers, occurred_at FROM {known} WHERE arrival IN (
            SELECT known FROM matches WHERE unit IN (SELECT unit FROM changed) UNION SELECT arrival FROM withdrawn)
        """
    )
    return Replaced(_arrivals(connection, "NOT staged"), _arrivals(connection, "staged"))


def _find_matches(connection: duckdb.DuckDBPyConnection, staged: str, known: str, gone: NDArray[np.int64]) -> None:
    """Tables: ``fresh`` what is left of the file, ``known`` what there is of the same records, ``matches`` the same ids."""
    import pyarrow as pa

    connection.register("gone", pa.table({"arrival": pa.array(gone, pa.int64())}))
    connection.execute(
        f"""
        CREATE TABLE fresh AS
        SELECT arrival, fingerprint, id, occurred_at, record, version, coalesce(record, fingerprint) AS unit
        FROM {staged} ANTI JOIN superfluous USING (arrival)
        """
    )
    connection.execute(
        f"""
        CREATE TABLE known AS SELECT arrival, fingerprint, id, occurred_at, record, version FROM {known}
        WHERE (fingerprint IN (SELECT fingerprint FROM fresh)
               OR record IN (SELECT record FROM fresh WHERE record IS NOT NULL))
          AND arrival NOT IN (SELECT arrival FROM gone)
        """
    )
    connection.unregister("gone")
    connection.execute(
        f"""
        CREATE TABLE matches AS SELECT f.arrival, f.unit, k.arrival AS known,
               f.id IS NOT NULL AND f.version IS NOT NULL AND (k.version IS NULL OR f.version > k.version) AS newer
        FROM fresh f JOIN known k ON {_SAME}
        """
    )


def _leave_out_older(connection: duckdb.DuckDBPyConnection) -> None:
    """What is known in this version or a newer one."""
    connection.execute(
        """
        INSERT INTO superfluous SELECT arrival FROM matches WHERE NOT newer
        UNION SELECT f.arrival FROM fresh f
              JOIN (SELECT record, max(version) AS version FROM known GROUP BY record) k ON f.record = k.record
              WHERE f.version < k.version
        """
    )
    for name in ("fresh", "matches"):
        connection.execute(f"DELETE FROM {name} WHERE arrival IN (SELECT arrival FROM superfluous)")


def _find_withdrawn(connection: duckdb.DuckDBPyConnection, *, withdraw: bool) -> None:
    """Table ``withdrawn``: known interactions of a record that its newer version does not have."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {UNFINISHED} (record BIGINT)")
    connection.execute(
        f"""
        CREATE TABLE withdrawn AS SELECT k.arrival, k.record AS unit FROM known k
        JOIN (SELECT record, max(version) AS version FROM fresh WHERE version IS NOT NULL GROUP BY record) f
             ON k.record = f.record
        WHERE {"true" if withdraw else "false"} AND (k.version IS NULL OR k.version < f.version)
          AND k.arrival NOT IN (SELECT known FROM matches)
          AND k.record NOT IN (SELECT record FROM {UNFINISHED})
        """
    )


def _find_changed(connection: duckdb.DuckDBPyConnection, staged: str, known: str) -> None:
    """Table ``changed``: units with an interaction that is new, gone, or says something else."""
    there = f"(SELECT * FROM {known} WHERE arrival IN (SELECT known FROM matches))"
    connection.execute(
        f"""
        CREATE TABLE changed AS SELECT unit FROM withdrawn
        UNION SELECT unit FROM fresh WHERE arrival NOT IN (SELECT arrival FROM matches)
        UNION SELECT m.unit FROM matches m JOIN {staged} f ON f.arrival = m.arrival JOIN {there} k ON k.arrival = m.known
              WHERE {_content("f")} IS DISTINCT FROM {_content("k")}
        """
    )


def _content(row: str) -> str:
    """Everything that an interaction says, for a comparison."""
    fields = [f'{row}."{each.name}"' for each in FIELDS]
    identifiers = f"coalesce({row}.identifiers, []::BIGINT[])"
    attributes = f"list_sort(coalesce(map_entries({row}.attributes), []))"
    return f"row({', '.join([f'{row}.anchor', identifiers, *fields, attributes])})"


def _arrivals(connection: duckdb.DuckDBPyConnection, which: str) -> NDArray[np.int64]:
    found = connection.execute(f"SELECT arrival FROM replaced WHERE {which} ORDER BY arrival").fetchnumpy()
    return np.asarray(found["arrival"], np.int64)
