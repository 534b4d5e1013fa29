"""DuckDB: a database file, sorted, names as ENUM, customers as numbers; the SQL of :mod:`benchmarks.duckdb_sql`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks import duckdb_sql
from benchmarks.duckdb_sql import DuckDbLog
from benchmarks.questions import STEPS, TOP


def version() -> str:
    return f"duckdb {duckdb.__version__}"


def load(path: Path, folder: Path) -> DuckDbLog:
    return DuckDbLog.load(path, folder / "log.duckdb")


def flow(log: DuckDbLog) -> list[list[Any]]:
    return [list(row) for row in log.rows(duckdb_sql.FLOW)]


def variants(log: DuckDbLog) -> list[list[Any]]:
    return [list(row) for row in log.rows(duckdb_sql.COUNTED_VARIANTS.format(TOP))]


def funnel(log: DuckDbLog) -> list[int]:
    return list(log.rows(duckdb_sql.FUNNEL.format(*STEPS))[0])


def sessions(log: DuckDbLog) -> list[float]:
    return list(log.rows(duckdb_sql.SESSIONS)[0])


def channels(log: DuckDbLog) -> list[list[Any]]:
    return [list(row) for row in log.rows(duckdb_sql.CHANNELS)]
