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
metrics:
  - {id: paid, name: Paid at once, kind: reach, target: 0.9}
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
        "Task “Build it”: status doing, owner Ben, due 2026-02-28",
    )
    assert last.text is not None and "# found in March" in last.text


def test_a_task_of_an_opportunity_of_its_own_is_changed_there(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    answer = signed_in(Role.EDITOR).patch("/api/improve/tasks/other/s/t", json={"department": "Care"})
    assert (answer.json()["task"]["department"], answer.json()["version"]) == ("Care", 2)
    assert [each.number for each in history(workspace, "map", "buy")] == [1]


def test_the_tasks_of_a_map_that_was_copied_stand_once_and_are_changed_where_they_are(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    browser = signed_in(Role.EDITOR)
    copied = browser.post("/api/maps/map/buy/copy", json={"title": "A copy"}).json()["id"]
    assert [list(tasks(browser)), browser.patch(TASK, json={"status": "doing"}).json()["version"]] == [
        ["t1", "t2", "t"],
        2,
    ]
    assert [[each.number for each in history(workspace, "map", ident)] for ident in ("buy", copied)] == [[1, 2], [1]]
    assert [tasks(browser)[ident]["map"] for ident in ("t1", "t2")] == ["buy", "buy"]


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


OPPORTUNITY = "/api/improve/opportunities/pay-again"
NEW = {"map": "buy", "title": "How might we ship faster?", "step": "card"}


def opportunity(browser: Any, ident: str) -> dict[str, Any]:
    found = browser.get("/api/improve/opportunities").json()["opportunities"]
    return next(each for each in found if each["id"] == ident)


def test_a_new_opportunity_is_named_at_its_step_in_a_lane_that_is_made_for_it(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    browser = signed_in(Role.EDITOR)
    answer = browser.post("/api/improve/opportunities", json=NEW)
    assert answer.status_code == 201, answer.text
    made = answer.json()["opportunity"]
    assert (made["id"], made["rank"], made["version"]) == ("how-might-we-ship-faster", None, 2)
    assert [(each["map"], each["step"]) for each in made["steps"]] == [("buy", "card")]
    last = history(workspace, "map", "buy")[-1]
    assert last.label == "Opportunity “How might we ship faster?” added"
    document = WorkspaceLibrary(workspace).find("map", "buy")
    assert document is not None and [each["role"] for each in document.tree["lanes"]] == ["pains", "opportunities"]


def test_an_opportunity_of_the_same_title_has_an_id_of_its_own(signed_in: SignedInBrowser) -> None:
    browser = signed_in(Role.EDITOR)
    made = [browser.post("/api/improve/opportunities", json=NEW).json()["opportunity"]["id"] for _ in range(2)]
    assert len(set(made)) == 2


def test_an_opportunity_is_rated_and_its_history_tells_it(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    browser = signed_in(Role.EDITOR)
    answer = browser.patch(OPPORTUNITY, json={"effort": 4, "customer_value": 4.5, "owner": "Ben", "metrics": ["paid"]})
    assert answer.status_code == 200, answer.text
    rated = answer.json()["opportunity"]
    assert (rated["effort"], rated["value"], rated["owner"], rated["quadrant"]) == (4, 3.75, "Ben", "big bet")
    assert rated["metrics"] == [{"id": "paid", "name": "Paid at once", "unit": None, "target": 0.9, "is_share": True}]
    last = history(workspace, "map", "buy")[-1]
    assert last.label == (
        "Opportunity “How might we let people pay again?”: value for customers 4.5, effort 4, metrics paid, owner Ben"
    )
    assert last.text is not None and "# found in March" in last.text


def test_a_figure_that_is_null_is_taken_away(signed_in: SignedInBrowser) -> None:
    rated = signed_in(Role.EDITOR).patch(OPPORTUNITY, json={"effort": None}).json()["opportunity"]
    assert (rated["effort"], rated["score"], rated["missing"]) == (None, None, ["effort"])


def test_what_two_people_rated_of_the_same_version_is_brought_together(signed_in: SignedInBrowser) -> None:
    browser = signed_in(Role.EDITOR)
    browser.patch(OPPORTUNITY, json={"effort": 4, "based_on": 1})
    answer = browser.patch(OPPORTUNITY, json={"business_value": 1, "based_on": 1}).json()
    assert (answer["opportunity"]["effort"], answer["opportunity"]["business_value"]) == (4, 1)
    assert (answer["version"], answer["merged"]) == (3, True)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        (OPPORTUNITY, {"effort": 4}, {"effort": 5}),
        (TASK, {"status": "doing"}, {"status": "done"}),
        ("/api/improve/solutions/pay-again/retry", {"title": "A link"}, {"title": "A call"}),
    ],
    ids=["opportunity", "task", "solution"],
)
def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused_and_nothing_is_saved(
    signed_in: SignedInBrowser, workspace: Workspace, path: str, one: dict[str, Any], other: dict[str, Any]
) -> None:
    browser = signed_in(Role.EDITOR)
    assert browser.patch(path, json={**one, "based_on": 1}).status_code == 200
    refused = browser.patch(path, json={**other, "based_on": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "input.conflict")
    assert len(history(workspace, "map", "buy")) == 2


def test_solutions_and_tasks_are_added_and_taken_away(signed_in: SignedInBrowser, workspace: Workspace) -> None:
    browser = signed_in(Role.EDITOR)
    made = browser.post("/api/improve/solutions/pay-again", json={"title": "A second card"}).json()
    solution = made["solution"]
    body = {"title": "Draw it", "department": "App", "due": "2026-12-01", "kpi": "paid"}
    task = browser.post(f"/api/improve/tasks/pay-again/{solution}", json=body).json()["task"]
    assert {name: task[name] for name in body} == body
    assert (task["status"], task["kpi_metric"]["name"]) == ("open", "Paid at once")
    assert browser.delete(f"/api/improve/tasks/pay-again/{solution}/{task['id']}").status_code == 204
    assert browser.delete(f"/api/improve/solutions/pay-again/{solution}").status_code == 204
    assert [each["id"] for each in opportunity(browser, "pay-again")["solutions"]] == ["retry"]
    assert [each.label for each in history(workspace, "map", "buy")[1:]] == [
        "Solution “A second card” added",
        "Task “Draw it” added",
        "Task “Draw it” taken away",
        "Solution “A second card” taken away",
    ]


def test_an_opportunity_that_is_taken_away_is_named_nowhere_in_its_map(
    signed_in: SignedInBrowser, workspace: Workspace
) -> None:
    assert signed_in(Role.EDITOR).delete(OPPORTUNITY).status_code == 204
    last = history(workspace, "map", "buy")[-1]
    assert last.text is not None and "pay-again" not in last.text
    assert last.label == "Opportunity “How might we let people pay again?” taken away"


def test_choices_are_the_maps_with_their_steps_and_the_metrics_by_name(signed_in: SignedInBrowser) -> None:
    found = signed_in(Role.VIEWER).get("/api/improve/choices").json()
    assert found["maps"] == [{"id": "buy", "title": "I buy", "steps": [{"id": "card", "name": "I pay by card"}]}]
    assert [each["name"] for each in found["metrics"]] == ["Paid at once"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/api/improve/opportunities", {**NEW, "title": "  "}, 400, "title"),
        ("POST", "/api/improve/opportunities", {**NEW, "map": "by"}, 404, "'by'"),
        ("POST", "/api/improve/opportunities", {**NEW, "step": "crad"}, 404, "crad"),
        ("PATCH", OPPORTUNITY, {"effort": 9}, 400, "effort"),
        ("PATCH", OPPORTUNITY, {"title": ""}, 400, "title"),
        ("PATCH", OPPORTUNITY, {"based_on": 1}, 400, "nothing"),
        ("PATCH", OPPORTUNITY, {"effort": 3, "based_on": 7}, 404, "version 7"),
        ("DELETE", "/api/improve/opportunities/other", None, 400, "dropped"),
        ("POST", "/api/improve/solutions/pay-again", {"title": ""}, 400, "title"),
        ("PATCH", "/api/improve/solutions/pay-again/retri", {"status": "idea"}, 404, "retri"),
        ("POST", "/api/improve/tasks/pay-again/retri", {"title": "Do it"}, 404, "retri"),
        ("DELETE", "/api/improve/tasks/pay-again/retry/t9", None, 404, "t9"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_saved(
    signed_in: SignedInBrowser,
    workspace: Workspace,
    method: str,
    path: str,
    body: dict[str, Any] | None,
    status: int,
    said: str,
) -> None:
    answer = signed_in(Role.EDITOR).request(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert len(history(workspace, "map", "buy")) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/improve/opportunities", NEW),
        ("PATCH", OPPORTUNITY, {"effort": 3}),
        ("DELETE", OPPORTUNITY, None),
        ("POST", "/api/improve/solutions/pay-again", {"title": "S"}),
        ("PATCH", "/api/improve/solutions/pay-again/retry", {"status": "planned"}),
        ("DELETE", "/api/improve/solutions/pay-again/retry", None),
        ("POST", "/api/improve/tasks/pay-again/retry", {"title": "T"}),
        ("DELETE", TASK, None),
    ],
)
def test_a_viewer_makes_rates_and_takes_away_nothing(
    signed_in: SignedInBrowser, workspace: Workspace, method: str, path: str, body: dict[str, Any] | None
) -> None:
    assert signed_in(Role.VIEWER).request(method, path, json=body).status_code == 403
    assert len(history(workspace, "map", "buy")) == 1
