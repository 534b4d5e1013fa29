"""A file on its way in over HTTP: received, recognised, mapped, previewed, imported."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from desireline.accounts import Role
from desireline.interactions import count_log
from desireline.sources import upload_folder
from desireline.sources.upload_desk import desk_of
from desireline.sources.upload_model import UploadState
from desireline.store import Workspace

from .browser import Browser
from .conftest import SignedInBrowser

GOOD = "event,time,user\nSeen,2026-01-01 10:00,ann\nBought,2026-01-02 10:00,ann\nBought,2026-01-03 10:00,zed\n"
BAD = GOOD + "Bought,soon,zed\nBought,2026-01-02 10:00,ann\n"


@pytest.fixture
def analyst(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.ANALYST)


def send(browser: Browser, content: str | bytes, name: str = "visits.csv") -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return browser.post("/api/sources/uploads", params={"name": name}, content=data)


def after(browser: Browser, workspace: Workspace, ident: str, *steps: str) -> Any:
    """The upload when everything that was asked is done."""
    for step in steps:
        asked = browser.post(f"/api/sources/uploads/{ident}/{step}", json={} if step == "recognise" else None)
        assert asked.status_code == 202, asked.text
        desk_of(workspace).wait()
    desk_of(workspace).wait()
    return browser.get(f"/api/sources/uploads/{ident}").json()


def recognised(browser: Browser, workspace: Workspace, content: str | bytes, name: str = "visits.csv") -> Any:
    return after(browser, workspace, send(browser, content, name).json()["id"])


def test_a_dropped_file_is_recognised_with_its_columns_and_a_mapping(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    assert (upload["state"], upload["name"], upload["bytes"], upload["problem"]) == (
        "recognised",
        "visits.csv",
        len(GOOD),
        None,
    )
    columns = {each["name"]: each["examples"] for each in upload["recognised"]["columns"]}
    assert columns["event"] == ["Bought", "Seen"]
    assert upload["mapping"]["document"]["identifiers"] == {"user": {"column": "user"}}
    assert upload["recognised"]["rows"] == 3


def test_a_preview_says_what_an_import_would_do_and_stores_nothing(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, BAD)
    upload = after(analyst, workspace, upload["id"], "preview")
    outcome = upload["preview"]["outcome"]
    assert {key: outcome[key] for key in ("read", "stored", "duplicates", "quarantined")} == {
        "read": 5,
        "stored": 3,
        "duplicates": 1,
        "quarantined": 1,
    }
    (rejected,) = upload["preview"]["rejected"]
    assert (rejected["row"], rejected["field"], rejected["record"]["event"]) == (4, "occurred_at", "Bought")
    assert [each["seen_under"] for each in upload["preview"]["interactions"]] == ["user:ann", "user:ann", "user:zed"]
    assert count_log(workspace).interactions == 0


def test_an_import_does_what_its_preview_said(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, BAD)
    upload = after(analyst, workspace, upload["id"], "preview", "import")
    assert upload["state"] == "imported"
    assert upload["outcome"] == upload["preview"]["outcome"]
    assert count_log(workspace).interactions == 3
    assert not list((workspace.folder / "uploads").glob("*/file"))


def test_a_file_imported_before_is_all_duplicates_in_the_preview(workspace: Workspace, analyst: Browser) -> None:
    after(analyst, workspace, recognised(analyst, workspace, GOOD)["id"], "import")
    again = recognised(analyst, workspace, GOOD, "visits.csv")
    assert again["recognised"]["known_source"] is True
    outcome = after(analyst, workspace, again["id"], "preview")["preview"]["outcome"]
    assert (outcome["stored"], outcome["duplicates"]) == (0, 3)


def test_another_mapping_is_taken_and_used(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    document = {**upload["mapping"]["document"], "channel": "store", "source": "till"}
    changed = analyst.put(f"/api/sources/uploads/{upload['id']}/mapping", json={"document": document}).json()
    assert "channel: store" in changed["mapping"]["yaml"]
    preview = after(analyst, workspace, upload["id"], "preview")["preview"]
    assert {each["channel"] for each in preview["interactions"]} == {"store"}
    assert preview["outcome"]["source"] == "till"


def test_a_mapping_as_text_keeps_its_comments(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    yaml = "# ours\n" + upload["mapping"]["yaml"]
    changed = analyst.put(f"/api/sources/uploads/{upload['id']}/mapping", json={"yaml": yaml}).json()
    assert changed["mapping"]["yaml"] == yaml


def test_a_mapping_that_cannot_be_is_refused_with_every_problem(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    bad = {"source": "Shop!", "channel": "web", "touchpoint": {"columns": "event"}}
    refused = analyst.put(f"/api/sources/uploads/{upload['id']}/mapping", json={"document": bad})
    assert refused.status_code == 400
    assert all(each in refused.json()["message"] for each in ("source", "touchpoint", "occurred_at", "identifiers"))
    kept = analyst.get(f"/api/sources/uploads/{upload['id']}").json()
    assert kept["mapping"] == upload["mapping"]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "photo.png", "photo.png"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "bill.pdf", "bill.pdf"),
        (b"event,time,user\n", "head.csv", "has no records"),
    ],
    ids=["picture", "document", "only a head"],
)
def test_a_file_of_the_wrong_kind_is_told_by_its_name(
    workspace: Workspace, analyst: Browser, content: bytes, name: str, message: str
) -> None:
    upload = recognised(analyst, workspace, content, name)
    assert upload["state"] == "received"
    assert message in upload["problem"]["message"]
    assert str(workspace.folder) not in str(upload)


@pytest.mark.parametrize("asked", [{}, {"read_as": "table"}], ids=["found out", "as a table"])
def test_a_file_for_which_nothing_can_be_guessed_is_mapped_by_hand(
    workspace: Workspace, analyst: Browser, asked: dict[str, str]
) -> None:
    upload = recognised(analyst, workspace, "name,born\nAnn,the first of May\nZed,in autumn\n", "people.csv")
    analyst.post(f"/api/sources/uploads/{upload['id']}/recognise", json=asked)
    told = after(analyst, workspace, upload["id"])
    touchpoint = {"column": "name"}
    guessed = {"source": "people", "channel": "unknown", "touchpoint": touchpoint, "attributes": ["born"]}
    assert (told["state"], told["problem"], told["mapping"]["document"]) == ("recognised", None, guessed)
    lacking = ["people.csv: no column reads as a time", "people.csv: no column reads as an identifier"]
    assert [note.split(" (")[0].removesuffix(" of customers") for note in told["recognised"]["notes"][:2]] == lacking
    assert [each["name"] for each in told["recognised"]["columns"]] == ["name", "born"]
    document = {
        "source": "people",
        "channel": "crm",
        "touchpoint": "Known",
        "occurred_at": "2026-01-01",
        "identifiers": {"customer": {"column": "name"}},
    }
    analyst.put(f"/api/sources/uploads/{upload['id']}/mapping", json={"document": document})
    assert after(analyst, workspace, upload["id"], "preview")["preview"]["outcome"]["stored"] == 2


def test_a_computed_value_is_shown_with_the_digits_that_it_has(workspace: Workspace, analyst: Browser) -> None:
    rows = "user,event,time,quantity,unit_price\nann,Bought,2026-01-01,6,2.55\nzed,Bought,2026-01-02,3,2.793\n"
    upload = recognised(analyst, workspace, rows)
    assert upload["mapping"]["document"]["value"] == {"product": ["quantity", "unit_price"]}
    shown = after(analyst, workspace, upload["id"], "preview")["preview"]["interactions"]
    assert [each["rest"]["value"] for each in shown] == ["15.3", "8.379"]


def test_an_empty_file_is_refused(analyst: Browser) -> None:
    refused = send(analyst, b"", "nothing.csv")
    assert (refused.status_code, refused.json()["message"]) == (400, "nothing.csv is empty")


def test_a_file_that_is_too_large_is_refused_and_nothing_of_it_stays(workspace: Workspace, analyst: Browser) -> None:
    settings = workspace.folder / "desireline.toml"
    settings.write_text(settings.read_text() + '\n[sources]\nlargest_upload = "1 MB"\n')
    refused = send(analyst, b"x" * 1_100_000, "big.csv")
    assert refused.status_code == 400
    assert refused.json()["message"] == "expected a file of at most 1.0 MB, big.csv has 1.1 MB"
    assert not list((workspace.folder / "uploads").glob("*"))


def test_a_file_that_does_not_fit_on_the_disk_is_refused(
    workspace: Workspace, analyst: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_folder, "_SPARE_BYTES", 10**18)
    refused = send(analyst, GOOD)
    assert "room for 0 bytes" in refused.json()["message"]
    assert not list((workspace.folder / "uploads").glob("*"))


def test_a_name_with_folders_stays_inside(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD, "../../.evil/vi\x00sits.csv")
    assert upload["name"] == "visits.csv"
    assert list((workspace.folder / "uploads").rglob("visits.csv"))


def test_what_a_restart_interrupted_is_told_and_can_be_run_again(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    folder = desk_of(workspace).folder
    folder.keep(replace(folder.read(upload["id"]), state=UploadState.IMPORTING))
    told = analyst.get(f"/api/sources/uploads/{upload['id']}").json()
    assert (told["state"], told["problem"]["code"]) == ("recognised", "upload.interrupted")
    assert after(analyst, workspace, upload["id"], "import")["state"] == "imported"


def test_a_cancelled_import_stores_nothing(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    with workspace.exclusive("log"):
        begun = analyst.post(f"/api/sources/uploads/{upload['id']}/import").json()
        assert begun["state"] == "importing"
        cancelling = analyst.post(f"/api/sources/uploads/{upload['id']}/cancel").json()
        assert cancelling["work"]["cancelling"] is True
        assert analyst.delete(f"/api/sources/uploads/{upload['id']}").status_code == 400
    told = after(analyst, workspace, upload["id"])
    assert (told["state"], told["problem"]["code"]) == ("recognised", "upload.cancelled")
    assert count_log(workspace).interactions == 0


def test_a_second_file_waits_for_the_first(workspace: Workspace, analyst: Browser) -> None:
    first, second = (recognised(analyst, workspace, GOOD, name) for name in ("a.csv", "b.csv"))
    with workspace.exclusive("log"):
        analyst.post(f"/api/sources/uploads/{first['id']}/import")
        waiting = analyst.post(f"/api/sources/uploads/{second['id']}/import").json()
        assert waiting["work"]["waits"] is True
    assert after(analyst, workspace, second["id"])["state"] == "imported"


def test_a_discarded_upload_is_gone(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    assert analyst.delete(f"/api/sources/uploads/{upload['id']}").status_code == 204
    gone = analyst.get(f"/api/sources/uploads/{upload['id']}")
    assert (gone.status_code, gone.json()["hint"]) == (404, "it was discarded; drop the file again")
    assert analyst.get("/api/sources/uploads").json()["uploads"] == []


def test_a_named_format_can_be_said(workspace: Workspace, analyst: Browser, tmp_path: Path) -> None:
    upload = recognised(analyst, workspace, GOOD)
    analyst.post(f"/api/sources/uploads/{upload['id']}/recognise", json={"read_as": "zendesk_ticket"})
    told = after(analyst, workspace, upload["id"])
    assert "no named format" in told["problem"]["message"]
    assert told["mapping"] == upload["mapping"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_who_may_not_change_data_uploads_nothing(signed_in: SignedInBrowser, workspace: Workspace, role: Role) -> None:
    assert send(signed_in(role), GOOD).status_code == 403
    assert not (workspace.folder / "uploads").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_told_and_the_upload_stays(workspace: Workspace, analyst: Browser) -> None:
    upload = recognised(analyst, workspace, GOOD)
    mapping = workspace.folder / "uploads" / upload["id"] / "mapping.yaml"
    mapping.unlink()
    mapping.symlink_to("/dev/full")
    upload = after(analyst, workspace, upload["id"], "recognise")
    assert (upload["state"], upload["problem"]["message"]) == ("received", "the disk of the server is full")
    mapping.unlink()
    assert after(analyst, workspace, upload["id"], "recognise")["state"] == "recognised"


def test_a_file_that_unpacks_to_too_much_is_told(workspace: Workspace, analyst: Browser) -> None:
    settings = workspace.folder / "desireline.toml"
    settings.write_text(settings.read_text() + '\n[sources]\nlargest_unpacked = "1 MB"\n')
    packed = gzip.compress(GOOD.encode() + b"Seen,2026-01-01 10:00,ann\n" * 100_000)
    upload = recognised(analyst, workspace, packed, "visits.csv.gz")
    assert upload["state"] == "received"
    assert upload["problem"]["message"] == "visits.csv.gz unpacks to more than 1,000,000 bytes"
