"""The only place that opens a database: the workspace folder, its operational database, its log, its DuckDB.

What is in the tables belongs to the packages above; they define their tables on :data:`metadata`.
"""

from desireline.store.database import Database, metadata
from desireline.store.duck import ask_duckdb, connect_duckdb, identifier, literal
from desireline.store.log_table import LogTable, StagedFile
from desireline.store.mirror import LogMirror, open_mirror
from desireline.store.workspace import Workspace, create_workspace, open_workspace
from desireline.store.zones import read_timezone

__all__ = [
    "Database",
    "LogMirror",
    "LogTable",
    "StagedFile",
    "Workspace",
    "ask_duckdb",
    "connect_duckdb",
    "create_workspace",
    "identifier",
    "literal",
    "metadata",
    "open_mirror",
    "open_workspace",
    "read_timezone",
]
