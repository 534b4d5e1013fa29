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


class ComparedNumber(DifferenceAnswer, frozen=True, kw_only=True):
    """One number in two groups, with the journeys that it counts and those that it is of: kind and parameters of ``behind``; or empty."""

    behind: str
    behind_n: str


class GroupAskedAnswer(Struct, frozen=True, kw_only=True):
    """What a group was asked with; see :class:`desireline.journeys.estimates.GroupAsked`."""

    period: str | None
    begun: str | None
    where: str | None
    segment: str | None
    not_segment: str | None
    journey: str | None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    differences: list[ComparedNumber]
    customers: GroupSizesAnswer | None
    test: GroupTestAnswer | None
    left_out: int
    of_company: int
    groups: list[GroupAskedAnswer] | None
