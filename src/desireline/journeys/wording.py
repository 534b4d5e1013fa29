"""What people read for the names that analyses are asked with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from desireline.base import Phrase, joined, phrase
from desireline.interactions.condition import ATTRIBUTE_PREFIX

_FIELDS = {
    "touchpoint": phrase("touchpoint"),
    "channel": phrase("channel"),
    "stage": phrase("stage"),
    "reason": phrase("reason"),
    "team": phrase("team"),
    "agent": phrase("agent"),
    "department": phrase("department"),
    "source": phrase("source"),
    "weekday": phrase("weekday"),
    "day": phrase("day"),
    "week": phrase("week"),
    "month": phrase("month"),
    "campaign": phrase("campaign"),
    "sequence": phrase("sequence"),
}
_LEVELS = {
    "relationship": phrase("relationship level"),
    "journey": phrase("journey level"),
    "transaction": phrase("transaction level"),
    "touchpoint": phrase("touchpoint level"),
}
OUTCOME_TEXTS = {
    "reached": phrase("reached"),
    "ended": phrase("ended"),
    "timed out": phrase("timed out"),
    "unfinished": phrase("unfinished"),
}
"""How a journey ended, for people."""
_WEEKDAYS = {
    "Monday": phrase("Monday"),
    "Tuesday": phrase("Tuesday"),
    "Wednesday": phrase("Wednesday"),
    "Thursday": phrase("Thursday"),
    "Friday": phrase("Friday"),
    "Saturday": phrase("Saturday"),
    "Sunday": phrase("Sunday"),
}


def value_text(field: str, value: str) -> str:
    """A value of a field, for people: days of the week are told, all others are as they came."""
    return _WEEKDAYS.get(value, value) if field == "weekday" else value


def field_text(name: str) -> str:
    """A field by which something is cut, for people: ``channel``; an attribute by its own name.

    >>> field_text("attributes.plan")
    'plan'
    """
    return _FIELDS.get(name) or name.removeprefix(ATTRIBUTE_PREFIX)


def level_text(level: str) -> str:
    """On which level a score was asked for: ``journey level``."""
    return _LEVELS.get(level) or phrase("{level} level", level=level)


def any_of(names: Sequence[str]) -> Phrase:
    """One of several names.

    >>> any_of(["Order", "Return"])
    'Order or Return'
    """
    return reduce(_either, names[1:], joined(names[:1]))


def _either(first: str, second: str) -> Phrase:
    return phrase("{first} or {second}", first=first, second=second)
