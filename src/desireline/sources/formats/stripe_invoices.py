"""Stripe invoices: objects of its API as JSON, or the export of the page Invoices as CSV; one record an invoice.

Field names are those of "The Invoice object" in Stripe's API reference, and of the headers that Stripe's dashboard writes
(case does not matter). The API counts money in the smallest unit of a currency, the CSV file in units.

An invoice becomes "Invoice issued", "Invoice paid", "Invoice voided" and "Invoice written off", each where its time is in the
record. A draft becomes nothing: the customer has not seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.header_names import column, in_small_letters
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    epoch_at,
    present,
    required_text,
    text_at,
    time_at,
    value_at,
)
from desireline.sources.formats.stripe_amounts import amount_in_units, written_amount

_TIMES = {
    "issued": "status_transitions.finalized_at",
    "paid": "status_transitions.paid_at",
    "voided": "status_transitions.voided_at",
    "written off": "status_transitions.marked_uncollectible_at",
}
_COLUMNS = {
    "issued": ("Finalized At (UTC)",),
    "paid": ("Paid At (UTC)",),
    "voided": ("Voided At (UTC)",),
    "written off": ("Marked Uncollectible At (UTC)",),
}

_DIRECTIONS: Mapping[str, Literal["inbound", "outbound", "internal"]] = {"paid": "inbound", "written off": "internal"}


@dataclass(frozen=True, slots=True)
class _Invoice:
    """An invoice, whichever form it came in."""

    id: str
    times: dict[str, datetime | None]
    status: str | None
    paid: float | None
    automatic: bool
    identifiers: dict[str, str]
    attributes: dict[str, str]


def recognise(sample: Sample) -> float:
    """Sure by the kind of object that the API names, or by the columns of the export."""
    if sample.container == "json":
        kinds = [record.get("object") == "invoice" for record in sample.records]
        return 1.0 if kinds and sum(kinds) > 0.5 * len(kinds) else 0.0
    columns = in_small_letters(sample.columns)
    return 1.0 if {"id", "amount due", "amount paid", "finalized at (utc)"} <= columns else 0.0


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interactions of one invoice, in order of time.

    Raises
    ------
    UnusableRecord
        Another object, without id, or with a time or an amount that cannot be read.
    """
    if "object" not in record:
        invoice = _exported(record)
    elif record["object"] == "invoice":
        invoice = _from_api(record)
    else:
        raise UnusableRecord(
            "object", phrase("expected 'invoice', got {object!r}", object=record["object"]), reason="unknown_value"
        )
    found = [_interaction(invoice, what, moment) for what, moment in invoice.times.items() if moment is not None]
    return sorted(found, key=lambda each: each.occurred_at)


def _interaction(invoice: _Invoice, what: str, moment: datetime) -> FoundInteraction:
    paid = what == "paid"
    actor: Literal["customer", "system"] = "customer" if paid and not invoice.automatic else "system"
    return FoundInteraction(
        id=f"{invoice.id}:{what}",
        channel="billing",
        touchpoint=f"Invoice {what}",
        occurred_at=moment,
        identifiers=invoice.identifiers,
        direction=_DIRECTIONS.get(what, "outbound"),
        actor=actor,
        case=invoice.id,
        value=invoice.paid if paid else None,
        outcome=invoice.status if what == "issued" else None,
        attributes=invoice.attributes,
    )


def _from_api(record: Record) -> _Invoice:
    invoice = required_text(record, "id")
    currency = text_at(record, "currency")
    customer = value_at(record, "customer")
    expanded = customer if isinstance(customer, Mapping) else {"id": customer}
    return _Invoice(
        id=invoice,
        times={what: epoch_at(record, path) for what, path in _TIMES.items()},
        status=text_at(record, "status"),
        paid=amount_in_units(record, "amount_paid", currency=currency),
        automatic=text_at(record, "collection_method") != "send_invoice",
        identifiers=present(
            order=invoice,
            customer=text_at(expanded, "id"),
            email=text_at(record, "customer_email") or text_at(expanded, "email"),
            phone=text_at(record, "customer_phone") or text_at(expanded, "phone"),
        ),
        attributes=_attributes(
            number=text_at(record, "number"),
            due=amount_in_units(record, "amount_due", currency=currency),
            currency=currency,
            reason=text_at(record, "billing_reason"),
        ),
    )


def _exported(record: Record) -> _Invoice:
    invoice = required_text(record, column(record, "id"))
    billing = text_at(record, column(record, "Billing", "Collection Method"))
    return _Invoice(
        id=invoice,
        times={what: time_at(record, column(record, *names)) for what, names in _COLUMNS.items()},
        status=text_at(record, column(record, "Status")),
        paid=written_amount(record, column(record, "Amount Paid")),
        automatic=billing != "send_invoice",
        identifiers=present(
            order=invoice,
            customer=text_at(record, column(record, "Customer", "Customer ID")),
            email=text_at(record, column(record, "Customer Email")),
            phone=text_at(record, column(record, "Customer Phone")),
        ),
        attributes=_attributes(
            number=text_at(record, column(record, "Number")),
            due=written_amount(record, column(record, "Amount Due")),
            currency=text_at(record, column(record, "Currency")),
            reason=text_at(record, column(record, "Billing Reason")),
        ),
    )


def _attributes(*, number: str | None, due: float | None, currency: str | None, reason: str | None) -> dict[str, str]:
    return present(number=number, amount_due=None if due is None else f"{due:.2f}", currency=currency, reason=reason)


FORMAT = Format(
    name="stripe_invoices",
    title=phrase("Stripe invoices"),
    containers=("json", "csv"),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(
            ("object",),
            (
                "amount_due",
                "amount_paid",
                "amount_remaining",
                "status_transitions",
                "billing_reason",
                "collection_method",
            ),
        ),
    ),
    wrapper={"object": "list", "url": "/invoices"},
)
