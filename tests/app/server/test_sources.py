"""Sources, imports and quarantine over HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.interactions import count_log
from desireline.sources import import_files
from desireline.store import Workspace, open_workspace

from .browser import Browser
from .conftest import SignedInBrowser

MAPPING = """\
source: {source}
channel: web
touchpoint: {{column: event}}
occurred_at: {{column: time}}
identifiers: {{user: {{column: user}}}}
"""
ROWS = "event,time,user\nSeen,2026-01-01,ann\nSeen,soon,ann\nSeen,2026-01-03,null\nSeen\n"
DOCUMENTS = '{"event":"Seen","time":"2026-01-01","user":"zed"}\n{"event":"Seen","time":"later","user":"zed"}\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    workspace = create(folder / "workspace")
    for source, name, content in (("shop", "shop.csv", ROWS), ("desk", "desk.jsonl", DOCUMENTS)):
        (folder / name).write_text(content)
        (folder / "mapping.yaml").write_text(MAPPING.format(source=source))
        import_files(workspace, [folder / name], mapping=folder / "mapping.yaml")
    return workspace.folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(shutil.copytree(made, tmp_path / "workspace"))


@pytest.fixture
def analyst(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.ANALYST)


def rows_of(browser: Browser, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get("/api/sources/quarantine", params=asked).json()["rows"]
    return found


def test_sources_come_with_quality_and_freshness(analyst: Browser) -> None:
    desk, shop = analyst.get("/api/sources").json()["sources"]
    assert (desk["source"], shop["source"]) == ("desk", "shop")
    assert {key: shop[key] for key in ("read", "stored", "quarantined", "waiting", "interactions", "files")} == {
        "read": 4,
        "stored": 1,
        "quarantined": 3,
        "waiting": 3,
        "interactions": 1,
        "files": 1,
    }
    assert shop["days"] == [{"day": "2026-01-01", "interactions": 1}]
    assert shop["last_import"] is not None


def test_imports_come_newest_first_with_the_name_of_the_file_alone(analyst: Browser) -> None:
    answer = analyst.get("/api/sources/imports", params={"count": 1}).json()
    assert [each["file"] for each in answer["imports"]] == ["desk.jsonl"]
    assert answer["total"] == 2


def test_the_quarantine_comes_by_reason_and_in_pages(analyst: Browser) -> None:
    whole = analyst.get("/api/sources/quarantine", params={"count": 2}).json()
    assert whole["waiting"] == 4
    assert {(each["source"], each["reason"]) for each in whole["reasons"]} == {
        ("shop", "unreadable_time"),
        ("shop", "no_identifier"),
        ("shop", "unreadable_row"),
        ("desk", "unreadable_time"),
    }
    rest = rows_of(analyst, after=whole["next_after"])
    assert len(rest) == 2
    assert [each["source"] for each in rows_of(analyst, reason="unreadable_time")] == ["shop", "desk"]


@pytest.mark.parametrize(
    ("reason", "source", "change"),
    [
        ("unreadable_time", "shop", {"time": "2026-01-02"}),
        ("no_identifier", "shop", {"user": "zoe"}),
        ("unreadable_row", "shop", {"event": "Seen", "time": "2026-01-04", "user": "ann"}),
        ("unreadable_time", "desk", {"time": "2026-01-02"}),
    ],
)
def test_a_mended_row_is_stored(
    workspace: Workspace, analyst: Browser, reason: str, source: str, change: dict[str, str]
) -> None:
    (row,) = rows_of(analyst, reason=reason, source=source)
    values = {name: row["values"].get(name) for name in row["columns"]} | change
    answer = analyst.post(
        "/api/sources/quarantine/mend", json={"source": source, "rows": [{"id": row["id"], "values": values}]}
    )
    assert answer.json() == {"read": 1, "stored": 1, "duplicates": 0, "quarantined": 0}
    assert count_log(workspace).interactions == 3
    assert rows_of(analyst, reason=reason, source=source) == []


def test_a_row_that_is_still_wrong_waits_with_its_new_reason(analyst: Browser) -> None:
    (row,) = rows_of(analyst, reason="no_identifier")
    values = {**row["values"], "user": "zoe", "time": "tomorrow"}
    answer = analyst.post(
        "/api/sources/quarantine/mend", json={"source": "shop", "rows": [{"id": row["id"], "values": values}]}
    ).json()
    assert (answer["stored"], answer["quarantined"]) == (0, 1)
    assert "tomorrow" in rows_of(analyst, source="shop", reason="unreadable_time")[-1]["message"]


def test_a_row_that_somebody_mended_already_is_told(analyst: Browser) -> None:
    body = {"source": "shop", "rows": [{"id": 999, "values": {"event": "Seen"}}]}
    answer = analyst.post("/api/sources/quarantine/mend", json=body)
    assert (answer.status_code, answer.json()["hint"]) == (400, "somebody mended it already; load the list again")


def test_rows_that_are_the_same_in_every_cell_wait_once_and_are_all_counted(
    workspace: Workspace, analyst: Browser
) -> None:
    folder = workspace.folder.parent
    (folder / "twice.csv").write_text("event,time,user\nSeen,never,ann\nSeen,never,ann\n")
    (folder / "mapping.yaml").write_text(MAPPING.format(source="twice"))
    import_files(workspace, [folder / "twice.csv"], mapping=folder / "mapping.yaml")
    answer = analyst.get("/api/sources/quarantine", params={"source": "twice"}).json()
    assert (answer["unusable"], answer["waiting"]) == (2, 1)


def test_all_rows_of_a_source_are_fed_back_as_they_are(analyst: Browser) -> None:
    answer = analyst.post("/api/sources/quarantine/replay", json={"source": "shop"}).json()
    assert (answer["read"], answer["quarantined"]) == (2, 2)


def test_all_rows_of_a_reason_are_corrected_after_a_look_at_what_it_would_do(
    workspace: Workspace, analyst: Browser
) -> None:
    asked = {
        "source": "shop",
        "reason": "unreadable_time",
        "correction": {"column": "time", "value": "2026-01-02", "of": "soon"},
    }
    expected = {"read": 1, "stored": 1, "duplicates": 0, "quarantined": 0, "reasons": {}}
    assert analyst.post("/api/sources/quarantine/preview", json=asked).json() == expected
    assert count_log(workspace).interactions == 2
    assert analyst.post("/api/sources/quarantine/replay", json=asked).json() == expected
    assert count_log(workspace).interactions == 3
    assert analyst.get("/api/sources/quarantine/work").json()["running"] is False


def test_all_rows_of_a_reason_are_given_up(analyst: Browser) -> None:
    asked = {"source": "shop", "reason": "no_identifier"}
    assert analyst.post("/api/sources/quarantine/give-up", json=asked).json() == {"rows": 1}
    assert rows_of(analyst, **asked) == []


@pytest.mark.parametrize("step", ["preview", "replay", "give-up"])
def test_who_may_not_change_data_cannot_touch_waiting_rows(signed_in: SignedInBrowser, step: str) -> None:
    asked = {"source": "shop", "reason": "no_identifier"}
    assert signed_in(Role.EDITOR).post(f"/api/sources/quarantine/{step}", json=asked).status_code == 403


def test_what_a_mapping_may_name_is_told(analyst: Browser) -> None:
    words = analyst.get("/api/sources/mapping-words").json()
    assert {"occurred_at", "touchpoint", "wait"} <= {each["name"] for each in words["fields"]}
    assert "email" in {each["name"] for each in words["identifier_types"]}
    assert "Europe/London" in words["time_zones"]
    assert "touchpoint" in analyst.get("/api/sources/mapping", params={"source": "shop"}).json()["yaml"]


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        (Role.VIEWER, "/api/sources", 200),
        (Role.VIEWER, "/api/sources/imports", 200),
        (Role.VIEWER, "/api/sources/quarantine", 403),
        (Role.EDITOR, "/api/sources/uploads", 403),
        (Role.VIEWER, "/api/interactions/taxonomy", 200),
    ],
)
def test_numbers_are_for_everybody_and_rows_are_not(
    signed_in: SignedInBrowser, role: Role, address: str, status: int
) -> None:
    assert signed_in(role).get(address).status_code == status
