"""Tables and other syntaxes taken into a map that is there: what they do not hold stays, comments and order too."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, check_document, differences, new_document, read_map
from desireline.maps.formats import TABLES, WRITERS, Rendering
from desireline.maps.importing import put_into, said_by
from desireline.maps.templates import new_map

from .full_map import FULL
from .random_maps import map_trees, sensible_change, written_by_hand
from .samples import cell, phone, step

ENDINGS = tuple(TABLES)
OTHER = new_map("retail", title="Another map", ident="other")
Row = dict[str, Any]


def exported(document: Document, ending: str = ".csv") -> bytes:
    return WRITERS[ending](Rendering(read_map(document), document)).content


def filled_in(document: Document, change: Callable[[list[Row]], Any], *, without: tuple[str, ...] = ()) -> Document:
    """The map after somebody exported it, changed the rows, took columns out, and put it back."""
    rows = list(csv.DictReader(StringIO(exported(document).decode("utf-8-sig"), newline="")))
    columns = [name for name in rows[0] if name not in without]
    change(rows)
    written = StringIO()
    writer = csv.DictWriter(written, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return put_into(document, written.getvalue().encode(), ending=".csv")


def row_of(rows: list[Row], ident: str) -> Row:
    """The row of a cell."""
    return next(row for row in rows if row["cell_id"] == ident)


def said(document: Document) -> list[str]:
    """What is different from the phone map."""
    return [str(each) for each in differences(phone(), document)]


@settings(deadline=None, max_examples=60)
@given(map_trees(), st.integers(0, 1_000_000), st.sampled_from(ENDINGS))
def test_a_table_that_nobody_changed_changes_nothing(tree: dict[str, Any], seed: int, ending: str) -> None:
    document = Document(written_by_hand(tree, seed))
    assert put_into(document, exported(document, ending), ending=ending).text == document.text


@settings(deadline=None, max_examples=40)
@given(map_trees(), st.integers(0, 1_000_000))
def test_a_workbook_takes_a_map_to_what_it_was_changed_to(tree: dict[str, Any], seed: int) -> None:
    stored = Document(written_by_hand(tree, seed))
    other = stored.changed(sensible_change(seed, "new"))
    found = put_into(stored, exported(other, ".xlsx"), ending=".xlsx")
    assert exported(found, ".csv") == exported(other, ".csv")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_map_of_everything_survives_a_table(ending: str) -> None:
    assert put_into(FULL, exported(FULL, ending), ending=ending) == FULL


def test_what_was_changed_in_a_table_is_all_that_changes() -> None:
    found = filled_in(phone(), lambda rows: row_of(rows, "c1").update(claims="I type\nI ask a friend", emotion=1))
    assert said(found) == [
        '~ claim "I type what I heard of" in cell c1: text: "I type what I heard of" → "I type"',
        '+ claim "I ask a friend" in cell c1',
        '~ cell c1 "actions at I look for a phone": emotion: nothing → 1',
    ]
    assert "# where it begins" in found.text and "# the door" in found.text


@pytest.mark.parametrize(
    "without",
    [
        ("details",),
        ("emotion", "word", "tension"),
        ("phase", "phase_id"),
        ("lane_id", "cell_id", "step_id", "phase_id"),
    ],
    ids=["details", "columns of other lanes", "phases", "all ids"],
)
def test_columns_that_were_taken_out_change_nothing(without: tuple[str, ...]) -> None:
    assert filled_in(phone(), lambda rows: None, without=without) == phone()


def test_details_that_were_emptied_keep_the_evidence_of_the_claims_that_stay() -> None:
    found = filled_in(
        phone(), lambda rows: row_of(rows, "p1").update(details="", claims="It hurts\nThe price is said late")
    )
    assert cell(found.tree, "p1")["claims"] == ["It hurts", cell(phone().tree, "p1")["claims"][0]]


def test_steps_that_the_table_lost_are_removed_with_their_cells() -> None:
    def shortened(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if row["step_id"] != "search"]

    assert said(filled_in(phone(lambda tree: step(tree, "compare").pop("next")), shortened)) == [
        '- step search "I look for a phone" in phase consider',
        '~ step compare "I compare": next: search, order → nothing',
        '- cell c1 "actions at I look for a phone" in lane does',
        '- cell t1 "touchpoints at I look for a phone" in lane doors',
    ]


def test_a_step_that_others_lead_to_is_not_removed_by_a_table() -> None:
    with pytest.raises(InputError, match=r"next\[1\] \(compare\): there is no step 'order'"):
        filled_in(phone(), lambda rows: rows.__setitem__(slice(None), rows[:-2]))


def test_a_row_that_was_added_becomes_a_step_behind_the_one_before() -> None:
    found = filled_in(
        phone(), lambda rows: rows.insert(-2, {"phase": "Buy", "step": "I pay", "role": "pains", "claims": "Twice"})
    )
    assert [each["id"] for phase in found.tree["phases"] for each in phase["steps"]] == [
        "search", "compare", "i-pay", "order", "receive",
    ]  # fmt: skip
    assert cell(found.tree, "hurts-i-pay")["claims"] == ["Twice"]


def test_labels_personas_and_lines_of_lanes_come_from_the_table() -> None:
    def renamed(rows: list[Row]) -> None:
        for row in (row for row in rows if row["lane_id"] == "hurts"):
            row["lane"] = "What hurts"

    assert filled_in(phone(), renamed).tree["lanes"][1]["label"] == "What hurts"


def test_the_order_of_cells_stays() -> None:
    turned = phone(lambda tree: tree["lanes"][1]["cells"].append({"id": "p0", "step": "search", "claims": ["Early"]}))
    found = filled_in(turned, lambda rows: row_of(rows, "p0").update(claims="Earlier"))
    assert [each["id"] for each in found.tree["lanes"][1]["cells"]] == ["p1", "p0"]


def test_a_workbook_with_one_sheet_keeps_what_the_others_would_say() -> None:
    import xlsxwriter

    rows = list(csv.reader(StringIO(exported(phone()).decode("utf-8-sig"), newline="")))
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Journey")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    assert put_into(phone(), stream.getvalue(), ending=".xlsx") == phone()


def test_a_binding_that_was_emptied_in_a_workbook_is_gone() -> None:
    other = phone(lambda tree: step(tree, "search").pop("binding"))
    found = put_into(phone(), exported(other, ".xlsx"), ending=".xlsx")
    assert "binding" not in step(found.tree, "search") and "# the door" in found.text


@pytest.mark.parametrize(
    ("content", "ending", "message"),
    [
        (b"journey", ".mmd", r"expected a table \(.csv, .xlsx\), got .mmd"),
        (b"a,b\n", ".csv", "expected a column step"),
        (b"step,role,emotion\nI look,emotion,9\n", ".csv", "emotion"),
        (b"step,until,role,claims\nI look,gone,actions,x\n", ".csv", "gone"),
        (b"phase,step,role\n", ".csv", "expected a table with steps, got one without"),
        (
            b"step,step_id\nI park,park\nI wait,wait\nI leave,leave\n",
            ".csv",
            "of the map 'buy-a-phone', and others: it is of another map",
        ),
        (exported(OTHER, ".xlsx"), ".xlsx", "expected a table of the map 'buy-a-phone', got one of 'other'"),
    ],
    ids=["no table", "no steps", "no such emotion", "no such step", "no rows", "another map", "another map's workbook"],
)
def test_what_cannot_be_put_into_a_map_is_told(content: bytes, ending: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        put_into(phone(), content, ending=ending)


def test_json_keeps_the_comments_of_the_text_that_is_there() -> None:
    tree = json.loads(json.dumps(phone().tree, sort_keys=True))
    assert said_by(phone(), new_document(tree, syntax="json")).text == phone().text
    step(tree, "order")["name"] = "I buy"
    assert said_by(phone(), new_document(tree, syntax="json")) == phone(
        lambda own: step(own, "order").update(name="I buy")
    )


@settings(deadline=None, max_examples=40)
@given(map_trees(), st.integers(0, 1_000_000))
def test_a_document_says_what_the_other_text_of_it_says(tree: dict[str, Any], seed: int) -> None:
    stored = Document(written_by_hand(tree, seed))
    given_tree = stored.changed(sensible_change(seed, "new")).tree
    found = said_by(stored, new_document(given_tree, syntax="json"))
    check_document(found)
    assert found.tree == given_tree


@pytest.mark.parametrize("more", [{}, {"alternative": "The shop at noon"}], ids=["plain", "described"])
def test_a_picture_too_long_for_a_workbook_is_left_out_told_and_kept_in_the_map(more: dict[str, str]) -> None:
    picture = {"source": f"data:image/png;base64,{'A' * 40_000}", **more}
    document = phone().changed(lambda tree: tree["lanes"][0]["cells"][0].update(picture=picture))
    written = WRITERS[".xlsx"](Rendering(read_map(document), document))
    assert [str(each) for each in written.losses] == ["1 pictures"]
    assert put_into(document, written.content, ending=".xlsx").text == document.text
