"""Segment calls as files: one record a call (track, page, screen, identify, alias, group).

Segment writes them to object storage as JSON lines ("segment-logs"); RudderStack writes calls of the same form. Field names
are those of the Segment Spec, pages "Common fields" and the one of each call.

A track call becomes an interaction under its event's own name, a page call "Page viewed", a screen call "Screen viewed".
The calls that say who somebody is become interactions too, because they are what ties a device to a user: identify and alias
"Customer identified", group "Group joined".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from desireline.base import joined, phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import number_at, present, required_text, required_time, text_at, time_at
from desireline.sources.formats.web import is_bot, page_of, site_of, touchpoint_of

Direction = Literal["inbound", "outbound", "internal"]
Actor = Literal["customer", "bot", "system"]

CALLS = frozenset({"track", "page", "screen", "identify", "alias", "group"})

BRINGS_NOTHING = frozenset({"Checkout Started", "Order Updated", "Order Cancelled"})
"""Events of the e-commerce specification that repeat the revenue of an order without bringing any."""

_APP_LIBRARIES = ("ios", "android", "kotlin", "swift", "react-native", "flutter", "xamarin")
_BY_COMPANY = frozenset({"Email Delivered", "Email Bounced", "Order Refunded"})


def recognise(sample: Sample) -> float:
    """Sure by the names of its ids together with a type that is a call."""
    if "type" not in sample.columns or not {"anonymousId", "userId"} & sample.columns:
        return 0.0
    calls = sum(text in CALLS for record in sample.records if isinstance(text := record.get("type"), str))
    if calls < 0.8 * len(sample.records):
        return 0.0
    return 1.0 if {"messageId", "context"} <= sample.columns else 0.6


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interaction of one call.

    Raises
    ------
    UnusableRecord
        An unknown call, without time, or without anything that says who it was.
    """
    call = required_text(record, "type")
    if call not in CALLS:
        raise UnusableRecord(
            "type",
            phrase("expected one of {calls}, got {call!r}", calls=joined(sorted(CALLS), ", "), call=call),
            reason="unknown_value",
        )
    touchpoint = _touchpoint(record, call)
    order = text_at(record, "properties.order_id") if call == "track" else None
    direction, actor = _who_acted(record, call, touchpoint)
    return [
        FoundInteraction(
            id=_id(record, call, touchpoint),
            channel=_channel(record, call, touchpoint),
            touchpoint=touchpoint,
            occurred_at=_moment(record),
            received_at=time_at(record, "receivedAt"),
            identifiers=_identifiers(record, call, order),
            direction=direction,
            actor=actor,
            case=order,
            value=_value(record, touchpoint) if call == "track" else None,
            attributes=_attributes(record, call),
        )
    ]


def _touchpoint(record: Record, call: str) -> str:
    if call == "track":
        return touchpoint_of(required_text(record, "event"))
    return {"page": "Page viewed", "screen": "Screen viewed", "group": "Group joined"}.get(call, "Customer identified")


def _moment(record: Record) -> datetime:
    """When it happened: ``timestamp`` is corrected for wrong clocks, ``originalTimestamp`` is not."""
    return required_time(time_at(record, "timestamp") or time_at(record, "originalTimestamp"), "timestamp")


def _id(record: Record, call: str, touchpoint: str) -> str:
    message = text_at(record, "messageId")
    if message is not None:
        return message
    who = text_at(record, "userId") or text_at(record, "anonymousId") or ""
    return f"{who}:{_moment(record).isoformat()}:{call}:{touchpoint}"


def _channel(record: Record, call: str, touchpoint: str) -> str:
    if touchpoint.startswith("Email "):
        return "email"
    library = (text_at(record, "context.library.name") or "").lower()
    device = (text_at(record, "context.device.type") or "").lower()
    on_app = call == "screen" or device in ("ios", "android") or any(name in library for name in _APP_LIBRARIES)
    return "app" if on_app else "web"


def _who_acted(record: Record, call: str, touchpoint: str) -> tuple[Direction, Actor]:
    if call in ("identify", "alias"):
        return "internal", "system"
    if touchpoint in _BY_COMPANY:
        return "outbound", "system"
    return "inbound", "bot" if is_bot(text_at(record, "context.userAgent")) else "customer"


def _identifiers(record: Record, call: str, order: str | None) -> dict[str, str]:
    device = text_at(record, "anonymousId")
    if call == "alias" and device is None:
        device = text_at(record, "previousId")
    found = present(
        user=text_at(record, "userId"),
        email=_first(record, "traits.email", "context.traits.email", "properties.email") if call != "group" else None,
        phone=_first(record, "traits.phone", "context.traits.phone") if call != "group" else None,
        order=order,
        session=text_at(record, "context.sessionId"),
        device=device,
    )
    if not found.keys() & {"user", "device", "email", "phone"}:
        raise UnusableRecord("userId", phrase("expected userId or anonymousId, both are empty"), reason="no_identifier")
    return found


def _first(record: Record, *paths: str) -> str | None:
    return next((text for path in paths if (text := text_at(record, path)) is not None), None)


def _value(record: Record, event: str) -> float | None:
    if event in BRINGS_NOTHING:
        return None
    if event not in ("Order Completed", "Order Refunded"):
        return number_at(record, "properties.revenue")
    found = (number_at(record, f"properties.{name}") for name in ("total", "revenue", "value"))
    amount = next((number for number in found if number is not None), None)
    return -abs(amount) if amount is not None and event == "Order Refunded" else amount


def _attributes(record: Record, call: str) -> dict[str, str]:
    address = _first(record, "properties.url", "context.page.url")
    found = present(
        page=_first(record, "properties.path", "context.page.path") or page_of(address),
        site=site_of(address),
        title=_first(record, "properties.title", "context.page.title"),
        campaign=text_at(record, "context.campaign.name"),
        campaign_source=text_at(record, "context.campaign.source"),
        campaign_medium=text_at(record, "context.campaign.medium"),
        currency=text_at(record, "properties.currency"),
    )
    if call in ("page", "screen"):
        return found | present(name=text_at(record, "name"), category=_first(record, "category", "properties.category"))
    if call == "group":
        return found | present(group=text_at(record, "groupId"), group_name=text_at(record, "traits.name"))
    if call == "alias":
        return found | present(previous=text_at(record, "previousId"))
    return found


FORMAT = Format(
    name="segment_calls",
    title=phrase("Segment calls"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    signatures=(Signature(("type", "anonymousId"), ("messageId", "userId", "originalTimestamp", "receivedAt")),),
)
