"""Freshdesk tickets (``GET /api/v2/tickets?include=requester,stats,description``).

Field names are those of Freshdesk's documentation of Tickets; status, priority and source are whole numbers there. A ticket becomes
"Ticket created" and, with ``stats``, "Ticket answered", "Ticket reopened", "Ticket solved" and "Ticket closed".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from desireline.base import phrase
from desireline.sources.formats.bodies import plain_text, whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.moments import step_id
from desireline.sources.formats.reading import (
    list_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
)
from desireline.sources.formats.revisions import newest, revised_by

_STATUSES = {"2": "open", "3": "pending", "4": "resolved", "5": "closed"}
_PRIORITIES = {"1": "low", "2": "medium", "3": "high", "4": "urgent"}
_CHANNELS = {
    "1": "email",
    "2": "web",
    "3": "phone",
    "4": "web",
    "5": "social",
    "6": "social",
    "7": "chat",
    "8": "app",
    "9": "web",
    "10": "email",
    "12": "chat",
    "13": "chat",
}
"""E-mail, portal, phone, forum, Twitter, Facebook, chat, app, feedback widget, e-mail sent first, bot, WhatsApp."""
_SENT_FIRST = "10"
REVISION = revised_by(key="id", changed="updated_at")


def recognise(sample: Sample) -> float:
    """Sure of requester and responder with a status and a source that are numbers."""
    needed = {"id", "requester_id", "responder_id", "status", "source", "created_at"}
    if sample.container != "json" or not needed <= sample.columns:
        return 0.0
    if not all(_is_code(record.get(name)) for record in sample.records for name in ("status", "source")):
        return 0.0
    # Freshservice, for staff, has the same fields and departments.
    return 0.3 if "department_id" in sample.columns else 0.95


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each ticket."""
    return newest(records, REVISION)


def convert(ticket: Record) -> list[FoundInteraction]:
    """The steps of a ticket that have a time."""
    ticket_id = required_text(ticket, "id")
    created_at = required_time(time_at(ticket, "created_at"), "created_at")
    answered_at = time_at(ticket, "stats.first_responded_at")
    found = [_created(ticket, ticket_id, created_at)]
    if answered_at is not None:
        wait = seconds_between(created_at, answered_at)
        found.append(_step(ticket, f"{ticket_id}:answered", "Ticket answered", answered_at, wait=wait))
    return [*found, *_changes(ticket, ticket_id, created_at)]


def _created(ticket: Record, ticket_id: str, created_at: datetime) -> FoundInteraction:
    source, status, priority = (text_at(ticket, name) for name in ("source", "status", "priority"))
    sent_first = source == _SENT_FIRST
    channel = _channel(ticket)
    by_agent = sent_first or channel == "phone"  # Of a call an agent writes the description.
    return FoundInteraction(
        id=f"{ticket_id}:created",
        channel=channel,
        touchpoint="Ticket created",
        occurred_at=created_at,
        identifiers=_identifiers(ticket),
        direction="outbound" if sent_first else "inbound",
        actor="agent" if by_agent else "customer",
        team=text_at(ticket, "group_id"),
        case=ticket_id,
        text=whole_text(text_at(ticket, "description_text")) or plain_text(text_at(ticket, "description")),
        attributes=present(
            subject=text_at(ticket, "subject"),
            type=text_at(ticket, "type"),
            priority=_PRIORITIES.get(priority or "", priority),
            status=_STATUSES.get(status or "", status),
            tags=", ".join(str(tag) for tag in list_at(ticket, "tags")),
            company=text_at(ticket, "company_id"),
            escalated="yes" if text_at(ticket, "is_escalated") == "true" else None,
            source=source if source not in _CHANNELS else None,
        ),
    )


def _changes(ticket: Record, ticket_id: str, created_at: datetime) -> list[FoundInteraction]:
    """Opened again, solved, closed: the last time of each is all that a ticket keeps."""
    found = []
    for what, touchpoint in (
        ("reopened", "Ticket reopened"),
        ("resolved", "Ticket solved"),
        ("closed", "Ticket closed"),
    ):
        at = time_at(ticket, f"stats.{what}_at")
        if at is not None:
            wait = seconds_between(created_at, at) if what == "resolved" else None
            found.append(_step(ticket, step_id(ticket_id, what, at), touchpoint, at, wait=wait))
    return sorted(found, key=lambda each: each.occurred_at)


def _step(ticket: Record, step: str, touchpoint: str, at: datetime, *, wait: float | None) -> FoundInteraction:
    """A step; who opened or closed a ticket again is not in its record."""
    by_agent = touchpoint in ("Ticket answered", "Ticket solved")
    return FoundInteraction(
        id=step,
        channel=_channel(ticket),
        touchpoint=touchpoint,
        occurred_at=at,
        identifiers=_identifiers(ticket),
        direction="outbound" if by_agent else None,
        actor="agent" if by_agent else None,
        team=text_at(ticket, "group_id"),
        agent=text_at(ticket, "responder_id"),
        case=text_at(ticket, "id"),
        wait=wait,
    )


def _channel(ticket: Record) -> str:
    return _CHANNELS.get(text_at(ticket, "source") or "", "crm")


def _identifiers(ticket: Record) -> dict[str, str]:
    return present(
        freshdesk_contact=text_at(ticket, "requester_id"),
        email=text_at(ticket, "requester.email") or text_at(ticket, "email"),
        phone=text_at(ticket, "requester.phone") or text_at(ticket, "requester.mobile") or text_at(ticket, "phone"),
        order=f"freshdesk:{text_at(ticket, 'id')}",
    )


def _is_code(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


FORMAT = Format(
    name="freshdesk_tickets",
    title=phrase("Freshdesk tickets"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=REVISION,
    signatures=(
        Signature(
            ("id", "requester_id", "responder_id", "status", "source", "created_at"),
            ("fr_due_by", "due_by", "is_escalated", "priority", "cc_emails"),
        ),
    ),
)
