"""Named formats: what a department's system exports, and the interactions that are in its records.

A format is one module in this folder with a constant ``FORMAT``; it is found by itself. Its functions are pure: records in,
interactions out, no file is opened and no database asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Record = Mapping[str, Any]
"""One record as its file holds it: a JSON object, or a row of a table with every cell as text ("" where it is empty)."""

Container = Literal["json", "csv", "xlsx", "parquet", "lines"]
"""How the file is built; ``lines`` gives records ``{"line": text}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInteraction:
    """One interaction in a record. Fields are those of the interaction schema, with its units; ``None`` is left out.

    Attributes
    ----------
    id
        Unique within the source and the same whenever the record comes again, such as ``CONTACT:queued``.
    occurred_at, received_at
        Aware times.
    identifiers
        By type (customer, user, email, phone, session, device …); empty ones are left out. At least one is needed.
    case
        The call, ticket or order that the interaction is a part of.
    duration, wait, hold
        Seconds.
    score
        On its own scale: NPS 0 to 10, CSAT and CES as the survey has it.
    sentiment
        −2 to +2, only where the source itself measured it.
    attributes
        Texts by name; few and useful.
    turns
        What the customer said in a conversation, a text for each turn, in order; they are not kept, but give the sentiment
        and its curve.
    """

    id: str
    channel: str
    touchpoint: str
    occurred_at: datetime
    identifiers: Mapping[str, str]
    received_at: datetime | None = None
    direction: Literal["inbound", "outbound", "internal"] | None = None
    actor: Literal["customer", "agent", "bot", "system"] | None = None
    team: str | None = None
    agent: str | None = None
    case: str | None = None
    duration: float | None = None
    wait: float | None = None
    hold: float | None = None
    cost: float | None = None
    value: float | None = None
    outcome: str | None = None
    score: float | None = None
    score_kind: Literal["NPS", "CSAT", "CES"] | None = None
    sentiment: float | None = None
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    turns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """Which record it is, and how new.

    Attributes
    ----------
    key
        The id of the record in its system.
    changed_at
        When it was last changed.
    complete
        Whether every delivery has all interactions of the record: those that a newer one lacks are taken out then. Where a
        record keeps only the last time of something that can happen again, it is not.
    """

    key: str
    changed_at: datetime | None
    complete: bool = False

    def is_older_than(self, other: Revision) -> bool:
        """Whether the other one was changed later; one without a time is older than one with."""
        return other.changed_at is not None and (self.changed_at is None or self.changed_at < other.changed_at)


class UnusableRecord(Exception):
    """A record that cannot be used.

    Parameters
    ----------
    where
        The field of the record, as a dotted path.
    message
        What was expected and what came.
    reason
        A reason code of the quarantine.
    """

    def __init__(self, where: str, message: str, *, reason: str = "unreadable_row") -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, for recognising it.

    Attributes
    ----------
    name
        File name in small letters.
    container
        How the file is built.
    columns
        Names of the columns, or the keys of the first records (top level).
    records
        The first records, at most 20.
    """

    name: str
    container: Container
    columns: frozenset[str]
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Signature:
    """Fields by which a file is known to be nearly of a format. Capitals, blanks and signs in names do not count.

    Attributes
    ----------
    required
        Fields that the format cannot be recognised without.
    further
        Other fields that its files usually have and those of other systems do not.
    """

    required: tuple[str, ...]
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A named format.

    Attributes
    ----------
    name
        Short name in small letters, digits and underscores: the source is called so by default.
    title
        For people: "Amazon Connect contact records".
    containers
        How its files may be built.
    recognise
        How sure we are that a file is of this format: 0 (it is not) to 1 (it cannot be anything else).
    convert
        The interactions in one record; raises :class:`UnusableRecord`.
    prepare
        What has to be known of several records at once: the newest of those with one id, cells that stand only on the first
        row of a group, header rows that are no records. Gives (number of the record in the file, from 1; record).
    revision
        Which version of a record it is, where records come again when they have changed: a newer one takes the place of an
        older one, also in the log.
    transcripts
        Whether its interactions may have ``turns``.
    records_path
        For a file that is one JSON document: dotted path of the list of records, where it is not the only or the longest
        list; "" where the document itself is the record.
    assumes
        What is taken for granted where the records leave it open, in one sentence: the time zone, the order of day and
        month. It is said with every import that met a time without a zone.
    signatures
        Fields by which a file is known that lacks one that is needed, a signature for each way to export it.
    wrapper
        The document around the records where there are none: by key, a regular expression that its value as JSON has.
    notices
        What is unusual about the first records of a file, such as a version that is not known; it is said with every import.
    """

    name: str
    title: str
    containers: tuple[Container, ...]
    recognise: Callable[[Sample], float]
    convert: Callable[[Record], Iterable[FoundInteraction]]
    prepare: Callable[[Iterable[tuple[int, Record]]], Iterator[tuple[int, Record]]] | None = None
    revision: Callable[[Record], Revision | None] | None = None
    transcripts: bool = False
    records_path: str | None = None
    assumes: str | None = None
    signatures: tuple[Signature, ...] = ()
    wrapper: Mapping[str, str] = field(default_factory=dict)
    notices: Callable[[Sequence[Record]], Sequence[str]] | None = None
