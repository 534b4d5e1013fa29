"""The interaction log as a Delta table: files are written first, one commit makes them part of the table.

A commit may also take files out. They stay on the disk for :data:`KEPT_FOR`, so that whoever opened the log before can finish.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.base import WorkspaceError, phrase

if TYPE_CHECKING:
    import pyarrow
    from deltalake import DeltaTable

_APPLICATION = "desireline"
KEPT_FOR = timedelta(hours=6)
"""How long a data file stays that a commit took out of the log: longer than any question takes."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A Parquet file that lies in the log's folder and is not part of the log yet.

    Attributes
    ----------
    name
        File name within the folder.
    rows
        Number of rows.
    smallest, largest
        Statistics for the commit, by column: JSON values.
    """

    name: str
    rows: int
    smallest: dict[str, int | str]
    largest: dict[str, int | str]


@dataclass(frozen=True)
class _Seen:
    """The table as one commit left it.

    Attributes
    ----------
    folder_state
        Of the folder of the commits when the table was read: its number on the disk and when an entry of it last changed.
    """

    table: DeltaTable
    folder_state: tuple[int, int]

    @cached_property
    def version(self) -> int:
        """The number of the commit."""
        return self.table.version()

    @cached_property
    def ranges(self) -> tuple[tuple[str, int, int], ...]:
        """Name, smallest and largest arrival number of every data file, in the order of arrival."""
        import pyarrow as pa

        actions = pa.table(self.table.get_add_actions(flatten=True)).to_pylist()
        found = [(action["path"], action["min.arrival"], action["max.arrival"]) for action in actions]
        return tuple(sorted(found, key=lambda each: each[1]))


class LogTable:
    """The Delta table in one folder.

    Readers see the files of the last commit; a file that was staged and never committed is not there for them. What was read is
    kept until there is another commit, whoever makes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: _Seen | None = None

    def create(self, schema: pyarrow.Schema) -> None:
        """Make an empty table."""
        from deltalake import DeltaTable

        self.folder.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            str(self.folder),
            schema,
            name="interactions",
            configuration={
                "delta.logRetentionDuration": "interval 30 days",
                "delta.deletedFileRetentionDuration": f"interval {KEPT_FOR // timedelta(hours=1)} hours",
            },
        )

    def identity(self) -> str:
        """What tells this log from every other: the number that Delta gave the table when it was made."""
        return str(self._seen().table.metadata().id)

    def version(self) -> int:
        """The number of the last commit."""
        return self._seen().version

    def last_arrival(self) -> int:
        """The largest arrival number in the log; -1 where it is empty."""
        return max((last for _, _, last in self._seen().ranges), default=-1)

    def files(self, *, after_arrival: int = -1) -> list[Path]:
        """The data files of the last commit, in the order in which their interactions arrived.

        Parameters
        ----------
        after_arrival
            Only files that may hold interactions with a larger arrival number.
        """
        return [self.folder / name for name, _, last in self._seen().ranges if last > after_arrival]

    def files_with(self, arrivals: NDArray[np.int64]) -> list[Path]:
        """The data files that hold interactions with these arrival numbers: int64, ascending."""
        found = []
        for name, first, last in self._seen().ranges:
            low, high = np.searchsorted(arrivals, (first, last + 1))
            if low < high:
                found.append(self.folder / name)
        return found

    def last_batch(self) -> int:
        """The number of the newest batch that is in the log; 0 where there is none."""
        version = self._seen().table.transaction_version(_APPLICATION)
        return 0 if version is None else int(version)

    def commit(self, files: Sequence[StagedFile], *, batch: int, removed: Sequence[str] = ()) -> None:
        """Make staged files part of the log, all of them at once, and note the batch in the same commit.

        Parameters
        ----------
        removed
            Names of data files that are no longer part of the log from this commit on.
        """
        from deltalake import CommitProperties, Transaction
        from deltalake.transaction import AddAction, RemoveAction

        table = self._table()
        for file in files:
            _flush(self.folder / file.name)
        now = int(time.time() * 1000)
        actions: list[AddAction | RemoveAction] = [
            AddAction(
                path=file.name,
                size=(self.folder / file.name).stat().st_size,
                partition_values={},
                modification_time=now,
                data_change=True,
                stats=json.dumps({"numRecords": file.rows, "minValues": file.smallest, "maxValues": file.largest}),
            )
            for file in files
        ]
        actions += [
            RemoveAction(
                path=name,
                data_change=True,
                deletion_timestamp=now,
                size=(self.folder / name).stat().st_size,
                partition_values={},
            )
            for name in removed
        ]
        _flush(self.folder)
        table.create_write_transaction(
            actions,
            mode="append",
            schema=table.schema(),
            commit_properties=CommitProperties(app_transactions=[Transaction(_APPLICATION, batch)]),
        )
        for commit in sorted(self._commits.glob("*.json"))[-1:]:
            _flush(commit)
        _flush(self._commits)

    def remove_strays(self) -> None:
        """Delete data files that no reader needs: what a killed import left behind, and what was taken out long ago."""
        self.remove([path.name for path in self.folder.glob("*.parquet")])

    def remove(self, names: Sequence[str]) -> None:
        """Delete those of the data files that no commit names, or that were taken out longer ago than :data:`KEPT_FOR`."""
        known = {name for name, _, _ in self._seen().ranges} | self._lately_removed()
        for name in names:
            if name not in known:
                with suppress(PermissionError):  # open somewhere, on Windows: it goes the next time
                    (self.folder / name).unlink(missing_ok=True)

    def _lately_removed(self) -> set[str]:
        """The data files that commits took out within :data:`KEPT_FOR`."""
        since = time.time() - KEPT_FOR.total_seconds()
        recent = [path for path in self._commits.glob("*.json") if path.stat().st_mtime >= since]
        actions = [json.loads(line) for path in recent for line in path.read_text(encoding="utf-8").splitlines()]
        gone = [action["remove"] for action in actions if "remove" in action]
        return {each["path"] for each in gone if each["deletionTimestamp"] >= since * 1000}

    def _seen(self) -> _Seen:
        """The table as it is now: read again where the next commit is there, or the folder of the commits has changed."""
        last = self._last
        if last is not None and self._is_last(last):
            return last
        state = self._folder_state()
        self._last = found = _Seen(self._table(), state)
        return found

    def _is_last(self, seen: _Seen) -> bool:
        """The next commit is looked for by name, for two changes of a folder may have the same time."""
        following = self._commits / f"{seen.version + 1:020}.json"
        return not following.exists() and self._folder_state() == seen.folder_state

    @property
    def _commits(self) -> Path:
        return self.folder / "_delta_log"

    def _folder_state(self) -> tuple[int, int]:
        try:
            found = self._commits.stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def _table(self) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        try:
            return DeltaTable(str(self.folder))
        except DeltaError as error:
            raise WorkspaceError(
                phrase("the log {folder} cannot be read: {error}", folder=self.folder, error=error)
            ) from error


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk; where folders cannot be opened, they always are."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
