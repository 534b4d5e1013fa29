"""Rules about who keeps the map and when it was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.base import phrase
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given


def _no_owner(given: Given) -> Iterator[Spot]:
    if given.map.owner is None:
        yield Spot(phrase("nobody answers for this map"))


def _no_review_date(given: Given) -> Iterator[Spot]:
    if given.map.review_date is None:
        yield Spot(phrase("no day is named on which it is to be looked at again"))


def _review_overdue(given: Given) -> Iterator[Spot]:
    due = given.map.review_date
    if due is not None and due < given.today:
        days = (given.today - due).days
        yield Spot(
            phrase(
                "its review was due on {due}, {days:,} day ago"
                if days == 1
                else "its review was due on {due}, {days:,} days ago",
                due=due,
                days=days,
            ),
            path=("review_date",),
        )


RULES = (
    Rule(
        "no-owner",
        "warning",
        "The map has no owner",
        phrase("name one: owner: {{name: Ada Lovelace, department: Sales}}"),
        _no_owner,
    ),
    Rule(
        "no-review-date",
        "note",
        "No day is named on which the map is to be looked at again",
        phrase("half a year is usual: review_date: 2027-01-31"),
        _no_review_date,
    ),
    Rule(
        "review-overdue",
        "warning",
        "The review date is past",
        phrase("look at the map with its owner, then set reviewed and a new review_date"),
        _review_overdue,
    ),
)
