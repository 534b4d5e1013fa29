"""A file that came through the web application, from its arrival to its import."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field


class UploadState(StrEnum):
    """Where an upload stands; those that end in *ing* are at work, or wait for another one that is."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    RECOGNISING = "recognising"
    RECOGNISED = "recognised"
    PREVIEWING = "previewing"
    PREVIEWED = "previewed"
    IMPORTING = "importing"
    IMPORTED = "imported"


AT_WORK = frozenset({UploadState.RECOGNISING, UploadState.PREVIEWING, UploadState.IMPORTING})


class UploadWork(Struct, frozen=True):
    """What is being done; ``done`` and ``total`` in records where they are known.

    Attributes
    ----------
    waits
        Whether another file is at work first.
    cancelling
        Whether it stops at its next step.
    """

    what: str
    done: int | None = None
    total: int | None = None
    waits: bool = False
    cancelling: bool = False


class UploadProblem(Struct, frozen=True):
    """Why the last thing that was asked did not work; the code ``upload.cancelled`` or ``upload.interrupted`` is no fault of the file."""

    code: str
    message: str
    hint: str | None = None


class SampleColumn(Struct, frozen=True):
    """A column of the file, looked at in a sample of its rows.

    Attributes
    ----------
    kind
        The type that it is read as.
    filled, distinct
        Rows of the sample with a value, and different values.
    examples
        The most frequent values.
    """

    name: str
    kind: str
    filled: int
    distinct: int
    examples: list[str]


class Recognised(Struct, frozen=True):
    """What a file was taken for.

    Attributes
    ----------
    taken_for
        In words.
    format
        The named format; ``None`` for a table.
    sure
        How sure that is, from 0 to 1; ``None`` where it was not compared with formats.
    known_source
        Whether a source of the workspace reads files like it; its mapping is proposed.
    notes
        What the proposal is unsure of.
    rows, sampled
        Records of the file, and how many of them the columns were looked at in.
    """

    taken_for: str
    format: str | None
    sure: float | None
    known_source: bool
    notes: list[str]
    rows: int
    sampled: int
    columns: list[SampleColumn]


class UploadMapping(Struct, frozen=True):
    """The mapping that the file will be read with: as a document and as the same in YAML."""

    document: dict[str, Any]
    yaml: str


class UploadOutcome(Struct, frozen=True):
    """What became of the records of a file, or would: ``read = stored + duplicates + quarantined``."""

    source: str
    rows: int
    read: int
    stored: int
    duplicates: int
    quarantined: int
    replaced: int
    reasons: dict[str, int]
    unusable_identifiers: dict[str, int]
    notes: list[str]


class RejectedRow(Struct, frozen=True):
    """A row that could not be used."""

    row: int
    field: str
    reason: str
    message: str
    record: dict[str, Any]


class SampleInteraction(Struct, frozen=True):
    """An interaction as it would be stored."""

    occurred_at: datetime
    channel: str
    touchpoint: str
    seen_under: str
    rest: dict[str, str]


class UploadPreview(Struct, frozen=True):
    """What an import would do, before anything is stored; of rows and interactions the first ones."""

    outcome: UploadOutcome
    rejected: list[RejectedRow]
    interactions: list[SampleInteraction]


class Upload(Struct, frozen=True):
    """A file on its way in.

    Attributes
    ----------
    work
        What is being done now; ``None`` where nothing is.
    problem
        Why the last step did not work.
    """

    id: str
    name: str
    bytes: int
    by: str
    received_at: datetime
    state: UploadState
    work: UploadWork | None = None
    recognised: Recognised | None = None
    mapping: UploadMapping | None = None
    preview: UploadPreview | None = None
    outcome: UploadOutcome | None = None
    problem: UploadProblem | None = None
    changed_at: datetime | None = field(default=None)
