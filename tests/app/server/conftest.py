from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.store import Workspace

from .browser import Browser, browser, sign_in_as


class SignedInBrowser(Protocol):
    def __call__(self, role: Role, workspace: Workspace | None = None) -> Browser: ...


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody writes to it."""
    return create(tmp_path_factory.mktemp("new") / "workspace").folder


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Workspace:
    """An empty one, copied; a test file that needs another defines a fixture of the same name."""
    return Workspace(shutil.copytree(new_workspace, tmp_path / "workspace"))


@pytest.fixture
def signed_in(request: pytest.FixtureRequest) -> Iterator[SignedInBrowser]:
    """``signed_in(Role.EDITOR)``: a client of the application in which somebody of this role is signed in."""
    with ExitStack() as stack:

        def sign_in(role: Role, workspace: Workspace | None = None) -> Browser:
            place = workspace or request.getfixturevalue("workspace")
            return sign_in_as(stack.enter_context(browser(place)), place, role)

        yield sign_in
