"""The planted problems: what goes wrong for whom and when, at work in the journeys and told in the truth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo.catalogue import STREAM_PLUS
from desireline.app.demo.company import (
    APP_VERSIONS,
    FAULTY_VERSION,
    IOS_SAFARI,
    PLATFORMS,
    People,
    app_version,
    browses_with,
    runs_android,
)
from desireline.app.demo.journeys import (
    BOT_ENDS_IN_CALL,
    BOT_ENDS_IN_CALL_SINCE_CHANGE,
    PAYMENT_FAILS,
    PAYMENT_FAILS_IN_FAULT,
    QUEUE_ABANDONED,
    QUEUE_ABANDONED_ON_MONDAYS,
    SIGNED_OUT,
    SIGNED_OUT_BY_VERSION,
)
from desireline.app.demo.period import END, LONDON, Flags, Integers, london, to_local, weekday
from desireline.app.demo.walk import Arrivals, Redirect

FAULT_FROM, FAULT_TO = london(3, 9), london(3, 23)
BILLING_RUN = london(4, 1)
BILLING_QUESTIONS_TO = london(4, 15)
BOT_CHANGED = london(2, 15)
MONDAYS_FROM = london(5, 1)
PRICE_MAIL_AT = london(5, 12, 9)
PRICE_EFFECT_TO = london(6, 9)
VERSION_FROM = london(6, 1)

LONG_STANDING_YEARS = 3.0
ASKS_ABOUT_BILL = 0.45
"""Share of Stream+ customers who ask about their doubled bill."""
CANCELS_AFTER_MAIL = 0.3
"""Share of long-standing customers who opened the price-change mail and then set out to cancel."""
WAIT_FACTOR = 3.0


@dataclass(frozen=True)
class Effect:
    """What a problem changes, as a number outside it and within it."""

    measure: str
    before: float
    after: float


@dataclass(frozen=True)
class Problem:
    """One planted problem; times are UTC milliseconds, the end is exclusive."""

    id: str
    kind: str
    subject: str
    segment: dict[str, str] | None
    start: int
    end: int
    what: str
    effect: Effect


PROBLEMS = (
    Problem(
        "checkout-fault",
        "fault",
        "Payment failed",
        {"platform": PLATFORMS[IOS_SAFARI]},
        FAULT_FROM,
        FAULT_TO,
        "Payments fail in the web checkout on one platform; people try again, leave, or call sales.",
        Effect("share of payment attempts on this platform that fail", PAYMENT_FAILS, PAYMENT_FAILS_IN_FAULT),
    ),
    Problem(
        "billing-error",
        "billing error",
        "Invoice issued",
        {"plan": "Stream+"},
        BILLING_RUN,
        BILLING_QUESTIONS_TO,
        "The invoice run of 1 April doubles the amount of one plan; for two weeks its customers look at the "
        "bill, chat and call about it, and many get money back.",
        Effect("invoice amount of this plan in pounds", 44.0, 88.0),
    ),
    Problem(
        "bot-ends-in-call",
        "containment",
        "Chat: router fault",
        {"bot": "true"},
        BOT_CHANGED,
        END,
        "Since a change of the bot, most of its chats about a router fault are followed by a call to the "
        "technical line within the hour.",
        Effect(
            "share of these chats followed by a technical call within the hour",
            BOT_ENDS_IN_CALL,
            BOT_ENDS_IN_CALL_SINCE_CHANGE,
        ),
    ),
    Problem(
        "monday-queue",
        "waiting",
        "Call: technical",
        {"queue": "technical", "weekday": "Monday"},
        MONDAYS_FROM,
        END,
        "On Mondays since May the technical line is understaffed: waits are three times as long and more "
        "callers hang up and dial again.",
        Effect("share of these calls abandoned in the queue", QUEUE_ABANDONED, QUEUE_ABANDONED_ON_MONDAYS),
    ),
    Problem(
        "price-change",
        "campaign effect",
        "E-mail: Spring price change",
        {"tenure": "3 years or more"},
        PRICE_MAIL_AT,
        PRICE_EFFECT_TO,
        "The e-mail about new prices makes long-standing customers who open it set out to cancel.",
        Effect("share of those who opened it and set out to cancel within four weeks", 0.01, CANCELS_AFTER_MAIL),
    ),
    Problem(
        "app-signs-out",
        "app fault",
        "Signed in",
        {"os": "android", "app_version": APP_VERSIONS[FAULTY_VERSION]},
        VERSION_FROM,
        END,
        "A version of the app loses the session: people sign in again and again, or give up.",
        Effect("share of app openings followed by signing in", SIGNED_OUT, SIGNED_OUT_BY_VERSION),
    ),
)


def crowded_monday(at: Integers) -> Flags:
    """Whether the technical line is understaffed at these moments."""
    crowded: Flags = (at >= MONDAYS_FROM) & (weekday(to_local(at, LONDON)) == 0)
    return crowded


def long_standing(people: People) -> Flags:
    """Who the price change makes cancel."""
    stayed: Flags = people.tenure_years >= LONG_STANDING_YEARS
    return stayed


def invoice_factor(people: People, person: NDArray[np.int32], at: Integers) -> NDArray[np.float64]:
    """By how much invoices issued at these times are multiplied."""
    wrong = (at == BILLING_RUN) & (people.plan[person] == STREAM_PLUS)
    return np.where(wrong, 2.0, 1.0)


def _checkout_fault(arrivals: Arrivals) -> Flags:
    in_time = (arrivals.at >= FAULT_FROM) & (arrivals.at < FAULT_TO)
    return in_time & browses_with(arrivals.people, arrivals.person, arrivals.slot, IOS_SAFARI)


def _bot_changed(arrivals: Arrivals) -> Flags:
    return arrivals.at >= BOT_CHANGED


def _crowded(arrivals: Arrivals) -> Flags:
    return crowded_monday(arrivals.at)


def _loses_session(arrivals: Arrivals) -> Flags:
    version = app_version(arrivals.people, arrivals.person, arrivals.at)
    faulty: Flags = version == FAULTY_VERSION
    return faulty & runs_android(arrivals.people, arrivals.person)


REDIRECTS = (
    Redirect("join", "pay?", "pay in the fault?", _checkout_fault),
    Redirect("buy add-on", "pay?", "pay in the fault?", _checkout_fault),
    Redirect("fault", "bot", "bot since the change", _bot_changed),
    Redirect("fault", "dial technical?", "dial technical on a crowded Monday?", _crowded),
    Redirect("quick question", "dial technical?", "dial technical on a crowded Monday?", _crowded),
    Redirect("use the app", "open", "open, signed out", _loses_session),
)
