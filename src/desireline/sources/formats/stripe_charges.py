"""Stripe payments: charges of its API as JSON, or the export of the page Payments as CSV; one record a payment.

Field names are those of "The Charge object" in Stripe's API reference, and of the headers that Stripe's dashboard writes
("Created (UTC)" in older exports, "Created date (UTC)" in newer ones; case does not matter). The API counts money in the
smallest unit of a currency, the CSV file in units.

A payment becomes "Payment made", "Payment failed", "Payment authorised" (not captured) or "Payment started" (no result yet);
each refund with a time "Payment refunded", a dispute with a time "Payment disputed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.header_names import column, in_small_letters
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    epoch_at,
    present,
    required_text,
    required_time,
    text_at,
    time_at,
    value_at,
)
from desireline.sources.formats.stripe_amounts import amount_in_units, written_amount

SETTLED = frozenset(
    {"succeeded", "paid", "refunded", "partial refund", "partially refunded", "partially_refunded", "disputed"}
)
"""States of a payment that went through, whatever happened to it later."""

FAILED = frozenset({"failed", "blocked", "declined"})
_EXPORT = frozenset({"id", "amount", "amount refunded", "currency", "status"})
_CREATED = ("Created date (UTC)", "Created (UTC)")


@dataclass(frozen=True, slots=True)
class _Payment:
    """A payment, whichever form it came in."""

    id: str
    moment: datetime
    status: str
    captured: bool
    amount: float | None
    case: str
    identifiers: dict[str, str]
    attributes: dict[str, str]
    failure: str | None


def recognise(sample: Sample) -> float:
    """Sure by the kind of object that the API names, or by the columns of the export."""
    if sample.container == "json":
        return 1.0 if sample.records and _share(sample.records, "charge") > 0.5 else 0.0
    columns = in_small_letters(sample.columns)
    if not columns >= _EXPORT or not columns & in_small_letters(_CREATED):
        return 0.0
    return 1.0 if columns & {"captured", "card id", "paymentintent id", "seller message"} else 0.7


def _share(records: Iterable[Record], kind: str) -> float:
    kinds: list[bool] = [record.get("object") == kind for record in records]
    return sum(kinds) / len(kinds)


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interactions of one payment.

    Raises
    ------
    UnusableRecord
        Another object, without id, time or state, or with a time or an amount that cannot be read.
    """
    if "object" not in record:
        payment = _exported(record)
        return [_result(payment), *_exported_later(record, payment)]
    if record["object"] != "charge":
        raise UnusableRecord(
            "object", phrase("expected 'charge', got {object!r}", object=record["object"]), reason="unknown_value"
        )
    payment = _charge(record)
    return [_result(payment), *_refunds(record, payment), *_dispute(record, payment)]


def _result(payment: _Payment) -> FoundInteraction:
    settled, failed = payment.status.lower() in SETTLED, payment.status.lower() in FAILED
    made = settled and payment.captured
    touchpoint = "Payment made" if made else "Payment authorised" if settled else "Payment started"
    return FoundInteraction(
        id=f"{payment.id}:{'failed' if failed else touchpoint.removeprefix('Payment ')}",
        channel="billing",
        touchpoint="Payment failed" if failed else touchpoint,
        occurred_at=payment.moment,
        identifiers=payment.identifiers,
        direction="inbound",
        actor="customer",
        case=payment.case,
        value=payment.amount if made else None,
        outcome=(payment.failure or payment.status) if failed else payment.status,
        attributes=payment.attributes,
    )


def _later(
    payment: _Payment, what: str, moment: datetime, *, value: float | None, outcome: str | None
) -> FoundInteraction:
    """Something that happened to the payment afterwards."""
    by_customer = what.startswith("disputed")
    return FoundInteraction(
        id=f"{payment.id}:{what}",
        channel="billing",
        touchpoint="Payment disputed" if by_customer else "Payment refunded",
        occurred_at=moment,
        identifiers=payment.identifiers,
        direction="inbound" if by_customer else "outbound",
        actor="customer" if by_customer else "system",
        case=payment.case,
        value=value,
        outcome=outcome,
        attributes=present(currency=payment.attributes.get("currency")),
    )


def _charge(record: Record) -> _Payment:
    charge = required_text(record, "id")
    currency = text_at(record, "currency")
    order, invoice = text_at(record, "metadata.order_id"), _id_at(record, "invoice")
    emails = (text_at(record, path) for path in ("billing_details.email", "receipt_email", "customer.email"))
    return _Payment(
        id=charge,
        moment=required_time(epoch_at(record, "created"), "created"),
        status=required_text(record, "status"),
        captured=record.get("captured") is not False,
        amount=amount_in_units(record, _captured_amount(record), currency=currency),
        case=order or invoice or _id_at(record, "payment_intent") or charge,
        identifiers=_identified(
            customer=_id_at(record, "customer"),
            email=next((each for each in emails if each is not None), None),
            phone=text_at(record, "billing_details.phone"),
            order=order or invoice,
            charge=charge,
        ),
        attributes=present(
            amount=_written(amount_in_units(record, "amount", currency=currency)),
            currency=currency,
            payment_method=text_at(record, "payment_method_details.type"),
            description=text_at(record, "description"),
            invoice=invoice,
        ),
        failure=text_at(record, "failure_code") or text_at(record, "outcome.reason"),
    )


def _captured_amount(record: Record) -> str:
    return "amount_captured" if value_at(record, "amount_captured") else "amount"


def _id_at(record: Record, path: str) -> str | None:
    """The id of another object, which stands there itself where the API was asked to expand it."""
    value = value_at(record, path)
    return text_at(value, "id") if isinstance(value, Mapping) else text_at(record, path)


def _identified(*, charge: str, **found: str | None) -> dict[str, str]:
    """What points at a customer; a payment of somebody unknown at least points at itself."""
    return present(**found) or {"order": charge}


def _written(amount: float | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _refunds(record: Record, payment: _Payment) -> list[FoundInteraction]:
    """The refunds that are listed; since its version of November 2022 the API lists them only where it is asked to."""
    listed = value_at(record, "refunds.data")
    refunds: list[Any] = listed if isinstance(listed, list) else []
    currency = payment.attributes.get("currency")
    found = []
    for refund in refunds:
        if not isinstance(refund, Mapping):
            raise UnusableRecord("refunds.data", phrase("expected objects, got {name}", name=type(refund).__name__))
        if text_at(refund, "status") in ("failed", "canceled"):
            continue
        moment = required_time(epoch_at(refund, "created"), "refunds.data.created")
        amount = amount_in_units(refund, "amount", currency=currency)
        one = _later(
            payment,
            f"refunded:{required_text(refund, 'id')}",
            moment,
            value=None if amount is None else -amount,
            outcome=text_at(refund, "reason"),
        )
        found.append(one)
    return sorted(found, key=lambda each: each.occurred_at)


def _dispute(record: Record, payment: _Payment) -> list[FoundInteraction]:
    """A dispute, where the API was asked to expand it: else there is no time."""
    dispute = value_at(record, "dispute")
    if not isinstance(dispute, Mapping):
        return []
    moment = required_time(epoch_at(dispute, "created"), "dispute.created")
    what = f"disputed:{required_text(dispute, 'id')}"
    return [_later(payment, what, moment, value=None, outcome=text_at(dispute, "reason"))]


def _exported(record: Record) -> _Payment:
    charge = required_text(record, column(record, "id"))
    created = column(record, *_CREATED)
    order = text_at(record, column(record, "order_id (metadata)", "Order ID (metadata)"))
    invoice = text_at(record, column(record, "Invoice ID"))
    amount = column(record, "Amount")
    return _Payment(
        id=charge,
        moment=required_time(time_at(record, created), created),
        status=required_text(record, column(record, "Status")),
        captured=(text_at(record, column(record, "Captured")) or "true").lower() != "false",
        amount=written_amount(record, amount),
        case=order or invoice or text_at(record, column(record, "PaymentIntent ID")) or charge,
        identifiers=_identified(
            customer=text_at(record, column(record, "Customer ID")),
            email=text_at(record, column(record, "Customer Email")),
            phone=text_at(record, column(record, "Customer Phone")),
            order=order or invoice,
            charge=charge,
        ),
        attributes=present(
            amount=_written(written_amount(record, amount)),
            currency=text_at(record, column(record, "Currency")),
            payment_method=text_at(record, column(record, "Payment Source Type")),
            description=text_at(record, column(record, "Description")),
            invoice=invoice,
        ),
        failure=text_at(record, column(record, "Decline Reason")) or text_at(record, column(record, "Seller Message")),
    )


def _exported_later(record: Record, payment: _Payment) -> list[FoundInteraction]:
    """Refund and dispute of an export, where it has their times."""
    found = []
    refunded_at = time_at(record, column(record, "Refunded date (UTC)"))
    refunded = written_amount(record, column(record, "Amount Refunded"))
    if refunded_at is not None and refunded:
        found.append(_later(payment, "refunded", refunded_at, value=-refunded, outcome=None))
    disputed_at = time_at(record, column(record, "Dispute Date (UTC)", "Dispute date (UTC)"))
    if disputed_at is not None:
        reason = text_at(record, column(record, "Dispute Reason"))
        found.append(_later(payment, "disputed", disputed_at, value=None, outcome=reason))
    return found


FORMAT = Format(
    name="stripe_charges",
    title=phrase("Stripe payments"),
    containers=("json", "csv"),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(
            ("object",),
            (
                "amount_refunded",
                "balance_transaction",
                "payment_intent",
                "payment_method_details",
                "receipt_url",
                "captured",
            ),
        ),
        Signature(
            ("id", "Amount", "Currency", "Status", "Created date (UTC)"),
            ("Amount Refunded", "Captured", "Card ID", "PaymentIntent ID", "Seller Message", "Taxes On Fee"),
        ),
    ),
    wrapper={"object": "list", "url": "/charges"},
)
