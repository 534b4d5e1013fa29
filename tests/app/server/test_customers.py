"""Customers over HTTP: search, one customer, timeline, facts, standing, cuts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import open_index
from desireline.journeys.definitions import save_definition
from desireline.store import Workspace, open_workspace

from .browser import Browser, browser, sign_in_as
from .conftest import SignedInBrowser

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN = {"customer": "C-1", "email": "ann@example.org"}


def seen(day: float, touchpoint: str, channel: str, who: dict[str, str], **fields: Any) -> NewInteraction:
    """An interaction so many days after the first."""
    usual = {"source": "hand", "touchpoint": touchpoint, "channel": channel, "occurred_at": DAY + timedelta(days=day)}
    return NewInteraction({**usual, **fields}, who)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "30d"})
    record_interactions(
        made,
        [
            seen(0, "Basket", "web", ANN),
            seen(0.1, "Paid", "web", ANN, value=40.0),
            seen(
                10, "Call", "phone", {"phone": "+447700900123", "email": "ann@example.org"}, team="First line", wait=60
            ),
            seen(12, "Call", "phone", ANN, team="Billing", outcome="solved", text="It was wrong twice", sentiment=-1.2),
            seen(13, "Survey", "email", ANN, direction="outbound", score=3.0, score_kind="CSAT"),
            seen(20, "Basket", "app", ANN),
            *[seen(place / 10, "Basket", "web", {"customer": f"D-{place}"}) for place in range(12)],
            *[seen(place / 10 + 0.5, "Paid", "web", {"customer": f"D-{place}"}) for place in range(12)],
            seen(30, "Visit", "web", {"customer": "last"}),
        ],
    )
    open_index(made)
    return made.folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    """A copy for each test: writing the log takes longer than asking it."""
    return open_workspace(shutil.copytree(made, tmp_path / "workspace"))


@pytest.fixture
def analyst(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.ANALYST)


@pytest.fixture(scope="module")
def reader(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """An analyst for tests that change nothing."""
    workspace = open_workspace(shutil.copytree(made, tmp_path_factory.mktemp("read") / "workspace"))
    with browser(workspace) as opened:
        yield sign_in_as(opened, workspace, Role.ANALYST)


def found(browser: Browser, text: str) -> Any:
    return browser.post("/api/identity/search", json={"text": text}).json()


def ann_of(browser: Browser) -> str:
    return str(found(browser, "C-1")["customers"][0]["customer"])


@pytest.mark.parametrize(
    ("text", "taken_for", "value"),
    [
        ("ANN@example.org", "email", "ann@example.org"),
        ("email: ann@example.org", "email", "ann@example.org"),
        ("ann@", "email", "ann@example.org"),
        ("07700 900", "phone", "+447700900123"),
        ("0044 7700 9", "phone", "+447700900123"),
        ("07700 900123", "phone", "+447700900123"),
        ("customer:c-1", "customer", "C-1"),
    ],
)
def test_a_customer_is_found_by_any_identifier_and_by_how_it_begins(
    reader: Browser, text: str, taken_for: str, value: str
) -> None:
    answer = found(reader, text)
    assert answer["taken_for"] == taken_for
    assert [each["value"] for each in answer["customers"][0]["matches"]] == [value]
    assert answer["customers"][0]["identifiers"] == 3


@pytest.mark.parametrize("text", ["xample.or", "XAMPLE.ORG", "email:example"])
def test_a_part_of_an_identifier_finds_where_none_begins_so(reader: Browser, text: str) -> None:
    (customer,) = found(reader, text)["customers"]
    assert [each["value"] for each in customer["matches"]] == ["ann@example.org"]


@pytest.mark.parametrize("text", ["0000000149", "case 0000000149", "Case: 0000000149", "Fall 0000000149"])
def test_a_case_number_finds_whose_case_it_is(workspace: Workspace, analyst: Browser, text: str) -> None:
    record_interactions(workspace, [seen(25, "Call", "phone", ANN, case="0000000149")])
    answer = found(analyst, text)
    assert [each["customer"] for each in answer["customers"]] == [ann_of(analyst)]
    assert (answer["taken_for"], answer["customers"][0]["matches"][0]["type"]) == ("case", "case")


@pytest.mark.parametrize(
    ("text", "said"), [(" ", "the field is empty"), ("an", "at least 3 characters"), ("guest", "stands for nobody")]
)
def test_a_search_that_cannot_be_made_says_what_helps(reader: Browser, text: str, said: str) -> None:
    answer = reader.post("/api/identity/search", json={"text": text})
    assert answer.status_code == 400
    assert said in answer.json()["message"]
    assert answer.json()["hint"]


def test_a_search_gives_at_most_twenty_and_says_that_there_are_more(workspace: Workspace, analyst: Browser) -> None:
    record_interactions(workspace, [seen(0, "Visit", "web", {"user": f"zed{place:02}"}) for place in range(21)])
    answer = found(analyst, "zed")
    assert (len(answer["customers"]), answer["more"]) == (20, True)


def test_one_customer_tells_why_the_identifiers_are_one(reader: Browser) -> None:
    shown = reader.get(f"/api/identity/customers/{ann_of(reader)}").json()
    tied = {each["identifier"]["type"]: [link["sources"] for link in each["chain"]] for each in shown["identifiers"]}
    assert list(tied) == ["customer", "email", "phone"]
    assert tied == {"customer": [], "email": [["hand"]], "phone": [["hand"], ["hand"]]}


def test_a_cut_takes_effect_at_once_and_is_taken_back(analyst: Browser) -> None:
    ann = ann_of(analyst)
    numbers = {
        each["identifier"]["type"]: each["identifier"]["number"]
        for each in analyst.get(f"/api/identity/customers/{ann}").json()["identifiers"]
    }
    two = {"first": numbers["email"], "second": numbers["phone"]}
    made = analyst.post("/api/identity/cuts", json=two).json()
    assert made["together"] is True
    assert made["first_customer"] != made["second_customer"]
    assert analyst.get(f"/api/journeys/customers/{numbers['phone']}/timeline").json()["total"] == 0
    shown = analyst.get(f"/api/identity/customers/{numbers['phone']}").json()
    assert [{each["first"]["number"], each["second"]["number"]} for each in shown["cuts"]] == [set(two.values())]
    assert [each["reason"] for each in shown["refused"]] == ["cut by hand"]
    address = f"/api/identity/cuts/{two['first']}/{two['second']}"
    assert analyst.delete(address).status_code == 204
    assert len(analyst.get(f"/api/identity/customers/{numbers['phone']}").json()["identifiers"]) == 3
    assert "no cut between" in analyst.delete(address).json()["message"]


def test_the_timeline_comes_newest_first_in_pages(reader: Browser) -> None:
    ann, pages, before = ann_of(reader), [], ""
    while True:
        page = reader.get(f"/api/journeys/customers/{ann}/timeline?count=4{before}").json()
        pages.append([each["touchpoint"] for each in page["entries"]])
        if page["next_before"] is None:
            break
        before = f"&before={page['next_before']}"
    assert pages == [["Basket", "Survey", "Call", "Call"], ["Paid", "Basket"]]


def test_the_timeline_of_some_channels_still_counts_all(reader: Browser) -> None:
    page = reader.get(f"/api/journeys/customers/{ann_of(reader)}/timeline?channel=phone&channel=app").json()
    assert [each["channel"] for each in page["entries"]] == ["app", "phone", "phone"]
    assert page["total"] == 3
    assert {each["channel"]: each["interactions"] for each in page["channels"]} == {
        "web": 2,
        "phone": 2,
        "app": 1,
        "email": 1,
    }
    call = page["entries"][1]
    assert (call["text"], call["sentiment"], call["outcome"]) == ("It was wrong twice", -1.2, "solved")


def test_the_facts_are_those_that_an_agent_needs(reader: Browser) -> None:
    facts = reader.get(f"/api/journeys/customers/{ann_of(reader)}/facts").json()
    assert (facts["contacts"], facts["contacts_lately"], facts["repeats_lately"]) == (2, 2, 1)
    assert (facts["last_contact"]["team"], facts["last_contact"]["outcome"]) == ("Billing", "solved")
    assert (facts["score"]["value"], facts["score"]["kind"]) == (3.0, "CSAT")
    assert facts["sentiment"]["value"] == -1.2
    assert facts["value"] == {"amount": 40.0, "currency": None, "interactions": 1}
    assert facts["as_of"] == "2026-04-01T09:00:00Z"


def test_the_standing_says_what_usually_comes_next_and_that_it_is_late(reader: Browser) -> None:
    (order,) = reader.get(f"/api/journeys/customers/{ann_of(reader)}/standing").json()
    assert (order["state"], order["last_touchpoint"], order["journeys"]) == ("under way", "Basket", 2)
    assert order["expected"]["touchpoint"] == "Paid"
    assert (order["expected"]["interactions"], round(order["expected"]["share"], 3)) == (14, 0.929)
    assert order["overdue"] is True


def test_a_customer_who_never_began_a_journey_stands_nowhere(reader: Browser) -> None:
    customer = found(reader, "customer:last")["customers"][0]["customer"]
    (order,) = reader.get(f"/api/journeys/customers/{customer}/standing").json()
    assert (order["state"], order["expected"]) == ("never begun", None)


TALK = {"touchpoint": "Asked for advice", "channel": "store", "at": "2026-03-31T15:09", "text": "Wants a loan"}


def test_a_talk_logged_by_hand_is_in_the_timeline_at_once_and_a_service_contact(analyst: Browser) -> None:
    ann = ann_of(analyst)
    before = analyst.get(f"/api/journeys/customers/{ann}/facts").json()
    logged = analyst.post(f"/api/identity/customers/{ann}/interactions", json=TALK)
    assert logged.status_code == 201
    entry = analyst.get(f"/api/journeys/customers/{ann}/timeline").json()["entries"][0]
    assert (entry["arrival"], entry["source"], entry["touchpoint"]) == (
        logged.json()["number"],
        "hand",
        TALK["touchpoint"],
    )
    assert (entry["agent"], entry["text"]) == (analyst.get("/api/accounts/me").json()["name"], "Wants a loan")
    assert analyst.get(f"/api/journeys/customers/{ann}/facts").json()["contacts"] == before["contacts"] + 1
    assert analyst.delete(f"/api/identity/interactions/{entry['arrival']}").status_code == 204
    assert analyst.get(f"/api/journeys/customers/{ann}/facts").json()["contacts"] == before["contacts"]
    assert "no interaction" in analyst.delete(f"/api/identity/interactions/{entry['arrival']}").json()["message"]


def test_a_talk_is_at_the_time_that_the_clock_of_the_workspace_showed(workspace: Workspace, analyst: Browser) -> None:
    settings = workspace.folder / "desireline.toml"
    settings.write_text(settings.read_text().replace("format = 1", 'format = 1\ntimezone = "Europe/Vienna"'))
    ann = ann_of(analyst)
    analyst.post(f"/api/identity/customers/{ann}/interactions", json=TALK)
    entry = analyst.get(f"/api/journeys/customers/{ann}/timeline").json()["entries"][0]
    assert entry["occurred_at"] == "2026-03-31T13:09:00Z"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": "yesterday"}, "got 'yesterday'"),
        ({"at": "2199-01-01T10:00"}, "not more than a day in the future"),
        ({"touchpoint": " "}, "touchpoint"),
        ({"channel": "c" * 500}, "channel"),
    ],
    ids=["no time", "in the future", "nothing happened", "too long"],
)
def test_what_cannot_be_logged_says_why(reader: Browser, change: dict[str, str], said: str) -> None:
    ann = ann_of(reader)
    answer = reader.post(f"/api/identity/customers/{ann}/interactions", json={**TALK, **change})
    assert (answer.status_code, said in answer.json()["message"]) == (400, True)
    assert reader.get(f"/api/journeys/customers/{ann}/timeline").json()["total"] == 6


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_who_may_not_see_customers_logs_nothing(signed_in: SignedInBrowser, role: Role) -> None:
    assert signed_in(role).post("/api/identity/customers/12/interactions", json=TALK).status_code == 403


def test_an_agent_logs_a_talk_and_takes_back_what_they_logged_themselves(
    signed_in: SignedInBrowser, analyst: Browser
) -> None:
    agent, ann = signed_in(Role.AGENT), ann_of(analyst)
    own, another = (
        each.post(f"/api/identity/customers/{ann}/interactions", json=TALK).json()["number"]
        for each in (agent, analyst)
    )
    refused = agent.delete(f"/api/identity/interactions/{another}")
    assert (refused.status_code, "logged by" in refused.json()["message"]) == (403, True)
    assert agent.delete(f"/api/identity/interactions/{own}").status_code == 204
    left = [each["arrival"] for each in agent.get(f"/api/journeys/customers/{ann}/timeline").json()["entries"]]
    assert (own in left, another in left) == (False, True)


def test_an_analyst_takes_back_what_an_agent_logged(signed_in: SignedInBrowser, analyst: Browser) -> None:
    logged = signed_in(Role.AGENT).post(f"/api/identity/customers/{ann_of(analyst)}/interactions", json=TALK).json()
    assert analyst.delete(f"/api/identity/interactions/{logged['number']}").status_code == 204


def test_an_agent_changes_no_data_elsewhere(signed_in: SignedInBrowser) -> None:
    agent = signed_in(Role.AGENT)
    assert agent.post("/api/identity/cuts", json={"first": "1", "second": "2"}).status_code == 403
    assert agent.put("/api/interactions/taxonomy", json={}).status_code == 403


@pytest.mark.parametrize("address", ["identity/customers/{}", "journeys/customers/{}/facts"])
@pytest.mark.parametrize(("number", "status"), [("12", 404), ("ann@example.org", 400), ("9" * 19, 400)])
def test_an_address_that_means_nobody_is_told(reader: Browser, address: str, number: str, status: int) -> None:
    answer = reader.get(f"/api/{address.format(number)}")
    assert (answer.status_code, bool(answer.json()["hint"])) == (status, True)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_who_may_not_see_customers_sees_none(signed_in: SignedInBrowser, role: Role) -> None:
    looking = signed_in(role)
    assert looking.post("/api/identity/search", json={"text": "ann@example.org"}).status_code == 403
    assert looking.get("/api/journeys/customers/12/timeline").status_code == 403


def test_facts_of_an_identifier_without_interactions_are_empty(workspace: Workspace, analyst: Browser) -> None:
    numbers = analyst.get(f"/api/identity/customers/{ann_of(analyst)}").json()["identifiers"]
    phone = next(each["identifier"]["number"] for each in numbers if each["identifier"]["type"] == "phone")
    email = next(each["identifier"]["number"] for each in numbers if each["identifier"]["type"] == "email")
    analyst.post("/api/identity/cuts", json={"first": email, "second": phone})
    facts = analyst.get(f"/api/journeys/customers/{phone}/facts").json()
    assert (facts["interactions"], facts["last_contact"], facts["value"]) == (0, None, None)
