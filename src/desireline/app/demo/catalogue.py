"""What can happen at Brightwire, and what it sells: touchpoints, pages, campaigns, plans, products.

A kind's number is its department's number times 100 plus a running number, so that the department is
`kind // 100` on whole arrays.
"""

from dataclasses import dataclass
from enum import IntEnum


class Department(IntEnum):
    """Who records the interaction, and so in which file it ends."""

    WEB = 1
    APP = 2
    CALLS = 3
    CHATS = 4
    CONTACTS = 5
    CASES = 6
    ORDERS = 7
    INVOICES = 8
    CAMPAIGNS = 9
    SURVEYS = 10
    STORES = 11


class Kind(IntEnum):
    """One kind of interaction, as its department tells them apart."""

    LANDING_VIEWED = 100
    PLANS_COMPARED = 101
    CHECKOUT_STARTED = 102
    PAYMENT_FAILED = 103
    ORDER_COMPLETED = 104
    SIGNED_IN = 105
    BILL_VIEWED = 106
    USAGE_VIEWED = 107
    HELP_VIEWED = 108
    SPEED_TESTED = 109
    CANCEL_VIEWED = 110
    MOVE_REQUESTED = 111
    ADD_ON_VIEWED = 112
    ORDER_STATUS_VIEWED = 113
    ROUTER_DELIVERED = 114

    APP_INSTALLED = 200
    APP_FIRST_LOGIN = 201
    APP_SIGNED_IN = 202
    APP_OPENED = 203
    APP_WATCHED = 204
    APP_USAGE_VIEWED = 205
    APP_BILL_VIEWED = 206
    APP_HELP_VIEWED = 207
    APP_SPEED_TESTED = 208
    APP_ADD_ON_VIEWED = 209

    CALL_BILLING = 300
    CALL_TECHNICAL = 301
    CALL_SALES = 302
    CALL_CANCELLATION = 303
    CALL_MOVING = 304
    CALL_DELIVERY = 305

    CHAT_BILLING = 400
    CHAT_ROUTER_FAULT = 401
    CHAT_PLANS = 402
    CHAT_CANCELLATION = 403
    CHAT_MOVING = 404

    CONTACT_CREATED = 500
    CONTACT_UPDATED = 501

    CASE_BILLING = 600
    CASE_TECHNICIAN = 601
    CASE_MOVE = 602
    CASE_CANCELLATION = 603

    ORDER_PLACED = 700
    ORDER_RETURNED = 701

    INVOICE_ISSUED = 800
    CREDIT_ISSUED = 801

    EMAIL_SENT = 900
    EMAIL_OPENED = 901
    EMAIL_CLICKED = 902
    EMAIL_BOUNCED = 903
    EMAIL_UNSUBSCRIBED = 904

    SURVEY_NPS = 1000
    SURVEY_CSAT = 1001
    SURVEY_CES = 1002

    STORE_ADVICE = 1100
    STORE_PURCHASE = 1101
    STORE_RETURN = 1102


WEB_INSTEAD_OF_APP = {
    Kind.APP_USAGE_VIEWED: Kind.USAGE_VIEWED,
    Kind.APP_BILL_VIEWED: Kind.BILL_VIEWED,
    Kind.APP_HELP_VIEWED: Kind.HELP_VIEWED,
    Kind.APP_SPEED_TESTED: Kind.SPEED_TESTED,
    Kind.APP_ADD_ON_VIEWED: Kind.ADD_ON_VIEWED,
}
"""What people without the app do on the web; the other kinds of the app they do not do at all."""

ABANDONED = 1
"""Detail of a call: the caller gave up in the queue."""
BOT = 1
"""Detail of a chat: the bot answered."""
GOOD, BAD = 1, 2
"""Detail of a survey answer: how the matter went before."""
BILL_ARTICLE, ROUTER_ARTICLE, GENERAL_ARTICLE = 0, 1, 2
"""Detail of a help page: which article."""


OF_PLAN, OF_ADD_ON = 0, 1
"""Detail of an order: what was bought; the payload of an add-on order is the product."""
FROM_MAIL = 1
"""Detail of a landing page: the payload is a mailing, not an advert."""


@dataclass(frozen=True)
class Campaign:
    """A mailing to everybody who may get one; `month`, `day`, `hour` in London."""

    name: str
    month: int
    day: int
    hour: int


MAILINGS = (
    Campaign("January newsletter", 1, 15, 10),
    Campaign("Winter sport pass", 2, 5, 17),
    Campaign("Spring film nights", 3, 3, 18),
    Campaign("April newsletter", 4, 16, 10),
    Campaign("Spring price change", 5, 12, 9),
    Campaign("Summer of sport", 6, 4, 17),
    Campaign("June newsletter", 6, 18, 10),
)
PRICE_CHANGE = 4
WELCOME = len(MAILINGS)
EMAIL_NAMES = (*(mailing.name for mailing in MAILINGS), "Welcome to Brightwire")
ADVERTS = ("search-brand", "search-broadband", "social-spring", "tv-spot", "comparison-site", "referral")

PLANS = ("Basic", "Stream", "Stream+", "Fibre Max")
PLAN_SHARES = (0.3, 0.32, 0.26, 0.12)
PLAN_PRICES = (24.0, 34.0, 44.0, 59.0)
STREAM_PLUS = 2
ADD_ONS = ("sport-pass", "film-night", "kids-pack", "wifi-booster", "call-pack")
ADD_ON_PRICES = (12.5, 4.99, 6.5, 39.0, 8.0)
