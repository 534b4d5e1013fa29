from __future__ import annotations

from pathlib import Path

import pytest

from desireline.accounts import Role
from desireline.accounts.links import make_link, use_link
from desireline.accounts.model import Origin, Person
from desireline.accounts.passwords import Passwords
from desireline.accounts.people import add_person, person_numbered
from desireline.app.workspace import create
from desireline.store import Workspace

QUICK = Passwords(time_cost=1, memory_kib=8, lanes=1)
PASSWORD = "correct horse battery"
HERE = Origin("198.51.100.7", "Firefox")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "workspace")


def join(workspace: Workspace, name: str, role: Role) -> Person:
    """Somebody who has set their password."""
    person = add_person(workspace, name=name, email=f"{name}@example.org", role=role, by="a test")
    token = make_link(workspace, person.person, by="a test")
    use_link(workspace, token, name=name, password=PASSWORD, origin=HERE, passwords=QUICK)
    return person_numbered(workspace, person.person)


@pytest.fixture
def ada(workspace: Workspace) -> Person:
    return join(workspace, "Ada", Role.ADMIN)
