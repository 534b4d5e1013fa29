"""What a file most likely is: one of the named formats, or a table for which a mapping can be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from desireline.sources.formats.file_kind import format_mapping, recognised_format
from desireline.sources.guess import guess_mapping


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
