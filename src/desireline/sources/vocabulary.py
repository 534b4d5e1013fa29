"""What columns and files are usually called: regular expressions over plain names, the clearer words first."""

from __future__ import annotations

import re

from desireline.sources.looking import Column, plain_name

TIME_WORDS = (
    "timestamp",
    "time",
    "date",
    "datetime",
    "at",
    "on",
    "when",
    "ts",
    "started",
    "start",
    "created",
    "occurred",
    "placed",
    "submitted",
    "answered",
    "day",
    "datum",
    "zeit",
    "zeitpunkt",
)
LATER_WORDS = frozenset(
    [
        "received",
        "updated",
        "modified",
        "sent",
        "due",
        "birth",
        "closed",
        "ended",
        "end",
        "expiry",
        "paid",
        "shipped",
        "fulfilled",
        "cancelled",
        "resolved",
    ]
)
"""Of a time that tells not the beginning."""

STAFF_WORDS = frozenset(
    [
        "agent",
        "staff",
        "owner",
        "assignee",
        "operator",
        "clerk",
        "sender",
        "from",
        "employee",
        "rep",
        "manager",
        "author",
    ]
)
"""Of a column about somebody of the company."""

IDENTIFIERS: tuple[tuple[str, str], ...] = (
    ("email", r"(.+_)?e_?mail(_?address)?|recipient|(.+_)?mail_?address"),
    (
        "phone",
        r"(.+_)?(phone|mobile|msisdn|telephone|telefon)(_?(no|nr|number))?|caller(_?(id|number|no))?|ani|tel(_?(no|nr|number))?|calling_?number|from_?number",
    ),
    (
        "customer",
        r"customer(_?(id|no|nr|number|key|ref|code))?|client(_?(id|no|number))|cust(_?(id|no))|contact_?(id|no)|consumer_?id|kunde|kunden?_?(id|nr|nummer)|(object:)?(customer|client|consumer)",
    ),
    (
        "account",
        r"account(_?(id|no|number))?|contract(_?(id|no|number))?|subscriber(_?(id|no))?|member(_?(id|no|number))?|policy(_?(id|no|number))",
    ),
    ("household", r"household(_?(id|key|no))?"),
    ("loyalty", r"loyalty(_?(card|id|no|number))*|card_?(no|nr|number|id)"),
    ("user", r"(.+_)?user(_?(id|no|key|name))?|uid|person(_?id)?|profile_?id|visitor_?login"),
    (
        "device",
        r"device(_?id)?|anonymous_?id|cookie(_?id)?|visitor(_?id)?|user_?pseudo_?id|client_?id|distinct_?id|browser_?id|install_?id",
    ),
    ("session", r"session(_?(id|key))?|visit_?id|id_visit|ga_session_id"),
    ("user", r"case:concept:name|case_?(id|concept_name)"),
)
SHAPES = {"email": r"[^@\s]+@[^@\s]+", "phone": r"[+()0-9\s./-]{5,}"}
"""What values of a type look like, where a name alone says too little."""

NUMBER_NAMES = r".*(id|key|no|nr|number|ref)"
GROUPS = r"(invoice|order|basket|transaction|receipt|purchase|cart|booking)_?(id|no|nr|number|ref|key)?"
MATTERS = r"(invoice|order|basket|transaction|receipt|purchase|cart|booking|case|ticket|complaint|conversation|chat|call)_?(id|no|nr|number|ref|key)"
"""What belongs to one customer, even where nobody knows to whom."""
CASES = r"(case|ticket|complaint|conversation|chat|call)_?(id|no|nr|number|ref|key)"
"""Those of :data:`MATTERS` that are no purchase."""

TOUCHPOINT = r"event(_?(name|type))?|ereignis|action(_?(name|type))?|activity(_?(name|type))?|touchpoint|interaction(_?(name|type))?|concept:name|ocel:type|type|what(_happened)?|operation|step|task|message_?type|name|(page|screen)_?(title|name)|stage|status|topic|reason|subject|issue|category|change"
CHANNEL = r"channel|medium|submitted_?via|via|contact_?method|source_?channel|origin|media_?type|touch_?channel"
SECONDS = r"(_?(s|sec|secs|seconds|ms|millis|milliseconds|min|mins|minutes|h|hours))?"
FIELDS: tuple[tuple[str, str], ...] = (
    ("score", r"score|rating|nps(_score)?|csat(_score)?|ces(_score)?|satisfaction|stars|.*how_likely.*recommend.*"),
    ("score_kind", r"survey(_?type)?|score_?kind|metric"),
    ("direction", r"direction"),
    ("wait", r"(wait(ing)?|queue)(_?time)?" + SECONDS),
    ("hold", r"hold(_?time)?" + SECONDS),
    (
        "duration",
        r"duration" + SECONDS + r"|(talk|call|handle|handling)_?(time|duration)?" + SECONDS + r"|length_?seconds",
    ),
    ("cost", r"cost"),
    ("value", r"value|amount|revenue|total(_?(price|amount|value))?|sales(_?value)?|order_?value|price|net|gross|paid"),
    ("team", r"team|queue|department|group|org:group"),
    ("agent", r"agent(_?(id|name))?|staff|clerk|operator|handled_?by|assignee|org:resource"),
    ("outcome", r"outcome|result|resolution|disposition|company_response_to_consumer"),
    (
        "text",
        r"comment|comments|text|message|body|feedback|review|remark|narrative|consumer_complaint_narrative|note|notes|why|kommentar",
    ),
)
UNITS = {"min": "minutes", "mins": "minutes", "minutes": "minutes", "h": "hours", "hours": "hours"} | dict.fromkeys(
    ("ms", "millis", "milliseconds"), "ms"
)
"""The unit of a duration by the last word of its column; seconds have none."""

QUANTITY = r"quantity|qty|units"
UNIT_PRICE = r"unit_?price|price|item_?price"
CHANNEL_WORDS: tuple[tuple[str, str], ...] = (
    ("phone", r"call|calls|phone|ivr|telephony|cdr"),
    ("chat", r"chat|chats|messaging|conversation|conversations"),
    ("email", r"email|emails|mail|newsletter|mailing"),
    ("app", r"app|mobile|ios|android"),
    ("survey", r"survey|surveys|nps|csat|ces|feedback|responses|ratings|reviews|umfrage"),
    ("store", r"store|stores|branch|pos|visits|basket|transactions?"),
    ("marketing", r"campaigns?|coupons?|redemptions?|adverts?|ads"),
    ("crm", r"crm|case|cases|ticket|tickets|complaints?|contacts"),
    ("billing", r"invoice|invoices|bill|bills|billing|payments|charges"),
    (
        "web",
        r"web|site|page|pages|clicks|clickstream|online|shop|events?|orders?|retail|tracks?|ga4|matomo|mixpanel|segment",
    ),
)
CHANNEL_COLUMNS: tuple[tuple[str, str], ...] = (
    ("web", r"(.+_)?(page|url|referr?er|browser|utm)(_.+)?"),
    ("app", r"app_version|os_version|screen(_name)?"),
    ("store", r"store(_?(id|no|nr|name))?"),
)
"""Columns that only one channel has."""

NOUNS: tuple[tuple[str, str], ...] = (
    ("Purchase", r"invoices?|orders?|basket|transactions?|receipts?|purchases?|retail|sales"),
    ("Call", r"call|calls"),
    ("Chat", r"chat|chats"),
    ("Coupon redeemed", r"redemption|redemptions"),
    ("Complaint", r"complaint|complaints"),
    ("Store visit", r"visit|visits"),
    ("Survey answered", r"survey|surveys|responses|umfrage|nps|csat"),
    ("Case", r"case|cases|ticket|tickets"),
    ("Booking", r"booking|bookings|reservations?"),
)


def is_named(column: Column, pattern: str) -> bool:
    """Whether the name of a column, or its last part, is one of these."""
    names = {plain_name(column.name), plain_name(column.name.rpartition(".")[2]), column.name.lower()}
    return any(re.fullmatch(pattern, name) for name in names)


def clearness(column: Column, pattern: str) -> int:
    """Which alternative of the pattern the name is: earlier ones say it more clearly."""
    for place, alternative in enumerate(_alternatives(pattern)):
        if is_named(column, alternative):
            return place
    return 999


def _alternatives(pattern: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]
