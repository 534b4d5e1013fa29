"""Call records: semicolons, London wall-clock time, numbers as the switch shows them."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import ABANDONED, Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.names import FIRST_NAMES_OF_AGENTS
from desireline.app.demo.period import LONDON, to_local
from desireline.app.demo.problems import WAIT_FACTOR, crowded_monday
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import UNREADABLE_TIMES, some, spell_phones
from desireline.app.demo.texts import choose, clock, constant, date, decimal, join, pool
from desireline.app.demo.walk import Happenings

_REASONS = ("billing", "technical", "sales", "cancellation", "moving house", "delivery")
_QUEUES = ("billing", "technical", "sales", "retention", "service", "service")
_MEDIAN_WAITS = np.array([95.0, 120.0, 45.0, 70.0, 80.0, 80.0])
_MEDIAN_TALKS = np.array([340.0, 520.0, 410.0, 480.0, 300.0, 210.0])
_RESULTS = ("resolved", "follow-up", "callback promised", "abandoned")
_GAVE_UP = 3


def sheet(block: Block) -> Sheet:
    """The calls of one block."""
    happened, rng = block.of(Department.CALLS), block.random("calls")
    rows, reason = len(happened), happened.kind - Kind.CALL_BILLING
    gave_up = happened.detail == ABANDONED
    withheld = some(0.06, rows, rng)
    typed = _typed_number(block, happened, withheld, rng)
    local = to_local(happened.at, LONDON)
    agent = pool(FIRST_NAMES_OF_AGENTS, rng.integers(0, len(FIRST_NAMES_OF_AGENTS), rows))
    result = np.where(gave_up, _GAVE_UP, rng.choice(3, rows, p=[0.74, 0.18, 0.08]))
    moved_on = some(0.12, rows, rng) & ~gave_up
    columns = {
        "call_id": join("CL", decimal(block.number * 10_000_000 + np.arange(rows))),
        "started": join(date(local, "%d/%m/%Y"), " ", clock(local)),
        "caller": _callers(block, happened, withheld, rng),
        "customer_no": choose(typed, block.identifiers.texts(Slot.CUSTOMER, happened.person), ""),
        "queue": pool(_QUEUES, reason),
        "reason": pool(_REASONS, reason),
        "wait_s": decimal(_waits(happened, rng)),
        "talk_s": decimal(_lognormal(_MEDIAN_TALKS[reason], 0.6, rng) * ~gave_up),
        "hold_s": decimal(_lognormal(np.full(rows, 40.0), 0.8, rng) * (some(0.3, rows, rng) & ~gave_up)),
        "agent": choose(~gave_up, agent, ""),
        "transferred_to": choose(moved_on, pool(_QUEUES, rng.integers(0, len(_QUEUES), rows)), ""),
        "result": pool(_RESULTS, result),
    }
    damage = Damage(columns, rows, rng)
    damage.already_bad("no identifier", withheld & ~typed)
    damage.misspell("caller", withheld & typed, columns["caller"], "number withheld, customer number typed")
    damage.spoil("time unreadable", 0.0012, {"started": UNREADABLE_TIMES})
    damage.spoil("time missing", 0.0006, {"started": [""]})
    damage.spoil("number unreadable", 0.0012, {"talk_s": ["abc", "12,5s"]})
    if block.number == 0:
        damage.spoil("too many separators", 0.0, {"result": ["resolved;;see note;2nd line"]}, exactly=2)
    damage.misspell("customer_no", some(0.002, rows, rng), constant("N/A", rows), "placeholder beside a number")
    return damage.finish(repeated=0.005, overlap=True)


def _callers(block: Block, happened: Happenings, withheld: NDArray[np.bool_], rng: np.random.Generator) -> pa.Array:
    rows = len(happened)
    switchboard = block.people.behind_switchboard[happened.person] & some(0.7, rows, rng)
    block.mark(Slot.PHONE, happened.person[~withheld & ~switchboard])
    block.mark(Slot.SWITCHBOARD, happened.person[~withheld & switchboard])
    national = choose(
        switchboard,
        block.identifiers.texts(Slot.SWITCHBOARD, happened.person),
        block.identifiers.texts(Slot.PHONE, happened.person),
    )
    hidden = pool(("anonymous", ""), rng.integers(0, 2, rows))
    return choose(withheld, hidden, spell_phones(national, rng))


def _typed_number(
    block: Block, happened: Happenings, withheld: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Customers type their number into the menu: often when theirs is withheld, sometimes anyway."""
    is_customer = block.history.since[happened.person] <= happened.at
    typed = is_customer & (rng.random(len(happened)) < np.where(withheld, 0.8, 0.15))
    block.mark(Slot.CUSTOMER, happened.person[typed])
    return typed


def _waits(happened: Happenings, rng: np.random.Generator) -> NDArray[np.int64]:
    crowded = crowded_monday(happened.at) & (happened.kind == Kind.CALL_TECHNICAL)
    median = _MEDIAN_WAITS[happened.kind - Kind.CALL_BILLING] * np.where(crowded, WAIT_FACTOR, 1.0)
    patience = np.where(happened.detail == ABANDONED, 1.6, 1.0)
    return _lognormal(median * patience, 0.7, rng)


def _lognormal(median: NDArray[np.float64], spread: float, rng: np.random.Generator) -> NDArray[np.int64]:
    return np.rint(median * np.exp(rng.normal(0.0, spread, len(median)))).astype(np.int64)
