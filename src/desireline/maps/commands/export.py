"""``desireline maps export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.base.options import WorkspaceOption


def export(
    workspace: WorkspaceOption,
    document: Annotated[
        str | None, typer.Argument(metavar="[MAP]", help="The id of a document, or a version of it: buy-a-phone@3.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write, which ends in .yaml or .json.")
    ] = None,
    all_to: Annotated[
        Path | None, typer.Option("--all", metavar="DIR", help="Write all documents to a folder.")
    ] = None,
) -> None:
    """Write a document as a file, exactly as it was saved; or all of them.

    Pictures and other formats: desireline maps render.
    """
    from desireline.base import InputError
    from desireline.base.console import say

    if all_to is not None and document is None and output is None:
        say(f"{_write_all(workspace, all_to):,} documents written to {all_to}")
    elif all_to is None and document is not None and output is not None:
        _write_one(workspace, document, output)
        say(f"written: {output}")
    else:
        raise InputError("expected a document with -o FILE, or --all DIR")


def _write_one(workspace: Path, argument: str, output: Path) -> None:
    from desireline.base import InputError
    from desireline.maps.document import Syntax, new_document
    from desireline.maps.finding import find_document
    from desireline.maps.folder import write_file
    from desireline.maps.library import ENDINGS

    if output.suffix.lower() not in ENDINGS:
        raise InputError(
            f"expected a file that ends in {', '.join(ENDINGS)}, got {output.name!r}",
            hint=f"other formats: desireline maps render {argument} -o {output}",
        )
    found = find_document(argument, workspace).document
    syntax: Syntax = "json" if output.suffix.lower() == ".json" else "yaml"
    write_file(output, found.text if found.syntax == syntax else new_document(found.tree, syntax=syntax).text)


def _write_all(workspace: Path, folder: Path) -> int:
    from desireline.maps.finding import workspace_library
    from desireline.maps.folder import file_name, write_file

    versions = workspace_library(workspace).newest()
    for each in versions:
        if each.text is not None:
            write_file(folder / file_name(each.kind, each.ident, each.text), each.text)
    return len(versions)
