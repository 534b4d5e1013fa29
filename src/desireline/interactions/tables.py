"""The tables of accepted interactions: batches, identifiers and the evidence that identifiers belong together."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import Column, ForeignKey, Integer, String, Table

from desireline.interactions.identifiers import QUOTES, bare
from desireline.store import metadata

PREPARED = "prepared"
COMMITTED = "committed"

batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("accepted_at", String(32), nullable=False),
    Column("interactions", Integer, nullable=False),
    Column("last_arrival", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Interactions that were accepted together. ``prepared`` lasts from here to the commit of the log."""

identifiers = Table(
    "identifiers",
    metadata,
    Column("id", sa.BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("type", String(64), nullable=False),
    Column("value", String(500), nullable=False),
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
)
"""The only place where values of identifiers are; ``id`` is their number in the log."""

evidence = Table(
    "evidence",
    metadata,
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("first", sa.BigInteger, primary_key=True),
    Column("second", sa.BigInteger, primary_key=True),
    Column("source", String(100), primary_key=True),
    Column("first_at", sa.BigInteger, nullable=False),
    Column("last_at", sa.BigInteger, nullable=False),
    Column("observations", Integer, nullable=False),
    Column("sample_arrival", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Two identifiers seen in one interaction; ``first`` < ``second``; times in microseconds UTC.

Observations are negative where a batch took interactions out of the log: what is left is the sum over all batches. The sample
may be among those that went.
"""

replaced = Table(
    "replaced",
    metadata,
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("arrival", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""Interactions that a batch took out of the log, because a newer version of their record came with it, or somebody withdrew them."""


def new_batch(connection: sa.Connection, *, interactions: int, last_arrival: int, state: str) -> int:
    """Enter a batch and give its number."""
    statement = batches.insert().values(
        state=state,
        accepted_at=datetime.now(UTC).isoformat(),
        interactions=interactions,
        last_arrival=last_arrival,
    )
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def largest_arrival(connection: sa.Connection) -> int:
    """The largest arrival number that was given out; -1 where there is none."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(batches.c.last_arrival), -1))).scalar_one())


def prepared_batches(connection: sa.Connection) -> list[int]:
    """Batches whose commit to the log was not noted: a process is at it, or was killed."""
    return list(connection.execute(sa.select(batches.c.id).where(batches.c.state == PREPARED)).scalars())


def last_committed(connection: sa.Connection) -> int:
    """The number of the newest batch that is whole; 0 where there is none."""
    statement = sa.select(sa.func.coalesce(sa.func.max(batches.c.id), 0)).where(batches.c.state == COMMITTED)
    return int(connection.execute(statement).scalar_one())


def mark_committed(connection: sa.Connection, batch: int) -> None:
    """Note that a batch is whole."""
    connection.execute(batches.update().where(batches.c.id == batch).values(state=COMMITTED))


def replaced_since(connection: sa.Connection, batch: int) -> NDArray[np.int64]:
    """The arrival numbers that left the log with batches after this one: int64, ascending."""
    statement = (
        sa.select(replaced.c.arrival)
        .join(batches, batches.c.id == replaced.c.batch_id)
        .where(replaced.c.batch_id > batch, batches.c.state == COMMITTED)
        .order_by(replaced.c.arrival)
    )
    return np.array(connection.execute(statement).scalars().all(), np.int64)


def forget_batch(connection: sa.Connection, batch: int) -> None:
    """Take a batch back, with everything that came with it."""
    connection.execute(batches.delete().where(batches.c.id == batch))


def identifiers_with(connection: sa.Connection, numbers: list[int]) -> dict[int, tuple[str, str]]:
    """Type and value of identifiers, by number."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(numbers), 500):
        chunk = numbers[start : start + 500]
        rows = connection.execute(
            sa.select(identifiers.c.id, identifiers.c.type, identifiers.c.value).where(identifiers.c.id.in_(chunk))
        )
        found.update({int(number): (kind, value) for number, kind, value in rows})
    return found


def types_in_use(connection: sa.Connection) -> list[tuple[str, int]]:
    """Each type of identifier and how many values it has."""
    statement = sa.select(identifiers.c.type, sa.func.count()).group_by(identifiers.c.type).order_by(identifiers.c.type)
    return [(kind, int(count)) for kind, count in connection.execute(statement)]


def email_domains(connection: sa.Connection) -> dict[str, int]:
    """Each domain of the e-mail addresses, and how many addresses it has."""
    value = identifiers.c.value
    domain = sa.func.substr(value, sa.func.instr(value, "@") + 1)
    statement = sa.select(domain, sa.func.count()).where(identifiers.c.type == "email").group_by(domain)
    return {str(name): int(count) for name, count in connection.execute(statement)}


@dataclass(frozen=True, slots=True)
class EvidenceColumns:
    """Evidence as arrays of one length; see the table."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    first_at: NDArray[np.int64]
    observations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TypeColumns:
    """The type of each of some identifiers; ``identifiers`` ascend, ``codes`` point into ``names``."""

    identifiers: NDArray[np.int64]
    codes: NDArray[np.int64]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """Two identifiers seen together, over all imports of one source; times in microseconds UTC."""

    first: int
    second: int
    source: str
    first_at: int
    last_at: int
    observations: int


def evidence_columns(connection: sa.Connection, *, among: range | None = None) -> EvidenceColumns:
    """All evidence of whole batches, or of some of them; some takes back what an earlier batch observed."""
    statement = (
        sa.select(evidence.c.first, evidence.c.second, evidence.c.first_at, evidence.c.observations)
        .join(batches, batches.c.id == evidence.c.batch_id)
        .where(batches.c.state == COMMITTED)
    )
    if among is not None:
        statement = statement.where(evidence.c.batch_id.between(among.start, among.stop - 1))
    rows = _as_array(connection.execute(statement), 4)
    return EvidenceColumns(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


def types_of_evidence(connection: sa.Connection) -> TypeColumns:
    """The types of the identifiers that evidence speaks of."""
    sides = [sa.select(side.label("id")) for side in (evidence.c.first, evidence.c.second)]
    named = sa.union(*sides).subquery()
    statement = (
        sa.select(identifiers.c.id, identifiers.c.type)
        .join(named, named.c.id == identifiers.c.id)
        .order_by(identifiers.c.id)
    )
    return _type_columns(connection, statement)


def types_of_some(connection: sa.Connection, numbers: NDArray[np.int64]) -> TypeColumns:
    """The types of the identifiers with these numbers; one that is not there is left out."""
    wanted = sa.func.json_each(json.dumps(numbers.tolist())).table_valued("value")
    statement = (
        sa.select(identifiers.c.id, identifiers.c.type)
        .where(identifiers.c.id.in_(sa.select(wanted.c.value)))
        .order_by(identifiers.c.id)
    )
    return _type_columns(connection, statement)


def _type_columns(connection: sa.Connection, statement: sa.Select[int, str]) -> TypeColumns:
    rows = _plain_rows(connection.execute(statement))
    names = tuple(sorted({kind for _, kind in rows}))
    place = {name: code for code, name in enumerate(names)}
    numbers = np.fromiter((number for number, _ in rows), np.int64, len(rows))
    codes = np.fromiter((place[kind] for _, kind in rows), np.int64, len(rows))
    return TypeColumns(numbers, codes, names)


def types_of_identifiers(connection: sa.Connection) -> TypeColumns:
    """The types of all identifiers."""
    return _type_columns(connection, sa.select(identifiers.c.id, identifiers.c.type).order_by(identifiers.c.id))


def identifiers_of_values(connection: sa.Connection, values: Set[str]) -> NDArray[np.int64]:
    """The numbers of identifiers with one of these values, whatever their type; compared as :func:`bare` gives them."""
    column = identifiers.c.value
    ours = sa.func.lower(sa.func.trim(column, QUOTES))  # right for English letters only, so others are looked at below
    found: list[int] = []
    ordered = sorted(values)
    for start in range(0, len(ordered), 500):
        chunk = ordered[start : start + 500]
        found += connection.execute(sa.select(identifiers.c.id).where(ours.in_(chunk))).scalars()
    if values:
        beyond_ascii = column.op("GLOB")("*[^\x01-\x7f]*")
        rows = connection.execute(sa.select(identifiers.c.id, column).where(beyond_ascii))
        found += [number for number, value in rows if bare(value) in values]
    return np.array(found, np.int64)


def values_beginning_with(connection: sa.Connection, start: str, *, most: int) -> list[tuple[str, str]]:
    """Type and value of some identifiers whose value begins like this; the capitals of English letters do not count."""
    like = identifiers.c.value.istartswith(start, autoescape=True)
    statement = sa.select(identifiers.c.type, identifiers.c.value).where(like).order_by(identifiers.c.value).limit(most)
    return [(kind, value) for kind, value in connection.execute(statement)]


def values_containing(connection: sa.Connection, part: str, *, most: int) -> list[tuple[str, str]]:
    """Type and value of some identifiers whose value has this in it; the capitals of English letters do not count."""
    like = identifiers.c.value.icontains(part, autoescape=True)
    statement = sa.select(identifiers.c.type, identifiers.c.value).where(like).order_by(identifiers.c.value).limit(most)
    return [(kind, value) for kind, value in connection.execute(statement)]


def observations_of(connection: sa.Connection, numbers: Sequence[int]) -> list[Observation]:
    """The evidence that has one of these identifiers on either side, oldest first."""
    found: dict[tuple[int, int, str], Observation] = {}
    for start in range(0, len(numbers), 300):
        chunk = list(numbers[start : start + 300])
        statement = (
            sa.select(
                evidence.c.first,
                evidence.c.second,
                evidence.c.source,
                sa.func.min(evidence.c.first_at),
                sa.func.max(evidence.c.last_at),
                sa.func.sum(evidence.c.observations),
            )
            .join(batches, batches.c.id == evidence.c.batch_id)
            .where(batches.c.state == COMMITTED)
            .where(evidence.c.first.in_(chunk) | evidence.c.second.in_(chunk))
            .group_by(evidence.c.first, evidence.c.second, evidence.c.source)
            .having(sa.func.sum(evidence.c.observations) > 0)
        )
        for row in connection.execute(statement):
            found[row[0], row[1], row[2]] = Observation(*row)
    return sorted(found.values(), key=lambda each: (each.first_at, each.first, each.second, each.source))


def _as_array(rows: sa.CursorResult[Any], width: int) -> NDArray[np.int64]:
    values = chain.from_iterable(_plain_rows(rows))
    return np.fromiter(values, np.int64).reshape(-1, width)


def _plain_rows(rows: sa.CursorResult[Any]) -> list[tuple[Any, ...]]:
    """The rows as the driver gives them, numbers and texts: many times faster than as rows of SQLAlchemy."""
    assert rows.cursor is not None
    return list(rows.cursor.fetchall())
