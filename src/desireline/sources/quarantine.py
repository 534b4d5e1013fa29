"""Rows that could not be used: list them, take them out to be mended, feed them back."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desireline.base import InputError, Progress, SilentProgress
from desireline.sources import tables
from desireline.sources.importing import saved_mapping, staging
from desireline.sources.mapping import ReadOptions, mapping_from_text
from desireline.sources.model import ImportResult
from desireline.sources.staging import REASON, REPLAY
from desireline.sources.tables import QuarantinedRow
from desireline.store import Workspace


def list_quarantine(
    workspace: Workspace, *, source: str | None = None, limit: int | None = None
) -> list[QuarantinedRow]:
    """The rows that wait to be mended, oldest first."""
    with workspace.database.reading() as connection:
        return tables.waiting_rows(connection, source=source, limit=limit)


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
        raise InputError(f"no row of source {source!r} is in quarantine")
    notes = [{REPLAY: str(row.id), REASON: f"{row.field}: {row.message}"} for row in rows]
    records = [{**note, **row.values()} for note, row in zip(notes, rows, strict=True)]
    if target.suffix == ".csv":
        _write_csv(target, [_flat(record) for record in records], also=_columns_of(workspace, source))
    elif target.suffix in (".jsonl", ".ndjson"):
        _write_lines(target, records)
    else:
        raise InputError(f"expected a file that ends in .csv or .jsonl, got {target}")
    return len(rows)


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
        The file cannot be read, or nothing waits.
    """
    checked = mapping_from_text(mapping or saved_mapping(workspace, source), where=f"of source {source}")
    waiting = list_quarantine(workspace, source=source)
    if not waiting:
        raise InputError(f"no row of source {source!r} is in quarantine")
    if mended is not None and not mended.exists():
        raise InputError(f"there is no file {mended}")
    attempt = replace(checked, read=ReadOptions(decimal=checked.read.decimal))
    with TemporaryDirectory() as folder, staging(workspace) as stages:
        for path in [mended] if mended is not None else _as_they_are(waiting, Path(folder)):
            stages.add(
                path,
                attempt,
                progress=progress or SilentProgress(),
                label=f"quarantine of {source}",
                join_folder=Path(waiting[0].file).parent,
            )
        return stages.accept({source: mapping} if mapping else {})


def _as_they_are(rows: Sequence[QuarantinedRow], folder: Path) -> list[Path]:
    """The rows as files in the form in which they were read, so that they are known again as the same records."""
    columns = [row for row in rows if row.form == "columns"]
    documents = [row for row in rows if row.form == "document"]
    if not columns and not documents:
        raise InputError(
            f"the rows of source {rows[0].source!r} in quarantine are unreadable as rows",
            hint=f"mend them: desireline sources quarantine export {rows[0].source} -o rows.csv",
        )
    files = []
    if columns:
        files.append(folder / "rows.csv")
        _write_csv(files[-1], [{REPLAY: str(row.id), **row.values()} for row in columns])
    if documents:
        files.append(folder / "rows.jsonl")
        lines = [f'{{"{REPLAY}":{row.id},{row.record[1:]}\n' for row in documents]
        files[-1].write_text("".join(lines), encoding="utf-8")
    return files


def _columns_of(workspace: Workspace, source: str) -> list[str]:
    """The columns that the mapping reads: whoever mends an unreadable row needs them."""
    return sorted(mapping_from_text(saved_mapping(workspace, source), where=f"of source {source}").columns())


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested values under dotted names, as mappings name them."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = json.dumps(value) if isinstance(value, list) else value
    return flat


def _write_csv(target: Path, records: Sequence[dict[str, Any]], also: Sequence[str] = ()) -> None:
    names = list(dict.fromkeys([*(name for record in records for name in record), *also]))
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


def _write_lines(target: Path, records: Sequence[dict[str, Any]]) -> None:
    with target.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
