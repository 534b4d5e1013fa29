"""Versions of a format that came after this module was written: its fields may mean something else."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.base import phrase
from desireline.sources.formats.model import Record
from desireline.sources.formats.reading import value_at


def unknown_version(records: Sequence[Record], path: str, *, known: Sequence[str], title: str) -> list[str]:
    """A notice for each version in the records that is not known; none where they do not say one.

    Parameters
    ----------
    path
        Dotted path of the field with the version.
    title
        What the records are called.

    >>> unknown_version([{"v": "2"}, {"v": "1"}, {}], "v", known=["1"], title="calls")
    ["The version '2' of calls (v) is not known here, only 1: fields that changed in it may be read wrongly or not at all."]
    """
    told = {str(value)[:40] for record in records if (value := value_at(record, path)) is not None}
    return [
        phrase(
            "The version {each!r} of {title} ({path}) is not known here, only {known}: "
            "fields that changed in it may be read wrongly or not at all.",
            each=each,
            title=title,
            path=path,
            known=", ".join(known),
        )
        for each in sorted(told - set(known))
    ]
