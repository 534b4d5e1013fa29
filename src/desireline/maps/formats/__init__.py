"""Other formats: what writes a map for each ending, what reads one, and what each of them loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from desireline.base import InputError, closest_names, phrase
from desireline.maps.document import Document, new_document
from desireline.maps.formats.losses import Loss, Read, Written, losses
from desireline.maps.measured import Measured
from desireline.maps.model import JourneyMap

T = TypeVar("T")
__all__ = [
    "PARTIAL",
    "READERS",
    "TABLES",
    "WRITERS",
    "Loss",
    "Read",
    "ReadTable",
    "Rendering",
    "Written",
    "losses",
    "reader",
    "writer",
]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is to be written, and how.

    Attributes
    ----------
    folder
        Where the map's picture files lie; ``None``: they cannot be had.
    measured
        Drawn over the map.
    paper, tiled, phases
        Of a PDF: a4, a3, a2, a1 or a0, whether it is spread over several sheets of it, and whether it has a page for each phase instead.
    lanes
        Ids or roles of the lanes to draw; none: all.
    """

    map: JourneyMap
    document: Document
    folder: Path | None = None
    measured: Measured | None = None
    paper: str = "a3"
    tiled: bool = False
    phases: bool = False
    dark: bool = False
    lanes: tuple[str, ...] = ()


def _csv(rendering: Rendering) -> Written:
    from desireline.maps.formats.tables import write_csv

    return write_csv(rendering.map, rendering.document)


def _xlsx(rendering: Rendering) -> Written:
    from desireline.maps.formats.tables import write_xlsx

    return write_xlsx(rendering.map, rendering.document)


def _mermaid(rendering: Rendering) -> Written:
    from desireline.maps.formats.mermaid import write_mermaid

    return write_mermaid(rendering.map)


def _cjml(rendering: Rendering) -> Written:
    from desireline.maps.formats.cjml import write_cjml

    return write_cjml(rendering.map)


def _json(rendering: Rendering) -> Written:
    return Written(new_document(rendering.document.tree, syntax="json").text.encode())


def _yaml(rendering: Rendering) -> Written:
    document = rendering.document
    text = document.text if document.syntax == "yaml" else new_document(document.tree).text
    return Written(text.encode())


def _svg(rendering: Rendering) -> Written:
    from desireline.maps.formats.pictures import write_svg

    return write_svg(rendering)


def _png(rendering: Rendering) -> Written:
    from desireline.maps.formats.pictures import write_png

    return write_png(rendering)


def _pdf(rendering: Rendering) -> Written:
    from desireline.maps.formats.pictures import write_pdf

    return write_pdf(rendering)


def _html(rendering: Rendering) -> Written:
    from desireline.maps.formats.pictures import write_html

    return write_html(rendering)


def _pptx(rendering: Rendering) -> Written:
    from desireline.maps.formats.slides import write_pptx

    return write_pptx(rendering)


WRITERS: dict[str, Callable[[Rendering], Written]] = {
    ".csv": _csv,
    ".html": _html,
    ".json": _json,
    ".mmd": _mermaid,
    ".pdf": _pdf,
    ".png": _png,
    ".pptx": _pptx,
    ".svg": _svg,
    ".xlsx": _xlsx,
    ".xml": _cjml,
    ".yaml": _yaml,
    ".yml": _yaml,
}
"""By the ending of the file."""


class ReadTable(Protocol):
    """Reads a table into a map."""

    def __call__(self, content: bytes, *, title: str, of: bytes | None = None) -> Read:
        """``of``: what was written of the map that the table is of; what the table does not say is taken from there."""


def _read_csv(content: bytes, title: str, of: bytes | None = None) -> Read:
    from desireline.maps.formats.tables import read_csv

    return read_csv(content, title=title, of=of)


def _read_xlsx(content: bytes, title: str, of: bytes | None = None) -> Read:
    from desireline.maps.formats.tables import read_xlsx

    return read_xlsx(content, title=title, of=of)


def _read_mermaid(content: bytes, title: str) -> Read:
    from desireline.maps.formats.mermaid import read_mermaid

    try:
        return read_mermaid(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(
            phrase("expected UTF-8 text, got another encoding at byte {start}", start=error.start)
        ) from error


def _read_cjml(content: bytes, title: str) -> Read:
    from desireline.maps.formats.cjml import read_cjml

    return read_cjml(content)


READERS: dict[str, Callable[[bytes, str], Read]] = {
    ".csv": _read_csv,
    ".mmd": _read_mermaid,
    ".xlsx": _read_xlsx,
    ".xml": _read_cjml,
}
"""By the ending of the file; documents (.yaml, .json) are read as they are. The title is for formats that have none."""
TABLES: dict[str, ReadTable] = {".csv": _read_csv, ".xlsx": _read_xlsx}
"""The endings of formats that can be filled in and put into the map that they were made of."""
PARTIAL = frozenset({".csv", ".mmd", ".xml"})
"""The endings of formats that can be read and do not hold a whole map."""


def writer(path: Path) -> Callable[[Rendering], Written]:
    """What writes files with this ending.

    Raises
    ------
    InputError
        Nothing does; the endings are listed.
    """
    return _for_ending(path, WRITERS)


def reader(path: Path) -> Callable[[bytes, str], Read]:
    """What reads files with this ending into a map.

    Raises
    ------
    InputError
        Nothing does; the endings are listed.
    """
    return _for_ending(path, READERS)


def _for_ending(path: Path, known: dict[str, T]) -> T:
    ending = path.suffix.lower()
    if ending not in known:
        close = closest_names(ending, known, count=1)
        raise InputError(
            phrase(
                "expected a file that ends in {known}, got {name!r}", known=", ".join(sorted(known)), name=path.name
            ),
            hint=phrase("did you mean {close}?", close=close[0]) if close else None,
        )
    return known[ending]
