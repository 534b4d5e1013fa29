"""Where a document is that somebody names: in a file, or in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.maps.document import KINDS, Document, Kind, kind_name
from desireline.maps.library import EMPTY_LIBRARY, ENDINGS, FolderLibrary, Library, read_file

if TYPE_CHECKING:
    from desireline.maps.storing import WorkspaceLibrary
    from desireline.maps.tables import Version


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document, and where the personas, metrics, opportunities and maps are that it names.

    Attributes
    ----------
    version
        Of the workspace; ``None``: it is a file.
    """

    document: Document
    library: Library
    version: Version | None = None


class ChainedLibrary:
    """Several libraries as one: the first that has a document gives it."""

    def __init__(self, *libraries: Library) -> None:
        self.libraries = libraries

    def find(self, kind: Kind, ident: str) -> Document | None:
        """The document, ``None`` where none of them has it."""
        found = (library.find(kind, ident) for library in self.libraries)
        return next((document for document in found if document is not None), None)

    def idents(self, kind: Kind) -> list[str]:
        """The ids of all documents of a kind, sorted."""
        return sorted({ident for library in self.libraries for ident in library.idents(kind)})


def find_document(argument: str, workspace: Path | None = None) -> FoundDocument:
    """The document that an argument of a command names.

    Parameters
    ----------
    argument
        A file; or the id of a document of the workspace: ``buy-a-phone``, of another kind than a map ``persona/anna``, an
        earlier version ``buy-a-phone@3``. A text that ends as files do, or that is one, is a file.
    workspace
        Folder of a workspace; what a file names and its folder does not have is looked for there.

    Raises
    ------
    InputError
        The file cannot be read, or an id was given and no workspace.
    UnknownNameError
        The workspace has no such document; near ids are in the hint.
    """
    path = Path(argument)
    if path.suffix.lower() in ENDINGS or path.is_file():
        return _from_file(path, workspace)
    if workspace is None:
        raise InputError(
            phrase("there is no file {argument}", argument=argument),
            hint=phrase("name a file that ends in {known}, or a workspace with -w", known=", ".join(ENDINGS)),
        )
    from desireline.maps.storing import document_of, history, version_of

    library = workspace_library(workspace)
    kind, ident, number = split_version(argument)
    if number is None:
        document = library.find(kind, ident)
        if document is None:
            raise _gone(library, kind, ident) or unknown_document(kind, ident, library)
        return FoundDocument(document, library, history(library.workspace, kind, ident)[-1])
    version = version_of(library.workspace, kind, ident, number)
    earlier = document_of(library.workspace, version)
    if earlier is None:
        raise InputError(
            phrase("with version {number} {ident} was deleted", number=number, ident=ident),
            hint=phrase("name another: {ident}@{number}", ident=ident, number=max(number - 1, 1)),
        )
    return FoundDocument(earlier, library, version)


def library_of(workspace: Path | None) -> Library:
    """The documents of a workspace; none without one."""
    return EMPTY_LIBRARY if workspace is None else workspace_library(workspace)


def workspace_library(workspace: Path) -> WorkspaceLibrary:
    """The documents of a workspace; files of its folder that could not be taken in are said on standard error."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.maps.storing import WorkspaceLibrary

    library = WorkspaceLibrary(open_recovered(workspace))
    for problem in library.taken.problems:
        say(f"not taken in: {problem.where}: {problem.message}")
    return library


def split_version(argument: str) -> tuple[Kind, str, int | None]:
    """The kind, the id and the version that ``persona/anna@3`` names; ``None``: the newest."""
    named, at, number = argument.rpartition("@")
    if not at:
        return *split_name(argument), None
    if not number.isdecimal():
        raise InputError(
            phrase("expected the number of a version behind @, got {argument!r}", argument=argument),
            hint=phrase("for example buy-a-phone@3"),
        )
    return *split_name(named), int(number)


def split_name(argument: str) -> tuple[Kind, str]:
    """The kind and the id that ``persona/anna`` or ``buy-a-phone`` names."""
    for kind in KINDS:
        if argument.startswith(f"{kind}/"):
            return kind, argument.removeprefix(f"{kind}/")
    return "map", argument


def unknown_document(kind: Kind, ident: str, library: Library) -> UnknownNameError:
    """The error for a name that a library does not have, with near ones."""
    known = library.idents(kind)
    close = closest_names(ident, known)
    others = [f"{each}/{ident}" for each in KINDS if each != kind and ident in library.idents(each)]
    offered = [*(_named(kind, each) for each in close), *others]
    hint = (
        phrase("did you mean {close}?", close=", ".join(offered))
        if offered
        else phrase("known: {known}", known=", ".join(known[:20]))
        if known
        else None
    )
    return UnknownNameError(
        phrase("there is no {kind} {ident!r} in the workspace", kind=kind_name(kind), ident=ident), hint=hint
    )


def _gone(library: WorkspaceLibrary, kind: Kind, ident: str) -> InputError | None:
    """The error for a document that was deleted; ``None``: it never was there."""
    from desireline.maps.storing import history

    try:
        last = history(library.workspace, kind, ident)[-1]
    except UnknownNameError:
        return None
    named = _named(kind, ident)
    return InputError(
        phrase(
            "{named} was deleted by {author} on {saved_at:%Y-%m-%d}",
            named=named,
            author=last.author,
            saved_at=last.saved_at,
        ),
        hint=phrase(
            "bring it back with: desireline maps restore {named} {number}", named=named, number=last.number - 1
        ),
    )


def _named(kind: Kind, ident: str) -> str:
    return ident if kind == "map" else f"{kind}/{ident}"


def _from_file(path: Path, workspace: Path | None) -> FoundDocument:
    document = read_file(path)
    beside: Library = FolderLibrary(path.parent)
    return FoundDocument(document, ChainedLibrary(beside, library_of(workspace)))
