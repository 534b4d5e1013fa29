"""Keeping documents in a workspace: every save is a version, nothing is ever written over.

Where the settings name a folder, the same documents lie there as files (:mod:`desireline.maps.folder`).
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from desireline.base import InputError, UnknownNameError, phrase
from desireline.maps import tables
from desireline.maps.checking import check_document
from desireline.maps.document import Document, Kind, kind_name, known_document
from desireline.maps.folder import TakenIn, folder_of, problem_of, synchronise
from desireline.maps.library import read_file
from desireline.maps.merging import Conflict, merge
from desireline.maps.tables import Version
from desireline.store import Workspace

Outcome = Literal["saved", "merged", "unchanged"]
_LONGEST_AUTHOR = 200
_LONGEST_LABEL = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that a document has now, and how it came to it: nothing is saved where the text is that of the last version."""

    version: Version
    outcome: Outcome


class MergeConflictError(InputError):
    """Somebody else saved in the meantime, and changed the same; nothing was saved.

    Attributes
    ----------
    conflicts
        What both changed; ours is what is saved already.
    """

    code = "input.conflict"

    def __init__(self, message: str, *, conflicts: tuple[Conflict, ...] = (), hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.conflicts = conflicts


class WorkspaceLibrary:
    """The documents of a workspace, each in its newest version; what was changed in the folder is taken in first.

    Attributes
    ----------
    taken
        What was found in the folder.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.taken: TakenIn = take_in(workspace)

    def find(self, kind: Kind, ident: str) -> Document | None:
        """The document, ``None`` where there is none or it was deleted."""
        with self.workspace.database.reading() as connection:
            version = tables.newest(connection, kind, ident)
        return None if version is None else document_of(self.workspace, version)

    def idents(self, kind: Kind) -> list[str]:
        """The ids of all documents of a kind, sorted."""
        with self.workspace.database.reading() as connection:
            return tables.idents_of(connection, kind)

    def newest(self, kind: Kind | None = None) -> list[Version]:
        """The newest version of every document that is there, by kind and id."""
        with self.workspace.database.reading() as connection:
            return [each for each in tables.all_newest(connection, kind) if not each.deleted]


def take_in(workspace: Workspace) -> TakenIn:
    """Take in what was changed in the folder of documents, and write what was saved and is not there yet."""
    folder = folder_of(workspace)
    if folder is None:
        return TakenIn()
    with workspace.exclusive("maps"):
        return synchronise(workspace, folder)


def document_of(workspace: Workspace, version: Version) -> Document | None:
    """The document of a version; ``None`` where it was deleted with it."""
    if version.text is None or version.digest is None:
        return None
    with workspace.database.reading() as connection:
        tree = tables.tree_of_text(connection, version.digest)
    origin = _called(version.kind, version.ident)
    return Document(version.text, origin) if tree is None else known_document(version.text, tree, origin=origin)


def save(
    workspace: Workspace,
    document: Document,
    *,
    author: str | None = None,
    label: str | None = None,
    based_on: int | None = None,
) -> Saved:
    """Save a document as its next version.

    Parameters
    ----------
    author
        Who saves it; the system's user by default.
    label
        What this version is about, in a few words.
    based_on
        The number of the version that the author changed; where others have saved since, both are merged. ``None``: the newest.

    Raises
    ------
    InputError
        It breaks its schema (all problems are listed), or there is no such version.
    MergeConflictError
        Others have saved since and changed the same, or deleted it; nothing is saved.
    """
    check_document(document)
    kind, ident = document.kind, document.id
    with _settled(workspace, kind, ident, document.text), workspace.database.writing() as connection:
        head = tables.newest(connection, kind, ident)
        found = document
        if head is not None and based_on not in (None, head.number):
            base = tables.version_numbered(connection, kind, ident, based_on or 0)
            found = _merged(document, base, head, based_on or 0)
        elif head is None and based_on is not None:
            raise _no_version(kind, ident, based_on, [])
        if head is not None and head.text == found.text:
            return Saved(head, "unchanged")
        version = tables.add_version(
            connection,
            kind,
            ident,
            text=found.text,
            tree=found.tree,
            author=author_name(author),
            label=_label(label),
            based_on=based_on if based_on is not None else head.number if head else None,
        )
    return Saved(version, "saved" if found is document else "merged")


def history(workspace: Workspace, kind: Kind, ident: str) -> list[Version]:
    """All versions of a document, the oldest first; of one that was deleted too.

    Raises
    ------
    UnknownNameError
        There never was one.
    """
    take_in(workspace)
    with workspace.database.reading() as connection:
        found = tables.versions_of(connection, kind, ident)
    if not found:
        raise UnknownNameError(
            phrase("there is no {kind} {ident!r} in the workspace", kind=kind_name(kind), ident=ident)
        )
    return found


def made_at(workspace: Workspace, kind: Kind, ident: str) -> datetime | None:
    """When the first version of a document was saved; ``None`` where the workspace has none."""
    with workspace.database.reading() as connection:
        first = tables.version_numbered(connection, kind, ident, 1)
    return None if first is None else first.saved_at


def version_of(workspace: Workspace, kind: Kind, ident: str, number: int) -> Version:
    """One version of a document.

    Raises
    ------
    UnknownNameError
        There is none with this number.
    """
    found = history(workspace, kind, ident)
    version = next((each for each in found if each.number == number), None)
    if version is None:
        raise _no_version(kind, ident, number, found)
    return version


def restore(
    workspace: Workspace, kind: Kind, ident: str, number: int, *, author: str | None = None, label: str | None = None
) -> Saved:
    """Make an earlier version the newest again: its text becomes the next version.

    Raises
    ------
    UnknownNameError
        There is no such version.
    InputError
        With that version it was deleted.
    """
    document = document_of(workspace, version_of(workspace, kind, ident, number))
    if document is None:
        raise InputError(
            phrase("version {number} of {kind} is its deletion", number=number, kind=_called(kind, ident)),
            hint=phrase("name the version before it"),
        )
    return save(
        workspace, document, author=author, label=label or phrase("Restored from version {number}", number=number)
    )


def delete(
    workspace: Workspace, kind: Kind, ident: str, *, author: str | None = None, label: str | None = None
) -> Version:
    """Delete a document; its versions stay, and :func:`restore` brings it back.

    Raises
    ------
    UnknownNameError
        There is none, or it is deleted already.
    """
    with _settled(workspace, kind, ident), workspace.database.writing() as connection:
        head = tables.newest(connection, kind, ident)
        if head is None or head.deleted:
            raise UnknownNameError(
                phrase("there is no {kind} {ident!r} in the workspace", kind=kind_name(kind), ident=ident)
            )
        return tables.add_version(
            connection, kind, ident, text=None, author=author_name(author), label=_label(label), based_on=head.number
        )


def author_name(given: str | None) -> str:
    """The author as given, else the name of the system's user."""
    if given is not None and given.strip():
        return " ".join(given.split())[:_LONGEST_AUTHOR]
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


@contextmanager
def _settled(workspace: Workspace, kind: Kind, ident: str, text: str | None = None) -> Iterator[None]:
    """Hold the lock; with a folder, take in before and write after what the block does.

    A file that could not be taken in is an error, for what somebody wrote there would be lost; unless ``text``, which is to be
    saved, is just that.
    """
    with workspace.exclusive("maps"):
        folder = folder_of(workspace)
        if folder is not None:
            problem = problem_of(synchronise(workspace, folder), workspace, kind, ident)
            if problem is not None and not _says(Path(problem.where), text):
                raise InputError(
                    phrase("{where} has to be mended first: {message}", where=problem.where, message=problem.message)
                )
        yield
        if folder is not None:
            synchronise(workspace, folder)


def _says(path: Path, text: str | None) -> bool:
    try:
        return read_file(path).text == text
    except InputError:
        return False


def _merged(document: Document, base: Version | None, head: Version, based_on: int) -> Document:
    """What somebody made of an older version, brought together with what was saved since."""
    called = _called(document.kind, document.id)
    if base is None:
        raise _no_version(document.kind, document.id, based_on, [head])
    if head.text is None:
        raise MergeConflictError(
            phrase(
                "{called} was deleted by {author} with version {number}",
                called=called,
                author=head.author,
                number=head.number,
            ),
            hint=phrase("save it without naming a version to bring it back"),
        )
    if base.text is None:
        raise MergeConflictError(
            phrase("version {based_on} of {called} is its deletion", based_on=based_on, called=called),
            hint=phrase("name the newest version"),
        )
    found = merge(
        Document(base.text, f"version {base.number}"), Document(head.text, f"version {head.number}"), document
    )
    if found.document is None:
        listing = "\n".join(f"  {each}" for each in found.conflicts)
        raise MergeConflictError(
            phrase(
                "{called}: {author} has saved version {number} since version {based_on}, and it cannot be brought together with yours (theirs):\n{listing}",
                called=called,
                author=head.author,
                number=head.number,
                based_on=based_on,
                listing=listing,
            ),
            conflicts=found.conflicts,
            hint=phrase(
                "take over what you need from version {number}, and save based on that one", number=head.number
            ),
        )
    return found.document


def _no_version(kind: Kind, ident: str, number: int, known: list[Version]) -> UnknownNameError:
    last = known[-1].number if known else 0
    hint = (
        phrase("versions 1 to {last} are there", last=last)
        if last > 1
        else (phrase("version 1 is there") if last else None)
    )
    return UnknownNameError(
        phrase("there is no version {number} of {kind}", number=number, kind=_called(kind, ident)), hint=hint
    )


def _label(label: str | None) -> str | None:
    return None if label is None or not label.strip() else " ".join(label.split())[:_LONGEST_LABEL]


def _called(kind: Kind, ident: str) -> str:
    return ident if kind == "map" else f"{kind}/{ident}"
