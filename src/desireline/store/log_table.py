"""The interaction log as a Delta table: files are written first, one commit makes them part of the table."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import WorkspaceError

if TYPE_CHECKING:
    import pyarrow
    from deltalake import DeltaTable

_APPLICATION = "desireline"


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


class LogTable:
    """The Delta table in one folder.

    Readers see the files of the last commit; a file that was staged and never committed is not there for them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, schema: pyarrow.Schema) -> None:
        """Make an empty table."""
        from deltalake import DeltaTable

        self.folder.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            str(self.folder),
            schema,
            name="interactions",
            configuration={"delta.logRetentionDuration": "interval 30 days"},
        )

    def version(self) -> int:
        """The number of the last commit."""
        return self._table().version()

    def files(self) -> list[Path]:
        """The data files of the last commit, in the order in which their interactions arrived."""
        import pyarrow as pa

        actions = pa.table(self._table().get_add_actions(flatten=True)).to_pylist()
        ordered = sorted(actions, key=lambda action: action["min.arrival"])
        return [self.folder / action["path"] for action in ordered]

    def last_batch(self) -> int:
        """The number of the newest batch that is in the log; 0 where there is none."""
        version = self._table().transaction_version(_APPLICATION)
        return 0 if version is None else int(version)

    def commit(self, files: Sequence[StagedFile], *, batch: int) -> None:
        """Make staged files part of the log, all of them at once, and note the batch in the same commit."""
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
        _flush(self.folder)
        table.create_write_transaction(
            actions,
            mode="append",
            schema=table.schema(),
            commit_properties=CommitProperties(app_transactions=[Transaction(_APPLICATION, batch)]),
        )
        commits = self.folder / "_delta_log"
        for commit in sorted(commits.glob("*.json"))[-1:]:
            _flush(commit)
        _flush(commits)

    def remove_strays(self) -> None:
        """Delete data files that no commit names: what a killed import left behind."""
        self.remove([path.name for path in self.folder.glob("*.parquet")])

    def remove(self, names: Sequence[str]) -> None:
        """Delete those of the data files that no commit names."""
        known = {path.name for path in self.files()}
        for name in names:
            if name not in known:
                (self.folder / name).unlink(missing_ok=True)

    def _table(self) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        try:
            return DeltaTable(str(self.folder))
        except DeltaError as error:
            raise WorkspaceError(f"the log {self.folder} cannot be read: {error}") from error


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk; where folders cannot be opened, they always are."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
