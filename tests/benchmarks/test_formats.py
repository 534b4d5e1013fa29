"""The enlarged samples of the named formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import formats
from desireline.sources.formats import all_formats

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@pytest.mark.parametrize(
    ("token", "number", "expected"),
    [
        pytest.param("ada@example.org", 7, "u7@example.org", id="e-mail"),
        pytest.param("+44 20 7946 0018", 3, "+44 20 0000 0003", id="phone"),
        pytest.param("192.0.2.20", 258, "10.0.1.2", id="internet address"),
        pytest.param("c-1001", 12, "c-1001000012", id="short id"),
        pytest.param("5005g00000AbCdEAAV", 12, "5005g0000000000012", id="id of fixed length"),
    ],
)
def test_another_token_is_of_the_same_kind(token: str, number: int, expected: str) -> None:
    assert formats.another(token, number) == expected


@pytest.mark.parametrize("name", ["stripe_charges", "zendesk_tickets", "weblog_combined"])
def test_the_copies_of_a_sample_are_no_duplicates(name: str) -> None:
    few, many = (formats.measured(all_formats()[name], records) for records in (100, 200))
    assert many.interactions / many.records == pytest.approx(few.interactions / few.records, rel=0.05)


def test_the_page_has_the_table_of_what_was_measured() -> None:
    table = formats.markdown_table(formats.kept(formats.RESULTS))
    assert "\n".join(table) in PAGE.read_text(encoding="utf-8")
    assert {each.name for each in formats.kept(formats.RESULTS)} == set(all_formats())
