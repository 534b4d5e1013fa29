from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError
from desireline.sources import (
    export_quarantine,
    import_files,
    list_quarantine,
    replay_quarantine,
    waiting_reasons,
)
from desireline.store import Workspace

from .desk import MAPPING, bring, contents, put, stored, table

WIDE_HEADER = "event,time,user,minutes,who,note"
WIDE_MAPPING = MAPPING + "duration: {column: minutes, unit: minutes}\nactor: {column: who}\ntext: {column: note}\n"
GOOD = "Seen,2026-01-01,u1,1,customer,fine"
# A row, and what is said about it: field, reason, message.
REASONS = {
    "missing_time": ("Seen,,u,1,customer,x", "occurred_at", "expected a time, the field is empty"),
    "unreadable_time": ("Seen,soon,u,1,bot,x", "occurred_at", "expected a time in ISO 8601 (2026-01-31T09:30:00Z), got 'soon'"),
    "no_identifier": ("Seen,2026-01-01,null,1,bot,x", "identifiers", "expected a usable user, got 'null'"),
    "not_a_number": ("Seen,2026-01-01,u,few,bot,x", "duration", "expected a number such as 1234.5, got 'few'"),
    "out_of_range": ("Seen,2026-01-01,u,-1,bot,x", "duration", "expected 0 at least (seconds), got '-1'"),
    "unknown_value": ("Seen,2026-01-01,u,1,robot,x", "actor", "expected one of customer, agent, bot, system, got 'robot'"),
    "missing_value": (",2026-01-01,u,1,bot,x", "touchpoint", "expected a touchpoint, the field is empty"),
    "oversized": (f"Seen,2026-01-01,u,1,bot,{'x' * 100_001}", "text", "expected at most 100,000 characters, got '100001 characters'"),
    "unreadable_row": ("Seen,2026-01-01", "row", "expected 6 cells, got 2"),
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_a_row_that_cannot_be_used_waits_with_its_place_and_reason(workspace: Workspace, reason: str) -> None:
    row, field, message = REASONS[reason]
    counts = bring(workspace, table(GOOD, row, header=WIDE_HEADER), mapping=WIDE_MAPPING)
    (waiting,) = list_quarantine(workspace)
    assert (waiting.row, waiting.field, waiting.reason, waiting.message) == (2, field, reason, message)
    assert (waiting.source, waiting.file) == ("shop", str(workspace.folder.parent / "file.csv"))
    assert counts.to_dict() == {"read": 2, "stored": 1, "duplicates": 0, "quarantined": 1}
    assert waiting_reasons(workspace) == {"shop": [(reason, 1)]}


@pytest.mark.parametrize("value", ["null", "NULL", " anonymous ", "'unknown'", "0000-0000", "undefined", ""], ids=repr)
def test_a_row_whose_identifiers_point_at_nobody_waits(workspace: Workspace, value: str) -> None:
    bring(workspace, table(f"Seen,2026-01-01,{value}"))
    assert [each.reason for each in list_quarantine(workspace)] == ["no_identifier"]


def test_identifiers_of_rows_that_wait_are_not_kept(workspace: Workspace) -> None:
    bring(workspace, table("Seen,2026-01-01,kept", "Seen,soon,waits"))
    with workspace.database.reading() as connection:
        assert list(connection.exec_driver_sql("SELECT value FROM identifiers").scalars()) == ["kept"]


def test_the_same_bad_file_again_quarantines_nothing_again(workspace: Workspace) -> None:
    content = table("Seen,2026-01-01,u", "Seen,soon,u", "Seen,2026")
    bring(workspace, content)
    before = list_quarantine(workspace)
    bring(workspace, content, name="the same.csv")
    assert list_quarantine(workspace) == before


def mend(exported: Path, change: dict[str, dict[str, str]]) -> None:
    """Change cells of a file that was exported, by the value in the column ``event``."""
    if exported.suffix == ".jsonl":
        records = [json.loads(line) for line in exported.read_text().splitlines()]
        for record in records:
            record.update(change.get(record.get("event", ""), {}))
        exported.write_text("".join(json.dumps(record) + "\n" for record in records))
        return
    with exported.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(change.get(row["event"], {}))
    with exported.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


BAD_ROWS = [
    {"event": "A", "time": "soon", "user": "a"},
    {"event": "B", "time": "", "user": "b"},
    {"event": "C", "time": "later", "user": "c"},
]
AS_FILES = {
    "csv": table(*(",".join(row.values()) for row in BAD_ROWS)),
    "json": "".join(json.dumps(row) + "\n" for row in BAD_ROWS),
    "json with blanks": "".join(json.dumps(row, indent=None, separators=(" , ", " : ")) + "\n" for row in BAD_ROWS),
}


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("kind", AS_FILES)
def test_mended_rows_are_stored_and_the_others_stay_with_their_new_reason(
    workspace: Workspace, tmp_path: Path, kind: str, ending: str
) -> None:
    bring(workspace, AS_FILES[kind], name="day/one.csv")
    exported = tmp_path / f"rows.{ending}"
    assert export_quarantine(workspace, exported, source="shop") == 3
    mend(exported, {"A": {"time": "2026-01-01"}, "B": {"user": "", "time": "2026-01-02"}})
    result = replay_quarantine(workspace, source="shop", mended=exported)
    assert result.counts.to_dict() == {"read": 3, "stored": 1, "duplicates": 0, "quarantined": 2}
    assert stored(workspace, "touchpoint") == ["A"]
    waiting = {each.row: (Path(each.file).name, each.reason) for each in list_quarantine(workspace)}
    assert waiting == {2: ("one.csv", "no_identifier"), 3: ("one.csv", "unreadable_time")}


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("kind", AS_FILES)
def test_feeding_the_same_mended_file_back_again_changes_nothing(
    workspace: Workspace, tmp_path: Path, kind: str, ending: str
) -> None:
    bring(workspace, AS_FILES[kind])
    exported = tmp_path / f"rows.{ending}"
    export_quarantine(workspace, exported, source="shop")
    mend(exported, {"A": {"time": "2026-01-01"}})
    replay_quarantine(workspace, source="shop", mended=exported)
    log, waiting = stored(workspace, "arrival"), [each.record for each in list_quarantine(workspace)]
    result = replay_quarantine(workspace, source="shop", mended=exported)
    assert result.counts.to_dict() == {"read": 3, "stored": 0, "duplicates": 1, "quarantined": 2}
    assert stored(workspace, "arrival") == log
    assert sorted(each.record for each in list_quarantine(workspace)) == sorted(waiting)


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_row_may_be_mended_in_several_goes_with_the_first_file(
    workspace: Workspace, tmp_path: Path, ending: str
) -> None:
    bring(workspace, AS_FILES["csv"])
    exported = tmp_path / f"rows.{ending}"
    export_quarantine(workspace, exported, source="shop")
    for user, time in [("null", "2026-01-01"), ("a", "tomorrow"), ("a", "2026-01-03")]:
        mend(exported, {"A": {"user": user, "time": time}})
        replay_quarantine(workspace, source="shop", mended=exported)
    assert stored(workspace, "touchpoint", "occurred_at") == [("A", "2026-01-03 00:00:00+00")]
    assert sorted(each.row for each in list_quarantine(workspace)) == [2, 3]


@pytest.mark.parametrize("kind", AS_FILES)
def test_the_original_file_after_its_rows_were_mended_brings_nothing_back(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    bring(workspace, AS_FILES[kind])
    export_quarantine(workspace, tmp_path / "rows.csv", source="shop")
    mend(tmp_path / "rows.csv", {name: {"time": "2026-01-01"} for name in "ABC"})
    replay_quarantine(workspace, source="shop", mended=tmp_path / "rows.csv")
    bring(workspace, AS_FILES[kind])
    assert (len(stored(workspace, "arrival")), list_quarantine(workspace)) == (3, [])


@pytest.mark.parametrize("way", ["as they are", "csv", "jsonl"])
@pytest.mark.parametrize("kind", AS_FILES)
def test_rows_that_a_better_mapping_can_use_are_known_again_in_their_file(
    workspace: Workspace, tmp_path: Path, kind: str, way: str
) -> None:
    better = MAPPING.replace("{column: time}", "{column: time, values: {soon: 2026-01-01, later: 2026-01-02}}")
    bring(workspace, AS_FILES[kind])
    exported = None if way == "as they are" else tmp_path / f"rows.{way}"
    if exported is not None:
        export_quarantine(workspace, exported, source="shop")
    result = replay_quarantine(workspace, source="shop", mended=exported, mapping=better)
    assert result.counts.to_dict() == {"read": 3, "stored": 2, "duplicates": 0, "quarantined": 1}
    again = bring(workspace, AS_FILES[kind], mapping=better)
    assert again.to_dict() == {"read": 3, "stored": 0, "duplicates": 2, "quarantined": 1}
    assert len(list_quarantine(workspace)) == 1


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_an_unreadable_row_is_mended_by_filling_its_columns(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    bring(workspace, table("Seen,2026-01-01,u,too,many"))
    exported = tmp_path / f"rows.{ending}"
    export_quarantine(workspace, exported, source="shop")
    cells = {"event": "Seen", "time": "2026-01-01", "user": "u"}
    if ending == "csv":
        assert "event" in exported.read_text().splitlines()[0].split(",")
        mend(exported, {"": cells})
    else:
        exported.write_text(json.dumps({**json.loads(exported.read_text()), **cells}) + "\n")
    assert replay_quarantine(workspace, source="shop", mended=exported).counts.stored == 1
    assert list_quarantine(workspace) == []


def test_rows_that_are_unreadable_cannot_be_fed_back_as_they_are(workspace: Workspace) -> None:
    bring(workspace, table("Seen,2026-01-01"))
    with pytest.raises(InputError, match="unreadable as rows\nhint: mend them: desireline sources quarantine export"):
        replay_quarantine(workspace, source="shop")


def test_nested_values_are_mended_in_a_table(workspace: Workspace, tmp_path: Path) -> None:
    record = {"event": "Seen", "time": "soon", "by": {"user": "u", "tags": ["a", "b"]}, "paid": True, "n": 1.0}
    mapping = MAPPING.replace("{column: user}", "{column: by.user}") + "attributes: [by.tags, paid, n]\n"
    bring(workspace, json.dumps(record), mapping=mapping)
    exported = tmp_path / "rows.csv"
    export_quarantine(workspace, exported, source="shop")
    mend(exported, {"Seen": {"time": "2026-01-01", "by.user": "ann"}})
    replay_quarantine(workspace, source="shop", mended=exported)
    again = bring(
        workspace, json.dumps({**record, "time": "2026-01-01", "by": {**record["by"], "user": "ann"}}), mapping=mapping
    )
    assert dict(stored(workspace, "attributes")[0]) == {"by.tags": '["a","b"]', "paid": "true", "n": "1.0"}
    assert (again.stored, again.duplicates) == (0, 1)


@pytest.mark.parametrize("record", ["{}", '{"event": "A"}'], ids=["empty", "almost empty"])
def test_a_document_with_little_in_it_can_be_fed_back(workspace: Workspace, tmp_path: Path, record: str) -> None:
    bring(workspace, record + "\n" + json.dumps(BAD_ROWS[0] | {"time": "2026-01-01"}))
    assert replay_quarantine(workspace, source="shop").counts.quarantined == 1
    exported = tmp_path / "rows.jsonl"
    export_quarantine(workspace, exported, source="shop")
    assert replay_quarantine(workspace, source="shop", mended=exported).counts.quarantined == 1
    assert [(each.row, each.record) for each in list_quarantine(workspace)] == [(1, record)]


MISTAKES = {
    "the numbers are gone": ("event,time,user\nA,2026-01-01,a\n", "row 1: _quarantine_id is None"),
    "a number that was never given": ("_quarantine_id,event\n99,A\n", "row 1: _quarantine_id is '99'"),
    "a number that is none": ("_quarantine_id,event\none,A\n", "row 1: _quarantine_id is 'one'"),
    "a row that is none": ("_quarantine_id,event\n1,A\n2\n", "row 2: expected 2 cells, got 1"),
    "nothing": ("", "is empty"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mended_file_with_a_mistake_in_it_changes_nothing(workspace: Workspace, tmp_path: Path, mistake: str) -> None:
    bring(workspace, AS_FILES["csv"])
    before = contents(workspace)
    content, message = MISTAKES[mistake]
    with pytest.raises(InputError, match=message):
        replay_quarantine(workspace, source="shop", mended=put(tmp_path, "rows.csv", content))
    assert contents(workspace) == before


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda w, f: export_quarantine(w, f / "x.csv", source="shop"), "no row of source 'shop' is in quarantine"),
        (lambda w, f: export_quarantine(w, f / "x.txt", source="bad"), r"ends in \.csv or \.jsonl"),
        (lambda w, f: replay_quarantine(w, source="shopp"), "did you mean"),
        (lambda w, f: replay_quarantine(w, source="shop"), "no row of source 'shop' was ever in quarantine"),
        (lambda w, f: replay_quarantine(w, source="bad", mended=f / "none.csv"), "there is no file"),
        (lambda w, f: replay_quarantine(w, source="bad", mapping=MAPPING), "expected a mapping of the source 'bad'"),
    ],
    ids=["nothing to export", "another ending", "an unknown source", "nothing to replay", "no file", "another source"],
)  # fmt: skip
def test_what_cannot_be_done_with_the_quarantine_is_said(workspace: Workspace, tmp_path: Path, call, message) -> None:  # type: ignore[no-untyped-def]
    bring(workspace, table("A,2026-01-01,u"))
    bring(workspace, table("A,soon,u"), mapping=MAPPING.replace("shop", "bad"))
    with pytest.raises(InputError, match=message):
        call(workspace, tmp_path)


def test_rows_of_several_folders_find_their_joined_files_again(workspace: Workspace, tmp_path: Path) -> None:
    mapping = put(tmp_path, "m.yaml", MAPPING + "attributes: [region]\njoin: {file: stores.csv, on: store}\n")
    for folder, region in [("north", "N"), ("south", "S")]:
        put(tmp_path, f"{folder}/stores.csv", f"store,region\n1,{region}\n")
        put(tmp_path, f"{folder}/visits.csv", f"event,time,user,store\nVisit,soon,{folder},1\n")
        import_files(workspace, [tmp_path / folder / "visits.csv"], mapping=mapping)
    better = mapping.read_text().replace("{column: time}", "{column: time, values: {soon: 2026-01-01}}")
    replay_quarantine(workspace, source="shop", mapping=better)
    assert [dict(each)["region"] for each in stored(workspace, "attributes")] == ["N", "S"]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
DAMAGES = st.sampled_from(
    ["none"] * 6 + ["no time", "bad time", "nobody", "too few cells", "too many cells", "no event"]
)


def damaged(cells: list[str], damage: str) -> list[str]:
    event, time, user = cells
    return {
        "none": cells,
        "no time": [event, " ", user],
        "bad time": [event, "2026-13-01", user],
        "nobody": [event, time, "null"],
        "too few cells": [event, time],
        "too many cells": [*cells, "x", "y"],
        "no event": ["", time, user],
    }[damage]


@settings(max_examples=20)
@given(rows=st.lists(st.tuples(CELL, st.integers(0, 3), DAMAGES), min_size=1, max_size=25))
def test_nothing_valid_is_lost_whatever_is_damaged(
    rows: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory, new_workspace: Path
) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("damaged")
    workspace = desireline.open(shutil.copytree(new_workspace, folder / "workspace"))
    lines = [["event", "time", "user"]]
    for event, day, damage in rows:
        lines.append(damaged([f"x{event}", f"2026-01-0{day + 1}", f"u{day}"], damage))
    with (folder / "file.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    counts = import_files(workspace, [folder / "file.csv"], mapping=put(folder, "m.yaml", MAPPING)).counts
    good = {(f"x{event}".strip(), day) for event, day, damage in rows if damage == "none"}
    assert counts.read == len(rows) == counts.stored + counts.duplicates + counts.quarantined
    assert counts.quarantined == sum(damage != "none" for _, _, damage in rows)
    found = stored(workspace, "touchpoint", "occurred_at")
    assert {(event, int(time[9]) - 1) for event, time in found} == good
    assert len(found) == counts.stored >= len(good)


def test_one_bad_row_among_very_many_is_found(workspace: Workspace) -> None:
    rows = [f"Seen,2026-01-01,u{place}" for place in range(200_000)]
    rows[150_000] = "Seen,2026-01-32,u"
    counts = bring(workspace, table(*rows))
    assert counts.to_dict() == {"read": 200_000, "stored": 199_999, "duplicates": 0, "quarantined": 1}
    assert [each.row for each in list_quarantine(workspace)] == [150_001]
