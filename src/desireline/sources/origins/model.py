"""The nouns of origins: what is read, from where on, and what a reader gives."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from desireline.sources.origins.address import shown
from desireline.sources.origins.mark import MarkValue

if TYPE_CHECKING:
    import pyarrow

ROWS_OF_A_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Origin:
    """A table or a query in a database, or a table in a lake.

    Attributes
    ----------
    address
        As somebody wrote it; ``${NAME}`` in it stands for an environment variable.
    query, table
        What to read of a database; at most one of them is given.
    """

    address: str
    query: str | None = None
    table: str | None = None

    @property
    def label(self) -> str:
        """What it is called in messages and remembered as: the address without its password, and the table."""
        return f"{shown(self.address)} {self.table}" if self.table else shown(self.address)

    @property
    def question(self) -> str:
        """What is asked of the address: the query or the table."""
        return re.sub(r"[;\s]+$", "", self.query).strip() if self.query else self.table or ""

    @property
    def name(self) -> str:
        """A name for its rows: that of the table, else of what the address leads to."""
        if self.table:
            return re.sub(r"\W+", "_", self.table)
        parts = [
            part
            for part in PurePosixPath(shown(self.address).partition("?")[0]).parts
            if not re.search(r"[*?\[]", part)
        ]
        return re.sub(r"\W+", "_", PurePosixPath(parts[-1] if parts else "rows").stem).strip("_") or "rows"


@dataclass(frozen=True, slots=True)
class Mark:
    """The column by which new rows are known.

    Attributes
    ----------
    since
        Rows at or after this value are taken, and those that have none; ``None`` takes all.
    """

    column: str
    since: MarkValue | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows.

    Attributes
    ----------
    highest
        The largest value of the mark in them.
    """

    rows: pyarrow.RecordBatch
    highest: MarkValue | None = None


class OriginReader(Protocol):
    """Reads one kind of origin."""

    name: str

    def takes(self, address: str) -> bool:
        """Whether an address is of this kind."""

    def read(self, origin: Origin, address: str, mark: Mark | None) -> Generator[Piece, None, None]:
        """The rows, a batch at a time; nothing of them is kept in memory.

        Parameters
        ----------
        address
            That of the origin with its variables put in; it may hold a password, so no message may show it.

        Raises
        ------
        InputError
            It cannot be reached or read, or has no column of that name.
        """
