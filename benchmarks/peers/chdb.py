"""ClickHouse in the process (chdb): tables in a folder, names as Enum8, customers as numbers.

``log`` is sorted by customer and time. ``journeys`` has a row for each customer with arrays in the order of time, made
once when loading: questions about neighbours need no window there. A plain ``groupArray`` over ``log`` is out of order
for a customer who is read by two threads, so the arrays are sorted. ``quantileExactInclusive`` is the mean of the two in
the middle; ``quantileExact`` is not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chdb import __version__
from chdb.session import Session

from benchmarks.questions import GAP_MINUTES, STEPS, TOP, WINDOW_DAYS

LOAD = """
CREATE DATABASE bench;
CREATE TABLE bench.customers ENGINE = Join(ANY, LEFT, user_id) AS
SELECT user_id, toUInt32(rowNumberInAllBlocks()) AS customer
FROM (SELECT DISTINCT user_id FROM file('{path}', Parquet));
CREATE TABLE bench.log (customer UInt32, occurred Int64, event {events}, channel {channels}, seq UInt32)
ENGINE = MergeTree ORDER BY (customer, occurred, seq);
INSERT INTO bench.log
SELECT joinGet('bench.customers', 'customer', user_id), toUnixTimestamp64Micro(occurred), event, channel, _row_number
FROM file('{path}', Parquet);
DROP TABLE bench.customers;
OPTIMIZE TABLE bench.log FINAL;
CREATE TABLE bench.journeys (customer UInt32, times Array(Int64), events Array({events}), channels Array({channels}))
ENGINE = MergeTree ORDER BY customer;
INSERT INTO bench.journeys
SELECT customer, arrayMap(x -> x.1, rows), arrayMap(x -> x.3, rows), arrayMap(x -> x.4, rows)
FROM (SELECT customer, arraySort(x -> (x.1, x.2), groupArray((occurred, seq, event, channel))) AS rows
      FROM bench.log GROUP BY customer SETTINGS optimize_aggregation_in_order = 1);
OPTIMIZE TABLE bench.journeys FINAL
"""
FLOW = """
SELECT source, target, count(), countIf(nth = 1), quantileExactInclusive(0.5)(gap) / 1e6, avg(gap) / 1e6
FROM bench.journeys
ARRAY JOIN arrayPopBack(events) AS source, arrayPopFront(events) AS target,
           arrayPopFront(arrayDifference(times)) AS gap,
           arrayEnumerateUniq(arrayPopBack(events), arrayPopFront(events)) AS nth
GROUP BY source, target
"""
VARIANTS = (
    "SELECT events, count() AS customers FROM bench.journeys GROUP BY events ORDER BY customers DESC, events LIMIT {}"
)
FUNNEL = """
SELECT countIf(level >= 1), countIf(level >= 2), countIf(level >= 3), countIf(level >= 4)
FROM (SELECT windowFunnel({window})(toUInt64(occurred), {conditions}) AS level
      FROM bench.log WHERE event IN ({names}) GROUP BY customer)
"""
SESSIONS = """
SELECT count(), quantileExactInclusive(0.5)(length(session)),
       quantileExactInclusive(0.5)(session[-1] - session[1]) / 1e6
FROM bench.journeys
ARRAY JOIN arraySplit((time, pause) -> pause > {gap}, times, arrayDifference(times)) AS session
"""
CHANNELS = """
SELECT 'move', source, target, count(), countIf(nth = 1)
FROM bench.journeys
ARRAY JOIN arrayPopBack(channels) AS source, arrayPopFront(channels) AS target,
           arrayEnumerateUniq(arrayPopBack(channels), arrayPopFront(channels)) AS nth
WHERE source != target GROUP BY source, target
UNION ALL SELECT 'start', NULL, channels[1], count(), NULL FROM bench.journeys GROUP BY channels[1]
UNION ALL SELECT 'end', NULL, channels[-1], count(), NULL FROM bench.journeys GROUP BY channels[-1]
"""


def version() -> str:
    return f"chdb {__version__}"


def load(path: Path, folder: Path) -> Session:
    session = Session(str(folder / "clickhouse"))
    enums = {f"{name}s": _enum(session, path, name) for name in ("event", "channel")}
    for statement in LOAD.format(path=path, **enums).split(";"):
        session.query(statement)
    return session


def flow(session: Session) -> list[list[Any]]:
    return _rows(session, FLOW)


def variants(session: Session) -> list[list[Any]]:
    return _rows(session, VARIANTS.format(TOP))


def funnel(session: Session) -> list[int]:
    window = WINDOW_DAYS * 86_400_000_000
    conditions = ", ".join(f"event = '{step}'" for step in STEPS)
    names = ", ".join(f"'{step}'" for step in STEPS)
    return _rows(session, FUNNEL.format(window=window, conditions=conditions, names=names))[0]


def sessions(session: Session) -> list[float]:
    return _rows(session, SESSIONS.format(gap=GAP_MINUTES * 60_000_000))[0]


def channels(session: Session) -> list[list[Any]]:
    return _rows(session, CHANNELS)


def _enum(session: Session, path: Path, name: str) -> str:
    found = _rows(session, f"SELECT DISTINCT {name} FROM file('{path}', Parquet) ORDER BY {name}")
    return "Enum8(" + ", ".join(f"'{value}' = {code}" for code, (value,) in enumerate(found)) + ")"


def _rows(session: Session, query: str) -> list[list[Any]]:
    answer = session.query(f"{query} SETTINGS output_format_json_quote_64bit_integers = 0", "JSONCompact")
    return json.loads(str(answer))["data"]  # type: ignore[no-any-return]
