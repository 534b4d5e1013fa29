"""Shopify orders as CSV: a row for each line item, with what concerns the order only on its first row.

It comes from Shopify's administration, page Orders, button Export. Column names are those of Shopify's help page "Exporting
orders" and of public exports, whose wording differs (Cancelled or Canceled, sku or SKU): case does not matter.

The rows of an order are put together first. An order becomes "Order placed", "Order paid", "Order shipped" and "Order
cancelled", each where its time is in the file. Refunds have an amount but no time in this file, so they are no interactions:
the amount stands beside the payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.header_names import column, in_small_letters
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

ITEMS = "Lineitem names"
"""Column that the rows of an order are put together under: names of its items, apart by ``; ``."""

_TIMES = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S UTC")
_CHANNELS = {"web": "web", "pos": "store", "iphone": "app", "android": "app", "shopify_draft_order": "crm"}


@dataclass(frozen=True, slots=True)
class _Order:
    """What all interactions of an order have in common."""

    id: str
    name: str
    channel: str
    identifiers: dict[str, str]


def recognise(sample: Sample) -> float:
    """Sure by the columns of line items beside those of payment and shipping."""
    columns = in_small_letters(sample.columns)
    if not {"name", "financial status", "lineitem name", "created at"} <= columns:
        return 0.0
    return 1.0 if "fulfillment status" in columns else 0.7


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """One record an order: its first row, with the names of all its items.

    A row belongs to the order before it where it has the same name and no time of its own; rows stand in Shopify's order.
    """
    first: tuple[int, dict[str, Any]] | None = None
    items: list[str] = []
    for number, record in records:
        item = _cell(record, "Lineitem name")
        if first is not None and _continues(first[1], record):
            items += [item] if item else []
            continue
        if first is not None:
            yield first[0], first[1] | {ITEMS: "; ".join(items)}
        first, items = (number, dict(record)), [item] if item else []
    if first is not None:
        yield first[0], first[1] | {ITEMS: "; ".join(items)}


def _continues(first: Record, record: Record) -> bool:
    name = _cell(record, "Name")
    return name is not None and name == _cell(first, "Name") and _cell(record, "Created at") is None


def _cell(record: Record, name: str) -> str | None:
    """What stands in a cell, whatever it is: whether it can be used is found out with the record that it belongs to."""
    value = value_at(record, column(record, name))
    return None if value is None else str(value).strip()


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interactions of one order.

    Raises
    ------
    UnusableRecord
        Without its name or the time it was placed, or with a time or an amount that cannot be read.
    """
    order = _order(record)
    placed_at = required_time(_time(record, "Created at"), column(record, "Created at"))
    found = [_placed(record, order, placed_at)]
    paid_at = _time(record, "Paid at")
    if paid_at is not None:
        found.append(_paid(record, order, paid_at))
    shipped_at = _time(record, "Fulfilled at")
    if shipped_at is not None:
        found.append(_shipped(record, order, shipped_at, wait=seconds_between(placed_at, shipped_at)))
    cancelled_at = _time(record, "Cancelled at", "Canceled at")
    if cancelled_at is not None:
        found.append(_by_shop(order, "cancelled", cancelled_at, attributes={}))
    return found


def _order(record: Record) -> _Order:
    name = required_text(record, column(record, "Name"))
    phones = (text_at(record, column(record, each)) for each in ("Phone", "Billing Phone", "Shipping Phone"))
    phone = next((each for each in phones if each is not None), None)
    source = text_at(record, column(record, "Source")) or "web"
    return _Order(
        id=text_at(record, column(record, "Id")) or name,
        name=name,
        channel=_CHANNELS.get(source, "web"),
        identifiers=present(
            email=text_at(record, column(record, "Email")),
            phone=phone and phone.lstrip("'"),
            order=name,
        ),
    )


def _placed(record: Record, order: _Order, moment: datetime) -> FoundInteraction:
    by_staff = order.channel == "crm"
    return FoundInteraction(
        id=f"{order.id}:placed",
        channel=order.channel,
        touchpoint="Order placed",
        occurred_at=moment,
        identifiers=order.identifiers,
        direction="inbound",
        actor="agent" if by_staff else "customer",
        team=text_at(record, column(record, "Location")),
        agent=text_at(record, column(record, "Employee")),
        case=order.name,
        outcome=text_at(record, column(record, "Financial Status")),
        attributes=present(
            items=text_at(record, ITEMS) or text_at(record, column(record, "Lineitem name")),
            total=text_at(record, column(record, "Total")),
            currency=text_at(record, column(record, "Currency")),
            discount_code=text_at(record, column(record, "Discount Code")),
            source=text_at(record, column(record, "Source")),
        ),
    )


def _paid(record: Record, order: _Order, moment: datetime) -> FoundInteraction:
    total = number_at(record, column(record, "Total"))
    outstanding = number_at(record, column(record, "Outstanding Balance")) or 0.0
    refunded = number_at(record, column(record, "Refunded Amount"))
    return FoundInteraction(
        id=f"{order.id}:paid",
        channel=order.channel,
        touchpoint="Order paid",
        occurred_at=moment,
        identifiers=order.identifiers,
        direction="inbound",
        actor="customer",
        case=order.name,
        value=None if total is None else max(total - max(outstanding, 0.0), 0.0),
        attributes=present(
            payment_method=text_at(record, column(record, "Payment Method")),
            currency=text_at(record, column(record, "Currency")),
            refunded=text_at(record, column(record, "Refunded Amount")) if refunded else None,
        ),
    )


def _shipped(record: Record, order: _Order, moment: datetime, *, wait: float | None) -> FoundInteraction:
    method = text_at(record, column(record, "Shipping Method"))
    return _by_shop(order, "shipped", moment, attributes=present(shipping_method=method), wait=wait)


def _by_shop(
    order: _Order, what: str, moment: datetime, *, attributes: dict[str, str], wait: float | None = None
) -> FoundInteraction:
    return FoundInteraction(
        id=f"{order.id}:{what}",
        channel=order.channel,
        touchpoint=f"Order {what}",
        occurred_at=moment,
        identifiers=order.identifiers,
        direction="outbound",
        actor="system",
        case=order.name,
        wait=wait,
        attributes=attributes,
    )


def _time(record: Record, *names: str) -> datetime | None:
    return time_at(record, column(record, *names), formats=_TIMES)


FORMAT = Format(
    name="shopify_orders",
    title=phrase("Shopify orders"),
    containers=("csv", "xlsx"),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    signatures=(
        Signature(
            ("Name", "Financial Status", "Lineitem name", "Created at"),
            (
                "Lineitem quantity",
                "Lineitem price",
                "Fulfillment Status",
                "Paid at",
                "Discount Code",
                "Outstanding Balance",
            ),
        ),
    ),
)
