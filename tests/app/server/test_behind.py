"""Journeys behind numbers: as many as the answer says, whatever the number is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

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
PLANS = (
    ["Basket", "Paid", "Opened", "Call", "Survey"],
    ["Basket", "Call", "Chat", "Call", "Paid", "Survey"],
    ["Basket", "Basket", "Help", "Basket", "Call", "Call"],
    ["Opened", "Help", "Opened", "Chat", "Survey"],
    ["Help"],
    ["Basket", "Paid", "Survey", "Survey"],
)
CHANNELS = {"Call": "phone", "Chat": "chat", "Survey": "email", "Opened": "app"}
TEAMS = ("Billing", "Sales", "Billing")


def made_by(customer: int, plan: list[str]) -> Iterator[NewInteraction]:
    for place, touchpoint in enumerate(plan):
        fields: dict[str, Any] = {
            "touchpoint": touchpoint,
            "channel": CHANNELS.get(touchpoint, "web"),
            "source": "hand",
        }
        if touchpoint in ("Call", "Chat"):
            abandoned = {"outcome": "abandoned"} if (customer + place) % 7 == 0 else {"duration": 300}
            fields |= {"team": TEAMS[(customer + place) % 3], "wait": 60, **abandoned}
        if touchpoint == "Survey":
            fields |= {"score": float((customer + place) % 11), "score_kind": "NPS"}
        at = DAY + timedelta(days=customer % 40 + place * (1 + customer % 5), hours=place)
        yield NewInteraction({**fields, "occurred_at": at}, {"customer": f"C-{customer}"})


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    (made.folder / "taxonomy.yaml").write_text(TAXONOMY)
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "5d"})
    plans = [PLANS[customer * 7 % len(PLANS)] for customer in range(42)]
    record_interactions(made, [each for customer, plan in enumerate(plans) for each in made_by(customer, plan)])
    open_index(made)
    with browser(made) as opened:
        yield sign_in_as(opened, made, Role.ANALYST)


Rows = Callable[[dict[str, Any]], list[tuple[int, dict[str, Any]]]]
SERVICE = {"within": "7d"}


def row_of(key: str, **said: Any) -> Rows:
    return lambda answer: [(answer[key], said)]


def share_of(key: str, **said: Any) -> Rows:
    """How many a share is of."""

    def rows(answer: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
        found = answer[key]
        share = found["value"] if "value" in found else found["share"]
        return [(round(share * found["n"]), said)]

    return rows


def went_on(touchpoint: str | None) -> dict[str, Any]:
    """With what, or that nothing came."""
    return {"ended": True} if touchpoint is None else {"following": touchpoint}


def path_at(node: dict[str, Any]) -> dict[str, Any]:
    """Where a path is."""
    here = {"others": True} if node["others"] else {"name": node["touchpoint"]}
    return {"step": node["step"], **here}


def path_on(link: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """How a path goes on."""
    others = {(abs(each["step"]), each["touchpoint"]) for each in answer["nodes"] if each["others"]}
    step = abs(link["step"])
    ends = (link["from"], link["to"]) if answer["direction"] == "after" else (link["to"], link["from"])
    said: dict[str, Any] = {"step": step - 1}
    said |= {"others": True} if (step - 1, ends[0]) in others else {"name": ends[0]}
    if ends[1] is None:
        return {**said, "ended": True}
    return said | ({"following_others": True} if (step, ends[1]) in others else {"following": ends[1]})


NUMBERS: list[Any] = [
    pytest.param("overview", {}, "every", "journeys", row_of("spans"), id="all journeys"),
    pytest.param("overview", {}, "touchpoint", "times", row_of("interactions"), id="all interactions"),
    pytest.param(
        "flow",
        {},
        "move",
        "times",
        lambda answer: [(each["count"], {"source": each["from"], "target": each["to"]}) for each in answer["edges"]],
        id="moves",
    ),
    pytest.param(
        "channels",
        {},
        "move",
        "times",
        lambda answer: [
            (sum(each["count"] for each in answer["moves"]), {"by": "channel"}),
            *(
                (each["count"], {"by": "channel", "source": each["from"], "target": each["to"]})
                for each in answer["moves"]
            ),
        ],
        id="moves between channels",
    ),
    *(
        pytest.param(
            "paths",
            {"touchpoint": "Basket", "direction": direction, "anchor": "every", "top": 1, "repeats": "kept"},
            "paths",
            "times",
            lambda answer: [
                *((each["paths"], path_at(each)) for each in answer["nodes"]),
                *((each["ended"], {**path_at(each), "ended": True}) for each in answer["nodes"]),
                *((each["paths"], path_on(each, answer)) for each in answer["links"]),
            ],
            id=f"paths {direction}",
        )
        for direction in ("after", "before")
    ),
    pytest.param("overview", {}, "every", "customers", row_of("customers_seen_once", low=1, high=2), id="seen once"),
    pytest.param(
        "sessions",
        {"gap": "1d"},
        "every",
        "journeys",
        lambda answer: [
            (
                each["sessions"],
                {"measure": each["measure"], "low": each["low"], "high": each["high"], "span": "session"},
            )
            for each in answer["distribution"]
        ],
        id="sessions of a length",
    ),
    pytest.param(
        "outcomes",
        {"journey": "order"},
        "outcome",
        "journeys",
        lambda answer: [(each["journeys"], {"outcome": each["outcome"]}) for each in answer["outcomes"]],
        id="outcomes",
    ),
    pytest.param(
        "loops",
        {},
        "again",
        "customers",
        lambda answer: [
            *((each["repeating_customers"], {"name": each["touchpoint"]}) for each in answer["touchpoints"]),
            *(
                (each["repetitions"]["customers"], {"name": each["touchpoint"], "later": True})
                for each in answer["touchpoints"]
            ),
            *((each["customers"], {"name": each["touchpoint"], "via": each["via"]}) for each in answer["loops"]),
        ],
        id="what comes again",
    ),
    pytest.param(
        "loops",
        {},
        "shape",
        "journeys",
        lambda answer: [
            (round(answer["process"][shape]["share"] * answer["process"]["spans"]), {"shape": shape})
            for shape in ("linear", "branching", "cyclical")
        ],
        id="shapes",
    ),
    pytest.param(
        "contacts",
        {"by": "team", **SERVICE},
        "contacts",
        "customers",
        lambda answer: [
            (answer["total"]["customers"], {}),
            *((each["customers"], {"value": each["name"]}) for each in answer["groups"] if each["name"]),
        ],
        id="contacts",
    ),
    pytest.param(
        "chains",
        {},
        "needs",
        "customers",
        lambda answer: [
            (answer["customers"], {}),
            *((each["customers"], {"path": each["channels"]}) for each in answer["chains"]),
        ],
        id="needs",
    ),
    pytest.param("effort", {}, "effort", "journeys", share_of("with_effort"), id="journeys with effort"),
    pytest.param(
        "handovers",
        {},
        "handover",
        "customers",
        lambda answer: [
            *((each["customers"], {"source": each["from"], "target": each["to"]}) for each in answer["handovers"]),
        ],
        id="handovers",
    ),
    pytest.param("handovers", {}, "handover", "journeys", share_of("handed_over"), id="handed over"),
    pytest.param(
        "scores",
        {"level": "relationship", "by": "channel"},
        "answers",
        "customers",
        lambda answer: [
            (answer["total"]["n"], {}),
            *((each["n"], {"score": each["score"]}) for each in answer["distribution"]),
            *((each["n"], {"value": each["channel"]}) for each in answer["groups"] if each["channel"]),
        ],
        id="answers",
    ),
    *(
        pytest.param(
            "retention",
            {"by": by, "kind": kind},
            "cohort",
            "customers",
            lambda answer: [
                (answer["customers"], {"that": "started"}),
                (answer["inactive"]["n"], {"that": "judged"}),
                (round((answer["inactive"]["value"] or 0) * answer["inactive"]["n"]), {"that": "inactive"}),
                *((each["customers"], {"that": "started", "since": each["since"]}) for each in answer["curve"]),
                *((each["returned"], {"that": "returned", "since": each["since"]}) for each in answer["curve"]),
                *(
                    (cell["returned"], {"that": "returned", "cohort": cohort["start"], "since": cell["since"]})
                    for cohort in answer["cohorts"][::2]
                    for cell in cohort["cells"][::2]
                ),
            ],
            id=f"cohorts by {by}, {kind}",
        )
        for by, kind in (("week", "in"), ("month", "on_or_after"))
    ),
    *(
        pytest.param(
            "survival",
            asked,
            "event",
            "customers",
            lambda answer: [
                (answer["customers"], {"that": "started"}),
                (answer["happened"], {"that": "happened"}),
                *((each["at_risk"], {"that": "at risk", "time": each["time"]}) for each in answer["steps"][::4]),
                *((each["events"], {"that": "happened", "time": each["time"]}) for each in answer["steps"][::4]),
            ],
            id=name,
        )
        for name, asked in (("time to an event", {"events": "Paid"}), ("time to silence", {"churn": "4d"}))
    ),
    pytest.param(
        "gaps",
        {"settle": "3d"},
        "skipped",
        "journeys",
        lambda answer: [
            *((each["spans"], {"reached": each["reached"]}) for each in answer["skipped"]),
            *(
                (each["without"], {"reached": each["reached"], "missing": each["missing"]})
                for each in answer["skipped"]
            ),
        ],
        id="skipped stages",
    ),
    pytest.param(
        "gaps",
        {},
        "switch",
        "customers",
        lambda answer: [
            (
                each["customers"],
                {
                    "source": each["from"],
                    "source_channel": each["from_channel"],
                    "target": each["to"],
                    "target_channel": each["to_channel"],
                },
            )
            for each in answer["switches"]
        ],
        id="silent switches",
    ),
    pytest.param(
        "funnel",
        {"steps": ["Basket", "Paid"], "by": "channel"},
        "funnel",
        "customers",
        lambda answer: [
            (step["customers"], {"step": place, "value": group["value"]})
            for group in answer["groups"]
            if group["value"]
            for place, step in enumerate(group["steps"], start=1)
        ],
        id="groups of a funnel",
    ),
    pytest.param(
        "funnel",
        {"steps": ["Basket", "Call", "Survey"], "by": "team"},
        "funnel",
        "customers",
        lambda answer: [
            *((group["n"], {"step": 1, "group": "unknown"}) for group in answer["groups"] if group["value"] is None),
            *(
                (count, {"step": step, "value": group["value"], "group": "rest"})
                for group in answer["groups"]
                if group["value"]
                for step, count in ((1, group["rest_n"]), (3, round((group["rest"] or 0) * group["rest_n"])))
            ),
        ],
        id="the rest of the groups of a funnel",
    ),
    pytest.param(
        "funnel",
        {"steps": ["Basket", "Call", "Survey"], "dropped": True},
        "funnel",
        "customers",
        lambda answer: [
            (next_one["customers"], {"step": place, "stopped": True, **went_on(next_one["touchpoint"])})
            for place, drop in enumerate(answer["dropped"], start=1)
            for next_one in drop["next"]
        ],
        id="what those did who dropped",
    ),
    pytest.param(
        "common",
        {"by": "stage"},
        "common",
        "customers",
        lambda answer: [
            *((each["customers"], {"path": each["path"]}) for each in answer["journeys"]),
            *((each["covered_customers"], {"first": place}) for place, each in enumerate(answer["journeys"], start=1)),
        ],
        id="paths by stage",
    ),
    pytest.param(
        "clusters",
        {"outcome": ["Paid"], "clusters": 2},
        "cluster",
        "journeys",
        lambda answer: [
            *((each["spans"], {"cluster": each["name"]}) for each in answer["clusters"]),
            *(
                (round(each["outcome"]["value"] * each["outcome"]["n"]), {"cluster": each["name"], "reached": True})
                for each in answer["clusters"]
            ),
        ],
        id="clusters and their outcome",
    ),
    pytest.param(
        "handovers",
        {},
        "handover",
        "times",
        lambda answer: [
            (count, {"source": each["from"], "target": each["to"], "that": that})
            for each in answer["handovers"]
            for that, count in (
                ("all", each["count"]),
                ("told", each["told"]),
                ("seen", each["repeats_n"]),
                ("again", round((each["repeats"] or 0) * each["repeats_n"])),
            )
        ],
        id="handovers that are told, seen, and begin again",
    ),
    pytest.param(
        "handovers",
        {},
        "department",
        "journeys",
        lambda answer: [
            (answer["untraced"]["n"], {}),
            (round(answer["untraced"]["value"] * answer["untraced"]["n"]), {"untraced": True}),
        ],
        id="known departments",
    ),
    pytest.param(
        "gaps",
        {},
        "switch",
        "times",
        lambda answer: [(answer["silent_moves"], {}), (answer["moves"], {"silent": False})],
        id="moves after a silence, and all",
    ),
    pytest.param(
        "outcomes",
        {"journey": "order"},
        "outcome",
        "journeys",
        lambda answer: [
            (each["n"], {"outcome": "over"}) for each in answer["outcomes"] if each["outcome"] != "unfinished"
        ],
        id="journeys that are over",
    ),
    pytest.param(
        "outcomes",
        {"journey": "order"},
        "outcome",
        "journeys",
        lambda answer: [(answer["in_time"]["n"], {"outcome": "followed"})],
        id="journeys that are followed long enough",
    ),
    pytest.param(
        "outcomes",
        {"journey": "order"},
        "outcome",
        "journeys",
        share_of("in_time", outcome="in time"),
        id="journeys that reach their goal in time",
    ),
    pytest.param(
        "loops",
        {},
        "shape",
        "journeys",
        lambda answer: [(answer["process"]["spans"], {"shape": "any"})],
        id="journeys with a shape",
    ),
    pytest.param(
        "scores",
        {"kind": "NPS", "level": "relationship"},
        "answers",
        "customers",
        lambda answer: [
            (sum(each["n"] for each in answer["distribution"] if each["score"] > 10 - boxes), {"boxes": boxes})
            for boxes in (1, 2, 5)
        ],
        id="answers in the highest boxes",
    ),
]
"""The question, what it is asked with, the kind of number, what is counted, and from the answer: how many, behind which number."""


@pytest.mark.parametrize("more", [{}, {"where": "channel != chat"}], ids=["everything", "a filter"])
@pytest.mark.parametrize(("question", "asked", "kind", "counted", "rows"), NUMBERS)
def test_as_many_journeys_are_behind_a_number_as_it_says(
    question: str, asked: dict[str, Any], kind: str, counted: str, rows: Rows, more: dict[str, Any], ada: Browser
) -> None:
    answered = ada.get(f"/api/journeys/questions/{question}", params={**asked, **more})
    told = rows(answered.json()["answer"])
    assert any(number for number, _ in told)
    for number, said in told:
        given = {name: value for name, value in {**asked, **more, **said}.items() if value is not None}
        found = ada.get(f"/api/journeys/behind/{kind}", params=given)
        assert found.status_code == 200, found.text
        assert found.json()["answer"][counted] == number, said


def contacts_that(that: str, ada: Browser) -> int:
    found = ada.get("/api/journeys/behind/contacts", params={"that": that, "by": "channel", "value": "phone"}).json()
    assert isinstance(found["answer"]["journeys"], int)
    return int(found["answer"]["journeys"])


def test_contacts_that_were_resolved_or_repeated_are_found(ada: Browser) -> None:
    groups = ada.get("/api/journeys/questions/contacts", params={"by": "channel"}).json()["answer"]["groups"]
    phone = next(each for each in groups if each["name"] == "phone")
    assert contacts_that("abandoned", ada) == phone["abandoned"]["share"] * phone["abandoned"]["n"]
    assert 0 < contacts_that("repeated", ada) <= phone["repeats"]
    assert 0 < contacts_that("resolved", ada) <= phone["resolved"]["n"] - phone["repeats"]
    assert contacts_that("all", ada) == phone["customers"]


@pytest.mark.parametrize(
    ("number", "status", "message"),
    [
        pytest.param("cohort?that=returned&cohort=March", 400, "first day", id="no day"),
        pytest.param("outcome?outcome=reached", 400, "journey", id="the outcome of no journey"),
        pytest.param("outcome?outcome=in+time", 400, "journey", id="reached in time by no journey"),
        pytest.param("outcome?outcome=won&journey=order", 404, "won", id="no outcome"),
        pytest.param("again?name=Baskt", 404, "Basket", id="no touchpoint"),
        pytest.param("handover?source=Biling", 404, "Billing", id="no team"),
        pytest.param("event?that=started", 400, "events or a churn", id="what the question needs"),
        pytest.param("answers?by=month&value=March", 400, "month", id="no month"),
        pytest.param("answering?channel=fone", 404, "phone", id="no channel to answer about"),
        pytest.param("feeling?step=Baskt&line=NPS", 404, "Basket", id="no step to feel at"),
        pytest.param("feeling?step=Basket&line=NSP", 404, "NPS", id="no line of feelings"),
        pytest.param("driver?outcomes=Paid&feature=move&of=Basket", 400, "expected 2", id="half a move"),
        pytest.param("driver?outcomes=Paid&feature=wait&of=301", 404, "300", id="no such wait"),
        pytest.param("driver?outcomes=Paid&feature=attribute&of=taem&of=Sales", 404, "team", id="no such field"),
        pytest.param("credit?outcomes=Paid&model=first", 400, "name", id="a model without what it credits"),
        pytest.param("need_contacts?channel=phone&after=caht", 404, "chat", id="no channel before"),
        pytest.param("contacts?path=Billing&path=Sals", 404, "Sales", id="no team to transfer to"),
        pytest.param("effort?component=repeats", 404, "repeat", id="no component"),
        pytest.param("funnel?steps=Basket&steps=Paid&step=1&by=channel&value=fone", 404, "fone", id="no group"),
    ],
)
def test_a_number_that_is_not_there_is_one_clear_error(number: str, status: int, message: str, ada: Browser) -> None:
    found = ada.get(f"/api/journeys/behind/{number}")
    assert found.status_code == status
    assert message in found.json()["message"] + str(found.json()["hint"])
