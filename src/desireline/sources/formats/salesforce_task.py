"""Salesforce tasks: calls and e-mails that were logged, and things to do; from Data Loader, a report or the API.

Field names are those of the Task object in Salesforce's object reference, labels those of its activity reports. A call that was held
becomes "Call", an e-mail "Email"; anything else is work inside the company: "Task created" and "Task completed".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.bodies import whole_text
from desireline.sources.formats.model import (
    Format,
    FoundInteraction,
    Record,
    Revision,
    Sample,
    Signature,
    UnusableRecord,
)
from desireline.sources.formats.reading import number_at, present, required_time, text_at
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
        *(
            "Id",
            "WhoId",
            "WhatId",
            "AccountId",
            "Subject",
            "ActivityDate",
            "Status",
            "Priority",
            "OwnerId",
            "Description",
        ),
        *(
            "IsClosed",
            "CallDurationInSeconds",
            "CallType",
            "CallDisposition",
            "CallObject",
            "TaskSubtype",
            "CreatedDate",
        ),
        *("LastModifiedDate", "CompletedDateTime"),
    ),
    {
        "Activity ID": "Id",
        "Name ID": "WhoId",
        "Related To ID": "WhatId",
        "Account ID": "AccountId",
        "Contact ID": "WhoId",
        "Lead ID": "WhoId",
        "Assigned": "OwnerName",
        "Owner.Name": "OwnerName",
        "Who.Email": "WhoEmail",
        "Email": "WhoEmail",
        "Call Duration": "CallDurationInSeconds",
        "Call Result": "CallDisposition",
        "Call Type": "CallType",
        "Call Object Identifier": "CallObject",
        "Task Subtype": "TaskSubtype",
        "Created Date": "CreatedDate",
        "Completed Date/Time": "CompletedDateTime",
        "Full Comments": "Description",
        "Comments": "Description",
        "Closed": "IsClosed",
        "Last Modified Date": "LastModifiedDate",
    },
)
_TIMES = frozenset({"CreatedDate", "CompletedDateTime", "LastModifiedDate"})
_DIRECTIONS: dict[str, Literal["inbound", "outbound", "internal"]] = {
    "inbound": "inbound",
    "outbound": "outbound",
    "internal": "internal",
}


def recognise(sample: Sample) -> float:
    """Sure of an object that says it is a Task, or of a person with a due date and a field of calls."""
    if sample.container not in FORMAT.containers:
        return 0.0
    if any(_object_type(record) == "Task" for record in sample.records):
        return 1.0
    bares = {bare(column) for column in sample.columns}
    of_calls = bares & {"tasksubtype", "calltype", "calldurationinseconds", "calldisposition", "callresult"}
    of_people = bares & {"whoid", "whatid", "nameid", "relatedtoid"}
    return 0.95 if of_people and of_calls and "startdatetime" not in bares else 0.0


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each task; times as one and the same order of day and month."""
    return newest(with_plain_times(records, NAMES, _TIMES), revise)


def revise(record: Record) -> Revision | None:
    """By the id and the last modified date."""
    return revised(record, NAMES, "Id")


def convert(record: Record) -> list[FoundInteraction]:
    """The call, the e-mail, or the steps of a thing to do."""
    return converted(record, NAMES, _steps)


def _steps(task: Record) -> list[FoundInteraction]:
    task_id, identifiers = required_id(task, "Id"), _identifiers(task)
    subtype = (text_at(task, "TaskSubtype") or "").lower()
    if _done(task) and (subtype == "call" or text_at(task, "CallType") or text_at(task, "CallDurationInSeconds")):
        return [_call(task, task_id, identifiers)]
    if _done(task) and subtype in ("email", "listemail"):
        return [_email(task, task_id, identifiers, to_many=subtype == "listemail")]
    return _work(task, task_id, identifiers)


def _call(task: Record, task_id: str, identifiers: Mapping[str, str]) -> FoundInteraction:
    direction = _DIRECTIONS.get((text_at(task, "CallType") or "").lower())
    at = moment_at(task, "CompletedDateTime") or moment_at(task, "CreatedDate")
    return FoundInteraction(
        id=f"{task_id}:call",
        channel="phone",
        touchpoint="Call",
        occurred_at=required_time(at, "CreatedDate"),
        identifiers=identifiers,
        direction=direction,
        actor="agent",
        agent=_owner(task),
        case=_case(task),
        duration=number_at(task, "CallDurationInSeconds"),
        outcome=text_at(task, "CallDisposition"),
        text=whole_text(text_at(task, "Description")),
        attributes=present(subject=text_at(task, "Subject"), recording=text_at(task, "CallObject")),
    )


def _email(task: Record, task_id: str, identifiers: Mapping[str, str], *, to_many: bool) -> FoundInteraction:
    at = moment_at(task, "CompletedDateTime") or moment_at(task, "CreatedDate")
    return FoundInteraction(
        id=f"{task_id}:email",
        channel="email",
        touchpoint="Email",
        occurred_at=required_time(at, "CreatedDate"),
        identifiers=identifiers,
        direction="outbound" if to_many else None,
        actor="agent" if to_many else None,
        agent=_owner(task),
        case=_case(task),
        text=whole_text(text_at(task, "Description")),
        attributes=present(subject=text_at(task, "Subject")),
    )


def _work(task: Record, task_id: str, identifiers: Mapping[str, str]) -> list[FoundInteraction]:
    steps = [("created", "Task created", required_time(moment_at(task, "CreatedDate"), "CreatedDate"))]
    completed_at = moment_at(task, "CompletedDateTime")
    if completed_at is not None:
        steps.append(("completed", "Task completed", completed_at))
    return [
        FoundInteraction(
            id=f"{task_id}:{what}",
            channel="crm",
            touchpoint=touchpoint,
            occurred_at=at,
            identifiers=identifiers,
            direction="internal",
            actor="agent",
            agent=_owner(task),
            case=_case(task),
            outcome=text_at(task, "Status") if what == "completed" else None,
            attributes=present(subject=text_at(task, "Subject"), priority=text_at(task, "Priority")),
        )
        for what, touchpoint, at in steps
    ]


def _done(task: Record) -> bool:
    """Whether it happened, or is only planned."""
    closed = true_at(task, "IsClosed") or (text_at(task, "Status") or "").lower() == "completed"
    return closed or any(
        text_at(task, name) for name in ("CompletedDateTime", "CallDurationInSeconds", "CallDisposition")
    )


def _identifiers(task: Record) -> dict[str, str]:
    case = _case(task)
    person = id_at(task, "WhoId")
    email = text_at(task, "WhoEmail")
    account = None if person or email or case else id_at(task, "AccountId") or id_at(task, "WhatId", prefix="001")
    found = present(salesforce_contact=person, salesforce_account=account, email=email, order=case)
    if not found:
        raise UnusableRecord(
            "WhoId", phrase("expected a contact, a lead, a case or an account, got none"), reason="no_identifier"
        )
    return found


def _case(task: Record) -> str | None:
    return id_at(task, "WhatId", prefix="500")


def _owner(task: Record) -> str | None:
    return text_at(task, "OwnerName") or id_at(task, "OwnerId")


def _object_type(record: Record) -> str | None:
    kind = record.get("attributes")
    return kind.get("type") if isinstance(kind, Mapping) else None


FORMAT = Format(
    name="salesforce_task",
    title=phrase("Salesforce tasks"),
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
        Signature(
            ("WhoId", "TaskSubtype"), ("WhatId", "ActivityDate", "CallDurationInSeconds", "CallType", "CallDisposition")
        ),
    ),
)
