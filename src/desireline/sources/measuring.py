"""What the log holds of each source, counted in one pass for each question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.interactions import FIELDS
from desireline.interactions.log import raw_log_relation
from desireline.interactions.tables import last_committed, types_of_identifiers
from desireline.store import Workspace, connect_duckdb, identifier

if TYPE_CHECKING:
    import duckdb

BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
"""An interaction before this is most likely an empty or broken date."""
UNKNOWN_TYPE = "unknown"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPTIONAL = tuple(each.name for each in FIELDS if not each.required)


@dataclass(frozen=True, slots=True)
class Delays:
    """How long after an interaction the company's system got to know of it.

    Attributes
    ----------
    given
        Interactions that say when they were received.
    before
        Those of them that were received before they occurred: a clock or a time zone is wrong.
    median_seconds, p95_seconds
        Of the others, to the second: half of them, and 95 of a hundred, were received within so long. ``None`` where there
        are none.
    """

    given: int
    before: int
    median_seconds: float | None
    p95_seconds: float | None


@dataclass(slots=True)
class LogMeasures:
    """The interactions of one source in the log.

    Attributes
    ----------
    filled
        By optional field: how many have it; only fields that at least one has.
    by_type
        How many were seen under an identifier of each type: the strongest that they have.
    days
        How many there are by day, in the time zone of the workspace; none of the future, and none from before 2000.
    """

    interactions: int = 0
    first: datetime | None = None
    last: datetime | None = None
    in_future: int = 0
    before_2000: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    delays: Delays | None = None


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was found at a moment, and what it depends on."""

    state: Hashable
    moment: datetime
    found: Mapping[str, LogMeasures]

    def holds(self, state: Hashable, moment: datetime) -> bool:
        """Whether it is the same at another moment: as long as nothing in the log had yet to happen."""
        had_happened = not any(each.in_future for each in self.found.values())
        return self.state == state and (moment == self.moment or (moment > self.moment and had_happened))


@dataclass(slots=True)
class _Memory:
    """The newest measures of one folder."""

    newest: _Measured | None = None


@lru_cache(maxsize=4)
def _memory(folder: Path) -> _Memory:
    return _Memory()


def measure_log(workspace: Workspace, *, now: datetime) -> Mapping[str, LogMeasures]:
    """Every source of the log with what it holds at a moment; measured again only where that can have changed."""
    memory, state = _memory(workspace.folder.resolve()), _state(workspace)
    newest = memory.newest
    if newest is None or not newest.holds(state, now):
        newest = memory.newest = _Measured(state, now, _measure(workspace, now=now))
    return newest.found


def _state(workspace: Workspace) -> Hashable:
    with workspace.database.reading() as connection:
        batch = last_committed(connection)
    return workspace.log.version(), batch, workspace.timezone


def _measure(workspace: Workspace, *, now: datetime) -> dict[str, LogMeasures]:
    relation, parameters = raw_log_relation(workspace)
    with connect_duckdb() as connection:
        questions = _Questions(connection, relation, parameters, now, workspace.timezone)
        found = questions.totals()
        for source, day, count in questions.days():
            found[source].days[day] = count
        for source, kind, count in questions.types(workspace):
            found[source].by_type[kind] = count
        for source, delays in questions.delays().items():
            found[source].delays = delays
    return found


@dataclass(frozen=True, slots=True)
class _Questions:
    """The queries over one connection."""

    connection: duckdb.DuckDBPyConnection
    relation: str
    parameters: dict[str, Any]
    now: datetime
    timezone: str

    def totals(self) -> dict[str, LogMeasures]:
        counts = ", ".join(f"count({identifier(name)})" for name in _OPTIONAL)
        rows = self._rows(
            f"""
            SELECT source, count(*), epoch_us(min(occurred_at)), epoch_us(max(occurred_at)),
                   count(*) FILTER (epoch_us(occurred_at) > $now), count(*) FILTER (epoch_us(occurred_at) < $before),
                   {counts}
            FROM {self.relation} GROUP BY source
            """,
            now=_microseconds(self.now),
            before=_microseconds(BEFORE),
        )
        return {
            source: LogMeasures(
                interactions=count,
                first=_moment(first),
                last=_moment(last),
                in_future=in_future,
                before_2000=before_2000,
                filled={name: filled for name, filled in zip(_OPTIONAL, numbers, strict=True) if filled},
            )
            for source, count, first, last, in_future, before_2000, *numbers in rows
        }

    def days(self) -> list[tuple[str, date, int]]:
        rows = self._rows(
            f"""
            SELECT source, timezone($timezone, occurred_at)::DATE AS day, count(*) FROM {self.relation}
            WHERE epoch_us(occurred_at) BETWEEN $before AND $now GROUP BY ALL ORDER BY ALL
            """,
            now=_microseconds(self.now),
            before=_microseconds(BEFORE),
            timezone=self.timezone,
        )
        return [(source, day, count) for source, day, count in rows]

    def types(self, workspace: Workspace) -> list[tuple[str, str, int]]:
        """How many interactions of a source have an anchor of a type, the most frequent first."""
        import pyarrow as pa

        with workspace.database.reading() as database:
            known = types_of_identifiers(database)
        table = pa.table({"number": known.identifiers, "code": known.codes})
        self.connection.register("known_identifiers", table)
        rows = self._rows(
            f"""
            SELECT source, code, count(*) AS count
            FROM {self.relation} AS log LEFT JOIN known_identifiers ON number = anchor
            GROUP BY source, code ORDER BY source, count DESC, code
            """
        )
        return [(source, UNKNOWN_TYPE if code is None else known.names[code], count) for source, code, count in rows]

    def delays(self) -> dict[str, Delays]:
        rows = self._rows(
            f"""
            SELECT source, (epoch_us(received_at) - epoch_us(occurred_at)) // 1000000 AS seconds, count(*)
            FROM {self.relation} WHERE received_at IS NOT NULL GROUP BY ALL ORDER BY ALL
            """
        )
        by_source: dict[str, list[tuple[int, int]]] = {}
        for source, seconds, count in rows:
            by_source.setdefault(source, []).append((seconds, count))
        return {source: _delays(counts) for source, counts in by_source.items()}

    def _rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, {**self.parameters, **parameters}).fetchall()


def _delays(counts: list[tuple[int, int]]) -> Delays:
    """From (seconds, how often), ascending."""
    later = [(seconds, count) for seconds, count in counts if seconds >= 0]
    given, usable = sum(count for _, count in counts), sum(count for _, count in later)
    return Delays(
        given=given,
        before=given - usable,
        median_seconds=_within(later, 0.5 * usable),
        p95_seconds=_within(later, 0.95 * usable),
    )


def _within(counts: list[tuple[int, int]], needed: float) -> float | None:
    """The smallest number of seconds within which so many are reached."""
    reached = 0
    for seconds, count in counts:
        reached += count
        if reached >= needed:
            return float(seconds)
    return None


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
