"""Journeys written for other tools, and read back."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import desireline
from desireline.base import InputError
from desireline.journeys.exporting import export_journeys
from desireline.journeys.selection import Selection
from desireline.sources import import_files
from desireline.store import Workspace

MAPPING = """
source: care
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: at}
identifiers: {email: {column: email}}
id: {column: number}
team: {column: team}
case: {column: ticket}
wait: {column: wait}
text: {column: words}
attributes: [plan]
"""
ROWS = '''\
number,email,at,event,channel,team,ticket,wait,words,plan
1,ann@example.org,2026-01-01T10:00:00.123456Z,"Chat: <router> & ""fault""",chat,,T1,,"help, please",Basic
2,ann@example.org,2026-01-01T10:30:00Z,Call,phone,Technical,T1,75.5,,Basic
3,ann@example.org,2026-01-09T10:00:00Z,Café visit ☕,store,,,,,
4,bob@example.org,2026-01-02T10:00:00Z,Call,phone,Billing,T2,0,,Plus
'''


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return filled(tmp_path, ROWS, MAPPING)


def filled(folder: Path, rows: str, mapping: str) -> Workspace:
    made = desireline.create(folder / "workspace")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    import_files(made, [folder / "rows.csv"], mapping=folder / "mapping.yaml")
    return made


def journeys_in(workspace: Workspace) -> set[tuple[str, ...]]:
    return {each.path for each in desireline.journeys.variants(workspace).variants}


@pytest.mark.parametrize("name", ["out.xes", "out.jsonocel"])
def test_what_is_written_and_imported_again_has_the_same_journeys(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    export_journeys(workspace, tmp_path / name)
    again = desireline.create(tmp_path / "again")
    result = import_files(again, [tmp_path / name])
    assert result.counts.to_dict() == {"read": 4, "stored": 4, "duplicates": 0, "quarantined": 0}
    assert journeys_in(again) == journeys_in(workspace)


@pytest.mark.parametrize("name", ["out.xes", "out.jsonocel"])
def test_no_identifier_and_no_text_of_a_customer_is_written(workspace: Workspace, tmp_path: Path, name: str) -> None:
    export_journeys(workspace, tmp_path / name)
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert "example.org" not in written
    assert "help, please" not in written
    export_journeys(workspace, tmp_path / name, with_text=True)
    assert "help, please" in (tmp_path / name).read_text(encoding="utf-8")


def test_xes_has_a_trace_for_each_span_and_keys_of_its_extensions(workspace: Workspace, tmp_path: Path) -> None:
    written = export_journeys(workspace, tmp_path / "out.xes", selection=Selection(span="session", gap="1d"))
    log = ElementTree.parse(tmp_path / "out.xes").getroot()
    assert (written.interactions, written.spans, len(log.findall("trace"))) == (4, 3, 3)
    call = next(event for event in log.iter("event") if event.find("*[@value='Technical']") is not None)
    values = {each.get("key"): (each.tag, each.get("value")) for each in call}
    assert values["concept:name"] == ("string", "Call")
    assert values["time:timestamp"] == ("date", "2026-01-01T10:30:00.000000+00:00")
    assert values["org:group"] == ("string", "Technical")
    assert values["wait"] == ("float", "75.5")


def test_ocel_declares_its_types_and_relates_events_to_objects_that_exist(workspace: Workspace, tmp_path: Path) -> None:
    export_journeys(workspace, tmp_path / "out.jsonocel")
    document = json.loads((tmp_path / "out.jsonocel").read_text(encoding="utf-8"))
    objects = {each["id"]: each["type"] for each in document["objects"]}
    assert sorted(objects.values()) == ["case", "case", "customer", "customer"]
    declared = {kind["name"]: {each["name"] for each in kind["attributes"]} for kind in document["eventTypes"]}
    for event in document["events"]:
        assert {each["name"] for each in event["attributes"]} <= declared[event["type"]]
        assert all(each["objectId"] in objects for each in event["relationships"])


def test_only_what_is_selected_is_written(workspace: Workspace, tmp_path: Path) -> None:
    written = export_journeys(workspace, tmp_path / "out.xes", selection=Selection(where="channel = phone"))
    assert (written.interactions, written.spans) == (2, 2)


@pytest.mark.parametrize("name", ["out.xes", "out.json"])
def test_nothing_to_write_is_an_empty_log(tmp_path: Path, name: str) -> None:
    export_journeys(desireline.create(tmp_path / "empty"), tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0


def test_another_ending_is_an_error_and_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.xes"):
        export_journeys(workspace, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
