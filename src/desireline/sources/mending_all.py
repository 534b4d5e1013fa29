"""Rows in quarantine that wait for the same reason, all at once: corrected, tried again, or given up."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desireline.base import InputError, Progress, SilentProgress, UnknownNameError, closest_names, phrase
from desireline.interactions.accept import Batch, accept
from desireline.sources import tables
from desireline.sources.importing import saved_mapping
from desireline.sources.mapping import Mapping, mapping_from_text
from desireline.sources.mending import MendedRow, flat, put_value
from desireline.sources.model import ImportResult
from desireline.sources.quarantine import as_they_are, fed_back, list_quarantine
from desireline.sources.tables import QuarantinedRow
from desireline.store import Workspace

_COLUMN = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """The rows of a source that wait for a reason; ``None`` for any."""

    source: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What is put right in every row.

    Attributes
    ----------
    column
        The column, by its dotted name in a document.
    value
        What it says from now on; ``{column}`` stands for the value of another column.
    of
        Only where it says this now; ``None`` for all rows.
    """

    column: str
    value: str
    of: str | None = None


def try_again(
    workspace: Workspace, wanted: WaitingFor, correction: Correction | None = None, *, progress: Progress | None = None
) -> ImportResult:
    """Feed rows back as they are or with a correction: what can be used is stored, the rest stays with its new reason.

    It is one import: killed in the middle, nothing of it has happened.

    Raises
    ------
    InputError
        Nothing waits for that reason, or the correction cannot be; nothing has changed then.
    """
    rows, mapping = _attempt(workspace, wanted, correction)
    with fed_back(workspace, rows, mapping, progress=progress or SilentProgress()) as stages:
        return stages.accept({})


def preview_again(
    workspace: Workspace, wanted: WaitingFor, correction: Correction | None = None, *, progress: Progress | None = None
) -> ImportResult:
    """What :func:`try_again` would do; nothing is stored.

    Raises
    ------
    InputError
        As :func:`try_again` does.
    """
    rows, mapping = _attempt(workspace, wanted, correction)
    with fed_back(workspace, rows, mapping, progress=progress or SilentProgress()) as stages:
        return stages.found()


def give_up(workspace: Workspace, wanted: WaitingFor) -> int:
    """Let rows wait no longer, without using them; with ``one_per`` the other rows of their groups go with them.

    They stay in the database as they came, marked as done, and do not wait again when their file is imported once more.

    Returns
    -------
    How many rows.

    Raises
    ------
    InputError
        Nothing waits for that reason.
    """
    with workspace.exclusive("log"):
        chosen, others = _chosen(workspace, wanted, _mapping(workspace, wanted))
        numbers = [row.id for row in (*chosen, *others)]
        accept(
            workspace,
            Batch(files=[], last_arrival=-1),
            also=lambda connection, batch: tables.settle(connection, batch, numbers),
        )
    return len(numbers)


def _attempt(
    workspace: Workspace, wanted: WaitingFor, correction: Correction | None
) -> tuple[list[MendedRow], Mapping]:
    mapping = _mapping(workspace, wanted)
    chosen, others = _chosen(workspace, wanted, mapping)
    if correction is None:
        return as_they_are(wanted.source, [*chosen, *others]), mapping
    readable = [row for row in chosen if row.form != "unreadable"]
    _check(correction, readable, mapping)
    changed = [_corrected(row, correction) for row in readable if _applies(row, correction)]
    if not changed:
        raise InputError(
            phrase(
                "no row of source {source!r} that waits for it says {value!r} under {column}",
                source=wanted.source,
                value=correction.of,
                column=correction.column,
            ),
            hint=phrase("load the list again, and take the value as it stands there"),
        )
    left = [row for row in readable if not _applies(row, correction)] if mapping.one_per else []
    return [*changed, *(MendedRow(row, row.form, row.record) for row in (*left, *others))], mapping


def _mapping(workspace: Workspace, wanted: WaitingFor) -> Mapping:
    return mapping_from_text(saved_mapping(workspace, wanted.source), where=f"of source {wanted.source}")


def _chosen(
    workspace: Workspace, wanted: WaitingFor, mapping: Mapping
) -> tuple[list[QuarantinedRow], list[QuarantinedRow]]:
    """The rows that are meant; and those of the same groups, which come in as a whole or not at all."""
    waiting = list_quarantine(workspace, source=wanted.source)
    chosen = [row for row in waiting if wanted.reason in (None, row.reason)]
    if not chosen:
        raise InputError(
            phrase("no row of source {source!r} waits for that reason", source=wanted.source),
            hint=phrase("somebody mended it already; load the list again"),
        )
    if not mapping.one_per or len(chosen) == len(waiting):
        return chosen, []
    groups = {_group(row, mapping) for row in chosen}
    others = [row for row in waiting if row.reason != wanted.reason and row.form != "unreadable"]
    return chosen, [row for row in others if _group(row, mapping) in groups]


def _group(row: QuarantinedRow, mapping: Mapping) -> tuple[str, ...]:
    cells = flat(row.values())
    return tuple(_shown(cells.get(name)) for name in mapping.one_per)


def _check(correction: Correction, rows: Sequence[QuarantinedRow], mapping: Mapping) -> None:
    """Refuse a column that no row has, and one customer for all rows."""
    known = sorted({*mapping.columns(), *(name for row in rows[:1_000] for name in flat(row.values()))})
    for name in (correction.column, *_COLUMN.findall(correction.value)):
        if name not in known:
            close = closest_names(name, known)
            raise UnknownNameError(
                phrase("no row that waits has a column {name!r}", name=name),
                hint=phrase("did you mean {close}?", close=", ".join(close))
                if close
                else phrase("columns: {known}", known=", ".join(known[:40])),
            )
    read = {name for expression in mapping.identifiers.values() for name in expression.columns()}
    same = correction.value.strip() and not _COLUMN.search(correction.value)
    if correction.of is None and correction.column in read and same and len(rows) > 1:
        raise InputError(
            phrase(
                "with {value!r} under {column} all {count:,} rows would be of one customer",
                value=correction.value,
                column=correction.column,
                count=len(rows),
            ),
            hint=phrase("take the value of another column, written in braces, or give the rows up"),
        )


def _applies(row: QuarantinedRow, correction: Correction) -> bool:
    return correction.of is None or _shown(flat(row.values()).get(correction.column)) == correction.of.strip()


def _corrected(row: QuarantinedRow, correction: Correction) -> MendedRow:
    values = row.values()
    cells = flat(values)
    said = _COLUMN.sub(lambda found: _shown(cells.get(found[1])), correction.value)
    put_value(values, correction.column, said)
    return MendedRow(row, row.form, json.dumps(values, ensure_ascii=False))


def _shown(value: object) -> str:
    return "" if value is None else str(value).strip()
