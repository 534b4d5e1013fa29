"""``desireline maps render``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import OptionalWorkspaceOption
from desireline.maps.commands.options import DocumentArgument

if TYPE_CHECKING:
    from desireline.maps.formats import Rendering, Written


def render(
    document: DocumentArgument,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="The file to write; its ending chooses the format: svg, png, pdf, html …"),
    ],
    workspace: OptionalWorkspaceOption = None,
    paper: Annotated[
        str | None, typer.Option("--paper", help="Of a PDF: a4, a3, a2, a1 or a0; a3, or a4 with --tiled or --phases.")
    ] = None,
    tiled: Annotated[bool, typer.Option("--tiled", help="A PDF in parts on several sheets, to be joined.")] = False,
    phases: Annotated[
        bool, typer.Option("--phases", help="A PDF of an overview and a page for each phase, in type to be read.")
    ] = False,
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,
    lanes: Annotated[str | None, typer.Option("--lanes", help="Only these lanes: ids or roles, with commas.")] = None,
) -> None:
    """Draw a map, or write it in another format; the ending of the file chooses which.

    What the format cannot hold is said. Without the workspace the personas, metrics and opportunities are looked for beside
    the file.
    """
    from desireline.base.console import say
    from desireline.maps.formats import Rendering, writer

    write = writer(out)
    found = _found(document, workspace)
    rendering = Rendering(
        found.map,
        found.document,
        folder=found.folder,
        paper=paper or ("a4" if tiled or phases else "a3"),
        tiled=tiled,
        phases=phases,
        dark=dark,
        lanes=tuple(each.strip() for each in lanes.split(",") if each.strip()) if lanes else (),
    )
    written = write(rendering)
    _save(out, written.content)
    say(f"written: {out}")
    _say_losses(written)


def _found(argument: str, workspace: Path | None) -> Rendering:
    """The map with its document, and the folder of its pictures."""
    from desireline.maps import read_map
    from desireline.maps.finding import find_document
    from desireline.maps.formats import Rendering

    found = find_document(argument, workspace)
    path = Path(argument)
    return Rendering(
        read_map(found.document, found.library), found.document, folder=path.parent if path.is_file() else None
    )


def _say_losses(written: Written) -> None:
    from desireline.base.console import say

    if written.losses:
        say(f"not in the file: {'; '.join(map(str, written.losses))}")


def _save(path: Path, content: bytes) -> None:
    """The whole file or none of it."""
    from desireline.base import InputError

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
