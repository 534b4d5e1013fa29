"""``/api/sources``: sources with quality and freshness, imports, quarantine, uploads."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from litestar import Router, get, post
from msgspec import Struct

from desireline.accounts import Right, needs
from desireline.base import InputError, phrase
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
from desireline.sources.mending_all import Correction, WaitingFor, give_up, preview_again, try_again
from desireline.sources.mending_work import MendingWork, at_work, work_of
from desireline.sources.model import ImportResult
from desireline.sources.quality import imports_of, newest_day, source_quality
from desireline.sources.quarantine import (
    columns_to_mend,
    list_quarantine,
    mend_rows,
    source_summaries,
    waiting_reasons,
)
from desireline.sources.upload_routes import upload_router
from desireline.store import Workspace

_MOST_ROWS = 200


class SourceMapping(Struct, frozen=True):
    """The mapping of a source."""

    source: str
    yaml: str


class MendedRowBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the quarantine with what was put right: all columns with their values."""

    id: int
    values: dict[str, Any]


class MendedRows(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of one source."""

    source: str
    rows: list[MendedRowBody]


class CorrectionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What is put right in every row: the column says ``value``, where ``of`` is given only where it says that now.

    ``{column}`` in the value stands for the value of another column.
    """

    column: str
    value: str
    of: str | None = None


class WaitingRows(Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of a source that wait, for one reason or for any; with what is put right in each of them."""

    source: str
    reason: str | None = None
    correction: CorrectionBody | None = None


class GivenUp(Struct, frozen=True):
    """How many rows do not wait any more."""

    rows: int


class AttemptAnswer(Struct, frozen=True):
    """What became of rows that were fed back, or would, and why the rest cannot be used."""

    read: int
    stored: int
    duplicates: int
    quarantined: int
    reasons: dict[str, int]


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
    newest = newest_day(found)
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
        raise InputError(phrase("expected a count from 1 to {most}, got {count}", most=_MOST_ROWS, count=count))
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
        unusable=sum(each.quarantined for each in source_summaries(workspace) if source in (None, each.source)),
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
def replay_quarantined(workspace: Workspace, data: WaitingRows) -> AttemptAnswer:
    """Feed rows back as they are, after the mapping or the settings have changed, or with a correction in each."""
    with at_work(workspace) as progress:
        return _attempted(try_again(workspace, _wanted(data), _correction(data), progress=progress))


@post("/quarantine/preview", status_code=200, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def preview_replay(workspace: Workspace, data: WaitingRows) -> AttemptAnswer:
    """What feeding rows back would do; nothing is stored."""
    with at_work(workspace) as progress:
        return _attempted(preview_again(workspace, _wanted(data), _correction(data), progress=progress))


@post("/quarantine/give-up", status_code=200, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def give_up_quarantined(workspace: Workspace, data: WaitingRows) -> GivenUp:
    """Let rows wait no longer, without using them."""
    return GivenUp(give_up(workspace, _wanted(data)))


@get("/quarantine/work", sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def show_quarantine_work(workspace: Workspace) -> MendingWork:
    """What is being done with waiting rows now."""
    return work_of(workspace)


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
        preview_replay,
        give_up_quarantined,
        show_quarantine_work,
        upload_router,
    ],
    tags=["sources"],
)


def _wanted(data: WaitingRows) -> WaitingFor:
    return WaitingFor(data.source, data.reason)


def _correction(data: WaitingRows) -> Correction | None:
    said = data.correction
    return None if said is None else Correction(said.column, said.value, said.of)


def _attempted(result: ImportResult) -> AttemptAnswer:
    reasons: Counter[str] = Counter()
    for each in result.files:
        reasons.update(each.reasons)
    return AttemptAnswer(**result.counts.to_dict(), reasons=dict(reasons.most_common()))


def _replayed(result: ImportResult) -> ReplayAnswer:
    return ReplayAnswer(**result.counts.to_dict())
