from __future__ import annotations

import tomllib
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.sources import import_files
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


CALENDAR = {"days": [0, 5], "opens": "08:00", "closes": "20:00", "holidays": ["2026-12-25"]}


def said(workspace: Workspace) -> dict[str, Any]:
    return tomllib.loads((workspace.folder / "desireline.toml").read_text())


def test_costs_are_changed_and_the_rest_of_the_file_stays(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    file = workspace.folder / "desireline.toml"
    with file.open("a") as opened:
        opened.write(SETTINGS.replace("per_contact = 2.2", "per_contact = 2.2  # with tax"))
    before = file.read_text()
    admin = signed_in(Role.ADMIN)
    channels = [{"channel": "phone", "per_contact": 2.5}, {"channel": "chat", "per_contact": 1, "per_minute": 0.25}]
    answer = admin.put("/api/settings/costs", json={"currency": "GBP", "channels": channels})
    assert answer.json()["channels"][0] == {"channel": "phone", "per_contact": 2.5, "per_minute": 0.0}
    assert admin.get("/api/settings").json()["costs"] == answer.json()
    added = "\n\n[costs.channels.chat]\nper_contact = 1\nper_minute = 0.25"
    assert file.read_text() == before.replace("2.2  # with tax", f"2.5  # with tax{added}")


def test_an_answer_counts_changed_costs_at_once(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    export = workspace.folder.parent / "calls.csv"
    export.write_text("time,customer,touchpoint,channel\n2026-03-02T09:00:00Z,Ann,Call,phone\n")
    import_files(workspace, [export])
    admin = signed_in(Role.ADMIN)
    totals = []
    for price in (2, 3):
        body = {"currency": "EUR", "channels": [{"channel": "phone", "per_contact": price}]}
        admin.put("/api/settings/costs", json=body)
        totals.append(admin.get("/api/journeys/questions/chains").json()["answer"])
    assert totals[0] != totals[1]


def test_opening_hours_are_set_changed_and_removed(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    admin = signed_in(Role.ADMIN)
    assert admin.put("/api/settings/calendar", json=CALENDAR).json() == {**CALENDAR, "timezone": "UTC"}
    assert said(workspace)["calendar"] == {
        "days": ["Mon", "Sat"],
        "from": "08:00",
        "to": "20:00",
        "holidays": ["2026-12-25"],
    }
    moved = {**CALENDAR, "timezone": "Europe/Berlin", "days": [0, 1, 2, 3, 4], "holidays": []}
    assert admin.put("/api/settings/calendar", json=moved).status_code == 200
    assert admin.get("/api/settings").json()["calendar"] == moved
    assert admin.delete("/api/settings/calendar").status_code == 204
    assert "calendar" not in said(workspace)


def test_holidays_keep_how_they_are_written(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    file = workspace.folder / "desireline.toml"
    with file.open("a") as opened:
        opened.write('[calendar]\nfrom = "08:00"\nto = "20:00"\nholidays = [\n  2026-12-25,  # Christmas\n]\n')
    body = {**CALENDAR, "days": [0, 1, 2, 3, 4], "holidays": ["2026-12-25", "2027-01-01"]}
    assert signed_in(Role.ADMIN).put("/api/settings/calendar", json=body).status_code == 200
    assert file.read_text().endswith('holidays = [\n  2026-12-25,  # Christmas\n  "2027-01-01",\n]\n')


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("costs", {"currency": "pounds", "channels": []}, "[costs] currency: expected three capital letters"),
        (
            "costs",
            {"currency": "EUR", "channels": [{"channel": "web", "per_minute": -1}]},
            "[costs.channels.web] per_minute: expected a number from 0, got -1",
        ),
        ("costs", {"currency": "EUR", "channels": [{"channel": "web"}, {"channel": "web"}]}, "[costs.channels.web]"),
        ("costs", {"currency": "EUR", "channels": [{"channel": " "}]}, "expected the name of a channel"),
        ("costs", {"currency": "EUR", "channels": [{"channel": "web", "price": 1}]}, "price"),
        ("calendar", {**CALENDAR, "closes": "07:00"}, "[calendar]: expected from to be before to"),
        ("calendar", {**CALENDAR, "opens": "8"}, "[calendar] from: expected a time"),
        ("calendar", {**CALENDAR, "days": []}, "[calendar] days: expected a list"),
        ("calendar", {**CALENDAR, "days": [7]}, "[calendar] days: expected numbers from 0"),
        ("calendar", {**CALENDAR, "timezone": "Berlin"}, "[calendar] timezone: expected a time zone"),
        ("calendar", {**CALENDAR, "holidays": ["Christmas"]}, "[calendar] holidays: expected a list of dates"),
    ],
    ids=lambda value: str(value)[-50:],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    signed_in: SignedInBrowser, workspace: Workspace, path: str, body: dict[str, Any], message: str
) -> None:
    before = said(workspace)
    answer = signed_in(Role.ADMIN).put(f"/api/settings/{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "input.invalid")
    assert message in answer.json()["message"]
    assert said(workspace) == before


def test_only_an_admin_changes_settings(signed_in: SignedInBrowser) -> None:
    analyst = signed_in(Role.ANALYST)
    asked = [
        analyst.put("/api/settings/costs", json={"currency": "EUR", "channels": []}),
        analyst.put("/api/settings/calendar", json=CALENDAR),
        analyst.delete("/api/settings/calendar"),
    ]
    assert [answer.status_code for answer in asked] == [403, 403, 403]
