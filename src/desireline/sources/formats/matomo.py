"""Matomo's visit log: one record a visit, with everything done in it.

It comes from the reporting API, method ``Live.getLastVisitsDetails``, as JSON. Field names are those that Matomo's source puts
together (the classes ``VisitorDetails`` of its plugins Live, Actions, Events, Goals and Ecommerce).

Every entry of ``actionDetails`` becomes one interaction: pages, searches, downloads, outgoing links, events, goals, orders and
abandoned carts. The ``timestamp`` of an action is off by the time zone of the site (Matomo reads the time a second time, as if
it stood in that zone), while those of the visit are right; so the actions are moved to where the visit began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

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
    value_at,
)
from desireline.sources.formats.web import page_of, site_of, touchpoint_of

_QUARTER = timedelta(minutes=15)
"""All time zones in use are whole quarters of an hour from UTC."""

_LARGEST_OFFSET = timedelta(hours=14)
_NEAR = timedelta(minutes=1)

_PLAIN = {
    "action": "Page viewed",
    "search": "Site searched",
    "download": "File downloaded",
    "outlink": "Outgoing link clicked",
    "ecommerceOrder": "Order placed",
    "ecommerceAbandonedCart": "Cart abandoned",
}


def recognise(sample: Sample) -> float:
    """Sure by the visit's number together with its actions."""
    if not {"idVisit", "actionDetails"} <= sample.columns:
        return 0.0
    return 1.0 if sample.columns & {"visitorId", "idSite", "serverTimestamp"} else 0.6


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interactions of one visit, in its order.

    Raises
    ------
    UnusableRecord
        Without number or actions, or with an action that cannot be read.
    """
    visit = required_text(record, "idVisit")
    if value_at(record, "actionDetails") is None:
        raise UnusableRecord(
            "actionDetails", phrase("expected the actions of the visit, got nothing"), reason="missing_value"
        )
    actions = [_action(each) for each in list_at(record, "actionDetails")]
    moments = [_moment(each, place) for place, each in enumerate(actions)]
    offset = _offset(record, moments)
    found: list[FoundInteraction] = []
    for place, (action, moment) in enumerate(zip(actions, moments, strict=True)):
        if _seen_only(action):
            continue
        interaction = _interaction(record, action, f"{visit}:{_action_id(action, place)}", moment - offset)
        found.append(
            interaction if found else replace(interaction, attributes={**interaction.attributes, **_came_from(record)})
        )
    return found


def _action(value: object) -> Record:
    if not isinstance(value, Mapping):
        raise UnusableRecord("actionDetails", phrase("expected objects, got {name}", name=type(value).__name__))
    return value


def _moment(action: Record, place: int) -> datetime:
    path = f"actionDetails.{place}.timestamp"
    try:
        return required_time(epoch_at(action, "timestamp"), path)
    except UnusableRecord as error:
        raise UnusableRecord(path, error.message, reason=error.reason) from None


def _offset(record: Record, moments: list[datetime]) -> timedelta:
    """How far the times of the actions are off: measured at the first action, else at the last; nothing where neither fits."""
    if not moments:
        return timedelta()
    anchors = (
        (min(moments), epoch_at(record, "firstActionTimestamp")),
        (max(moments), epoch_at(record, "lastActionTimestamp")),
    )
    for moment, truth in anchors:
        if truth is None:
            continue
        quarters = round((moment - truth) / _QUARTER) * _QUARTER
        if abs(moment - truth - quarters) <= _NEAR and abs(quarters) <= _LARGEST_OFFSET:
            return quarters
    return timedelta()


def _seen_only(action: Record) -> bool:
    """A piece of content that was only shown: nobody did anything."""
    return text_at(action, "contentName") is not None and text_at(action, "contentInteraction") is None


def _action_id(action: Record, place: int) -> str:
    kind = text_at(action, "type") or "action"
    number = {
        "goal": _joined(text_at(action, "goalId"), text_at(action, "goalPageId")),
        "ecommerceOrder": text_at(action, "orderId"),
        "ecommerceAbandonedCart": text_at(action, "timestamp"),
    }.get(kind, text_at(action, "pageId"))
    return f"{kind}:{number}" if number else f"{kind}:at{place}"


def _joined(*parts: str | None) -> str | None:
    return None if None in parts else ".".join(part for part in parts if part)


def _interaction(record: Record, action: Record, name: str, moment: datetime) -> FoundInteraction:
    order = text_at(action, "orderId")
    brings = text_at(action, "type") in ("goal", "ecommerceOrder")
    return FoundInteraction(
        id=name,
        channel="web",
        touchpoint=_touchpoint(action),
        occurred_at=moment,
        identifiers=_identifiers(record, order),
        direction="inbound",
        actor="customer",
        case=order,
        duration=_time_spent(action),
        value=(number_at(action, "revenue") or None) if brings else None,
        attributes=_attributes(action),
    )


def _time_spent(action: Record) -> float | None:
    """Seconds on a page; Matomo writes 0 where it does not know, as on the last page of a visit."""
    seconds = number_at(action, "timeSpent")
    return seconds if seconds is not None and seconds > 0 else None


def _touchpoint(action: Record) -> str:
    kind = text_at(action, "type") or "action"
    if kind == "event":
        return touchpoint_of(text_at(action, "eventAction") or text_at(action, "eventCategory") or "Event")
    if kind == "goal":
        name = text_at(action, "goalName")
        return f"Goal: {name}"[:200] if name else "Goal reached"
    if text_at(action, "contentName") is not None:
        return "Content clicked"
    return _PLAIN.get(kind) or touchpoint_of(kind)


def _identifiers(record: Record, order: str | None) -> dict[str, str]:
    return present(
        user=_known(record, "userId"),
        order=order,
        session=text_at(record, "idVisit"),
        device=_known(record, "visitorId"),
    )


def _known(record: Record, path: str) -> str | None:
    """A text; Matomo writes ``false`` for what it does not know."""
    return None if value_at(record, path) is False else text_at(record, path)


def _attributes(action: Record) -> dict[str, str]:
    address = text_at(action, "url")
    return present(
        page=page_of(address),
        site=site_of(address),
        title=text_at(action, "pageTitle"),
        search=text_at(action, "siteSearchKeyword"),
        category=text_at(action, "eventCategory"),
        name=text_at(action, "eventName"),
        product=text_at(action, "productViewName"),
        content=text_at(action, "contentName"),
        items=text_at(action, "items"),
        cart_value=text_at(action, "revenue") if text_at(action, "type") == "ecommerceAbandonedCart" else None,
    )


def _came_from(record: Record) -> dict[str, str]:
    """What is known of the whole visit; it stands on its first interaction only."""
    return present(
        referrer_type=_known(record, "referrerType"),
        referrer=_known(record, "referrerName"),
        device=_known(record, "deviceType"),
        country=_known(record, "countryCode"),
    )


FORMAT = Format(
    name="matomo",
    title=phrase("Matomo visit log"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(("idVisit", "actionDetails"), ("idSite", "visitorId", "lastActionTimestamp", "serverTimestamp")),
    ),
)
