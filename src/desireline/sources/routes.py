"""``/api/sources``: sources with quality and freshness, imports, quarantine, uploads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar import Router, get, post
from msgspec import Struct

from desireline.accounts import Right, needs
from desireline.base import InputError
from desireline.sources.answers import (
    ImportsAnswer,
    MappingWords,
    QuarantineAnswer,
    SourcesAnswer,
    WaitingReason,
    import_answer,
    mapping_words,
    source_answer,
    waiting_row,
)
from desireline.sources.importing import saved_mapping
from desireline.sources.model import ImportResult
from desireline.sources.quality import imports_of, source_quality
from desireline.sources.quarantine import (
    columns_to_mend,
    list_quarantine,
    mend_rows,
    replay_quarantine,
    waiting_reasons,
)
from desireline.sources.upload_routes import upload_router
from desireline.store import Workspace

_MOST_ROWS = 200


class SourceMapping(Struct, frozen=True):
    """The mapping of a source."""

    source: str
    yaml: str


class MendedRowBody(Struct, frozen=True):
    """A row of the quarantine with what was put right: all columns with their values."""

    id: int
    values: dict[str, Any]


class MendedRows(Struct, frozen=True):
    """Rows of one source."""

    source: str
    rows: list[MendedRowBody]


class SourceName(Struct, frozen=True):
    """A source by name."""

    source: str


class ReplayAnswer(Struct, frozen=True):
    """What became of rows that were fed back."""

    read: int
    stored: int
    duplicates: int
    quarantined: int


@get("/", sync_to_thread=True, guards=[needs(Right.LOOK)])
def list_sources(workspace: Workspace) -> SourcesAnswer:
    """Every source: what became of its records, how fresh and how complete it is."""
    now = datetime.now(UTC)
    found = source_quality(workspace, now=now)
    newest = max((each.newest for each in found if each.newest is not None), default=None)
    return SourcesAnswer(tuple(source_answer(each, now=now, newest=newest) for each in found), now)


@get("/imports", sync_to_thread=True, guards=[needs(Right.LOOK)])
def list_imports(workspace: Workspace, count: int = 50) -> ImportsAnswer:
    """The newest imports first."""
    entries = imports_of(workspace)
    return ImportsAnswer(tuple(import_answer(each) for each in entries[::-1][: max(0, count)]), len(entries))


@get("/mapping", sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def show_mapping(workspace: Workspace, source: str) -> SourceMapping:
    """The mapping of a source as YAML."""
    return SourceMapping(source, saved_mapping(workspace, source))


@get("/mapping-words", sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def show_mapping_words() -> MappingWords:
    """What a mapping may name: fields, types of identifiers, formats, units, time zones."""
    return mapping_words()


@get("/quarantine", sync_to_thread=True, guards=[needs(Right.SEE_CUSTOMERS)])
def show_quarantine(
    workspace: Workspace,
    source: str | None = None,
    reason: str | None = None,
    after: int | None = None,
    count: int = 50,
) -> QuarantineAnswer:
    """The rows that wait to be mended, oldest first, and why."""
    if not 1 <= count <= _MOST_ROWS:
        raise InputError(f"expected a count from 1 to {_MOST_ROWS}, got {count}")
    reasons = tuple(
        WaitingReason(name, why, waiting)
        for name, counts in waiting_reasons(workspace).items()
        for why, waiting in counts
    )
    chosen = [each for each in reasons if source in (None, each.source) and reason in (None, each.reason)]
    rows = list_quarantine(workspace, source=source, reason=reason, after=after, limit=count + 1)
    shown = rows[:count]
    columns = {name: columns_to_mend(workspace, name) for name in {row.source for row in shown}}
    return QuarantineAnswer(
        waiting=sum(each.waiting for each in chosen),
        reasons=reasons,
        rows=tuple(waiting_row(row, columns[row.source]) for row in shown),
        next_after=shown[-1].id if len(rows) > count else None,
    )


@post("/quarantine/mend", status_code=200, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def mend_quarantined(workspace: Workspace, data: MendedRows) -> ReplayAnswer:
    """Feed rows back with what was put right in them; what still cannot be used waits with its new reason."""
    changes = {each.id: each.values for each in data.rows}
    return _replayed(mend_rows(workspace, changes, source=data.source))


@post("/quarantine/replay", status_code=200, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def replay_quarantined(workspace: Workspace, data: SourceName) -> ReplayAnswer:
    """Feed all waiting rows of a source back as they are: after its mapping or the settings have changed."""
    return _replayed(replay_quarantine(workspace, source=data.source))


router = Router(
    path="/sources",
    route_handlers=[
        list_sources,
        list_imports,
        show_mapping,
        show_mapping_words,
        show_quarantine,
        mend_quarantined,
        replay_quarantined,
        upload_router,
    ],
    tags=["sources"],
)


def _replayed(result: ImportResult) -> ReplayAnswer:
    return ReplayAnswer(**result.counts.to_dict())
