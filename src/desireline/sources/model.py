"""The nouns of sources: what an import counts, and the rows that could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records that were read; ``read = stored + duplicates + quarantined`` always holds.

    Attributes
    ----------
    read
        Records: rows of the file, or groups of rows where the mapping says ``one_per``.
    stored
        Interactions that are new in the log.
    duplicates
        Records that were there already, in this file or in the log.
    quarantined
        Records that could not be used.
    """

    read: int
    stored: int
    duplicates: int
    quarantined: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.stored + other.stored,
            self.duplicates + other.duplicates,
            self.quarantined + other.quarantined,
        )

    def to_dict(self) -> dict[str, int]:
        """The four keys of ``--json``."""
        return {
            "read": self.read,
            "stored": self.stored,
            "duplicates": self.duplicates,
            "quarantined": self.quarantined,
        }


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that cannot be used, and why.

    Attributes
    ----------
    row
        Number of the record in its file; the first after the header is 1.
    field
        Which field of an interaction could not be had; ``row`` where the whole record is unreadable.
    reason
        A stable code: ``missing_time``, ``unreadable_time``, ``no_identifier``, ``not_a_number``, ``out_of_range``,
        ``unknown_value``, ``oversized``, ``missing_value``, ``incomplete``, ``unreadable_row``.
    message
        What was expected and what came.
    form
        ``columns`` of a table, ``document`` for JSON, ``unreadable`` where not even that.
    record
        The record as JSON text: by column, as the document came, or the unreadable text under ``_raw``.
    replay_of
        Number of the quarantined row that this is a new attempt of.
    """

    row: int
    field: str
    reason: str
    message: str
    form: Literal["columns", "document", "unreadable"]
    record: str
    replay_of: int | None = None


@dataclass(frozen=True, slots=True)
class FileImport:
    """What became of one file.

    Attributes
    ----------
    rows
        Rows of the file; more than ``counts.read`` where rows were joined to one interaction.
    source
        "" where the file has no records and nothing says what it is.
    unusable_identifiers, unusable_rows
        Values by type that point at nobody, and the first row with one; their interactions were kept under another
        identifier.
    replaced
        Interactions that left the log, because a newer version of their record came; those stored took their place.
    recognised, sure
        The named format that the file was taken for, in words, and how sure that is (0 to 1); ``None`` where it was read
        through a mapping.
    guessed
        Whether the mapping was guessed just now.
    notes
        What the guess is unsure of, what the format assumes or finds unusual, and whether there was nothing in the file.
    """

    file: str
    source: str
    counts: Counts
    rows: int
    reasons: dict[str, int]
    unusable_identifiers: dict[str, int]
    replaced: int = 0
    recognised: str | None = None
    sure: float | None = None
    guessed: bool = False
    notes: tuple[str, ...] = ()
    unusable_rows: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The entry of ``--json``."""
        return {
            "file": self.file,
            "source": self.source,
            **self.counts.to_dict(),
            "replaced": self.replaced,
            "rows": self.rows,
            "reasons": self.reasons,
            "unusable_identifiers": self.unusable_identifiers,
            "unusable_rows": self.unusable_rows,
            "recognised": self.recognised,
            "sure": self.sure,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of all files of one import."""

    files: tuple[FileImport, ...]

    @property
    def counts(self) -> Counts:
        """The sums over all files."""
        return sum((each.counts for each in self.files), Counts(0, 0, 0, 0))

    def to_dict(self) -> dict[str, Any]:
        """The document of ``--json``: the four keys and ``replaced`` in all, and per file under ``files``."""
        files = [each.to_dict() for each in self.files]
        return {**self.counts.to_dict(), "replaced": sum(each.replaced for each in self.files), "files": files}
