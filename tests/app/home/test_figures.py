from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desireline.app.home import Figure, home_period, key_figures
from desireline.journeys import contacts
from desireline.journeys.definitions import save_definition
from desireline.store import Workspace

from .shops import make_company, weeks_of


def figures(workspace: Workspace, period: str = "28d") -> dict[str, Figure]:
    found = home_period(workspace, period)
    assert found is not None
    return {each.id: each for each in key_figures(workspace, found)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_company(tmp_path_factory.mktemp("figures") / "workspace", weeks_of(10))


def test_counts_stand_beside_those_of_the_period_before_and_by_week(workspace: Workspace) -> None:
    found = figures(workspace)["interactions"]
    assert (found.value, found.before, found.difference, found.low) == (32, 32, 0, None)
    assert [point.value for point in found.points] == [8] * 10


def test_a_contact_of_the_last_day_of_a_period_is_followed_beyond_it(tmp_path: Path) -> None:
    calls = [("ann", 12.9, "Call"), ("ann", 15, "Call"), ("ben", 3, "Call"), *weeks_of(6)]
    found = figures(make_company(tmp_path / "workspace", calls), "2026-03-02..2026-03-15")["first_contact_resolution"]
    assert (round((found.value or 0) * found.n), found.n) == (3, 4)


def test_a_figure_of_the_last_days_is_what_its_question_answers(workspace: Workspace) -> None:
    found = figures(workspace)["first_contact_resolution"]
    asked = contacts(workspace, period=found.ask.parameters["period"]).total.resolved
    assert (found.value, found.low, found.high, found.n) == (asked.value, asked.low, asked.high, asked.n)


@pytest.mark.parametrize("name", ["nps", "csat", "ces", "wait", "cost_per_need", "transferred"])
def test_what_nothing_is_known_of_says_so(workspace: Workspace, name: str) -> None:
    found = figures(workspace)[name]
    assert (found.value, found.missing, found.n, found.points) == (None, "nothing", 0, ())


def test_journeys_count_once_they_had_the_time_to_reach_their_goal(tmp_path: Path) -> None:
    visits = [(f"p{day}", day, "Visit") for day in range(-2, 70)]
    happened = visits + [(f"p{day}", day + 0.5, "Order") for day in range(-2, 35)]
    made = make_company(tmp_path / "workspace", happened)
    said = {"start": "touchpoint = Visit", "goal": "touchpoint = Order", "time_out": "14d"}
    save_definition(made, "order", said)
    found = figures(made)["conversion:order"]
    assert (found.start, found.end, found.name) == (date(2026, 3, 29), date(2026, 4, 25), "order")
    assert (found.value, found.n, found.before) == (8 / 28, 28, 1.0)
    assert found.is_sure and found.points[-1].start <= date(2026, 4, 25)


def test_a_count_of_a_period_before_that_the_record_has_in_part_is_left_out_and_a_share_is_not(
    workspace: Workspace,
) -> None:
    found = figures(workspace, "42d")
    counted, shared = found["interactions"], found["first_contact_resolution"]
    assert (counted.value, counted.before, counted.difference) == (48, None, None)
    assert (shared.before, shared.n_before) == (1.0, 4)


def test_most_of_the_period_before_has_to_be_in_the_record(workspace: Workspace) -> None:
    assert figures(workspace, "49d")["first_contact_resolution"].before is None
