from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.store import Workspace, open_workspace

from ..home.shops import make_company, weeks_of
from .browser import Browser
from .conftest import SignedInBrowser

MAP = "desireline: map/1\nid: buy\ntitle: I buy\nreview_date: 2026-01-31\nphases: []\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "workspace"
    save(make_company(folder, weeks_of(10)), Document(MAP), author="Ada")
    return folder


@pytest.fixture
def company(made: Path, tmp_path: Path) -> Workspace:
    """A copy, in which nobody was added yet."""
    return open_workspace(shutil.copytree(made, tmp_path / "copy"))


def ready(browser: Browser, path: str) -> dict[str, Any]:
    """What a path answers, once it is worked out."""
    for _ in range(300):
        answer = browser.get(path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        if found["working"] is None:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{path} is never ready")


def test_figures_are_worked_out_once_and_then_given_at_once(signed_in: SignedInBrowser, company: Workspace) -> None:
    browser = signed_in(Role.VIEWER, company)
    first = ready(browser, "/api/home/figures?period=28d")
    assert first["period"]["end"] == "2026-05-10"
    assert browser.get("/api/home/figures?period=28d").json() == first
    interactions = next(each for each in first["figures"] if each["id"] == "interactions")
    assert (interactions["value"], interactions["n"], len(interactions["points"])) == (32, 32, 10)
    assert interactions["ask"] == {"question": "flow", "parameters": {"period": "2026-04-13..2026-05-10"}}


def test_figures_of_a_segment_count_its_customers_alone_and_open_it(
    signed_in: SignedInBrowser, company: Workspace
) -> None:
    browser, segment = signed_in(Role.ANALYST, company), "touchpoint = Call"
    figures = ready(browser, f"/api/home/figures?period=28d&segment={segment}")["figures"]
    of_all = ready(browser, "/api/home/figures?period=28d")["figures"]
    found, whole = (next(each for each in few if each["id"] == "customers") for few in (figures, of_all))
    asked = found["ask"]["parameters"]
    assert asked == {"period": "2026-04-13..2026-05-10", "segment": segment}
    counted = browser.get("/api/journeys/questions/overview", params=asked).json()["answer"]["customers"]
    assert 0 < found["value"] == counted < whole["value"]
    assert all(each["ask"]["parameters"]["segment"] == segment for each in figures)


def test_a_segment_that_cannot_be_read_or_is_one_customer_is_refused(
    signed_in: SignedInBrowser, company: Workspace
) -> None:
    browser = signed_in(Role.VIEWER, company)
    assert browser.get("/api/home/figures?segment=channel is").status_code == 400
    assert browser.get("/api/home/figures?segment=case = 'K-1'").status_code == 403


def test_a_period_that_is_none_is_refused_with_a_hint(signed_in: SignedInBrowser, company: Workspace) -> None:
    answer = signed_in(Role.VIEWER, company).get("/api/home/figures?period=whenever")
    assert answer.status_code == 400
    assert (answer.json()["code"], "whenever" in answer.json()["message"]) == ("input.invalid", True)


def test_an_empty_workspace_has_no_period_no_findings_no_sources(signed_in: SignedInBrowser) -> None:
    browser = signed_in(Role.VIEWER)
    assert ready(browser, "/api/home/figures") == {"working": None, "period": None, "figures": []}
    assert ready(browser, "/api/home/findings")["findings"] == []
    assert ready(browser, "/api/home/sources")["sources"] == []
    assert ready(browser, "/api/home/maps") == {"working": None, "total": 0, "maps": []}


def test_a_map_whose_review_is_due_stands_among_those_to_review(signed_in: SignedInBrowser, company: Workspace) -> None:
    found = ready(signed_in(Role.VIEWER, company), "/api/home/maps")
    assert found["total"] == 1
    assert [each["id"] for each in found["maps"]] == ["buy"]
    assert found["maps"][0]["reasons"]


def test_sources_say_when_they_were_last_heard_of(signed_in: SignedInBrowser, company: Workspace) -> None:
    (source,) = ready(signed_in(Role.VIEWER, company), "/api/home/sources")["sources"]
    assert (source["source"], source["interactions"], source["state"]) == ("shop", 80, "ended")


def test_findings_are_marked_for_whoever_marks_them_and_for_nobody_else(
    signed_in: SignedInBrowser, tmp_path: Path
) -> None:
    calls = [(f"p{day % 40}", day + 0.1, "Call") for day in range(50, 70) for _ in range(8)]
    visits = [(f"p{number % 40}", day, "Visit") for day in range(70) for number in range(day, day + 30)]
    made = make_company(tmp_path / "busy", [*visits, *calls])
    ada, ben = signed_in(Role.VIEWER, made), signed_in(Role.EDITOR, made)
    first = ready(ada, "/api/home/findings")["findings"]
    assert first, "the calls of the last weeks are no finding"
    said = {"findings": [first[0]["id"]], "mark": "dismissed"}
    assert ada.put("/api/home/findings", json=said).status_code == 204
    assert ready(ada, "/api/home/findings")["findings"][0]["mark"] == "dismissed"
    assert ready(ben, "/api/home/findings")["findings"][0]["mark"] == "new"
    ada.put("/api/home/findings", json={**said, "mark": "new"})
    assert ready(ada, "/api/home/findings")["findings"][0]["mark"] == "new"


def test_a_person_arranges_a_view_for_themselves_and_takes_it_back(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    ada, ben = signed_in(Role.VIEWER), signed_in(Role.EDITOR)
    before = ada.get("/api/home/views/service").json()
    assert not before["is_own"]
    tiles = [{**each, "hidden": True} for each in reversed(before["tiles"])]
    assert ada.put("/api/home/views/service", json={"tiles": tiles}).json()["tiles"] == tiles
    assert ada.get("/api/home/views/service").json() == {"function": "service", "is_own": True, "tiles": tiles}
    assert ben.get("/api/home/views/service").json() == before
    assert ada.get("/api/home/views/sales").json()["is_own"] is False
    assert ada.delete("/api/home/views/service").json() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/home/views/nobody", {"tiles": []}, 404),
        ("/api/home/views/sales", {"tiles": [{"id": "figure:a"}, {"id": "figure:a"}]}, 400),
        ("/api/home/views/sales", {"tiles": [{"id": "figure:a", "size": "huge"}]}, 400),
        ("/api/home/findings", {"findings": ["a"], "mark": "loved"}, 400),
    ],
    ids=["no such view", "a tile twice", "no such size", "no such mark"],
)
def test_what_cannot_be_kept_is_refused(
    signed_in: SignedInBrowser, path: str, body: dict[str, Any], status: int
) -> None:
    answer = signed_in(Role.VIEWER).put(path, json=body)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) >= {"code", "message"}
