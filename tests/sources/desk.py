"""What the tests of sources have in common: writing files, importing them, and looking at what is in a workspace."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desireline.interactions.log import query_log
from desireline.sources import Counts, import_files
from desireline.store import Workspace

DATA = Path(__file__).parents[3] / "shared" / "data"

MAPPING = """\
source: shop
channel: web
touchpoint: {column: event}
occurred_at: {column: time}
identifiers: {user: {column: user}}
"""
HEADER = "event,time,user"


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bring(workspace: Workspace, content: str | bytes, *, mapping: str = MAPPING, name: str = "file.csv") -> Counts:
    """Import one file."""
    folder = workspace.folder.parent
    path = put(folder, name, content)
    return import_files(workspace, [path], mapping=put(folder, "mapping.yaml", mapping)).counts


def stored(workspace: Workspace, *columns: str) -> list[Any]:
    """Columns of the log in order of arrival; one column comes as plain values. Times as text in UTC."""
    shown = [f"{each}::VARCHAR" if each.endswith("_at") else each for each in columns]
    rows = query_log(workspace, f"SELECT {', '.join(shown)} FROM {{log}} ORDER BY arrival")
    return [row[0] for row in rows] if len(columns) == 1 else rows


def times(workspace: Workspace) -> list[str]:
    """When interactions were, without the zone, which is UTC."""
    return [text.removesuffix("+00") for text in stored(workspace, "occurred_at")]


def contents(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a workspace holds, but the moments of writing and its lock files."""
    found = {"log": query_log(workspace, "SELECT arrival, fingerprint, anchor, identifiers FROM {log} ORDER BY ALL")}
    with workspace.database.reading() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            columns = [each["name"] for each in sa.inspect(connection).get_columns(name)]
            kept = ", ".join(f'"{each}"' for each in columns if not each.endswith("_at"))
            rows = connection.execute(sa.text(f'SELECT {kept} FROM "{name}" ORDER BY {kept}'))
            found[name] = [tuple(row) for row in rows]
    return found


def counted(folder: Path) -> dict[str, int]:
    """Rows by table of an operational database."""
    with sqlite3.connect(folder / "operational.db") as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
