"""Fetching the rows of an origin: all of them, or from the mark on that was kept with the last import."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError, Progress
from desireline.sources import origin_tables
from desireline.sources.origin_tables import KeptMark
from desireline.sources.origins import Mark, MarkValue, Origin, is_origin, reader_of, shown
from desireline.sources.origins.address import expanded, settled
from desireline.sources.origins.mark import larger
from desireline.sources.origins.staged import stage_rows
from desireline.store import Workspace

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Fetch:
    """What is to be fetched of an origin.

    Attributes
    ----------
    mark
        The column by which new rows are known; by default the one that was kept with the last import.
    overlap
        How far before the mark to begin, for rows that arrive late.
    everything
        Whether to take all rows, whatever was taken before.
    """

    origin: Origin
    mark: str | None = None
    overlap: timedelta | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """The rows of an origin as a file.

    Attributes
    ----------
    path
        A Parquet file; it is not there where ``rows`` is 0.
    source
        The source that the origin was read for before.
    since
        Where it began; ``None`` for all rows.
    reached
        The mark to be kept; ``None`` where it stays as it is.
    """

    origin: Origin
    path: Path
    rows: int
    source: str | None
    since: MarkValue | None
    mark: str | None
    reached: MarkValue | None

    @property
    def nothing_new(self) -> str:
        """How to say that nothing of it is new."""
        if self.since is not None:
            return f"nothing is new since {self.mark} {self.since.text}"
        return "nothing is new" if self.rows else "there are no rows"

    def keep_mark(self, connection: sa.Connection, batch: int, source: str) -> None:
        """Note how far it was read in a batch."""
        if self.mark is None or self.reached is None:
            return
        kept = KeptMark(source, self.mark, self.reached)
        origin_tables.keep_mark(
            connection, batch, kept, origin=shown(self.origin.address), question=self.origin.question
        )


def wanted_of(
    text: str,
    *,
    query: str | None = None,
    table: str | None = None,
    mark: str | None = None,
    overlap: timedelta | None = None,
    everything: bool = False,
) -> Path | Fetch:
    """What somebody names to be imported: a file, or what is to be fetched of a database or a lake.

    Raises
    ------
    InputError
        It is a file, and the other arguments are about databases and lakes.
    """
    if is_origin(text):
        return Fetch(Origin(settled(text), query, table), mark, overlap, everything)
    if query or table or mark or overlap or everything:
        raise InputError(
            f"expected --query, --table, --mark, --overlap and --all for a database or a lake, {text} is a file",
            hint="for example postgresql://user@host/database or sqlite:///shop.db",
        )
    return Path(text)


def fetch(workspace: Workspace, wanted: Fetch, *, source: str | None, folder: Path, progress: Progress) -> Fetched:
    """Fetch rows into a Parquet file.

    Parameters
    ----------
    source
        The source that they are for, where that is known.
    folder
        Where to write the file; it is made.

    Raises
    ------
    InputError
        The origin cannot be reached or read.
    """
    origin = wanted.origin
    if origin.query is not None and origin.table is not None:
        raise InputError("expected --table or --query, got both")
    address = expanded(origin.address)
    reader = reader_of(address)
    kept = _kept(workspace, origin, source)
    column = wanted.mark or (kept.mark if kept else None)
    if wanted.overlap is not None and column is None:
        raise InputError(
            f"expected --mark with --overlap: how far {origin.label} was read is not known",
            hint="name the column that tells what is new",
        )
    before = kept.value if kept and kept.mark == column and not wanted.everything else None
    since = before.earlier_by(wanted.overlap, column=str(column)) if before and wanted.overlap else before
    mark = None if column is None else Mark(column, since)
    folder.mkdir(parents=True)
    progress.step(f"{origin.label}: asking for rows")
    target = folder / f"{origin.name}.parquet"
    with closing(reader.read(origin, address, mark)) as pieces:
        staged = stage_rows(pieces, target, label=origin.label, mark=mark, progress=progress)
    reached = None if column is None else larger(before, staged.highest, column=column)
    return Fetched(
        origin=origin,
        path=staged.path,
        rows=staged.rows,
        source=kept.source if kept else None,
        since=since,
        mark=column,
        reached=None if reached == before else reached,
    )


def _kept(workspace: Workspace, origin: Origin, source: str | None) -> KeptMark | None:
    with workspace.database.reading() as connection:
        return origin_tables.kept_mark(
            connection, origin=shown(origin.address), question=origin.question, source=source
        )
