"""The versions of a document: listed, read, compared, restored."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter

from desireline.accounts import Right, SignedIn, needs
from desireline.maps.answers import (
    DifferencesAnswer,
    DocumentAnswer,
    HistoryAnswer,
    RestoreVersion,
    SavedAnswer,
    change_answer,
    document_answer,
    saved_answer,
    version_row,
)
from desireline.maps.naming import named_differences
from desireline.maps.routes.paths import document_at, kind_named
from desireline.maps.storing import history, restore
from desireline.store import Workspace

Number = Annotated[int, QueryParameter(ge=1, description="The number of a version.")]


@get("/documents/{kind:str}/{ident:str}/versions", sync_to_thread=True)
def versions(workspace: Workspace, kind: str, ident: str) -> HistoryAnswer:
    """All versions of a document, the newest first; of one that was deleted too."""
    chosen = kind_named(kind)
    found = history(workspace, chosen, ident)
    return HistoryAnswer(chosen, ident, tuple(version_row(each) for each in reversed(found)))


@get("/documents/{kind:str}/{ident:str}/versions/{number:int}", sync_to_thread=True)
def version(workspace: Workspace, kind: str, ident: str, number: int) -> DocumentAnswer:
    """A document in one version."""
    _, found, told = document_at(workspace, kind_named(kind), ident, number)
    return document_answer(found, told)


@get("/documents/{kind:str}/{ident:str}/differences", sync_to_thread=True)
def compare(
    workspace: Workspace, kind: str, ident: str, before: Number, after: Number | None = None
) -> DifferencesAnswer:
    """What is different from one version to another, or to the newest: by phases, steps, cells and claims."""
    chosen = kind_named(kind)
    library, old, _ = document_at(workspace, chosen, ident, before)
    _, new, newer = document_at(workspace, chosen, ident, after)
    found = named_differences(old, new, library)
    return DifferencesAnswer(before, newer.number, tuple(change_answer(each) for each in found))


@get("/map/{ident:str}/against/{other:str}", sync_to_thread=True)
def compare_maps(workspace: Workspace, ident: str, other: str) -> DifferencesAnswer:
    """What is different from one map to another, such as its future state: by phases, steps, cells and claims."""
    library, old, older = document_at(workspace, "map", ident, None)
    _, new, newer = document_at(workspace, "map", other, None)
    found = named_differences(old, new, library)
    return DifferencesAnswer(older.number, newer.number, tuple(change_answer(each) for each in found))


@post("/documents/{kind:str}/{ident:str}/restore", guards=[needs(Right.DRAW)], status_code=200, sync_to_thread=True)
def restore_version(workspace: Workspace, user: SignedIn, kind: str, ident: str, data: RestoreVersion) -> SavedAnswer:
    """Make an earlier version the newest again, as a version of its own; also brings back what was deleted."""
    return saved_answer(restore(workspace, kind_named(kind), ident, data.version, author=user.name))
