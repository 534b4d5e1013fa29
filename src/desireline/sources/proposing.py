"""What a file most likely is: one of the named formats, or a table for which a mapping can be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desireline.base import InputError, NoRecordsError, phrase
from desireline.sources.files import file_kind_of
from desireline.sources.files.limits import temporary_folder
from desireline.sources.formats import all_formats, format_named
from desireline.sources.formats.empty_pages import is_empty_page, is_hollow
from desireline.sources.formats.file_kind import (
    container_of,
    format_mapping,
    format_of,
    recognised_format,
    samples_of,
)
from desireline.sources.formats.near_misses import NearMiss, nearly_of
from desireline.sources.guess import guess_mapping
from desireline.sources.mapping import Mapping
from desireline.store import connect_duckdb


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping for a file.

    Attributes
    ----------
    yaml
        The mapping with its comments.
    taken_for
        What the file was taken for, in words.
    sure
        How sure that is, from 0 to 1; ``None`` for a guessed mapping, whose comments say what is unsure.
    nearly
        The named format that the file would be of, if a field were not missing.
    """

    yaml: str
    taken_for: str
    sure: float | None
    nearly: NearMiss | None = None


def propose_mapping(path: Path, *, source: str | None = None, timezone: str = "UTC") -> Proposal:
    """Propose a mapping: that of the named format which the file is recognised as, else a guess from its columns.

    Parameters
    ----------
    source
        The name of the source; by default that of the format, or one made from the name of the file.
    timezone
        The IANA time zone that a guess assumes for times that name none.

    Raises
    ------
    InputError
        The file cannot be read, or it is of no format and no mapping can be guessed.
    NoRecordsError
        There is nothing in it, and no format is known by that.
    """
    with temporary_folder() as folder:
        samples = samples_of(path, workplace=folder)
    recognised = format_of(samples)
    if recognised is not None:
        declared, sure = recognised
        return Proposal(format_mapping(declared, source=source), declared.title, sure)
    if any(is_empty_page(sample.records[0]) for sample in samples[1:] if sample.container == "json"):
        raise NoRecordsError(
            phrase("{path} has no records", path=path), hint=phrase("there is nothing to import in it")
        )
    nearly = nearly_of(samples)
    try:
        guess = guess_mapping(path, source=source, timezone=timezone)
    except NoRecordsError:
        raise
    except InputError as error:
        if nearly is not None:
            raise nearly.error(path) from error
        if any(is_hollow(dict(sample.records[0])) for sample in samples[1:] if sample.container == "json"):
            raise NoRecordsError(
                phrase("{path} has no records", path=path), hint=phrase("there is nothing to import in it")
            ) from error
        raise
    return Proposal(guess.yaml, guess.kind, None, nearly)


def mapping_as(name: str, path: Path, *, source: str | None = None) -> Proposal:
    """The mapping of the named format that somebody says a file is of.

    Raises
    ------
    UnknownNameError
        There is no format of that name.
    InputError
        The file cannot be read, or formats of that name are built in another way.
    """
    declared = format_named(name)
    container_of(declared, path)
    return Proposal(format_mapping(declared, source=source), declared.title, None)


def fits(mapping: Mapping, path: Path) -> bool:
    """Whether a file has what a mapping reads: it is of its named format, or has all its columns.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    with temporary_folder() as workplace:
        if mapping.read.format in all_formats():
            recognised = recognised_format(path, workplace=workplace)
            return recognised is not None and recognised[0].name == mapping.read.format
        with connect_duckdb(workplace / "fits.duckdb", spill=workplace / "spill") as connection:
            kind = file_kind_of(path)
            raw = kind.load(connection, path, options=mapping.read, columns=(), workplace=workplace)
    needed = {join.on for join in mapping.join} if mapping.join else mapping.columns()
    return needed <= raw.columns.keys()
