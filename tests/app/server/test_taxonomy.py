"""The taxonomy over HTTP: read, rename, join, group."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.interactions.shop import record

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.store import Workspace

from .browser import Browser
from .conftest import SignedInBrowser

ADDRESS = "/api/interactions/taxonomy"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create(tmp_path / "workspace")
    record(made, ("Checkout", "web"), ("checkout", "Web"), ("Paid", "web"), ("Paid", "app"))
    return made


@pytest.fixture
def analyst(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.ANALYST)


def put(browser: Browser, **said: Any) -> Any:
    revision = browser.get(ADDRESS).json()["revision"]
    empty: dict[str, Any] = {"revision": revision, "stages": [], "touchpoints": [], "channels": []}
    return browser.put(ADDRESS, json={**empty, **said})


def test_without_a_taxonomy_every_name_of_the_log_is_shown(analyst: Browser) -> None:
    shown = analyst.get(ADDRESS).json()
    assert [(each["name"], each["interactions"]) for each in shown["touchpoints"]] == [
        ("Paid", 2),
        ("Checkout", 1),
        ("checkout", 1),
    ]
    assert shown["stages"] == []


def test_names_are_joined_renamed_and_grouped_at_once(analyst: Browser) -> None:
    shown = put(
        analyst,
        stages=["Buy"],
        touchpoints=[{"name": "At the till", "stage": "Buy", "names": ["Checkout", "checkout"]}],
        channels=[{"name": "web", "names": ["Web"]}],
    ).json()
    assert shown["touchpoints"][0] == {
        "name": "At the till",
        "stage": "Buy",
        "channel": None,
        "names": [{"name": "Checkout", "interactions": 1}, {"name": "checkout", "interactions": 1}],
        "interactions": 2,
    }
    assert {each["name"]: each["interactions"] for each in shown["channels"]} == {"web": 3, "app": 1}


def test_comments_of_what_stays_stay(workspace: Workspace, analyst: Browser) -> None:
    path = workspace.folder / "taxonomy.yaml"
    path.write_text("# ours\nstages: [Buy]\ntouchpoints:\n  Paid: {stage: Buy}  # by card\n")
    put(
        analyst,
        stages=["Buy"],
        touchpoints=[{"name": "Paid", "stage": "Buy"}, {"name": "Checkout", "stage": "Buy", "names": ["checkout"]}],
    )
    text = path.read_text()
    assert "# ours" in text
    assert "Paid: {stage: Buy}  # by card" in text
    assert "Checkout: {names: [checkout], stage: Buy}" in text


def test_a_taxonomy_that_cannot_be_is_refused_and_the_old_one_stays(analyst: Browser) -> None:
    put(analyst, stages=["Buy"], touchpoints=[{"name": "Paid", "stage": "Buy"}])
    before = analyst.get(ADDRESS).json()
    refused = put(analyst, stages=["Buy"], touchpoints=[{"name": "Paid", "stage": "Sell"}])
    assert (refused.status_code, "no stage 'Sell'" in refused.json()["message"]) == (400, True)
    assert analyst.get(ADDRESS).json() == before


def test_a_change_made_from_an_older_one_is_refused(analyst: Browser) -> None:
    old = analyst.get(ADDRESS).json()["revision"]
    put(analyst, stages=["Buy"])
    late = analyst.put(ADDRESS, json={"revision": old, "stages": ["Sell"], "touchpoints": [], "channels": []})
    assert (late.status_code, late.json()["hint"]) == (400, "load it again and make your change anew")


def test_emptying_it_is_having_none(workspace: Workspace, analyst: Browser) -> None:
    put(analyst, stages=["Buy"], touchpoints=[{"name": "Paid", "stage": "Buy"}])
    assert put(analyst).status_code == 200
    assert analyst.get(ADDRESS).json()["stages"] == []
    assert (workspace.folder / "taxonomy.yaml").read_text() == ""


def test_names_that_look_alike_are_proposed(analyst: Browser) -> None:
    joins = analyst.get(f"{ADDRESS}/proposals").json()["joins"]
    assert {(each["kind"], each["raw"]) for each in joins} >= {("channel", "Web")}


def test_an_editor_of_maps_does_not_change_names(signed_in: SignedInBrowser) -> None:
    assert put(signed_in(Role.EDITOR)).status_code == 403
