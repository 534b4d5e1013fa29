"""Accepting interactions: log, identifiers and evidence, and what else came with them, all or nothing.

Two stores have to agree, and a process can die at any moment. The order makes it safe:

1. the files of the log are staged: nobody reads them yet;
2. one transaction enters the batch as *prepared*, with identifiers, evidence and what the caller adds;
3. one commit of the log makes the interactions visible, takes out those that they replace, and notes the number of the
   batch: **this is the moment**;
4. the batch is marked *committed*.

Whoever opens the workspace next, looks for prepared batches: noted in the log means done, else it is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.base import WorkspaceError
from desireline.interactions import tables
from desireline.interactions.identifiers import IdentifierSettings
from desireline.interactions.log_files import NOT_REWRITTEN, rewrite_without
from desireline.store import StagedFile, Workspace, open_workspace
from desireline.store.database import insert_columns

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Batch:
    """Interactions to be accepted together.

    Attributes
    ----------
    files
        Staged files of the log; there may be none.
    last_arrival
        The largest arrival number in them; -1 where there are no files.
    identifiers
        Columns id, type, value; those that are known already are left alone.
    evidence
        Columns first, second, source, first_at, last_at, observations, sample_arrival; negative observations take back what
        replaced interactions had brought.
    replaced
        Arrival numbers that leave the log with the batch, ascending.
    """

    files: Sequence[StagedFile]
    last_arrival: int
    identifiers: dict[str, list[int] | list[str]] = field(default_factory=dict)
    evidence: dict[str, list[int] | list[str]] = field(default_factory=dict)
    replaced: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def changes_log(self) -> bool:
        """Whether the log is another one afterwards."""
        return bool(self.files) or len(self.replaced) > 0


def next_arrival(workspace: Workspace) -> int:
    """The first arrival number that is free; call it under the lock of the log."""
    with workspace.database.reading() as connection:
        return tables.largest_arrival(connection) + 1


def accept(workspace: Workspace, batch: Batch, *, also: Callable[[sa.Connection, int], None] | None = None) -> int:
    """Accept a batch; call it under the lock of the log. What fails before the log names the batch leaves nothing behind.

    Parameters
    ----------
    also
        Writes what belongs to the batch in tables of the caller, in the same transaction; it gets the number of the
        batch. Rows of the caller should refer to the batch with ON DELETE CASCADE, so that they go when it is taken back.

    Returns
    -------
    The number of the batch.
    """
    _settle(workspace)
    rewriting = NOT_REWRITTEN
    try:
        rewriting = rewrite_without(workspace.log, batch.replaced)
        number = _prepare(workspace, batch, also)
        if batch.changes_log:
            workspace.log.commit([*batch.files, *rewriting.files], batch=number, removed=rewriting.removed)
    except BaseException:
        _settle(workspace)
        workspace.log.remove([file.name for file in (*batch.files, *rewriting.files)])
        raise
    if batch.changes_log:
        with workspace.database.writing() as connection:
            tables.mark_committed(connection, number)
        workspace.log.remove_strays()
    return number


def _prepare(workspace: Workspace, batch: Batch, also: Callable[[sa.Connection, int], None] | None) -> int:
    state = tables.PREPARED if batch.changes_log else tables.COMMITTED
    with workspace.database.writing() as connection:
        number = tables.new_batch(
            connection,
            interactions=sum(file.rows for file in batch.files),
            last_arrival=batch.last_arrival,
            state=state,
        )
        _insert(connection, number, batch)
        if also is not None:
            also(connection, number)
    return number


def recover(workspace: Workspace) -> None:
    """Finish or take back what a killed process left half done; does nothing while another process is at it."""
    with workspace.exclusive_if_free("log") as free:
        if not free:
            return
        if _settle(workspace) or _has_strays(workspace):
            workspace.log.remove_strays()
            _empty(workspace)


def _settle(workspace: Workspace) -> bool:
    """Mark or take back prepared batches, whoever prepared them; gives whether there were any. Under the lock of the log.

    Must be done before another batch is accepted: the log remembers only the newest number.
    """
    with workspace.database.reading() as connection:
        prepared = tables.prepared_batches(connection)
    if not prepared:
        return False
    in_log = workspace.log.last_batch()
    with workspace.database.writing() as connection:
        for number in prepared:
            if number <= in_log:
                tables.mark_committed(connection, number)
            else:
                tables.forget_batch(connection, number)
    return True


def _insert(connection: sa.Connection, number: int, batch: Batch) -> None:
    rows = len(next(iter(batch.identifiers.values()), []))
    if rows:
        columns = {**batch.identifiers, "batch_id": [number] * rows}
        insert_columns(connection, tables.identifiers, columns, keep_existing=True)
    rows = len(next(iter(batch.evidence.values()), []))
    if rows:
        insert_columns(connection, tables.evidence, {**batch.evidence, "batch_id": [number] * rows})
    gone = {"batch_id": [number] * len(batch.replaced), "arrival": batch.replaced.tolist()}
    insert_columns(connection, tables.replaced, gone)


def _has_strays(workspace: Workspace) -> bool:
    return workspace.staging_folder.exists() and any(workspace.staging_folder.iterdir())


def _empty(workspace: Workspace) -> None:
    import shutil

    try:
        for entry in workspace.staging_folder.glob("*"):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    except OSError as error:
        raise WorkspaceError(f"{workspace.staging_folder} cannot be cleared: {error.strerror}") from error


def open_recovered(folder: Path) -> Workspace:
    """Open a workspace; what a killed process left half done is finished or taken back.

    Raises
    ------
    WorkspaceError
        The folder is no workspace, or was written by a newer version.
    SettingsError
        Its settings say something that cannot be.
    """
    workspace = open_workspace(folder)
    IdentifierSettings.read(workspace.section("identifiers"))
    recover(workspace)
    return workspace
