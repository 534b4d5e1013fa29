"""What handlers read from the path and the query."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import PurePath

from desireline.base import InputError, UnknownNameError, closest_names, joined, phrase
from desireline.maps.document import KINDS, Document, Kind, kind_name
from desireline.maps.finding import unknown_document
from desireline.maps.storing import WorkspaceLibrary, document_of, version_of
from desireline.maps.tables import Version, newest
from desireline.store import Workspace


def kind_named(name: str) -> Kind:
    """The kind of document of a path.

    Raises
    ------
    UnknownNameError
        There is no such kind.
    """
    found = next((each for each in KINDS if each == name), None)
    if found is None:
        close = closest_names(name, KINDS, count=1)
        raise UnknownNameError(
            phrase("expected {kinds}, got {name!r}", kinds=joined(KINDS, ", "), name=name),
            hint=(phrase("did you mean {close}?", close=close[0]) if close else None),
        )
    return found


def newest_version(library: WorkspaceLibrary, kind: Kind, ident: str) -> Version:
    """The newest version of a document that is there.

    Raises
    ------
    UnknownNameError
        There is none, or it was deleted; the message says when and by whom.
    """
    with library.workspace.database.reading() as connection:
        found = newest(connection, kind, ident)
    if found is None:
        raise unknown_document(kind, ident, library)
    if found.deleted:
        raise UnknownNameError(
            phrase(
                "the {kind} {ident!r} was deleted by {author} on {saved_at:%Y-%m-%d}",
                kind=kind_name(kind),
                ident=ident,
                author=found.author,
                saved_at=found.saved_at,
            ),
            hint=phrase("version {number} can be restored", number=found.number - 1),
        )
    return found


def document_at(
    workspace: Workspace, kind: Kind, ident: str, number: int | None
) -> tuple[WorkspaceLibrary, Document, Version]:
    """A document in a version (the newest where none is named), and where what it names is.

    Raises
    ------
    UnknownNameError
        There is none.
    InputError
        With that version it was deleted.
    """
    library = WorkspaceLibrary(workspace)
    version = newest_version(library, kind, ident) if number is None else version_of(workspace, kind, ident, number)
    document = document_of(workspace, version)
    if document is None:
        raise InputError(
            phrase("with version {number} {ident!r} was deleted", number=version.number, ident=ident),
            hint=phrase("name another version"),
        )
    return library, document, version


def today_in(workspace: Workspace) -> date:
    """The day by the clock of the workspace."""
    return datetime.now(UTC).astimezone(workspace.zone).date()


def ending_of(name: str) -> str:
    """The ending that a path names: ``.pdf`` of ``pdf`` or ``buy-a-phone.pdf``."""
    return PurePath(f"x.{name}" if "." not in name else name).suffix.lower()


def etag_number(if_match: str | None) -> int | None:
    """The version that a header If-Match or If-None-Match names: ``"3"``, ``W/"3"``.

    Raises
    ------
    InputError
        It names none.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    said = if_match.strip().removeprefix("W/").strip('"')
    if not said.isdecimal():
        raise InputError(
            phrase("expected If-Match with the number of a version, got {if_match!r}", if_match=if_match),
            hint=phrase('such as: "3"'),
        )
    return int(said)


def etag(number: int) -> str:
    """The header ETag of a version."""
    return f'"{number}"'
