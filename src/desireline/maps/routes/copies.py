"""Copies of maps: a duplicate, and the future state of one."""

from __future__ import annotations

from litestar import post

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.maps.answers import NewCopy, SavedAnswer, saved_answer
from desireline.maps.copying import copy_of, future_of, linked_to
from desireline.maps.document import fresh_id
from desireline.maps.routes.documents import taken_ids
from desireline.maps.routes.paths import document_at
from desireline.maps.storing import WorkspaceLibrary, delete, save
from desireline.maps.together.routes import save_written
from desireline.store import Workspace


@post("/map/{ident:str}/copy", guards=[needs(Right.DRAW)], before_request=save_written, sync_to_thread=True)
def duplicate_map(workspace: Workspace, user: SignedIn, ident: str, data: NewCopy) -> SavedAnswer:
    """Save a copy of a map as a map of its own; bindings stay, the review does not."""
    _, found, _ = document_at(workspace, "map", ident, None)
    made = copy_of(found, ident=fresh_id(data.title, taken_ids(workspace, "map")), title=data.title)
    return saved_answer(save(workspace, made, author=user.name, label=phrase("Copy of {ident}", ident=ident)))


@post("/map/{ident:str}/future", guards=[needs(Right.DRAW)], before_request=save_written, sync_to_thread=True)
def draw_future(workspace: Workspace, user: SignedIn, ident: str, data: NewCopy) -> SavedAnswer:
    """Begin the future state of a map with a copy of it, which the map links to."""
    library, found, version = document_at(workspace, "map", ident, None)
    _check_has_none(library, found.tree.get("future"), ident)
    made = future_of(found, ident=fresh_id(data.title, taken_ids(workspace, "map")), title=data.title)
    linked = linked_to(found, made.id)
    saved = save(workspace, made, author=user.name, label=phrase("Future state of {ident}", ident=ident))
    try:
        save(
            workspace,
            linked,
            author=user.name,
            label=phrase("Its future state: {ident}", ident=made.id),
            based_on=version.number,
        )
    except InputError:
        delete(workspace, "map", made.id, author=user.name)
        raise
    return saved_answer(saved)


def _check_has_none(library: WorkspaceLibrary, future: str | None, ident: str) -> None:
    """A link to a map that was deleted is none."""
    if future is not None and library.find("map", future) is not None:
        raise InputError(
            phrase("the map {ident!r} has its future state already: {future!r}", ident=ident, future=future),
            hint=phrase("go on with that one, or take the link to it out of the map first"),
        )
