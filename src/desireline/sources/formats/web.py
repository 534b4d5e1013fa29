"""Web addresses, names of tracked events and user agents, as the digital formats need them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlsplit

LONGEST_NAME = 200
"""Characters that a touchpoint may have."""

TOUCHPOINTS: Mapping[str, str] = {
    "add_payment_info": "Payment details entered",
    "add_shipping_info": "Shipping details entered",
    "add_to_cart": "Product added to cart",
    "add_to_wishlist": "Product added to wish list",
    "app_remove": "App removed",
    "begin_checkout": "Checkout started",
    "click": "Link clicked",
    "file_download": "File downloaded",
    "first_open": "App first opened",
    "form_start": "Form started",
    "form_submit": "Form sent",
    "generate_lead": "Lead sent",
    "in_app_purchase": "Purchase",
    "link_click": "Link clicked",
    "list_view": "Product list viewed",
    "login": "Signed in",
    "page_view": "Page viewed",
    "product_view": "Product viewed",
    "purchase": "Purchase",
    "refund": "Order refunded",
    "remove_from_cart": "Product removed from cart",
    "screen_view": "Screen viewed",
    "search": "Site searched",
    "sign_up": "Signed up",
    "site_search": "Site searched",
    "submit_form": "Form sent",
    "transaction": "Purchase",
    "view_cart": "Cart viewed",
    "view_item": "Product viewed",
    "view_item_list": "Product list viewed",
    "view_search_results": "Site searched",
}
"""Names that trackers give to common events, and what people call them."""

_BOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|facebookexternalhit|mediapartners|headless|lighthouse|pingdom|uptime|monitor"
    r"|^(curl|wget|python|go-http-client|java/|libwww|okhttp|apache-httpclient|axios|node-fetch|scrapy|httpx)",
    re.IGNORECASE,
)
_CAMPAIGN = {"campaign": "utm_campaign", "campaign_source": "utm_source", "campaign_medium": "utm_medium"}


def touchpoint_of(event: str) -> str:
    """What people call a tracked event: common ones by their usual name, the others in plain words.

    >>> touchpoint_of("add_to_cart"), touchpoint_of("brochureOrdered"), touchpoint_of("Order Completed")
    ('Product added to cart', 'Brochure ordered', 'Order Completed')
    """
    if event in TOUCHPOINTS:
        return TOUCHPOINTS[event]
    if " " in event:
        return event[:LONGEST_NAME]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event).replace("-", "_").strip("_").split("_")
    plain = " ".join(word if word.isupper() else word.lower() for word in words if word)
    return (plain[:1].upper() + plain[1:])[:LONGEST_NAME] or event[:LONGEST_NAME]


def page_of(address: str | None) -> str | None:
    """The path of an address, without what stands behind ``?`` and ``#``: that may say things about a person.

    >>> page_of("https://shop.example.com/boots?email=ann@example.org#top")
    '/boots'
    """
    parts = _split(address)
    return None if parts is None else parts.path or "/"


def site_of(address: str | None) -> str | None:
    """The host of an address.

    >>> site_of("https://Shop.example.com:443/boots"), site_of("/boots")
    ('shop.example.com', None)
    """
    parts = _split(address)
    return None if parts is None else parts.hostname


def campaign_of(address: str | None) -> dict[str, str]:
    """Campaign, source and medium, as the address of the page that an advertisement led to names them.

    >>> campaign_of("/sale?utm_source=news&utm_medium=email")
    {'campaign_source': 'news', 'campaign_medium': 'email'}
    """
    parts = _split(address)
    if parts is None or "utm_" not in parts.query:
        return {}
    asked = parse_qs(parts.query)
    return {name: asked[key][0] for name, key in _CAMPAIGN.items() if key in asked}


@lru_cache(maxsize=4096)
def is_bot(user_agent: str | None) -> bool:
    """Whether a user agent says of itself that it is a machine.

    >>> is_bot("Mozilla/5.0 (compatible; Googlebot/2.1)"), is_bot("Mozilla/5.0 (Linux; CUBOT NOTE) Firefox/128.0")
    (True, False)
    """
    return user_agent is not None and _BOT.search(user_agent) is not None


def _split(address: str | None) -> SplitResult | None:
    if not address:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return None
    return parts
