"""How stale a map is, and which maps somebody has to look at."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.evidence import binding_states, drift_between, review, staleness
from desireline.interactions.by_hand import log_by_hand
from desireline.interactions.recording import NewInteraction
from desireline.journeys.definitions import save_definition
from desireline.maps import Document, read_map
from desireline.maps.measured import Transition
from desireline.maps.storing import WorkspaceLibrary, save
from desireline.store import Workspace

from .deliveries import MAP, ROWS, delivery_map, make_deliveries

HEAD = ROWS.splitlines()[0]
TODAY = date(2026, 4, 30)
EVENTS = ((9, "Order"), (10, "Delivery"), (11, "Call"))
LANES = """
lanes:
  - id: pains
    role: pains
    label: Pains
    cells:
      - id: c1
        step: order
        claims:
          - {text: New, evidence: [{kind: survey, date: 2026-01-01}, {kind: survey, date: 2020-01-01}]}
          - {text: Old, evidence: [{kind: survey, date: 2024-01-01}]}
          - {text: Undated, evidence: [{kind: survey}]}
          - {text: Bare}
"""


def moves(**counts: int) -> list[Transition]:
    return [Transition(name[0], name[1], count, True) for name, count in counts.items()]


def test_drift_is_the_distance_of_the_worked_example() -> None:
    found = drift_between(moves(ab=80, bc=20), moves(ab=50, bc=50), 100, 100)
    noise = 2 * math.sqrt(0.65 * 0.35 * (2 / 100) / (2 * math.pi))
    assert found.distance == pytest.approx(0.3)
    assert found.noise == pytest.approx(noise)
    assert found.value == pytest.approx((0.3 - noise) / (1 - noise))
    assert round(found.value, 4) == 0.2602


def test_two_periods_without_a_way_in_common_are_all_drift_but_for_chance() -> None:
    assert drift_between(moves(ab=10), moves(bc=10), 10, 10).distance == 1
    assert drift_between(moves(ab=1000), moves(bc=1000), 1000, 1000).value == pytest.approx(1)


@given(
    counts=st.lists(st.integers(1, 50), min_size=1, max_size=5),
    times=st.integers(1, 4),
    journeys=st.integers(1, 100),
)
def test_the_same_shares_are_no_drift(counts: list[int], times: int, journeys: int) -> None:
    before = [Transition("a", str(place), count, True) for place, count in enumerate(counts)]
    after = [Transition("a", str(place), times * count, True) for place, count in enumerate(counts)]
    found = drift_between(before, after, journeys, times * journeys)
    assert (found.distance, found.value) == (pytest.approx(0, abs=1e-12), 0)


def test_the_noise_is_what_chance_makes_of_it() -> None:
    random = np.random.default_rng(3)
    shares = [0.5, 0.3, 0.15, 0.05]
    drawn = [random.multinomial(200, shares, size=2) for _ in range(600)]
    distances = [np.abs(first - second).sum() / 400 for first, second in drawn]
    even = [Transition("a", str(place), round(200 * share), True) for place, share in enumerate(shares)]
    assert drift_between(even, even, 200, 200).noise == pytest.approx(float(np.mean(distances)), rel=0.05)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Eighty customers in March who get what they order at once; eighty in April who all have to call."""
    rows = []
    for customer in range(80):
        day = 1 + customer % 28
        rows += [
            f"2026-03-{day:02} {hour}:00,m{customer},{event},web,,,,,"
            for hour, event in ((10, "Order"), (12, "Delivery"))
        ]
        steps = ((10, "Order"), (11, "Call"), (12, "Delivery"))
        rows += [f"2026-04-{day:02} {hour}:00,a{customer},{event},web,,,,," for hour, event in steps]
    return make_deliveries(tmp_path_factory.mktemp("moved"), "\n".join([HEAD, *rows]) + "\n")


def reviewed(day: str, more: str = "") -> Any:
    return delivery_map(
        **{"title: I get my order\n": f"title: I get my order\nreviewed: {day}\n", "phases:": f"{more}\nphases:"}
    )


def test_drift_compares_the_time_since_the_review_with_as_much_before_it_but_a_month_at_least(moved: Workspace) -> None:
    found = staleness(moved, reviewed("2026-04-01"), today=TODAY)
    assert found.drift is not None
    assert (found.drift.distance, found.drift.journeys_before, found.drift.journeys_after) == (1.0, 77, 80)
    assert found.part("drift").value == pytest.approx(found.drift.value)
    assert found.drift.value > 0.8


def test_the_parts_are_those_of_the_worked_example(moved: Workspace) -> None:
    found = staleness(moved, reviewed("2026-04-01", LANES.strip("\n")), today=TODAY)
    assert (found.part("bindings").value, found.part("bindings").n) == (0, 3)
    assert (found.part("evidence").value, found.part("evidence").n) == (0.75, 4)
    assert (found.part("time").value, found.part("time").n) == (29 / 365, 29)
    known = [each.value for each in found.parts if each.value is not None]
    assert found.value == pytest.approx(sum(known) / 4)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        pytest.param("2027-01-01", "nothing is known from after the review", id="nothing after"),
        pytest.param(
            "2026-01-01", "too few journeys with two steps to say: 0 before the review, 160 after", id="nothing before"
        ),
        pytest.param(
            "2026-04-27", "too few journeys with two steps to say: 78 before the review, 4 after", id="little after"
        ),
    ],
)
def test_drift_is_not_known_without_many_journeys_on_both_sides(moved: Workspace, day: str, said: str) -> None:
    part = staleness(moved, reviewed(day), today=TODAY).part("drift")
    assert (part.value, part.text) == (None, said)


def test_a_talk_that_is_logged_a_month_later_makes_no_map_staler_and_no_step_silent(tmp_path: Path) -> None:
    rows = [f"2026-03-{day:02} {hour}:00,c{day},{event},web,,,,," for day in range(1, 29) for hour, event in EVENTS]
    shop = make_deliveries(tmp_path, "\n".join([HEAD, *rows]) + "\n")
    asked = reviewed("2026-03-15")
    before = staleness(shop, asked, today=TODAY), binding_states(shop, asked)
    at = datetime(2026, 4, 29, 9, tzinfo=UTC)
    fields = {"channel": "store", "touchpoint": "Talk", "occurred_at": at}
    log_by_hand(shop, NewInteraction(fields, {"customer": "c1"}), now=at)
    assert (staleness(shop, asked, today=TODAY), binding_states(shop, asked)) == before
    assert {each.state for each in before[1]} == {"bound"}


def test_journeys_that_are_not_over_are_no_drift(tmp_path: Path) -> None:
    rows = [
        f"2026-03-{day:02} {hour}:00,c{day}-{each},{event},web,,,,,"
        for day in range(1, 29)
        for each in range(5)
        for hour, event in ((10, "Order"), (11, "Call"))
    ]
    shop = make_deliveries(tmp_path, "\n".join([HEAD, *rows]) + "\n")
    save_definition(shop, "order", {"start": "touchpoint = Order", "goal": "touchpoint = Delivery", "time_out": "7d"})
    named = {"title: I get my order": "title: I get my order\njourney: order\nreviewed: "}

    def drift(day: str) -> Any:
        asked = delivery_map(**{before: after + day for before, after in named.items()})
        return staleness(shop, asked, today=TODAY)

    found = drift("2026-03-11").drift
    assert found is not None
    assert (found.distance, found.journeys_before, found.journeys_after) == (0, 50, 55)
    assert drift("2026-03-22").part("drift").text == "nothing is known from after the review"


def test_a_map_that_was_never_reviewed_is_as_old_as_can_be(moved: Workspace) -> None:
    found = staleness(moved, delivery_map(), today=TODAY)
    assert [(each.name, each.value) for each in found.parts] == [
        ("drift", None),
        ("bindings", 0.0),
        ("evidence", None),
        ("time", 1.0),
    ]
    assert found.value == 0.5


@pytest.mark.parametrize(
    ("days", "time", "evidence"),
    [
        pytest.param(0, 0.0, None, id="new"),
        pytest.param(30, 30 / 365, None, id="still new"),
        pytest.param(31, 31 / 365, 0.75, id="no longer new"),
        pytest.param(400, 1.0, 0.75, id="old"),
    ],
)
def test_a_map_that_is_new_and_not_reviewed_yet_is_not_stale(
    tmp_path: Path, days: int, time: float, evidence: float | None
) -> None:
    shop = make_deliveries(tmp_path)
    asked = Document(MAP.replace("phases:", f"{LANES.strip()}\nphases:", 1))
    made = save(shop, asked, author="ann").version.saved_at.astimezone(shop.zone).date()
    found = staleness(shop, read_map(asked), today=made + timedelta(days=days))
    assert (found.part("time").value, found.part("evidence").value) == (time, evidence)


def test_silent_and_broken_bindings_are_told_by_step(moved: Workspace) -> None:
    asked = delivery_map(**{"touchpoint = Call": "touchpoint = Chats", "touchpoint = Delivery": "channel = fax"})
    found = staleness(moved, asked, today=TODAY)
    assert (found.silent, found.broken, found.part("bindings").value) == ((), ("help", "receive"), 2 / 3)


def test_maps_to_review_come_the_stalest_first_with_reasons(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path)
    fresh = MAP.replace("title:", "reviewed: 2026-04-29\nreview_date: 2026-12-01\ntitle:", 1)
    save(shop, Document(fresh.replace("id: get-my-order", "id: fresh")), author="ann")
    save(shop, Document(MAP.replace("id: get-my-order", "id: never")), author="ann")
    broken = fresh.replace("touchpoint = Call", "touchpoint = Fax").replace("id: get-my-order", "id: broken")
    save(shop, Document(broken), author="ann")
    found = review(shop, WorkspaceLibrary(shop), today=TODAY)
    assert [each.due.id for each in found.maps] == ["broken", "never"]
    reasons = {each.due.id: [reason.kind for reason in each.due.reasons] for each in found.maps}
    assert reasons == {"never": ["never-reviewed"], "broken": ["bindings"]}
    assert {each.due.id: each.only_measured for each in found.maps} == {"never": False, "broken": True}


def test_a_workspace_without_data_can_be_reviewed(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path, HEAD + "\n")
    save(shop, Document(MAP), author="ann")
    (entry,) = review(shop, WorkspaceLibrary(shop), today=TODAY).maps
    assert entry.staleness is None or entry.staleness.part("drift").value is None
