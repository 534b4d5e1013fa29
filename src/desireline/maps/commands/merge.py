"""``desireline maps merge``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption

if TYPE_CHECKING:
    from desireline.maps.merging import Side


def merge(
    base: Annotated[Path, typer.Argument(help="What both were made of.")],
    ours: Annotated[Path, typer.Argument(help="One side; its comments and its order of fields are kept.")],
    theirs: Annotated[Path, typer.Argument(help="The other side.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write; it may be one of the three.")],
    prefer_ours: Annotated[bool, typer.Option("--ours", help="Where both changed the same, take ours.")] = False,
    prefer_theirs: Annotated[bool, typer.Option("--theirs", help="Where both changed the same, take theirs.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring two documents together that were made of one, by steps, cells and claims.

    Where both changed the same, that is named, nothing is written, and it ends with 1.
    """
    from desireline.base import InputError
    from desireline.base.console import one_line, print_json, say
    from desireline.maps import read_file
    from desireline.maps.folder import write_file
    from desireline.maps.merging import merge as merge_documents

    if prefer_ours and prefer_theirs:
        raise InputError("expected --ours or --theirs, got both")
    prefer: Side | None = "ours" if prefer_ours else "theirs" if prefer_theirs else None
    found = merge_documents(*(read_file(each) for each in (base, ours, theirs)), prefer=prefer)
    if found.document is not None:
        write_file(output, found.document.text)
    if as_json:
        print_json({"merged": found.document is not None, "conflicts": [each.to_dict() for each in found.conflicts]})
    for each in () if as_json else found.conflicts:
        typer.echo(f"conflict: {one_line(each)}")
    if found.document is None:
        many = f"{len(found.conflicts)} conflicts" if len(found.conflicts) > 1 else "1 conflict"
        raise InputError(f"{many}, nothing was written", hint="--ours or --theirs decides for one side")
    if not as_json:
        say(f"written: {output}")
