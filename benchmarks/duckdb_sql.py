"""The five questions in DuckDB's SQL, as an expert would write them, over a table in its best native form.

The table is sorted by customer, time and order of arrival, names are ENUMs, customers are numbers; ``seq`` is the place in
that order, so that questions about order need no window over customers where neighbours in the table will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

LOAD = """
CREATE TYPE event_name AS ENUM (SELECT DISTINCT event FROM read_parquet('{path}') ORDER BY 1);
CREATE TYPE channel_name AS ENUM (SELECT DISTINCT channel FROM read_parquet('{path}') ORDER BY 1);
CREATE TABLE log AS
SELECT row_number() OVER () AS seq, * FROM (
    SELECT dense_rank() OVER (ORDER BY user_id)::INTEGER AS customer, occurred, event::event_name AS event,
           channel::channel_name AS channel
    FROM read_parquet('{path}', file_row_number = true) ORDER BY customer, occurred, file_row_number);
"""

FLOW = """
SELECT event, next_event, count(*), count(DISTINCT customer), median(seconds), avg(seconds) FROM (
    SELECT customer, event, lead(event) OVER () AS next_event, lead(customer) OVER () AS next_customer,
           (epoch_us(lead(occurred) OVER ()) - epoch_us(occurred)) / 1e6 AS seconds
    FROM log)
WHERE customer = next_customer GROUP BY event, next_event
"""
VARIANTS = """
SELECT path, count(*) AS customers, median(seconds) FROM (
    SELECT list(event ORDER BY seq) AS path, (epoch_us(max(occurred)) - epoch_us(min(occurred))) / 1e6 AS seconds
    FROM log GROUP BY customer)
GROUP BY path ORDER BY customers DESC, path LIMIT 50
"""
FUNNEL = """
WITH first AS (SELECT customer, seq, occurred FROM log WHERE event = '{0}'),
     second AS (SELECT customer, seq, occurred FROM log WHERE event = '{1}'),
     third AS (SELECT customer, seq, occurred FROM log WHERE event = '{2}'),
     fourth AS (SELECT customer, seq, occurred FROM log WHERE event = '{3}'),
     two AS (SELECT a.customer, a.occurred AS start, b.seq FROM first a ASOF JOIN second b
             ON a.customer = b.customer AND a.seq < b.seq WHERE b.occurred <= a.occurred + INTERVAL 7 DAY),
     three AS (SELECT a.customer, a.start, b.seq FROM two a ASOF JOIN third b
               ON a.customer = b.customer AND a.seq < b.seq WHERE b.occurred <= a.start + INTERVAL 7 DAY),
     four AS (SELECT a.customer, a.start, b.seq FROM three a ASOF JOIN fourth b
              ON a.customer = b.customer AND a.seq < b.seq WHERE b.occurred <= a.start + INTERVAL 7 DAY)
SELECT (SELECT count(DISTINCT customer) FROM first), (SELECT count(DISTINCT customer) FROM two),
       (SELECT count(DISTINCT customer) FROM three), (SELECT count(DISTINCT customer) FROM four)
"""
SESSIONS = """
SELECT count(*), median(interactions), median(seconds) FROM (
    SELECT count(*) AS interactions, (epoch_us(max(occurred)) - epoch_us(min(occurred))) / 1e6 AS seconds FROM (
        SELECT occurred, sum(starts) OVER (ROWS UNBOUNDED PRECEDING) AS session FROM (
            SELECT occurred, (customer IS DISTINCT FROM lag(customer) OVER ()
                        OR epoch_us(occurred) - epoch_us(lag(occurred) OVER ()) > 1800000000)::INTEGER AS starts FROM log))
    GROUP BY session)
"""
CHANNELS = """
WITH neighbours AS (SELECT customer, channel, lag(customer) OVER () AS before, lag(channel) OVER () AS from_channel,
                           lead(customer) OVER () AS behind FROM log)
SELECT 'move', from_channel, channel, count(*), count(DISTINCT customer) FROM neighbours
WHERE customer = before AND channel <> from_channel GROUP BY ALL
UNION ALL SELECT 'start', NULL, channel, count(*), NULL FROM neighbours WHERE customer IS DISTINCT FROM before GROUP BY ALL
UNION ALL SELECT 'end', NULL, channel, count(*), NULL FROM neighbours WHERE customer IS DISTINCT FROM behind GROUP BY ALL
"""


@dataclass(slots=True)
class DuckDbLog:
    """The file in DuckDB."""

    connection: duckdb.DuckDBPyConnection

    @staticmethod
    def load(path: Path, database: Path) -> DuckDbLog:
        """Load and sort it."""
        connection = duckdb.connect(str(database))
        connection.execute("SET threads = 2")
        connection.execute(LOAD.format(path=path))
        return DuckDbLog(connection)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a question."""
        return self.connection.execute(query).fetchall()
