from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline
from desireline.base import InputError, SettingsError
from desireline.interactions import ChannelCost, CostSettings, log_schema, read_interactions, sum_costs
from desireline.interactions.costs import costed_relation
from desireline.store import Workspace, connect_duckdb

from .shop import MORNING, record_rows

SETTINGS = """
[costs]
currency = "GBP"
[costs.channels.phone]
per_contact = 2.5
per_minute = 0.8
[costs.channels.chat]
per_minute = 0.5
"""
CALL = {"source": "calls", "channel": "phone", "case": "c1"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return made(tmp_path / "workspace")


def made(folder: Path, text: str = SETTINGS) -> Workspace:
    desireline.create(folder)
    with (folder / "desireline.toml").open("a", encoding="utf-8") as file:
        file.write(text)
    return desireline.open(folder)


def slow_costs(rows: list[dict[str, Any]], prices: dict[str, ChannelCost]) -> list[dict[str, Any]]:
    """What every interaction costs, one contact after the other."""
    contacts: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["occurred_at"], row["arrival"])):
        alone = row["case"] is None
        contacts[row["arrival"] if alone else (row["source"], row["case"], row["channel"])].append(row)
    found = []
    for contact in contacts.values():
        given = any(row["cost"] is not None for row in contact)
        for place, row in enumerate(contact):
            minutes = ((row["duration"] or 0) + (row["hold"] or 0)) / 60
            price = prices.get(row["channel"])
            computed = 0.0
            if price is not None and not given:
                computed = price.per_minute * minutes + (price.per_contact if place == 0 else 0)
            found.append({**row, "begins": place == 0, "minutes": minutes, "computed": computed})
    return found


amounts = st.none() | st.sampled_from([0.0, 1.0, 30.0, 90.0])
rows_of_a_log = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["a", "b"]),
            "channel": st.sampled_from(["phone", "chat", "web"]),
            "touchpoint": st.sampled_from(["Began", "Ended"]),
            "case": st.none() | st.sampled_from(["1", "2"]),
            "team": st.none() | st.sampled_from(["North", "South"]),
            "duration": amounts,
            "hold": amounts,
            "cost": amounts,
            "occurred_at": st.sampled_from(
                [datetime(2026, 1, 31, tzinfo=UTC) + timedelta(days=days) for days in range(3)]
            ),
        }
    ),
    min_size=1,
    max_size=10,
)


PRICES = {"phone": ChannelCost(2.5, 0.8), "chat": ChannelCost(per_minute=0.5)}


@cache
def database() -> duckdb.DuckDBPyConnection:
    return connect_duckdb()


@given(rows=rows_of_a_log)
def test_costs_are_those_of_the_slow_reference(rows: list[dict[str, Any]]) -> None:
    numbered = [{**row, "arrival": place} for place, row in enumerate(rows)]
    parameters: dict[str, Any] = {}
    cursor = database().cursor()
    cursor.register("log_rows", pa.Table.from_pylist(numbered, schema=log_schema()))
    relation = costed_relation("log_rows", CostSettings("EUR", PRICES), parameters)
    shown = "arrival, begins_contact, minutes, given, computed"
    found = cursor.execute(f"SELECT {shown} FROM {relation} ORDER BY arrival", parameters).fetchall()
    expected = sorted(slow_costs(numbered, PRICES), key=lambda row: row["arrival"])
    assert found == [
        (row["arrival"], row["begins"], pytest.approx(row["minutes"]), row["cost"] or 0, pytest.approx(row["computed"]))
        for row in expected
    ]


@pytest.mark.parametrize("by", ["channel", "team", "touchpoint", "source", "month"])
def test_groups_are_sums_of_their_interactions(workspace: Workspace, by: Any) -> None:
    record_rows(
        workspace,
        {**CALL, "team": "North", "touchpoint": "Began", "duration": 90.0},
        {**CALL, "team": "South", "touchpoint": "Ended", "duration": 30.0, "occurred_at": MORNING + timedelta(days=31)},
        {"channel": "chat", "team": "South", "touchpoint": "Began", "duration": 30.0, "hold": 60.0},
        {"channel": "web", "cost": 0.25},
    )
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in slow_costs(read_interactions(workspace, range(4)), PRICES):
        groups[row["occurred_at"].strftime("%Y-%m") if by == "month" else row[by]].append(row)
    found = sum_costs(workspace, by=by)
    assert {row.name for row in found.rows} == set(groups)
    for row in found.rows:
        group = groups[row.name]
        assert (row.interactions, row.contacts) == (len(group), sum(each["begins"] for each in group))
        assert row.minutes == pytest.approx(sum(each["minutes"] for each in group))
        assert row.total == pytest.approx(sum((each["cost"] or 0) + each["computed"] for each in group))
    assert found.total.total == pytest.approx(sum(row.total for row in found.rows))


def test_a_contact_is_paid_once_and_its_minutes_each(workspace: Workspace) -> None:
    record_rows(
        workspace,
        {**CALL, "touchpoint": "Call queued", "wait": 300.0},
        {**CALL, "touchpoint": "Call connected", "duration": 240.0, "hold": 60.0},
        {**CALL, "touchpoint": "Call wrap-up", "duration": 60.0},
    )
    (row,) = sum_costs(workspace).rows
    assert (row.contacts, row.minutes, row.computed) == (1, 6.0, 7.3)


@pytest.mark.parametrize(
    ("rows", "contacts"),
    [
        pytest.param([CALL, CALL], 1, id="one case"),
        pytest.param([CALL, {**CALL, "case": "c2"}], 2, id="two cases"),
        pytest.param([CALL, {**CALL, "channel": "chat"}], 2, id="one case in two channels"),
        pytest.param([CALL, {**CALL, "source": "other"}], 2, id="the same number in two systems"),
        pytest.param([{**CALL, "case": None}] * 2, 2, id="no case"),
    ],
)
def test_what_is_one_contact(workspace: Workspace, rows: list[dict[str, Any]], contacts: int) -> None:
    record_rows(workspace, *rows)
    assert sum_costs(workspace).total.contacts == contacts


def test_what_the_source_gave_for_a_contact_is_what_it_costs(workspace: Workspace) -> None:
    record_rows(workspace, {**CALL, "duration": 600.0}, {**CALL, "cost": 4.0}, {"channel": "phone", "cost": 0.0})
    assert (sum_costs(workspace).total.given, sum_costs(workspace).total.computed) == (4.0, 0.0)


def test_a_contact_counts_where_its_first_interaction_is(workspace: Workspace) -> None:
    record_rows(workspace, {**CALL, "occurred_at": MORNING + timedelta(days=31)}, {**CALL, "occurred_at": MORNING})
    assert [(row.name, row.contacts, row.computed) for row in sum_costs(workspace, by="month").rows] == [
        ("2026-03", 1, 2.5),
        ("2026-04", 0, 0.0),
    ]
    later = sum_costs(workspace, period="2026-04-01..").total
    assert (later.interactions, later.contacts) == (1, 0)
    assert math.isnan(later.per_contact)


def test_only_chosen_interactions_are_summed(workspace: Workspace) -> None:
    record_rows(workspace, {"channel": "chat", "duration": 60.0}, {"channel": "phone"})
    assert [row.name for row in sum_costs(workspace, where="channel = chat").rows] == ["chat"]


def test_the_most_expensive_comes_first(workspace: Workspace) -> None:
    record_rows(workspace, {"channel": "chat", "duration": 60.0}, {"channel": "web"}, {"channel": "phone"})
    assert [row.name for row in sum_costs(workspace).rows] == ["phone", "chat", "web"]


def test_channels_that_nobody_priced_are_named(workspace: Workspace) -> None:
    record_rows(workspace, {"channel": "web"}, {"channel": "web", "cost": 1.0}, {"channel": "phone"})
    found = sum_costs(workspace)
    assert [(each.channel, each.contacts) for each in found.unpriced] == [("web", 1)]
    assert found.unused == ("chat",)


def test_settings_name_channels_as_the_taxonomy_does(workspace: Workspace) -> None:
    (workspace.folder / "taxonomy.yaml").write_text("channels: {phone: [Telefon]}\n", encoding="utf-8")
    record_rows(workspace, {"channel": "Telefon"})
    assert sum_costs(workspace).total.computed == 2.5


def test_other_settings_change_the_past(tmp_path: Path) -> None:
    workspace = made(tmp_path / "workspace", "")
    record_rows(workspace, CALL)
    assert sum_costs(workspace).total.total == 0
    with (workspace.folder / "desireline.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    assert sum_costs(desireline.open(workspace.folder)).total.total == 2.5


def test_an_empty_log_costs_nothing(workspace: Workspace) -> None:
    found = sum_costs(workspace)
    assert (found.rows, found.total.contacts, found.total.total) == ((), 0, 0.0)
    assert found.to_dict()["currency"] == "GBP"


def test_an_unknown_group_is_said(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="by: expected one of channel, team, touchpoint, source, month, got 'day'"):
        sum_costs(workspace, by="day")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"curency": "EUR"}, r"\[costs\]: unknown curency"),
        ({"currency": "€"}, r"currency: expected three capital letters such as EUR, got '€'"),
        ({"channels": 3}, r"channels: expected sections such as \[costs.channels.phone\], got 3"),
        ({"channels": {"phone": 3}}, r"\[costs.channels.phone\]: expected per_contact and per_minute, got 3"),
        ({"channels": {"phone": {"per_minutes": 1}}}, r"\[costs.channels.phone\]: unknown per_minutes"),
        ({"channels": {"phone": {"per_minute": "1"}}}, r"phone\] per_minute: expected a number from 0, got '1'"),
        ({"channels": {"phone": {"per_minute": True}}}, "expected a number from 0, got True"),
        ({"channels": {"phone": {"per_contact": -1}}}, "expected a number from 0, got -1"),
        ({"channels": {"phone": {"per_contact": math.inf}}}, "expected a number from 0, got inf"),
        ({"channels": {"phone": {"per_contact": math.nan}}}, "expected a number from 0, got nan"),
    ],
)
def test_settings_that_cannot_be_are_said(section: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        CostSettings.read(section)
