"""Web tracking: JSON lines in UTC, a cookie for each browser, the user only while signed in."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import ADVERTS, EMAIL_NAMES, FROM_MAIL, Department, Kind
from desireline.app.demo.company import PLATFORMS
from desireline.app.demo.identifiers import Slot, mix
from desireline.app.demo.period import Flags
from desireline.app.demo.sessions import signed_in_so_far, split_sessions
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import NIL_DEVICE, UNREADABLE_TIMES
from desireline.app.demo.texts import choose, clock, date, hexadecimal, join, pool, quoted, thousandths
from desireline.app.demo.walk import Happenings

_EVENTS = (
    "landing_viewed",
    "plans_compared",
    "checkout_started",
    "payment_failed",
    "order_completed",
    "signed_in",
    "bill_viewed",
    "usage_viewed",
    "help_article_viewed",
    "speed_test_run",
    "cancel_page_viewed",
    "house_move_requested",
    "add_on_viewed",
    "order_status_viewed",
    "router_delivered",
)
_PAGES = (
    ("/welcome", "Brightwire: broadband and streaming"),
    ("/plans", "Compare plans"),
    ("/checkout", "Checkout"),
    ("/checkout/payment", "Payment"),
    ("/checkout/thank-you", "Thank you"),
    ("/sign-in", "Sign in"),
    ("/account/bills", "Your bills"),
    ("/account/usage", "Your usage"),
    ("/help/your-bill", "Understand your bill"),
    ("/help/speed-test", "Speed test"),
    ("/account/cancel", "Cancel your plan"),
    ("/account/move", "Moving house"),
    ("/add-ons", "Add-ons"),
    ("/account/orders", "Your order"),
    ("", ""),
    ("/help/router", "When the router has a fault"),
    ("/help/general", "Help"),
)
_OTHER_ARTICLES = 14
_ACCOUNT_KINDS = (
    Kind.SIGNED_IN,
    Kind.BILL_VIEWED,
    Kind.USAGE_VIEWED,
    Kind.CANCEL_VIEWED,
    Kind.MOVE_REQUESTED,
    Kind.ORDER_STATUS_VIEWED,
    Kind.ORDER_COMPLETED,
)


def sheet(block: Block) -> Sheet:
    """The web events of one block."""
    happened, rng = block.of(Department.WEB), block.random("web_events")
    by_server = happened.kind == Kind.ROUTER_DELIVERED
    sessions = split_sessions(happened)
    known = signed_in_so_far(sessions, np.isin(happened.kind, _ACCOUNT_KINDS)) | by_server
    block.mark(Slot.USER, happened.person[known])
    block.mark_each(happened.slot[~by_server], happened.person[~by_server])
    session = hexadecimal(mix(sessions.number + (block.number << 32), block.seed, 50))
    columns = {
        "event": quoted(pool(_EVENTS, happened.kind - 100)),
        "timestamp": _times(happened),
        "anonymous_id": quoted(choose(~by_server, _cookies(block, happened), None)),
        "session_id": quoted(choose(~by_server, session, None)),
        "user_id": quoted(choose(known, block.identifiers.texts(Slot.USER, happened.person), None)),
        "platform": _platforms(block, happened, by_server),
        "page": _pages(happened),
        "campaign": quoted(_campaigns(happened)),
    }
    damage = Damage(columns, len(happened), rng)
    damage.spoil("time unreadable", 0.0010, {"timestamp": [f'"{time}"' for time in UNREADABLE_TIMES]})
    damage.spoil("time missing", 0.0006, {"timestamp": ["null"]})
    nobody = {"anonymous_id": ["null"], "session_id": ["null"], "user_id": ["null"]}
    damage.spoil("no identifier", 0.0010, nobody)
    placeholders = [f'"{NIL_DEVICE}"', '"null"', '"anonymous"']
    damage.spoil("only a placeholder", 0.0004, {**nobody, "anonymous_id": placeholders})
    return damage.finish(repeated=0.005)


def _cookies(block: Block, happened: Happenings) -> pa.Array:
    return block.identifiers.browser_cookies(happened.person, happened.slot)


def _times(happened: Happenings) -> pa.Array:
    day = date(happened.at, "%Y-%m-%d")
    return join('"', day, "T", clock(happened.at), ".", thousandths(happened.at), 'Z"')


def _platforms(block: Block, happened: Happenings, by_server: Flags) -> pa.Array:
    slot = np.clip(happened.slot, 0, Slot.FAMILY_TABLET)
    platform: NDArray[np.int8] = block.people.platform[happened.person, slot]
    return quoted(pool((*PLATFORMS, "server"), np.where(by_server, len(PLATFORMS), platform)))


def _pages(happened: Happenings) -> pa.Array:
    texts = [f'{{"path": "{path}", "title": "{title}"}}' if path else "null" for path, title in _PAGES]
    page = happened.kind - 100
    other = (happened.kind == Kind.HELP_VIEWED) & (happened.detail > 0)
    return pool(texts, np.where(other, happened.detail + _OTHER_ARTICLES, page))


def _campaigns(happened: Happenings) -> pa.Array:
    names = (*ADVERTS, *EMAIL_NAMES, None)
    landed = happened.kind == Kind.LANDING_VIEWED
    number = happened.payload + len(ADVERTS) * (happened.detail == FROM_MAIL)
    return pool(names, np.where(landed, number, len(names) - 1))
