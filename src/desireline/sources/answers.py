"""What the routes of sources answer: the same values as on the command line, with types for whoever reads the description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from desireline.base import recall
from desireline.interactions import FIELDS, IDENTIFIER_TYPES
from desireline.sources.formats import all_formats
from desireline.sources.mapping import DURATION_UNITS, TIME_UNITS, time_zones
from desireline.sources.quality import QuarantineReason, SourceQuality, TypeCount
from desireline.sources.tables import ImportEntry, QuarantinedRow

DAYS_SHOWN = 90


@dataclass(frozen=True, slots=True)
class DaySum:
    """Interactions of a day, in the time zone of the workspace."""

    day: date
    interactions: int


@dataclass(frozen=True, slots=True)
class SilentStretch:
    """A stretch without interactions that should have had about so many."""

    first: date
    last: date
    days: int
    expected: float


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """A source with its quality and its freshness; see :class:`~desireline.sources.quality.SourceQuality`.

    Attributes
    ----------
    import_late
        Whether the last import is longer ago than twice the usual pause.
    silent
        Whether it has been silent for a week while another source was not.
    grouped
        Whether several rows of a file make one record: what is quarantined is rows all the same.
    rows
        Rows of the files; ``None`` where several make one record and older imports did not say how many there were.
    usual
        When it usually has interactions, in words.
    days
        The newest days, :data:`DAYS_SHOWN` at most, without those that have none.
    """

    source: str
    files: int
    imports: int
    grouped: bool
    rows: int | None
    read: int
    stored: int
    duplicates: int
    quarantined: int
    replaced: int
    waiting: int
    interactions: int
    with_customer: int
    first: datetime | None
    last: datetime | None
    in_future: int
    before_2000: int
    last_import: datetime | None
    usual_import_pause_seconds: float | None
    import_late: bool
    silent: bool
    usual: str
    received_after_median_seconds: float | None
    received_before: int
    reasons: tuple[QuarantineReason, ...]
    unusable_identifiers: tuple[TypeCount, ...]
    known_by: tuple[TypeCount, ...]
    gaps: tuple[SilentStretch, ...]
    days: tuple[DaySum, ...]


@dataclass(frozen=True, slots=True)
class SourcesAnswer:
    """All sources; freshness is judged as of ``now``."""

    sources: tuple[SourceAnswer, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of one file; files of one ``batch`` came together.

    Attributes
    ----------
    rows
        Rows of the file, not ``read`` where several make one record; ``None`` where it was imported before they were entered.
    """

    batch: int
    source: str
    file: str
    imported_at: datetime
    rows: int | None
    read: int
    stored: int
    duplicates: int
    quarantined: int
    replaced: int


@dataclass(frozen=True, slots=True)
class ImportsAnswer:
    """The newest imports, and how many there are."""

    imports: tuple[FileImported, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitingReason:
    """How many rows of a source wait for a reason."""

    source: str
    reason: str
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row in quarantine; ``columns`` are those that the mapping of its source reads."""

    id: int
    source: str
    file: str
    row: int
    field: str
    reason: str
    message: str
    form: str
    values: dict[str, Any]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuarantineAnswer:
    """A page of the quarantine; ask with ``next_after`` for the next one.

    Attributes
    ----------
    waiting
        Rows that wait, of the chosen source and reason.
    unusable
        Records of all imports of the chosen source, of all without one, that could not be used: those that are the same in every cell
        wait once, and those that were mended, tried again or given up are counted too.
    """

    waiting: int
    unusable: int
    reasons: tuple[WaitingReason, ...]
    rows: tuple[WaitingRow, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class MappableField:
    """A field that a mapping can give."""

    name: str
    kind: str
    meaning: str
    unit: str | None
    choices: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class NameWithMeaning:
    """A name and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MappingWords:
    """What a mapping may name."""

    fields: tuple[MappableField, ...]
    identifier_types: tuple[NameWithMeaning, ...]
    formats: tuple[NameWithMeaning, ...]
    duration_units: tuple[str, ...]
    time_units: tuple[str, ...]
    time_zones: tuple[str, ...]


def source_answer(found: SourceQuality, *, now: datetime, newest: date | None) -> SourceAnswer:
    """A source for JSON; ``newest`` is the newest day of any source."""
    pause: timedelta | None = found.usual_import_pause
    return SourceAnswer(
        source=found.source,
        files=found.files,
        imports=found.imports,
        grouped=found.grouped,
        rows=found.rows,
        read=found.read,
        stored=found.stored,
        duplicates=found.duplicates,
        quarantined=found.quarantined,
        replaced=found.replaced,
        waiting=found.waiting,
        interactions=found.interactions,
        with_customer=found.with_customer,
        first=found.first,
        last=found.last,
        in_future=found.in_future,
        before_2000=found.before_2000,
        last_import=found.last_import,
        usual_import_pause_seconds=None if pause is None else pause.total_seconds(),
        import_late=found.is_import_late(now),
        silent=newest is not None and found.fell_silent(newest),
        usual=found.rhythm.usual,
        received_after_median_seconds=None if found.delays is None else found.delays.median_seconds,
        received_before=0 if found.delays is None else found.delays.before,
        reasons=found.reasons,
        unusable_identifiers=found.unusable_identifiers,
        known_by=found.known_by,
        gaps=tuple(SilentStretch(each.first, each.last, each.days, each.expected) for each in found.gaps),
        days=tuple(DaySum(each.day, each.interactions) for each in found.days[-DAYS_SHOWN:]),
    )


def import_answer(entry: ImportEntry) -> FileImported:
    """An import for JSON; of the file only its name."""
    return FileImported(
        batch=entry.batch,
        source=entry.source,
        file=Path(entry.file).name,
        imported_at=entry.imported_at,
        replaced=entry.replaced,
        rows=entry.rows,
        **entry.counts.to_dict(),
    )


def waiting_row(row: QuarantinedRow, columns: Sequence[str]) -> WaitingRow:
    """A row in quarantine for JSON."""
    return WaitingRow(
        id=row.id,
        source=row.source,
        file=Path(row.file).name,
        row=row.row,
        field=row.field,
        reason=row.reason,
        message=recall(row.message, "sources"),
        form=row.form,
        values=row.values(),
        columns=tuple(columns),
    )


def mapping_words() -> MappingWords:
    """What a mapping may name, from the code itself."""
    fields = [
        MappableField(each.name, each.kind, each.meaning, each.unit, each.choices, each.required)
        for each in FIELDS
        if each.name != "source"
    ]
    return MappingWords(
        fields=tuple(fields),
        identifier_types=tuple(NameWithMeaning(each.name, each.meaning) for each in IDENTIFIER_TYPES),
        formats=tuple(NameWithMeaning(name, each.title) for name, each in all_formats().items()),
        duration_units=tuple(DURATION_UNITS),
        time_units=tuple(TIME_UNITS),
        time_zones=tuple(sorted(time_zones())),
    )
