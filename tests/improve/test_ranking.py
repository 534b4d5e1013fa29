from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desireline.improve.ranking import quadrant, rank_opportunities
from desireline.improve.results import Board, Opportunities
from desireline.improve.scoring import ScoreSettings
from desireline.improve.tasks import tasks_at_hand
from desireline.maps import JourneyMap, Opportunity, new_document, read_map

EASY = {"id": "easy", "title": "Easy", "customer_value": 5, "business_value": 5, "effort": 1}
HARD = {
    "id": "hard",
    "title": "Hard",
    "customer_value": 5,
    "business_value": 5,
    "effort": 5,
    "evidence": [{"kind": "survey"}],
}


def map_with(*opportunities: dict[str, Any], ident: str = "m", cells: list[dict[str, Any]] | None = None) -> JourneyMap:
    tree = {
        "desireline": "map/1",
        "id": ident,
        "title": "I call",
        "opportunities": list(opportunities),
        "phases": [{"id": "p", "name": "P", "steps": [{"id": "s", "name": "S"}]}],
        "lanes": [{"id": "l", "role": "pains", "cells": cells or []}],
    }
    return read_map(new_document(tree))


def test_what_has_no_score_comes_last_and_has_no_rank() -> None:
    ranked = rank_opportunities([map_with({"id": "a", "title": "Unknown"}, HARD, EASY)])
    assert [(each.opportunity.id, each.rank) for each in ranked] == [("easy", 1), ("hard", 2), ("a", None)]


def test_an_opportunity_of_two_maps_is_one() -> None:
    ranked = rank_opportunities([map_with(EASY, ident="two"), map_with(EASY, ident="one")])
    assert [each.maps for each in ranked] == [("one", "two")]


WITH_TASK = {**EASY, "title": "Ours", "solutions": [{"id": "do", "title": "Do", "tasks": [{"id": "t", "title": "T"}]}]}


def test_of_two_maps_that_say_what_it_is_the_one_with_tasks_counts() -> None:
    ranked = rank_opportunities([map_with(EASY, ident="a-copy"), map_with(WITH_TASK, ident="ours")])
    assert [each.opportunity.title for each in ranked] == ["Ours"]


def test_of_a_map_and_its_future_state_the_map_counts() -> None:
    future = replace(map_with(EASY, ident="better"), state="future")
    (ranked,) = rank_opportunities([future, map_with({**EASY, "title": "Ours"}, ident="ours")])
    assert (ranked.opportunity.title, ranked.maps) == ("Ours", ("better", "ours"))


def test_pains_lead_to_it_by_their_claim_or_by_their_cell_and_bring_their_evidence() -> None:
    claim = {"text": "It hurts", "opportunities": ["hard"], "evidence": [{"kind": "interview"}, {"kind": "survey"}]}
    cells = [
        {"id": "c1", "step": "s", "claims": [claim, "Nothing to do with it"]},
        {"id": "c2", "step": "s", "claims": ["Here too"], "opportunities": ["hard"]},
    ]
    hard = rank_opportunities([map_with(HARD, cells=cells)])[0]
    assert [pain.text for pain in hard.pains] == ["It hurts", "Here too"]
    assert (hard.evidence, hard.sources) == (3, 2)


def test_what_a_map_and_its_copy_both_say_is_evidence_once() -> None:
    claim = {"text": "It hurts", "opportunities": ["hard"], "evidence": [{"kind": "interview"}]}
    cells = [{"id": "c1", "step": "s", "claims": [claim]}]
    (hard,) = rank_opportunities([map_with(HARD, cells=cells), map_with(HARD, cells=cells, ident="copy")])
    assert (len(hard.pains), hard.evidence) == (2, 2)


@pytest.mark.parametrize(
    ("value", "effort", "field"),
    [
        (5, 1, "quick win"),
        (3, 3, "quick win"),
        (5, 4, "big bet"),
        (1, 1, "fill-in"),
        (2, 5, "think twice"),
        (4, None, None),
    ],
)
def test_the_matrix_has_four_fields(value: float, effort: float | None, field: str | None) -> None:
    assert quadrant(Opportunity("o", "O", customer_value=value, business_value=value, effort=effort)) == field


def test_tasks_stand_by_department_and_day_and_late_ones_are_told() -> None:
    tasks = [
        {"id": "t1", "title": "Later", "department": "IT"},
        {"id": "t2", "title": "Late", "department": "IT", "due": "2026-01-01"},
        {
            "id": "t3",
            "title": "Done",
            "owner": {"name": "Ada", "department": "Care"},
            "due": "2026-01-01",
            "status": "done",
        },
        {"id": "t4", "title": "Nobody's", "due": "2027-01-01"},
    ]
    solution = {"id": "x", "title": "X", "tasks": tasks}
    found = tasks_at_hand(map_with({**EASY, "solutions": [solution]}).opportunities, today=date(2026, 1, 2))
    assert [(each.department, each.task.id, each.late) for each in found] == [
        ("Care", "t3", False),
        ("IT", "t2", True),
        ("IT", "t1", False),
        ("no department", "t4", False),
    ]
    assert [each["late"] for each in Board(found).to_dict()["tasks"]] == [False, True, False, False]


def test_the_matrix_draws_what_has_both_figures_and_counts_the_rest() -> None:
    found = Opportunities(rank_opportunities([map_with(EASY, HARD, {"id": "a", "title": "Unknown"})]), ScoreSettings())
    chart = found.chart().to_dict()
    drawn = [
        row["label"] for layer in chart["layer"] for row in layer.get("data", {}).get("values", []) if "label" in row
    ]
    assert set(drawn) == {"1. Easy", "2. Hard"}
    assert chart["title"]["subtitle"] == "n = 2, as people rated them; 1 without value or effort not drawn"
