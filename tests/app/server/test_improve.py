from __future__ import annotations

from typing import Any

import pytest

from desireline.accounts import Role
from desireline.maps import Document
from desireline.maps.storing import WorkspaceLibrary, history, save
from desireline.store import Workspace

from .conftest import SignedInBrowser

MAP = """\
desireline: map/1
id: buy
title: I buy
phases:
  - id: pay
    name: Pay
    steps: [{id: card, name: I pay by card}]
lanes:
  - id: hurts
    role: pains
    cells:
      - {id: p1, step: card, opportunities: [pay-again], claims: [{text: It fails}]}
opportunities:
  - id: pay-again  # found in March
    title: How might we let people pay again?
    customer_value: 5
    business_value: 3
    effort: 2
    solutions:
      - id: retry
        title: A button
        tasks:
          - {id: t1, title: Build it, department: App, due: 2026-01-31}
          - id: t2
            title: Test it
            owner: {name: Ada, department: Quality}
            status: done
  - other
"""
OWN = "desireline: opportunity/1\nid: other\ntitle: How else?\nimpact: 5\nconfidence: 0.5\nease: 4\nsolutions:\n  - {id: s, title: S, tasks: [{id: t, title: T}]}\n"
TASK = "/api/improve/tasks/pay-again/retry/t1"


@pytest.fixture(autouse=True)
def documents(workspace: Workspace) -> None:
    save(workspace, Document(OWN), author="Ada")
    save(workspace, Document(MAP), author="Ada")


def tasks(browser: Any) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in browser.get("/api/improve/tasks").json()["tasks"]}


def test_opportunities_come_with_their_score_what_is_missing_and_the_step_they_belong_to(
    signed_in: SignedInBrowser,
) -> None:
    found = signed_in(Role.VIEWER).get("/api/improve/opportunities").json()
    first, second = found["opportunities"]
    assert (found["score"], first["id"], first["score"], first["quadrant"]) == (
        "value-effort",
        "pay-again",
        2.0,
        "quick win",
    )
    assert [(each["map"], each["step_name"]) for each in first["pains"]] == [("buy", "I pay by card")]
    assert first["solutions"] == [{"id": "retry", "title": "A button", "status": "idea", "tasks": 2, "tasks_done": 1}]
    assert (second["score"], second["missing"]) == (None, ["customer_value", "business_value", "effort"])


def test_another_score_may_be_asked_for(signed_in: SignedInBrowser) -> None:
    browser = signed_in(Role.VIEWER)
    found = browser.get("/api/improve/opportunities?score=ice").json()
    assert [(each["id"], each["score"]) for each in found["opportunities"]] == [("other", 10.0), ("pay-again", None)]
    refused = browser.get("/api/improve/opportunities?score=rise")
    assert (refused.status_code, refused.json()["hint"]) == (400, "did you mean rice?")


def test_tasks_stand_by_department_with_what_they_are_for(signed_in: SignedInBrowser) -> None:
    found = tasks(signed_in(Role.VIEWER))
    assert [(each["id"], each["department"], each["late"]) for each in found.values()] == [
        ("t1", "App", True),
        ("t2", "Quality", False),
        ("t", None, False),
    ]
    assert (found["t1"]["map"], found["t1"]["step"], found["t1"]["opportunity"]) == ("buy", "card", "pay-again")
    assert (found["t"]["map"], found["t"]["step"]) == ("buy", None)


def test_a_change_of_a_task_is_the_next_version_of_its_map_and_leaves_the_rest_of_the_text(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    answer = signed_in(Role.EDITOR).patch(TASK, json={"status": "doing", "owner": "Ben", "due": "2026-02-28"})
    assert answer.status_code == 200, answer.text
    assert {key: answer.json()["task"][key] for key in ("status", "owner", "due", "department")} == {
        "status": "doing",
        "owner": "Ben",
        "due": "2026-02-28",
        "department": "App",
    }
    last = history(workspace, "map", "buy")[-1]
    assert (last.number, last.author, last.label) == (
        2,
        "Ada the editor",
        "Task t1: status doing, owner Ben, due 2026-02-28",
    )
    assert last.text is not None and "# found in March" in last.text


def test_a_task_of_an_opportunity_of_its_own_is_changed_there(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    answer = signed_in(Role.EDITOR).patch("/api/improve/tasks/other/s/t", json={"department": "Care"})
    assert (answer.json()["task"]["department"], answer.json()["version"]) == ("Care", 2)
    assert [each.number for each in history(workspace, "map", "buy")] == [1]


def test_null_takes_a_field_away(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    browser = signed_in(Role.EDITOR)
    browser.patch(TASK, json={"due": None})
    assert tasks(browser)["t1"]["due"] is None
    document = WorkspaceLibrary(workspace).find("map", "buy")
    assert document is not None and "due" not in document.text


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        (TASK, {"status": "finished"}, 400, "finished"),
        (TASK, {"due": "soon"}, 400, "soon"),
        (TASK, {}, 400, "nothing"),
        (TASK, {"owner": "x" * 5_000}, 400, "owner"),
        ("/api/improve/tasks/pay-agian/retry/t1", {"status": "done"}, 404, "pay-agian"),
        ("/api/improve/tasks/pay-again/retry/t9", {"status": "done"}, 404, "t9"),
    ],
    ids=["no such state", "no day", "nothing to change", "a name too long", "no such opportunity", "no such task"],
)
def test_what_cannot_be_changed_is_refused_and_nothing_is_saved(
    signed_in: SignedInBrowser, workspace: Workspace, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    answer = signed_in(Role.EDITOR).patch(path, json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert len(history(workspace, "map", "buy")) == 1


def test_a_viewer_changes_no_task(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    assert signed_in(Role.VIEWER).patch(TASK, json={"status": "done"}).status_code == 403
    assert len(history(workspace, "map", "buy")) == 1
