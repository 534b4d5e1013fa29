"""``desireline maps import``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.maps.commands.options import AuthorOption, LabelOption

if TYPE_CHECKING:
    from desireline.maps.document import Document, Kind
    from desireline.maps.formats import Read
    from desireline.maps.storing import Saved

T = TypeVar("T")
_MOST_REMOVED = 12


def import_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Maps, personas, metrics, opportunities.")],
    workspace: WorkspaceOption,
    based_on: Annotated[
        int | None,
        typer.Option(
            "--based-on", min=1, help="The version that the file was made of; what was saved since is merged."
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="MAP", help="The id of the map that the table (.csv, .xlsx) was made of."),
    ] = None,
    author: AuthorOption = None,
    label: LabelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save files as versions in the workspace. All are checked before the first is saved.

    YAML is taken as it is. What another format says is put into the document that is there, which keeps its comments and what
    that format does not hold; the ending says how a file is read.
    """
    from desireline.base import InputError
    from desireline.base.console import print_json
    from desireline.interactions import open_recovered
    from desireline.maps.storing import save

    for option, said in (("--based-on", based_on), ("--into", into)):
        if said is not None and len(files) > 1:
            raise InputError(f"expected one file with {option}, got {len(files)}")
    opened = open_recovered(workspace)
    known = _Known(workspace, based_on)
    read = [_read(each, known) if into is None else _filled_in(each, known.named(into)) for each in files]
    _check([each.document for each in read])
    documents = [_with_comments(each.document, known) for each in read]
    saved = [save(opened, each, author=author, label=label, based_on=based_on) for each in documents]
    if as_json:
        print_json({"documents": [_row(each) for each in saved]})
        return
    for version, each in zip(saved, read, strict=True):
        _say(version, each)


@dataclass(frozen=True, slots=True)
class _Imported:
    """A file read; ``removed``: what of the map that was there a table no longer has."""

    path: Path
    document: Document
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The documents of the workspace, in the version that a file was made of; else the newest."""

    workspace: Path
    based_on: int | None

    def find(self, kind: Kind, ident: str) -> Document | None:
        from desireline.maps.finding import workspace_library
        from desireline.maps.storing import document_of, version_of

        library = workspace_library(self.workspace)
        newest = library.find(kind, ident)
        if newest is None or self.based_on is None:
            return newest
        return document_of(library.workspace, version_of(library.workspace, kind, ident, self.based_on))

    def named(self, ident: str) -> Document:
        from desireline.maps.finding import unknown_document, workspace_library

        found = self.find("map", ident)
        if found is None:
            raise unknown_document("map", ident, workspace_library(self.workspace))
        return found


def _read(path: Path, known: _Known) -> _Imported:
    from desireline.maps.document import new_document
    from desireline.maps.formats import PARTIAL, READERS
    from desireline.maps.library import ENDINGS, read_file

    ending = path.suffix.lower()
    if ending not in READERS or ending in ENDINGS:
        return _Imported(path, read_file(path))
    found = _from_content(path, lambda content: READERS[ending](content, path.stem))
    document = new_document(found.tree, origin=str(path))
    stored = known.find("map", document.id)
    if stored is None:
        _say_losses(path, found)
        return _Imported(path, document)
    if ending in PARTIAL:
        raise _part_of(document.id, path)
    return _filled_in(path, stored)


def _with_comments(document: Document, known: _Known) -> Document:
    """JSON says what the document in YAML says then, and the other way round."""
    from desireline.maps.importing import said_by

    stored = known.find(document.kind, document.id)
    return document if stored is None or stored.syntax == document.syntax else said_by(stored, document)


def _filled_in(path: Path, stored: Document) -> _Imported:
    from desireline.maps.comparing import differences
    from desireline.maps.importing import put_into

    document = _from_content(path, lambda content: put_into(stored, content, ending=path.suffix.lower()))
    gone = (each for each in differences(stored, document) if each.action == "removed")
    rows = tuple(f"{each.what} {each.id}" for each in gone if each.what in ("phase", "step", "lane", "cell"))
    return _Imported(path, document, rows)


def _from_content(path: Path, read: Callable[[bytes], T]) -> T:
    from desireline.base import InputError

    try:
        return read(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except InputError as error:
        raise InputError(f"{path}: {error.message}", hint=error.hint) from error


def _part_of(ident: str, path: Path) -> Exception:
    """The error for a file that holds a part of a map: it is no new version of the whole."""
    from desireline.base import InputError
    from desireline.maps.formats import TABLES

    another = "give the file another name" if path.suffix.lower() in TABLES else "change the title that the file gives"
    filled_in = f"--into {ident} puts the table into that map; " if path.suffix.lower() in TABLES else ""
    return InputError(
        f"{path}: there is a map {ident!r} already, and this format holds only a part of a map",
        hint=f"{filled_in}{another} to add a map, or change that one with .xlsx, .json or .yaml",
    )


def _check(documents: list[Document]) -> None:
    """All problems of all files at once, and no document twice."""
    from desireline.base import InputError
    from desireline.maps.checking import check_document

    told = []
    for each in documents:
        try:
            check_document(each)
        except InputError as error:
            told.append(error.message)
    if told:
        raise InputError("\n".join(told), hint="what a document may say is described in docs/maps.md")
    names = [(each.kind, each.id) for each in documents]
    double = next((number for number, name in enumerate(names) if name in names[:number]), None)
    if double is not None:
        first = documents[names.index(names[double])]
        raise InputError(f"{first.origin} and {documents[double].origin} are both {' '.join(names[double])}")


def _row(saved: Saved) -> dict[str, str | int]:
    version = saved.version
    return {"kind": version.kind, "id": version.ident, "version": version.number, "outcome": saved.outcome}


def _say(saved: Saved, read: _Imported) -> None:
    from desireline.base.console import say

    said = {"saved": "saved as", "merged": "merged with what was saved since, as", "unchanged": "unchanged, still"}
    say(f"{saved.version.kind} {saved.version.ident}: {said[saved.outcome]} version {saved.version.number}")
    if read.removed:
        shown, more = read.removed[:_MOST_REMOVED], len(read.removed) - _MOST_REMOVED
        others = f" and {more:,} more" if more > 0 else ""
        say(f"removed, for {read.path} does not have them: {', '.join(shown)}{others}")


def _say_losses(path: Path, read: Read) -> None:
    from desireline.base.console import say

    if read.losses:
        say(f"{path}: not taken over: {'; '.join(map(str, read.losses))}")
