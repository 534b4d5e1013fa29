"""The journey maps and personas of the demo company: kept in its workspace; the whole life drawn with what its customers did."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import Progress

if TYPE_CHECKING:
    from desireline.evidence import MapMeasures
    from desireline.maps import Document
    from desireline.store import Workspace

MAP = "live-with-brightwire"
"""The id of the map of the whole life."""
_AUTHOR = "Maya Okafor"
_LABEL = "With the interviews of June"


def save_maps(workspace: Workspace, path: Path) -> None:
    """Save the maps and personas in the workspace, and write that of the whole life to a file, unless the workspace has it already."""
    from desireline.maps import Document
    from desireline.maps.storing import WorkspaceLibrary, save

    if WorkspaceLibrary(workspace).find("map", MAP) is not None:
        return
    for document in smaller_documents():
        owner = document.tree.get("owner") or {}
        save(workspace, document, author=owner.get("name", _AUTHOR), label=_LABEL)
    text = files("desireline.app.demo").joinpath("map.yaml").read_text(encoding="utf-8")
    save(workspace, Document(text, str(path)), author=_AUTHOR, label=_LABEL)
    path.write_text(text, encoding="utf-8")


def smaller_documents() -> tuple[Document, ...]:
    """What lies beside the map of the whole life: personas that maps share, and maps of steps and of other departments."""
    from desireline.maps import Document

    found = sorted(files("desireline.app.demo").joinpath("library").iterdir(), key=lambda each: each.name, reverse=True)
    return tuple(Document(each.read_text(encoding="utf-8"), each.name) for each in found)


def draw_map(workspace: Workspace, path: Path, *, progress: Progress | None = None) -> MapMeasures:
    """Draw the newest version of the map with what was measured along it; gives what was measured."""
    from desireline.evidence import measure
    from desireline.evidence.pictures import save_picture
    from desireline.maps import read_map
    from desireline.maps.storing import WorkspaceLibrary

    library = WorkspaceLibrary(workspace)
    document = library.find("map", MAP)
    assert document is not None
    found = measure(workspace, read_map(document, library), progress=progress)
    save_picture(document, library, found.measured(), path)
    return found


def map_line(found: MapMeasures, path: Path) -> str:
    """What the map says, in a line for people."""
    bad = sum(each.reading.health == "bad" for each in found.metrics)
    fit = found.check.figures.fit.value
    metrics = f"{bad} metric{' is' if bad == 1 else 's are'} bad" if bad else "no metric is bad"
    return f"Map: {path.resolve()} (fit {fit:.0%}, {metrics})"
