"""What is special in the formats of shops and payments: Shopify, WooCommerce, Stripe."""

from __future__ import annotations

from typing import Any

import pytest

from desireline.sources.formats import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.header_names import column
from desireline.sources.formats.shopify_orders import FORMAT as SHOPIFY
from desireline.sources.formats.shopify_orders import prepare
from desireline.sources.formats.stripe_amounts import amount_in_units, written_amount
from desireline.sources.formats.stripe_charges import FORMAT as CHARGES
from desireline.sources.formats.stripe_invoices import FORMAT as INVOICES
from desireline.sources.formats.woocommerce_orders import FORMAT as WOOCOMMERCE

NINE = 1772442000
"""2026-03-02 09:00 UTC."""

CREATED = "2026-03-02 10:00:00 +0100"


def touchpoints(declared: Format, record: Record) -> list[str]:
    return [each.touchpoint for each in declared.convert(record)]


def refusal(declared: Format, record: Record) -> tuple[str, str]:
    with pytest.raises(UnusableRecord) as caught:
        list(declared.convert(record))
    return caught.value.where, caught.value.reason


def sample(container: Any, *columns: str) -> Sample:
    record = dict.fromkeys(columns, "")
    return Sample("file", container, frozenset(columns), [record])


def shopify(name: str = "#1", *, created: str = CREATED, item: str = "Cap", **cells: str) -> dict[str, str]:
    return {"Name": name, "Created at": created, "Lineitem name": item, "Total": "10.00", **cells}


def charge(**fields: Any) -> dict[str, Any]:
    base = {"id": "ch", "object": "charge", "created": NINE, "status": "succeeded", "amount": 1000, "currency": "gbp"}
    return {**base, "captured": True, "customer": "cus", **fields}


def exported(**cells: str) -> dict[str, str]:
    return {"id": "ch", "Created (UTC)": "2026-03-02 09:00", "Amount": "10.00", "Status": "Paid", **cells}


def prepared(*rows: dict[str, str]) -> list[tuple[int, str, str]]:
    return [(number, each["Name"], each["Lineitem names"]) for number, each in prepare(enumerate(rows, 1))]


def test_rows_of_one_order_are_put_together() -> None:
    rows = [shopify(item="Cap"), shopify(created="", item="Mug"), shopify("#2", item="Tent")]
    assert prepared(*rows) == [(1, "#1", "Cap; Mug"), (3, "#2", "Tent")]


@pytest.mark.parametrize(
    ("rows", "orders"),
    [
        pytest.param([], 0, id="no row"),
        pytest.param([shopify(), shopify()], 2, id="one name in two shops"),
        pytest.param([shopify(), shopify("#2"), shopify(created="")], 3, id="a row away from its order"),
        pytest.param([shopify(""), shopify("", created="")], 2, id="no names"),
    ],
)
def test_a_row_that_is_not_plainly_of_the_order_before_stands_alone(rows: list[dict[str, str]], orders: int) -> None:
    assert len(prepared(*rows)) == orders


def test_a_row_without_its_order_is_refused_with_its_number() -> None:
    (_, (number, stray)) = prepare(enumerate([shopify(), shopify("#2", created="", item="Mug")], 1))
    assert number == 2
    assert refusal(SHOPIFY, stray) == ("Created at", "missing_time")


@pytest.mark.parametrize("header", ["Cancelled at", "Canceled at", "CANCELED AT", " cancelled at "])
def test_headers_are_read_however_they_are_worded(header: str) -> None:
    assert touchpoints(SHOPIFY, shopify(**{header: CREATED})) == ["Order placed", "Order cancelled"]


def test_a_refund_without_a_time_is_no_interaction() -> None:
    placed, paid = SHOPIFY.convert(shopify(**{"Paid at": CREATED, "Refunded Amount": "4.00"}))
    assert (placed.outcome, paid.value, paid.attributes["refunded"]) == (None, 10.0, "4.00")


def test_an_error_names_the_column_as_the_file_spells_it() -> None:
    assert refusal(SHOPIFY, {"NAME": "#1", "CREATED AT": "soon"}) == ("CREATED AT", "unreadable_time")


def test_a_refund_of_woocommerce_belongs_to_its_order() -> None:
    refund = {
        "id": 741,
        "parent_id": 730,
        "date_created_gmt": "2026-03-04T10:00:00",
        "amount": "12.00",
        "reason": "Too small",
        "refunded_by": 0,
        "refunded_payment": False,
    }
    (found,) = WOOCOMMERCE.convert(refund)
    assert (found.id, found.case, found.identifiers) == ("730:refunded:741", "730", {"order": "730"})
    assert (found.value, found.actor, found.agent) == (-12.0, "system", None)


def test_the_refund_in_an_order_has_the_id_of_the_refund_itself() -> None:
    refund = {"id": 741, "date_created_gmt": "2026-03-04T10:00:00", "total": "-12.00"}
    order = {"id": 730, "date_created_gmt": "2026-03-02T12:00:00", "total": "30.00", "refunds": [refund]}
    _, found = WOOCOMMERCE.convert(order)
    assert (found.id, found.value) == ("730:refunded:741", -12.0)


@pytest.mark.parametrize(
    ("made", "channel", "actor"),
    [
        pytest.param("checkout", "web", "customer", id="shop"),
        pytest.param("store-api", "web", "customer", id="shop of blocks"),
        pytest.param("pos-rest-api", "store", "customer", id="till"),
        pytest.param("admin", "crm", "agent", id="staff"),
        pytest.param("something new", "web", "customer", id="unknown"),
    ],
)
def test_how_a_woocommerce_order_was_made(made: str, channel: str, actor: str) -> None:
    order = {"id": 1, "date_created_gmt": "2026-03-02T12:00:00", "created_via": made}
    (found,) = WOOCOMMERCE.convert(order)
    assert (found.channel, found.actor) == (channel, actor)


@pytest.mark.parametrize(
    ("fields", "touchpoint", "value"),
    [
        pytest.param({}, "Payment made", 10.0, id="made"),
        pytest.param({"amount_captured": 700}, "Payment made", 7.0, id="captured in part"),
        pytest.param({"captured": False}, "Payment authorised", None, id="not captured"),
        pytest.param({"status": "failed", "captured": False}, "Payment failed", None, id="failed"),
        pytest.param({"status": "pending"}, "Payment started", None, id="pending"),
        pytest.param({"status": "something_new"}, "Payment started", None, id="unknown state"),
        pytest.param({"currency": "jpy"}, "Payment made", 1000.0, id="yen have no smaller unit"),
    ],
)
def test_what_became_of_a_charge(fields: dict[str, Any], touchpoint: str, value: float | None) -> None:
    (found,) = CHARGES.convert(charge(**fields))
    assert (found.touchpoint, found.value) == (touchpoint, value)


def test_a_charge_has_its_refunds_in_order_of_time() -> None:
    refunds = [
        {"id": "re_2", "amount": 300, "created": NINE + 200, "status": "succeeded", "reason": None},
        {"id": "re_1", "amount": 200, "created": NINE + 100, "status": "succeeded", "reason": "duplicate"},
        {"id": "re_0", "amount": 500, "created": NINE + 50, "status": "failed"},
    ]
    found = list(CHARGES.convert(charge(refunds={"object": "list", "data": refunds})))
    told = [(each.id, each.value, each.outcome) for each in found[1:]]
    assert told == [("ch:refunded:re_1", -2.0, "duplicate"), ("ch:refunded:re_2", -3.0, None)]


def test_what_the_api_was_asked_to_expand_is_read_as_its_id() -> None:
    dispute = {"id": "dp", "created": NINE + 900, "reason": "fraudulent"}
    customer = {"id": "cus_9", "email": "s.park@example.org"}
    made, disputed = CHARGES.convert(charge(customer=customer, invoice={"id": "in_9"}, dispute=dispute))
    assert made.identifiers == {"customer": "cus_9", "email": "s.park@example.org", "order": "in_9"}
    assert (disputed.id, disputed.outcome, disputed.case) == ("ch:disputed:dp", "fraudulent", "in_9")


def test_a_dispute_or_refund_without_a_time_is_no_interaction() -> None:
    record = charge(disputed=True, dispute="dp", amount_refunded=500, refunds=None)
    assert touchpoints(CHARGES, record) == ["Payment made"]
    assert touchpoints(CHARGES, exported(**{"Amount Refunded": "5.00"})) == ["Payment made"]


@pytest.mark.parametrize("header", ["Created (UTC)", "Created date (UTC)", "created date (utc)"])
def test_the_export_of_payments_is_read_in_all_its_wordings(header: str) -> None:
    record = {"id": "ch", header: "2026-03-02 09:00:00", "Amount": "10.00", "Status": "Paid"}
    (found,) = CHARGES.convert(record)
    assert found.occurred_at.isoformat() == "2026-03-02T09:00:00+00:00"


@pytest.mark.parametrize("declared", [CHARGES, INVOICES], ids=lambda each: each.name)
def test_another_object_of_stripe_is_refused(declared: Format) -> None:
    assert refusal(declared, {"id": "evt", "object": "event"}) == ("object", "unknown_value")


def test_an_exported_invoice_says_the_same_as_the_object() -> None:
    times = {"Finalized At (UTC)": "2026-03-02 09:00", "Paid At (UTC)": "2026-03-02 10:00"}
    amounts = {"Amount Due": "10.00", "Amount Paid": "10.00", "Currency": "gbp", "Status": "paid", "Number": "E-1"}
    row = {"id": "in", "Customer": "cus", "Customer Email": "t@example.org", **times, **amounts}
    document = {
        "id": "in",
        "object": "invoice",
        "customer": "cus",
        "customer_email": "t@example.org",
        "number": "E-1",
        "amount_due": 1000,
        "amount_paid": 1000,
        "currency": "gbp",
        "status": "paid",
        "status_transitions": {"finalized_at": NINE, "paid_at": NINE + 3600},
    }
    found: list[FoundInteraction] = list(INVOICES.convert(row))
    assert found == list(INVOICES.convert(document))
    assert [each.touchpoint for each in found] == ["Invoice issued", "Invoice paid"]


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        pytest.param(4599, "GBP", 45.99, id="hundredths"),
        pytest.param(500, "jpy", 500.0, id="no smaller unit"),
        pytest.param(500, "isk", 5.0, id="no smaller unit, but counted in hundredths"),
        pytest.param(5120, "kwd", 5.12, id="thousandths"),
        pytest.param(None, "gbp", None, id="none"),
    ],
)
def test_amounts_of_the_api(amount: int | None, currency: str, units: float | None) -> None:
    assert amount_in_units({"amount": amount}, "amount", currency=currency) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("1200.50", 1200.5, id="plain"),
        pytest.param("1,200.50", 1200.5, id="comma between thousands"),
        pytest.param("1.200,50", 1200.5, id="comma before hundredths"),
        pytest.param("-5,00", -5.0, id="negative"),
        pytest.param("1,200", 1200.0, id="thousands without hundredths"),
        pytest.param("", None, id="empty"),
    ],
)
def test_amounts_of_the_export(text: str, units: float | None) -> None:
    assert written_amount({"Amount": text}, "Amount") == units


def test_the_first_name_stands_for_a_column_that_is_not_there() -> None:
    assert column({"a": 1}, "Created date (UTC)", "Created (UTC)") == "Created date (UTC)"


@pytest.mark.parametrize(
    ("declared", "file", "sure"),
    [
        pytest.param(SHOPIFY, sample("csv", "Name", "Email", "Total"), 0.0, id="some list"),
        pytest.param(WOOCOMMERCE, sample("json", "id", "line_items", "total"), 0.0, id="orders of another shop"),
        pytest.param(CHARGES, sample("csv", "id", "Amount", "Currency", "Status"), 0.0, id="some payments"),
        pytest.param(CHARGES, sample("json", "id", "object", "amount"), 0.0, id="another object"),
        pytest.param(INVOICES, sample("csv", "id", "Amount Due", "Amount Paid"), 0.0, id="some invoices"),
    ],
)
def test_other_files_are_not_taken_for_one(declared: Format, file: Sample, sure: float) -> None:
    assert declared.recognise(file) == sure
