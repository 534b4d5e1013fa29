"""Chats: one JSON list of nested objects, London time with its offset."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import BOT, Department, Kind
from desireline.app.demo.identifiers import BROWSERS
from desireline.app.demo.period import LONDON, offset, to_local
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import NIL_DEVICE, UNREADABLE_TIMES, given_emails, some
from desireline.app.demo.texts import choose, clock, constant, date, decimal, join, pool, quoted
from desireline.app.demo.walk import Happenings

_TOPICS = ("billing", "router fault", "plans", "cancellation", "moving house")
_OUTCOMES = ("solved", "handed over", "customer left")


def sheet(block: Block) -> Sheet:
    """The chats of one block."""
    happened, rng = block.of(Department.CHATS), block.random("chats")
    rows = len(happened)
    bot = happened.detail == BOT
    outcome = np.where(bot, rng.choice(3, rows, p=[0.6, 0.1, 0.3]), rng.choice(3, rows, p=[0.8, 0.12, 0.08]))
    email, cookie = _visitors(block, happened, rng)
    columns = {
        "chat_id": join('"ch-', decimal(block.number * 10_000_000 + np.arange(rows)), '"'),
        "email": email,
        "cookie": cookie,
        "started_at": _times(happened),
        "channel": constant('"chat"', rows),
        "topic": quoted(pool(_TOPICS, happened.kind - Kind.CHAT_BILLING)),
        "duration": decimal(np.rint(np.exp(rng.normal(5.6, 0.7, rows))).astype(np.int64)),
        "bot": pool(("false", "true"), bot.astype(np.int8)),
        "outcome": quoted(pool(_OUTCOMES, outcome)),
        "rating": pool(("null", "1", "2", "3", "4", "5"), _ratings(bot, rng)),
    }
    damage = Damage(columns, rows, rng)
    damage.spoil("time unreadable", 0.0010, {"started_at": [f'"{time}"' for time in UNREADABLE_TIMES]})
    damage.spoil("time missing", 0.0005, {"started_at": ["null"]})
    damage.spoil("number unreadable", 0.0008, {"duration": ['"abc"', '"12,5s"']})
    damage.spoil("no identifier", 0.0008, {"email": ["null"], "cookie": ["null"]})
    damage.spoil("only a placeholder", 0.0004, {"email": ['"unknown@example.com"'], "cookie": ["null"]})
    has_email = np.asarray(pa.compute.not_equal(email, "null").to_numpy(zero_copy_only=False))
    nil = constant(f'"{NIL_DEVICE}"', rows)
    damage.misspell("cookie", has_email & some(0.002, rows, rng), nil, "placeholder beside an e-mail")
    return _nested(damage.finish(repeated=0.003))


def _nested(flat: Sheet) -> Sheet:
    columns = dict(flat.columns)
    visitor = join('{"email": ', columns.pop("email"), ', "cookie": ', columns.pop("cookie"), "}")
    return Sheet({"chat_id": columns.pop("chat_id"), "visitor": visitor, **columns}, flat.tally)


def _visitors(block: Block, happened: Happenings, rng: np.random.Generator) -> tuple[pa.Array, pa.Array]:
    """E-mail and cookie as JSON texts; at least one of them is there."""
    rows = len(happened)
    has_cookie = some(0.75, rows, rng) & (happened.slot >= 0) & (happened.slot < BROWSERS)
    has_email = some(0.7, rows, rng) | ~has_cookie
    emails = pa.nulls(rows, pa.string())
    if has_email.any():
        given = given_emails(block, happened.person[has_email], rng)
        emails = pa.compute.replace_with_mask(emails, pa.array(has_email), given)
    block.mark_each(happened.slot[has_cookie], happened.person[has_cookie])
    cookies = block.identifiers.browser_cookies(happened.person, happened.slot)
    return quoted(emails), quoted(choose(has_cookie, cookies, None))


def _times(happened: Happenings) -> pa.Array:
    local = to_local(happened.at, LONDON)
    summer = (offset(happened.at, LONDON) > 0).astype(np.int8)
    return join('"', date(local, "%Y-%m-%d"), "T", clock(local), pool(("+00:00", "+01:00"), summer), '"')


def _ratings(bot: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.int64]:
    """Stars, 0 for none given; bots get fewer."""
    human = rng.choice(6, len(bot), p=[0.6, 0.03, 0.03, 0.06, 0.12, 0.16])
    machine = rng.choice(6, len(bot), p=[0.7, 0.08, 0.07, 0.06, 0.05, 0.04])
    return np.where(bot, machine, human)
