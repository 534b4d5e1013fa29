"""Journeys behind the marks of charts: each says which ones it opens, as many as it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import open_index
from desireline.journeys.addresses import GROUP
from desireline.journeys.definitions import save_definition
from desireline.journeys.routes.numbers import NUMBERS

from .browser import Browser, browser, sign_in_as
from .test_behind_random_logs import DAY, TAXONOMY, log_of

COUNTS = ("at_risk", "sessions", "chains", "contacts", "customers", "answers", "count")
FOUND_BY: dict[str, dict[str, Any]] = {"funnel": {"by": None}, "sessions": {"span": "session"}}
"""Of which questions a number is found by something else than what the question was asked with."""
SHOWN = ("value", "share", "survival", "mean", "points", "feeling", "ratio", "score", "cost", "from")


def plain_ones() -> Iterator[NewInteraction]:
    """Customers of whom those who ask for help buy less often: something that goes with an outcome."""
    for customer in range(200):
        asks, buys = customer % 2 == 0, customer % 10 < 3 or customer % 4 == 1
        for place, touchpoint in enumerate(["Opened", "Help" if asks else "Basket", *["Paid"] * buys]):
            fields = {"touchpoint": touchpoint, "channel": "web", "source": "shop"}
            at = DAY + timedelta(days=customer % 20, hours=place)
            yield NewInteraction({**fields, "occurred_at": at}, {"customer": f"P-{customer}"})


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    (made.folder / "taxonomy.yaml").write_text(TAXONOMY)
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "5d"})
    record_interactions(made, [*log_of(Random(3)), *plain_ones()])
    open_index(made)
    with browser(made) as opened:
        yield sign_in_as(opened, made, Role.ANALYST)


def marks_of(specification: Any) -> Iterator[dict[str, Any]]:
    """The rows of a chart that open journeys."""
    if isinstance(specification, list):
        for each in specification:
            yield from marks_of(each)
    elif isinstance(specification, dict):
        if "behind" in specification:
            yield specification
        else:
            for each in specification.values():
                yield from marks_of(each)


def asked_of(number: str, asked: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What the page asks for: the number, with the options of the question that its kind takes."""
    kind, _, query = number.partition("?")
    known = {*GROUP, *(each.name for each in NUMBERS[kind].parameters)}
    own = {name: value for name, value in asked.items() if name in known and value is not None}
    return kind, own | parse_qs(query, keep_blank_values=True) | {"n": 1}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("clusters", {"clusters": 3, "outcome": ["Paid"]}, id="clusters"),
        pytest.param("contacts", {"by": "team"}, id="contacts"),
        pytest.param("chains", {"gap": "1d", "self_service": ["web"]}, id="chains"),
        pytest.param("effort", {"by": "touchpoint"}, id="effort"),
        pytest.param("scores", {"kind": "NPS", "level": "relationship"}, id="scores"),
        pytest.param("scores", {"kind": "NPS", "level": "relationship", "by": "channel"}, id="scores by channel"),
        pytest.param("emotion", {}, id="emotion"),
        pytest.param("drivers", {"outcomes": ["Paid"]}, id="drivers"),
        pytest.param("survival", {"events": ["Paid"]}, id="survival"),
        pytest.param("attribution", {"outcomes": ["Paid"]}, id="attribution"),
        pytest.param("attribution", {"outcomes": ["Paid"], "by": "channel"}, id="attribution to channels"),
        pytest.param("gaps", {}, id="gaps"),
        pytest.param("handovers", {}, id="handovers"),
        pytest.param("loops", {}, id="loops"),
        pytest.param("outcomes", {"journey": "order"}, id="outcomes"),
        pytest.param("sessions", {"gap": "1d"}, id="sessions"),
        pytest.param("funnel", {"steps": ["Basket", "Call", "Paid"], "by": "team"}, id="groups of a funnel"),
    ],
)
def test_a_mark_of_a_chart_opens_as_many_journeys_as_it_shows(
    question: str, asked: dict[str, Any], ada: Browser
) -> None:
    marks = list(marks_of(ada.get(f"/api/journeys/questions/{question}.json", params=asked).json()))
    assert marks
    for mark in marks[:40]:
        kind, said = asked_of(mark["behind"], asked | FOUND_BY.get(question, {}))
        found = ada.get(f"/api/journeys/behind/{kind}", params=said)
        assert found.status_code == 200, (mark, found.text)
        answer = found.json()["answer"]
        counted = next((mark[name] for name in COUNTS if isinstance(mark.get(name), int)), None)
        if counted is not None:
            assert counted in (answer["times"], answer["journeys"], answer["customers"]), mark
        elif any(mark.get(name) for name in SHOWN):
            assert answer["journeys"] > 0, mark
