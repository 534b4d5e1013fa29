"""``desireline maps import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.maps.commands.options import AuthorOption, LabelOption

if TYPE_CHECKING:
    from desireline.maps.document import Document
    from desireline.store import Workspace


def import_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Maps, personas, metrics, opportunities.")],
    workspace: WorkspaceOption,
    based_on: Annotated[
        int | None,
        typer.Option(
            "--based-on", min=1, help="The version that the file was made of; what was saved since is merged."
        ),
    ] = None,
    author: AuthorOption = None,
    label: LabelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save files as versions in the workspace. All are checked before the first is saved.

    YAML and JSON are taken as they are; the ending of another format says how it is read.
    """
    from desireline.base import InputError
    from desireline.base.console import print_json, say
    from desireline.interactions import open_recovered
    from desireline.maps.storing import save

    if based_on is not None and len(files) > 1:
        raise InputError(f"expected one file with --based-on, got {len(files)}")
    opened = open_recovered(workspace)
    documents = [_read(each) for each in files]
    _check(documents)
    _check_new(opened, files, documents)
    saved = [save(opened, each, author=author, label=label, based_on=based_on) for each in documents]
    if as_json:
        rows = [
            {
                "kind": each.version.kind,
                "id": each.version.ident,
                "version": each.version.number,
                "outcome": each.outcome,
            }
            for each in saved
        ]
        print_json({"documents": rows})
        return
    for each in saved:
        said = {"saved": "saved as", "merged": "merged with what was saved since, as", "unchanged": "unchanged, still"}
        say(f"{each.version.kind} {each.version.ident}: {said[each.outcome]} version {each.version.number}")


def _read(path: Path) -> Document:
    from desireline.base import InputError
    from desireline.base.console import say
    from desireline.maps.document import new_document
    from desireline.maps.formats import READERS
    from desireline.maps.library import ENDINGS, read_file

    ending = path.suffix.lower()
    if ending not in READERS or ending in ENDINGS:
        return read_file(path)
    try:
        found = READERS[ending](path.read_bytes(), path.stem)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except InputError as error:
        raise InputError(f"{path}: {error.message}", hint=error.hint) from error
    if found.losses:
        say(f"{path}: not taken over: {'; '.join(map(str, found.losses))}")
    return new_document(found.tree, origin=str(path))


def _check_new(workspace: Workspace, files: list[Path], documents: list[Document]) -> None:
    """A file that holds a part of a map is no new version of the whole."""
    from desireline.base import InputError
    from desireline.maps.formats import PARTIAL
    from desireline.maps.storing import WorkspaceLibrary

    library = WorkspaceLibrary(workspace)
    for path, document in zip(files, documents, strict=True):
        if path.suffix.lower() in PARTIAL and library.find("map", document.id) is not None:
            raise InputError(
                f"{path}: there is a map {document.id!r} already, and this format holds only a part of a map",
                hint="take .xlsx or .yaml to change a map; give the file another name or title to add one",
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
