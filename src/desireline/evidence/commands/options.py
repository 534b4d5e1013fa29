"""Options that the commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.journeys.commands.options import selection_options

if TYPE_CHECKING:
    from desireline.journeys.selection import SelectionOptions
    from desireline.maps import JourneyMap
    from desireline.maps.measured import Measured

MapArgument = Annotated[str, typer.Argument(metavar="MAP", help="A file, or the id of a map of the workspace.")]
SpanOption = Annotated[
    str | None,
    typer.Option(
        "--span",
        help="life: all that a customer did; session: cut where nothing happens for --gap. Without it the journeys that the map names, else life.",
    ),
]
TimeOutOption = Annotated[
    str | None,
    typer.Option(
        "--time-out", help="Of life cycles: one with an interaction so shortly before the end may still go on: 30d."
    ),
]

PictureOption = Annotated[
    Path | None,
    typer.Option(
        "--picture", help="Also draw the map with these figures, into a .svg, .png, .pdf, .html or .pptx file."
    ),
]


def read_map_of(argument: str, workspace: Path) -> JourneyMap:
    """The map that an argument names, with its personas."""
    from desireline.maps import read_map
    from desireline.maps.finding import find_document

    found = find_document(argument, workspace)
    return read_map(found.document, found.library)


def draw_if_asked(argument: str, workspace: Path, measured: Measured, picture: Path | None) -> None:
    """Draw the map that an argument names with what was measured, where a file is named."""
    if picture is None:
        return
    from desireline.base.console import say
    from desireline.evidence.pictures import save_picture
    from desireline.maps.finding import find_document

    found, path = find_document(argument, workspace), Path(argument)
    save_picture(found.document, found.library, measured, picture, folder=path.parent if path.is_file() else None)
    say(f"drawn: {picture}")


def chosen(
    period: str | None, where: str | None, segment: str | None, span: str | None, gap: str, journey: str | None
) -> SelectionOptions:
    """What the options say; nothing of the span where none is named, so that the map says it."""
    options = selection_options(period, where, segment, span or "life", gap, journey)
    if span is None:
        del options["span"]
    return options
