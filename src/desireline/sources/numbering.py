"""Identifiers of a file: each value gets its normal form and its number in the log.

Numbers are computed for every record as it passes; only the values whose normal form is not the value itself are looked
up, and they are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desireline.interactions import IdentifierSettings, normalise
from desireline.interactions.identifiers import (
    BLOCKED_PATTERN,
    BLOCKED_VALUES,
    QUOTES,
    WITH_DECIMALS,
    anchor_rank,
    normal_form_of,
    number_text,
)
from desireline.sources.compile import Compiled
from desireline.sources.fingerprint import hash_sql
from desireline.store import literal

if TYPE_CHECKING:
    import duckdb
    import pyarrow

ROWS_OF_A_PASS = 100_000_000
"""Of about how many records the different values are found at once. What DuckDB needs for it grows with the records, not with
what is different of them, and not all of it can be spilled."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The identifiers of a file, numbered.

    For each type there is a table ``numbers_TYPE`` (raw value, normal form, number; the last two NULL where it points at
    nobody) and ``unlike_TYPE``, the part of it where the normal form is not the raw value.

    Attributes
    ----------
    kinds
        The types, in the order of the mapping.
    unlike
        Those of which ``unlike_TYPE`` is not empty.
    unusable
        How many values point at nobody, by type, where there are any.
    key
        The workspace's secret.
    """

    kinds: tuple[str, ...]
    unlike: frozenset[str]
    unusable: dict[str, int]
    key: bytes

    def ranked(self) -> list[str]:
        """The columns with the numbers of a record, the one that makes the best anchor first."""
        return [f"_x_{kind}" for kind in sorted(self.kinds, key=anchor_rank)]

    def resolved(self, compiled: Compiled, relation: str) -> str:
        """The records of a relation with all compiled columns and the numbers ``_x_TYPE``, as a subquery."""
        listed = ", ".join(f"{sql} AS {name}" for name, sql in compiled.columns.items())
        joins, numbers = [], []
        for kind in self.kinds:
            computed = f"CASE WHEN _i_{kind} IS NOT NULL THEN {number_sql(self.key, kind, f'_i_{kind}')} END"
            if kind in self.unlike:
                joins.append(f"LEFT JOIN unlike_{kind} ON compiled._i_{kind} = unlike_{kind}.raw")
                computed = f"CASE WHEN unlike_{kind}.raw IS NOT NULL THEN unlike_{kind}.number ELSE {computed} END"
            numbers.append(f"{computed} AS _x_{kind}")
        inner = f"(SELECT *, {listed} FROM {relation}) AS compiled"
        return f"(SELECT compiled.*, {', '.join(numbers)} FROM {inner} {' '.join(joins)})"

    def table(self, connection: duckdb.DuckDBPyConnection, *, named_in: str | None) -> pyarrow.Table:
        """The identifiers, each once, by number: columns id, type, value.

        Parameters
        ----------
        named_in
            A relation in the shape of the log; only identifiers that it names are given. ``None`` gives all.
        """
        parts = " UNION ALL ".join(
            f"SELECT number AS id, {literal(kind)} AS type, normal AS value FROM numbers_{kind} WHERE number IS NOT NULL"
            for kind in self.kinds
        )
        named = ""
        if named_in is not None:
            further = f"SELECT unnest(identifiers) FROM {named_in}"
            named = f"WHERE id IN (SELECT anchor FROM {named_in} UNION {further})"
        query = f"SELECT id, any_value(type) AS type, any_value(value) AS value FROM ({parts}) {named} GROUP BY id ORDER BY id"
        return connection.cursor().sql(query).to_arrow_table()


def number_sql(key: bytes, kind: str, normal: str) -> str:
    """The number of an identifier with this normal form, as SQL; NULL for NULL."""
    return hash_sql(f"{literal(number_text(key, kind, ''))} || {normal}")


def number_identifiers(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    *,
    relation: str,
    kinds: tuple[str, ...],
    settings: IdentifierSettings,
    key: bytes,
    rows: int,
) -> Numbering:
    """Make the tables of a :class:`Numbering`.

    Parameters
    ----------
    rows
        How many records the relation has. Those of large files are looked at in several passes, each for some of the
        values: those with the same remainder of their hash.
    """
    unlike, unusable = set(), {}
    passes = -(-rows // ROWS_OF_A_PASS) or 1
    for kind in kinds:
        column = compiled.columns[f"_i_{kind}"]
        connection.execute(f"CREATE TABLE numbers_{kind} (raw VARCHAR, normal VARCHAR, number BIGINT)")
        for number in range(passes):
            own = f"WHERE hash({column}) % {passes} = {number}" if passes > 1 else ""
            values = f"(SELECT DISTINCT {column} AS raw FROM {relation} {own})"
            if normal_form_of(kind) == "plain":
                _normalise_in_sql(connection, compiled, kind, values, settings, key)
            else:
                _normalise_one_by_one(connection, compiled, kind, values, settings, key)
        connection.execute(
            f"CREATE TABLE unlike_{kind} AS SELECT raw, number FROM numbers_{kind} WHERE normal IS DISTINCT FROM raw"
        )
        query = f"SELECT count(*), count(*) FILTER (number IS NULL) FROM unlike_{kind}"
        ((different, nobody),) = connection.execute(query).fetchall()
        if different:
            unlike.add(kind)
        if nobody:
            unusable[kind] = int(nobody)
    return Numbering(kinds, frozenset(unlike), unusable, key)


def _normalise_in_sql(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    kind: str,
    values: str,
    settings: IdentifierSettings,
    key: bytes,
) -> None:
    connection.execute(
        f"""
        INSERT INTO numbers_{kind} SELECT raw, normal, {number_sql(key, kind, "normal")} AS number
        FROM (SELECT raw, CASE
                WHEN list_contains($blocked, lower(trim(trim(raw, $quotes)))) THEN NULL
                WHEN regexp_full_match(trim(trim(raw, $quotes)), '{BLOCKED_PATTERN}') THEN NULL
                WHEN regexp_full_match(raw, '{WITH_DECIMALS}') THEN raw[:-3] ELSE raw END AS normal
            FROM {values} WHERE raw IS NOT NULL)
        """,
        {
            **compiled.used(values),
            "blocked": [*BLOCKED_VALUES, *settings.blocked],
            "quotes": QUOTES,
        },
    )


def _normalise_one_by_one(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    kind: str,
    values: str,
    settings: IdentifierSettings,
    key: bytes,
) -> None:
    """E-mails and phones go through their libraries."""
    import pyarrow as pa

    rows = connection.execute(f"SELECT raw FROM {values} WHERE raw IS NOT NULL", compiled.used(values)).fetchall()
    raw = [value for (value,) in rows]
    normal = [normalise(kind, value, settings) for value in raw]
    connection.register(
        "normal_values", pa.table({"raw": pa.array(raw, pa.string()), "normal": pa.array(normal, pa.string())})
    )
    connection.execute(
        f"INSERT INTO numbers_{kind} SELECT raw, normal, {number_sql(key, kind, 'normal')} FROM normal_values"
    )
    connection.unregister("normal_values")
