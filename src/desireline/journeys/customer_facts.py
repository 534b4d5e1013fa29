"""What an agent needs to know of a customer first: the last contact, how many lately, scores, feeling, money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from desireline.interactions import count_log, currency_of_amounts
from desireline.journeys.analyses.contacts import DEFAULT_REPEAT_WINDOW
from desireline.journeys.analyses.service_contacts import (
    CONTACT_FIELDS,
    ContactRules,
    ServiceContacts,
    service_contacts,
)
from desireline.journeys.customer_history import newest, read_history, with_log_fields
from desireline.journeys.spans import life
from desireline.store import Workspace

LATELY = timedelta(days=30)
MOST_LOOKED_AT = 10_000
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class LastContact:
    """The newest service contact of a customer; what it says last of team, agent and outcome.

    Attributes
    ----------
    ended_at
        Its last interaction.
    interactions
        How many it has.
    """

    started_at: datetime
    ended_at: datetime
    channel: str
    touchpoint: str
    case: str | None
    team: str | None
    agent: str | None
    outcome: str | None
    interactions: int


@dataclass(frozen=True, slots=True)
class LastValue:
    """The newest value of a field, when it was given, and what it is about."""

    value: float
    kind: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MoneySum:
    """A sum in a currency, where one is named, and of how many interactions."""

    amount: float
    currency: str | None
    interactions: int


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What is known of a customer at a glance.

    Attributes
    ----------
    as_of
        The last moment that the workspace knows of; what is late or lately counts from it.
    interactions, first_at, last_at
        All that the customer did, or was done for the customer.
    looked_at
        How many of them, the newest, the rest is made of.
    stage
        Of the newest interaction that has one.
    contacts_lately, repeats_lately
        Service contacts that began within ``lately_days`` before ``as_of``; those of them that began within ``repeat_days`` after the
        one before.
    sentiment
        The newest feeling, from -2 to 2.
    value
        What the customer brought.
    """

    as_of: datetime | None
    interactions: int
    first_at: datetime | None
    last_at: datetime | None
    looked_at: int
    stage: str | None
    last_contact: LastContact | None
    contacts: int
    contacts_lately: int
    repeats_lately: int
    lately_days: int
    repeat_days: int
    score: LastValue | None
    sentiment: LastValue | None
    value: MoneySum | None


def customer_facts(workspace: Workspace, number: int) -> CustomerFacts:
    """The facts of the customer who has the identifier with this number.

    Raises
    ------
    UnknownNameError
        No identifier has it.
    """
    history = read_history(workspace, number)
    as_of = _known_until(workspace)
    part, names, rows = with_log_fields(
        workspace, newest(history.part, MOST_LOOKED_AT), history.index.names, (*CONTACT_FIELDS, "outcome")
    )
    contacts = service_contacts(life(part), ContactRules.of(names, None))
    since = 0 if as_of is None else (as_of - LATELY - _EPOCH) // _MICROSECOND
    lately = contacts.times >= since
    pauses = np.diff(contacts.times, prepend=np.iinfo(np.int64).min // 2)
    repeats = lately & (pauses <= DEFAULT_REPEAT_WINDOW // _MICROSECOND)
    return CustomerFacts(
        as_of=as_of,
        interactions=len(history),
        first_at=_moment(history.part.times[0]) if len(history) else None,
        last_at=_moment(history.part.times[-1]) if len(history) else None,
        looked_at=len(rows),
        stage=next((row["stage"] for row in reversed(rows) if row["stage"] is not None), None),
        last_contact=_last_contact(contacts, rows) if len(contacts) else None,
        contacts=len(contacts),
        contacts_lately=int(lately.sum()),
        repeats_lately=int(repeats.sum()),
        lately_days=LATELY.days,
        repeat_days=DEFAULT_REPEAT_WINDOW.days,
        score=_last_value(rows, "score", "score_kind"),
        sentiment=_last_value(rows, "sentiment", "touchpoint"),
        value=_value(workspace, rows),
    )


def _known_until(workspace: Workspace) -> datetime | None:
    """The end of the record; not later than now, for a time in the future is a slip."""
    last = count_log(workspace).record_end
    return None if last is None else min(last, datetime.now(UTC))


def _last_contact(contacts: ServiceContacts, rows: list[dict[str, Any]]) -> LastContact:
    number = len(contacts) - 1
    found = contacts.interactions
    own = [rows[place] for place in found.places[found.contacts == number].tolist()]
    begin = rows[int(found.places[contacts.begins[number]])]
    return LastContact(
        started_at=begin["occurred_at"],
        ended_at=own[-1]["occurred_at"],
        channel=begin["channel"],
        touchpoint=begin["touchpoint"],
        case=begin["case"],
        team=_last(own, "team"),
        agent=_last(own, "agent"),
        outcome=_last(own, "outcome"),
        interactions=len(own),
    )


def _last(rows: Iterable[dict[str, Any]], name: str) -> Any:
    return next((row[name] for row in reversed(list(rows)) if row[name] is not None), None)


def _last_value(rows: list[dict[str, Any]], name: str, kind: str) -> LastValue | None:
    row = next((row for row in reversed(rows) if row[name] is not None), None)
    return None if row is None else LastValue(float(row[name]), row[kind], row["occurred_at"])


def _value(workspace: Workspace, rows: list[dict[str, Any]]) -> MoneySum | None:
    values = [row["value"] for row in rows if row["value"] is not None]
    return MoneySum(sum(values), currency_of_amounts(workspace), len(values)) if values else None


def _moment(microseconds: np.int64) -> datetime:
    return _EPOCH + int(microseconds) * _MICROSECOND
