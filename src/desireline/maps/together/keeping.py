"""Keeping a shared document as it changes, and saving what it says as a version.

Nothing here waits for other people: each function reads or writes the database, and gives what a room has to do.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desireline.base import InputError, Problem, UnknownNameError, phrase
from desireline.maps import tables as versions
from desireline.maps.checking import problems_of
from desireline.maps.document import Document, new_document
from desireline.maps.merging import merge
from desireline.maps.storing import Saved, document_of, save, take_in
from desireline.maps.tables import Version
from desireline.maps.together import tables
from desireline.maps.together.tables import KeptRoom
from desireline.maps.together.trees import SharedDoc, assigned, become, new_doc, split_lists, tree_of_doc
from desireline.store import Workspace

LABEL = phrase("Edited together")
LABEL_OF_ONE = phrase("Edited")
"""The label of versions that were saved so."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A shared document as it was kept, or made of the newest version."""

    kept: KeptRoom
    doc: SharedDoc


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of bringing a shared document and the versions of its map together.

    Attributes
    ----------
    version
        The newest version; it may be the deletion of the map.
    changes
        The update that brings into the shared document what others saved; ``None``: nothing.
    problems
        Why what it says cannot be a version.
    is_held
        The newest version says what the shared document said.
    """

    version: Version
    changes: bytes | None = None
    problems: tuple[Problem, ...] = ()
    is_held: bool = False


def open_kept(workspace: Workspace, ident: str) -> Opened:
    """The shared document of a map.

    Raises
    ------
    UnknownNameError
        There is no such map, and nothing is kept of it.
    """
    take_in(workspace)
    with workspace.database.reading() as connection:
        kept = tables.room_of(connection, ident)
        updates = tables.updates_of(connection, ident)
    doc = new_doc()
    if kept is None:
        return _begun(workspace, ident, doc)
    for update in updates:
        doc.apply_update(update)
    if split_lists(doc) or len(updates) > 1:
        with workspace.database.writing() as connection:
            tables.replace_updates(connection, ident, doc.get_update())
    return Opened(kept, doc)


def keep(workspace: Workspace, ident: str, updates: Sequence[bytes], *, based_on: int, authors: Sequence[str]) -> None:
    """Enter updates; when this returns, they are on disk."""
    with workspace.database.writing() as connection:
        if updates:
            tables.add_updates(connection, ident, updates)
        tables.note_room(connection, ident, based_on=based_on, authors=authors)


def newest_number(workspace: Workspace, ident: str) -> int:
    """The number of the newest version of a map, be it its deletion; 0 where there is none."""
    with workspace.database.reading() as connection:
        found = versions.newest(connection, "map", ident)
    return 0 if found is None else found.number


def written_document(workspace: Workspace, ident: str) -> Document | None:
    """What is written of a map now, be it a version yet or not; ``None``: nobody has edited it together, or it was deleted.

    It only reads: the room of the map may be open.
    """
    with workspace.database.reading() as connection:
        kept = tables.room_of(connection, ident)
        updates = tables.updates_of(connection, ident)
    head = _newest(workspace, ident)
    if kept is None or head.deleted:
        return None
    doc = new_doc()
    for update in updates:
        doc.apply_update(update)
    return _together(workspace, ident, doc, kept.based_on, head)


def bring_in(workspace: Workspace, ident: str, state: bytes, based_on: int) -> Settled:
    """Bring what others saved since version ``based_on`` into a shared document, whose ``state`` is an update of all of it."""
    head = _newest(workspace, ident)
    if head.deleted or head.number == based_on:
        return Settled(head)
    doc = _copied(state)
    before = doc.get_state()
    become(doc, _together(workspace, ident, doc, based_on, head).tree)
    return Settled(head, doc.get_update(before))


def save_version(workspace: Workspace, ident: str, state: bytes, based_on: int, authors: Sequence[str]) -> Settled:
    """Save what a shared document says as the next version, with what others saved since ``based_on`` in it.

    Comments and the order of fields stay as they are in the text. What breaks the schema is not saved, and stays in the shared
    document. Of a map that was deleted nothing is saved.
    """
    head = _newest(workspace, ident)
    if head.deleted:
        return Settled(head)
    doc = _copied(state)
    document = _together(workspace, ident, doc, based_on, head)
    problems = tuple(problems_of(document))
    if problems:
        return Settled(head, problems=problems)
    saved = _saved(workspace, document, head, authors)
    if head.number == based_on and saved.outcome != "merged":
        return Settled(saved.version, is_held=True)
    before = doc.get_state()
    become(doc, (document_of(workspace, saved.version) or document).tree)
    return Settled(saved.version, doc.get_update(before), is_held=True)


def settle_kept(workspace: Workspace) -> list[str]:
    """Save as versions what was kept when the server stopped in the middle; gives the ids of the maps that were saved.

    To be called before anybody can open a map.
    """
    with workspace.database.reading() as connection:
        waiting = tables.waiting_rooms(connection)
    return [ident for ident in waiting if _settle_room(workspace, ident)]


def _settle_room(workspace: Workspace, ident: str) -> bool:
    opened = open_kept(workspace, ident)
    kept = opened.kept
    try:
        settled = save_version(workspace, ident, opened.doc.get_update(), kept.based_on, kept.authors)
    except InputError:
        return False
    if settled.is_held:
        changes = [] if settled.changes is None else [settled.changes]
        keep(workspace, ident, changes, based_on=settled.version.number, authors=())
    return settled.is_held


def problems_of_doc(state: bytes) -> tuple[Problem, ...]:
    """Why what a shared document says cannot be a version."""
    return tuple(problems_of(new_document(tree_of_doc(_copied(state)), syntax="json")))


def save_copy(workspace: Workspace, doc: SharedDoc, *, ident: str, author: str) -> Saved:
    """Save what a shared document says as another map, such as after its own was deleted.

    Raises
    ------
    InputError
        It breaks the schema.
    """
    tree = {**tree_of_doc(doc), "id": ident}
    return save(workspace, new_document(tree, origin=ident), author=author, label=LABEL_OF_ONE)


def _begun(workspace: Workspace, ident: str, doc: SharedDoc) -> Opened:
    head = _newest(workspace, ident)
    document = document_of(workspace, head)
    if document is None:
        raise UnknownNameError(
            phrase("there is no map {ident!r} in the workspace", ident=ident),
            hint=phrase("it was deleted; restore a version"),
        )
    become(doc, document.tree)
    kept = KeptRoom(secrets.token_hex(8), head.number, ())
    with workspace.database.writing() as connection:
        if tables.room_of(connection, ident) is None:
            tables.begin_room(connection, ident, kept)
            tables.replace_updates(connection, ident, doc.get_update())
            return Opened(kept, doc)
    return open_kept(workspace, ident)


def _newest(workspace: Workspace, ident: str) -> Version:
    with workspace.database.reading() as connection:
        found = versions.newest(connection, "map", ident)
    if found is None:
        raise UnknownNameError(phrase("there is no map {ident!r} in the workspace", ident=ident))
    return found


def _together(workspace: Workspace, ident: str, doc: SharedDoc, based_on: int, head: Version) -> Document:
    """What a shared document says, on the text of the newest version, with what that changed since ``based_on``.

    Where both changed the same, the shared document counts: what was saved stays in its version.
    """
    wanted = {**tree_of_doc(doc), "desireline": "map/1", "id": ident}
    document = document_of(workspace, head)
    assert document is not None
    if head.number != based_on:
        wanted = _merged(workspace, ident, wanted, based_on, document)
    return document.changed(lambda said: assigned(said, wanted))


def _merged(workspace: Workspace, ident: str, wanted: dict[str, Any], based_on: int, head: Document) -> dict[str, Any]:
    with workspace.database.reading() as connection:
        version = versions.version_numbered(connection, "map", ident, based_on)
    base = None if version is None else document_of(workspace, version)
    if base is None:
        return wanted
    try:
        found = merge(base, base.changed(lambda said: assigned(said, wanted)), head, prefer="ours")
    except InputError:
        return wanted
    return wanted if found.document is None else found.document.tree


def _saved(workspace: Workspace, document: Document, head: Version, authors: Sequence[str]) -> Saved:
    label = LABEL if len(authors) > 1 else LABEL_OF_ONE
    return save(workspace, document, author=", ".join(authors) or None, label=label, based_on=head.number)


def _copied(state: bytes) -> SharedDoc:
    doc = new_doc()
    doc.apply_update(state)
    return doc
