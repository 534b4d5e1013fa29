from __future__ import annotations

from pathlib import Path

import pytest

from desireline.sources import Counts, import_files, list_quarantine
from desireline.store import Workspace

from .desk import MAPPING, bring, put, stored, table

WITH_IDS = MAPPING + "id: {column: number}\n"


def rows(first: int, last: int) -> list[str]:
    return [f"Seen,2026-01-{day:02},u,{day}" for day in range(first, last + 1)]


def file(*lines: str) -> str:
    return table(*lines, header="event,time,user,number")


@pytest.mark.parametrize("mapping", [MAPPING, WITH_IDS], ids=["without ids", "with ids"])
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (rows(1, 5), rows(1, 5), Counts(5, 0, 5, 0)),
        (rows(1, 5), rows(4, 9), Counts(6, 4, 2, 0)),
        (rows(1, 5), rows(6, 9), Counts(4, 4, 0, 0)),
        (rows(1, 5), [*rows(1, 6), *rows(5, 6)], Counts(8, 1, 7, 0)),
        (rows(1, 5), [*rows(1, 5), "Seen,soon,u,9"], Counts(6, 0, 5, 1)),
    ],
    ids=["the same file", "files that overlap", "files that do not", "inside the file as well", "with a bad row"],
)
def test_what_is_there_already_is_not_stored_again(
    workspace: Workspace, mapping: str, first: list[str], second: list[str], expected: Counts
) -> None:
    bring(workspace, file(*first), mapping=mapping)
    assert bring(workspace, file(*second), mapping=mapping) == expected
    arrivals = stored(workspace, "arrival")
    assert len(set(arrivals)) == len(arrivals) == 5 + expected.stored


@pytest.mark.parametrize("mapping", [MAPPING, WITH_IDS], ids=["without ids", "with ids"])
def test_files_of_one_call_are_compared_with_each_other(workspace: Workspace, tmp_path: Path, mapping: str) -> None:
    files = [put(tmp_path, f"{place}.csv", file(*rows(place, place + 2))) for place in (1, 2, 3)]
    result = import_files(workspace, files, mapping=put(tmp_path, "m.yaml", mapping))
    assert [(each.counts.stored, each.counts.duplicates) for each in result.files] == [(3, 0), (1, 2), (1, 2)]
    assert result.counts == Counts(9, 5, 4, 0)
    assert stored(workspace, "arrival") == sorted(set(stored(workspace, "arrival")))


def test_the_first_of_equal_rows_stays(workspace: Workspace) -> None:
    bring(workspace, file("First,2026-01-01,u,1", "Second,2026-01-02,u,1"), mapping=WITH_IDS)
    assert stored(workspace, "touchpoint") == ["First"]


def test_rows_without_an_id_among_others_are_compared_by_content(workspace: Workspace) -> None:
    counts = bring(
        workspace, file("A,2026-01-01,u,", "B,2026-01-01,u,", "A,2026-01-01,u,", "A,2026-01-01,u,1"), mapping=WITH_IDS
    )
    assert counts == Counts(4, 3, 1, 0)


def test_rows_that_differ_in_a_column_that_is_not_mapped_are_two(workspace: Workspace) -> None:
    assert bring(workspace, file("A,2026-01-01,u,1", "A,2026-01-01,u,2")).stored == 2


def test_equal_rows_of_two_sources_are_two(workspace: Workspace) -> None:
    bring(workspace, file(*rows(1, 2)), mapping=WITH_IDS)
    assert bring(workspace, file(*rows(1, 2)), mapping=WITH_IDS.replace("shop", "till")).stored == 2


def test_a_column_that_is_joined_makes_no_new_row(workspace: Workspace) -> None:
    mapping = MAPPING + "join: {file: names.csv, on: number}\nattributes: [name]\n"
    put(workspace.folder.parent, "names.csv", "number,name\n1,one\n")
    bring(workspace, file(*rows(1, 1)), mapping=mapping)
    put(workspace.folder.parent, "names.csv", "number,name\n1,first\n")
    assert bring(workspace, file(*rows(1, 1)), mapping=mapping).duplicates == 1


ORDERS = "order,line,event,time,user,price\n"
LINES = """\
7,1,Order,2026-01-01 10:00,u,2.5
8,1,Order,2026-01-01 11:00,v,1
7,2,Order,2026-01-01 10:01,u,4
"""
ONE_PER = MAPPING + "one_per: [order]\nvalue: {column: price}\n"


def test_rows_of_one_order_are_one_interaction(workspace: Workspace) -> None:
    counts = bring(workspace, ORDERS + LINES, mapping=ONE_PER)
    assert counts == Counts(2, 2, 0, 0)
    assert stored(workspace, "id", "value", "occurred_at") == [
        ("7", 6.5, "2026-01-01 10:00:00+00"),
        ("8", 1.0, "2026-01-01 11:00:00+00"),
    ]
    assert bring(workspace, ORDERS + LINES + "9,1,Order,2026-01-01,u,1\n", mapping=ONE_PER) == Counts(3, 1, 2, 0)


def test_an_order_with_an_unusable_row_waits_as_a_whole(workspace: Workspace, tmp_path: Path) -> None:
    from desireline.sources import export_quarantine, replay_quarantine

    counts = bring(workspace, ORDERS + LINES + "7,3,Order,2026-01-01 10:01,u,much\n", mapping=ONE_PER)
    assert counts == Counts(4, 1, 0, 3)
    reasons = [(each.row, each.reason) for each in list_quarantine(workspace)]
    assert reasons == [(1, "incomplete"), (3, "incomplete"), (4, "not_a_number")]
    export_quarantine(workspace, tmp_path / "rows.csv", source="shop")
    mended = (tmp_path / "rows.csv").read_text().replace(",much", ",3.5")
    replay_quarantine(workspace, source="shop", mended=put(tmp_path, "rows.csv", mended))
    assert sorted(stored(workspace, "id", "value")) == [("7", 10.0), ("8", 1.0)]
    assert list_quarantine(workspace) == []


def test_a_row_that_does_not_say_of_which_order_it_is_waits(workspace: Workspace) -> None:
    bring(
        workspace, ORDERS + LINES + " ,1,Order,2026-01-01 10:01,u,1\n,1,Order,2026-01-01 10:01,u,1\n", mapping=ONE_PER
    )
    assert [(each.field, each.reason) for each in list_quarantine(workspace)] == [("one_per", "missing_value")] * 2
    assert len(stored(workspace, "id")) == 2


def test_orders_told_by_two_columns_are_not_mixed_up(workspace: Workspace) -> None:
    lines = ["a-b,c,Order,2026-01-01,u,1", "a,b-c,Order,2026-01-01,u,2"]
    counts = bring(workspace, ORDERS + "\n".join(lines), mapping=ONE_PER.replace("[order]", "[order, line]"))
    assert counts == Counts(2, 2, 0, 0)


def test_an_own_id_of_an_order_is_kept(workspace: Workspace) -> None:
    mapping = ONE_PER + "id: {template: 'order {line}'}\n"
    lines = ["7,,Order,2026-01-01,u,1", "8,x,Order,2026-01-01,u,2"]
    bring(workspace, ORDERS + "\n".join(lines), mapping=mapping)
    assert stored(workspace, "id") == ["7", "order x"]
