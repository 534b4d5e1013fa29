"""Twilio TaskRouter events: what happened to the calls, chats and messages that wait for an agent in Twilio Flex.

The field names are those of the Event resource (``event_type``, ``event_date``, ``event_data`` …) and of the same
events in Twilio Event Streams (``type``, ``data.payload``); both name the details alike. One record is one event of
one task. It becomes: task created, queued, connected, transferred, wrap-up, ended, abandoned or cancelled. A task that
was made for a call is a part of the case of that call, so that it joins the records of Twilio calls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    epoch_at,
    number_at,
    present,
    required_text,
    required_time,
    text_at,
    time_at,
    value_at,
)
from desireline.sources.formats.unknown_versions import unknown_version

_STREAM = "com.twilio.taskrouter."
_CHANNELS = {"voice": "phone", "web": "chat", "webchat": "chat", "whatsapp": "social", "messenger": "social"}
_NOUNS = {"phone": "Call", "chat": "Chat", "sms": "Message", "social": "Message", "email": "Email"}
_HANG_UP = ("hangup", "hung up", "hang up")

_VERSIONS = {"specversion": ("1.0",)}


def _recognise(sample: Sample) -> float:
    if sample.container != "json":
        return 0.0
    if {"event_type", "event_data", "resource_sid"} <= sample.columns:
        return 1.0
    first = sample.records[0] if sample.records else {}
    return 1.0 if str(first.get("type")).startswith(_STREAM) else 0.0


def _notices(records: Sequence[Record]) -> list[str]:
    return [
        notice
        for path, known in _VERSIONS.items()
        for notice in unknown_version(records, path, known=known, title="Event Streams")
    ]


def _convert(record: Record) -> Iterator[FoundInteraction]:
    described = _DESCRIBED.get(_event_type(record))
    if described is None:
        return  # Events of workers, workflows and the like, and offers that an agent did not take.
    base = _base(record)
    yield described(_payload(record), base, _NOUNS.get(base.channel, "Contact"))


def _event_type(record: Record) -> str:
    if text_at(record, "event_type") is None and text_at(record, "type") is not None:
        return required_text(record, "type").removeprefix(_STREAM)
    return required_text(record, "event_type")


def _payload(record: Record) -> Record:
    """The details of the event: an object, or its JSON as text."""
    path = "data.payload" if isinstance(value_at(record, "data"), Mapping) else "event_data"
    value = value_at(record, path)
    found = _object_in(value) if isinstance(value, str) else value
    if not isinstance(found, Mapping):
        raise UnusableRecord(
            path, phrase("expected an object or its JSON, got {value!r}", value=value), reason=_why(value)
        )
    return found


def _why(value: Any) -> str:
    return "missing_value" if value is None else "unreadable_row"


def _object_in(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, Mapping) else None


def _base(record: Record) -> FoundInteraction:
    payload = _payload(record)
    task = text_at(payload, "task_sid") or _task_of(record)
    attributes = _task_attributes(payload)
    case = text_at(attributes, "call_sid") or task
    direction = _direction(attributes)
    return FoundInteraction(
        id=text_at(record, "sid") or text_at(record, "data.sid") or required_text(payload, "sid"),
        channel=_channel(payload, attributes),
        touchpoint="Contact",
        occurred_at=_occurred_at(record, payload),
        identifiers={**_customer(attributes, direction), "order": f"twilio:{case}"},
        direction=direction,
        actor="system",
        team=text_at(payload, "task_queue_name"),
        case=case,
    )


def _task_of(record: Record) -> str:
    """Events of the kind ``task`` are about their task; it may be left out of the details."""
    resource = text_at(record, "resource_sid")
    if resource is None or not resource.startswith("WT"):
        raise UnusableRecord(
            "event_data.task_sid", phrase("expected the id of a task, the field is empty"), reason="missing_value"
        )
    return resource


def _occurred_at(record: Record, payload: Record) -> datetime:
    milliseconds = epoch_at(record, "event_date_ms", unit=0.001)
    times = (milliseconds, time_at(record, "event_date"), time_at(record, "data.timestamp"))
    return required_time(
        next((time for time in times if time is not None), None) or time_at(payload, "timestamp"), "event_date"
    )


def _task_attributes(payload: Record) -> Record:
    """What the flow knew of the customer; Twilio blanks it after 30 days, so that it may be anything."""
    value = value_at(payload, "task_attributes")
    return (_object_in(value) if isinstance(value, str) else value if isinstance(value, Mapping) else None) or {}


def _channel(payload: Record, attributes: Record) -> str:
    name = (text_at(payload, "task_channel_unique_name") or "default").lower()
    if name in ("default", "chat"):
        name = (text_at(attributes, "channelType") or name).lower()
    if name == "default":
        return "phone" if text_at(attributes, "call_sid") else "crm"
    return _CHANNELS.get(name, name)


def _direction(attributes: Record) -> Literal["inbound", "outbound"] | None:
    told = (text_at(attributes, "direction") or "").lower()
    if told.startswith("outbound"):
        return "outbound"
    return "inbound" if told.startswith("inbound") else None


def _customer(attributes: Record, direction: str | None) -> dict[str, str]:
    """Whom the task is about: Flex keeps it in ``customers``, the flow in ``from``, ``caller`` or ``outbound_to``."""
    names = ("outbound_to", "to") if direction == "outbound" else ("caller", "from", "customerAddress")
    addresses = [text_at(attributes, "customers.phone"), *(text_at(attributes, name) for name in names)]
    numbers = (_number(address) for address in addresses)
    return present(
        customer=text_at(attributes, "customers.external_id"),
        email=text_at(attributes, "customers.email"),
        phone=next((number for number in numbers if number is not None), None),
    )


def _number(address: str | None) -> str | None:
    """A phone number, without the channel before it (``whatsapp:+44…``)."""
    bare = (address or "").rpartition(":")[2]
    return bare if bare.lstrip("+").isdigit() else None


def _created(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    return replace(
        base,
        id=f"{base.id}:created",
        touchpoint="Task created",
        team=None,
        attributes=present(workflow=text_at(payload, "workflow_name"), priority=text_at(payload, "task_priority")),
    )


def _queued(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    return replace(base, id=f"{base.id}:queued", touchpoint=f"{noun} queued")


def _connected(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    return replace(
        base,
        id=f"{base.id}:connected",
        touchpoint=f"{noun} connected",
        actor="agent",
        agent=text_at(payload, "worker_name"),
        wait=_age(payload),
    )


def _age(payload: Record) -> float | None:
    """Seconds since the task entered its queue, or else since it was made."""
    in_queue = number_at(payload, "task_age_in_queue")
    return in_queue if in_queue is not None else number_at(payload, "task_age")


def _transferred(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    return replace(
        base,
        id=f"{base.id}:transferred",
        touchpoint=f"{noun} transferred",
        actor="agent",
        agent=text_at(payload, "worker_name"),
        outcome=text_at(payload, "transfer_mode"),
    )


def _wrapped_up(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    return replace(
        base,
        id=f"{base.id}:wrap_up",
        touchpoint=f"{noun} wrap-up",
        direction="internal",
        actor="agent",
        agent=text_at(payload, "worker_name"),
    )


def _ended(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    reason = text_at(payload, "task_completed_reason") or text_at(payload, "reason")
    return replace(base, id=f"{base.id}:ended", touchpoint=f"{noun} ended", outcome=reason)


def _cancelled(payload: Record, base: FoundInteraction, noun: str) -> FoundInteraction:
    reason = text_at(payload, "task_canceled_reason") or text_at(payload, "reason")
    left = reason is not None and any(word in reason.lower() for word in _HANG_UP)
    what: Literal["abandoned", "cancelled"] = "abandoned" if left else "cancelled"
    return replace(
        base,
        id=f"{base.id}:{what}",
        touchpoint=f"{noun} {what}",
        actor="customer" if left else "system",
        wait=_age(payload) if left else None,
        outcome=reason,
    )


_DESCRIBED: dict[str, Callable[[Record, FoundInteraction, str], FoundInteraction]] = {
    "task.created": _created,
    "task-queue.entered": _queued,
    "reservation.accepted": _connected,
    "task.transfer-completed": _transferred,
    "reservation.wrapup": _wrapped_up,
    "task.completed": _ended,
    "task.canceled": _cancelled,
}


FORMAT = Format(
    name="twilio_taskrouter",
    title=phrase("Twilio TaskRouter events"),
    containers=("json",),
    recognise=_recognise,
    convert=_convert,
    records_path="events",
    signatures=(
        Signature(
            ("event_type", "event_data", "resource_sid"),
            ("resource_type", "actor_type", "actor_sid", "workspace_sid", "event_date_ms"),
        ),
    ),
    wrapper={"events": "", "meta": ""},
    notices=_notices,
)
