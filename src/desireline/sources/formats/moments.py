"""Times that a product writes as numbers since 1970, and tools that pass its records on as ISO 8601."""

from __future__ import annotations

from datetime import datetime

from desireline.sources.formats.model import Record
from desireline.sources.formats.reading import epoch_at, text_at, time_at


def moment_at(record: Record, path: str, *, unit: float = 1.0) -> datetime | None:
    """A time, as a number since 1970 or as a text.

    Parameters
    ----------
    unit
        Seconds of one step of a number: 1 for seconds, 0.001 for milliseconds.

    Raises
    ------
    UnusableRecord
        It is neither.

    >>> moment_at({"at": 1772355600000}, "at", unit=0.001) == moment_at({"at": "2026-03-01T09:00:00Z"}, "at")
    True
    """
    text = text_at(record, path)
    if text is not None and text.replace(".", "", 1).isdigit():
        return epoch_at(record, path, unit=unit)
    return time_at(record, path)


def step_id(record_id: str, what: str, moment: datetime) -> str:
    """Id of a step that can come again, such as solving a ticket that was opened again: it holds its time (UTC).

    >>> from datetime import UTC
    >>> step_id("17", "solved", datetime(2026, 3, 1, 9, tzinfo=UTC))
    '17:solved:20260301T090000Z'
    """
    return f"{record_id}:{what}:{moment:%Y%m%dT%H%M%SZ}"
