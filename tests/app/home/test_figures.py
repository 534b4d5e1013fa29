from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desireline.app.home import Figure, home_period, key_figures
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import chains, contacts, outcomes
from desireline.journeys.definitions import save_definition
from desireline.store import Workspace

from .shops import FIRST, make_company, weeks_of


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


def test_containment_is_what_the_page_of_the_same_days_says(tmp_path: Path) -> None:
    """Of ten who begin on the web before the period or in it, some call within the gap, also across its ends."""
    helped = [(f"h{day}", day, "Help article") for day in range(60, 70)]
    called = [(f"h{day}", day + 1, "Call") for day in (60, 62, 63, 66)]
    made = make_company(tmp_path / "workspace", [*weeks_of(10), *helped, *called])
    found = figures(made, "2026-05-04..2026-05-10")
    tile = found["containment"]
    asked = chains(made, period=tile.ask.parameters["period"]).containment[0].contained
    assert (tile.value, tile.low, tile.high, tile.n) == (asked.value, asked.low, asked.high, asked.n)
    assert tile.n > 5 and 0 < (tile.value or 0) < 1


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
    asked = outcomes(made, "order", period=found.ask.parameters["period"])
    assert (found.within_seconds, found.n) == (asked.within_seconds, asked.in_time.n) == (14 * 86_400, asked.journeys)


def test_a_count_of_a_period_before_that_the_record_has_in_part_is_left_out_and_a_share_is_not(
    workspace: Workspace,
) -> None:
    found = figures(workspace, "42d")
    counted, shared = found["interactions"], found["first_contact_resolution"]
    assert (counted.value, counted.before, counted.difference) == (48, None, None)
    assert (shared.before, shared.n_before) == (1.0, 4)


def test_most_of_the_period_before_has_to_be_in_the_record(workspace: Workspace) -> None:
    assert figures(workspace, "49d")["first_contact_resolution"].before is None


def mailed(folder: Path, events: list[tuple[str, float, str, dict[str, object]]]) -> Workspace:
    """Visits for ten weeks, and e-mails: who, after how many days, what, and further fields."""
    made = make_company(folder, weeks_of(10))
    record_interactions(
        made,
        [
            NewInteraction(
                {
                    "source": "mailing",
                    "channel": "email",
                    "touchpoint": what,
                    "occurred_at": FIRST + timedelta(days=days),
                    "actor": "system" if what in ("E-mail sent", "E-mail bounced") else "customer",
                    **fields,
                },
                {"user": who},
            )
            for who, days, what, fields in events
        ],
    )
    return made


def test_e_mails_are_opened_and_clicked_before_the_next_one_is_sent(tmp_path: Path) -> None:
    """The example of the documentation, and an answer of a service desk that is no such e-mail."""
    sent, opened, clicked = "E-mail sent", "E-mail opened", "E-mail clicked"
    happened = [
        ("ann", 50, sent),
        ("ann", 50.1, opened),
        ("ann", 50.2, opened),
        ("ann", 53, sent),
        ("ann", 53.1, clicked),
    ]
    happened += [("ben", 50, sent), ("ben", 53, sent), ("ben", 53.2, opened), ("cem", 53, "E-mail bounced")]
    events: list[tuple[str, float, str, dict[str, object]]] = [(*each, {}) for each in happened]
    events += [("dee", 51 + day, "Answered", {"actor": "agent", "team": "Desk"}) for day in range(9)]
    found = figures(mailed(tmp_path / "workspace", events))
    assert found["email_reached"].value == 2
    assert [(found[name].value, found[name].n) for name in ("email_opened", "email_clicked")] == [(0.5, 4), (0.25, 4)]
    assert found["email_opened"].touchpoints == (sent, opened)
    assert found["email_opened"].ask.parameters["where"] == "touchpoint in ('E-mail sent', 'E-mail opened')"


def test_visits_from_campaigns_are_sessions_on_the_web_that_name_one(tmp_path: Path) -> None:
    made = make_company(tmp_path / "workspace", weeks_of(10))
    pages = [
        (60.0, "web", "spring"),
        (60.01, "web", "spring"),
        (61, "web", "spring"),
        (61, "phone", "spring"),
        (62, "web", ""),
    ]
    record_interactions(
        made,
        [
            NewInteraction(
                {
                    "source": "site",
                    "channel": channel,
                    "touchpoint": "Landing",
                    "occurred_at": FIRST + timedelta(days=days),
                },
                {"user": "ann"},
                {"campaign": campaign} if campaign else {},
            )
            for days, channel, campaign in pages
        ],
    )
    found = figures(made)["campaign_visits"]
    assert (found.value, found.ask.parameters["span"]) == (2, "session")


@pytest.mark.parametrize("name", ["email_reached", "email_opened", "email_clicked", "campaign_visits"])
def test_without_e_mails_and_campaigns_their_figures_say_so(workspace: Workspace, name: str) -> None:
    found = figures(workspace)[name]
    assert (found.value, found.missing, found.n, found.points) == (None, "nothing", 0, ())
