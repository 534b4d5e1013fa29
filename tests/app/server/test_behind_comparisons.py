"""Journeys behind the numbers of a comparison: each opens those of its own group, as many as it says."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.interactions.recording import record_interactions
from desireline.journeys import open_index
from desireline.journeys.addresses import GROUP, parameters_of
from desireline.journeys.definitions import save_definition
from desireline.journeys.routes.numbers import NUMBERS

from .browser import Browser, browser, sign_in_as
from .test_behind_random_logs import TAXONOMY, log_of

SEGMENTS = {"segment": "channel = phone", "with_segment": "touchpoint = Paid"}
REST = {"segment": "channel = phone", "with_rest": True}
PERIODS = {"period": "2026-03-01..2026-03-14", "with_period": "2026-03-15..2026-04-30"}
FILTERS = {"where": "touchpoint != Help", "with_where": "touchpoint != Call"}


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    (made.folder / "taxonomy.yaml").write_text(TAXONOMY)
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "5d"})
    record_interactions(made, list(log_of(Random(3))))
    open_index(made)
    with browser(made) as opened:
        yield sign_in_as(opened, made, Role.ANALYST)


def asked_of(
    number: str, asked: dict[str, Any], groups: list[dict[str, str | None]], side: int
) -> tuple[str, dict[str, Any]]:
    """What the page asks for: the number in a group, with the options of the question that its kind takes."""
    kind, _, query = number.partition("?")
    group = groups[side]
    if kind == "shared_cluster":
        group = group | {f"with_{name}": value for name, value in groups[1 - side].items()} | {"second": str(side == 1)}
    known = {*GROUP, *(each.name for each in NUMBERS[kind].parameters)}
    said = {name: value for name, value in asked.items() if name in known and name not in group}
    said |= {name: value or "" for name, value in group.items() if name in known}
    return kind, said | parse_qs(query, keep_blank_values=True) | {"n": 1}


def counted(row: dict[str, Any], side: str) -> Iterator[tuple[str, int]]:
    """The numbers of a row that open journeys, and how many each counts."""
    n, value = row[f"n_{side}"], row[side]
    if row["behind_n"]:
        yield row["behind_n"], n
    if row["behind"] and row["kind"] == "share" and value is not None:
        yield row["behind"], round(value * n)


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        pytest.param("reach", SEGMENTS, id="two segments"),
        pytest.param("reach", {**REST, "span": "session", "gap": "1d"}, id="a segment and the rest"),
        pytest.param("reach", FILTERS, id="two filters"),
        pytest.param("flow", SEGMENTS, id="touchpoints"),
        pytest.param("channels", SEGMENTS, id="channels"),
        pytest.param("common", {"by": "channel", **PERIODS}, id="common paths"),
        pytest.param("paths", {"touchpoint": "Call", "direction": "before", "steps": 2, **SEGMENTS}, id="paths"),
        pytest.param("funnel", {"steps": ["Basket", "Call", "Paid"], "dropped": True, **SEGMENTS}, id="funnel"),
        pytest.param("outcomes", {"journey": "order", **REST}, id="outcomes"),
        pytest.param("loops", PERIODS, id="loops"),
        pytest.param("retention", {"by": "day", **PERIODS}, id="retention"),
        pytest.param("survival", {"events": ["Paid"], **SEGMENTS}, id="survival"),
        pytest.param("handovers", {"by": "team", **SEGMENTS}, id="handovers"),
        pytest.param("gaps", {"settle": "1d", **SEGMENTS}, id="gaps"),
        pytest.param("contacts", {"by": "team", **PERIODS}, id="contacts"),
        pytest.param("chains", {"gap": "1d", **SEGMENTS}, id="chains"),
        pytest.param("scores", {"by": "channel", **SEGMENTS}, id="scores"),
        pytest.param("effort", PERIODS, id="effort"),
        pytest.param("emotion", SEGMENTS, id="emotion"),
        pytest.param("drivers", {"outcomes": ["Paid"], "top": 20, **PERIODS}, id="drivers"),
        pytest.param("attribution", {"outcomes": ["Paid"], **SEGMENTS}, id="attribution"),
        pytest.param("clusters", {"outcome": ["Paid"], "clusters": 3, **SEGMENTS}, id="clusters of two segments"),
        pytest.param("clusters", {"clusters": 3, **REST}, id="clusters of a segment and of the rest"),
        pytest.param("clusters", {"clusters": 3, **PERIODS}, id="clusters of two periods"),
    ],
)
def test_a_number_of_a_comparison_opens_as_many_as_it_says_of_its_own_group(
    of: str, asked: dict[str, Any], ada: Browser
) -> None:
    found = ada.get(f"/api/journeys/comparisons/{of}", params=asked).json()["answer"]
    own = {name: value for name, value in asked.items() if not name.startswith("with_")}
    assert of == "reach" or {each.name for each in parameters_of(of)} >= set(own)
    checked = 0
    for row in found["differences"][:40]:
        for place, side in enumerate(("before", "after")):
            for number, many in counted(row, side):
                kind, said = asked_of(number, own, found["groups"], place)
                behind = ada.get(f"/api/journeys/behind/{kind}", params=said)
                assert behind.status_code == 200, (number, behind.text)
                answer = behind.json()["answer"]
                assert many in (answer["times"], answer["journeys"], answer["customers"]), (row["name"], side, said)
                checked += many > 0
    assert checked > 2
