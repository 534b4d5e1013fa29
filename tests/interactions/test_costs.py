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


def slow_contacts(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows of each contact: of the same case and channel, joined as long as two groups share source or identifier."""
    contacts: list[list[dict[str, Any]]] = []
    for row in rows:
        same = [contact for contact in contacts if any(is_same_contact(row, other) for other in contact)]
        contacts = [contact for contact in contacts if contact not in same]
        contacts.append(sorted([row, *(other for contact in same for other in contact)], key=in_time))
    return contacts


def is_same_contact(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["case"] is None or (one["case"], one["channel"]) != (other["case"], other["channel"]):
        return False
    return one["source"] == other["source"] or bool(pointers(one) & pointers(other))


def pointers(row: dict[str, Any]) -> set[int]:
    return {row["anchor"], *(row["identifiers"] or [])}


def in_time(row: dict[str, Any]) -> Any:
    return row["occurred_at"], row["arrival"]


def seconds_of(row: dict[str, Any]) -> float:
    return (row["duration"] or 0) + (row["hold"] or 0)


def slow_costs(rows: list[dict[str, Any]], prices: dict[str, ChannelCost]) -> list[dict[str, Any]]:
    """What every interaction costs, one contact after the other."""
    found = []
    for contact in slow_contacts(rows):
        given = any(row["cost"] is not None for row in contact)
        seconds: dict[str, float] = defaultdict(float)
        for row in contact:
            seconds[row["source"]] += seconds_of(row)
        timed_by = min(seconds, key=lambda source: (-seconds[source], source))
        first = next((row["arrival"] for row in contact if row["direction"] != "internal"), None)
        for row in contact:
            price = prices.get(row["channel"])
            paid = seconds_of(row) / 60 if row["source"] == timed_by else 0.0
            begins = row["arrival"] == first
            computed = 0.0
            if price is not None and not given:
                computed = price.per_minute * paid + (price.per_contact if begins else 0)
            found.append({**row, "begins": begins, "minutes": paid, "computed": computed})
    return found


amounts = st.none() | st.sampled_from([0.0, 1.0, 30.0, 90.0])
rows_of_a_log = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["a", "b", "c"]),
            "anchor": st.sampled_from([1, 2, 3, 4]),
            "identifiers": st.none() | st.lists(st.sampled_from([1, 2, 3, 4, 5]), max_size=2),
            "direction": st.sampled_from([None, "inbound", "internal"]),
            "channel": st.sampled_from(["phone", "phone", "chat", "web"]),
            "touchpoint": st.sampled_from(["Began", "Ended"]),
            "case": st.sampled_from([None, "1", "1", "2"]),
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
        pytest.param([CALL, {**CALL, "source": "other"}], 1, id="two systems tell of one case of one customer"),
        pytest.param([CALL, {**CALL, "source": "other", "user": "bob"}], 2, id="the same number in two systems"),
        pytest.param([{**CALL, "case": None}] * 2, 2, id="no case"),
        pytest.param([{**CALL, "direction": "internal"}], 0, id="a case that only the company worked on"),
        pytest.param([{**CALL, "direction": "internal"}, {**CALL, "direction": "inbound"}], 1, id="call and wrap-up"),
        pytest.param([{**CALL, "case": None, "direction": "internal"}], 0, id="a note"),
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
        ({"currency": "€"}, r"currency: expected a code of ISO 4217 such as EUR, got '€'"),
        ({"currency": "ZZZ"}, r"currency: expected a code of ISO 4217 such as EUR, got 'ZZZ'"),
        ({"currency": "eur"}, r"did you mean EUR\?"),
        ({"channels": 3}, r"channels: expected sections such as \[costs.channels.phone\], got 3"),
        ({"channels": {"phone": 3}}, r"\[costs.channels.phone\]: expected per_contact and per_minute, got 3"),
        ({"channels": {"phone": {"per_minutes": 1}}}, r"\[costs.channels.phone\]: unknown per_minutes"),
        (
            {"channels": {"phone": {"per_minute": "1"}}},
            r"phone\] per_minute: expected a number from 0 to 1,000,000,000, got '1'",
        ),
        ({"channels": {"phone": {"per_minute": True}}}, "expected a number from 0 to 1,000,000,000, got True"),
        ({"channels": {"phone": {"per_contact": -1}}}, "expected a number from 0 to 1,000,000,000, got -1"),
        ({"channels": {"phone": {"per_contact": math.inf}}}, "expected a number from 0 to 1,000,000,000, got inf"),
        ({"channels": {"phone": {"per_contact": 1e20}}}, "from 0 to 1,000,000,000, got 1e\\+20"),
        ({"channels": {"phone": {"per_contact": math.nan}}}, "expected a number from 0 to 1,000,000,000, got nan"),
    ],
)
def test_settings_that_cannot_be_are_said(section: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        CostSettings.read(section)
