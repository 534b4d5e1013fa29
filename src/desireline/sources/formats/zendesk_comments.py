"""Zendesk ticket comments (``GET /api/v2/tickets/ID/comments.json``), each with the ``ticket_id`` it belongs to.

Field names are those of Zendesk's documentation of Ticket Comments; exporting tools add ``ticket_id``. A comment becomes one
interaction: what the customer wrote, what an agent answered, an internal note, or a call. Who wrote is only said where the record
says it: by ``author.role``, or by a ``requester_id`` beside ``author_id``.
"""

from __future__ import annotations

from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.bodies import plain_text, whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.reading import number_at, present, required_text, required_time, text_at, time_at
from desireline.sources.formats.zendesk import channel_of, pointers, unknown_channel

Actor = Literal["customer", "agent", "system"]
Direction = Literal["inbound", "outbound", "internal"]

_ROLES: dict[str, Actor] = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_TOUCHPOINTS: dict[Actor | None, str] = {
    "customer": "Customer comment",
    "agent": "Agent reply",
    "system": "Automatic reply",
    None: "Ticket comment",
}
_DIRECTIONS: dict[Actor | None, Direction | None] = {
    "customer": "inbound",
    "agent": "outbound",
    "system": "outbound",
    None: None,
}


def recognise(sample: Sample) -> float:
    """Sure of an author and a public mark together with a field that only Zendesk's comments have."""
    if sample.container != "json" or not {"id", "author_id", "public", "created_at"} <= sample.columns:
        return 0.0
    return 0.95 if sample.columns & {"audit_id", "plain_body", "html_body"} else 0.4


def convert(comment: Record) -> list[FoundInteraction]:
    """The comment as one interaction."""
    comment_id, ticket_id = required_text(comment, "id"), required_text(comment, "ticket_id")
    if text_at(comment, "type") == "VoiceComment":
        return [_call(comment, comment_id, ticket_id)]
    private = text_at(comment, "public") == "false"
    actor: Actor | None = "agent" if private else _actor(comment)
    author = text_at(comment, "author_id")
    return [
        FoundInteraction(
            id=f"{comment_id}:written",
            channel=channel_of(comment),
            touchpoint="Internal note" if private else _TOUCHPOINTS[actor],
            occurred_at=required_time(time_at(comment, "created_at"), "created_at"),
            identifiers=_identifiers(comment, ticket_id, actor),
            direction="internal" if private else _DIRECTIONS[actor],
            actor=actor,
            agent=author if actor == "agent" else None,
            case=ticket_id,
            text=_body(comment),
            attributes=present(via=unknown_channel(comment)),
        )
    ]


def _call(comment: Record, comment_id: str, ticket_id: str) -> FoundInteraction:
    rel = text_at(comment, "via.source.rel")
    direction: Direction | None = (
        "outbound" if rel == "outbound" else "inbound" if rel in ("inbound", "voicemail") else None
    )
    number = {"inbound": text_at(comment, "data.from"), "outbound": text_at(comment, "data.to")}.get(direction or "")
    answered_by = text_at(comment, "data.answered_by_id")
    started_at = time_at(comment, "data.started_at") or time_at(comment, "created_at")
    return FoundInteraction(
        id=f"{comment_id}:call",
        channel="phone",
        touchpoint="Call",
        occurred_at=required_time(started_at, "created_at"),
        identifiers=pointers(ticket_id, requester=text_at(comment, "requester_id"), phone=number),
        direction=direction,
        actor="agent" if direction == "outbound" or answered_by else "customer" if direction == "inbound" else None,
        agent=answered_by,
        case=ticket_id,
        duration=number_at(comment, "data.call_duration"),
        text=_body(comment),
    )


def _actor(comment: Record) -> Actor | None:
    role = text_at(comment, "author.role")
    if role is not None:
        return _ROLES.get(role)
    if text_at(comment, "via.channel") in ("rule", "system"):
        return "system"
    requester = text_at(comment, "requester_id")
    return "customer" if requester is not None and requester == text_at(comment, "author_id") else None


def _identifiers(comment: Record, ticket_id: str, actor: Actor | None) -> dict[str, str]:
    written = actor == "customer"
    author = text_at(comment, "author_id") if written else None
    address = text_at(comment, "via.source.from.address") if channel_of(comment) == "email" else None
    return pointers(
        ticket_id,
        requester=text_at(comment, "requester_id") or author,
        email=(text_at(comment, "author.email") or address) if written else None,
    )


def _body(comment: Record) -> str | None:
    words = text_at(comment, "plain_body") or text_at(comment, "body")
    return whole_text(words) or plain_text(text_at(comment, "html_body"))


FORMAT = Format(
    name="zendesk_comments",
    title=phrase("Zendesk ticket comments"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(("id", "author_id", "public", "created_at"), ("audit_id", "plain_body", "html_body", "via")),
    ),
    wrapper={"comments": ""},
)
