"""A figure at a step over time, and how it was counted in the versions of the map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desireline.base import InputError, UnknownNameError
from desireline.evidence import check, measure, rule_versions, series
from desireline.journeys.definitions import save_definition
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.sources import import_files
from desireline.store import Workspace

from .deliveries import MAP, ROWS, delivery_map, lanes_of, make_deliveries

LATER = ROWS + "".join(
    f"2026-{month:02}-{day:02} {hour}:00,{name},{event},web,,,,,\n"
    for month, day, name in ((4, 1, "dan"), (5, 31, "eva"))
    for hour, event in ((10, "Order"), (11, "Delivery"))
)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_deliveries(tmp_path_factory.mktemp("orders"), LATER)


def told(found: Any) -> list[tuple[Any, ...]]:
    return [(each.name, round(each.estimate.value, 4), each.estimate.n, each.is_over) for each in found.points]


def test_every_month_from_the_first_interaction_to_the_last_has_a_point(orders: Workspace) -> None:
    assert told(series(orders, delivery_map(), "receive")) == [
        ("2026-03", 0.6667, 3, True),
        ("2026-04", 1.0, 1, True),
        ("2026-05", 1.0, 1, False),
    ]


def test_weeks_begin_on_monday_and_those_without_journeys_are_there(orders: Workspace) -> None:
    found = series(orders, delivery_map(), "receive", by="week", period="2026-03-01..2026-04-02")
    assert [(each.name, str(each.start), str(each.end), each.estimate.n) for each in found.points] == [
        ("2026-W10", "2026-03-02", "2026-03-08", 3),
        ("2026-W11", "2026-03-09", "2026-03-15", 0),
        ("2026-W12", "2026-03-16", "2026-03-22", 0),
        ("2026-W13", "2026-03-23", "2026-03-29", 0),
        ("2026-W14", "2026-03-30", "2026-04-05", 1),
    ]


@pytest.mark.parametrize("name", ["effort", "cost", "sentiment"])
def test_a_point_is_what_is_measured_in_that_month(orders: Workspace, name: Any) -> None:
    found = series(orders, delivery_map(), "help", name).points[0].estimate
    month = measure(orders, delivery_map(), period="2026-03-01..2026-03-31")
    assert (round(found.value, 6), found.n) == lanes_of(month, name)["help"]


@pytest.mark.parametrize("days", ["2026-03-01..2026-03-31", "2026-03-02..2026-03-03"])
def test_sessions_that_may_go_on_at_the_end_of_a_month_are_those_of_the_check(orders: Workspace, days: str) -> None:
    asked: Any = {"span": "session", "gap": "2d"}
    found = series(orders, delivery_map(), "help", "drop-off", period=days, **asked)
    counts = check(orders, delivery_map(), period=days, **asked).steps[1].counts
    assert counts is not None
    assert [each.estimate.n for each in found.points] == [counts.reached - counts.open]


def test_journeys_of_a_definition_count_in_the_month_in_which_they_begin(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path, LATER + "2026-05-01 09:00,dan,Delivery,web,,,,,\n")
    save_definition(shop, "order", {"start": "touchpoint = Order", "goal": "channel = fax", "time_out": "60d"})
    asked = delivery_map(**{"title: I get my order": "title: I get my order\njourney: order"})
    assert [each.estimate.n for each in series(shop, asked, "receive").points] == [3, 1, 1]


def test_times_and_drop_off_are_those_of_the_check(orders: Workspace) -> None:
    assert told(series(orders, delivery_map(), "receive", "median-time"))[0][1:3] == (129_600, 2)
    assert told(series(orders, delivery_map(), "help", "drop-off"))[0][1:3] == (0.5, 2)


def test_a_new_rule_is_told_and_the_past_is_counted_by_it(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path, LATER)
    save(shop, Document(MAP), author="ann", label="First")
    save(shop, Document(MAP.replace("title: I get my order", "title: My order comes")), author="ann")
    both = MAP.replace("touchpoint = Call", "touchpoint = Call or touchpoint = Chat")
    save(shop, Document(both), author="ben", label="Chats count")
    found = series(shop, delivery_map(**{"touchpoint = Call": "touchpoint = Call or touchpoint = Chat"}), "help")
    assert told(found)[0][1:3] == (0.6667, 3)
    assert [(each.number, each.author, each.label, each.rule.text()) for each in found.rules] == [
        (1, "ann", "First", "touchpoint = Call"),
        (3, "ben", "Chats count", "touchpoint = Call or touchpoint = Chat"),
    ]
    rules = json.loads(found.to_json())["rules"]
    assert [each["where"] for each in rules] == ["touchpoint = Call", "touchpoint = Call or touchpoint = Chat"]


def test_a_new_rule_is_marked_in_the_month_in_which_it_came(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path)
    save(shop, Document(MAP), author="ann")
    changed = {"touchpoint = Call": "touchpoint = Chat"}
    saved = save(shop, Document(MAP.replace("touchpoint = Call", "touchpoint = Chat")), author="ben")
    moment = saved.version.saved_at
    row = f"{moment:%Y-%m-%d %H:%M},zoe,Order,web,,,,,\n"
    (tmp_path / "more.csv").write_text(ROWS.splitlines()[0] + "\n" + row)
    import_files(shop, [tmp_path / "more.csv"], mapping=tmp_path / "deliveries.yaml")
    found = series(shop, delivery_map(**changed), "help")
    assert [[change.number for change in each.changes] for each in found.points[-1:]] == [[2]]
    assert all(not each.changes for each in found.points[:-1])


def test_the_rule_of_a_file_that_differs_from_what_is_saved_is_the_last(tmp_path: Path) -> None:
    shop = make_deliveries(tmp_path)
    assert [each.number for each in rule_versions(shop, delivery_map(), "help")] == [None]
    save(shop, Document(MAP), author="ann")
    assert [each.number for each in rule_versions(shop, delivery_map(), "help")] == [1]
    once = delivery_map(**{"{where: touchpoint = Call}": "{where: touchpoint = Call, count: once}"})
    assert [(each.number, each.rule.text()) for each in rule_versions(shop, once, "help")] == [
        (1, "touchpoint = Call"),
        (None, "touchpoint = Call; each journey's first"),
    ]


@pytest.mark.parametrize(
    ("step", "options", "error", "message"),
    [
        pytest.param("hlp", {}, UnknownNameError, "has no step 'hlp'", id="no such step"),
        pytest.param("help", {"measure": "joy"}, InputError, "measure: expected one of reach", id="no such measure"),
        pytest.param("help", {"by": "day"}, InputError, "by: expected month or week", id="no such length"),
    ],
)
def test_what_cannot_be_asked_is_said(
    orders: Workspace, step: str, options: dict[str, Any], error: type[InputError], message: str
) -> None:
    with pytest.raises(error, match=message):
        series(orders, delivery_map(), step, **options)


def test_a_step_that_is_not_bound_has_no_series(orders: Workspace) -> None:
    with pytest.raises(InputError, match="cannot be measured: unbound"):
        series(orders, delivery_map(**{"        binding: {where: touchpoint = Call}\n": ""}), "help")
