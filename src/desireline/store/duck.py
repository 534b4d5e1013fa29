"""DuckDB, set up the same way wherever it is used: UTC, nothing from the network, bounded memory."""

from __future__ import annotations

import atexit
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.store.stopping import be_stoppable

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "1500MB"


def connect_duckdb(
    path: Path | None = None, *, memory_limit: str = MEMORY_LIMIT, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open DuckDB, in memory or on a file of its own.

    Parameters
    ----------
    path
        A database file, for work that may be larger than memory.
    memory_limit
        What it may use before it spills, as DuckDB writes sizes.
    spill
        The folder it spills to.
    """
    import duckdb

    connection = duckdb.connect(str(path) if path else ":memory:")
    be_stoppable(connection)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = {literal(memory_limit)}")
    if spill is not None:
        connection.execute(f"SET temp_directory = {literal(str(spill))}")
    return connection


def ask_duckdb() -> duckdb.DuckDBPyConnection:
    """A connection to the DuckDB in memory that all short questions of this process share: opened in a hundredth of the time.

    It may read files and bind parameters. Tables that it makes have to be temporary: others would see them.
    """
    connection = _shared(os.getpid()).cursor()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


@lru_cache(maxsize=1)
def _shared(process: int) -> duckdb.DuckDBPyConnection:
    """``process``: a process that was forked has none of the threads of the one before."""
    connection = connect_duckdb()
    # What was read of a log would stay in memory for as long as the process.
    connection.execute("SET enable_external_file_cache = false")
    atexit.register(_shared.cache_clear)
    return connection


def literal(value: str | float | bool | None) -> str:
    """A constant in SQL text, for the places that take no bound parameter (COPY, views, table functions).

    >>> literal("it's")
    "'it''s'"
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + value.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A column or table name in SQL text, whatever it is spelled like.

    >>> identifier('customer "id"')
    '"customer ""id""\"'
    """
    return '"' + name.replace('"', '""') + '"'


def plain_message(error: duckdb.Error) -> str:
    """What DuckDB says, in one line, without its advice about its own options."""
    text = str(error).strip().splitlines()
    first = " ".join(line.strip() for line in text[:2])
    return re.sub(r"^(\w+ )*Error: ", "", first)
