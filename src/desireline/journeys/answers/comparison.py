"""The answer of a comparison, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.shapes import DifferenceAnswer


class GroupSizesAnswer(Struct, frozen=True, kw_only=True):
    """The customers of both groups."""

    first: int
    second: int
    in_both: int
    left_out: bool
    note: str


class GroupTestAnswer(Struct, frozen=True, kw_only=True):
    """A test of both groups as a whole."""

    name: str
    chi_squared: float | None
    p: float | None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    differences: list[DifferenceAnswer]
    customers: GroupSizesAnswer | None
    test: GroupTestAnswer | None
    left_out: int
    of_company: int
