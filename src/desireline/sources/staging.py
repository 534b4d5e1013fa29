"""A file on its way in: its records checked, their identifiers numbered, written as a file of the log, duplicates taken out.

Every query reads ``raw``, the records of the file. One pass writes the good records; only where some are missing after it,
a second one finds out which and why. Duplicates are looked for among fingerprints, which are few bytes a record.

Two records are the same interaction when they have the same id of their source, or, without an id, the same content.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from desireline.base import InputError, Progress
from desireline.interactions import FIELDS, IdentifierSettings, normalise
from desireline.interactions.identifiers import (
    BLOCKED_PATTERN,
    BLOCKED_VALUES,
    QUOTES,
    WITH_DECIMALS,
    anchor_rank,
    normal_form_of,
    number_text,
)
from desireline.interactions.log import log_clause, parquet_clause
from desireline.sources.compile import Check, Compiled, compile_mapping, output_column
from desireline.sources.files import FileKind, RawTable, file_kind_named, file_kind_of
from desireline.sources.files.loading import DOCUMENT, ROW
from desireline.sources.joining import with_joined_files
from desireline.sources.mapping import Mapping
from desireline.sources.model import Counts, FileImport, Rejection
from desireline.store import StagedFile, Workspace, connect_duckdb, identifier, literal

if TYPE_CHECKING:
    import duckdb
    import pyarrow

_FINGERPRINT_MASK = "9223372036854775807::UHUGEINT"
_SEPARATOR = "chr(31)"
_MOST_REJECTIONS_AT_ONCE = 50_000

REPLAY = "_quarantine_id"
"""The column by which rows that were mended and fed back are known."""
REASON = "_reason"
"""The column that tells whoever mends a row what was wrong with it."""
RAW = "_raw"
"""The column with the text of a row that could not be read as one."""


@dataclass(frozen=True, slots=True)
class FileStage:
    """One file, staged: what is to be accepted of it, and what became of its records.

    Attributes
    ----------
    log_file
        The staged file of the log; ``None`` where nothing new was in it.
    last_arrival
        The largest arrival number given out.
    identifiers, evidence
        Arrow tables with the columns of :class:`desireline.interactions.Batch`.
    replayed
        Numbers of the quarantined rows that were used now.
    """

    outcome: FileImport
    log_file: StagedFile | None
    last_arrival: int
    identifiers: pyarrow.Table | None
    evidence: pyarrow.Table | None
    rejections: tuple[Rejection, ...]
    replayed: tuple[int, ...]


def stage_file(
    workspace: Workspace,
    path: Path,
    mapping: Mapping,
    *,
    first_arrival: int,
    staged_before: list[Path],
    workplace: Path,
    progress: Progress,
    label: str | None = None,
    join_folder: Path | None = None,
) -> FileStage:
    """Stage one file.

    Parameters
    ----------
    first_arrival
        The first arrival number that is free.
    staged_before
        Log files of the same import: records in them count as there already.
    workplace
        A folder of its own for temporary files and the staged file.
    label
        What to call the file in messages; its path by default.
    join_folder
        Where the files lie that the mapping joins; beside the file by default.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column of the mapping.
    """
    import duckdb

    from desireline.store.duck import plain_message

    workplace.mkdir(parents=True, exist_ok=True)
    name = label or str(path)
    kind = file_kind_named(mapping.read.format) if mapping.read.format else file_kind_of(path)
    with connect_duckdb(workplace / "work.duckdb", spill=workplace / "spill") as connection:
        try:
            progress.step(f"{name}: reading")
            raw = _load(connection, kind, path, mapping, workplace, join_folder or path.parent)
            return _Stage(workspace, connection, mapping, raw, name, first_arrival, staged_before, workplace).run(
                progress
            )
        except duckdb.Error as error:
            raise InputError(f"{name} cannot be imported: {plain_message(error)}") from error


def _load(
    connection: duckdb.DuckDBPyConnection,
    kind: FileKind,
    path: Path,
    mapping: Mapping,
    workplace: Path,
    join_folder: Path,
) -> RawTable:
    """The records, with the columns of joined files."""
    raw = kind.load(connection, path, options=mapping.read, columns=sorted(mapping.columns()), workplace=workplace)
    return with_joined_files(connection, raw, mapping, folder=join_folder, workplace=workplace)


@dataclass(slots=True)
class _Stage:
    """The steps for one file, over one connection."""

    workspace: Workspace
    connection: duckdb.DuckDBPyConnection
    mapping: Mapping
    raw: RawTable
    name: str
    first_arrival: int
    staged_before: list[Path]
    workplace: Path

    def run(self, progress: Progress) -> FileStage:
        settings = IdentifierSettings.read(self.workspace.section("identifiers"))
        compiled = compile_mapping(self.mapping, self.raw.columns, file=self.name)
        progress.step(f"{self.name}: matching identifiers", total=self.raw.rows)
        unusable = self._number_identifiers(compiled, settings)
        progress.step(f"{self.name}: writing", total=self.raw.rows)
        written = self._write(compiled)
        grouped = self._grouped_rows()
        rejections = list(self.raw.rejections)
        if grouped + len(rejections) < self.raw.rows:
            progress.step(f"{self.name}: finding out about rows that cannot be used")
            rejections += self._rejections(compiled)
        progress.step(f"{self.name}: looking for duplicates")
        duplicates = self._drop_duplicates(written)
        counts = Counts(written + len(rejections), written - duplicates, duplicates, len(rejections))
        stored = counts.stored > 0
        return FileStage(
            outcome=FileImport(
                file=self.name,
                source=self.mapping.source,
                counts=counts,
                rows=self.raw.rows,
                reasons=dict(Counter(rejection.reason for rejection in rejections)),
                unusable_identifiers=unusable,
            ),
            log_file=self._staged_file(counts.stored) if stored else None,
            last_arrival=self.first_arrival + self.raw.rows - 1,
            identifiers=self._identifiers(stored),
            evidence=self._evidence(stored),
            rejections=tuple(rejections),
            replayed=self._replayed(compiled),
        )

    # identifiers

    def _number_identifiers(self, compiled: Compiled, settings: IdentifierSettings) -> dict[str, int]:
        """For each type a table ``numbers_TYPE``: raw value, normal form, number, both NULL where it points at nobody.

        ``unlike_TYPE`` holds the values whose normal form is not the value itself: they are few, so the records can be
        numbered by computing, without a join with all values. Gives how many values point at nobody.
        """
        unusable = {}
        for kind in self.mapping.identifiers:
            column = compiled.columns[f"_i_{kind}"]
            self.connection.execute(
                f"CREATE TABLE values_{kind} AS SELECT DISTINCT {column} AS raw FROM {self.raw.relation}",
                _used(compiled, column),
            )
            self._normalise(kind, settings)
            self.connection.execute(
                f"""
                CREATE TABLE numbers_{kind} AS
                SELECT raw, normal, {self._number(kind, "normal")} AS number FROM normal_{kind}
                """
            )
            self.connection.execute(
                f"CREATE TABLE unlike_{kind} AS SELECT raw, number FROM numbers_{kind} WHERE normal IS DISTINCT FROM raw"
            )
            count = self._count(f"unlike_{kind} WHERE number IS NULL")
            if count:
                unusable[kind] = count
        return unusable

    def _number(self, kind: str, normal: str) -> str:
        return _hash(f"{literal(number_text(self.workspace.key, kind, ''))} || {normal}")

    def _normalise(self, kind: str, settings: IdentifierSettings) -> None:
        """E-mails and phones go through their libraries, value by value; the other types stay in SQL."""
        if normal_form_of(kind) == "plain":
            self.connection.execute(
                f"""
                CREATE TABLE normal_{kind} AS SELECT raw, CASE
                    WHEN list_contains($blocked, lower(trim(trim(raw, $quotes)))) THEN NULL
                    WHEN regexp_full_match(trim(trim(raw, $quotes)), '{BLOCKED_PATTERN}') THEN NULL
                    WHEN regexp_full_match(raw, '{WITH_DECIMALS}') THEN raw[:-3] ELSE raw END AS normal
                FROM values_{kind} WHERE raw IS NOT NULL
                """,
                {"blocked": [*BLOCKED_VALUES, *settings.blocked], "quotes": QUOTES},
            )
            return
        import pyarrow as pa

        rows = self.connection.execute(f"SELECT raw FROM values_{kind} WHERE raw IS NOT NULL").fetchall()
        values = [value for (value,) in rows]
        normal = [normalise(kind, value, settings) for value in values]
        table = pa.table({"raw": pa.array(values, pa.string()), "normal": pa.array(normal, pa.string())})
        self.connection.register("normal_values", table)
        self.connection.execute(f"CREATE TABLE normal_{kind} AS SELECT * FROM normal_values")
        self.connection.unregister("normal_values")

    # records

    def _resolved(self, compiled: Compiled) -> str:
        """All compiled columns and the numbers ``x_TYPE`` of the identifiers, as a subquery."""
        listed = ", ".join(f"{sql} AS {name}" for name, sql in compiled.columns.items())
        joins, numbers = [], []
        for kind in self.mapping.identifiers:
            joins.append(f"LEFT JOIN unlike_{kind} ON compiled._i_{kind} = unlike_{kind}.raw")
            computed = f"CASE WHEN _i_{kind} IS NOT NULL THEN {self._number(kind, f'_i_{kind}')} END"
            number = f"CASE WHEN unlike_{kind}.raw IS NOT NULL THEN unlike_{kind}.number ELSE {computed} END"
            numbers.append(f"{number} AS _x_{kind}")
        inner = f"(SELECT *, {listed} FROM {self.raw.relation}) AS compiled"
        return f"(SELECT compiled.*, {', '.join(numbers)} FROM {inner} {' '.join(joins)})"

    def _ranked(self) -> list[str]:
        return [f"_x_{kind}" for kind in sorted(self.mapping.identifiers, key=anchor_rank)]

    def _checks(self, compiled: Compiled) -> list[Check]:
        nobody = " AND ".join(f"{number} IS NULL" for number in self._ranked())
        came = "concat_ws(', ', " + ", ".join(f"_i_{kind}" for kind in self.mapping.identifiers) + ")"
        types = ", ".join(self.mapping.identifiers)
        message = f"expected a usable {types}"
        return [
            *compiled.checks,
            Check("identifiers", "no_identifier", message, nobody, f"nullif({came}, '')"),
        ]

    def _write(self, compiled: Compiled) -> int:
        """Write the good records as a file of the log; gives how many there are."""
        good = " AND ".join(f"NOT coalesce({check.fails}, false)" for check in self._checks(compiled))
        source = f"(SELECT * FROM {self._resolved(compiled)} WHERE {good})"
        if self.mapping.one_per:
            self.connection.execute(f"CREATE TABLE good AS SELECT * FROM {source}", _used(compiled, source))
            source = self._one_per(compiled)
        query = f"SELECT {self._log_columns(compiled)} FROM {source}"
        self.connection.execute(
            f"COPY ({query}) TO {literal(str(self._path))} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 262144)",
            {**_used(compiled, query)},
        )
        return self._count(f"read_parquet({literal(str(self._path))})")

    def _one_per(self, compiled: Compiled) -> str:
        """Rows with the same values in the columns of ``one_per`` as one: numbers summed, the rest from the first row."""
        keys = ", ".join(identifier(column) for column in self.mapping.one_per)
        picked = [f"min({ROW}) AS {ROW}", f"concat_ws('-', {keys}) AS group_id"]
        for name in compiled.columns:
            picked.append(f"sum({name}) AS {name}" if name.startswith("_n_") else f"arg_min({name}, {ROW}) AS {name}")
        picked += [f"arg_min({number}, {ROW}) AS {number}" for number in self._ranked()]
        return f"(SELECT {', '.join(picked)} FROM good GROUP BY {keys})"

    def _grouped_rows(self) -> int:
        """Rows of the file that went into the written records."""
        if self.mapping.one_per:
            return self._count("good")
        return self._count(f"read_parquet({literal(str(self._path))})")

    def _log_columns(self, compiled: Compiled) -> str:
        """The columns of the log that this file has something for; a reader takes the others for empty."""
        ranked = self._ranked()
        anchor = f"coalesce({', '.join(ranked)})"
        columns = {
            "arrival": f"{self.first_arrival - 1} + {ROW}",
            "fingerprint": self._fingerprint(compiled),
            "anchor": anchor,
        }
        if len(ranked) > 1:
            further = f"list_filter([{', '.join(ranked)}], lambda x: x IS NOT NULL AND x <> {anchor})"
            columns["identifiers"] = f"list_distinct({further})"
        for each in FIELDS:
            value = self._field_sql(each.name, compiled)
            if value is not None:
                columns[each.name] = value
        if self.mapping.attributes:
            columns["attributes"] = self._attributes()
        return ", ".join(f"{sql} AS {identifier(name)}" for name, sql in columns.items())

    def _field_sql(self, name: str, compiled: Compiled) -> str | None:
        if name == "source":
            return literal(self.mapping.source)
        column = output_column(name)
        if column in compiled.columns:
            return column
        return "group_id" if name == "id" and self.mapping.one_per else None

    def _attributes(self) -> str:
        entries = ", ".join(
            f"{{'k': {literal(name)}, 'v': _a_{place}}}" for place, name in enumerate(self.mapping.attributes)
        )
        return f"map_from_entries(list_filter([{entries}], lambda entry: entry.v IS NOT NULL))"

    def _fingerprint(self, compiled: Compiled) -> str:
        source = literal(self.mapping.source)
        content = f"{source} || {_SEPARATOR} || {self._content()}"
        id_column = "_t_id" if "_t_id" in compiled.columns else "group_id" if self.mapping.one_per else None
        if id_column is None:
            return _hash(content)
        by_id = f"'id' || {_SEPARATOR} || {source} || {_SEPARATOR} || {id_column}"
        return _hash(by_id) if self.mapping.one_per else _hash(f"coalesce({by_id}, {content})")

    def _content(self) -> str:
        """The record as text, the same for the same record whenever it comes."""
        if self.raw.documents:
            return f"regexp_replace({DOCUMENT}, '^{{\"{REPLAY}\":[0-9]+,', '{{')"
        left_out = {*self.raw.joined, REPLAY, REASON, RAW}
        columns = sorted(name for name in self.raw.columns if name not in left_out)
        parts = ", ".join(f"coalesce({_as_content(name, self.raw.columns[name])}, '')" for name in columns)
        return f"concat_ws({_SEPARATOR}, {parts})"

    # what cannot be used

    def _rejections(self, compiled: Compiled) -> list[Rejection]:
        checks = self._checks(compiled)
        failed = " ".join(f"WHEN coalesce({check.fails}, false) THEN {place}" for place, check in enumerate(checks))
        came = " ".join(f"WHEN {place} THEN {check.came}" for place, check in enumerate(checks) if check.came)
        replay = identifier(REPLAY) if REPLAY in self.raw.columns else "NULL"
        query = f"""
            SELECT {ROW}, failed, CASE failed {came} END, {self.raw.record_sql}, TRY_CAST({replay} AS BIGINT)
            FROM (SELECT *, CASE {failed} END AS failed FROM {self._resolved(compiled)})
            WHERE failed IS NOT NULL ORDER BY {ROW}
            """
        cursor = self.connection.execute(query, _used(compiled, query))
        found: list[Rejection] = []
        while rows := cursor.fetchmany(_MOST_REJECTIONS_AT_ONCE):
            found += [self._rejection(checks, *row) for row in rows]
        return found

    def _rejection(
        self, checks: list[Check], row: int, failed: int, came: str | None, record: str, replay_of: int | None
    ) -> Rejection:
        check = checks[failed]
        shown = "" if came is None else f", got {came[:80]!r}"
        form: Literal["columns", "document"] = "document" if self.raw.documents else "columns"
        if replay_of is not None:
            record = _without_notes(record)
        return Rejection(int(row), check.field, check.reason, check.message + shown, form, record, replay_of)

    # duplicates

    def _drop_duplicates(self, written: int) -> int:
        """Take out records that are there already; gives how many."""
        if written == 0:
            return 0
        staged = parquet_clause([self._path])
        keys = self.connection.execute(f"SELECT fingerprint FROM {staged}").fetchnumpy()["fingerprint"]
        ordered = np.sort(np.asarray(keys))
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        self.connection.execute("CREATE TABLE twice (fingerprint BIGINT)")
        self.connection.register("twice_values", _column("fingerprint", twice))
        self.connection.execute("INSERT INTO twice SELECT fingerprint FROM twice_values")
        self.connection.execute(
            f"""
            CREATE TABLE superfluous AS
            SELECT arrival FROM (
                SELECT arrival, row_number() OVER (PARTITION BY fingerprint, coalesce(id, CAST(epoch_us(occurred_at) AS VARCHAR)) ORDER BY arrival) AS place
                FROM {staged} SEMI JOIN twice USING (fingerprint))
            WHERE place > 1
            """
        )
        self.connection.execute(f"INSERT INTO superfluous {self._known_already(staged)}")
        superfluous = self._count("(SELECT DISTINCT arrival FROM superfluous)")
        if superfluous:
            self._rewrite()
        return superfluous

    def _known_already(self, staged: str) -> str:
        """Arrivals of staged records that the log, or a file staged before, has."""
        sources = [
            log_clause(self.workspace),
            *([parquet_clause(self.staged_before)] if self.staged_before else []),
        ]
        parts = [
            f"""
            SELECT s.arrival FROM {staged} s SEMI JOIN (
                SELECT fingerprint, id, occurred_at FROM {source} WHERE source = {literal(self.mapping.source)}{self._same_time(staged)}
            ) known ON s.fingerprint = known.fingerprint
                AND (s.id = known.id OR (s.id IS NULL AND known.id IS NULL AND s.occurred_at = known.occurred_at))
            """
            for source in sources
        ]
        return " UNION ".join(parts)

    def _same_time(self, staged: str) -> str:
        """Without ids, a record can only be found among those of the same time: most of the log need not be read."""
        row = self.connection.execute(
            f"SELECT count(id), min(occurred_at)::VARCHAR, max(occurred_at)::VARCHAR FROM {staged}"
        ).fetchone()
        if row is None or row[0]:
            return ""
        return f" AND occurred_at BETWEEN {literal(row[1])}::TIMESTAMPTZ AND {literal(row[2])}::TIMESTAMPTZ"

    def _rewrite(self) -> None:
        kept = self._path.with_suffix(".kept")
        self.connection.execute(
            f"COPY (SELECT * FROM read_parquet({literal(str(self._path))}) ANTI JOIN superfluous USING (arrival)) TO {literal(str(kept))} "
            "(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 262144)"
        )
        shutil.move(kept, self._path)

    # what goes with the records

    @property
    def _path(self) -> Path:
        return self.workplace / "interactions.parquet"

    def _staged_file(self, rows: int) -> StagedFile:
        row = self.connection.execute(
            f"""
            SELECT min(arrival), max(arrival), strftime(date_trunc('millisecond', timezone('UTC', min(occurred_at))), '%Y-%m-%dT%H:%M:%S.%gZ'),
                   strftime(date_trunc('millisecond', timezone('UTC', max(occurred_at))) + INTERVAL 1 MILLISECOND, '%Y-%m-%dT%H:%M:%S.%gZ')
            FROM read_parquet({literal(str(self._path))})
            """
        ).fetchone()
        assert row is not None
        first, last, earliest, latest = row
        name = f"{uuid.uuid4().hex}.parquet"
        shutil.move(self._path, self.workplace / name)
        return StagedFile(
            name=name,
            rows=rows,
            smallest={"arrival": first, "occurred_at": earliest},
            largest={"arrival": last, "occurred_at": latest},
        )

    def _identifiers(self, stored: bool) -> pyarrow.Table | None:
        """The identifiers that stored records name, each once, by number."""
        if not stored:
            return None
        parts = [
            f"SELECT number AS id, {literal(kind)} AS type, normal AS value FROM numbers_{kind} WHERE number IS NOT NULL"
            for kind in self.mapping.identifiers
        ]
        return (
            self.connection.cursor()
            .sql(
                f"SELECT id, any_value(type) AS type, any_value(value) AS value FROM ({' UNION ALL '.join(parts)}) GROUP BY id ORDER BY id"
            )
            .to_arrow_table()
        )

    def _evidence(self, stored: bool) -> pyarrow.Table | None:
        """Every two identifiers that were seen in one interaction, counted."""
        if not stored or len(self.mapping.identifiers) < 2:
            return None
        path = next(self.workplace.glob("*.parquet"))
        count = len(self.mapping.identifiers)
        pairs = [(left, right) for left in range(1, count) for right in range(left + 1, count + 1)]
        listed = " UNION ALL ".join(
            f"SELECT seen[{left}] AS one, seen[{right}] AS other, occurred_at, arrival FROM seen WHERE len(seen) >= {right}"
            for left, right in pairs
        )
        return (
            self.connection.cursor()
            .sql(
                f"""
            WITH seen AS (SELECT list_prepend(anchor, identifiers) AS seen, occurred_at, arrival
                          FROM read_parquet({literal(str(path))}) WHERE len(identifiers) > 0)
            SELECT least(one, other) AS first, greatest(one, other) AS second, {literal(self.mapping.source)} AS source,
                   epoch_us(min(occurred_at)) AS first_at, epoch_us(max(occurred_at)) AS last_at,
                   count(*)::BIGINT AS observations, min(arrival) AS sample_arrival
            FROM ({listed}) GROUP BY ALL ORDER BY first, second
            """
            )
            .to_arrow_table()
        )

    def _replayed(self, compiled: Compiled) -> tuple[int, ...]:
        """Numbers of the quarantined rows among the records that were good."""
        if REPLAY not in self.raw.columns:
            return ()
        good = " AND ".join(f"NOT coalesce({check.fails}, false)" for check in self._checks(compiled))
        query = f"SELECT TRY_CAST({identifier(REPLAY)} AS BIGINT) FROM {self._resolved(compiled)} WHERE {good}"
        rows = self.connection.execute(query, _used(compiled, query)).fetchall()
        return tuple(int(number) for (number,) in rows if number is not None)

    def _count(self, relation: str) -> int:
        row = self.connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
        assert row is not None
        return int(row[0])


def _without_notes(record: str) -> str:
    """A record that was fed back, as it was before it got its number and reason."""
    values = {key: value for key, value in json.loads(record).items() if key not in (REPLAY, REASON)}
    if not values.get(RAW):
        values.pop(RAW, None)
    return json.dumps(values, ensure_ascii=False)


def _used(compiled: Compiled, sql: str) -> dict[str, Any]:
    """The parameters that the query names: DuckDB takes no others."""
    import re

    names = set(re.findall(r"\$(p[0-9]+)\b", sql))
    return {name: value for name, value in compiled.parameters.items() if name in names}


def _as_content(name: str, kind: str) -> str:
    """A cell as text, for the fingerprint; times as numbers, which is quick."""
    if kind.startswith("TIMESTAMP"):
        return f"CAST(epoch_us({identifier(name)}) AS VARCHAR)"
    return identifier(name) if kind == "VARCHAR" else f"CAST({identifier(name)} AS VARCHAR)"


def _hash(text: str) -> str:
    return f"CAST(md5_number({text}) & {_FINGERPRINT_MASK} AS BIGINT)"


def _column(name: str, values: Any) -> pyarrow.Table:
    import pyarrow as pa

    return pa.table({name: pa.array(values, pa.int64())})
