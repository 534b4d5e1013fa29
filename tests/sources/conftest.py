from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import desireline
from desireline.store import Workspace

# An example imports real files into a real workspace, so that none has a deadline.
settings.register_profile("importing", deadline=None)
settings.load_profile("importing")


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desireline.create(tmp_path_factory.mktemp("new") / "workspace").folder


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Workspace:
    """A workspace of its own for each test, copied: making one takes longer than most imports here."""
    return desireline.open(shutil.copytree(new_workspace, tmp_path / "workspace"))
