"""Zendesk tickets: the incremental export (``GET /api/v2/incremental/tickets/cursor.json``) and the JSON export of the admin centre.

Field names are those of Zendesk's documentation of Tickets and Ticket Metrics; the admin centre writes ``requester``, ``assignee`` and
``group`` as objects instead of numbers. A ticket becomes "Ticket created" and, where it holds a ``metric_set``, "Ticket answered"
(the first reply) and "Ticket solved". A ticket alone does not say when it was solved or rated; ratings are a format of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.bodies import whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.moments import step_id
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
)
from desireline.sources.formats.revisions import newest, revised_by
from desireline.sources.formats.zendesk import channel_of, pointers, unknown_channel

_CALLS: dict[str, Literal["inbound", "outbound"]] = {
    "inbound": "inbound",
    "voicemail": "inbound",
    "outbound": "outbound",
}
_CENTURY = 100 * 365 * 86_400
REVISION = revised_by(key="id", changed="updated_at")


def recognise(sample: Sample) -> float:
    """Sure of requester and submitter of a ticket together with fields that only Zendesk has."""
    people = ({"requester_id", "submitter_id"}, {"requester", "submitter"})
    if sample.container != "json" or not {"id", "created_at", "status"} <= sample.columns:
        return 0.0
    if not any(both <= sample.columns for both in people):
        return 0.0
    if {"generated_timestamp", "via"} <= sample.columns:
        return 1.0
    return 0.9 if sample.columns & {"raw_subject", "ticket_form_id", "brand_id", "satisfaction_rating"} else 0.3


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each ticket: the export repeats tickets at the edges of its pages and with every change."""
    return newest(records, REVISION)


def convert(ticket: Record) -> list[FoundInteraction]:
    """The steps of a ticket that have a time."""
    ticket_id = required_text(ticket, "id")
    if text_at(ticket, "status") == "deleted":
        raise UnusableRecord("status", phrase("expected a ticket, got one that was deleted"), reason="unknown_value")
    created_at = required_time(time_at(ticket, "created_at"), "created_at")
    found = [_created(ticket, ticket_id, created_at)]
    wait = _first_reply_seconds(ticket)
    if wait is not None:
        found.append(_answered(ticket, ticket_id, created_at, wait))
    solved_at = time_at(ticket, "metric_set.solved_at")
    if solved_at is not None:
        found.append(_solved(ticket, ticket_id, created_at, solved_at))
    return found


def _created(ticket: Record, ticket_id: str, created_at: datetime) -> FoundInteraction:
    by_customer = _made_by_customer(ticket)
    call = _CALLS.get(text_at(ticket, "via.source.rel") or "") if channel_of(ticket) == "phone" else None
    return FoundInteraction(
        id=f"{ticket_id}:created",
        channel=channel_of(ticket),
        touchpoint="Ticket created",
        occurred_at=created_at,
        identifiers=_identifiers(ticket, ticket_id),
        direction=call or ("inbound" if by_customer else None),
        actor="customer" if by_customer else "agent",
        team=_group(ticket),
        case=ticket_id,
        text=whole_text(text_at(ticket, "description")),
        attributes=present(
            subject=text_at(ticket, "subject"),
            type=text_at(ticket, "type"),
            priority=text_at(ticket, "priority"),
            status=text_at(ticket, "status"),
            tags=", ".join(str(tag) for tag in list_at(ticket, "tags")),
            organization=_person(ticket, "organization"),
            satisfaction=_rated(ticket),
            via=unknown_channel(ticket),
        ),
    )


def _answered(ticket: Record, ticket_id: str, created_at: datetime, wait: float) -> FoundInteraction:
    return FoundInteraction(
        id=f"{ticket_id}:answered",
        channel=channel_of(ticket),
        touchpoint="Ticket answered",
        occurred_at=created_at + timedelta(seconds=wait),
        identifiers=_identifiers(ticket, ticket_id),
        direction="outbound",
        actor="agent",
        team=_group(ticket),
        case=ticket_id,
        wait=wait,
    )


def _solved(ticket: Record, ticket_id: str, created_at: datetime, solved_at: datetime) -> FoundInteraction:
    return FoundInteraction(
        id=step_id(ticket_id, "solved", solved_at),
        channel=channel_of(ticket),
        touchpoint="Ticket solved",
        occurred_at=solved_at,
        identifiers=_identifiers(ticket, ticket_id),
        direction="outbound",
        actor="agent",
        team=_group(ticket),
        agent=_person(ticket, "assignee"),
        case=ticket_id,
        wait=seconds_between(created_at, solved_at),
        outcome=text_at(ticket, "status"),
        attributes=present(
            reopens=text_at(ticket, "metric_set.reopens"), replies=text_at(ticket, "metric_set.replies")
        ),
    )


def _made_by_customer(ticket: Record) -> bool:
    submitter = _person(ticket, "submitter")
    return submitter is None or submitter == _person(ticket, "requester")


def _identifiers(ticket: Record, ticket_id: str) -> dict[str, str]:
    """An address counts only where the requester wrote or called; what an agent entered may be the agent's own."""
    inbound = text_at(ticket, "via.source.rel") != "outbound"
    written = channel_of(ticket) == "email" and _made_by_customer(ticket)
    return pointers(
        ticket_id,
        requester=_person(ticket, "requester"),
        email=text_at(ticket, "requester.email") or (text_at(ticket, "via.source.from.address") if written else None),
        phone=text_at(ticket, f"via.source.{'from' if inbound else 'to'}.phone"),
    )


def _person(ticket: Record, role: str) -> str | None:
    return text_at(ticket, f"{role}_id") or text_at(ticket, f"{role}.id")


def _group(ticket: Record) -> str | None:
    return text_at(ticket, "group.name") or _person(ticket, "group")


def _first_reply_seconds(ticket: Record) -> float | None:
    for unit, seconds in (("seconds", 1), ("minutes", 60)):
        path = f"metric_set.reply_time_in_{unit}.calendar"
        number = number_at(ticket, path)
        if number is None:
            continue
        if not 0 <= number * seconds < _CENTURY:
            raise UnusableRecord(
                path,
                phrase("expected how long the customer waited, got {number:g}", number=number),
                reason="out_of_range",
            )
        return number * seconds
    return None


def _rated(ticket: Record) -> str | None:
    score = text_at(ticket, "satisfaction_rating.score")
    return None if score in ("offered", "unoffered") else score


FORMAT = Format(
    name="zendesk_tickets",
    title=phrase("Zendesk tickets"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=REVISION,
    signatures=(
        Signature(
            ("id", "created_at", "status", "requester_id", "submitter_id"),
            (
                "generated_timestamp",
                "via",
                "raw_subject",
                "ticket_form_id",
                "brand_id",
                "satisfaction_rating",
                "collaborator_ids",
            ),
        ),
    ),
    wrapper={"tickets": ""},
)
