"""Journeys behind numbers of random logs: every number of an answer opens as many times, journeys or customers as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import open_index
from desireline.journeys.definitions import save_definition

from .browser import Browser, browser, sign_in_as

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TAXONOMY = """
stages: [Look, Buy, Use]
touchpoints:
  Basket: {stage: Look}
  Paid: {stage: Buy}
  Opened: {stage: Use}
"""
TOUCHPOINTS = ("Basket", "Basket", "Paid", "Opened", "Help", "Call", "Call", "Chat", "Sent", "Survey")
CHANNELS = {"Call": "phone", "Chat": "chat", "Survey": "email", "Sent": "email", "Opened": "app"}
COSTS = {"phone": 9.0, "chat": 4.0, "web": 0.5}


class Asking(NamedTuple):
    """Somebody who asks about a log, always with the same choice of interactions."""

    browser: Browser
    more: dict[str, Any]

    def get(self, path: str, said: dict[str, Any]) -> dict[str, Any]:
        found = self.browser.get(f"/api/journeys/{path}", params={**said, **self.more})
        assert found.status_code == 200, (said, found.text)
        answer: dict[str, Any] = found.json()["answer"]
        return answer


def made(random: Random, customer: int, at: datetime) -> NewInteraction:
    touchpoint = random.choice(TOUCHPOINTS)
    channel = CHANNELS.get(touchpoint, "web")
    fields: dict[str, Any] = {"touchpoint": touchpoint, "channel": channel, "source": random.choice(["desk", "shop"])}
    attributes = {"plan": f"p{customer % 2}"} if random.random() < 0.8 else {}
    if touchpoint in ("Call", "Chat", "Help"):
        fields["team"] = random.choice(["Billing", "Sales", "Repair"])
        fields |= random.choice([{}, {"case": f"K-{customer}-{random.randrange(3)}"}])
        fields |= random.choice(
            [{}, {"wait": 60.0 * random.randrange(8)}, {"outcome": "abandoned"}, {"duration": 300.0}]
        )
        fields |= random.choice([{}, {"cost": COSTS[channel]}])
        attributes |= random.choice([{}, {}, {"to": random.choice(["Repair", "Desk"])}])
    if touchpoint == "Survey" or random.random() < 0.05:
        fields |= {"score": float(random.randrange(11)), "score_kind": "NPS"}
    if random.random() < 0.2:
        fields["sentiment"] = random.choice([-1.0, 0.0, 1.5])
    return NewInteraction({**fields, "occurred_at": at}, {"customer": f"C-{customer}"}, attributes)


def log_of(random: Random) -> Iterator[NewInteraction]:
    for customer in range(60):
        at = DAY + timedelta(hours=random.randrange(500))
        for _ in range(random.randrange(1, 14)):
            yield made(random, customer, at)
            at += random.choice([timedelta(), timedelta(minutes=9), timedelta(hours=30), timedelta(days=4)])


@pytest.fixture(scope="module", params=[(1, {}), (2, {"where": "touchpoint != Help"})], ids=["everything", "a filter"])
def asking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    seed, more = request.param
    workspace = create(tmp_path_factory.mktemp("made") / "workspace")
    (workspace.folder / "taxonomy.yaml").write_text(TAXONOMY)
    save_definition(workspace, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "5d"})
    record_interactions(workspace, list(log_of(Random(seed))))
    open_index(workspace)
    with browser(workspace) as opened:
        yield Asking(sign_in_as(opened, workspace, Role.ANALYST), more)


class Place(NamedTuple):
    """A number of an answer: in which unit, how many, and what opens its journeys."""

    unit: str
    number: int
    kind: str
    said: dict[str, Any]


Places = Iterator[Place]


def part(share: dict[str, Any]) -> int:
    """How many a share is of."""
    value: float | None = share["value"] if "value" in share else share["share"]
    return round((value or 0) * int(share["n"]))


def drivers(answer: dict[str, Any]) -> Places:
    yield Place("journeys", answer["spans"], "driver", {})
    yield Place("journeys", part({**answer, "n": answer["spans"]}), "driver", {"with_outcome": True})
    for row in answer["drivers"]:
        of = {"feature": row["kind"], "of": row["of"]}
        yield Place("journeys", row["n_with"] + row["n_without"], "driver", {**of, "side": "either"})
        for side in ("with", "without"):
            n, share = row[f"n_{side}"], row[f"share_{side}"]
            yield Place("journeys", n, "driver", {**of, "side": side})
            yield Place("journeys", round(share * n), "driver", {**of, "side": side, "with_outcome": True})
    for row in answer["moments"]:
        yield Place("journeys", row["n"], "driver", {"feature": "touchpoint", "of": [row["touchpoint"]]})


def emotion(answer: dict[str, Any]) -> Places:
    for row in answer["steps"]:
        yield Place("times", row["n"], "feeling", {"step": row["step"], "line": row["line"]})


def attribution(answer: dict[str, Any]) -> Places:
    yield Place("times", answer["conversions"], "conversion", {})
    yield Place("times", answer["journeys"], "credit", {})
    yield Place("times", answer["conversions"] - answer["unattributed"], "credit", {"converting": True})
    for row in answer[f"{answer['by']}s"]:
        yield Place("times", row["journeys"], "credit", {"name": row["name"]})
        yield Place("times", row["converting"], "credit", {"name": row["name"], "converting": True})
        for model, credit in row["credits"].items():
            exact = model in ("first", "last")
            number = round(credit["conversions"]) if exact else row["converting"]
            yield Place("times", number, "credit", {"name": row["name"], "model": model})


def chains(answer: dict[str, Any]) -> Places:
    yield Place("times", answer["total_chains"], "needs", {})
    yield Place("customers", answer["customers"], "needs", {})
    yield Place("times", answer["resolved"]["n"], "needs", {"that": "settled"})
    yield Place("times", part(answer["resolved"]), "needs", {"that": "resolved"})
    for row in answer["chains"]:
        path = {"path": row["channels"], "goes_on": row["goes_on"]}
        yield Place("times", row["chains"], "needs", path)
        yield Place("customers", row["customers"], "needs", path)
        yield Place("times", row["resolved"]["n"], "needs", {**path, "that": "settled"})
        yield Place("times", part(row["resolved"]), "needs", {**path, "that": "resolved"})
        yield Place("times", row["cost"]["n"], "needs", {**path, "that": "settled", "priced": True})
    for row in answer["containment"]:
        begins = {} if row["channel"] is None else {"begins": row["channel"]}
        yield Place("times", row["chains"], "needs", {**begins, "that": "begun alone"})
        yield Place("times", part(row["contained"]), "needs", {**begins, "that": "contained"})
    for row in answer["pushes"]:
        yield Place("times", row["count"], "need_contacts", {"channel": row["to"], "after": row["from"]})
        yield Place("customers", row["customers"], "need_contacts", {"channel": row["to"], "after": row["from"]})
        yield Place("times", row["share"]["n"], "need_contacts", {"after": row["from"]})
    for row in answer["channels"]:
        yield Place("times", row["contacts"], "need_contacts", {"channel": row["channel"]})
        yield Place("times", row["unpriced"], "need_contacts", {"channel": row["channel"], "priced": False})
        yield Place(
            "times", row["contacts"] - row["unpriced"], "need_contacts", {"channel": row["channel"], "priced": True}
        )


def contacts(answer: dict[str, Any]) -> Places:
    for row, value in ((answer["total"], {}), *((each, {"value": each["name"] or ""}) for each in answer["groups"])):
        yield Place("times", row["contacts"], "contacts", value)
        yield Place("customers", row["customers"], "contacts", value)
        yield Place("times", part(row["abandoned"]), "contacts", {**value, "that": "abandoned"})
        yield Place("times", row["resolved"]["n"], "contacts", {**value, "that": "followed"})
        yield Place("times", part(row["resolved"]), "contacts", {**value, "that": "resolved"})
        yield Place("times", row["repeats"], "contacts", {**value, "that": "repeated"})
        yield Place("times", row["transferred"]["n"], "contacts", {**value, "that": "traced"})
        yield Place("times", part(row["transferred"]), "contacts", {**value, "that": "transferred"})
        yield Place("times", row["times"]["wait"]["n"], "contacts", {**value, "that": "waited"})
        yield Place("times", row["times"]["handle"]["n"], "contacts", {**value, "that": "handled"})
    for row in answer["chains"]:
        yield Place("times", row["contacts"], "contacts", {"path": row["teams"]})
        yield Place("customers", row["customers"], "contacts", {"path": row["teams"]})


def effort(answer: dict[str, Any]) -> Places:
    yield Place("journeys", part(answer["with_effort"]), "effort", {})
    yield Place("journeys", answer["mean"]["n"], "effort", {"known": "journeys"})
    for row in answer["components"]:
        component = {"component": row["component"]}
        yield Place("times", row["contacts"], "effort", {**component, "known": "contacts"})
        yield Place("journeys", row["spans"], "effort", {**component, "known": "journeys"})
        if row["amount"] is not None and row["component"] != "waiting_minute":
            yield Place("times", round(row["amount"]), "effort", component)
    for row in answer["groups"]:
        value = {"value": row[answer["by"]] or ""}
        yield Place("times", row["contacts"], "effort", {**value, "component": "contact"})


def scores(answer: dict[str, Any]) -> Places:
    yield Place("times", answer["total"]["n"], "answers", {})
    for row in answer["distribution"]:
        yield Place("times", row["n"], "answers", {"score": row["score"]})
    for row in answer["groups"]:
        yield Place("times", row["n"], "answers", {"value": row[answer["by"]] or ""})
    for row in answer["answering"]:
        yield Place("customers", row["customers"], "answering", {"channel": row["channel"]})
        yield Place("customers", row["answered"], "answering", {"channel": row["channel"], "answered": True})
    if answer["response"] is not None:
        yield Place("times", answer["response"]["n"], "sent", {})
        yield Place("times", part(answer["response"]), "sent", {"answered": True})


QUESTIONS: list[Any] = [
    pytest.param(
        drivers,
        {"outcomes": ["Paid"], "attributes": ["team", "attributes.plan"], "top": 20},
        id="drivers of a touchpoint",
    ),
    pytest.param(drivers, {"score_below": 7, "adjust": "attributes.plan", "top": 10}, id="drivers of a low score"),
    pytest.param(drivers, {"journey": "order", "top": 10}, id="drivers of a goal"),
    pytest.param(emotion, {}, id="emotion"),
    pytest.param(emotion, {"by": "stage", "channels": ["web", "app"]}, id="emotion in channels by stage"),
    pytest.param(attribution, {"outcomes": ["Paid", "Opened"], "lookback": "2d"}, id="attribution"),
    pytest.param(attribution, {"outcomes": ["Paid"], "by": "channel", "span": "session"}, id="attribution by channel"),
    pytest.param(chains, {"gap": "1d"}, id="chains"),
    pytest.param(chains, {"channels": ["phone", "chat"], "abandoned": []}, id="chains of channels"),
    pytest.param(contacts, {"by": "team", "transferred_to": "attributes.to"}, id="contacts by team"),
    pytest.param(contacts, {"by": "channel", "teams": ["Sales"], "weekday": "Monday"}, id="contacts on a weekday"),
    pytest.param(effort, {"identification": "touchpoint = Basket"}, id="effort"),
    pytest.param(
        effort, {"by": "team", "transferred_to": "attributes.to", "teams": ["Sales"]}, id="effort with a team"
    ),
    pytest.param(effort, {"by": "stage", "span": "session"}, id="effort by stage"),
    pytest.param(scores, {"by": "team"}, id="answers"),
    pytest.param(scores, {"level": "journey", "by": "outcome", "journey": "order"}, id="answers of journeys"),
    pytest.param(scores, {"level": "relationship", "by": "month"}, id="answers of customers"),
    pytest.param(scores, {"channels": ["phone"]}, id="answers about a channel"),
    pytest.param(scores, {"sent": ["Sent"]}, id="answers to surveys that were sent"),
]
"""What reads the numbers of an answer, by the name of its question, and what that is asked with."""


@pytest.mark.parametrize(("places", "asked"), QUESTIONS)
def test_every_number_of_an_answer_opens_exactly_what_it_counts(
    places: Callable[[dict[str, Any]], Places], asked: dict[str, Any], asking: Asking
) -> None:
    told = list(places(asking.get(f"questions/{places.__name__}", asked)))
    assert sum(place.number > 0 for place in told) > 2
    for place in told:
        found = asking.get(f"behind/{place.kind}", {**asked, **place.said, "n": 1})
        assert found[place.unit] == place.number, place
