from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.fields import NO_CASE, NO_VALUE, check_texts, fields_of_analysis, values_of
from desireline.journeys.index import Index, open_index, rebuild_index, with_fields
from desireline.journeys.index import fields as stored
from desireline.store import Workspace

NAMES = ("attributes.plan", "case", "team", "wait")
START = datetime(2026, 1, 1, tzinfo=UTC)


def add(workspace: Workspace, rows: list[tuple[str, float | None, str | None, str | None, str | None]]) -> None:
    """Rows of user, wait, team, case and plan."""
    new = []
    for number, (user, wait, team, case, plan) in enumerate(rows):
        fields = {
            "source": "test",
            "channel": "phone",
            "touchpoint": "Call",
            "occurred_at": START + timedelta(minutes=number),
            **({} if wait is None else {"wait": wait}),
            **({} if team is None else {"team": team}),
            **({} if case is None else {"case": case}),
        }
        new.append(NewInteraction(fields, {"user": user}, {} if plan is None else {"plan": plan}))
    record_interactions(workspace, new)


def seen(index: Index) -> dict[int, tuple[object, ...]]:
    """By arrival number what the fields say, texts instead of codes."""
    found = {}
    for part in index.parts:
        columns = {name: part.field(name).tolist() for name in NAMES}
        for place, arrival in enumerate(part.arrivals.tolist()):
            texts = [
                None if columns[name][place] == NO_VALUE else index.names.values[name][columns[name][place]]
                for name in ("team", "attributes.plan")
            ]
            wait = columns["wait"][place]
            found[arrival] = (None if math.isnan(wait) else wait, *texts, columns["case"][place])
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = desireline.create(tmp_path / "workspace")
    add(made, [("a", 5, "north", "c1", "gold"), ("b", None, None, None, None), ("a", 7.5, "south", "c1", None)])
    return made


def opened(workspace: Workspace) -> Index:
    return with_fields(workspace, open_index(workspace), NAMES)


def test_fields_are_found_under_each_interaction(workspace: Workspace) -> None:
    rows = seen(opened(workspace))
    first, second, third = (rows[arrival] for arrival in sorted(rows))
    assert first[:3] == (5.0, "north", "gold")
    assert second == (None, None, None, NO_CASE)
    assert third[:3] == (7.5, "south", None)
    assert first[3] == third[3] != NO_CASE


def test_what_is_new_is_added_to_what_is_there(workspace: Workspace) -> None:
    before = seen(opened(workspace))
    add(workspace, [("c", 1, "south", "c1", "gold"), ("a", 2, "east", "c2", "iron")])
    after = seen(opened(workspace))
    assert {arrival: after[arrival] for arrival in before} == before
    assert sorted(row[:3] for arrival, row in after.items() if arrival not in before) == [
        (1.0, "south", "gold"),
        (2.0, "east", "iron"),
    ]


@pytest.mark.parametrize("damage", ["half a description", "short values", "killed while adding"])
def test_what_is_damaged_is_read_again(workspace: Workspace, damage: str) -> None:
    before = seen(opened(workspace))
    folder = workspace.index_folder / "fields"
    for file in folder.glob("*.json" if damage == "half a description" else "*.values"):
        content = file.read_bytes()
        file.write_bytes(content + b"xyz" if damage == "killed while adding" else content[: len(content) // 2])
    assert seen(opened(workspace)) == before
    add(workspace, [("c", 1, "west", "c1", "gold")])
    assert len(seen(opened(workspace))) == len(before) + 1


def test_an_index_that_is_built_anew_reads_its_fields_anew(workspace: Workspace) -> None:
    expected = seen(opened(workspace))
    for file in (workspace.index_folder / "fields").glob("*.values"):
        file.write_bytes(bytes(file.stat().st_size))
    assert seen(opened(workspace)) != expected
    rebuild_index(workspace)
    assert seen(opened(workspace)) == expected


def test_a_long_log_is_filled_piece_by_piece(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = seen(opened(workspace))
    for file in (workspace.index_folder / "fields").iterdir():
        file.unlink()
    monkeypatch.setattr(stored, "_FILLED_AT_ONCE", 2)
    assert seen(opened(workspace)) == expected


def test_only_fields_of_interactions_can_be_asked_for(workspace: Workspace) -> None:
    class Asks:
        fields = ("wiat",)

    with pytest.raises(UnknownNameError, match="expected a field of an interaction, got 'wiat'"):
        fields_of_analysis(Asks())
    assert values_of("attributes.anything") == "text"
    part = open_index(workspace).parts[0]
    with pytest.raises(KeyError):
        part.field("wait")
    assert np.isnan(opened(workspace).parts[0].source.of("wait", np.array([10**6]))[0])  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["case", "wait", "score"])
def test_what_differs_from_record_to_record_makes_no_groups(name: str) -> None:
    with pytest.raises(InputError, match=f"by: expected a field whose texts make groups, got {name}"):
        check_texts(("team", name), role="by")
