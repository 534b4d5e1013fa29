"""HubSpot engagements, as its engagements API gives them (``GET /engagements/v1/engagements/paged``).

Field names are those of HubSpot's documentation of Engagements. An e-mail, a call and a meeting become one interaction with each
contact that took part; notes and tasks are work inside the company.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.bodies import plain_text, whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.moments import moment_at
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
)
from desireline.sources.formats.revisions import newest, revised_by

_MILLISECONDS = 0.001
REVISION = revised_by(key="engagement.id", changed="engagement.lastUpdated", unit=_MILLISECONDS, complete=True)
_DISPOSITIONS = {
    "9d9162e7-6cf3-4944-bf63-4dff82258764": "Busy",
    "f240bbac-87c9-4f6e-bf70-924b57d47db7": "Connected",
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "Left live message",
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "Left voicemail",
    "73a0d17f-1163-4015-bdd5-ec830791da20": "No answer",
    "17b47fee-58de-441e-a44c-c6300d46f273": "Wrong number",
}
"""The outcomes of calls that every account has from the start; those of an account's own are only numbers in its records."""

Actor = Literal["customer", "agent"]
Direction = Literal["inbound", "outbound", "internal"]


@dataclass(frozen=True, slots=True)
class _Step:
    """What is the same for all contacts of an engagement."""

    what: str
    channel: str
    touchpoint: str
    at: datetime
    direction: Direction | None = None
    actor: Actor | None = None
    duration: float | None = None
    outcome: str | None = None


def recognise(sample: Sample) -> float:
    """Sure of an engagement with its type beside the data that its type has."""
    if sample.container != "json":
        return 0.0
    parts = [(record.get("engagement"), record.get("metadata")) for record in sample.records]
    if any(isinstance(each, Mapping) and "type" in each and isinstance(more, Mapping) for each, more in parts):
        return 1.0
    return 0.0


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each engagement."""
    return newest(records, REVISION)


def convert(record: Record) -> list[FoundInteraction]:
    """The steps of an engagement, for each contact that it belongs to."""
    engagement_id = required_text(record, "engagement.id")
    kind = required_text(record, "engagement.type").upper()
    steps = _KINDS.get(kind, _other)(record)
    contacts: list[str | None] = [str(each) for each in list_at(record, "associations.contactIds") if each is not None]
    return [
        _interaction(record, engagement_id, step, contact, alone=len(contacts) < 2)
        for step in steps
        for contact in contacts or [None]
    ]


def _interaction(
    record: Record, engagement_id: str, step: _Step, contact: str | None, *, alone: bool
) -> FoundInteraction:
    identifiers = present(hubspot_contact=contact, **(_addresses(record, step) if alone else {}))
    if not identifiers:
        raise UnusableRecord("associations.contactIds", phrase("expected a contact, got none"), reason="no_identifier")
    return FoundInteraction(
        id=f"{engagement_id}:{step.what}" + (f":{contact}" if contact else ""),
        channel=step.channel,
        touchpoint=step.touchpoint,
        occurred_at=step.at,
        identifiers=identifiers,
        direction=step.direction,
        actor=step.actor,
        agent=text_at(record, "engagement.ownerId"),
        case=engagement_id,
        duration=step.duration,
        outcome=step.outcome,
        text=None if step.what == "completed" else _body(record),
        attributes=present(
            subject=text_at(record, "metadata.subject") or text_at(record, "metadata.title"),
            disposition=_own_disposition(record),
            deals=_ids(record, "dealIds"),
            companies=_ids(record, "companyIds"),
            tickets=_ids(record, "ticketIds"),
        ),
    )


def _email_sent(record: Record) -> list[_Step]:
    outcome = text_at(record, "metadata.status")
    return [_Step("email", "email", "Email sent", _at(record), "outbound", "agent", outcome=outcome)]


def _email_received(record: Record) -> list[_Step]:
    return [_Step("email", "email", "Email received", _at(record), "inbound", "customer")]


def _email_forwarded(record: Record) -> list[_Step]:
    return [_Step("email", "email", "Email logged", _at(record))]


def _call(record: Record) -> list[_Step]:
    direction = _call_direction(record)
    milliseconds = number_at(record, "metadata.durationMilliseconds")
    disposition = text_at(record, "metadata.disposition")
    outcome = _DISPOSITIONS.get(disposition or "") or text_at(record, "metadata.status") or disposition
    noted = direction == "outbound" or _body(record) is not None  # An agent wrote the note.
    actor: Actor | None = "agent" if noted else "customer" if direction == "inbound" else None
    duration = None if milliseconds is None else milliseconds * _MILLISECONDS
    return [_Step("call", "phone", "Call", _at(record), direction, actor, duration, outcome)]


def _meeting(record: Record) -> list[_Step]:
    start = moment_at(record, "metadata.startTime", unit=_MILLISECONDS)
    end = moment_at(record, "metadata.endTime", unit=_MILLISECONDS)
    outcome = text_at(record, "metadata.meetingOutcome")
    duration = seconds_between(start, end)
    return [_Step("meeting", "crm", "Meeting", start or _at(record), None, "agent", duration, outcome)]


def _task(record: Record) -> list[_Step]:
    """A task's ``timestamp`` is when it is due, so it is not used."""
    created_at = required_time(moment_at(record, "engagement.createdAt", unit=_MILLISECONDS), "engagement.createdAt")
    steps = [_Step("created", "crm", "Task created", created_at, "internal", "agent")]
    completed_at = moment_at(record, "metadata.completionDate", unit=_MILLISECONDS)
    status = text_at(record, "metadata.status")
    if completed_at is not None and status == "COMPLETED":
        steps.append(_Step("completed", "crm", "Task completed", completed_at, "internal", "agent", outcome=status))
    return steps


def _note(record: Record) -> list[_Step]:
    return [_Step("note", "crm", "Internal note", _at(record), "internal", "agent")]


def _other(record: Record) -> list[_Step]:
    """A kind that HubSpot added later: its own word is the touchpoint."""
    word = required_text(record, "engagement.type").replace("_", " ").capitalize()
    return [_Step("logged", "crm", word, _at(record))]


_KINDS: dict[str, Callable[[Record], list[_Step]]] = {
    "EMAIL": _email_sent,
    "INCOMING_EMAIL": _email_received,
    "FORWARDED_EMAIL": _email_forwarded,
    "CALL": _call,
    "MEETING": _meeting,
    "TASK": _task,
    "NOTE": _note,
}


def _at(record: Record) -> datetime:
    at = moment_at(record, "engagement.timestamp", unit=_MILLISECONDS)
    created_at = moment_at(record, "engagement.createdAt", unit=_MILLISECONDS)
    return required_time(at or created_at, "engagement.timestamp")


def _call_direction(record: Record) -> Direction | None:
    word = (text_at(record, "metadata.direction") or "").upper()
    return "inbound" if word == "INBOUND" else "outbound" if word == "OUTBOUND" else None


def _addresses(record: Record, step: _Step) -> dict[str, str | None]:
    """The customer's address, where the direction says which of the two sides is the customer."""
    if step.touchpoint == "Email received":
        return {"email": _address(text_at(record, "metadata.from.email"))}
    if step.touchpoint == "Email sent":
        to = list_at(record, "metadata.to")
        return {"email": _address(text_at(to[0], "email")) if len(to) == 1 and isinstance(to[0], Mapping) else None}
    if step.channel == "phone" and step.direction is not None:
        return {"phone": text_at(record, f"metadata.{'from' if step.direction == 'inbound' else 'to'}Number")}
    return {}


def _address(text: str | None) -> str | None:
    """The address alone of ``Ann Archer <ann@example.org>``."""
    return parseaddr(text)[1] if text else None


def _own_disposition(record: Record) -> str | None:
    disposition = text_at(record, "metadata.disposition")
    return None if disposition in _DISPOSITIONS else disposition


def _body(record: Record) -> str | None:
    words = whole_text(text_at(record, "metadata.text")) or plain_text(text_at(record, "metadata.html"))
    return words or plain_text(text_at(record, "metadata.body"))


def _ids(record: Record, name: str) -> str | None:
    return ", ".join(str(each) for each in list_at(record, f"associations.{name}")) or None


FORMAT = Format(
    name="hubspot_engagements",
    title=phrase("HubSpot engagements"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=REVISION,
    signatures=(Signature(("engagement", "metadata"), ("associations", "attachments")),),
    wrapper={"results": "", "hasMore": ""},
)
