"""When each source was last heard of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desireline.app.home.model import Freshness, SourceFreshness
from desireline.base import Progress
from desireline.sources import SourceQuality, source_quality
from desireline.sources.quality import newest_day
from desireline.sources.rhythm import RhythmKind
from desireline.store import Workspace

_ORDER: tuple[Freshness, ...] = ("silent", "late", "ended", "unknown", "fresh")
_JUDGED = (RhythmKind.DAYS, RhythmKind.WEEKS, RhythmKind.DELIVERIES)


def source_freshness(
    workspace: Workspace, *, now: datetime | None = None, progress: Progress | None = None
) -> tuple[SourceFreshness, ...]:
    """The sources: silent and late ones first, then by name.

    Parameters
    ----------
    now
        The moment for which freshness is judged.
    """
    moment = now or datetime.now(UTC)
    found = source_quality(workspace, now=moment, progress=progress)
    newest = newest_day(found)
    entries = [_entry(each, newest, moment) for each in found]
    return tuple(sorted(entries, key=lambda each: (_ORDER.index(each.state), each.source)))


def _entry(source: SourceQuality, newest: date | None, now: datetime) -> SourceFreshness:
    return SourceFreshness(
        source=source.source,
        interactions=source.interactions,
        last=source.last,
        last_import=source.last_import,
        waiting=source.waiting,
        silent_since=None if source.silence is None else source.silence.first,
        state=_state(source, newest, now),
    )


def _state(source: SourceQuality, newest: date | None, now: datetime) -> Freshness:
    if source.silence is not None:
        return "silent" if newest is not None and source.fell_silent(newest) else "ended"
    if source.is_import_late(now):
        return "late"
    is_judged = source.usual_import_pause is not None or source.rhythm.kind in _JUDGED
    return "fresh" if is_judged else "unknown"
