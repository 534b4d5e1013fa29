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

[calendars.hotline]
channels = ["phone"]
hours = { Mon = ["08:00-12:00", "13:00-18:00"] }

[contacts]
needs = "touchpoint == 'Help article read'"

[costs]
currency = "GBP"

[costs.channels.phone]
per_contact = 2.2

[effort]
waiting_minute = 0.5
"""


def without_revision(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "revision"}


def test_without_settings_the_defaults_are_told(signed_in: SignedInBrowser) -> None:
    answer = signed_in(Role.VIEWER).get("/api/settings").json()
    assert (answer["name"], answer["timezone"], answer["calendars"]["company"]) == ("workspace", "UTC", None)
    assert without_revision(answer["costs"]) == {"currency": "EUR", "channels": []}
    assert answer["calendars"]["named"] == []
    assert answer["effort"]["contact"] == 1


def test_settings_are_told_as_they_stand(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    with (workspace.folder / "desireline.toml").open("a") as file:
        file.write(SETTINGS)
    answer = signed_in(Role.VIEWER).get("/api/settings").json()
    day = [{"opens": "09:00", "closes": "24:00"}]
    assert answer["calendars"]["company"] == {
        "timezone": "UTC",
        "week": [day, [], [], [], [], day, []],
        "holidays": [{"day": "2026-12-25", "name": ""}, {"day": "2026-12-28", "name": ""}],
    }
    [hotline] = answer["calendars"]["named"]
    noon = [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "18:00"}]
    assert (hotline["name"], hotline["channels"], hotline["teams"]) == ("hotline", ["phone"], [])
    assert hotline["hours"]["week"] == [noon, [], [], [], [], [], []]
    assert answer["costs"]["channels"] == [{"channel": "phone", "per_contact": 2.2, "per_minute": 0.0}]
    assert answer["needs"] == "touchpoint == 'Help article read'"
    assert answer["effort"]["waiting_minute"] == 0.5


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_only_an_admin_is_told_where_the_file_is(signed_in: SignedInBrowser, workspace: Workspace, role: Role) -> None:
    file = signed_in(role).get("/api/settings").json()["file"]
    assert file == ("desireline.toml" if role is Role.ANALYST else str(workspace.folder / "desireline.toml"))


DAY = [{"opens": "08:00", "closes": "20:00"}]
CALENDAR = {"week": [DAY, [], [], [], [], DAY, []], "holidays": [{"day": "2026-12-25", "name": ""}]}
HOTLINE = {"name": "hotline", "channels": ["phone"], "teams": [], "hours": CALENDAR}


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
    answer = admin.put("/api/settings/calendar", json=CALENDAR).json()
    assert answer["company"] == {**CALENDAR, "timezone": "UTC"}
    assert said(workspace)["calendar"] == {
        "days": ["Mon", "Sat"],
        "from": "08:00",
        "to": "20:00",
        "holidays": ["2026-12-25"],
    }
    moved = {"timezone": "Europe/Berlin", "week": [DAY, DAY, DAY, DAY, DAY, [], []], "holidays": []}
    assert admin.put("/api/settings/calendar", json=moved).status_code == 200
    assert admin.get("/api/settings").json()["calendars"]["company"] == moved
    assert admin.delete("/api/settings/calendar").status_code == 204
    assert "calendar" not in said(workspace)


def test_holidays_keep_how_they_are_written(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    file = workspace.folder / "desireline.toml"
    with file.open("a") as opened:
        opened.write('[calendar]\nfrom = "08:00"\nto = "20:00"\nholidays = [\n  2026-12-25,  # Christmas\n]\n')
    holidays = [{"day": "2026-12-25"}, {"day": "2027-01-01", "name": "New Year"}]
    body = {"week": [DAY, DAY, DAY, DAY, DAY, [], []], "holidays": holidays}
    assert signed_in(Role.ADMIN).put("/api/settings/calendar", json=body).status_code == 200
    assert file.read_text().endswith('holidays = [\n  2026-12-25,  # Christmas\n  "2027-01-01 New Year",\n]\n')


def test_a_named_calendar_is_added_changed_and_removed(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    admin = signed_in(Role.ADMIN)
    [added] = admin.put("/api/settings/calendars", json=HOTLINE).json()["named"]
    assert added["hours"] == {**CALENDAR, "timezone": "UTC"}
    renamed = {**HOTLINE, "name": "Desk", "teams": ["Desk"], "was": "hotline"}
    [found] = admin.put("/api/settings/calendars", json=renamed).json()["named"]
    assert (found["name"], found["channels"], found["teams"]) == ("Desk", ["phone"], ["Desk"])
    assert admin.delete("/api/settings/calendars?name=hotline").status_code == 404
    assert admin.delete("/api/settings/calendars?name=Desk").status_code == 204
    assert "calendars" not in said(workspace)


def test_of_two_admins_the_second_is_told_that_the_settings_have_changed(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    admin = signed_in(Role.ADMIN)
    admin.put("/api/settings/calendars", json=HOTLINE)
    seen = admin.get("/api/settings").json()
    of_costs = {"currency": "GBP", "channels": [], "revision": seen["costs"]["revision"]}
    of_company = {**CALENDAR, "revision": seen["calendars"]["revision"]}
    of_hotline = {
        **HOTLINE,
        "was": "hotline",
        "hours": {**CALENDAR, "revision": seen["calendars"]["named"][0]["revision"]},
    }
    first = [("costs", of_costs), ("calendar", of_company), ("calendars", {**of_hotline, "teams": ["Desk"]})]
    second = [("costs", {**of_costs, "currency": "USD"}), ("calendar", of_company), ("calendars", of_hotline)]
    assert [admin.put(f"/api/settings/{path}", json=body).status_code for path, body in first] == [200, 200, 200]
    before = said(workspace)
    answers = [admin.put(f"/api/settings/{path}", json=body) for path, body in second]
    answers.append(admin.delete(f"/api/settings/calendar?revision={of_company['revision']}"))
    answers.append(admin.delete(f"/api/settings/calendars?name=hotline&revision={seen['calendars']['revision']}"))
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(409, "settings.changed")] * 5
    assert said(workspace) == before


def week(opens: str, closes: str) -> list[list[dict[str, str]]]:
    return [[{"opens": opens, "closes": closes}], *[[]] * 6]


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        (
            "costs",
            {"currency": "pounds", "channels": []},
            "[costs] currency: expected a code of ISO 4217 such as EUR, got 'pounds'",
        ),
        (
            "costs",
            {"currency": "EUR", "channels": [{"channel": "web", "per_minute": -1}]},
            "[costs.channels.web] per_minute: expected a number from 0 to 1,000,000,000, got -1",
        ),
        ("costs", {"currency": "EUR", "channels": [{"channel": "web"}, {"channel": "web"}]}, "[costs.channels.web]"),
        ("costs", {"currency": "EUR", "channels": [{"channel": " "}]}, "expected the name of a channel"),
        ("costs", {"currency": "EUR", "channels": [{"channel": "web", "price": 1}]}, "price"),
        ("calendar", {"week": week("08:00", "07:00")}, "[calendar.hours] Mon: expected the begin of a span"),
        ("calendar", {"week": week("8", "9")}, "[calendar.hours] Mon: expected a span"),
        ("calendar", {"week": [[]] * 7}, "[calendar] hours: expected a day that is open"),
        ("calendar", {"week": [DAY]}, "week: expected the spans of seven days"),
        ("calendar", {"week": [DAY * 2, *[[]] * 6]}, "expected spans apart from each other"),
        ("calendar", {**CALENDAR, "timezone": "Berlin"}, "[calendar] timezone: expected a time zone"),
        ("calendar", {**CALENDAR, "holidays": [{"day": "25"}]}, "[calendar] holidays: expected a list of dates"),
        ("calendars", {**HOTLINE, "channels": []}, "[calendars.hotline]: expected the channels or teams"),
        ("calendars", {**HOTLINE, "name": " "}, "[calendars]: expected a name"),
        ("calendars", {**HOTLINE, "hours": {"week": [[]] * 7}}, "[calendars.hotline] hours: expected a day"),
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
        analyst.put("/api/settings/calendars", json=HOTLINE),
        analyst.delete("/api/settings/calendars?name=hotline"),
    ]
    assert [answer.status_code for answer in asked] == [403] * 5
