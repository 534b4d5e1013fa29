"""WooCommerce orders and refunds from its REST API, as JSON: one record an order or a refund.

They come from ``/wp-json/wc/v3/orders`` and ``/wp-json/wc/v3/refunds``. Field names are those of the "WooCommerce REST API
documentation", sections Orders and Refunds. Times are taken from the fields that end in ``_gmt``: the others are in the time
of the shop, which the record does not name.

An order becomes "Order placed", "Order paid" and "Order completed", each where its time is in the record; a refund "Order
refunded". An order lists its refunds with their amounts only: their times are in the records of the refunds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
)
from desireline.sources.formats.revisions import newest, revised_by

NOT_PLACED = frozenset({"checkout-draft", "auto-draft"})
"""States of a basket that nobody has ordered yet."""

REVISION = revised_by(key="id", changed="date_modified_gmt")

_REFUND = frozenset({"parent_id", "refunded_by", "amount"})


def recognise(sample: Sample) -> float:
    """Sure by the fields that only orders, or only refunds, of this shop have together."""
    if {"order_key", "line_items", "date_created_gmt"} <= sample.columns:
        return 1.0
    return 0.9 if _REFUND | {"date_created_gmt"} <= sample.columns else 0.0


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each order."""
    return newest(records, REVISION)


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interactions of one order, or of one refund.

    Raises
    ------
    UnusableRecord
        Without id or the time it was made, or with a time or an amount that cannot be read.
    """
    if record.keys() >= _REFUND:
        order = required_text(record, "parent_id")
        return [_refunded(record, order, identifiers={"order": order}, channel="web")]
    order = required_text(record, "id")
    if text_at(record, "status") in NOT_PLACED:
        return []
    return _of_order(record, order)


def _of_order(record: Record, order: str) -> list[FoundInteraction]:
    identifiers = _identifiers(record, order)
    channel, actor = _made_by(record)
    placed_at = required_time(time_at(record, "date_created_gmt"), "date_created_gmt")
    found = [
        FoundInteraction(
            id=f"{order}:placed",
            channel=channel,
            touchpoint="Order placed",
            occurred_at=placed_at,
            identifiers=identifiers,
            direction="inbound",
            actor=actor,
            case=order,
            outcome=text_at(record, "status"),
            text=text_at(record, "customer_note"),
            attributes=_attributes(record),
        )
    ]
    paid_at = time_at(record, "date_paid_gmt")
    if paid_at is not None:
        found.append(_paid(record, order, identifiers, channel, moment=paid_at))
    completed_at = time_at(record, "date_completed_gmt")
    if completed_at is not None:
        wait = seconds_between(placed_at, completed_at)
        found.append(_completed(order, identifiers, channel, moment=completed_at, wait=wait))
    dated = [each for each in list_at(record, "refunds") if isinstance(each, Mapping) and each.get("date_created_gmt")]
    return found + [_refunded(each, order, identifiers=identifiers, channel=channel) for each in dated]


def _identifiers(record: Record, order: str) -> dict[str, str]:
    user = text_at(record, "customer_id")
    return present(
        user=None if user == "0" else user,
        email=text_at(record, "billing.email"),
        phone=text_at(record, "billing.phone"),
        order=order,
    )


def _made_by(record: Record) -> tuple[str, Literal["customer", "agent"]]:
    made = text_at(record, "created_via") or ""
    if made == "admin":
        return "crm", "agent"
    return ("store" if "pos" in made.split("-") else "web"), "customer"


def _attributes(record: Record) -> dict[str, str]:
    items = [text_at(each, "name") for each in list_at(record, "line_items") if isinstance(each, Mapping)]
    number = text_at(record, "number")
    return present(
        items="; ".join(name for name in items if name),
        total=text_at(record, "total"),
        currency=text_at(record, "currency"),
        number=None if number == text_at(record, "id") else number,
    )


def _paid(
    record: Record, order: str, identifiers: Mapping[str, str], channel: str, *, moment: datetime
) -> FoundInteraction:
    return FoundInteraction(
        id=f"{order}:paid",
        channel=channel,
        touchpoint="Order paid",
        occurred_at=moment,
        identifiers=identifiers,
        direction="inbound",
        actor="customer",
        case=order,
        value=number_at(record, "total"),
        attributes=present(
            payment_method=text_at(record, "payment_method_title") or text_at(record, "payment_method"),
            currency=text_at(record, "currency"),
        ),
    )


def _completed(
    order: str, identifiers: Mapping[str, str], channel: str, *, moment: datetime, wait: float | None
) -> FoundInteraction:
    return FoundInteraction(
        id=f"{order}:completed",
        channel=channel,
        touchpoint="Order completed",
        occurred_at=moment,
        identifiers=identifiers,
        direction="outbound",
        actor="system",
        case=order,
        wait=wait,
    )


def _refunded(refund: Record, order: str, *, identifiers: Mapping[str, str], channel: str) -> FoundInteraction:
    staff = text_at(refund, "refunded_by")
    by_staff = staff not in (None, "0")
    amount = number_at(refund, "amount")
    if amount is None:
        amount = number_at(refund, "total")
    return FoundInteraction(
        id=f"{order}:refunded:{required_text(refund, 'id')}",
        channel=channel,
        touchpoint="Order refunded",
        occurred_at=required_time(time_at(refund, "date_created_gmt"), "date_created_gmt"),
        identifiers=identifiers,
        direction="outbound",
        actor="agent" if by_staff else "system",
        agent=staff if by_staff else None,
        case=order,
        value=None if amount is None else -abs(amount),
        attributes=present(reason=text_at(refund, "reason")),
    )


FORMAT = Format(
    name="woocommerce_orders",
    title=phrase("WooCommerce orders and refunds"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=REVISION,
    signatures=(
        Signature(
            ("order_key", "line_items", "date_created_gmt"),
            ("created_via", "date_paid_gmt", "payment_method_title", "customer_note", "refunds"),
        ),
    ),
)
