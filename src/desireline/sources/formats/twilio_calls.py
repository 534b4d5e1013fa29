"""Twilio call records, as its Call resource gives them (``{"calls": [...]}``, JSON lines, or a table).

The field names are those of the Call resource in Twilio's client libraries; the command line of Twilio writes them in
camel case, which is read as well. One record is one leg: the customer's leg, and a child for everybody who was dialled
from it. The customer's leg becomes: started, and ended, not answered or abandoned; a child becomes: connected, or not
answered. The legs are one case under the call id (sid) of the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Revision, Sample, Signature
from desireline.sources.formats.reading import (
    number_at,
    present,
    required_text,
    required_time,
    text_at,
    time_at,
    value_at,
)

_RFC_2822 = "%a, %d %b %Y %H:%M:%S %z"
_WITHHELD = frozenset({"+266696687", "+86282452253", "+7378742833", "+2562533", "+8656696"})
"""What Twilio writes for callers who do not show their number: ANONYMOUS, UNAVAILABLE, RESTRICTED … on a keypad."""
_ANSWERED = ("in-progress", "completed")
_GIVEN_UP = ("no-answer", "canceled")
_UNANSWERED = ("busy", "failed", *_GIVEN_UP)
_PARENT = "_parent"
_LEGS = "_legs"
"""What :func:`_linked` adds to a record: its parent's record, and how many legs were dialled from it."""


def _recognise(sample: Sample) -> float:
    columns = {_snake(name) for name in sample.columns}
    if sample.container not in ("json", "csv") or not {"sid", "from", "to", "direction", "status"} <= columns:
        return 0.0
    first = sample.records[0] if sample.records else {}
    return 1.0 if str(first.get("sid")).startswith("CA") else 0.0


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def _linked(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """Every record with its parent's, and with the number of its own legs in the file."""
    all_records = [(number, {_snake(name): value for name, value in record.items()}) for number, record in records]
    by_sid = {str(record.get("sid")): record for _, record in all_records}
    legs = Counter(str(record.get("parent_call_sid")) for _, record in all_records)
    for number, record in all_records:
        parent = by_sid.get(str(record.get("parent_call_sid")))
        yield number, {**record, _PARENT: parent, _LEGS: legs[str(record.get("sid"))]}


def _revise(record: Record) -> Revision | None:
    record = {_snake(name): value for name, value in record.items()}
    sid = text_at(record, "sid")
    return None if sid is None else Revision(sid, _time(record, "date_updated"))


def _convert(record: Record) -> list[FoundInteraction]:
    return list(_interactions(record))  # All or nothing: a record that cannot be used gives none of its interactions.


def _interactions(record: Record) -> Iterator[FoundInteraction]:
    record = {_snake(name): value for name, value in record.items()}
    base = _base(record)
    if text_at(record, "parent_call_sid") is not None:
        yield from _leg(record, base)
        return
    yield replace(
        base,
        id=f"{base.id}:started",
        touchpoint="Call started",
        actor="agent" if base.direction == "outbound" else "customer",
        attributes=_attributes(record),
    )
    yield from _end(record, base)


def _base(record: Record) -> FoundInteraction:
    sid = required_text(record, "sid")
    case = text_at(record, "parent_call_sid") or sid
    started = _time(record, "start_time") or _time(record, "date_created")
    return FoundInteraction(
        id=sid,
        channel="phone",
        touchpoint="Call",
        occurred_at=required_time(started, "start_time"),
        identifiers=present(phone=_customer_phone(record), order=f"twilio:{case}"),
        case=case,
        direction=_direction(record),
        agent=_staff(record) or _staff(_first_leg(record)),
    )


def _time(record: Record, path: str) -> datetime | None:
    return time_at(record, path, formats=(_RFC_2822,))


def _first_leg(record: Record) -> Record:
    parent = value_at(record, _PARENT)
    return parent if isinstance(parent, dict) else record


def _is_lone_child(record: Record) -> bool:
    """A leg whose parent is not in the file: who called whom cannot be known."""
    return _first_leg(record) is record and text_at(record, "parent_call_sid") is not None


def _direction(record: Record) -> Literal["inbound", "outbound"] | None:
    """Outbound where the company called: through the API, or an agent from a browser or a desk phone."""
    if _is_lone_child(record):
        return None
    first = _first_leg(record)
    dialled = (text_at(first, "direction") or "").lower().startswith("outbound")
    return "outbound" if dialled or _is_staff(text_at(first, "from")) else "inbound"


def _is_staff(address: str | None) -> bool:
    return (address or "").startswith(("client:", "sip:"))


def _staff(record: Record) -> str | None:
    """The agent's end of this leg: a browser (client:) or a desk phone (sip:)."""
    ends = (text_at(record, "from"), text_at(record, "to"))
    return next((end.split(":", 1)[1] for end in ends if end is not None and _is_staff(end)), None)


def _customer_phone(record: Record) -> str | None:
    """The customer's number: who called, or who was called.

    A child leg was dialled to somebody: to the customer where an agent called, otherwise to an agent, and then the
    number is the parent's. Without the parent nothing is said about the number.
    """
    first = _first_leg(record)
    if _is_lone_child(record):
        number = None
    elif _is_staff(text_at(first, "from")):
        number = None if first is record else text_at(record, "to")
    else:
        number = text_at(first, "to" if _direction(record) == "outbound" else "from")
    return number if number is not None and _is_number(number) else None


def _is_number(address: str) -> bool:
    return address.lstrip("+").isdigit() and address not in _WITHHELD


def _leg(record: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    status = text_at(record, "status")
    if status in _ANSWERED:
        yield replace(
            base,
            id=f"{base.id}:connected",
            touchpoint="Call connected",
            actor="agent",
            duration=number_at(record, "duration"),
            attributes=_attributes(record),
        )
    elif status in _UNANSWERED:
        yield replace(
            base, id=f"{base.id}:not_answered", touchpoint="Call not answered", actor="system", outcome=status
        )


def _end(record: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    status = text_at(record, "status")
    ended = _time(record, "end_time")
    if ended is None:
        return
    part = replace(base, occurred_at=ended, outcome=status)
    if status in _GIVEN_UP and base.direction == "inbound":
        yield replace(part, id=f"{base.id}:abandoned", touchpoint="Call abandoned", actor="customer")
    elif status in _UNANSWERED:
        yield replace(part, id=f"{base.id}:not_answered", touchpoint="Call not answered", actor="system")
    else:
        # Where legs were dialled the time is counted with them: a minute of talk is one minute.
        duration = None if value_at(record, _LEGS) else number_at(record, "duration")
        yield replace(part, id=f"{base.id}:ended", touchpoint="Call ended", duration=duration)


def _attributes(record: Record) -> dict[str, str]:
    price = number_at(record, "price")
    unit = text_at(record, "price_unit") or ""
    return present(
        answered_by=text_at(record, "answered_by"),
        forwarded_from=text_at(record, "forwarded_from"),
        price=None if price is None else f"{abs(price):.10g} {unit}".strip(),
    )


FORMAT = Format(
    name="twilio_calls",
    title=phrase("Twilio calls"),
    containers=("json", "csv"),
    recognise=_recognise,
    convert=_convert,
    revision=_revise,
    prepare=_linked,
    records_path="calls",
    signatures=(
        Signature(
            ("sid", "from", "to", "direction", "status"),
            ("parent_call_sid", "account_sid", "answered_by", "price_unit", "queue_time"),
        ),
    ),
    wrapper={"calls": "", "page_size": ""},
)
