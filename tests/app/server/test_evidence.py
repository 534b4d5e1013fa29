"""Maps beside what happened, over HTTP."""

from __future__ import annotations

import csv
import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from desireline.accounts import Role
from desireline.evidence import examples, measure, propose_edits
from desireline.evidence.answers import without_nan
from desireline.journeys.answering import MOST_AT_ONCE, QuestionCancelledError, answers_of
from desireline.maps import Document, read_map
from desireline.maps.storing import WorkspaceLibrary, save
from desireline.maps.together.keeping import keep, open_kept
from desireline.maps.together.trees import become
from desireline.store import Workspace

from ...evidence.logs import LINE, make_log
from ...evidence.shop import MAP, make_shop
from .browser import Browser, browser
from .conftest import SignedInBrowser

COMPARE = "      - {id: compare, name: I compare, optional: true, binding: {where: touchpoint = Compare}}\n"
TIED = MAP.replace("phases:", "personas: [{id: app, name: App people, segment: channel = app}]\nphases:")
ONE = "/api/evidence/maps/buy-a-phone"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_shop(tmp_path / "shop")
    save(made, Document(MAP), author="Nora")
    return made


@pytest.fixture
def editor(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.EDITOR)


@pytest.fixture
def analyst(signed_in: SignedInBrowser) -> Browser:
    """Sees numbers of fewer than five customers: those of the shop."""
    return signed_in(Role.ANALYST)


def test_the_answers_have_every_key_and_value_of_the_command_line(
    workspace: Workspace, signed_in: SignedInBrowser
) -> None:
    analyst, document = signed_in(Role.ANALYST), Document(TIED)
    save(workspace, document)
    subject = read_map(document)
    expected: dict[str, Any] = {
        f"{ONE}/check": measure(workspace, subject).to_dict(),
        f"{ONE}/check?personas=true": measure(workspace, subject, personas=True).to_dict(),
        f"{ONE}/examples?what=skipped&step=compare": examples(workspace, subject, "skipped", step="compare").to_dict(),
        f"{ONE}/proposals": propose_edits(workspace, document, library=WorkspaceLibrary(workspace)).to_dict(),
    }
    for address, told in expected.items():
        answer = analyst.get(address).json()
        for each in told.get("personas", ()):
            assert each.pop("personas") == []
        assert answer.keys() == told.keys(), address
        assert _plain(answer) == _plain(without_nan(told)), address


def _plain(value: Any) -> Any:
    """Times in one spelling."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.replace("+00:00", "Z") if isinstance(value, str) else value


def test_a_selection_is_that_of_the_command_line(workspace: Workspace, analyst: Browser) -> None:
    found = analyst.get(f"{ONE}/check", params={"segment": "channel = app", "period": "2026-03-01..2026-03-05"}).json()
    wanted = measure(workspace, read_map(Document(MAP)), segment="channel = app", period="2026-03-01..2026-03-05")
    assert found["journeys"] == wanted.check.figures.journeys == 2


def test_an_answer_changes_with_the_map(analyst: Browser, workspace: Workspace) -> None:
    before = analyst.get(f"{ONE}/check").json()["steps"][0]["reached"]
    save(workspace, Document(MAP.replace("touchpoint = Search", "touchpoint = Call")), author="Nora")
    assert analyst.get(f"{ONE}/check").json()["steps"][0]["reached"] == 2 != before
    assert analyst.get(f"{ONE}/check?version=1").json()["steps"][0]["reached"] == before


def test_a_map_is_measured_as_it_is_written_before_that_is_a_version(analyst: Browser, workspace: Workspace) -> None:
    opened = open_kept(workspace, "buy-a-phone")
    before = opened.doc.get_state()
    written = Document(MAP).changed(lambda tree: tree["phases"][0]["steps"][0].pop("binding"))
    become(opened.doc, written.tree)
    keep(workspace, "buy-a-phone", [opened.doc.get_update(before)], based_on=1, authors=["Nora"])
    unbound = written.tree["phases"][0]["steps"][0]["id"]
    saved, now = (analyst.get(f"{ONE}/check{query}").json()["steps"] for query in ("", "?written=true"))
    assert [each["binding"] for each in saved if each["id"] == unbound] == ["bound"]
    assert [each["binding"] for each in now if each["id"] == unbound] == ["unbound"]


def test_the_linter_sees_a_binding_that_nothing_meets_and_says_at_which_step(
    analyst: Browser, workspace: Workspace
) -> None:
    save(workspace, Document(MAP.replace("= Search", "= Serch")))
    found = analyst.get("/api/maps/map/buy-a-phone/lint").json()
    (broken,) = (each for each in found["findings"] if each["rule"] == "broken-binding")
    assert broken["at"] == {"kind": "step", "id": "search"}
    assert "silent-binding" not in [each["rule"] for each in found["findings"] if each["severity"] == "unchecked"]


def test_the_drawing_has_what_was_measured(editor: Browser) -> None:
    assert "journeys reached it" in editor.get(f"{ONE}/drawing").text
    assert editor.get(f"{ONE}/files/pptx").content.startswith(b"PK")
    assert "expected a picture" in editor.get(f"{ONE}/files/yaml").json()["message"]


def test_what_was_measured_is_a_table_with_a_row_for_each_step(analyst: Browser, workspace: Workspace) -> None:
    answer = analyst.get(f"{ONE}/files/csv", params={"segment": "channel = app"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    steps = analyst.get(f"{ONE}/check", params={"segment": "channel = app"}).json()["steps"]
    assert [each["step"] for each in rows] == [each["id"] for each in steps]
    for row, step in zip(rows, steps, strict=True):
        assert (row["map"], row["segment"]) == ("I buy a phone", "channel = app")
        assert [row[each] for each in ("reached", "left", "skipped")] == [
            "" if step[each] is None else str(step[each]) for each in ("reached", "left", "skipped")
        ]


def test_the_workbook_of_measured_values_says_what_it_is_about(editor: Browser) -> None:
    answer = editor.get(f"{ONE}/files/xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, *steps = book.get_sheet_by_name("Measured").to_python()
    about = {row[0]: row[1] for row in book.get_sheet_by_name("About").to_python()[1:]}
    assert answer.headers["content-disposition"] == 'attachment; filename="buy-a-phone-measured.xlsx"'
    assert {"reached", "reached_share_low", "median_time_unit"} <= set(head) and steps
    assert about["period"] == "all of the data" and about["segment"] == "all customers"


def test_journeys_of_customers_are_for_those_who_may_see_them(editor: Browser) -> None:
    assert editor.get(f"{ONE}/examples?what=reached&step=order").status_code == 403


def test_bindings_say_what_meets_them(analyst: Browser) -> None:
    rows = analyst.get(f"{ONE}/bindings").json()["steps"]
    assert [(each["step"], each["state"], each["interactions"]) for each in rows][:2] == [
        ("search", "bound", 6),
        ("compare", "bound", 3),
    ]


@pytest.mark.parametrize(
    ("where", "interactions", "customers", "missing"),
    [
        ("touchpoint = Search", 6, 5, 0),
        ("channel = phone", 2, 2, 0),
        ("touchpoint = Serch", 0, 0, 1),
        ("attributes.plan = x", 0, 0, 1),
    ],
    ids=["a touchpoint", "a channel", "a misspelled one", "a field that nobody has"],
)
def test_a_condition_is_counted_as_it_is_written(
    analyst: Browser, where: str, interactions: int, customers: int, missing: int
) -> None:
    found = analyst.get("/api/evidence/count", params={"where": where}).json()
    told = (found["interactions"], found["customers"], len(found["missing"]))
    assert told == (interactions, customers, missing)
    assert found["total"] == 21


def test_a_condition_that_cannot_be_read_says_where(editor: Browser) -> None:
    refused = editor.get("/api/evidence/count", params={"where": "touchpoint ="})
    assert (refused.status_code, refused.json()["code"]) == (400, "input.invalid")


@pytest.mark.parametrize(
    ("address", "params"),
    [
        ("/api/evidence/count", {"where": "text contains 'x'"}),
        ("/api/evidence/count", {"where": "agent = Mary"}),
        (f"{ONE}/check", {"segment": "id = 4711"}),
        (f"{ONE}/drawing", {"where": "occurred_at >= '2026-03-03T16:13:00Z'"}),
    ],
)
def test_a_condition_that_picks_one_customer_out_is_for_those_who_may_see_them(
    signed_in: SignedInBrowser, address: str, params: dict[str, str]
) -> None:
    assert signed_in(Role.EDITOR).get(address, params=params).status_code == 403
    assert signed_in(Role.ANALYST).get(address, params=params).status_code != 403


def test_a_series_names_its_points_by_month_or_week(editor: Browser) -> None:
    for by, name in (("month", "2026-03"), ("week", "2026-W09")):
        found = editor.get(f"{ONE}/series", params={"step": "order", "by": by}).json()
        assert (found["by"], found["points"][0]["name"], found["rules"][0]["where"]) == (by, name, "touchpoint = Order")


def _proposed(editor: Browser) -> list[str]:
    return [each["id"] for each in editor.get(f"{ONE}/proposals").json()["proposals"]]


@pytest.fixture
def often(tmp_path: Path) -> Workspace:
    """Where enough customers did what the map does not say."""
    made = make_log(tmp_path / "log", LINE)
    save(made, Document(MAP.replace(COMPARE, "")), author="Nora")
    return made


def test_a_proposal_is_accepted_as_a_version_that_says_so(often: Workspace, signed_in: SignedInBrowser) -> None:
    editor = signed_in(Role.EDITOR, often)
    first = _proposed(editor)[0]
    assert editor.post(f"{ONE}/proposals", json={"accepted": [first]}).json()["version"] == 2
    assert editor.get("/api/maps/documents/map/buy-a-phone").json()["label"] == f"Accepted {first}"
    assert first not in _proposed(editor)


def test_a_rejected_proposal_is_not_made_again(often: Workspace, signed_in: SignedInBrowser) -> None:
    editor = signed_in(Role.EDITOR, often)
    first = _proposed(editor)[0]
    editor.post(f"{ONE}/proposals", json={"rejected": [first], "because": "not ours"})
    assert first not in _proposed(editor)
    assert [each["id"] for each in editor.get(f"{ONE}/proposals").json()["rejected"]] == [first]


def test_nothing_is_saved_of_a_decision_that_cannot_be(editor: Browser) -> None:
    assert editor.post(f"{ONE}/proposals", json={"accepted": ["nothing"]}).status_code == 404
    assert editor.post(f"{ONE}/proposals", json={}).status_code == 400
    assert editor.get("/api/maps/documents/map/buy-a-phone").json()["version"] == 1


def test_a_first_map_is_saved_with_an_id_of_its_own(often: Workspace, signed_in: SignedInBrowser) -> None:
    editor = signed_in(Role.EDITOR, often)
    made = [editor.post("/api/evidence/first-map", json={"title": "I buy", "steps": 3}).json() for _ in "ab"]
    assert [each["id"] for each in made] == ["i-buy", "i-buy-2"]
    tree = editor.get("/api/maps/documents/map/i-buy-2").json()["tree"]
    assert any("binding" in step for phase in tree["phases"] for step in phase["steps"])


def test_every_map_has_a_staleness_or_the_reason_why_not(editor: Browser, workspace: Workspace) -> None:
    save(workspace, Document(MAP.replace("buy-a-phone", "other").replace("touchpoint = Search", "touchpoint = Gone")))
    rows = {each["map"]: each for each in editor.get("/api/evidence/staleness").json()["maps"]}
    assert rows.keys() == {"buy-a-phone", "other"}
    assert rows["other"]["broken"] == ["search"]
    assert rows["other"]["staleness"] > rows["buy-a-phone"]["staleness"]


def test_the_review_queue_says_why(editor: Browser) -> None:
    (row,) = editor.get("/api/evidence/review").json()["maps"]
    assert (row["id"], row["reasons"][0]["kind"]) == ("buy-a-phone", "never-reviewed")


def test_personas_that_are_tied_to_customers_are_offered_as_segments(analyst: Browser, workspace: Workspace) -> None:
    save(workspace, Document(TIED))
    save(workspace, Document("desireline: persona/1\nid: anna\nname: Anna\nsegment: channel = web\n"))
    save(workspace, Document("desireline: persona/1\nid: bert\nname: Bert\n"))
    assert analyst.get("/api/evidence/personas").json() == [
        {"id": "anna", "name": "Anna", "segment": "channel = web", "map": None},
        {"id": "app", "name": "App people", "segment": "channel = app", "map": read_map(Document(TIED)).title},
    ]


def test_a_link_shows_numbers_only_where_it_says_so(editor: Browser, workspace: Workspace) -> None:
    guest = browser(workspace)
    made = {
        measured: editor.post("/api/maps/map/buy-a-phone/shares", json={"measured": measured}).json()["address"]
        for measured in (True, False)
    }
    assert "journeys reached it" in guest.get(f"/api{made[True]}/measured").text
    assert guest.get(f"/api{made[False]}/measured").status_code == 403
    assert guest.get(f"/api{made[True]}/measured/pdf").status_code == 403


def test_a_question_about_a_map_is_watched_and_cancelled_by_who_asked_it(
    workspace: Workspace, editor: Browser, analyst: Browser
) -> None:
    go_on = threading.Event()
    with ThreadPoolExecutor() as threads:
        others = [threads.submit(_hold_room, workspace, place, go_on) for place in range(MOST_AT_ONCE)]
        asking = threads.submit(analyst.get, f"{ONE}/check?ticket=t")
        try:
            while not (run := analyst.get("/api/journeys/progress/t").json())["running"] and not asking.done():
                time.sleep(0.01)
            seen = run["running"], editor.get("/api/journeys/progress/t").json()["running"]
            stopped = [each.post("/api/journeys/questions/t/cancel").json()["cancelled"] for each in (editor, analyst)]
        finally:
            go_on.set()
        answer = asking.result(30)
        for each in others:
            each.result(30)
    assert (seen, stopped) == ((True, False), [False, True])
    assert answer.json()["code"] == QuestionCancelledError.code


def _hold_room(workspace: Workspace, place: int, go_on: threading.Event) -> None:
    answers_of(workspace).keep(("held", place), lambda _: go_on.wait(30))
