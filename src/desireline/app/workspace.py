"""Making and opening workspaces, as users do."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from desireline.interactions import log_schema, open_recovered
from desireline.store import Workspace, create_workspace


def create(folder: str | PathLike[str], *, timezone: str | None = None) -> Workspace:
    """Make a new workspace in an empty or new folder.

    Parameters
    ----------
    timezone
        By whose clock days, weeks and months begin: a name of the IANA database, such as ``Europe/London``; UTC by default.

    Raises
    ------
    WorkspaceError
        The folder is a workspace already, has other files in it, or cannot be written.
    UnknownNameError
        There is no such time zone.
    """
    return create_workspace(Path(folder), log_schema=log_schema(), timezone=timezone)


def open(folder: str | PathLike[str]) -> Workspace:
    """Open a workspace; what a killed process left half done is finished or taken back.

    Raises
    ------
    WorkspaceError
        The folder is no workspace.
    SettingsError
        Its settings say something that cannot be.
    """
    return open_recovered(Path(folder))
