"""Salesforce cases: from Data Loader, from a report, or from the API.

Field names are those of the Case object in Salesforce's object reference, labels those of its case reports. A case becomes "Case
created" and, where it has a time for it, "Case closed".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from desireline.base import phrase
from desireline.sources.formats.bodies import whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Revision, Sample, Signature
from desireline.sources.formats.moments import step_id
from desireline.sources.formats.reading import (
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
)
from desireline.sources.formats.revisions import newest
from desireline.sources.formats.salesforce import (
    bare,
    converted,
    id_at,
    known_names,
    moment_at,
    required_id,
    revised,
    true_at,
    with_plain_times,
)

NAMES = known_names(
    (
        *("Id", "CaseNumber", "ContactId", "AccountId", "ParentId", "SuppliedEmail", "SuppliedPhone", "ContactEmail"),
        *("ContactPhone", "Type", "Status", "Reason", "Origin", "Subject", "Priority", "Description", "OwnerId"),
        *("CreatedDate", "ClosedDate", "IsClosed", "IsEscalated", "LastModifiedDate"),
    ),
    {
        "Case ID": "Id",
        "Case Number": "CaseNumber",
        "Contact ID": "ContactId",
        "Account ID": "AccountId",
        "Web Email": "SuppliedEmail",
        "Web Phone": "SuppliedPhone",
        "Contact.Email": "ContactEmail",
        "Contact.Phone": "ContactPhone",
        "Contact: Email": "ContactEmail",
        "Contact: Phone": "ContactPhone",
        "Case Reason": "Reason",
        "Case Origin": "Origin",
        "Case Owner": "OwnerName",
        "Owner.Name": "OwnerName",
        "Date/Time Opened": "CreatedDate",
        "Opened Date": "CreatedDate",
        "Date/Time Closed": "ClosedDate",
        "Closed Date": "ClosedDate",
        "Case Last Modified Date": "LastModifiedDate",
        "Last Modified Date": "LastModifiedDate",
        "Escalated": "IsEscalated",
        "Closed": "IsClosed",
    },
)
_TIMES = frozenset({"CreatedDate", "ClosedDate", "LastModifiedDate"})
_CHANNELS = (
    ("phone", ("phone", "call", "voice", "telefon")),
    ("email", ("email", "e-mail", "mail")),
    ("chat", ("chat", "messaging", "whatsapp")),
    ("sms", ("sms", "text message")),
    ("social", ("social", "twitter", "facebook", "instagram")),
    ("web", ("web", "portal", "community", "self-service", "self service")),
    ("store", ("store", "branch", "in person", "shop")),
    ("app", ("app", "mobile")),
)


def recognise(sample: Sample) -> float:
    """Sure of an object that says it is a Case, or of the two columns that only cases have."""
    if sample.container not in FORMAT.containers:
        return 0.0
    if any(_object_type(record) == "Case" for record in sample.records):
        return 1.0
    bares = {bare(column) for column in sample.columns}
    opened = bares & {"createddate", "datetimeopened", "openeddate"}
    return 0.95 if "casenumber" in bares and opened else 0.0


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each case; times as one and the same order of day and month."""
    return newest(with_plain_times(records, NAMES, _TIMES), revise)


def revise(record: Record) -> Revision | None:
    """By the id, or the number of the case, and its last modified date."""
    return revised(record, NAMES, "Id", "CaseNumber")


def convert(record: Record) -> list[FoundInteraction]:
    """The steps of a case that have a time."""
    return converted(record, NAMES, _steps)


def _steps(case: Record) -> list[FoundInteraction]:
    case_id = required_id(case, "Id") if text_at(case, "Id") else required_text(case, "CaseNumber")
    created_at = required_time(moment_at(case, "CreatedDate"), "CreatedDate")
    closed_at = moment_at(case, "ClosedDate")
    found = [_created(case, case_id, created_at)]
    if closed_at is not None:
        found.append(_closed(case, case_id, created_at, closed_at))
    return found


def _created(case: Record, case_id: str, created_at: datetime) -> FoundInteraction:
    channel = channel_of(text_at(case, "Origin"))
    return FoundInteraction(
        id=f"{case_id}:created",
        channel=channel,
        touchpoint="Case created",
        occurred_at=created_at,
        identifiers=_identifiers(case, case_id),
        direction="inbound",
        actor="agent" if channel == "phone" else "customer",  # Of a call an agent writes the description.
        case=case_id,
        text=whole_text(text_at(case, "Description")),
        attributes=present(
            case_number=text_at(case, "CaseNumber"),
            subject=text_at(case, "Subject"),
            type=text_at(case, "Type"),
            reason=text_at(case, "Reason"),
            origin=text_at(case, "Origin"),
            priority=text_at(case, "Priority"),
            status=text_at(case, "Status"),
            escalated="yes" if true_at(case, "IsEscalated") else None,
            account=id_at(case, "AccountId"),
            parent=id_at(case, "ParentId"),
        ),
    )


def _closed(case: Record, case_id: str, created_at: datetime, closed_at: datetime) -> FoundInteraction:
    return FoundInteraction(
        id=step_id(case_id, "closed", closed_at),
        channel=channel_of(text_at(case, "Origin")),
        touchpoint="Case closed",
        occurred_at=closed_at,
        identifiers=_identifiers(case, case_id),
        direction="outbound",
        actor="agent",
        agent=text_at(case, "OwnerName") or id_at(case, "OwnerId", prefix="005"),
        team=id_at(case, "OwnerId", prefix="00G"),
        case=case_id,
        wait=seconds_between(created_at, closed_at),
        outcome=text_at(case, "Status"),
        attributes=present(reason=text_at(case, "Reason")),
    )


def channel_of(origin: str | None) -> str:
    """The channel by the words of a case's origin, which companies choose themselves; otherwise ``crm``.

    >>> channel_of("Phone - Billing"), channel_of("Web Chat"), channel_of("Trade fair")
    ('phone', 'chat', 'crm')
    """
    words = (origin or "").lower()
    return next((channel for channel, signs in _CHANNELS if any(sign in words for sign in signs)), "crm")


def _identifiers(case: Record, case_id: str) -> dict[str, str]:
    """The company's account stands in only where nothing points at a person: many people share one."""
    contact = id_at(case, "ContactId")
    email = text_at(case, "ContactEmail") or text_at(case, "SuppliedEmail")
    phone = text_at(case, "ContactPhone") or text_at(case, "SuppliedPhone")
    account = None if contact or email or phone else id_at(case, "AccountId")
    own = case_id if text_at(case, "Id") else f"salesforce:{case_id}"
    return present(salesforce_contact=contact, salesforce_account=account, email=email, phone=phone, order=own)


def _object_type(record: Record) -> str | None:
    kind = record.get("attributes")
    return kind.get("type") if isinstance(kind, Mapping) else None


FORMAT = Format(
    name="salesforce_case",
    title=phrase("Salesforce cases"),
    containers=("csv", "json", "xlsx"),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=revise,
    assumes=phrase(
        "Times of a report name no time zone: UTC is assumed. Where no row tells the day from "
        "the month, the clock does."
    ),
    signatures=(
        Signature(("CaseNumber", "CreatedDate"), ("ContactId", "SuppliedEmail", "Origin", "IsEscalated", "IsClosed")),
    ),
)
