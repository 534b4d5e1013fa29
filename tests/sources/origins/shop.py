"""What the tests of origins have in common: a shop's orders, in whatever keeps them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desireline.sources import import_files
from desireline.sources.fetching import wanted_of
from desireline.sources.model import ImportResult
from desireline.store import Workspace

from ..desk import put

PASSWORD = "Tr0ub4dor&3"
MAPPING = """\
source: shop
channel: web
touchpoint: {column: event}
occurred_at: {column: placed_at}
identifiers: {email: {column: email}}
id: {column: id}
"""
Row = tuple[int, str, str, Any]
_COLUMNS = "id BIGINT, email TEXT, event TEXT, placed_at TIMESTAMPTZ"


@dataclass(frozen=True)
class PostgresServer:
    """A server of the tests; its folder holds the socket."""

    folder: Path

    def url(self, password: str = "Tr0ub4dor%263") -> str:
        return f"postgresql://ann:{password}@/postgres?host={self.folder}"

    def run(self, *statements: str, rows: Sequence[Sequence[Any]] = ()) -> None:
        """Run statements, then add orders."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="ann", password=PASSWORD, dbname="postgres") as connection:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            for row in rows:
                cursor.execute("INSERT INTO orders VALUES (%s, %s, %s, %s)", row)

    def orders(self, *rows: Row) -> None:
        """A table of orders with these rows."""
        made = ("DROP TABLE IF EXISTS orders", f"CREATE TABLE orders ({_COLUMNS})")
        self.run(*made, rows=rows)


def order(number: int, placed_at: Any, email: str | None = None) -> Row:
    return number, email or f"person{number}@example.org", "Order placed", placed_at


def at(minute: int) -> dt.datetime:
    return dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)


def text_at(minute: int) -> str:
    return at(minute).isoformat()


def sqlite_orders(path: Path, *rows: Row) -> str:
    """Add orders to a SQLite file; gives its address."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS orders (id INTEGER, email TEXT, event TEXT, placed_at TEXT)")
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{path}"


def fetch(workspace: Workspace, address: str, *, mapping: str | None = MAPPING, **options: Any) -> ImportResult:
    """Import from an origin."""
    path = None if mapping is None else put(workspace.folder.parent, "orders.yaml", mapping)
    return import_files(workspace, [wanted_of(address, **options)], mapping=path)
