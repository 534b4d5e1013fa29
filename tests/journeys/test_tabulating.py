"""Rows as CSV: what was put in is read back, and nothing in it is taken for a formula."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.tabulating import csv_of

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))


def read(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(rows).decode("utf-8-sig"), newline="")))


@given(st.lists(TEXT, min_size=1))
def test_texts_are_read_back_and_begin_with_no_sign_of_a_formula(names: list[str]) -> None:
    found = [row["name"] for row in read([{"name": name, "n": 1} for name in names])]
    assert [each.removeprefix("'") for each in found] == [each.removeprefix("'") for each in names]
    assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r")) for each in found)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(-3, "-3", id="a negative number stays a number"),
        pytest.param("-3 points", "'-3 points", id="a text like one does not"),
        pytest.param(["=A1", "B"], "'=A1 → B", id="a path"),
        pytest.param(math.nan, "", id="no value"),
        pytest.param(None, "", id="nothing"),
        pytest.param(True, "true", id="yes"),
        pytest.param({"plan": "Basic"}, "plan = Basic", id="a segment"),
    ],
)
def test_a_cell_is_written(value: object, text: str) -> None:
    assert read([{"value": value, "n": 1}])[0]["value"] == text


def test_rows_may_lack_a_column() -> None:
    assert read([{"a": 1}, {"b": 2}]) == [{"a": "1", "b": ""}, {"a": "", "b": "2"}]
