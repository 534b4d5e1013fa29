"""Amazon Connect contact records (contact trace records), as its data streaming and S3 exports write them.

One record is one leg of a contact and comes again whenever it changes: of those with one ``ContactId`` the newest
counts. The field names are those of the data model of contact records in the Amazon Connect administrator guide. A leg
becomes: started (or transferred, or a callback requested), queued, connected, transferred out, wrap-up, and ended or
abandoned. The legs of one contact are one case; it ends with the leg that has no next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.reading import (
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
    value_at,
)
from desireline.sources.formats.revisions import newest, revised_by
from desireline.sources.formats.unknown_versions import unknown_version

Direction = Literal["inbound", "outbound"]
Actor = Literal["customer", "agent", "system"]

_CHANNELS = {"VOICE": "phone", "CHAT": "chat", "TASK": "crm", "EMAIL": "email"}
_NOUNS = {"phone": "Call", "chat": "Chat", "crm": "Task", "email": "Email", "sms": "Message"}
_DIRECTIONS: dict[str, Direction] = {
    "INBOUND": "inbound",
    "API": "inbound",
    "WEBRTC_API": "inbound",
    "OUTBOUND": "outbound",
    "EXTERNAL_OUTBOUND": "outbound",
    "AGENT_REPLY": "outbound",
    "CALLBACK": "outbound",
}
_STARTERS: dict[str, Actor] = {"OUTBOUND": "agent", "EXTERNAL_OUTBOUND": "agent", "AGENT_REPLY": "agent"}
_TRANSFERS = frozenset({"TRANSFER", "QUEUE_TRANSFER"})
_CONTINUATIONS = frozenset({"DISCONNECT", "FLOW"})
_NOT_A_CUSTOMER = "MONITOR"
"""A supervisor who listens in has a record of their own, which is no contact with a customer."""
_VERSION = "AWSContactTraceRecordFormatVersion"
_VERSIONS = ("2017-03-10",)
REVISION = revised_by(key="ContactId", changed="LastUpdateTimestamp", complete=True)


def _recognise(sample: Sample) -> float:
    if sample.container != "json" or "ContactId" not in sample.columns:
        return 0.0
    if _VERSION in sample.columns:
        return (
            0.8 if unknown_version(sample.records, _VERSION, known=_VERSIONS, title=phrase("contact records")) else 1.0
        )
    return 0.9 if {"InitiationMethod", "InitiationTimestamp"} <= sample.columns else 0.0


def _notices(records: Sequence[Record]) -> list[str]:
    found = unknown_version(records, _VERSION, known=_VERSIONS, title=phrase("contact records"))
    if not any(value_at(record, "LastUpdateTimestamp") for record in records):
        found.append(
            phrase(
                "No record has LastUpdateTimestamp: which delivery of a contact is the newest cannot be told, "
                "the last one in the file is taken."
            )
        )
    return found


def _newest(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    return newest(records, REVISION)


def _convert(record: Record) -> list[FoundInteraction]:
    return list(_interactions(record))  # All or nothing: a record that cannot be used gives none of its interactions.


def _interactions(record: Record) -> Iterator[FoundInteraction]:
    base = _base(record)
    if _method(record) == _NOT_A_CUSTOMER:
        return
    noun = _NOUNS.get(base.channel, "Contact")
    yield from _beginning(record, base, noun)
    yield from _queue(record, base, noun)
    yield from _agent(record, base, noun)
    yield from _transfer_out(record, base, noun)
    yield from _wrap_up(record, base, noun)
    yield from _end(record, base, noun)


def _base(record: Record) -> FoundInteraction:
    """What every interaction of the leg has in common."""
    contact = required_text(record, "ContactId")
    initial = text_at(record, "InitialContactId") or contact
    return FoundInteraction(
        id=contact,
        channel=_channel(record),
        touchpoint="Contact",
        occurred_at=required_time(time_at(record, "InitiationTimestamp"), "InitiationTimestamp"),
        identifiers=_identifiers(record, contact, initial),
        case=initial,
        direction=_DIRECTIONS.get(_method(record)),
        team=text_at(record, "Queue.Name"),
    )


def _method(record: Record) -> str:
    return (text_at(record, "InitiationMethod") or "").upper()


def _channel(record: Record) -> str:
    if (text_at(record, "SegmentAttributes.connect:Subtype.ValueString") or "").lower() == "connect:sms":
        return "sms"
    channel = text_at(record, "Channel") or "VOICE"
    return _CHANNELS.get(channel.upper(), channel.lower())


def _identifiers(record: Record, contact: str, initial: str) -> dict[str, str]:
    """The customer's own, the contact (so that its Contact Lens file joins) and the chain of legs as a visit."""
    address = text_at(record, "CustomerEndpoint.Address")
    kind = (text_at(record, "CustomerEndpoint.Type") or "TELEPHONE_NUMBER").upper()
    return present(
        customer=text_at(record, "CustomerId"),
        phone=address if kind == "TELEPHONE_NUMBER" else None,
        email=address if kind == "EMAIL_ADDRESS" else None,
        order=f"connect:{contact}",
        session=f"connect:{initial}",
    )


def _beginning(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    method = _method(record)
    if method in _CONTINUATIONS:
        return
    if method in _TRANSFERS:
        yield replace(base, id=f"{base.id}:transferred", touchpoint=f"{noun} transferred", actor="agent")
        return
    attributes = present(
        initiation_method=text_at(record, "InitiationMethod"), company_address=text_at(record, "SystemEndpoint.Address")
    )
    if method == "CALLBACK":
        attributes |= present(scheduled_for=text_at(record, "ScheduledTimestamp"))
        yield replace(
            base,
            id=f"{base.id}:requested",
            touchpoint="Callback requested",
            direction="inbound",
            actor="customer",
            attributes=attributes,
        )
        return
    yield replace(
        base,
        id=f"{base.id}:started",
        touchpoint=f"{noun} started",
        actor=_STARTERS.get(method, "customer"),
        team=None,
        attributes=attributes,
    )


def _queue(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    entered = time_at(record, "Queue.EnqueueTimestamp")
    if entered is not None:
        yield replace(base, id=f"{base.id}:queued", touchpoint=f"{noun} queued", occurred_at=entered, actor="system")


def _agent(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    connected = time_at(record, "Agent.ConnectedToAgentTimestamp")
    if connected is None:
        return
    yield replace(
        base,
        id=f"{base.id}:connected",
        touchpoint=f"{noun} connected",
        occurred_at=connected,
        actor="agent",
        agent=text_at(record, "Agent.Username"),
        wait=_wait(record, connected),
        duration=number_at(record, "Agent.AgentInteractionDuration"),
        hold=number_at(record, "Agent.CustomerHoldDuration"),
        attributes=present(
            holds=text_at(record, "Agent.NumberOfHolds"),
            routing_profile=text_at(record, "Agent.RoutingProfile.Name"),
        ),
    )


def _wait(record: Record, until: datetime | None) -> float | None:
    """Seconds in the queue, as the record has them or else as its times say."""
    entered = time_at(record, "Queue.EnqueueTimestamp")
    if entered is None:
        return None
    counted = number_at(record, "Queue.Duration")
    return counted if counted is not None else seconds_between(entered, until)


def _transfer_out(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    """The record has this time only for a transfer to somebody outside of Amazon Connect."""
    completed = time_at(record, "TransferCompletedTimestamp")
    if completed is not None:
        yield replace(
            base,
            id=f"{base.id}:transferred_out",
            touchpoint=f"{noun} transferred out",
            occurred_at=completed,
            actor="agent",
            agent=text_at(record, "Agent.Username"),
        )


def _wrap_up(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    begun = time_at(record, "Agent.AfterContactWorkStartTimestamp")
    if begun is None:
        return
    duration = number_at(record, "Agent.AfterContactWorkDuration")
    ended = time_at(record, "Agent.AfterContactWorkEndTimestamp")
    yield replace(
        base,
        id=f"{base.id}:wrap_up",
        touchpoint=f"{noun} wrap-up",
        occurred_at=begun,
        direction="internal",
        actor="agent",
        agent=text_at(record, "Agent.Username"),
        duration=duration if duration is not None else seconds_between(begun, ended),
    )


def _end(record: Record, base: FoundInteraction, noun: str) -> Iterator[FoundInteraction]:
    ended = time_at(record, "DisconnectTimestamp")
    if ended is None or text_at(record, "NextContactId") is not None:
        return
    reason = text_at(record, "DisconnectReason")
    if _was_abandoned(record, reason):
        yield replace(
            base,
            id=f"{base.id}:abandoned",
            touchpoint=f"{noun} abandoned",
            occurred_at=ended,
            actor="customer",
            wait=_wait(record, ended),
            outcome=reason,
        )
        return
    yield replace(
        base,
        id=f"{base.id}:ended",
        touchpoint=f"{noun} ended",
        occurred_at=ended,
        actor=_who_ended(reason),
        agent=text_at(record, "Agent.Username"),
        outcome=reason,
    )


def _was_abandoned(record: Record, reason: str | None) -> bool:
    """The customer left while waiting. Records from before 2021 have no reason."""
    waited = time_at(record, "Queue.EnqueueTimestamp") is not None
    connected = time_at(record, "Agent.ConnectedToAgentTimestamp") is not None
    return waited and not connected and reason in (None, "CUSTOMER_DISCONNECT")


def _who_ended(reason: str | None) -> Actor | None:
    if reason is None:
        return None
    if reason.startswith("CUSTOMER_"):
        return "customer"
    return "agent" if reason.startswith("AGENT_") else "system"


FORMAT = Format(
    name="amazon_connect",
    title=phrase("Amazon Connect contact records"),
    containers=("json",),
    recognise=_recognise,
    convert=_convert,
    prepare=_newest,
    revision=REVISION,
    signatures=(
        Signature(
            ("ContactId", "InitiationMethod", "InitiationTimestamp"),
            ("AWSContactTraceRecordFormatVersion", "LastUpdateTimestamp", "AWSAccountId", "Channel"),
        ),
    ),
    notices=_notices,
)
