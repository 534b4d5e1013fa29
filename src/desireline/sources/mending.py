"""Reading a file in which somebody mended rows: back into the form in which each row was read at first.

Only so is a mended row known as the same record when its file is imported once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from desireline.base import InputError, joined, phrase
from desireline.sources.files import file_kind_of
from desireline.sources.files.loading import ROW
from desireline.sources.fingerprint import REPLAY
from desireline.sources.mapping import ReadOptions
from desireline.sources.tables import QuarantinedRow
from desireline.store import connect_duckdb

REASON = "_reason"
"""The column that tells whoever mends a row what was wrong with it."""
RAW = "_raw"
"""The column with the text of a row that could not be read as one."""
_NOTES = (REPLAY, REASON, RAW)


@dataclass(frozen=True, slots=True)
class MendedRow:
    """A quarantined row and what it says now.

    Attributes
    ----------
    of
        The row that waits.
    form
        Whether ``record`` holds columns or is a JSON document.
    record
        JSON text of an object.
    """

    of: QuarantinedRow
    form: Literal["columns", "document", "unreadable"]
    record: str


def mended_rows(
    path: Path, waiting: Mapping[int, QuarantinedRow], newest: Mapping[int, int | None]
) -> tuple[list[MendedRow], int]:
    """The rows of a mended file that still wait, and how many others were used already.

    Parameters
    ----------
    waiting
        The rows that wait, by number.
    newest
        By number of a row: the number under which it waits today, ``None`` where it was used.

    Raises
    ------
    InputError
        The file cannot be read, or has rows without a number or with one that was never given.
    """
    records, documents = _read(path)
    problems, rows, used = [], {}, 0
    for place, record in records:
        number = _number(record.get(REPLAY))
        if number is None or number not in newest:
            problems.append(
                phrase("  row {place}: {replay} is {said!r}", place=place, replay=REPLAY, said=record.get(REPLAY))
            )
            continue
        today = newest[number]
        if today is None:
            used += 1
        else:
            rows[today] = _mended(waiting[today], record, documents=documents)
    if problems:
        raise InputError(
            phrase(
                "{path}: expected the number that each row has in quarantine\n{listing}",
                path=path,
                listing=joined(problems[:10], "\n"),
            ),
            hint=phrase(
                "keep the column {replay} of the exported file as it is; new rows belong into an import", replay=REPLAY
            ),
        )
    return list(rows.values()), used


def flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested values under dotted names, as mappings name them; lists as JSON."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, Mapping) and value:
            found.update(flat(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = _cell(value)
    return found


def _read(path: Path) -> tuple[list[tuple[int, dict[str, Any]]], bool]:
    kind = file_kind_of(path)
    with TemporaryDirectory() as folder, connect_duckdb() as connection:
        raw = kind.load(connection, path, options=ReadOptions(), columns=(REPLAY,), workplace=Path(folder))
        if raw.rejections:
            first = raw.rejections[0]
            raise InputError(
                phrase("{path}, row {row}: {message}", path=path, row=first.row, message=first.message),
                hint=phrase("nothing was fed back; mend it first"),
            )
        query = f"SELECT {ROW}, {raw.record_sql} FROM {raw.relation} ORDER BY {ROW}"
        rows = connection.execute(query).fetchall()
    return [(int(place), json.loads(text)) for place, text in rows], kind.name == "json"


def _number(value: Any) -> int | None:
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def _mended(row: QuarantinedRow, record: Mapping[str, Any], *, documents: bool) -> MendedRow:
    values = {key: value for key, value in record.items() if key not in _NOTES}
    if row.form == "document" or (row.form == "unreadable" and documents):
        original = {} if row.form == "unreadable" else row.values()
        if documents:
            same = values == original
            return MendedRow(row, "document", row.record if same else _text(values))
        changed = _patched(original, values)
        return MendedRow(row, "document", row.record if changed == original else _text(changed))
    return MendedRow(row, "columns", _text(flat(values)))


def _patched(original: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the cells of a table that say something else than it."""
    before = flat(original)
    patched = json.loads(json.dumps(original))
    for name, cell in cells.items():
        if (cell or "") != _shown(before.get(name)):
            put_value(patched, name, cell)
    return dict(patched)


def put_value(document: dict[str, Any], name: str, value: Any) -> None:
    """Change a document in place: the value under a dotted name."""
    if name in document:
        document[name] = value
        return
    *parents, last = name.split(".")
    for parent in parents:
        inner = document.setdefault(parent, {})
        if not isinstance(inner, dict):
            return
        document = inner
    document[last] = value


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else value


def _shown(value: Any) -> str:
    """What a spreadsheet shows of a value: blanks around it are not seen and come back or not."""
    return "" if value is None else str(value)


def _text(values: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)
