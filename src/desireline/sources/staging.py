"""A file on its way in: its records checked, their identifiers numbered, written as a file of the log, duplicates taken out.

Every query reads ``raw``, the records of the file. One pass writes the good records; only where some are missing after it,
a second one finds out which and why.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Phrase, Progress, phrase
from desireline.interactions import FIELDS, IdentifierSettings
from desireline.interactions.log import parquet_clause
from desireline.interactions.log_files import COPY_OPTIONS, describe_file
from desireline.sources.compile import Check, Compiled, compile_mapping, missing_columns, output_column
from desireline.sources.conversations import CURVE
from desireline.sources.duplicates import NOTHING_DROPPED, drop_duplicates
from desireline.sources.enriching import sentiment_model, with_sentiment
from desireline.sources.files import FileKind, RawTable, file_kind_named, file_kind_of
from desireline.sources.files.loading import ROW
from desireline.sources.fingerprint import REPLAY, fingerprint_sql, record_sql
from desireline.sources.joining import with_joined_files
from desireline.sources.mapping import Mapping
from desireline.sources.model import Counts, FileImport, Rejection
from desireline.sources.numbering import Numbering, number_identifiers
from desireline.sources.rejecting import find_rejections, good_sql
from desireline.sources.versions import UNFINISHED, Replaced
from desireline.store import StagedFile, Workspace, connect_duckdb, identifier, literal

if TYPE_CHECKING:
    import duckdb
    import pyarrow


@dataclass(frozen=True, slots=True)
class FileStage:
    """One file, staged: what is to be accepted of it, and what became of its records.

    Attributes
    ----------
    origin
        The file, from the root: where quarantined rows came from.
    log_file
        The staged file of the log; ``None`` where nothing new was in it.
    last_arrival
        The largest arrival number given out.
    identifiers, evidence
        Arrow tables with the columns of :class:`desireline.interactions.Batch`.
    replaced
        What its newer versions take the place of.
    replayed
        Numbers of the quarantined rows that were used now.
    """

    outcome: FileImport
    origin: str
    log_file: StagedFile | None
    last_arrival: int
    identifiers: pyarrow.Table | None
    evidence: pyarrow.Table | None
    replaced: Replaced
    rejections: tuple[Rejection, ...]
    replayed: tuple[int, ...]


def stage_file(
    workspace: Workspace,
    path: Path,
    mapping: Mapping,
    *,
    first_arrival: int,
    staged_before: list[Path],
    gone: NDArray[np.int64],
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
    gone
        Arrivals of the log that those files replace.
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
            mapping = mapping.expanded(raw.columns)
            compiled = compile_mapping(mapping, raw.columns, file=name)
            progress.step(f"{name}: matching identifiers", total=raw.rows)
            numbering = number_identifiers(
                connection,
                compiled,
                relation=raw.relation,
                kinds=tuple(mapping.identifiers),
                settings=IdentifierSettings.read(workspace.section("identifiers")),
                key=workspace.key,
                rows=raw.rows,
            )
            staged = workplace / f"{uuid.uuid4().hex}.parquet"
            stage = _Stage(workspace, connection, mapping, raw, compiled, numbering, path, name, first_arrival, staged)
            return stage.run(staged_before, gone, progress)
        except duckdb.Error as error:
            raise InputError(
                phrase("{name} cannot be imported: {plain_message}", name=name, plain_message=plain_message(error))
            ) from error


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
    compiled: Compiled
    numbering: Numbering
    path: Path
    name: str
    first_arrival: int
    staged: Path

    def run(self, staged_before: list[Path], gone: NDArray[np.int64], progress: Progress) -> FileStage:
        progress.step(f"{self.name}: writing", total=self.raw.rows)
        written, rows_used = self._write()
        rejections = list(self.raw.rejections)
        unusable = self.raw.rows - rows_used - len(rejections)
        if unusable:
            progress.step(f"{self.name}: finding out about rows that cannot be used")
            rejections += find_rejections(self.connection, self.raw, self.compiled, self._checks(), self._resolved())
            self._check_unseen(written)
        progress.step(f"{self.name}: looking for duplicates")
        dropped = NOTHING_DROPPED
        if written:
            if unusable:
                self._note_unfinished()
            dropped = drop_duplicates(
                self.connection,
                self.workspace,
                self.staged,
                source=self.mapping.source,
                staged_before=staged_before,
                versioned=self.mapping.version is not None,
                gone=gone,
                withdraw=REPLAY not in self.raw.columns,
            )
        duplicates = dropped.duplicates
        counts = Counts(written + len(rejections), written - duplicates, duplicates, len(rejections))
        stored = parquet_clause([self.staged]) if counts.stored else None
        return FileStage(
            outcome=FileImport(
                file=self.name,
                source=self.mapping.source,
                counts=counts,
                rows=self.raw.rows,
                reasons=dict(Counter(rejection.reason for rejection in rejections)),
                unusable_identifiers=self.numbering.unusable,
                replaced=len(dropped.replaced),
                notes=self.raw.notes or (() if self.raw.rows else (phrase("has no records"),)),
                unusable_rows=self._unusable_rows(),
            ),
            identifiers=self.numbering.table(self.connection, named_in=stored if unusable else None)
            if stored
            else None,
            evidence=self._evidence(stored, taken_back=len(dropped.replaced) > 0) if stored else None,
            replaced=dropped.replaced,
            origin=str(self.path.absolute()),
            log_file=describe_file(self.connection, self.staged) if stored else None,
            last_arrival=self.first_arrival + self.raw.rows - 1,
            rejections=tuple(rejections),
            replayed=self._replayed(),
        )

    def _unusable_rows(self) -> dict[str, int]:
        """By type, the first record with a value that points at nobody."""
        found: dict[str, int] = {}
        if REPLAY in self.raw.columns:
            return found
        for kind in self.numbering.unusable:
            value = f"_i_{kind} IN (SELECT raw FROM unlike_{kind} WHERE number IS NULL)"
            query = f"SELECT min({self.raw.number_sql}) FROM {self._resolved()} WHERE {value}"
            ((row,),) = self.connection.execute(query, self.compiled.used(query)).fetchall()
            found[kind] = int(row)
        return found

    def _resolved(self) -> str:
        return self.numbering.resolved(self.compiled, self.raw.relation)

    def _checks(self) -> list[Check]:
        nobody = " AND ".join(f"{number} IS NULL" for number in self.numbering.ranked())
        came = "concat_ws(', ', " + ", ".join(f"_i_{kind}" for kind in self.mapping.identifiers) + ")"
        message = _no_identifier(list(self.mapping.identifiers))
        checks = [
            *self.compiled.checks,
            Check("identifiers", "no_identifier", message, nobody, f"nullif({came}, '')"),
        ]
        if self.mapping.one_per:
            keys = self._group_columns()
            message = phrase(
                "expected all rows of the same {columns} to be usable, another one is not",
                columns=", ".join(self.mapping.one_per),
            )
            checks.append(Check("one_per", "incomplete", message, f"({keys}) IN (SELECT ({keys}) FROM incomplete)"))
        return checks

    def _check_unseen(self, written: int) -> None:
        """Where nothing can be used and a column was never seen, it is the mapping that does not fit, not the rows."""
        if written == 0 and self.raw.unseen and REPLAY not in self.raw.columns:
            fields = [name for name in self.raw.columns if name not in self.raw.unseen]
            raise missing_columns(sorted(self.raw.unseen), fields, file=self.name, source=self.mapping.source)

    def _note_unfinished(self) -> None:
        """The records with an interaction that cannot be used."""
        if self.mapping.version is None or self.mapping.version.of is None:
            return
        query = f"SELECT DISTINCT {record_sql(self.mapping)} AS record FROM {self._resolved()} WHERE NOT ({good_sql(self._checks())})"
        named = f"CREATE TABLE {UNFINISHED} AS SELECT record FROM ({query}) WHERE record IS NOT NULL"
        self.connection.execute(named, self.compiled.used(named))

    def _write(self) -> tuple[int, int]:
        """Write the good records as a file of the log; gives how many there are, and of how many rows."""
        source = self._resolved()
        if self.mapping.one_per:
            source = self._one_per(source)
        else:
            source = f"(SELECT * FROM {source} WHERE {good_sql(self._checks())})"
        model = sentiment_model(self.workspace.section("sentiment"))
        if self._has_texts():
            source = with_sentiment(self.connection, source, self.compiled, model=model)
        query = f"SELECT {self._log_columns()} FROM {source}"
        self.connection.execute(
            f"COPY ({query}) TO {literal(str(self.staged))} {COPY_OPTIONS}",
            self.compiled.used(query),
        )
        written = self._count(f"read_parquet({literal(str(self.staged))}, hive_partitioning = false)")
        return written, self._count("good") if self.mapping.one_per else written

    def _one_per(self, resolved: str) -> str:
        """Rows with the same values in the columns of ``one_per`` as one: numbers summed, the rest from the first row.

        Where a row of them cannot be used, all of them wait in quarantine: half an invoice is no invoice.
        """
        keys = self._group_columns()
        complete = " AND ".join(f"{key} IS NOT NULL" for key in keys.split(", "))
        self.connection.execute(
            f"CREATE TABLE incomplete AS SELECT {keys} FROM {resolved} WHERE false", self.compiled.used(resolved)
        )
        bad = f"INSERT INTO incomplete SELECT DISTINCT {keys} FROM {resolved} WHERE {complete} AND NOT ({good_sql(self._checks()[:-1])})"
        self.connection.execute(bad, self.compiled.used(bad))
        good = f"CREATE TABLE good AS SELECT * FROM {resolved} WHERE {good_sql(self._checks())}"
        self.connection.execute(good, self.compiled.used(good))
        picked = [
            f"min({ROW}) AS {ROW}",
            f"concat_ws('-', {keys}) AS _group_id",
            f"concat_ws(chr(31), {keys}) AS _group_key",
        ]
        for name in self.compiled.columns:
            if name == "_v_version":
                picked.append(f"max({name}) AS {name}")
            elif not name.startswith("_g_"):
                picked.append(
                    f"sum({name}) AS {name}" if name.startswith("_n_") else f"arg_min({name}, {ROW}) AS {name}"
                )
        picked += [f"arg_min({number}, {ROW}) AS {number}" for number in self.numbering.ranked()]
        return f"(SELECT {', '.join(picked)} FROM good GROUP BY {keys})"

    def _group_columns(self) -> str:
        return ", ".join(f"_g_{place}" for place in range(len(self.mapping.one_per)))

    def _log_columns(self) -> str:
        """The columns of the log that this file has something for; a reader takes the others for empty."""
        ranked = self.numbering.ranked()
        anchor = f"coalesce({', '.join(ranked)})"
        columns = {
            "arrival": f"{self.first_arrival - 1} + {ROW}",
            "fingerprint": fingerprint_sql(self.mapping, self.raw, self.compiled),
            "anchor": anchor,
        }
        if len(ranked) > 1:
            further = f"list_filter([{', '.join(ranked)}], lambda _number: _number IS NOT NULL AND _number <> {anchor})"
            columns["identifiers"] = f"list_distinct({further})"
        for each in FIELDS:
            value = self._field_sql(each.name)
            if value is not None:
                columns[each.name] = value
        if self.mapping.attributes or "_turns" in self.compiled.columns:
            columns["attributes"] = self._attributes()
        if self.mapping.version is not None:
            columns["version"] = "_v_version"
            columns |= {"record": record_sql(self.mapping)} if self.mapping.version.of else {}
        return ", ".join(f"{sql} AS {identifier(name)}" for name, sql in columns.items())

    def _field_sql(self, name: str) -> str | None:
        if name == "source":
            return literal(self.mapping.source)
        column = output_column(name)
        known = column in self.compiled.columns
        if name == "sentiment" and self._has_texts():
            return f"coalesce({column}, _sentiment)" if known else "_sentiment"
        if name == "id" and self.mapping.one_per:
            return f"coalesce({column}, _group_id)" if known else "_group_id"
        return column if known else None

    def _has_texts(self) -> bool:
        return bool({"_t_text", "_turns"} & self.compiled.columns.keys())

    def _attributes(self) -> str:
        found = {name: f"_a_{place}" for place, name in enumerate(self.mapping.attributes)}
        if "_turns" in self.compiled.columns:
            found[CURVE] = f"coalesce({found[CURVE]}, _curve)" if CURVE in found else "_curve"
        entries = ", ".join(f"{{'k': {literal(name)}, 'v': {value}}}" for name, value in found.items())
        return f"map_from_entries(list_filter([{entries}], lambda _entry: _entry.v IS NOT NULL))"

    def _evidence(self, stored: str, *, taken_back: bool) -> pyarrow.Table | None:
        """Every two identifiers that were seen in one interaction, counted; those of replaced ones are counted off."""
        count = len(self.mapping.identifiers)
        seen = f"SELECT anchor, identifiers, occurred_at, arrival, 1 AS observed FROM {stored}"
        if taken_back:
            seen += " UNION ALL SELECT anchor, identifiers, occurred_at, arrival, -1 FROM replaced"
            ((most,),) = self.connection.execute("SELECT coalesce(max(len(identifiers)), 0) FROM replaced").fetchall()
            count = max(count, most + 1)
        if count < 2:
            return None
        listed = " UNION ALL ".join(
            f"SELECT seen[{left}] AS one, seen[{right}] AS other, occurred_at, arrival, observed FROM seen WHERE len(seen) >= {right}"
            for left in range(1, count)
            for right in range(left + 1, count + 1)
        )
        query = f"""
            WITH seen AS (SELECT list_prepend(anchor, identifiers) AS seen, occurred_at, arrival, observed
                          FROM ({seen}) WHERE len(identifiers) > 0)
            SELECT least(one, other) AS first, greatest(one, other) AS second, {literal(self.mapping.source)} AS source,
                   epoch_us(min(occurred_at)) AS first_at, epoch_us(max(occurred_at)) AS last_at,
                   sum(observed)::BIGINT AS observations, min(arrival) AS sample_arrival
            FROM ({listed}) GROUP BY ALL HAVING sum(observed) <> 0 ORDER BY first, second
            """
        return self.connection.cursor().sql(query).to_arrow_table()

    def _replayed(self) -> tuple[int, ...]:
        """Numbers of the quarantined rows among the records that were good."""
        if REPLAY not in self.raw.columns:
            return ()
        query = (
            f"SELECT TRY_CAST({identifier(REPLAY)} AS BIGINT) FROM {self._resolved()} WHERE {good_sql(self._checks())}"
        )
        rows = self.connection.execute(query, self.compiled.used(query)).fetchall()
        return tuple(int(number) for (number,) in rows if number is not None)

    def _count(self, relation: str) -> int:
        ((count,),) = self.connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        return int(count)


def _no_identifier(kinds: list[str]) -> Phrase:
    if len(kinds) == 1:
        return phrase("expected a usable {kinds}", kinds=kinds[0])
    return phrase("expected a usable {kinds} or {last}", kinds=", ".join(kinds[:-1]), last=kinds[-1])
