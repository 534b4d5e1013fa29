"""Responses of Medallia Agent Connect (formerly Stella Connect), from its Data Return API or its export.

Names of the fields: Medallia's page "Export Responses: field descriptions", which the Data Return API follows. The API may put
customer and employee into objects of their own, as its Requests API does; both spellings are read.

A request becomes "Survey sent", its response "Survey answered" with the stars as a CSAT score. Both belong to the case that was
rated (``ext_interaction_id``).
"""

from __future__ import annotations

from collections.abc import Iterable

from desireline.base import phrase
from desireline.sources.formats.headings import written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    number_at,
    present,
    required_text,
    required_time,
    text_at,
    value_at,
)

_WHETHER = frozenset({"yes", "no", "true", "false"})
"""The export says under ``comments`` only whether there are any."""


def _recognise(sample: Sample) -> float:
    return 1.0 if sample.columns >= {"request_id", "request_sent_at", "response_received_at", "star_rating"} else 0.0


def _convert(record: Record) -> Iterable[FoundInteraction]:
    request = required_text(record, "request_id")
    sent = required_time(written_time_at(record, "request_sent_at"), "request_sent_at")
    received = written_time_at(record, "response_received_at")
    stars = None if received is None else _stars(record)
    delivery = text_at(record, "request_delivery_status")
    identifiers = _identifiers(record) or {"session": request}
    agent = _agent(record)
    case = text_at(record, "ext_interaction_id")
    attributes = _attributes(record)
    if not (delivery or "").lower().startswith("not sent"):
        yield FoundInteraction(
            id=f"{request}:sent",
            channel="survey",
            touchpoint="Survey sent",
            occurred_at=sent,
            identifiers=identifiers,
            direction="outbound",
            actor="system",
            agent=agent,
            case=case,
            outcome=delivery,
            attributes=attributes,
        )
    if received is not None:
        yield FoundInteraction(
            id=f"{request}:answered",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=received,
            identifiers=identifiers,
            direction="inbound",
            actor="customer",
            agent=agent,
            case=case,
            score=stars,
            score_kind="CSAT",
            text=_comments(record),
            attributes={**attributes, **_said(record)},
        )


def _stars(record: Record) -> float:
    stars = number_at(record, "star_rating")
    if stars is None:
        raise UnusableRecord("star_rating", phrase("expected 1 to 5 stars, the field is empty"), reason="missing_value")
    if not 1 <= stars <= 5:
        raise UnusableRecord(
            "star_rating", phrase("expected 1 to 5 stars, got {stars:g}", stars=stars), reason="out_of_range"
        )
    return stars


def _identifiers(record: Record) -> dict[str, str]:
    return present(
        customer=_first(record, "customer_custom_id", "customer.custom_id"),
        email=_first(record, "request_sent_to", "customer_email", "customer.email"),
    )


def _agent(record: Record) -> str | None:
    return _first(
        record, "employee_custom_id", "employee.custom_id", "employee_email", "employee.email", "employee_last_name"
    )


def _attributes(record: Record) -> dict[str, str]:
    return present(about=text_at(record, "channel"), brand=text_at(record, "brand"), tags=_texts(record, "tags"))


def _said(record: Record) -> dict[str, str]:
    found = {
        "areas for improvement": _texts(record, "areas_for_improvement"),
        "reward": text_at(record, "reward_name"),
    }
    return {name: value for name, value in found.items() if value}


def _comments(record: Record) -> str | None:
    comments = text_at(record, "comments")
    return None if comments is None or comments.lower() in _WHETHER else comments


def _texts(record: Record, field: str) -> str | None:
    value = value_at(record, field)
    if not isinstance(value, list):
        return text_at(record, field)
    return "; ".join(str(each) for each in value if isinstance(each, str | int | float)) or None


def _first(record: Record, *fields: str) -> str | None:
    return next((text for field in fields if (text := text_at(record, field))), None)


FORMAT = Format(
    name="medallia_agent_connect",
    title=phrase("Medallia Agent Connect responses"),
    containers=("json", "csv"),
    recognise=_recognise,
    convert=_convert,
    assumes=phrase("Times that name no time zone are taken for UTC."),
    signatures=(
        Signature(
            ("request_id", "request_sent_at", "response_received_at", "star_rating"),
            ("request_sent_to", "ext_interaction_id", "areas_for_improvement"),
        ),
    ),
)
