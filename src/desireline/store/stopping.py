"""Stopping queries of DuckDB from another thread, such as those of an import that somebody cancelled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    import duckdb


class Stopping:
    """Stops the queries over connections that were opened within :meth:`reaching`."""

    def __init__(self) -> None:
        self._connections: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._lock = threading.Lock()

    @contextmanager
    def reaching(self) -> Iterator[None]:
        """What is opened here can be stopped."""
        before = _stopping.set(self)
        try:
            yield
        finally:
            _stopping.reset(before)

    def stop(self) -> None:
        """Make the queries that run now fail; those that begin later run."""
        with self._lock:
            for connection in self._connections:
                connection.interrupt()

    def add(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Reach this one, too."""
        with self._lock:
            self._connections.add(connection)


_stopping: ContextVar[Stopping | None] = ContextVar("stopping", default=None)


@contextmanager
def unstoppable() -> Iterator[None]:
    """What is opened here runs to its end."""
    before = _stopping.set(None)
    try:
        yield
    finally:
        _stopping.reset(before)


def be_stoppable(connection: duckdb.DuckDBPyConnection) -> None:
    """Let whoever stops what is done here reach the queries of a connection."""
    stopping = _stopping.get()
    if stopping is not None:
        stopping.add(connection)
