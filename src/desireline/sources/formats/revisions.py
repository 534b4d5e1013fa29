"""Records that come again whenever they change: which of several is the newest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desireline.sources.formats.model import Record, Revision, UnusableRecord
from desireline.sources.formats.moments import moment_at
from desireline.sources.formats.reading import text_at

Revise = Callable[[Record], Revision | None]


def revised_by(*, key: str, changed: str, unit: float = 1.0, complete: bool = False) -> Revise:
    """Revisions by two fields of a record.

    Parameters
    ----------
    key, changed
        Dotted paths: its id, and when it was last changed.
    unit
        Seconds of one step of a time that is a number since 1970.
    complete
        See :class:`Revision`.

    >>> revise = revised_by(key="id", changed="updated_at")
    >>> revise({"id": 17, "updated_at": "2026-03-01T09:00:00Z"}).key
    '17'
    """

    def revise(record: Record) -> Revision | None:
        name = text_at(record, key)
        return None if name is None else Revision(name, moment_at(record, changed, unit=unit), complete)

    return revise


def newest(records: Iterable[tuple[int, Record]], revise: Revise) -> Iterator[tuple[int, Record]]:
    """Of records with the same key only the one that was changed last, in order of the file; of equal ones the later one.

    Records without a key or with an unreadable time pass: they are refused later, with their number.
    """
    kept: dict[str, tuple[int, Record, Revision]] = {}
    loose: list[tuple[int, Record]] = []
    for number, record in records:
        revision = _readable(record, revise)
        if revision is None:
            loose.append((number, record))
        elif revision.key not in kept or not revision.is_older_than(kept[revision.key][2]):
            kept[revision.key] = (number, record, revision)
    yield from sorted([*((number, record) for number, record, _ in kept.values()), *loose], key=lambda each: each[0])


def _readable(record: Record, revise: Revise) -> Revision | None:
    try:
        return revise(record)
    except UnusableRecord:
        return None
