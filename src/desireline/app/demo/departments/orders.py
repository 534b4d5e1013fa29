"""Orders: one row for each line, an e-mail as the only identifier, UTC."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import (
    ADD_ON_PRICES,
    ADD_ONS,
    OF_ADD_ON,
    PLAN_PRICES,
    PLANS,
    Department,
    Kind,
)
from desireline.app.demo.identifiers import mix
from desireline.app.demo.period import Integers
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import PLACEHOLDER_EMAILS, UNREADABLE_TIMES, given_emails, some
from desireline.app.demo.texts import choose, clock, date, decimal, join, money, pool
from desireline.app.demo.walk import Happenings

_PLAN_SKUS = tuple(f"plan-{plan.lower().replace(' ', '-').replace('+', '-plus')}" for plan in PLANS)
_SKUS = (*ADD_ONS, *_PLAN_SKUS, "router", "install-kit")
_PRICES = np.array([*ADD_ON_PRICES, *PLAN_PRICES, 0.0, 15.0])
_FIRST_PLAN, _ROUTER, _KIT = len(ADD_ONS), len(ADD_ONS) + len(PLANS), len(ADD_ONS) + len(PLANS) + 1
_FILM_NIGHT = 1


@dataclass(frozen=True)
class _Lines:
    """Lines of orders: the order each belongs to (its place), what it sells and how many."""

    order: Integers
    sku: Integers
    quantity: Integers


def sheet(block: Block) -> Sheet:
    """The order lines of one block."""
    happened, rng = block.of(Department.ORDERS), block.random("orders")
    number = block.journey_numbers(happened)
    lines = _lines(block, happened, number)
    rows = len(lines.order)
    email = given_emails(block, happened.person, rng).take(lines.order)
    at, status = happened.at[lines.order], happened.kind[lines.order] - Kind.ORDER_PLACED
    columns = {
        "order_ref": join("BWO-", pc.utf8_lpad(decimal(number[lines.order]), 9, "0")),
        "customer_email": email,
        "placed_at": join(date(at, "%Y-%m-%d"), "T", clock(at), "Z"),
        "sku": pool(_SKUS, lines.sku),
        "quantity": decimal(lines.quantity),
        "unit_price": money(_PRICES[lines.sku]),
        "status": pool(("placed", "returned"), status),
    }
    damage = Damage(columns, rows, rng)
    damage.spoil("time unreadable", 0.0010, {"placed_at": UNREADABLE_TIMES})
    damage.spoil("time missing", 0.0005, {"placed_at": [""]})
    damage.spoil("number unreadable", 0.0008, {"unit_price": ["abc", '"12,5s"']})
    damage.spoil("no identifier", 0.0006, {"customer_email": [""]})
    damage.spoil("only a placeholder", 0.0004, {"customer_email": PLACEHOLDER_EMAILS})
    shouted = choose(some(0.5, rows, rng), pc.utf8_upper(email), join(" ", email))
    damage.misspell("customer_email", some(0.03, rows, rng), shouted, "e-mail in capitals or with a blank")
    return damage.finish(repeated=0.004, overlap=True)


def _lines(block: Block, happened: Happenings, number: Integers) -> _Lines:
    """One to three lines an order; the same again when it is returned, so drawn from the order's number."""
    draw = mix(number, block.seed, 60)
    of_add_on = happened.detail == OF_ADD_ON
    plan = _FIRST_PLAN + block.people.plan[happened.person]
    first = np.where(of_add_on, np.clip(happened.payload, 0, len(ADD_ONS) - 1), plan)
    second = np.where(of_add_on, (first + 1) % len(ADD_ONS), _ROUTER)
    has_second = ~of_add_on | (draw % np.uint64(100) < np.uint64(15))
    has_third = ~of_add_on & (draw % np.uint64(100) < np.uint64(40))
    places = np.arange(len(happened))
    order = np.concatenate([places, places[has_second], places[has_third]])
    sku = np.concatenate([first, second[has_second], np.full(int(has_third.sum()), _KIT)])
    sorting = np.lexsort((np.arange(len(order)), order))
    order, sku = order[sorting], sku[sorting]
    return _Lines(order, sku, _quantities(sku, draw[order]))


def _quantities(sku: Integers, draw: NDArray[np.uint64]) -> Integers:
    several = 1 + ((draw >> np.uint64(20)) % np.uint64(3)).astype(np.int64)
    return np.where(sku == _FILM_NIGHT, several, 1)
