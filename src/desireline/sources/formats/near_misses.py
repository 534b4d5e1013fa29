"""Files that are nearly of a named format: most of its fields are there, and one that it needs is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desireline.base import InputError, phrase
from desireline.sources.formats import all_formats
from desireline.sources.formats.headings import plain
from desireline.sources.formats.model import Format, Sample, Signature

NEARLY = 0.6
"""Share of the fields of a signature that have to be there."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The format that a file would be of.

    Attributes
    ----------
    sure
        Share of the format's fields that are there.
    missing
        The fields that it needs and that are not.
    """

    format: Format
    sure: float
    missing: tuple[str, ...]

    def error(self, path: Path) -> InputError:
        """What to tell somebody who imports the file: it is not guessed as something else."""
        fields = f"the field {self.missing[0]} is" if len(self.missing) == 1 else f"{', '.join(self.missing)} are"
        return InputError(
            phrase(
                "{path} looks like {title} ({sure:.0%} sure), but {fields} missing",
                path=path,
                title=self.format.title,
                sure=self.sure,
                fields=fields,
            ),
            hint=phrase(
                "export it with that; or --format {name} reads it all the same, and --mapping FILE as "
                "what you say (desireline sources guess proposes one)",
                name=self.format.name,
            ),
        )


def nearly_of(samples: Iterable[Sample]) -> NearMiss | None:
    """The format that a file is nearly of, by samples of it; ``None`` for most files that are of no format."""
    found = [
        miss
        for sample in samples
        if sample.records
        for each in all_formats().values()
        if sample.container in each.containers
        for signature in each.signatures
        if (miss := _miss(each, signature, sample)) is not None
    ]
    return max(found, key=lambda miss: miss.sure, default=None)


def _miss(declared: Format, signature: Signature, sample: Sample) -> NearMiss | None:
    columns = {plain(column) for column in sample.columns}
    fields = (*signature.required, *signature.further)
    there = sum(plain(name) in columns for name in fields)
    missing = tuple(name for name in signature.required if plain(name) not in columns)
    if not missing or there <= _LEAST or there < NEARLY * len(fields):
        return None
    return NearMiss(declared, there / len(fields), missing)
