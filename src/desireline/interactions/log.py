"""The interaction log: its columns, and reading from it.

The log keeps names as they came. What reads it through :func:`log_relation` sees them as the taxonomy of the workspace joins
them, with the raw ones beside them; what compares records with each other reads it raw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.interactions.condition import Condition, column_sql, condition_sql
from desireline.interactions.model import FIELDS, HAND_LOGGED
from desireline.interactions.taxonomy import Taxonomy, read_taxonomy
from desireline.store import Workspace, ask_duckdb

if TYPE_CHECKING:
    import pyarrow


_SAMPLED = 100_000
_FILES_SAMPLED = 16
_MOST_VALUES = 30
_STATES_KEPT = 16
"""Of so many states of logs it is kept what was counted: files of a log never change, another state has other files."""


@dataclass(frozen=True, slots=True)
class LogSummary:
    """What the log holds; the times are ``None`` where it is empty.

    Attributes
    ----------
    first_at, last_at
        The first and the last interaction of all.
    record_end
        Until when it is known what happened: the last interaction that a source gave. What people logged by hand tells of one talk, not
        that nothing else happened until then; so it counts for this only where it is at least half of all interactions.
    """

    interactions: int
    first_at: datetime | None
    last_at: datetime | None
    record_end: datetime | None


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """How many interactions a source has, and when the first and the newest were."""

    source: str
    interactions: int
    first_at: datetime
    last_at: datetime


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1)
def log_schema() -> pyarrow.Schema:
    """The columns of the log. A customer is not among them."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "choice": pa.string(),
        "number": pa.float64(),
        "time": pa.timestamp("us", tz="UTC"),
    }
    fields = {field.name: pa.field(field.name, kinds[field.kind], nullable=not field.required) for field in FIELDS}
    return pa.schema(
        [
            pa.field("arrival", pa.int64(), nullable=False),
            pa.field("fingerprint", pa.int64(), nullable=False),
            pa.field("anchor", pa.int64(), nullable=False),
            pa.field("identifiers", pa.list_(pa.int64())),
            *fields.values(),
            pa.field("attributes", pa.map_(pa.string(), pa.string())),
            pa.field("record", pa.int64()),
            pa.field("version", pa.int64()),
        ]
    )


def log_relation(workspace: Workspace) -> tuple[str, dict[str, Any]]:
    """The log for a FROM clause of DuckDB, and the parameters it binds.

    Touchpoints and channels are named as the taxonomy says; ``stage``, ``raw_touchpoint`` and ``raw_channel`` are further
    columns. A column that a query does not ask for costs nothing.
    """
    raw, parameters = raw_log_relation(workspace)
    relation = taxonomy_relation(raw, read_taxonomy(workspace), parameters)
    return relation, parameters


def raw_log_relation(workspace: Workspace) -> tuple[str, dict[str, Any]]:
    """Like :func:`log_relation`, the columns as they are stored, untouched by the taxonomy."""
    return _relation_of([str(path) for path in workspace.log.files()])


def _relation_of(files: Sequence[str]) -> tuple[str, dict[str, Any]]:
    return (_union("$log_files"), {"log_files": list(files)}) if files else (f"({_empty_select()})", {})


def taxonomy_relation(relation: str, taxonomy: Taxonomy, parameters: dict[str, Any]) -> str:
    """A relation with raw names as a taxonomy names them.

    Parameters
    ----------
    parameters
        Names are added to it; bind it with the query.
    """
    kept = "touchpoint AS raw_touchpoint, channel AS raw_channel"
    if taxonomy.is_empty:
        return f"(SELECT *, {kept}, NULL::VARCHAR AS stage FROM {relation})"
    channels, stages = (taxonomy.by_raw_name(table) for table in (taxonomy.channel_of, taxonomy.stage_of))
    touchpoint = _looked_up("touchpoint", taxonomy.touchpoints, "touchpoints", parameters, otherwise="touchpoint")
    channel = _looked_up("channel", taxonomy.channels, "channels", parameters, otherwise="channel")
    channel = _looked_up("touchpoint", channels, "channel_of", parameters, otherwise=channel)
    stage = _looked_up("touchpoint", stages, "stage_of", parameters, otherwise="NULL::VARCHAR")
    named = f"{touchpoint} AS touchpoint, {channel} AS channel"
    return f"(SELECT * REPLACE ({named}), {kept}, {stage} AS stage FROM {relation})"


def _looked_up(column: str, table: Mapping[str, str], name: str, parameters: dict[str, Any], *, otherwise: str) -> str:
    """The value that a table has for a column; DuckDB looks up only the different values of a block of rows."""
    if not table:
        return otherwise
    keys, values = f"taxonomy_{name}", f"taxonomy_{name}_values"
    parameters[keys], parameters[values] = list(table), list(table.values())
    return f"coalesce(map(${keys}::VARCHAR[], ${values}::VARCHAR[])[{column}], {otherwise})"


def count_log(workspace: Workspace) -> LogSummary:
    """How many interactions there are, and from when to when."""
    return _count(tuple(str(path) for path in workspace.log.files()))


def _count(files: tuple[str, ...]) -> LogSummary:
    sources = _ends_of_sources(files)
    return LogSummary(
        interactions=sum(each.interactions for each in sources),
        first_at=min((each.first_at for each in sources), default=None),
        last_at=max((each.last_at for each in sources), default=None),
        record_end=max((each.last_at for each in _ending(sources)), default=None),
    )


def ends_of_sources(workspace: Workspace) -> tuple[SourceEnd, ...]:
    """The sources that say when the record ends, see :class:`LogSummary`, by name."""
    return _ending(_ends_of_sources(tuple(str(path) for path in workspace.log.files())))


def ending_sources(interactions: Mapping[str, int]) -> frozenset[str]:
    """The sources that say when the record ends, of those with so many interactions, see :class:`LogSummary`.

    >>> sorted(ending_sources({"web": 3, "hand": 2})), sorted(ending_sources({"web": 2, "hand": 2}))
    (['web'], ['hand', 'web'])
    """
    by_hand = interactions.get(HAND_LOGGED, 0)
    return frozenset(interactions) - ({HAND_LOGGED} if 2 * by_hand < sum(interactions.values()) else set())


def _ending(sources: tuple[SourceEnd, ...]) -> tuple[SourceEnd, ...]:
    ending = ending_sources({each.source: each.interactions for each in sources})
    return tuple(each for each in sources if each.source in ending)


@lru_cache(maxsize=_STATES_KEPT)
def _ends_of_sources(files: tuple[str, ...]) -> tuple[SourceEnd, ...]:
    relation, parameters = _relation_of(files)
    query = f"""
        SELECT source, count(*), epoch_us(min(occurred_at)), epoch_us(max(occurred_at))
        FROM {relation} GROUP BY source ORDER BY source"""
    with ask_duckdb() as connection:
        rows = connection.execute(query, parameters).fetchall()
    return tuple(
        SourceEnd(name, int(count), *(_EPOCH + timedelta(microseconds=each) for each in times))
        for name, count, *times in rows
    )


def anchors(workspace: Workspace) -> NDArray[np.int64]:
    """The identifiers that interactions were seen under: int64, each once, ascending."""
    source, parameters = raw_log_relation(workspace)
    with ask_duckdb() as connection:
        found = connection.execute(f"SELECT DISTINCT anchor FROM {source} ORDER BY anchor", parameters).fetchnumpy()
    return np.asarray(found["anchor"], dtype=np.int64)


def anchors_of_case(workspace: Workspace, case: str, *, most: int) -> list[int]:
    """The identifiers that some interactions of a case were seen under, ascending."""
    query = 'SELECT DISTINCT anchor FROM {log} WHERE "case" = $case ORDER BY anchor LIMIT $most'
    return [anchor for (anchor,) in query_log(workspace, query, case=case, most=most)]


def raw_names(workspace: Workspace, *, after_arrival: int = -1) -> list[tuple[str, str]]:
    """The different pairs of touchpoint and channel, untouched by the taxonomy.

    Parameters
    ----------
    after_arrival
        Only of interactions with a larger arrival number.
    """
    return list(_raw_names(tuple(workspace.log.files(after_arrival=after_arrival)), after_arrival))


@lru_cache(maxsize=_STATES_KEPT)
def _raw_names(files: tuple[Path, ...], after_arrival: int) -> tuple[tuple[str, str], ...]:
    query = f"SELECT DISTINCT touchpoint, channel FROM {parquet_clause(files)} WHERE arrival > $arrival ORDER BY ALL"
    with ask_duckdb() as connection:
        return tuple(connection.execute(query, {"arrival": after_arrival}).fetchall())


def sampled_names(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Different pairs of touchpoint and channel, untouched by the taxonomy, of a sample: :data:`_SAMPLED` interactions of some files."""
    return _sampled_names(tuple(workspace.log.files()[:_FILES_SAMPLED]))


@lru_cache(maxsize=_STATES_KEPT)
def _sampled_names(files: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    if not files:
        return ()
    samples = " UNION ALL ".join(
        f"(SELECT touchpoint, channel FROM {parquet_clause([file])} LIMIT {_SAMPLED})" for file in files
    )
    with ask_duckdb() as connection:
        return tuple(connection.execute(f"SELECT DISTINCT touchpoint, channel FROM ({samples})").fetchall())


def matching_arrivals(workspace: Workspace, condition: Condition) -> NDArray[np.bool_]:
    """Which interactions meet a condition: a mask with a place for every arrival number given out so far."""
    source, parameters = log_relation(workspace)
    test = condition_sql(condition, parameters)
    largest = workspace.log.last_arrival()
    with ask_duckdb() as connection:
        found = connection.execute(f"SELECT arrival FROM {source} WHERE {test}", parameters).fetchnumpy()
    mask = np.zeros(largest + 1, dtype=np.bool_)
    mask[np.asarray(found["arrival"], dtype=np.int64)] = True
    return mask


def different_texts(workspace: Workspace, field: str) -> list[str]:
    """The different values of a text field, or of an attribute (``attributes.NAME``), in alphabetical order."""
    source, parameters = raw_log_relation(workspace)
    column = column_sql(field, parameters)
    query = f"SELECT DISTINCT {column} AS value FROM {source} WHERE {column} IS NOT NULL ORDER BY value"
    with ask_duckdb() as connection:
        return [str(value) for (value,) in connection.execute(query, parameters).fetchall()]


def segment_fields(workspace: Workspace) -> tuple[str, ...]:
    """Text fields and attributes that are filled at all and have few values, so that they make segments, in alphabetical order.

    Looked at is a sample of the log: :data:`_SAMPLED` interactions of every file.
    """
    return _segment_fields(tuple(workspace.log.files()))


@lru_cache(maxsize=_STATES_KEPT)
def _segment_fields(files: tuple[Path, ...]) -> tuple[str, ...]:
    if not files:
        return ()
    samples = " UNION ALL BY NAME ".join(
        f"(SELECT team, source, attributes FROM {parquet_clause([file])} LIMIT {_SAMPLED})" for file in files
    )
    query = f"""
        WITH sample AS ({samples}),
        told AS (
            SELECT 'attributes.' || entry.key AS name, entry.value AS value
            FROM (SELECT unnest(map_entries(attributes)) AS entry FROM sample)
            UNION ALL SELECT 'team', team FROM sample WHERE team IS NOT NULL
            UNION ALL SELECT 'source', source FROM sample)
        SELECT name FROM told GROUP BY name HAVING count(DISTINCT value) BETWEEN 2 AND {_MOST_VALUES} ORDER BY name"""
    with ask_duckdb() as connection:
        return tuple(str(name) for (name,) in connection.execute(query).fetchall())


def read_interactions(workspace: Workspace, arrivals: Sequence[int]) -> list[dict[str, Any]]:
    """The interactions with these arrival numbers, in this order, as mappings from field to value."""
    source, parameters = log_relation(workspace)
    query = f"SELECT * FROM {source} WHERE arrival IN (SELECT unnest($arrivals::BIGINT[]))"
    with ask_duckdb() as connection:
        rows = connection.sql(query, params={**parameters, "arrivals": list(arrivals)}).to_arrow_table().to_pylist()
    by_arrival = {row["arrival"]: {**row, "attributes": dict(row["attributes"] or ())} for row in rows}
    return [by_arrival[arrival] for arrival in arrivals if arrival in by_arrival]


def query_log(workspace: Workspace, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Rows of a query whose FROM clause is written ``{log}``."""
    source, files = log_relation(workspace)
    with ask_duckdb() as connection:
        return connection.execute(query.format(log=source), {**files, **parameters}).fetchall()


def raw_log_clause(workspace: Workspace) -> str:
    """Like :func:`raw_log_relation` with the file names written in, where nothing can be bound (COPY)."""
    return parquet_clause(workspace.log.files())


def parquet_clause(files: Sequence[Path]) -> str:
    """Files in the shape of the log for a FROM clause, every column of the log present."""
    from desireline.store import literal

    names = ", ".join(literal(str(path)) for path in files)
    return _union(f"[{names}]") if names else f"({_empty_select()})"


def _union(files: str) -> str:
    """A file of the log has only the columns that its source fills; the others are NULL."""
    return f"({_empty_select()} UNION ALL BY NAME SELECT * FROM read_parquet({files}, union_by_name = true))"


def _empty_select() -> str:
    kinds = {"text": "VARCHAR", "choice": "VARCHAR", "number": "DOUBLE", "time": "TIMESTAMPTZ"}
    fields = [f'NULL::{kinds[field.kind]} AS "{field.name}"' for field in FIELDS]
    numbers = [f"0::BIGINT AS {name}" for name in ("arrival", "fingerprint", "anchor")]
    rest = ["NULL::BIGINT[] AS identifiers", "NULL::MAP(VARCHAR, VARCHAR) AS attributes"]
    rest += ["NULL::BIGINT AS record", "NULL::BIGINT AS version"]
    return f"SELECT {', '.join([*numbers, *fields, *rest])} WHERE false"
