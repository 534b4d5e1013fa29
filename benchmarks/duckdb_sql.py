"""The five questions in DuckDB's SQL, as an expert would write them, over a table in its best native form.

The table is sorted by customer, time and order of arrival, names are ENUMs, customers are numbers; ``seq`` is the place
in that order, so that questions about order need no window over customers where neighbours in the table will do. The
path of each customer, its first and its last channel are kept beside it. Medians and distinct customers of pairs are
quicker as two questions than as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

LOAD = """
CREATE TYPE event_name AS ENUM (SELECT DISTINCT event FROM read_parquet('{path}') ORDER BY 1);
CREATE TYPE channel_name AS ENUM (SELECT DISTINCT channel FROM read_parquet('{path}') ORDER BY 1);
CREATE TEMP TABLE customers AS
SELECT user_id, row_number() OVER ()::INTEGER AS customer FROM (SELECT DISTINCT user_id FROM read_parquet('{path}'));
CREATE TABLE log AS
SELECT row_number() OVER () AS seq, * FROM (
    SELECT customer, occurred, event::event_name AS event, channel::channel_name AS channel
    FROM read_parquet('{path}', file_row_number = true) JOIN customers USING (user_id)
    ORDER BY customer, occurred, file_row_number);
DROP TABLE customers;
CREATE TABLE journeys AS
SELECT list(event ORDER BY seq) AS path, (epoch_us(max(occurred)) - epoch_us(min(occurred))) / 1e6 AS seconds,
       arg_min(channel, seq) AS first_channel, arg_max(channel, seq) AS last_channel
FROM log GROUP BY customer;
"""

FLOW = """
SELECT event, next_event, count, customers, median, mean FROM (
    SELECT event, next_event, count(*) AS count, median(seconds) AS median, avg(seconds) AS mean FROM (
        SELECT customer, event, lead(event) OVER () AS next_event, lead(customer) OVER () AS next_customer,
               (epoch_us(lead(occurred) OVER ()) - epoch_us(occurred)) / 1e6 AS seconds
        FROM log)
    WHERE customer = next_customer GROUP BY event, next_event)
JOIN (
    SELECT event, next_event, count(DISTINCT customer) AS customers FROM (
        SELECT customer, event, lead(event) OVER () AS next_event, lead(customer) OVER () AS next_customer FROM log)
    WHERE customer = next_customer GROUP BY event, next_event)
USING (event, next_event)
"""
VARIANTS = """
SELECT path, count(*) AS customers, median(seconds) FROM journeys GROUP BY path ORDER BY customers DESC, path LIMIT 50
"""
COUNTED_VARIANTS = """
SELECT path, count(*) AS customers FROM journeys GROUP BY path ORDER BY customers DESC, path LIMIT {}
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
    SELECT lead(seq, 1, (SELECT max(seq) + 1 FROM log)) OVER () - seq AS interactions,
           (lead(before, 1, (SELECT epoch_us(arg_max(occurred, seq)) FROM log)) OVER () - occurred) / 1e6 AS seconds
    FROM (
        SELECT seq, epoch_us(occurred) AS occurred, epoch_us(lag(occurred) OVER ()) AS before,
               customer IS DISTINCT FROM lag(customer) OVER ()
               OR epoch_us(occurred) - epoch_us(lag(occurred) OVER ()) > 1800000000 AS starts FROM log)
    WHERE starts)
"""
CHANNELS = """
SELECT 'move', from_channel, channel, count(*), count(DISTINCT customer) FROM (
    SELECT customer, channel, lag(customer) OVER () AS before, lag(channel) OVER () AS from_channel FROM log)
WHERE customer = before AND channel <> from_channel GROUP BY from_channel, channel
UNION ALL SELECT 'start', NULL, first_channel, count(*), NULL FROM journeys GROUP BY first_channel
UNION ALL SELECT 'end', NULL, last_channel, count(*), NULL FROM journeys GROUP BY last_channel
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
