"""Intercom conversations, with their parts where the export has them (``GET /conversations/ID``).

Field names are those of Intercom's documentation of Conversations. A conversation becomes "Conversation started", every message in it,
hand-overs, "Conversation closed" and "Conversation reopened", and "Survey answered". A list of conversations has no parts; then the
first answer and the closing come from ``statistics``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from desireline.base import phrase
from desireline.sources.formats.bodies import plain_text, whole_text
from desireline.sources.formats.model import (
    Format,
    FoundInteraction,
    Record,
    Revision,
    Sample,
    Signature,
    UnusableRecord,
)
from desireline.sources.formats.moments import moment_at, step_id
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    value_at,
)
from desireline.sources.formats.revisions import newest

Actor = Literal["customer", "agent", "bot"]
Direction = Literal["inbound", "outbound"]

_ACTORS: dict[str, Actor] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "admin": "agent",
    "team": "agent",
    "bot": "bot",
}
_CHANNELS = {
    "conversation": "chat",
    "push": "app",
    "email": "email",
    "facebook": "social",
    "instagram": "social",
    "twitter": "social",
    "whatsapp": "chat",
    "sms": "sms",
    "phone_call": "phone",
    "phone_switch": "phone",
}
_MESSAGES = frozenset({"comment", "quick_reply"})
_ASSIGNMENTS = frozenset({"assignment", "assign_and_reopen", "default_assignment"})


def recognise(sample: Sample) -> float:
    """Sure of an object that says it is a conversation, with a source and a waiting customer."""
    if sample.container != "json" or not {"id", "source", "created_at"} <= sample.columns:
        return 0.0
    if not sample.columns & {"waiting_since", "conversation_rating", "admin_assignee_id", "conversation_parts"}:
        return 0.0
    return 1.0 if any(record.get("type") == "conversation" for record in sample.records) else 0.8


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each conversation."""
    return newest(records, revise)


def revise(conversation: Record) -> Revision | None:
    """By ``updated_at``; a conversation with all its parts is complete, one with statistics in their place is not."""
    conversation_id = text_at(conversation, "id")
    if conversation_id is None:
        return None
    parts = len(_items(conversation, "conversation_parts"))
    told = number_at(conversation, "conversation_parts.total_count")
    return Revision(
        conversation_id, moment_at(conversation, "updated_at"), complete=parts > 0 and told in (None, parts)
    )


def convert(conversation: Record) -> list[FoundInteraction]:
    """The steps of a conversation, in order of time."""
    conversation_id = required_text(conversation, "id")
    started_at = required_time(moment_at(conversation, "created_at"), "created_at")
    started = _started(conversation, conversation_id, started_at)
    parts = _items(conversation, "conversation_parts")
    steps = _from_parts(conversation, started, parts) if parts else _from_statistics(conversation, started)
    return sorted([started, *steps, *_rated(conversation, started)], key=lambda each: each.occurred_at)


def _started(conversation: Record, conversation_id: str, started_at: datetime) -> FoundInteraction:
    actor = _ACTORS.get(text_at(conversation, "source.author.type") or "")
    kind = text_at(conversation, "source.type")
    channel = _CHANNELS.get(kind or "conversation", "chat")
    return FoundInteraction(
        id=f"{conversation_id}:started",
        channel=channel,
        touchpoint="Conversation started",
        occurred_at=started_at,
        identifiers=_identifiers(conversation, conversation_id),
        direction=_direction(actor),
        actor=actor,
        case=conversation_id,
        text=plain_text(text_at(conversation, "source.body")),
        attributes=present(
            subject=plain_text(text_at(conversation, "source.subject") or text_at(conversation, "title")),
            delivered_as=text_at(conversation, "source.delivered_as"),
            page=text_at(conversation, "source.url"),
            priority=text_at(conversation, "priority"),
            state=text_at(conversation, "state"),
            tags=", ".join(text_at(tag, "name") or "" for tag in _items(conversation, "tags")),
            source_type=kind if kind not in _CHANNELS else None,
        ),
    )


def _from_parts(conversation: Record, started: FoundInteraction, parts: list[Record]) -> list[FoundInteraction]:
    found: list[FoundInteraction] = []
    answered = started.actor == "agent"
    said = [started.text] if started.actor == "customer" and started.text else []
    for place, part in enumerate(parts):
        step = _part(conversation, started, part, place)
        if step is None:
            continue
        if step.actor == "customer" and step.text:
            said.append(step.text)
        if step.touchpoint == "Conversation closed":
            step, said = replace(step, turns=tuple(said)), []
        if step.touchpoint == "Message sent" and step.actor == "agent" and not answered:
            step, answered = _as_first_answer(started, step), True
        found.append(step)
    return found


def _part(conversation: Record, started: FoundInteraction, part: Record, place: int) -> FoundInteraction | None:
    """One part as an interaction; ``None`` for what is no contact (tags, snoozing, somebody added)."""
    kind = text_at(part, "part_type") or ""
    if kind not in _MESSAGES | _ASSIGNMENTS | {"note", "open", "close", "close_conversation"}:
        return None
    where = f"conversation_parts[{place}]"
    at = required_time(_part_time(part, where), f"{where}.created_at")
    part_id = text_at(part, "id") or str(place + 1)
    actor = _ACTORS.get(text_at(part, "author.type") or "")
    step = replace(
        started,
        id=f"{started.case}:part:{part_id}",
        occurred_at=at,
        identifiers=_author(part, started) if actor == "customer" else started.identifiers,
        direction="internal",
        actor=actor,
        agent=text_at(part, "author.id") if actor == "agent" else None,
        text=plain_text(text_at(part, "body")),
        attributes={},
    )
    if kind in _MESSAGES:
        touchpoint = "Message received" if actor == "customer" else "Message sent"
        return replace(step, touchpoint=touchpoint, direction=_direction(actor))
    if kind == "note":
        return replace(step, touchpoint="Internal note")
    if kind in _ASSIGNMENTS:
        return replace(step, touchpoint="Conversation assigned", **_assignee(part))
    if kind == "open":
        return replace(step, touchpoint="Conversation reopened", direction=_direction(actor))
    return replace(
        step,
        id=step_id(str(started.case), "closed", at),
        touchpoint="Conversation closed",
        direction=_direction(actor),
        wait=seconds_between(started.occurred_at, at),
    )


def _from_statistics(conversation: Record, started: FoundInteraction) -> list[FoundInteraction]:
    answered_at = moment_at(conversation, "statistics.first_admin_reply_at")
    closed_at = moment_at(conversation, "statistics.last_close_at")
    plain = replace(started, direction="outbound", actor="agent", text=None, attributes={})
    plain = replace(plain, team=text_at(conversation, "team_assignee_id"))
    found: list[FoundInteraction] = []
    if answered_at is not None and started.actor != "agent":
        found.append(_as_first_answer(started, replace(plain, occurred_at=answered_at)))
    if closed_at is not None:
        found.append(
            replace(
                plain,
                id=step_id(str(started.case), "closed", closed_at),
                touchpoint="Conversation closed",
                occurred_at=closed_at,
                wait=seconds_between(started.occurred_at, closed_at),
                agent=text_at(conversation, "statistics.last_closed_by_id"),
                attributes=present(reopens=text_at(conversation, "statistics.count_reopens")),
            )
        )
    return found


def _as_first_answer(started: FoundInteraction, step: FoundInteraction) -> FoundInteraction:
    """The same id whether it comes from a part or from the statistics."""
    return replace(
        step,
        id=f"{started.case}:answered",
        touchpoint="Conversation answered",
        wait=seconds_between(started.occurred_at, step.occurred_at),
    )


def _rated(conversation: Record, started: FoundInteraction) -> list[FoundInteraction]:
    rating = number_at(conversation, "conversation_rating.rating")
    at = moment_at(conversation, "conversation_rating.created_at")
    if rating is None or at is None:
        return []
    return [
        replace(
            started,
            id=f"{started.case}:rated",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=at,
            direction="inbound",
            actor="customer",
            agent=text_at(conversation, "conversation_rating.teammate.id"),
            score=rating,
            score_kind="CSAT",
            text=whole_text(text_at(conversation, "conversation_rating.remark")),
            attributes={},
        )
    ]


def _identifiers(conversation: Record, conversation_id: str) -> dict[str, str]:
    """The first contact: number in Intercom, the company's own number for the user, and the address written from."""
    contact = next(iter(_items(conversation, "contacts")), None) or {}
    author: Record = value_at(conversation, "source.author") or {}
    by_contact = _ACTORS.get(text_at(author, "type") or "") == "customer"
    own = text_at(contact, "id") or (text_at(author, "id") if by_contact else None)
    return present(
        intercom_contact=own or text_at(conversation, "user.id"),
        user=text_at(contact, "external_id"),
        email=text_at(author, "email") if by_contact and own in (None, text_at(author, "id")) else None,
        order=f"intercom:{conversation_id}",
    )


def _author(part: Record, started: FoundInteraction) -> dict[str, str]:
    """Who wrote the part, where it is another of the contacts than the one who started."""
    own = text_at(part, "author.id")
    if own in (None, started.identifiers.get("intercom_contact")):
        return dict(started.identifiers)
    return present(intercom_contact=own, email=text_at(part, "author.email"), order=started.identifiers["order"])


def _assignee(part: Record) -> dict[str, Any]:
    assigned = text_at(part, "assigned_to.id")
    return {"team": assigned} if text_at(part, "assigned_to.type") == "team" else {"agent": assigned}


def _direction(actor: Actor | None) -> Direction | None:
    return None if actor is None else "inbound" if actor == "customer" else "outbound"


def _part_time(part: Record, where: str) -> datetime | None:
    try:
        return moment_at(part, "created_at")
    except UnusableRecord as error:
        raise UnusableRecord(f"{where}.created_at", error.message, reason=error.reason) from error


def _items(conversation: Record, name: str) -> list[Record]:
    """A list, either plain or wrapped as Intercom does: ``{"type": "contact.list", "contacts": [...]}``."""
    value = value_at(conversation, name)
    items = list_at(value, name) if isinstance(value, Mapping) else list_at(conversation, name)
    return [item for item in items if isinstance(item, Mapping)]


FORMAT = Format(
    name="intercom_conversations",
    title=phrase("Intercom conversations"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=revise,
    transcripts=True,
    signatures=(
        Signature(
            ("id", "source", "created_at"),
            ("waiting_since", "conversation_parts", "admin_assignee_id", "conversation_rating", "snoozed_until"),
        ),
    ),
    wrapper={"type": "list", "conversations": ""},
)
