"""Google Analytics 4, the daily export to BigQuery: one record an event.

Google Analytics links to BigQuery and writes tables ``events_YYYYMMDD``, which are exported as JSON lines or Parquet. Field
names are those of Google's page "BigQuery Export schema". Numbers come as texts in JSON (BigQuery writes INT64 so).

An event becomes one interaction, under the name people have for it ("Page viewed", "Product added to cart", "Purchase"). The
events that say nothing of their own (``session_start``, ``first_visit``, ``user_engagement``) become none. The export has no
id of an event: it is made of who, when, what and the numbers that tell events of one batch apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    epoch_at,
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    text_at,
)
from desireline.sources.formats.web import page_of, site_of, touchpoint_of

BOOKKEEPING = frozenset({"session_start", "first_visit", "user_engagement"})
"""Events that Google Analytics adds for its own counting; the customer did nothing more than the event beside them says."""

PURCHASES = frozenset({"purchase", "in_app_purchase"})
_APPS = frozenset({"ANDROID", "IOS"})
_KINDS = ("string_value", "int_value", "float_value", "double_value")
_BATCH = ("event_bundle_sequence_id", "batch_page_id", "batch_ordering_id", "batch_event_index")


def recognise(sample: Sample) -> float:
    """Sure by the three columns that only this export has together."""
    needed = {"event_name", "event_timestamp", "event_params"}
    if not needed <= sample.columns:
        return 0.0
    return 1.0 if "user_pseudo_id" in sample.columns else 0.6


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interaction of one event, or none.

    Raises
    ------
    UnusableRecord
        Without name, time, or anything that says who it was.
    """
    event = required_text(record, "event_name")
    if event in BOOKKEEPING:
        return []
    moment = required_time(epoch_at(record, "event_timestamp", unit=0.000001), "event_timestamp")
    parameters = _parameters(record)
    order = text_at(record, "ecommerce.transaction_id") or parameters.get("transaction_id")
    order = None if order == "(not set)" else order
    return [
        FoundInteraction(
            id=_id(record, event),
            channel="app" if (text_at(record, "platform") or "").upper() in _APPS else "web",
            touchpoint=touchpoint_of(event),
            occurred_at=moment,
            identifiers=_identifiers(record, parameters, order),
            direction="outbound" if event == "refund" else "inbound",
            actor="system" if event == "refund" else "customer",
            case=order,
            value=_value(record, event, parameters),
            attributes=_attributes(record, parameters),
        )
    ]


def _parameters(record: Record) -> dict[str, str]:
    found = {}
    for each in list_at(record, "event_params"):
        if not isinstance(each, Mapping):
            raise UnusableRecord(
                "event_params", phrase("expected objects with key and value, got {name}", name=type(each).__name__)
            )
        key = text_at(each, "key")
        value = next((text for kind in _KINDS if (text := text_at(each, f"value.{kind}")) is not None), None)
        if key is not None and value is not None:
            found[key] = value
    return found


def _id(record: Record, event: str) -> str:
    who = text_at(record, "user_pseudo_id") or text_at(record, "user_id") or ""
    parts = [who, required_text(record, "event_timestamp"), event]
    return ":".join(parts + [text for name in _BATCH if (text := text_at(record, name)) is not None])


def _identifiers(record: Record, parameters: Mapping[str, str], order: str | None) -> dict[str, str]:
    device = text_at(record, "user_pseudo_id")
    session = parameters.get("ga_session_id")
    user = text_at(record, "user_id")
    if device is None and user is None:
        raise UnusableRecord(
            "user_pseudo_id", phrase("expected user_pseudo_id or user_id, both are empty"), reason="no_identifier"
        )
    return present(user=user, order=order, session=session and device and f"{device}.{session}", device=device)


def _value(record: Record, event: str, parameters: Mapping[str, str]) -> float | None:
    if event in PURCHASES:
        return _amount(record, "ecommerce.purchase_revenue", parameters)
    if event == "refund":
        amount = _amount(record, "ecommerce.refund_value", parameters)
        return None if amount is None else -abs(amount)
    return None


def _amount(record: Record, path: str, parameters: Mapping[str, str]) -> float | None:
    amount = number_at(record, path)
    return amount if amount is not None else number_at({"event_params": parameters}, "event_params.value")


def _attributes(record: Record, parameters: Mapping[str, str]) -> dict[str, str]:
    address = parameters.get("page_location")
    return present(
        page=page_of(address),
        site=site_of(address),
        title=parameters.get("page_title"),
        screen=parameters.get("firebase_screen"),
        search=parameters.get("search_term"),
        campaign=parameters.get("campaign"),
        campaign_source=parameters.get("source"),
        campaign_medium=parameters.get("medium"),
        currency=parameters.get("currency"),
        device=text_at(record, "device.category"),
        country=text_at(record, "geo.country"),
    )


FORMAT = Format(
    name="ga4_bigquery",
    title=phrase("Google Analytics 4, export to BigQuery"),
    containers=("json", "parquet"),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(
            ("event_name", "event_timestamp", "event_params"),
            ("user_pseudo_id", "event_bundle_sequence_id", "batch_event_index", "privacy_info"),
        ),
    ),
)
