"""What the columns of a file look like to whoever maps them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desireline.sources.files import file_kind_named, file_kind_of
from desireline.sources.files.limits import temporary_folder
from desireline.sources.looking import SAMPLE, Column, look_at
from desireline.sources.mapping import Mapping
from desireline.store import connect_duckdb


@dataclass(frozen=True, slots=True)
class FileSample:
    """The records of a file.

    Attributes
    ----------
    rows
        How many it has.
    sampled
        How many the columns were looked at in, the first ones.
    """

    rows: int
    sampled: int
    columns: tuple[Column, ...]


def sample_file(path: Path, mapping: Mapping) -> FileSample:
    """Look at the columns of a file as a mapping reads it.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    kind = file_kind_named(mapping.read.format) if mapping.read.format else file_kind_of(path)
    with (
        temporary_folder() as workplace,
        connect_duckdb(workplace / "sample.duckdb", spill=workplace / "spill") as connection,
    ):
        wanted = sorted(mapping.columns())
        raw = kind.load(connection, path, options=mapping.read, columns=wanted, workplace=workplace)
        names = [name for name in raw.columns if name not in raw.unseen]
        sample = f"(SELECT * FROM {raw.relation} LIMIT {SAMPLE})"
        found = tuple(look_at(connection, sample, name, raw.columns[name]) for name in names)
        return FileSample(raw.rows, min(raw.rows, SAMPLE), found)
