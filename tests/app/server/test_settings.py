from __future__ import annotations

import pytest

from desireline.accounts import Role
from desireline.store import Workspace

from .conftest import SignedInBrowser

SETTINGS = """
[calendar]
days = ["Mon", "Sat"]
from = "09:00"
to = "24:00"
holidays = ["2026-12-28", "2026-12-25"]

[contacts]
needs = "touchpoint == 'Help article read'"

[costs]
currency = "GBP"

[costs.channels.phone]
per_contact = 2.2

[effort]
waiting_minute = 0.5
"""


def test_without_settings_the_defaults_are_told(signed_in: SignedInBrowser) -> None:
    answer = signed_in(Role.VIEWER).get("/api/settings").json()
    assert (answer["name"], answer["timezone"], answer["calendar"]) == ("workspace", "UTC", None)
    assert answer["costs"] == {"currency": "EUR", "channels": []}
    assert answer["effort"]["contact"] == 1


def test_settings_are_told_as_they_stand(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    with (workspace.folder / "desireline.toml").open("a") as file:
        file.write(SETTINGS)
    answer = signed_in(Role.VIEWER).get("/api/settings").json()
    assert answer["calendar"] == {
        "timezone": "UTC",
        "days": [0, 5],
        "opens": "09:00",
        "closes": "24:00",
        "holidays": ["2026-12-25", "2026-12-28"],
    }
    assert answer["costs"]["channels"] == [{"channel": "phone", "per_contact": 2.2, "per_minute": 0.0}]
    assert answer["needs"] == "touchpoint == 'Help article read'"
    assert answer["effort"]["waiting_minute"] == 0.5


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_only_an_admin_is_told_where_the_file_is(signed_in: SignedInBrowser, workspace: Workspace, role: Role) -> None:
    file = signed_in(role).get("/api/settings").json()["file"]
    assert file == ("desireline.toml" if role is Role.ANALYST else str(workspace.folder / "desireline.toml"))
