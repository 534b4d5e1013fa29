"""Fields of the log beside the index: for each one an array by arrival number, mapped into memory.

    index/fields/KEY.values      the values of all arrival numbers up to some, one after the other
    index/fields/KEY.json        what they are, up to which arrival number, and the texts behind the codes

Arrival numbers are given once and what stands in the log under one never changes, so these files are only added to, whatever
happens to customers. What is behind the end that the description names does not count: a process that is killed while
it adds leaves what was there. They may be deleted, and are when the index is built from the log: it may be another log, put back
from a backup.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress, SilentProgress, WorkspaceError, phrase, reason_of
from desireline.interactions.condition import ATTRIBUTE_PREFIX
from desireline.journeys.fields import Vocabulary, encoded, missing, type_of
from desireline.journeys.index.reading import RowGroup, row_groups
from desireline.kernels.arrays import read_only
from desireline.kernels.selecting import values_by_arrival
from desireline.store import Workspace

FORMAT = 1
FIELDS = "fields"
"""The folder within that of the index."""
_FILLED_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class StoredFields:
    """Open fields; a :class:`~desireline.journeys.fields.FieldSource`.

    Attributes
    ----------
    columns
        By name, [a]: the value of each arrival number.
    values
        By name of a text: the texts by code.
    """

    columns: Mapping[str, NDArray[Any]]
    values: Mapping[str, tuple[str, ...]]

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        """See :meth:`FieldSource.of`."""
        return values_by_arrival(self.columns[name], read_only(arrivals), missing(name))


def open_fields(
    workspace: Workspace, names: Iterable[str], *, last_arrival: int, progress: Progress | None = None
) -> StoredFields:
    """Open fields up to an arrival number; those that are missing or not up to it are read from the log first.

    Raises
    ------
    WorkspaceError
        They have to be written and cannot be.
    """
    columns, values = {}, {}
    for name in names:
        field = _Field(workspace.index_folder / FIELDS, name)
        if field.covered() <= last_arrival:
            with workspace.exclusive("fields"):
                try:
                    field.extend(workspace, last_arrival, progress or SilentProgress())
                except OSError as error:
                    raise WorkspaceError(
                        phrase(
                            "the field {name} cannot be written to {folder}: {strerror}",
                            name=name,
                            folder=field.folder,
                            strerror=reason_of(error),
                        ),
                        hint=phrase("make room on the disk and try again"),
                    ) from error
        columns[name], values[name] = field.open()
    return StoredFields(columns, values)


def field_rows(group: RowGroup, name: str, words: Vocabulary) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Arrival numbers and values of one row group; a file that does not have the field misses every value."""
    import pyarrow.compute as pc

    with group.open() as file:
        column = "attributes" if name.startswith(ATTRIBUTE_PREFIX) else name
        is_there = column in file.schema_arrow.names
        wanted = ["arrival", "channel", column] if is_there else ["arrival"]
        rows = file.read_row_group(group.place, columns=wanted, use_threads=False)
    arrivals = np.asarray(rows.column("arrival").combine_chunks())
    if not is_there:
        return arrivals, np.full(len(arrivals), missing(name), type_of(name))
    found = rows.column(column)
    if column == "attributes":
        found = pc.map_lookup(found, name.removeprefix(ATTRIBUTE_PREFIX), "first")
    return arrivals, encoded(name, found, rows.column("channel"), words)


class _Field:
    """The files of one field."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        key = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._values = folder / f"{key}.values"
        self._description = folder / f"{key}.json"

    def covered(self) -> int:
        """How many arrival numbers are in; 0 where there is nothing, or it is damaged."""
        said = self._said()
        return 0 if said is None else int(said["covered"])

    def open(self) -> tuple[NDArray[Any], tuple[str, ...]]:
        """The values by arrival number, and the texts by code."""
        said = self._said()
        if said is None or not said["covered"]:
            return np.empty(0, type_of(self.name)), ()
        mapped = np.memmap(self._values, type_of(self.name), "r", shape=(int(said["covered"]),))
        return read_only(np.asarray(mapped)), tuple(said["texts"])

    def extend(self, workspace: Workspace, last_arrival: int, progress: Progress) -> None:
        """Add what the log has behind the end; another process may have done it meanwhile."""
        said = self._said()
        covered = 0 if said is None else int(said["covered"])
        if covered > last_arrival:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        words = Vocabulary([] if said is None else list(said["texts"]))
        kind = np.dtype(type_of(self.name))
        with self._values.open("r+b" if covered else "wb") as file:
            file.truncate(covered * kind.itemsize)
            file.truncate((last_arrival + 1) * kind.itemsize)
        values = np.memmap(self._values, kind, "r+", shape=(last_arrival + 1,))
        for start in range(covered, last_arrival + 1, _FILLED_AT_ONCE):
            values[start : start + _FILLED_AT_ONCE] = missing(self.name)
        groups = row_groups(workspace, after_arrival=covered - 1)
        for done, group in enumerate(groups, start=1):
            arrivals, found = field_rows(group, self.name, words)
            new = (arrivals >= covered) & (arrivals <= last_arrival)
            values[arrivals[new]] = found[new]
            progress.step(f"reading {self.name}", done=done, total=len(groups))
        values.flush()
        described = {"format": FORMAT, "field": self.name, "covered": last_arrival + 1, "texts": words.values}
        temporary = self._description.with_suffix(".new")
        temporary.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self._description)

    def _said(self) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads(self._description.read_text(encoding="utf-8"))
            size = int(said["covered"]) * np.dtype(type_of(self.name)).itemsize
            whole = said["format"] == FORMAT and said["field"] == self.name and isinstance(said["texts"], list)
            return said if whole and self._values.stat().st_size >= size else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
