"""Snowplow enriched events: one record an event.

Two forms. The one that Snowplow itself writes to its streams and archives has 131 values a line, apart by tabs, without a
header; names and order of the columns are those of Snowplow's Analytics SDK and of its canonical event model. The other is the JSON that
the SDK makes of a line (loaders and rows of a warehouse have the same names).

An event becomes one interaction: page views, screen views, purchases, structured events under their action, self-describing
events under their name. Page pings (a sign of life every few seconds) and the items of a purchase become none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import number_at, present, required_text, required_time, text_at, time_at
from desireline.sources.formats.web import is_bot, page_of, site_of, touchpoint_of

_NAMES = """
app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id txn_id name_tracker v_tracker
v_collector v_etl user_id user_ipaddress user_fingerprint domain_userid domain_sessionidx network_userid geo_country
geo_region geo_city geo_zipcode geo_latitude geo_longitude geo_region_name ip_isp ip_organization ip_domain
ip_netspeed page_url page_title page_referrer page_urlscheme page_urlhost page_urlport page_urlpath page_urlquery
page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath refr_urlquery refr_urlfragment refr_medium
refr_source refr_term mkt_medium mkt_source mkt_term mkt_content mkt_campaign contexts se_category se_action
se_label se_property se_value unstruct_event tr_orderid tr_affiliation tr_total tr_tax tr_shipping tr_city tr_state
tr_country ti_orderid ti_sku ti_name ti_category ti_price ti_quantity pp_xoffset_min pp_xoffset_max pp_yoffset_min
pp_yoffset_max useragent br_name br_family br_version br_type br_renderengine br_lang br_features_pdf
br_features_flash br_features_java br_features_director br_features_quicktime br_features_realplayer
br_features_windowsmedia br_features_gears br_features_silverlight br_cookies br_colordepth br_viewwidth
br_viewheight os_name os_family os_manufacturer os_timezone dvce_type dvce_ismobile dvce_screenwidth
dvce_screenheight doc_charset doc_width doc_height tr_currency tr_total_base tr_tax_base tr_shipping_base
ti_currency ti_price_base base_currency geo_timezone mkt_clickid mkt_network etl_tags dvce_sent_tstamp
refr_domain_userid refr_device_tstamp derived_contexts domain_sessionid derived_tstamp event_vendor event_name
event_format event_version event_fingerprint true_tstamp
"""

COLUMNS: tuple[str, ...] = tuple(_NAMES.split())
"""The 131 columns of a line, in order."""

SIGNS_OF_LIFE = frozenset({"page_ping", "transaction_item"})
_EVENT = COLUMNS.index("event")
_EVENTS = frozenset({"page_view", "page_ping", "struct", "unstruct", "transaction", "transaction_item"})
_APPS = frozenset({"mob", "app", "pc", "tv", "cnsl"})
_ECOMMERCE = "snowplow_ecommerce_action"


def recognise(sample: Sample) -> float:
    """Sure by 131 columns with a kind of event at its place, or by names that only these events have together."""
    if sample.container == "lines":
        rows = [str(record.get("line", "")).split("\t") for record in sample.records]
        fits = sum(len(row) == len(COLUMNS) and row[_EVENT] in _EVENTS for row in rows)
        return 1.0 if fits and fits >= 0.8 * len(rows) else 0.0
    return 1.0 if {"event_id", "collector_tstamp", "v_collector"} <= sample.columns else 0.0


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interaction of one event, or none.

    Raises
    ------
    UnusableRecord
        Another number of columns, without id, kind or time, or without anything that says who it was.
    """
    event = _columns(str(record["line"])) if "line" in record else record
    if not event:
        return []
    kind = required_text(event, "event")
    if kind in SIGNS_OF_LIFE:
        return []
    details = _details(event)
    order, amount, currency = _purchase(event, kind, details)
    refund = _name(event, kind, details) == "refund"
    return [
        FoundInteraction(
            id=required_text(event, "event_id"),
            channel="app" if text_at(event, "platform") in _APPS else "web",
            touchpoint=touchpoint_of(_name(event, kind, details)),
            occurred_at=_moment(event),
            received_at=time_at(event, "collector_tstamp"),
            identifiers=_identifiers(event, order),
            direction="outbound" if refund else "inbound",
            actor="system" if refund else _visitor(event),
            case=order,
            value=-abs(amount) if refund and amount is not None else amount,
            attributes=_attributes(event) | present(currency=currency),
        )
    ]


def _columns(line: str) -> Record:
    """The values of a line by column; nothing for a blank line."""
    if not line.strip():
        return {}
    values = line.rstrip("\r\n").split("\t")
    if len(values) != len(COLUMNS):
        raise UnusableRecord(
            "line",
            phrase("expected {count} columns apart by tabs, got {count_2}", count=len(COLUMNS), count_2=len(values)),
        )
    return dict(zip(COLUMNS, values, strict=True))


def _moment(event: Record) -> datetime:
    times = (time_at(event, name) for name in ("true_tstamp", "derived_tstamp", "collector_tstamp"))
    return required_time(next((moment for moment in times if moment is not None), None), "derived_tstamp")


def _name(event: Record, kind: str, details: Mapping[str, Any]) -> str:
    if kind == "struct":
        return text_at(event, "se_action") or kind
    if kind != "unstruct":
        return kind
    name = text_at(event, "event_name") or kind
    return text_at(details, "type") or name if name == _ECOMMERCE else name


def _details(event: Record) -> Mapping[str, Any]:
    """What a self-describing event says: in a column of its own name in JSON, in ``unstruct_event`` in a line."""
    own = next((value for name, value in event.items() if name.startswith("unstruct_event_")), None)
    if isinstance(own, Mapping):
        return own
    found = _json(event, "unstruct_event")
    inner = found.get("data", {}) if isinstance(found, Mapping) else {}
    data = inner.get("data", {}) if isinstance(inner, Mapping) else {}
    return data if isinstance(data, Mapping) else {}


def _purchase(event: Record, kind: str, details: Mapping[str, Any]) -> tuple[str | None, float | None, str | None]:
    """Order number, amount and currency of a purchase, as either generation of Snowplow's e-commerce says them."""
    if kind == "transaction":
        return text_at(event, "tr_orderid"), number_at(event, "tr_total"), text_at(event, "tr_currency")
    if text_at(event, "event_name") != _ECOMMERCE or text_at(details, "type") not in ("transaction", "refund"):
        return None, None, None
    entity = next(_entities(event, str(text_at(details, "type"))), {})
    amount = number_at(entity, "revenue")
    if amount is None:
        amount = number_at(entity, "refund_amount")
    return text_at(entity, "transaction_id"), amount, text_at(entity, "currency")


def _entities(event: Record, name: str) -> Iterator[Mapping[str, Any]]:
    own = event.get(f"contexts_com_snowplowanalytics_snowplow_ecommerce_{name}_1")
    if isinstance(own, list):
        yield from (each for each in own if isinstance(each, Mapping))
    found = _json(event, "contexts")
    listed = found.get("data", []) if isinstance(found, Mapping) else []
    for each in listed if isinstance(listed, list) else []:
        schema = str(each.get("schema", "")) if isinstance(each, Mapping) else ""
        if f".ecommerce/{name}/" in schema and isinstance(each.get("data"), Mapping):
            yield each["data"]


def _json(event: Record, name: str) -> object:
    value = event.get(name)
    if not isinstance(value, str) or not value.strip():
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise UnusableRecord(name, phrase("expected JSON, got {value!r}", value=value[:60])) from None


def _visitor(event: Record) -> Literal["bot", "customer"]:
    machine = text_at(event, "br_type") == "Robot" or is_bot(text_at(event, "useragent"))
    return "bot" if machine else "customer"


def _identifiers(event: Record, order: str | None) -> dict[str, str]:
    found = present(
        user=text_at(event, "user_id"),
        order=order,
        session=text_at(event, "domain_sessionid"),
        device=text_at(event, "domain_userid") or text_at(event, "network_userid"),
    )
    if not found:
        raise UnusableRecord(
            "domain_userid",
            phrase("expected user_id, domain_userid, network_userid or domain_sessionid, all are empty"),
            reason="no_identifier",
        )
    return found


def _attributes(event: Record) -> dict[str, str]:
    address = text_at(event, "page_url")
    return present(
        page=text_at(event, "page_urlpath") or page_of(address),
        site=text_at(event, "page_urlhost") or site_of(address),
        title=text_at(event, "page_title"),
        category=text_at(event, "se_category"),
        label=text_at(event, "se_label"),
        referrer=text_at(event, "refr_source") or text_at(event, "refr_urlhost"),
        campaign=text_at(event, "mkt_campaign"),
        campaign_source=text_at(event, "mkt_source"),
        campaign_medium=text_at(event, "mkt_medium"),
        device=text_at(event, "dvce_type"),
        country=text_at(event, "geo_country"),
    )


FORMAT = Format(
    name="snowplow_enriched",
    title=phrase("Snowplow enriched events"),
    containers=("lines", "json", "parquet"),
    recognise=recognise,
    convert=convert,
    signatures=(
        Signature(
            ("event_id", "collector_tstamp", "v_collector"),
            ("domain_userid", "domain_sessionid", "v_tracker", "v_etl", "etl_tstamp", "app_id"),
        ),
    ),
)
