"""The quality of sources as the command line shows it: an overview of all, or everything about one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from desireline.base import format_seconds
from desireline.sources.email_domains import EmailHint
from desireline.sources.measuring import Delays
from desireline.sources.quality import SourceQuality, TypeCount, newest_day
from desireline.sources.rhythm import Gap, RhythmKind

OVERVIEW = (
    "source",
    "interactions",
    "duplicates",
    "quarantined",
    "waiting",
    "with a customer",
    "newest",
    "usual",
    "gaps",
)
Row = tuple[str, str]


def overview_row(source: SourceQuality) -> list[object]:
    """The source in one line, under the headings of ``OVERVIEW``."""
    return [
        source.source,
        source.interactions,
        _share(source.duplicates, source.duplicates_of),
        _share(source.quarantined, source.quarantined_of),
        source.waiting,
        _share(source.with_customer, source.interactions),
        "" if source.newest is None else source.newest.isoformat(),
        source.rhythm.kind.value if source.rhythm.kind is RhythmKind.TOO_LITTLE else source.rhythm.usual,
        len(source.gaps) + (source.silence is not None),
    ]


def page_rows(source: SourceQuality, *, now: datetime) -> list[Row]:
    """Everything about one source: what, and how it is."""
    return [
        *_deliveries(source, now),
        *_records(source),
        *_interactions(source),
        *_times(source, now),
    ]


def remarks(sources: Sequence[SourceQuality], *, now: datetime) -> Iterator[str]:
    """What somebody should look at; where all the data is old, that is said once."""
    newest = newest_day(sources)
    silent = [source for source in sources if source.silence is not None]
    ended = [source for source in silent if newest is not None and not source.fell_silent(newest)]
    if len(ended) > 1:
        yield f"nothing came after {newest}; {len(ended):,} of {len(sources):,} sources should have had interactions since"
    for source in sources:
        if source.silence is not None and (len(ended) == 1 or source not in ended):
            yield f"{source.source}: {silence_text(source.silence, source.rhythm.usual)}"
        if source.is_import_late(now) and source.last_import is not None:
            pause = source.usual_import_pause
            assert pause is not None
            yield (
                f"{source.source}: the last import was {_ago(source.last_import, now)}, "
                f"usually there is one every {_days(pause.total_seconds() / 86_400)}"
            )
        for count, words in ((source.in_future, "in the future"), (source.before_2000, "before 2000")):
            if count:
                many = "1 interaction" if count == 1 else f"{count:,} interactions"
                yield f"{source.source}: {many} {words}; check the time zone and the order of day and month"


def hint_text(hint: EmailHint) -> str:
    """A hint in one line."""
    addresses = "1 address" if hint.addresses == 1 else f"{hint.addresses:,} addresses"
    return f"{addresses} at {hint.domain}: meant {hint.like}? ({hint.addresses_like:,} are there)"


def gap_text(gap: Gap) -> str:
    """A gap in one line."""
    return f"{gap.first} to {gap.last}: {_days(gap.days)}, about {gap.expected:,.0f} were to be expected"


def silence_text(gap: Gap, usual: str) -> str:
    """The gap that lasts until now, in one line."""
    return f"usually {usual}, silent for {_days(gap.days)}"


def _deliveries(source: SourceQuality, now: datetime) -> Iterator[Row]:
    if source.last_import is None:
        yield "files", "none: logged by hand"
        return
    files = "1 file" if source.files == 1 else f"{source.files:,} files"
    imports = "1 import" if source.imports == 1 else f"{source.imports:,} imports"
    pause = source.usual_import_pause
    usual = "" if pause is None else f", usually every {_days(pause.total_seconds() / 86_400)}"
    yield "delivered", f"{files} in {imports}, the last {_ago(source.last_import, now)}{usual}"


def _records(source: SourceQuality) -> Iterator[Row]:
    if source.read:
        yield "read", _read(source)
        replaced = f"; {source.replaced:,} of older versions replaced" if source.replaced else ""
        rows = " rows" if source.grouped else ""
        yield "stored", f"{_counted(source.stored, source.duplicates_of)}{replaced}"
        yield "duplicates", _counted(source.duplicates, source.duplicates_of)
        unusable = f"{source.quarantined:,}{rows} ({_share(source.quarantined, source.quarantined_of)})"
        yield "quarantined", f"{unusable}, {_waiting(source.waiting)}"
    for each in source.reasons:
        yield f"quarantined: {each.reason}", f"{each.quarantined:,}, {_waiting(each.waiting)}"
    if source.unusable_identifiers:
        yield "unusable values", _types(source.unusable_identifiers)


def _read(source: SourceQuality) -> str:
    if not source.grouped:
        return f"{source.read:,} records"
    if source.rows is None:
        return f"{source.usable:,} records of several rows each, and {source.quarantined:,} rows"
    return f"{source.rows:,} rows; {source.rows - source.quarantined:,} of them make {source.usable:,} records"


def _interactions(source: SourceQuality) -> Iterator[Row]:
    yield "interactions", f"{source.interactions:,}"
    if not source.interactions:
        return
    yield "with a customer", _counted(source.with_customer, source.interactions)
    yield "known by", _types(source.known_by)
    if source.fields:
        filled = (f"{each.field} {_share(each.count, source.interactions)}" for each in source.fields)
        yield "filled", ", ".join(filled)


def _times(source: SourceQuality, now: datetime) -> Iterator[Row]:
    if source.first is None or source.last is None:
        return
    yield "first", _moment(source.first)
    yield "last", f"{_moment(source.last)}, {_ago(source.last, now)}" if source.last <= now else _moment(source.last)
    if source.in_future:
        yield "in the future", f"{source.in_future:,}"
    if source.before_2000:
        yield "before 2000", f"{source.before_2000:,}"
    if source.delays is not None:
        yield "received", _delays_text(source.delays)
    yield "usual", source.rhythm.usual
    for gap in source.gaps:
        yield "gap", gap_text(gap)
    if source.silence is not None:
        yield "silent", f"for {_days(source.silence.days)}, about {source.silence.expected:,.0f} were to be expected"


def _delays_text(delays: Delays) -> str:
    parts = []
    if delays.median_seconds is not None and delays.p95_seconds is not None:
        median, most = format_seconds(delays.median_seconds), format_seconds(delays.p95_seconds)
        parts.append(f"half within {median}, 95% within {most}")
    if delays.before:
        parts.append(f"{delays.before:,} before they occurred")
    return f"{'; '.join(parts)} ({delays.given:,} say when)"


def _waiting(records: int) -> str:
    return f"{records:,} waits" if records == 1 else f"{records:,} wait"


def _types(counts: Sequence[TypeCount]) -> str:
    return ", ".join(f"{each.type} {each.count:,}" for each in counts)


def _counted(part: int, whole: int) -> str:
    return f"{part:,} ({_share(part, whole)})"


def _share(part: int, whole: int | None) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:,.0f} days" if float(days).is_integer() else f"{days:,.1f} days"


def _ago(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    return f"{format_seconds(seconds)} ago" if seconds >= 0 else f"on {moment.date()}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
