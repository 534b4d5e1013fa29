"""What people go through with Brightwire: one script for each kind of journey.

States whose name ends in a question mark are forks. States that only a planted problem leads to are kept
beside the healthy ones, so that the difference can be read side by side (see problems.py).
"""

from desireline.app.demo.catalogue import (
    ABANDONED,
    BAD,
    BILL_ARTICLE,
    BOT,
    FROM_MAIL,
    GENERAL_ARTICLE,
    GOOD,
    OF_ADD_ON,
    OF_PLAN,
    ROUTER_ARTICLE,
    Kind,
)
from desireline.app.demo.rhythm import Hours
from desireline.app.demo.walk import Script, State, Step

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_CENTRE, _STORE, _ALWAYS = Hours.CONTACT_CENTRE, Hours.STORE, Hours.ALWAYS
_NOW = 0.001

PAYMENT_FAILS, PAYMENT_FAILS_IN_FAULT = 0.07, 0.85
BOT_ENDS_IN_CALL, BOT_ENDS_IN_CALL_SINCE_CHANGE = 0.15, 0.70
QUEUE_ABANDONED, QUEUE_ABANDONED_ON_MONDAYS = 0.05, 0.25
SIGNED_OUT, SIGNED_OUT_BY_VERSION = 0.03, 0.70


def _payment(after: str, ordered: int) -> dict[str, State]:
    """Checkout to order, the same for every purchase on the web."""
    return {
        "checkout": State(
            Kind.CHECKOUT_STARTED,
            "left at checkout",
            (Step("pay?", 0.85, 2 * _MINUTE, 0.5), Step("checkout", 0.06, _DAY)),
        ),
        "pay?": State(
            None,
            "left at payment",
            (Step("failed", PAYMENT_FAILS, _NOW), Step("paid", 1 - PAYMENT_FAILS, _NOW)),
        ),
        "pay in the fault?": State(
            None,
            "left at payment",
            (
                Step("failed in the fault", PAYMENT_FAILS_IN_FAULT, _NOW),
                Step("paid", 1 - PAYMENT_FAILS_IN_FAULT, _NOW),
            ),
        ),
        "failed": State(
            Kind.PAYMENT_FAILED,
            "payment failed",
            (Step("pay?", 0.68, 1.5 * _MINUTE), Step("call about payment", 0.06, 20 * _MINUTE)),
        ),
        "failed in the fault": State(
            Kind.PAYMENT_FAILED,
            "payment failed",
            (
                Step("pay?", 0.52, 1.5 * _MINUTE),
                Step("checkout", 0.08, 1.5 * _DAY),
                Step("call about payment", 0.2, 20 * _MINUTE),
            ),
        ),
        "call about payment": State(
            Kind.CALL_SALES, "left after a call", (Step("order", 0.4, 8 * _MINUTE),), hours=_CENTRE
        ),
        "paid": State(Kind.ORDER_COMPLETED, "ordered", (Step("order", 1.0, 1.0, 0.3),), hours=_ALWAYS),
        "order": State(Kind.ORDER_PLACED, "ordered", (Step(after, 1.0, 40.0, 0.4),), detail=ordered, hours=_ALWAYS),
    }


JOIN = Script(
    "join",
    {
        "landing": State(
            Kind.LANDING_VIEWED,
            "left at the landing page",
            (Step("compare", 0.62, 45), Step("landing later", 0.14, 2 * _DAY)),
        ),
        "landing later": State(Kind.LANDING_VIEWED, "left at the landing page", (Step("compare", 0.6, 40),)),
        "compare": State(
            Kind.PLANS_COMPARED,
            "left at the plans",
            (
                Step("checkout", 0.52, 3 * _MINUTE),
                Step("compare later", 0.2, 1.2 * _DAY),
                Step("chat", 0.06, 4 * _MINUTE),
                Step("call", 0.06, _HOUR),
                Step("store", 0.03, 2 * _DAY),
            ),
        ),
        "compare later": State(
            Kind.PLANS_COMPARED,
            "left at the plans",
            (Step("checkout", 0.55, 4 * _MINUTE), Step("call", 0.07, _HOUR)),
        ),
        "chat": State(Kind.CHAT_PLANS, "left after a chat", (Step("checkout", 0.6, 10 * _MINUTE),)),
        "call": State(Kind.CALL_SALES, "left after a call", (Step("checkout", 0.65, 15 * _MINUTE),), hours=_CENTRE),
        "store": State(Kind.STORE_ADVICE, "left after a visit", (Step("checkout", 0.5, _DAY),), hours=_STORE),
        **_payment("contact", OF_PLAN),
        "contact": State(Kind.CONTACT_CREATED, "ordered", (Step("welcome", 1.0, 120.0),), hours=_ALWAYS),
        "welcome": State(
            Kind.EMAIL_SENT,
            "ordered",
            (
                Step("welcome opened", 0.6, 3 * _HOUR),
                Step("status", 0.22, _DAY),
                Step("delivered", 0.18, 3 * _DAY, 0.4),
            ),
            hours=_ALWAYS,
        ),
        "welcome opened": State(
            Kind.EMAIL_OPENED,
            "ordered",
            (Step("status", 0.5, _DAY), Step("delivered", 0.5, 2.5 * _DAY, 0.4)),
        ),
        "status": State(
            Kind.ORDER_STATUS_VIEWED,
            "ordered",
            (
                Step("status", 0.2, 0.8 * _DAY),
                Step("late", 0.12, 8 * _HOUR),
                Step("delivered", 0.68, 1.5 * _DAY, 0.4),
            ),
        ),
        "late": State(Kind.CALL_DELIVERY, "ordered", (Step("delivered", 1.0, 1.2 * _DAY, 0.4),), hours=_CENTRE),
        "delivered": State(
            Kind.ROUTER_DELIVERED,
            "delivered",
            (
                Step("installed", 0.78, 5 * _HOUR),
                Step("signed in", 0.12, 8 * _HOUR),
                Step("returned", 0.03, 6 * _DAY),
                Step("trouble", 0.05, 6 * _HOUR),
            ),
            hours=_STORE,
        ),
        "trouble": State(Kind.CALL_TECHNICAL, "delivered", (Step("installed", 0.7, 30 * _MINUTE),)),
        "returned": State(Kind.ORDER_RETURNED, "sent back", detail=OF_PLAN, hours=_ALWAYS),
        "installed": State(Kind.APP_INSTALLED, "delivered", (Step("first login", 0.93, 3 * _MINUTE),)),
        "first login": State(
            Kind.APP_FIRST_LOGIN,
            "joined",
            (Step("watched", 0.7, 5 * _MINUTE), Step("speed", 0.15, 10 * _MINUTE)),
        ),
        "signed in": State(Kind.SIGNED_IN, "joined", (Step("survey", 0.1, 3 * _DAY),)),
        "speed": State(Kind.APP_SPEED_TESTED, "joined", (Step("survey", 0.1, 3 * _DAY),)),
        "watched": State(Kind.APP_WATCHED, "joined", (Step("survey", 0.15, 3 * _DAY),)),
        "survey": State(Kind.SURVEY_CSAT, "joined", detail=GOOD),
    },
)

_WATCHING = (
    Step("watch", 0.58, 90.0),
    Step("usage", 0.12, 60.0),
    Step("bill", 0.08, 80.0),
    Step("help", 0.03, 90.0),
)
USE_APP = Script(
    "use the app",
    {
        "open": State(Kind.APP_OPENED, "used", (*_WATCHING, Step("sign in", SIGNED_OUT, 20.0))),
        "open, signed out": State(
            Kind.APP_OPENED,
            "used",
            (Step("sign in again", SIGNED_OUT_BY_VERSION, 20.0), Step("watch", 0.18, 90.0)),
        ),
        "sign in": State(Kind.APP_SIGNED_IN, "used", _WATCHING),
        "sign in again": State(
            Kind.APP_SIGNED_IN,
            "gave up signing in",
            (Step("sign in again", 0.5, 2 * _MINUTE), Step("watch", 0.3, 90.0), Step("help", 0.05, 90.0)),
        ),
        "watch": State(Kind.APP_WATCHED, "used", (Step("watch", 0.45, 28 * _MINUTE), Step("usage", 0.03, _MINUTE))),
        "usage": State(Kind.APP_USAGE_VIEWED, "used", (Step("bill", 0.2, 50.0), Step("watch", 0.25, 90.0))),
        "bill": State(Kind.APP_BILL_VIEWED, "used", (Step("help", 0.05, 90.0), Step("watch", 0.2, 90.0))),
        "help": State(Kind.APP_HELP_VIEWED, "used", detail=GENERAL_ARTICLE),
    },
)

USE_WEB = Script(
    "use the website",
    {
        "begin?": State(None, "used", (Step("sign in", 0.72, _NOW), Step("look around", 0.28, _NOW))),
        "sign in": State(
            Kind.SIGNED_IN,
            "used",
            (Step("usage", 0.35, 40.0), Step("bill", 0.4, 40.0), Step("add-on", 0.08, 60.0)),
        ),
        "look around": State(
            Kind.HELP_VIEWED,
            "looked around",
            (Step("look around", 0.35, 90.0), Step("plans", 0.15, 60.0), Step("sign in", 0.25, 60.0)),
            detail=GENERAL_ARTICLE,
        ),
        "usage": State(Kind.USAGE_VIEWED, "used", (Step("bill", 0.3, 50.0), Step("usage", 0.25, 40.0))),
        "bill": State(Kind.BILL_VIEWED, "used", (Step("usage", 0.25, 50.0), Step("bill", 0.15, 60.0))),
        "add-on": State(Kind.ADD_ON_VIEWED, "used", (Step("usage", 0.2, 60.0),)),
        "plans": State(Kind.PLANS_COMPARED, "looked around", (Step("plans", 0.2, 90.0),)),
    },
)

BILLING_QUESTION = Script(
    "billing question",
    {
        "begin?": State(None, "asked", (Step("bill in app", 0.55, _NOW), Step("bill", 0.45, _NOW))),
        "bill in app": State(Kind.APP_BILL_VIEWED, "gave up", (Step("ask?", 1.0, _MINUTE),)),
        "bill": State(Kind.BILL_VIEWED, "gave up", (Step("ask?", 1.0, _MINUTE),)),
        "ask?": State(
            None,
            "gave up",
            (
                Step("help", 0.45, 2 * _MINUTE),
                Step("chat", 0.22, 9 * _MINUTE),
                Step("call", 0.28, 30 * _MINUTE),
            ),
        ),
        "help": State(
            Kind.HELP_VIEWED,
            "solved by an article",
            (Step("chat", 0.33, 3 * _MINUTE), Step("call", 0.35, 20 * _MINUTE)),
            detail=BILL_ARTICLE,
        ),
        "chat": State(
            Kind.CHAT_BILLING,
            "solved in a chat",
            (Step("call", 0.26, 40 * _MINUTE), Step("case", 0.06, 15 * _MINUTE), Step("survey", 0.2, _DAY)),
        ),
        "call": State(
            Kind.CALL_BILLING,
            "solved in a call",
            (
                Step("case", 0.35, 12 * _MINUTE),
                Step("call", 0.14, 2 * _DAY),
                Step("bad survey", 0.08, _DAY),
                Step("survey", 0.12, _DAY),
            ),
            hours=_CENTRE,
        ),
        "case": State(
            Kind.CASE_BILLING,
            "case opened",
            (Step("credit", 0.5, 3 * _DAY), Step("effort survey", 0.25, 3 * _DAY)),
            hours=_CENTRE,
        ),
        "credit": State(Kind.CREDIT_ISSUED, "money back", (Step("effort survey", 0.25, 2 * _DAY),), hours=_ALWAYS),
        "effort survey": State(Kind.SURVEY_CES, "solved", detail=BAD),
        "bad survey": State(Kind.SURVEY_CSAT, "solved in a call", detail=BAD),
        "survey": State(Kind.SURVEY_CSAT, "solved", detail=GOOD),
    },
)

_AFTER_QUEUE = (Step("technical call", 1 - QUEUE_ABANDONED, _NOW), Step("hung up", QUEUE_ABANDONED, _NOW))
_AFTER_MONDAY_QUEUE = (
    Step("technical call", 1 - QUEUE_ABANDONED_ON_MONDAYS, _NOW),
    Step("hung up", QUEUE_ABANDONED_ON_MONDAYS, _NOW),
)


def _technical_call() -> dict[str, State]:
    """The technical line, open day and night: the queue, the call, the visit."""
    return {
        "dial technical?": State(None, "gave up", _AFTER_QUEUE, hours=_ALWAYS),
        "dial technical on a crowded Monday?": State(None, "gave up", _AFTER_MONDAY_QUEUE, hours=_ALWAYS),
        "hung up": State(
            Kind.CALL_TECHNICAL,
            "hung up in the queue",
            (Step("dial technical?", 0.6, 25 * _MINUTE),),
            detail=ABANDONED,
            hours=_ALWAYS,
        ),
        "technical call": State(
            Kind.CALL_TECHNICAL,
            "solved in a call",
            (
                Step("visit", 0.33, 6 * _MINUTE),
                Step("dial technical?", 0.13, 1.5 * _DAY),
                Step("bad survey", 0.06, _DAY),
                Step("survey", 0.12, _DAY),
            ),
            hours=_ALWAYS,
        ),
        "visit": State(
            Kind.CASE_TECHNICIAN,
            "technician came",
            (Step("survey", 0.3, 3 * _DAY), Step("dial technical?", 0.08, 3 * _DAY)),
            hours=_ALWAYS,
        ),
        "bad survey": State(Kind.SURVEY_CSAT, "solved", detail=BAD),
        "survey": State(Kind.SURVEY_CSAT, "solved", detail=GOOD),
    }


FAULT = Script(
    "fault",
    {
        "begin?": State(None, "gave up", (Step("speed test in app", 0.5, _NOW), Step("speed test", 0.5, _NOW))),
        "speed test in app": State(Kind.APP_SPEED_TESTED, "gave up", (Step("ask?", 1.0, _MINUTE),)),
        "speed test": State(
            Kind.SPEED_TESTED, "gave up", (Step("speed test", 0.15, 5 * _MINUTE), Step("ask?", 0.85, _MINUTE))
        ),
        "ask?": State(
            None,
            "gave up",
            (
                Step("help", 0.5, 2 * _MINUTE),
                Step("bot", 0.26, 3 * _MINUTE),
                Step("dial technical?", 0.18, 15 * _MINUTE),
            ),
        ),
        "help": State(
            Kind.HELP_VIEWED,
            "solved by an article",
            (
                Step("help", 0.15, 3 * _MINUTE),
                Step("bot", 0.38, 4 * _MINUTE),
                Step("dial technical?", 0.28, 20 * _MINUTE),
            ),
            detail=ROUTER_ARTICLE,
        ),
        "bot": State(
            Kind.CHAT_ROUTER_FAULT,
            "solved by the bot",
            (Step("dial technical?", BOT_ENDS_IN_CALL, 14 * _MINUTE, 0.5), Step("survey", 0.12, _DAY)),
            detail=BOT,
        ),
        "bot since the change": State(
            Kind.CHAT_ROUTER_FAULT,
            "solved by the bot",
            (
                Step("dial technical?", BOT_ENDS_IN_CALL_SINCE_CHANGE, 14 * _MINUTE, 0.5),
                Step("bad survey", 0.06, _DAY),
            ),
            detail=BOT,
        ),
        **_technical_call(),
    },
)

BUY_ADD_ON = Script(
    "buy add-on",
    {
        "begin?": State(None, "looked", (Step("look in app", 0.4, _NOW), Step("look", 0.6, _NOW))),
        "look in app": State(Kind.APP_ADD_ON_VIEWED, "looked", (Step("checkout", 0.75, 2 * _MINUTE),)),
        "look": State(
            Kind.ADD_ON_VIEWED,
            "looked",
            (Step("checkout", 0.72, 2 * _MINUTE), Step("look", 0.1, _DAY), Step("chat", 0.03, 4 * _MINUTE)),
        ),
        "chat": State(Kind.CHAT_PLANS, "looked", (Step("checkout", 0.6, 5 * _MINUTE),)),
        **_payment("enjoy?", OF_ADD_ON),
        "enjoy?": State(
            None,
            "bought",
            (
                Step("watched", 0.5, 2 * _HOUR),
                Step("returned", 0.03, 4 * _DAY),
                Step("effort survey", 0.05, _DAY),
            ),
        ),
        "watched": State(Kind.APP_WATCHED, "bought", (Step("watched", 0.3, _DAY),)),
        "returned": State(Kind.ORDER_RETURNED, "sent back", detail=OF_ADD_ON, hours=_ALWAYS),
        "effort survey": State(Kind.SURVEY_CES, "bought", detail=GOOD),
    },
)

MOVE_HOUSE = Script(
    "move house",
    {
        "begin?": State(None, "gave up", (Step("form", 0.6, _NOW), Step("call", 0.3, _NOW), Step("chat", 0.1, _NOW))),
        "form": State(Kind.MOVE_REQUESTED, "asked", (Step("call", 0.5, _DAY), Step("case", 0.45, 20 * _MINUTE))),
        "chat": State(Kind.CHAT_MOVING, "asked", (Step("case", 0.5, 20 * _MINUTE), Step("call", 0.4, _DAY))),
        "call": State(
            Kind.CALL_MOVING,
            "asked",
            (Step("case", 0.8, 8 * _MINUTE), Step("call", 0.1, _DAY)),
            hours=_CENTRE,
        ),
        "case": State(
            Kind.CASE_MOVE,
            "moved",
            (
                Step("speed test", 0.3, 12 * _DAY, 0.4),
                Step("late", 0.15, 9 * _DAY, 0.4),
                Step("effort survey", 0.2, 14 * _DAY, 0.3),
            ),
            hours=_CENTRE,
        ),
        "late": State(Kind.CALL_DELIVERY, "moved", (Step("effort survey", 0.3, 3 * _DAY),), hours=_CENTRE),
        "speed test": State(Kind.APP_SPEED_TESTED, "moved", (Step("effort survey", 0.2, 2 * _DAY),)),
        "effort survey": State(Kind.SURVEY_CES, "moved"),
    },
)

CANCEL = Script(
    "cancel",
    {
        "begin?": State(None, "stayed", (Step("usage", 0.55, _NOW), Step("cancel page", 0.45, _NOW))),
        "usage": State(Kind.USAGE_VIEWED, "stayed", (Step("cancel page", 0.85, 4 * _MINUTE),)),
        "cancel page": State(
            Kind.CANCEL_VIEWED,
            "stayed",
            (
                Step("cancel page", 0.15, 2 * _DAY),
                Step("chat", 0.25, 5 * _MINUTE),
                Step("call", 0.4, 40 * _MINUTE),
                Step("cancelled", 0.1, 10 * _MINUTE),
            ),
        ),
        "chat": State(
            Kind.CHAT_CANCELLATION,
            "kept in a chat",
            (Step("cancelled", 0.45, 20 * _MINUTE), Step("call", 0.15, _HOUR)),
        ),
        "call": State(
            Kind.CALL_CANCELLATION,
            "kept in a call",
            (Step("cancelled", 0.55, 20 * _MINUTE), Step("survey", 0.12, _DAY)),
            hours=_CENTRE,
        ),
        "cancelled": State(Kind.CASE_CANCELLATION, "cancelled", (Step("left survey", 0.15, 3 * _DAY),), hours=_ALWAYS),
        "survey": State(Kind.SURVEY_CSAT, "kept in a call", detail=GOOD),
        "left survey": State(Kind.SURVEY_NPS, "cancelled", detail=BAD),
    },
)

VISIT_STORE = Script(
    "store visit",
    {
        "begin?": State(None, "visited", (Step("ask", 0.5, _NOW), Step("buy", 0.36, _NOW), Step("return", 0.14, _NOW))),
        "ask": State(
            Kind.STORE_ADVICE,
            "asked",
            (Step("buy", 0.15, 2 * _DAY), Step("compare", 0.15, _DAY), Step("survey", 0.06, _DAY)),
            hours=_STORE,
        ),
        "buy": State(
            Kind.STORE_PURCHASE,
            "bought",
            (Step("return", 0.05, 6 * _DAY), Step("survey", 0.06, _DAY)),
            hours=_STORE,
        ),
        "return": State(Kind.STORE_RETURN, "brought back", (Step("call", 0.05, 2 * _DAY),), hours=_STORE),
        "compare": State(Kind.PLANS_COMPARED, "asked"),
        "call": State(Kind.CALL_BILLING, "brought back", hours=_CENTRE),
        "survey": State(Kind.SURVEY_CSAT, "visited", detail=GOOD),
    },
)

ASK = Script(
    "quick question",
    {
        "begin?": State(
            None,
            "asked",
            (
                Step("billing", 0.22, _NOW),
                Step("sales", 0.12, _NOW),
                Step("dial technical?", 0.22, _NOW),
                Step("chat about the bill", 0.17, _NOW),
                Step("chat about plans", 0.15, _NOW),
                Step("help", 0.12, _NOW),
            ),
        ),
        "billing": State(
            Kind.CALL_BILLING,
            "asked",
            (Step("billing", 0.1, _DAY), Step("survey", 0.12, _DAY)),
            hours=_CENTRE,
        ),
        "sales": State(Kind.CALL_SALES, "asked", (Step("survey", 0.1, _DAY),), hours=_CENTRE),
        "chat about the bill": State(
            Kind.CHAT_BILLING, "asked", (Step("billing", 0.15, _HOUR), Step("survey", 0.15, _DAY)), detail=BOT
        ),
        "chat about plans": State(Kind.CHAT_PLANS, "asked", (Step("survey", 0.12, _DAY),)),
        "help": State(Kind.HELP_VIEWED, "read", (Step("chat about plans", 0.2, 3 * _MINUTE),), detail=GENERAL_ARTICLE),
        **_technical_call(),
    },
)

USE_KIOSK = Script(
    "use a kiosk",
    {
        "sign in": State(
            Kind.APP_SIGNED_IN,
            "used a kiosk",
            (Step("usage", 0.4, 30.0), Step("bill", 0.3, 30.0), Step("add-on", 0.2, 30.0)),
            hours=_STORE,
        ),
        "usage": State(Kind.APP_USAGE_VIEWED, "used a kiosk", (Step("bill", 0.2, 30.0),), hours=_STORE),
        "bill": State(Kind.APP_BILL_VIEWED, "used a kiosk", hours=_STORE),
        "add-on": State(Kind.APP_ADD_ON_VIEWED, "used a kiosk", hours=_STORE),
    },
)

MAILING = Script(
    "e-mail",
    {
        "sent": State(Kind.EMAIL_SENT, "", (Step("opened", 0.37, 7 * _HOUR, 1.2),), hours=_ALWAYS),
        "opened": State(
            Kind.EMAIL_OPENED,
            "",
            (
                Step("opened", 0.1, _DAY),
                Step("clicked", 0.15, _MINUTE),
                Step("unsubscribed", 0.008, _MINUTE),
            ),
        ),
        "clicked": State(Kind.EMAIL_CLICKED, "looked at an offer", (Step("landing", 0.95, 3.0),)),
        "landing": State(
            Kind.LANDING_VIEWED,
            "looked at an offer",
            (Step("add-on", 0.35, 40.0), Step("sign in", 0.15, 40.0)),
            detail=FROM_MAIL,
        ),
        "add-on": State(Kind.ADD_ON_VIEWED, "looked at an offer"),
        "sign in": State(Kind.SIGNED_IN, "looked at an offer"),
        "unsubscribed": State(Kind.EMAIL_UNSUBSCRIBED, "unsubscribed"),
    },
)

BOUNCED_MAILING = Script(
    "e-mail",
    {
        "sent": State(Kind.EMAIL_SENT, "", (Step("bounced", 1.0, 5.0),), hours=_ALWAYS),
        "bounced": State(Kind.EMAIL_BOUNCED, "", hours=_ALWAYS),
    },
)

RELATIONSHIP_SURVEY = Script("relationship survey", {"answered": State(Kind.SURVEY_NPS, "")})
