"""Which records cannot be used, and why: asked only where some are missing after the good ones were written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from desireline.base import phrase
from desireline.sources.compile import Check, Compiled
from desireline.sources.files import RawTable
from desireline.sources.files.loading import ROW
from desireline.sources.fingerprint import REPLAY
from desireline.sources.model import Rejection
from desireline.store import identifier

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 50_000


def good_sql(checks: Sequence[Check]) -> str:
    """What is true of a record that passes all checks."""
    return " AND ".join(f"NOT coalesce({check.fails}, false)" for check in checks)


def find_rejections(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    compiled: Compiled,
    checks: Sequence[Check],
    resolved: str,
) -> list[Rejection]:
    """The records that fail a check, each with the first that it fails.

    Parameters
    ----------
    resolved
        A subquery with all the columns that the checks speak of.
    """
    failed = " ".join(f"WHEN coalesce({check.fails}, false) THEN {place}" for place, check in enumerate(checks))
    came = " ".join(f"WHEN {place} THEN {check.came}" for place, check in enumerate(checks) if check.came)
    replay = identifier(REPLAY) if REPLAY in raw.columns else "NULL"
    query = f"""
        SELECT {raw.number_sql}, _failed, CASE _failed {came} END, {raw.record_sql}, TRY_CAST({replay} AS BIGINT)
        FROM (SELECT *, CASE {failed} END AS _failed FROM {resolved})
        WHERE _failed IS NOT NULL ORDER BY {ROW}
        """
    cursor = connection.execute(query, compiled.used(query))
    found: list[Rejection] = []
    while rows := cursor.fetchmany(_AT_ONCE):
        found += [
            _rejection(checks[failed], int(row), came, record, raw.documents, replay_of)
            for row, failed, came, record, replay_of in rows
        ]
    return found


def _rejection(
    check: Check, row: int, came: str | None, record: str, documents: bool, replay_of: int | None
) -> Rejection:
    message = (
        check.message if came is None else phrase("{expected}, got {came!r}", expected=check.message, came=came[:80])
    )
    form: Literal["columns", "document"] = "document" if documents else "columns"
    kept = record if replay_of is None else _without_number(record, documents)
    return Rejection(row, check.field, check.reason, message, form, kept, replay_of)


def _without_number(record: str, documents: bool) -> str:
    """A record that was fed back, as it was before it got its number."""
    if documents:
        rest = record.partition(",")[2]
        return "{" + rest if rest else "{}"
    return json.dumps({key: value for key, value in json.loads(record).items() if key != REPLAY}, ensure_ascii=False)
