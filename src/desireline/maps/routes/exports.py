"""A map as a picture, and in other formats."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import HeaderParameter, QueryParameter

from desireline.base import InputError, phrase, reading_language, tell
from desireline.maps.drawing import LayoutOptions, draw_svg, lay_out
from desireline.maps.excerpt import measured_in, one_phase
from desireline.maps.formats import Loss, Rendering, Written, writer
from desireline.maps.formats.kinds import told_loss
from desireline.maps.measured import Measured
from desireline.maps.model import JourneyMap
from desireline.maps.reading import read_map
from desireline.maps.routes.paths import document_at, ending_of
from desireline.maps.storing import WorkspaceLibrary
from desireline.maps.tables import count_versions
from desireline.store import Workspace

Paper = Literal["a4", "a3", "a2", "a1", "a0"]
ThemeName = Literal["light", "dark"]
LaneNames = Annotated[str, QueryParameter(description="Only these lanes: ids or roles, with commas.")]
Titled = Annotated[bool, QueryParameter(description="Whether the title stands in the picture.")]
OnePhase = Annotated[str | None, QueryParameter(description="Only this phase, without heading and legend.")]
OnPhases = Annotated[bool, QueryParameter(description="Of a PDF: an overview and a page for each phase.")]
IfNoneMatch = Annotated[str | None, HeaderParameter(name="If-None-Match")]
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".mmd": "text/vnd.mermaid",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
_THUMBNAIL_LANES = ("storyboard", "actions", "emotion", "touchpoints")
_SLIDE = 1300.0
"""Pixels for the steps of a phase."""
_KEPT = 300
"""Pictures in memory; one of 15 steps has 0.2 MB."""


class Pictures:
    """Pictures that were drawn, the last ones, by what they were drawn from."""

    def __init__(self, kept: int = _KEPT) -> None:
        self.kept = kept
        self._found: OrderedDict[object, str] = OrderedDict()
        self._lock = Lock()

    def drawn(self, key: object, draw: Callable[[], str]) -> str:
        """The picture of a key; drawn where it is not there."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        picture = draw()
        with self._lock:
            self._found[key] = picture
            while len(self._found) > self.kept:
                self._found.popitem(last=False)
        return picture


_PICTURES = Pictures()


@get("/map/{ident:str}/drawing", media_type="image/svg+xml", sync_to_thread=True)
def drawing(
    workspace: Workspace,
    ident: str,
    theme: ThemeName = "light",
    lanes: LaneNames = "",
    phase: OnePhase = None,
    version: int | None = None,
    titled: Titled = True,
    if_none_match: IfNoneMatch = None,
) -> Response[str]:
    """The map, or one phase of it, as SVG to be shown in a page."""
    draw = _whole(theme, lanes, phase, titled=titled)
    asked = ("whole", theme, lanes, phase, version, titled)
    return _picture(workspace, ident, asked, if_none_match, draw, version)


@get("/map/{ident:str}/thumbnail", media_type="image/svg+xml", sync_to_thread=True)
def thumbnail(
    workspace: Workspace, ident: str, theme: ThemeName = "light", if_none_match: IfNoneMatch = None
) -> Response[str]:
    """The phases, steps and main lanes of a map as a small SVG, without heading and legend."""
    return _picture(workspace, ident, ("thumbnail", theme), if_none_match, _small(theme))


@get("/map/{ident:str}/files/{name:str}", sync_to_thread=True)
def file(
    workspace: Workspace,
    ident: str,
    name: str,
    theme: ThemeName = "light",
    lanes: LaneNames = "",
    version: int | None = None,
    paper: Paper | None = None,
    tiled: bool = False,
    phases: OnPhases = False,
) -> Response[bytes]:
    """The map as a file to download: svg, png, pdf, pptx, xlsx, csv, html, json, yaml, mmd, xml (CJML).

    The header X-Losses tells, as JSON, what the format cannot hold.
    """
    library, found, _ = document_at(workspace, "map", ident, version)
    rendering = Rendering(
        read_map(found, library),
        found,
        paper=paper or ("a4" if tiled or phases else "a3"),
        tiled=tiled,
        phases=phases,
        dark=theme == "dark",
        lanes=lane_names(lanes),
    )
    return file_response(rendering, name)


def file_response(rendering: Rendering, name: str, *, losses: tuple[Loss, ...] = ()) -> Response[bytes]:
    """A map in the format that the ending of a name chooses, as a download.

    Parameters
    ----------
    losses
        What it lacks already, whatever the format.

    Raises
    ------
    InputError
        No format has this ending.
    """
    ending = ending_of(name)
    written = writer(Path(f"{rendering.map.id}{ending}"))(rendering)
    written = replace(written, losses=(*losses, *written.losses))
    return _download(written, f"{rendering.map.id}{ending}", MEDIA_TYPES[ending])


def paged(rendering: Rendering, *, tiled: bool, phases: bool) -> Rendering:
    """The map on several sheets or pages of A4 where either is asked for."""
    return replace(rendering, paper="a4" if tiled or phases else rendering.paper, tiled=tiled, phases=phases)


def lane_names(said: str) -> tuple[str, ...]:
    """The lanes that a query names."""
    return tuple(each.strip() for each in said.split(",") if each.strip())


def svg_of(
    subject: JourneyMap,
    *,
    theme: str,
    lanes: tuple[str, ...] = (),
    measured: Measured | None = None,
    phase: str | None = None,
    titled: bool = True,
) -> str:
    """The SVG of a map for a page, or of one phase to be shown by itself; ids stand under the id of the map."""
    if phase is not None:
        return _slide(subject, phase, theme, measured)
    laid_out = lay_out(subject, measured=measured, options=LayoutOptions(lanes=lanes, title=titled))
    return draw_svg(laid_out, theme=theme, prefix=subject.id)


def _slide(subject: JourneyMap, phase: str, theme: str, measured: Measured | None) -> str:
    """A phase, as wide as a screen, so that its texts take few lines."""
    shown = one_phase(subject, phase)
    width = _SLIDE / max(1, len(shown.steps))
    options = LayoutOptions(step_width=min(max(width, 196.0), 600.0), legend=False, heading=False)
    laid_out = lay_out(shown, measured=None if measured is None else measured_in(measured, shown), options=options)
    return draw_svg(laid_out, theme=theme, prefix=subject.id)


def _download(written: Written, name: str, media_type: str) -> Response[bytes]:
    losses = json.dumps([{"what": tell(told_loss(each.what)), "count": each.count} for each in written.losses])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Losses": losses,
        "Cache-Control": "no-store",
    }
    return Response(written.content, media_type=media_type, headers=headers)


def _whole(theme: ThemeName, lanes: str, phase: str | None, *, titled: bool) -> Callable[[JourneyMap], str]:
    return lambda subject: svg_of(subject, theme=theme, lanes=lane_names(lanes), phase=phase, titled=titled)


def _small(theme: ThemeName) -> Callable[[JourneyMap], str]:
    def draw(subject: JourneyMap) -> str:
        roles = {lane.role for lane in subject.lanes}
        lanes = tuple(each for each in _THUMBNAIL_LANES if each in roles)
        options = LayoutOptions(lanes=lanes, legend=False, heading=False)
        return draw_svg(lay_out(subject, options=options), theme=theme, prefix=subject.id)

    return draw


def _picture(
    workspace: Workspace,
    ident: str,
    asked: tuple[object, ...],
    if_none_match: str | None,
    draw: Callable[[JourneyMap], str],
    number: int | None = None,
) -> Response[str]:
    """A picture of a map; 304 where nothing of the library has changed since the one that is known."""
    if number is not None and number < 1:
        raise InputError(phrase("expected the number of a version, got {number}", number=number))
    WorkspaceLibrary(workspace)
    with workspace.database.reading() as connection:
        state = count_versions(connection)
    asked = (reading_language(), *asked)
    tag = f'"{state}-{"-".join(map(str, asked))}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if if_none_match == tag:
        return Response("", status_code=304, headers=headers)
    library, found, _ = document_at(workspace, "map", ident, number)
    key = (str(workspace.folder), ident, state, asked)
    picture = _PICTURES.drawn(key, lambda: draw(read_map(found, library)))
    return Response(picture, media_type="image/svg+xml", headers=headers)
