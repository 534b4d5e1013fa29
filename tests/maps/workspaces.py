"""Workspaces for documents, without interactions."""

from __future__ import annotations

from pathlib import Path

from desireline.interactions import log_schema
from desireline.store import Workspace, create_workspace


def new_workspace(folder: Path, *, maps: str | None = None) -> Workspace:
    """An empty workspace; ``maps`` is the setting of its folder of documents."""
    create_workspace(folder, log_schema=log_schema())
    if maps is not None:
        with (folder / "desireline.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[maps]\nfolder = "{maps}"\n')
    return Workspace(folder)
