"""Asking over HTTP: questions, files, comparisons, journeys behind numbers, names, definitions, saved questions."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.base import Progress, WorkspaceError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import answering, open_index
from desireline.journeys.addresses import QUESTIONS, Question, answer_type, parameters_of
from desireline.journeys.answering import QuestionCancelledError, answers_of, stop_answering
from desireline.journeys.definitions import save_definition
from desireline.journeys.vocabulary import names_of_workspace
from desireline.store import Workspace, open_workspace

from .browser import Browser, browser, sign_in_as

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEEDED: dict[str, dict[str, Any]] = {
    "paths": {"touchpoint": "Basket"},
    "funnel": {"steps": ["Basket", "Paid"]},
    "drivers": {"outcomes": "Paid"},
    "survival": {"events": "Paid"},
    "attribution": {"outcomes": "Paid"},
    "outcomes": {"journey": "order"},
}
"""What questions cannot be asked without."""
FUNNEL = {"steps": ["Basket", "Paid"]}


def seen(day: float, touchpoint: str, channel: str, customer: str, **fields: Any) -> NewInteraction:
    usual = {"source": "hand", "touchpoint": touchpoint, "channel": channel, "occurred_at": DAY + timedelta(days=day)}
    return NewInteraction({**usual, **fields}, {"customer": customer})


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "30d"})
    who = [f"C-{place}" for place in range(30)]
    record_interactions(
        made,
        [
            *(seen(place, "Basket", "web" if place % 3 else "app", each) for place, each in enumerate(who)),
            *(seen(place + 0.1, "Paid", "web", each, value=40.0) for place, each in enumerate(who) if place % 2),
            *(
                seen(place + 0.2, "Call", "phone", each, team="Billing", wait=60, duration=300, text=f"I am {each}")
                for place, each in enumerate(who)
                if place % 5 == 0
            ),
            *(
                seen(place + 0.3, "Survey", "email", each, score=float(place % 11), score_kind="NPS")
                for place, each in enumerate(who)
            ),
        ],
    )
    open_index(made)
    return made


@pytest.fixture(scope="module")
def signed_in(workspace: Workspace) -> Iterator[Callable[[Role], Browser]]:
    """The same browser for all tests of a role: they change nothing that another one looks at."""
    with ExitStack() as stack:

        @cache
        def sign_in(role: Role) -> Browser:
            return sign_in_as(stack.enter_context(browser(workspace)), workspace, role)

        yield sign_in


@pytest.fixture(scope="module")
def ada(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.ANALYST)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_as_its_type_says(name: str, ada: Browser) -> None:
    answer = ada.get(f"/api/journeys/questions/{name}", params=NEEDED.get(name))
    assert answer.status_code == 200, answer.text
    told = answer.json()["answer"]
    assert msgspec.to_builtins(msgspec.convert(told, answer_type(name), strict=True)) == told


@pytest.mark.parametrize("name", QUESTIONS)
def test_parameters_are_those_of_the_function_with_its_defaults(name: str) -> None:
    question = Question.of(name, {each.name: each.default for each in parameters_of(name)} | NEEDED.get(name, {}))
    assert {key for key, _ in question.arguments} == set(NEEDED.get(name, {}))


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        pytest.param("questions/flow?by=chanel", 400, "chanel", id="no such choice"),
        pytest.param("questions/flow?pereod=2026", 400, "there is no parameter 'pereod' here", id="no such parameter"),
        pytest.param("questions/flow?period=2026", 400, "2026", id="no period"),
        pytest.param("questions/funnel", 400, "steps", id="something is lacking"),
        pytest.param("questions/funnel?steps=Baskt", 404, "Baskt", id="no such touchpoint"),
        pytest.param("questions/flow.xls", 404, "flow.xls", id="no such file"),
        pytest.param("questions/fow.csv", 404, "fow", id="no such question"),
        pytest.param("questions/flow.csv?top=many", 400, "top", id="no number"),
        pytest.param("questions/flow.svg?detail=0", 400, "detail", id="less than the least detail"),
        pytest.param("questions/paths.svg?touchpoint=Basket&detail=1", 400, "detail", id="detail of no flow"),
        pytest.param("questions/overview.svg", 400, ".svg", id="no such picture"),
        pytest.param("comparisons/reach", 400, "two different groups", id="nothing to compare"),
        pytest.param("comparisons/reach?with_rest=true", 400, "expected a segment", id="rest of nothing"),
        pytest.param("behind/move?source=Basket&target=Pad", 404, "Pad", id="no such move"),
        pytest.param("behind/touchpoint?name=Paid&n=1000", 400, "1 to 100", id="too many examples"),
        pytest.param("values?field=text", 400, "text", id="values of single records"),
        pytest.param("values?field=chanel", 404, "chanel", id="no such field"),
        pytest.param("condition?text=channel", 400, "channel", id="no condition"),
    ],
)
def test_bad_input_gets_one_error_that_names_it(address: str, status: int, message: str, ada: Browser) -> None:
    answer = ada.get(f"/api/journeys/{address}")
    assert answer.status_code == status
    assert message in answer.json()["message"]
    assert set(answer.json()) == {"code", "message", "hint"}


def test_names_that_nothing_has_are_noted(ada: Browser) -> None:
    answer = ada.get("/api/journeys/questions/flow", params={"where": "touchpoint = Paid or touchpoint = Payed"})
    assert answer.json()["notes"] == ["no interaction has touchpoint 'Payed'; did you mean 'Paid'?"]


def test_an_answer_is_a_table_for_spreadsheets(ada: Browser) -> None:
    answer = ada.get("/api/journeys/questions/funnel.csv", params=FUNNEL)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["name"], row["customers"]) for row in rows] == [("Basket", "30"), ("Paid", "15")]
    assert answer.headers["content-disposition"] == 'attachment; filename="funnel.csv"'


@pytest.mark.parametrize(
    ("file", "begins"),
    [("flow.svg", b"<svg"), ("flow.png", b"\x89PNG"), ("funnel.svg", b"<svg"), ("funnel.json", b"{")],
)
def test_an_answer_is_drawn(file: str, begins: bytes, ada: Browser) -> None:
    name = file.partition(".")[0]
    assert ada.get(f"/api/journeys/questions/{file}", params=NEEDED.get(name)).content.startswith(begins)


def _drawn(ada: Browser, address: str, language: str = "en", **params: Any) -> str:
    headers = {"Accept-Language": language}
    return ada.get(f"/api/journeys/{address}", params=params, headers=headers).text


def test_a_flow_is_drawn_in_the_detail_that_the_page_shows(ada: Browser) -> None:
    levels = ada.get("/api/journeys/pictures/flow").json()["answer"]["levels"]
    moves = [len(level["moves"]) for level in levels]
    drawn = [
        _drawn(ada, "questions/flow.svg", detail=place).count('class="move ') for place in range(1, len(moves) + 1)
    ]
    assert drawn == moves
    assert _drawn(ada, "questions/flow.svg", detail=99).count('class="move ') == moves[-1]


def test_a_table_says_once_how_its_letters_are_written(ada: Browser) -> None:
    headers = ada.get("/api/journeys/questions/flow.csv").headers
    assert headers["content-type"] == "text/csv; charset=utf-8"


def test_a_picture_says_whose_data_it_shows_when_and_of_how_many(ada: Browser) -> None:
    asked = {"period": "2026-03-02..2026-03-08", "segment": "channel = phone"}
    drawn = _drawn(ada, "questions/flow.svg", **asked)
    assert "workspace · 2 March 2026 to 8 March 2026" in drawn
    assert "customers with channel = phone · n = 2 customers, 7 interactions" in drawn
    assert "2. März 2026 bis 8. März 2026" in _drawn(ada, "questions/flow.svg", "de", **asked)


def test_a_picture_of_a_comparison_says_who_either_group_is(ada: Browser) -> None:
    drawn = _drawn(ada, "comparisons/reach.svg", segment="channel = phone", with_rest="true")
    told = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
    assert re.search(r"First group: all of the data, .* customers with channel = phone · n = 6 customers", told)
    assert re.search(r"Second group: all of the data, .* customers without channel = phone · n = 24 customers", told)


def test_flow_is_laid_out_in_levels_each_within_the_next(ada: Browser) -> None:
    answer = ada.get("/api/journeys/pictures/flow").json()["answer"]
    sizes = [len(level["moves"]) for level in answer["levels"]]
    assert sizes == sorted(sizes)
    assert 0 <= answer["first"] < len(sizes)


def test_paths_are_laid_out_with_a_box_for_each_node(ada: Browser) -> None:
    asked = {"touchpoint": "Basket"}
    drawn = ada.get("/api/journeys/pictures/paths", params=asked).json()["answer"]
    told = ada.get("/api/journeys/questions/paths", params=asked).json()["answer"]
    assert [each["node"] for each in drawn["boxes"]] == told["nodes"]


def test_a_segment_is_compared_with_the_rest(ada: Browser) -> None:
    asked = {**FUNNEL, "segment": "channel = phone", "with_rest": "true"}
    found = ada.get("/api/journeys/comparisons/funnel", params=asked).json()["answer"]
    assert found["customers"] == {"first": 6, "second": 24, "in_both": 0, "left_out": False, "note": ""}
    assert found["differences"][0]["name"] == "reached step 2: Paid"


def test_periods_are_compared(ada: Browser) -> None:
    asked = {"period": "2026-03-02..2026-03-16", "with_period": "2026-03-17..2026-03-31"}
    found = ada.get("/api/journeys/comparisons/reach", params=asked).json()["answer"]
    assert (found["customers"]["first"], found["customers"]["second"]) == (15, 15)


@pytest.mark.parametrize(
    ("number", "journeys"),
    [
        ("touchpoint?name=Paid", 15),
        ("touchpoint?name=phone&by=channel", 6),
        ("move?source=Basket&target=Paid", 15),
        ("move?source=web&target=email&by=channel", 20),
        ("start?name=app&by=channel", 10),
        ("end?name=Survey", 30),
        ("variant?path=Basket&path=Paid&path=Survey", 12),
        ("common?path=Basket&path=Survey", 12),
        ("common?path=Basket %2B Paid&path=Survey&order=ignored&gap=3h", 12),
        ("funnel?steps=Basket&steps=Paid&step=2", 15),
        ("funnel?steps=Basket&steps=Paid&step=1&stopped=true", 15),
        ("paths?touchpoint=Basket&step=1&name=Paid", 15),
        ("paths?touchpoint=Basket&step=1&name=Paid&following=Call", 3),
        ("paths?touchpoint=Survey&direction=before&step=1&name=Call", 6),
        ("meeting?condition=team = Billing", 6),
        ("meeting?condition=channel = app&segment=touchpoint = Paid", 5),
    ],
)
def test_journeys_behind_a_number_are_as_many_as_it_says(number: str, journeys: int, ada: Browser) -> None:
    found = ada.get(f"/api/journeys/behind/{number}").json()["answer"]
    assert (found["journeys"], found["customers"]) == (journeys, journeys)
    assert len(found["examples"]) == min(journeys, 12)


def test_journeys_behind_a_number_are_timelines_the_latest_first(ada: Browser) -> None:
    found = ada.get("/api/journeys/behind/move", params={"source": "Basket", "target": "Paid"}).json()["answer"]
    first = found["examples"][0]
    assert first["identifier"] == "customer:C-29"
    assert [(each["touchpoint"], each["is_it"]) for each in first["interactions"]] == [
        ("Basket", False),
        ("Paid", True),
        ("Survey", False),
    ]


def test_journeys_of_a_cluster_are_as_many_as_it_has(ada: Browser) -> None:
    for each in ada.get("/api/journeys/questions/clusters").json()["answer"]["clusters"]:
        found = ada.get("/api/journeys/behind/cluster", params={"cluster": each["name"]}).json()["answer"]
        assert found["journeys"] == each["spans"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("behind/touchpoint?name=Paid", id="journeys of customers"),
        pytest.param("questions/flow?where=text contains 'C-1'", id="a text"),
        pytest.param("questions/flow.csv?segment=id = x", id="an id, in a file"),
        pytest.param("comparisons/reach?segment=channel = web&with_segment=case = x", id="a case, in a comparison"),
        pytest.param("condition?text=text contains 'C-1'", id="whether a text is there"),
    ],
)
def test_who_may_not_see_customers_does_not_find_one(address: str, signed_in: Callable[[Role], Browser]) -> None:
    assert signed_in(Role.VIEWER).get(f"/api/journeys/{address}").status_code == 403


STAFF = [
    pytest.param("values?field=agent", id="names of agents"),
    pytest.param("questions/contacts?by=agent", id="numbers by agent"),
    pytest.param("questions/contacts.csv?by=agent", id="numbers by agent, in a file"),
    pytest.param("questions/handovers?by=agent", id="handovers between agents"),
    pytest.param("questions/contacts?reason=agent", id="agents as reasons"),
    pytest.param("questions/drivers?outcomes=Paid&attributes=agent", id="agents as what drives"),
    pytest.param("questions/flow?where=agent = Mary", id="a condition"),
    pytest.param(
        "comparisons/contacts?segment=channel = web&with_segment=agent = Mary", id="a condition, in a comparison"
    ),
    pytest.param("condition?text=agent = Mary", id="whether somebody is there"),
]


@pytest.mark.parametrize("address", STAFF)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_numbers_of_staff_by_name_are_not_for_everybody(
    address: str, role: Role, signed_in: Callable[[Role], Browser]
) -> None:
    answer = signed_in(role).get(f"/api/journeys/{address}")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.staff")


@pytest.mark.parametrize("address", STAFF)
@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_who_may_see_customers_sees_numbers_of_staff(
    address: str, role: Role, signed_in: Callable[[Role], Browser]
) -> None:
    assert signed_in(role).get(f"/api/journeys/{address}").status_code != 403


def test_saved_questions_by_agent_are_listed_for_who_may_ask_them(
    signed_in: Callable[[Role], Browser],
) -> None:
    ada, viewer, editor = (signed_in(role) for role in (Role.ANALYST, Role.VIEWER, Role.EDITOR))
    said = {"name": "By agent", "question": "contacts", "parameters": "by=agent"}
    saved = ada.post("/api/journeys/saved", json=said).json()["saved"]
    assert editor.post("/api/journeys/saved", json={**said, "name": "Mine"}).status_code == 403
    listed = [[each["name"] for each in client.get("/api/journeys/saved").json()] for client in (ada, viewer)]
    ada.delete(f"/api/journeys/saved/{saved}")
    assert ("By agent" in listed[0], "By agent" in listed[1]) == (True, False)


def test_gaps_name_no_customer(ada: Browser) -> None:
    answer = ada.get("/api/journeys/questions/gaps", params={"quiet": "1h", "settle": "0"}).json()["answer"]
    assert answer["switches"]
    assert not any(each["examples"] for each in answer["switches"])


def test_names_have_counts_and_the_record_its_ends(ada: Browser) -> None:
    names = ada.get("/api/journeys/names").json()
    assert (names["interactions"], names["customers"], names["timezone"]) == (81, 30, "UTC")
    assert names["touchpoints"][0] == {"name": "Basket", "interactions": 30, "customers": 30, "stage": None}
    assert [each["id"] for each in names["journeys"]] == ["order"]


def test_an_empty_workspace_has_no_names(tmp_path: Path) -> None:
    names = names_of_workspace(create(tmp_path / "empty"))
    assert (names.interactions, names.first_at, names.touchpoints) == (0, None, ())


def test_values_that_one_customer_has_alone_are_not_told(ada: Browser) -> None:
    assert ada.get("/api/journeys/values", params={"field": "team"}).json() == [{"value": "Billing", "interactions": 6}]
    assert ada.get("/api/journeys/values", params={"field": "channel", "containing": "WE"}).json()[0]["value"] == "web"


def test_a_condition_is_read_back(ada: Browser) -> None:
    read = ada.get("/api/journeys/condition", params={"text": "channel=web and not touchpoint = 'Paid'"}).json()
    assert read["text"] == "channel = web and not (touchpoint = Paid)"
    assert read["fields"] == ["channel", "touchpoint"]


def test_definitions_are_set_listed_and_removed(signed_in: Callable[[Role], Browser], ada: Browser) -> None:
    said = {"name": "I call", "start": "channel = web", "goal": "touchpoint = Call", "time_out": "14d"}
    assert signed_in(Role.EDITOR).put("/api/journeys/definitions/call", json=said).status_code == 403
    assert ada.put("/api/journeys/definitions/call", json=said).json()["time_out_seconds"] == 14 * 86_400
    assert [each["id"] for each in ada.get("/api/journeys/definitions").json()] == ["order", "call"]
    assert ada.get("/api/journeys/definitions/call").json()["goal"] == "touchpoint = Call"
    seen = ada.get("/api/journeys/definitions/call").json()["revision"]
    ada.put("/api/journeys/definitions/call", json={**said, "time_out": "3d", "revision": seen})
    refused = ada.put("/api/journeys/definitions/call", json={**said, "revision": seen})
    assert (refused.status_code, refused.json()["code"]) == (409, "settings.changed")
    assert ada.delete(f"/api/journeys/definitions/call?revision={seen}").status_code == 409
    assert ada.get("/api/journeys/definitions/call").json()["time_out"] == "3d"
    assert ada.delete("/api/journeys/definitions/call").status_code == 204
    assert ada.get("/api/journeys/definitions/call").status_code == 404


@pytest.mark.parametrize("name", ["", "  "])
def test_a_journey_has_a_name_or_none_is_said(ada: Browser, name: str) -> None:
    said = {"name": name, "start": "touchpoint = Basket", "goal": "touchpoint = Call"}
    refused = ada.put("/api/journeys/definitions/nameless", json=said)
    assert refused.status_code == 400
    assert "expected a name of 1 to" in refused.json()["message"]


def test_questions_are_saved_for_all_and_removed(signed_in: Callable[[Role], Browser]) -> None:
    editor, viewer = signed_in(Role.EDITOR), signed_in(Role.VIEWER)
    said = {"name": "Where orders stop", "question": "funnel", "parameters": "steps=Basket&steps=Paid"}
    assert viewer.post("/api/journeys/saved", json=said).status_code == 403
    saved = editor.post("/api/journeys/saved", json=said).json()
    assert viewer.get("/api/journeys/saved").json() == [saved]
    assert editor.post("/api/journeys/saved", json=said).status_code == 400
    assert editor.delete(f"/api/journeys/saved/{saved['saved']}").status_code == 204
    assert viewer.get("/api/journeys/saved").json() == []


def test_segments_are_saved_for_all_and_removed(signed_in: Callable[[Role], Browser]) -> None:
    editor, viewer = signed_in(Role.EDITOR), signed_in(Role.VIEWER)
    said = {"name": "On the web", "condition": "channel in (web)"}
    assert viewer.post("/api/journeys/segments", json=said).status_code == 403
    saved = editor.post("/api/journeys/segments", json=said).json()
    assert viewer.get("/api/journeys/segments").json() == [saved]
    assert editor.post("/api/journeys/segments", json=said).status_code == 400
    assert editor.delete(f"/api/journeys/segments/{saved['saved']}").status_code == 204
    assert viewer.get("/api/journeys/segments").json() == []


@pytest.mark.parametrize("condition", ["channel ==", "", "id = 'a-1'"], ids=["broken", "empty", "of one customer"])
def test_no_segment_is_saved_whose_condition_cannot_be_asked_with(
    signed_in: Callable[[Role], Browser], condition: str
) -> None:
    editor = signed_in(Role.EDITOR)
    assert editor.post("/api/journeys/segments", json={"name": "No", "condition": condition}).status_code in (400, 403)
    assert editor.get("/api/journeys/segments").json() == []


def test_a_segment_that_picks_one_customer_out_is_for_those_who_may_see_them(
    signed_in: Callable[[Role], Browser],
) -> None:
    said = {"name": "One", "condition": "id = 'a-1'"}
    assert signed_in(Role.ANALYST).post("/api/journeys/segments", json=said).status_code == 201
    assert signed_in(Role.VIEWER).get("/api/journeys/segments").json() == []


def test_an_answer_is_worked_out_once_until_something_changes(workspace: Workspace) -> None:
    asked = Question.of("flow", {"top": 3})
    first = answers_of(workspace).ask(asked)
    assert answers_of(workspace).ask(asked) is first
    save_definition(workspace, "other", {"start": "channel = web", "goal": "channel = phone"})
    assert answers_of(workspace).ask(asked) is not first


def test_an_answer_is_that_of_the_settings_as_they_are_now(tmp_path: Path) -> None:
    before = create(tmp_path / "workspace")
    assert names_of_workspace(before).timezone == "UTC"
    (before.folder / "desireline.toml").write_text('format = 1\ntimezone = "Europe/Berlin"\n', encoding="utf-8")
    assert names_of_workspace(open_workspace(before.folder)).timezone == "Europe/Berlin"


def test_equal_questions_at_the_same_time_are_worked_out_once(workspace: Workspace) -> None:
    times: list[int] = []
    together = threading.Barrier(4)

    def work(_: Progress) -> int:
        times.append(1)
        return 7

    def ask() -> None:
        together.wait()
        assert answers_of(workspace).keep("seven", work).answer == 7

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(times) == 1


def test_a_server_that_is_stopped_works_nothing_out_and_tells_what_it_knows(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "_stopping", threading.Event())
    answers = answers_of(workspace)
    assert answers.keep("known", lambda _: 7).answer == 7

    def stopped_meanwhile(progress: Progress) -> int:
        stop_answering()
        progress.step("reading journeys", done=1, total=4)
        return 8

    with pytest.raises(WorkspaceError, match="is being stopped"):
        answers.keep("begun", stopped_meanwhile)
    with pytest.raises(WorkspaceError, match="is being stopped"):
        answers.keep("asked later", lambda _: 9)
    assert answers.keep("known", lambda _: 10).answer == 7


def test_a_question_is_watched_and_cancelled_by_its_ticket(workspace: Workspace) -> None:
    answers = answers_of(workspace)
    begun, go_on = threading.Event(), threading.Event()
    ended: list[Exception] = []

    def work(progress: Progress) -> None:
        progress.step("reading journeys", done=1, total=4)
        begun.set()
        go_on.wait(10)
        progress.step("reading journeys", done=2, total=4)

    def ask() -> None:
        try:
            answers.keep("long", work, ticket="t")
        except QuestionCancelledError as error:
            ended.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert begun.wait(10)
    run = answers.progress("t")
    assert run is not None
    assert (run.what, run.done, run.total) == ("reading journeys", 1, 4)
    assert answers.cancel("t")
    go_on.set()
    asking.join()
    assert len(ended) == 1
    assert answers.progress("t") is None


def test_tickets_of_others_are_not_seen(ada: Browser) -> None:
    assert ada.get("/api/journeys/progress/somebody").json()["running"] is False
    assert ada.post("/api/journeys/questions/somebody/cancel").json() == {"cancelled": False}
