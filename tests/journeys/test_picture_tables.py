from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desireline.journeys import CommonAnalysis, PathsAnalysis
from desireline.journeys.analyses import ContactsAnalysis
from desireline.journeys.model import Result
from desireline.journeys.pictures.charts import save_picture
from desireline.journeys.pictures.tables import table_twin

from . import contact_rows
from .rows import Row, answer

ROWS = [Row(0, 0, 0, 0), Row(0, 1, 1, 0), Row(1, 0, 0, 0), Row(1, 1, 2, 1)]


@pytest.fixture(params=["paths", "common", "contacts"])
def drawn(request: pytest.FixtureRequest) -> Result:
    if request.param == "contacts":
        return contact_rows.answer(ContactsAnalysis(), [contact_rows.Entry(outcome="<left>")], names=_NAMES)
    analysis: Any = PathsAnalysis(touchpoint="Visit") if request.param == "paths" else CommonAnalysis()
    found: Result = answer(analysis, ROWS)
    return found


_NAMES = replace(contact_rows.NAMES, values={**contact_rows.TEXTS, "outcome": ("<left>",)})


def test_a_page_has_the_rows_of_the_answer_as_a_table(drawn: Result, tmp_path: Path) -> None:
    save_picture(drawn, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    before, _, table = page.rpartition("<table>")
    assert before
    assert table.count("<tr>") == len(drawn.rows()) + 1
    assert "</table>" in table.partition("</body>")[0]


@pytest.mark.parametrize("analysis", [PathsAnalysis(touchpoint="Visit"), CommonAnalysis()], ids=["paths", "common"])
def test_json_of_a_drawing_is_the_answer(analysis: Any, tmp_path: Path) -> None:
    found = answer(analysis, ROWS)
    save_picture(found, tmp_path / "drawn.json")
    assert json.loads((tmp_path / "drawn.json").read_text(encoding="utf-8")) == json.loads(found.to_json())


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        pytest.param("wait_seconds", 90.0, "1 min 30 s", id="a time"),
        pytest.param("share", 0.25, "0.2500", id="a share"),
        pytest.param("p_value", 0.0000123, "1.23e-05", id="a small number"),
        pytest.param("value", 12_345.6, "12,346", id="an amount"),
        pytest.param("customers", 12_345, "12,345", id="a count"),
        pytest.param("share", math.nan, "–", id="no value"),
        pytest.param("to", None, "–", id="missing"),
        pytest.param("is_open", True, "yes", id="a truth"),
        pytest.param("path", ["a", "<b>"], "a → &lt;b&gt;", id="a path"),
        pytest.param("interval", [0.25, 3.0], "0.2500 to 3", id="an interval"),
        pytest.param("also", ["It rose.", "It fell."], "It rose. It fell.", id="sentences"),
        pytest.param("share", 0.0, "0", id="nothing"),
        pytest.param("segment", {"plan": "basic"}, "plan = basic", id="a pair"),
    ],
)
def test_a_cell_is_written_for_people(name: str, value: object, shown: str) -> None:
    assert f">{shown}</td>" in table_twin([{name: value}])


def test_a_row_may_lack_a_column() -> None:
    assert "<td>–</td><td>x</td>" in table_twin([{"a": "y"}, {"b": "x"}])


def test_a_table_without_rows_says_so() -> None:
    assert "no rows" in table_twin([])
