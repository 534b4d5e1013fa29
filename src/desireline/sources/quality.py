"""The quality of a source: what became of its records, whose interactions they are, how full, how fresh, how complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desireline.base import Progress, SilentProgress, UnknownNameError, closest_names, phrase
from desireline.interactions.identifiers import anchor_rank, names_customer
from desireline.interactions.log import ending_sources
from desireline.sources import tables
from desireline.sources.measuring import UNKNOWN_TYPE, Delays, LogMeasures, measure_log
from desireline.sources.model import Counts
from desireline.sources.rhythm import NO_RHYTHM, Gap, Rhythm, judge, usual_pause
from desireline.sources.tables import ImportEntry
from desireline.store import Workspace

_GROUPS = "one_per"
LATE = 2
"""After so many times the usual pause between imports the next one is late."""


@dataclass(frozen=True, slots=True)
class QuarantineReason:
    """Why records could not be used: how many of all imports, and how many of them wait to be mended."""

    reason: str
    quarantined: int
    waiting: int


@dataclass(frozen=True, slots=True)
class TypeCount:
    """A type of identifier, and how many."""

    type: str
    count: int


@dataclass(frozen=True, slots=True)
class FieldCount:
    """An optional field of interactions, and how many of them have it."""

    field: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """Interactions of one day, in the time zone of the workspace."""

    day: date
    interactions: int


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """How good the data of one source is.

    Attributes
    ----------
    source
        Its name.
    files, imports
        Files that were read, and in how many imports; a replay from quarantine counts as a file.
    read, stored, duplicates, quarantined
        What became of their records, over all imports: ``read = stored + duplicates + quarantined``.
    grouped
        Whether several rows of a file make one record: records in quarantine are rows all the same.
    rows
        Rows of the files; ``None`` where several make one record and older imports did not say how many there were.
    replaced
        Interactions that left the log over time, because a newer version of their record came.
    reasons
        Why records could not be used, most frequent first.
    unusable_identifiers
        Values that point at nobody, over all imports, by type.
    last_import
        When the newest file was read; ``None`` for what was logged by hand only.
    usual_import_pause
        The usual pause between days with an import; ``None`` for fewer than four such days.
    interactions
        How many the log has now.
    known_by
        Interactions by the type of their strongest identifier, the strongest type first.
    fields
        Optional fields that are filled at least once, most frequent first.
    first, last
        Times of the first and the last interaction.
    in_future, before_2000
        Interactions whose time cannot be right.
    delays
        How long after an interaction it was received; ``None`` where nothing says so.
    days
        Interactions by day in order of time; days without any are left out, and so are times that cannot be right.
    rhythm
        When the source usually has interactions.
    gaps
        Stretches in which it should have had some and has none.
    silence
        The gap that lasts until now.
    """

    source: str
    files: int = 0
    imports: int = 0
    read: int = 0
    stored: int = 0
    duplicates: int = 0
    quarantined: int = 0
    replaced: int = 0
    reasons: tuple[QuarantineReason, ...] = ()
    unusable_identifiers: tuple[TypeCount, ...] = ()
    last_import: datetime | None = None
    usual_import_pause: timedelta | None = None
    interactions: int = 0
    known_by: tuple[TypeCount, ...] = ()
    fields: tuple[FieldCount, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    in_future: int = 0
    before_2000: int = 0
    delays: Delays | None = None
    days: tuple[DayCount, ...] = ()
    rhythm: Rhythm = NO_RHYTHM
    gaps: tuple[Gap, ...] = ()
    silence: Gap | None = None
    grouped: bool = False
    rows: int | None = None

    @property
    def quarantined_of(self) -> int | None:
        """What records in quarantine are a share of: the records that were read, where several rows make one the rows."""
        return self.rows if self.grouped else self.read

    @property
    def usable(self) -> int:
        """Records that could be used: they were stored, or were there already."""
        return self.stored + self.duplicates

    @property
    def duplicates_of(self) -> int:
        """What duplicates are a share of: the records that were read, where several rows make one those that could be used."""
        return self.usable if self.grouped else self.read

    @property
    def waiting(self) -> int:
        """Records that are in quarantine now."""
        return sum(each.waiting for each in self.reasons)

    @property
    def with_customer(self) -> int:
        """Interactions with an identifier that points at a customer, not only at a case, a visit or a device."""
        return sum(each.count for each in self.known_by if each.type != UNKNOWN_TYPE and names_customer(each.type))

    @property
    def newest(self) -> date | None:
        """The newest day whose time can be right."""
        return self.days[-1].day if self.days else None

    def fell_silent(self, newest: date) -> bool:
        """Whether it has been silent for a week while another source still had interactions, the newest on that day."""
        return self.silence is not None and self.silence.first + timedelta(weeks=1) <= newest

    def is_import_late(self, now: datetime) -> bool:
        """Whether the last import is longer ago than twice the usual pause between imports."""
        if self.last_import is None or self.usual_import_pause is None:
            return False
        return now - self.last_import > LATE * self.usual_import_pause

    def to_dict(self) -> dict[str, Any]:
        """The entry of ``--json``; the counts by day are left out."""
        plain = {name: value for name, value in asdict(self).items() if name != "days"}
        pause = self.usual_import_pause
        return {
            **plain,
            "waiting": self.waiting,
            "with_customer": self.with_customer,
            "first": _text(self.first),
            "last": _text(self.last),
            "last_import": _text(self.last_import),
            "usual_import_pause": None if pause is None else pause.total_seconds(),
            "rhythm": {"kind": self.rhythm.kind.value, "usual": self.rhythm.usual},
            "gaps": [_gap_entry(each) for each in self.gaps],
            "silence": None if self.silence is None else _gap_entry(self.silence),
        }


def source_quality(
    workspace: Workspace,
    names: Sequence[str] = (),
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[SourceQuality, ...]:
    """The quality of sources, in the order of their names; days are those of the workspace's time zone.

    Parameters
    ----------
    names
        Only these sources; all of them by default.
    now
        The moment for which freshness is judged.

    Raises
    ------
    UnknownNameError
        The workspace has nothing from a source of that name.
    """
    moment = (now or datetime.now(UTC)).astimezone(workspace.zone)
    listening = progress or SilentProgress()
    listening.step("reading what was imported")
    with workspace.database.reading() as connection:
        entries = tables.import_entries(connection)
        waiting = tables.waiting_counts(connection)
        grouped = {
            name
            for name in {entry.source for entry in entries if entry.rows is None}
            if _GROUPS in (tables.source_mapping(connection, name) or "")
        }
    listening.step("measuring the log")
    measured = measure_log(workspace, now=moment)
    known = sorted({*measured, *(entry.source for entry in entries)})
    _check_names(names, known)
    return tuple(
        _quality(
            name,
            [entry for entry in entries if entry.source == name],
            {reason: count for source, reason, count in waiting if source == name},
            measured.get(name, LogMeasures()),
            moment,
            _rows([entry for entry in entries if entry.source == name], grouped=name in grouped),
        )
        for name in known
        if not names or name in names
    )


def newest_day(sources: Sequence[SourceQuality]) -> date | None:
    """The newest day of the sources that say when the record ends: silence that begins later is the end of the data, not of a source."""
    ending = ending_sources({each.source: each.interactions for each in sources})
    return max((each.newest for each in sources if each.newest is not None and each.source in ending), default=None)


def imports_of(workspace: Workspace) -> list[ImportEntry]:
    """What became of every file of every import, oldest first."""
    with workspace.database.reading() as connection:
        return tables.import_entries(connection)


def _check_names(names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            close = closest_names(name, known)
            raise UnknownNameError(
                phrase("the workspace has nothing from a source {name!r}", name=name),
                hint=phrase("did you mean {close}?", close=", ".join(close))
                if close
                else phrase("sources: {known}", known=", ".join(known) or phrase("none yet")),
            )


def _quality(
    name: str,
    entries: Sequence[ImportEntry],
    waiting: dict[str, int],
    log: LogMeasures,
    now: datetime,
    rows: int | None,
) -> SourceQuality:
    counts = sum((entry.counts for entry in entries), Counts(0, 0, 0, 0))
    regularity = judge(log.days, today=now.date())
    return SourceQuality(
        source=name,
        files=len(entries),
        imports=len({entry.batch for entry in entries}),
        read=counts.read,
        stored=counts.stored,
        duplicates=counts.duplicates,
        quarantined=counts.quarantined,
        grouped=rows != counts.read,
        rows=rows,
        replaced=sum(entry.replaced for entry in entries),
        reasons=_reasons(entries, waiting),
        unusable_identifiers=tuple(
            TypeCount(kind, count) for kind, count in _most(entry.unusable_identifiers for entry in entries)
        ),
        last_import=max((entry.imported_at for entry in entries), default=None),
        usual_import_pause=usual_pause([entry.imported_at.date() for entry in entries]),
        interactions=log.interactions,
        known_by=tuple(
            TypeCount(kind, count) for kind, count in sorted(log.by_type.items(), key=lambda item: _strength(item[0]))
        ),
        fields=tuple(FieldCount(field, count) for field, count in _most([log.filled])),
        first=log.first,
        last=log.last,
        in_future=log.in_future,
        before_2000=log.before_2000,
        delays=log.delays,
        days=tuple(DayCount(day, count) for day, count in sorted(log.days.items())),
        rhythm=regularity.rhythm,
        gaps=regularity.gaps,
        silence=regularity.silence,
    )


def _rows(entries: Sequence[ImportEntry], *, grouped: bool) -> int | None:
    """Rows of the files; those of older imports were not entered, but are their records unless several make one."""
    if grouped and any(entry.rows is None for entry in entries):
        return None
    return sum(entry.counts.read if entry.rows is None else entry.rows for entry in entries)


def _reasons(entries: Sequence[ImportEntry], waiting: dict[str, int]) -> tuple[QuarantineReason, ...]:
    return tuple(
        QuarantineReason(reason, count, waiting.get(reason, 0))
        for reason, count in _most(entry.reasons for entry in entries)
    )


def _most(counts: Iterable[dict[str, int]]) -> list[tuple[str, int]]:
    """The sums by name, the largest first, then by name."""
    sums: Counter[str] = Counter()
    for each in counts:
        sums.update(each)
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def _strength(kind: str) -> tuple[bool, tuple[int, str]]:
    return (kind == UNKNOWN_TYPE, anchor_rank(kind))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _gap_entry(gap: Gap) -> dict[str, Any]:
    return {"first": gap.first.isoformat(), "last": gap.last.isoformat(), "days": gap.days, "expected": gap.expected}
