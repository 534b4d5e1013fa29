"""Rows that could not be used: list them, take them out to be mended, feed them back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desireline.base import InputError, Progress, SilentProgress, phrase
from desireline.sources import tables
from desireline.sources.fingerprint import REPLAY
from desireline.sources.formats import all_formats
from desireline.sources.importing import Stages, saved_mapping, staging
from desireline.sources.mapping import Mapping, ReadOptions, mapping_from_text
from desireline.sources.mending import REASON, MendedRow, flat, mended_rows
from desireline.sources.model import Counts, FileImport, ImportResult
from desireline.sources.origins import is_origin
from desireline.sources.tables import QuarantinedRow
from desireline.store import Workspace


def list_quarantine(
    workspace: Workspace,
    *,
    source: str | None = None,
    reason: str | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[QuarantinedRow]:
    """The rows that wait to be mended, oldest first.

    Parameters
    ----------
    source, reason
        Only those of a source, only those that wait for a reason.
    after
        Only those behind the row with this number.
    limit
        The most.
    """
    with workspace.database.reading() as connection:
        return tables.waiting_rows(connection, source=source, reason=reason, after=after, limit=limit)


def columns_to_mend(workspace: Workspace, source: str) -> list[str]:
    """The columns that the mapping of a source reads: whoever mends an unreadable row needs them."""
    return _columns_of(workspace, source)


def waiting_reasons(workspace: Workspace) -> dict[str, list[tuple[str, int]]]:
    """By source: why rows wait, and how many, most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {}
    with workspace.database.reading() as connection:
        for source, reason, count in tables.waiting_counts(connection):
            found.setdefault(source, []).append((reason, count))
    return found


def source_summaries(workspace: Workspace) -> list[tables.SourceSummary]:
    """Every source with the sums over its imports."""
    with workspace.database.reading() as connection:
        return tables.summaries(connection)


def export_quarantine(workspace: Workspace, target: Path, *, source: str) -> int:
    """Write the waiting rows of a source to a file, with their own columns, their number and the reason.

    Parameters
    ----------
    target
        ``.csv`` or ``.jsonl``; cells of a CSV file stand exactly as they came, so mend them with an editor that does not
        run formulas.

    Returns
    -------
    How many rows were written.

    Raises
    ------
    InputError
        Nothing of that source waits, or the ending of the file is another.
    """
    rows = list_quarantine(workspace, source=source)
    if not rows:
        raise InputError(phrase("no row of source {source!r} is in quarantine", source=source))
    if target.suffix == ".csv":
        notes = [{REPLAY: str(row.id), REASON: _reason(row)} for row in rows]
        records = [{**note, **flat(row.values())} for note, row in zip(notes, rows, strict=True)]
        _write_csv(target, records, also=_columns_of(workspace, source))
    elif target.suffix in (".jsonl", ".ndjson"):
        with target.open("w", encoding="utf-8") as file:
            file.writelines(_line(row) for row in rows)
    else:
        raise InputError(phrase("expected a file that ends in .csv or .jsonl, got {target}", target=target))
    return len(rows)


def _reason(row: QuarantinedRow) -> str:
    return f"{row.field}: {row.message}"


def _line(row: QuarantinedRow) -> str:
    """A row as a line of JSON: its own text stays as it came, to the letter."""
    notes = json.dumps({REPLAY: row.id, REASON: _reason(row)}, ensure_ascii=False)
    own = " ".join(row.record.splitlines()).strip()[1:-1].strip()
    return f"{notes[:-1]}, {own}}}\n" if own else f"{notes}\n"


def replay_quarantine(
    workspace: Workspace,
    *,
    source: str,
    mended: Path | None = None,
    mapping: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Feed rows back: what can be used now is stored and leaves the quarantine, the rest stays with its new reason.

    Parameters
    ----------
    mended
        A file that :func:`export_quarantine` wrote and somebody mended; without it the rows are tried as they are,
        which helps after the mapping or the settings have changed.
    mapping
        YAML of another mapping than the one the source was last imported with.

    Raises
    ------
    InputError
        The mended file cannot be read, or holds a row that was never in quarantine; nothing has changed then.
    """
    checked = mapping_from_text(mapping or saved_mapping(workspace, source), where=f"of source {source}")
    if checked.source != source:
        raise InputError(
            phrase(
                "expected a mapping of the source {source!r}, got one of {source_2!r}",
                source=source,
                source_2=checked.source,
            )
        )
    with workspace.database.reading() as connection:
        newest = tables.newest_attempts(connection, source=source)
        waiting = {row.id: row for row in tables.waiting_rows(connection, source=source)}
    if not newest:
        raise InputError(phrase("no row of source {source!r} was ever in quarantine", source=source))
    if mended is None:
        rows, used = as_they_are(source, list(waiting.values())), 0
    else:
        rows, used = mended_rows(mended, waiting, newest)
    with fed_back(workspace, rows, checked, progress=progress or SilentProgress()) as stages:
        result = stages.accept({source: mapping} if mapping else {})
    if not used:
        return result
    return ImportResult((*result.files, FileImport(_label(source), source, Counts(used, 0, used, 0), used, {}, {})))


@contextmanager
def fed_back(
    workspace: Workspace, rows: Sequence[MendedRow], mapping: Mapping, *, progress: Progress
) -> Iterator[Stages]:
    """Rows of a source staged again in the form in which they were read; accept the stages, or look what would become of them."""
    named = mapping.read.format if mapping.read.format in all_formats() else None
    attempt = replace(mapping, read=ReadOptions(format=named, decimal=mapping.read.decimal))
    with TemporaryDirectory() as folder, staging(workspace) as stages:
        for path, join_folder in _files(rows, Path(folder)):
            stages.add(path, attempt, progress=progress, label=_label(mapping.source), join_folder=join_folder)
        yield stages


def _label(source: str) -> str:
    return f"quarantine of {source}"


def mend_rows(
    workspace: Workspace,
    changes: MappingType[int, MappingType[str, Any]],
    *,
    source: str,
    progress: Progress | None = None,
) -> ImportResult:
    """Feed rows back with what somebody put right in them; see :func:`replay_quarantine`.

    Parameters
    ----------
    changes
        By number of a row that waits: its columns with their values, all of them.

    Raises
    ------
    InputError
        Nothing was given, or a row does not wait any more; nothing has changed then.
    """
    waiting = {row.id: row for row in list_quarantine(workspace, source=source)}
    gone = sorted(set(changes) - set(waiting))
    if gone or not changes:
        named = f"row {gone[0]} of source {source!r} does not wait in quarantine" if gone else "expected rows, got none"
        raise InputError(named, hint=phrase("somebody mended it already; load the list again"))
    results = []
    with TemporaryDirectory() as folder:
        for name in ("mended.jsonl", "mended.csv"):
            path = Path(folder) / name
            chosen = [key for key in changes if (waiting[key].form == "document") == (path.suffix == ".jsonl")]
            if not chosen:
                continue
            records = [{REPLAY: key, **changes[key]} for key in chosen]
            if path.suffix == ".jsonl":
                path.write_text(
                    "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8"
                )
            else:
                _write_csv(path, [{name: _cell(value) for name, value in each.items()} for each in records])
            results.append(replay_quarantine(workspace, source=source, mended=path, progress=progress))
    return ImportResult(tuple(each for result in results for each in result.files))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def as_they_are(source: str, waiting: Sequence[QuarantinedRow]) -> list[MendedRow]:
    """Rows to be fed back without a change; those that are unreadable as rows stay where they are.

    Raises
    ------
    InputError
        All of them are.
    """
    rows = [MendedRow(row, row.form, row.record) for row in waiting if row.form != "unreadable"]
    if waiting and not rows:
        raise InputError(
            phrase("the rows of source {source!r} in quarantine are unreadable as rows", source=source),
            hint=phrase("mend them: desireline sources quarantine export {source} -o rows.csv", source=source),
        )
    return rows


def _files(rows: Sequence[MendedRow], folder: Path) -> Iterator[tuple[Path, Path]]:
    """The rows as files in the form in which they were read, so that they are known again as the same records.

    Beside each file: the folder with the files that the mapping joins.
    """
    parts: dict[tuple[Path, str], list[MendedRow]] = {}
    for row in rows:
        parts.setdefault((_join_folder(row.of.file), row.form), []).append(row)
    for place, ((join_folder, form), part) in enumerate(parts.items()):
        if form == "document":
            path = folder / f"{place}.jsonl"
            path.write_text("".join(_numbered(row) for row in part), encoding="utf-8")
        else:
            path = folder / f"{place}.csv"
            _write_csv(path, [{REPLAY: str(row.of.id), **json.loads(row.record)} for row in part])
        yield path, join_folder


def _join_folder(file: str) -> Path:
    return Path.cwd() if is_origin(file) else Path(file).parent


def _numbered(row: MendedRow) -> str:
    own = " ".join(row.record.splitlines()).strip()[1:-1].strip()
    return f'{{"{REPLAY}":{row.of.id},{own}}}\n' if own else f'{{"{REPLAY}":{row.of.id}}}\n'


def _columns_of(workspace: Workspace, source: str) -> list[str]:
    """The columns that the mapping reads: whoever mends an unreadable row needs them."""
    return sorted(mapping_from_text(saved_mapping(workspace, source), where=f"of source {source}").columns())


def _write_csv(target: Path, records: Sequence[dict[str, Any]], also: Sequence[str] = ()) -> None:
    names = list(dict.fromkeys([*(name for record in records for name in record), *also]))
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
