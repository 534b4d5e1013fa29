"""Drawing a map with what was measured along it."""

from __future__ import annotations

from pathlib import Path

from desireline.base import InputError, closest_names
from desireline.maps import Document, Library, read_map
from desireline.maps.formats import WRITERS, Rendering
from desireline.maps.measured import Measured

PICTURES = (".html", ".pdf", ".png", ".pptx", ".svg")
"""The endings of formats that show measured values."""


def check_picture(path: Path) -> None:
    """Refuse a file that no picture can be.

    Raises
    ------
    InputError
        Its ending is none of :data:`PICTURES`.
    """
    ending = path.suffix.lower()
    if ending not in PICTURES:
        close = closest_names(ending, PICTURES, count=1)
        hint = f"did you mean {close[0]}?" if close else None
        raise InputError(f"expected a picture that ends in {', '.join(PICTURES)}, got {path.name!r}", hint=hint)


def save_picture(
    document: Document, library: Library, measured: Measured, path: Path, *, folder: Path | None = None
) -> None:
    """Draw a map with what was measured, into a file: all of it or nothing.

    Parameters
    ----------
    document, library
        The map, and where what it names is.
    path
        Its ending chooses the format, one of :data:`PICTURES`.
    folder
        Where the map's own pictures lie; ``None``: they cannot be had.

    Raises
    ------
    InputError
        The ending is another one, or the file cannot be written.
    """
    check_picture(path)
    rendering = Rendering(read_map(document, library), document, folder=folder, measured=measured)
    content = WRITERS[path.suffix.lower()](rendering).content
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
