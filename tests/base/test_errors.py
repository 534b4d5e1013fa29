from __future__ import annotations

import pytest

from desireline import base
from desireline.base import DesirelineError, Problem, UnknownNameError, closest_names

ERRORS = [each for each in vars(base).values() if isinstance(each, type) and issubclass(each, DesirelineError)]


def test_every_error_has_a_code_of_its_own() -> None:
    assert len({error.code for error in ERRORS}) == len(ERRORS) == 16


def test_the_hint_stands_on_a_line_of_its_own() -> None:
    assert str(UnknownNameError("no such field", hint="did you mean channel?")) == (
        "no such field\nhint: did you mean channel?"
    )
    assert str(UnknownNameError("no such field")) == "no such field"


def test_problems_are_listed_with_their_places() -> None:
    problems = [Problem("identifiers.user", "expected a column"), Problem("channel", "missing")]
    assert Problem.listing(problems) == "  identifiers.user: expected a column\n  channel: missing"


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("chekout", ["Checkout", "Checkout started"]),
        ("CHECKOUT", ["Checkout", "Checkout started"]),
        ("paymnt", ["Payment"]),
        ("something else", []),
        ("", []),
    ],
)
def test_near_names(name: str, close: list[str]) -> None:
    assert closest_names(name, ["Checkout started", "Checkout", "Payment"]) == close


def test_only_so_many_near_names() -> None:
    assert len(closest_names("step", [f"step {number}" for number in range(9)], count=2)) == 2
