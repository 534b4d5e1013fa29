"""What a file most likely is: one of the named formats, or a table for which a mapping can be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from desireline.sources.files import file_kind_of
from desireline.sources.formats import all_formats
from desireline.sources.formats.file_kind import format_mapping, recognised_format
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
    """

    yaml: str
    taken_for: str
    sure: float | None


def propose_mapping(path: Path, *, source: str | None = None) -> Proposal:
    """Propose a mapping: that of the named format which the file is recognised as, else a guess from its columns.

    Parameters
    ----------
    source
        The name of the source; by default that of the format, or one made from the name of the file.

    Raises
    ------
    InputError
        The file cannot be read, or it is of no format and no mapping can be guessed.
    """
    with TemporaryDirectory() as folder:
        recognised = recognised_format(path, workplace=Path(folder))
    if recognised is not None:
        declared, sure = recognised
        return Proposal(format_mapping(declared, source=source), declared.title, sure)
    guess = guess_mapping(path, source=source)
    return Proposal(guess.yaml, guess.kind, None)


def assumptions_of(mapping: Mapping) -> tuple[str, ...]:
    """What the named format that a mapping reads takes for granted, to be said with every import; nothing for others."""
    declared = all_formats().get(mapping.read.format or "")
    return () if declared is None or declared.assumes is None else (declared.assumes,)


def fits(mapping: Mapping, path: Path) -> bool:
    """Whether a file has what a mapping reads: it is of its named format, or has all its columns.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    with TemporaryDirectory() as folder:
        workplace = Path(folder)
        if mapping.read.format in all_formats():
            recognised = recognised_format(path, workplace=workplace)
            return recognised is not None and recognised[0].name == mapping.read.format
        with connect_duckdb() as connection:
            kind = file_kind_of(path)
            raw = kind.load(connection, path, options=mapping.read, columns=(), workplace=workplace)
    needed = {join.on for join in mapping.join} if mapping.join else mapping.columns()
    return needed <= raw.columns.keys()
