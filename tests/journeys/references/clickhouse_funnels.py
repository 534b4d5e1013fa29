"""Asks ClickHouse (chdb) for funnels of generated interactions, and writes its answers beside this file.

Run it in an environment that has chdb:  python tests/journeys/references/clickhouse_funnels.py

The interactions come from a generator written out here, so that every Python makes the same ones. No customer has two at the same
moment: ClickHouse knows no order among those. Its "strict_order" lets steps that are done come again between two steps, and gives up at
the first break; ours allows nothing between, and starts again. Both mean the same where a customer does each step at most once
(``once``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

CUSTOMERS = 3_000
TOUCHPOINTS = ("Visit", "Search", "Order", "Call", "Chat")
STEPS, CHAT = TOUCHPOINTS[:4], 4
WINDOWS = (0, 40, 300, 100_000)
ANSWERS = Path(__file__).with_suffix(".json")


def interactions(*, once: bool) -> Iterator[tuple[int, int, str]]:
    """Customer, seconds, touchpoint; with ``once`` a customer does each step at most once, often in order, and chats in between."""
    state = 1
    for customer in range(CUSTOMERS):
        seconds = 0
        done: set[int] = set()
        state, length = _next(state, 12)
        for _ in range(length + 1):
            state, pause = _next(state, 90)
            state, code = _next(state, len(TOUCHPOINTS))
            if once:
                code = CHAT if code in done else min(code, len(done))
            seconds += pause + 1
            done.add(code)
            yield customer, seconds, TOUCHPOINTS[code]


def _next(state: int, below: int) -> tuple[int, int]:
    """A linear congruential generator (Knuth's MMIX), and its next number below a limit."""
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return state, (state >> 33) % below


def main() -> None:
    """Write the answers."""
    import chdb
    from chdb.session import Session

    session = Session()
    conditions = ", ".join(f"touchpoint = '{step}'" for step in STEPS)
    answers = []
    for once in (False, True):
        rows = ", ".join(f"({customer}, {seconds}, '{name}')" for customer, seconds, name in interactions(once=once))
        table = f"t{int(once)}"
        session.query(f"CREATE TABLE {table} (customer UInt32, seconds UInt64, touchpoint String) ENGINE = Memory")
        session.query(f"INSERT INTO {table} VALUES {rows}")
        for mode, window in product(("", "strict_order") if once else ("",), WINDOWS):
            settings = f"{window}" + (f", '{mode}'" if mode else "")
            reached = ", ".join(f"countIf(level >= {step})" for step in range(1, len(STEPS) + 1))
            inner = f"SELECT windowFunnel({settings})(seconds, {conditions}) AS level FROM {table} GROUP BY customer"
            found = json.loads(str(session.query(f"SELECT {reached} FROM ({inner})", "JSONCompact")))["data"][0]
            answers.append({"once": once, "mode": mode, "window": window, "customers": [int(each) for each in found]})
    written = {"version": f"chdb {chdb.__version__}", "answers": answers}
    ANSWERS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
