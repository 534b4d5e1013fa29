"""A map drawn with what was measured along it."""

from __future__ import annotations

from litestar import Response, get

from desireline.accounts import SignedIn
from desireline.base import InputError, phrase
from desireline.evidence.checking import select
from desireline.evidence.lane_results import MapMeasures
from desireline.evidence.pictures import PICTURES
from desireline.evidence.routes.asking import AskedMap, Chosen, Ticket, ask_map
from desireline.evidence.routes.checks import ByPersona, Emotion, TimeOut, measures_of
from desireline.evidence.tabulating import TABLES, measured_table
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.smallest_group import fewest_shown
from desireline.maps.formats import Rendering
from desireline.maps.routes.exports import (
    MEDIA_TYPES,
    LaneNames,
    OnePhase,
    OnPhases,
    Paper,
    ThemeName,
    Titled,
    file_response,
    lane_names,
    svg_of,
)
from desireline.maps.routes.paths import ending_of
from desireline.store import Workspace


@get("/maps/{ident:str}/drawing", media_type="image/svg+xml", sync_to_thread=True)
def measured_drawing(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    selected: Chosen,
    theme: ThemeName = "light",
    lanes: LaneNames = "",
    phase: OnePhase = None,
    emotion: Emotion = None,
    personas: ByPersona = False,
    time_out: TimeOut = None,
    version: int | None = None,
    titled: Titled = True,
    ticket: Ticket = None,
) -> Response[str]:
    """The map as SVG with what customers did laid over it."""
    asked = ask_map(workspace, ident, version)
    found = measures_of(
        workspace,
        asked,
        selected,
        fewest=fewest_shown(workspace, user),
        emotion=emotion,
        personas=personas,
        time_out=time_out,
        ticket=ticket_of(user, ticket),
    )
    picture = svg_of(
        asked.subject, theme=theme, lanes=lane_names(lanes), measured=found.measured(), phase=phase, titled=titled
    )
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


@get("/maps/{ident:str}/files/{name:str}", sync_to_thread=True)
def measured_file(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    name: str,
    selected: Chosen,
    theme: ThemeName = "light",
    lanes: LaneNames = "",
    emotion: Emotion = None,
    personas: ByPersona = False,
    time_out: TimeOut = None,
    version: int | None = None,
    paper: Paper | None = None,
    tiled: bool = False,
    phases: OnPhases = False,
    ticket: Ticket = None,
) -> Response[bytes]:
    """The map with what customers did as a file to download: svg, png, pdf, html, pptx; what was measured at its steps as a table: csv, xlsx."""
    asked = ask_map(workspace, ident, version)
    ending = ending_of(name)
    if ending not in TABLES:
        check_measured_ending(name, tables=TABLES)
    found = measures_of(
        workspace,
        asked,
        selected,
        fewest=fewest_shown(workspace, user),
        emotion=emotion,
        personas=personas,
        time_out=time_out,
        ticket=ticket_of(user, ticket),
    )
    if ending in TABLES:
        return _table(workspace, asked, selected, found, ending)
    rendering = Rendering(
        asked.subject,
        asked.document,
        measured=found.measured(),
        paper=paper or ("a4" if tiled or phases else "a3"),
        tiled=tiled,
        phases=phases,
        dark=theme == "dark",
        lanes=lane_names(lanes),
    )
    return file_response(rendering, name)


def _table(workspace: Workspace, asked: AskedMap, selected: Chosen, found: MapMeasures, ending: str) -> Response[bytes]:
    selection = select(workspace, asked.subject, selected.options())
    content = measured_table(found, asked.subject, selection, company=workspace.name).written(ending)
    headers = {
        "Content-Disposition": f'attachment; filename="{asked.subject.id}-measured{ending}"',
        "X-Losses": "[]",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=MEDIA_TYPES[ending], headers=headers)


def check_measured_ending(name: str, *, tables: tuple[str, ...] = ()) -> None:
    """Refuse a format that cannot show what was measured.

    Parameters
    ----------
    tables
        Other endings that can be asked for here.

    Raises
    ------
    InputError
        It is none of :data:`PICTURES`.
    """
    if ending_of(name) not in PICTURES:
        raise InputError(
            phrase("expected a picture: {known}, got {name!r}", known=", ".join(PICTURES), name=name)
            if not tables
            else phrase(
                "expected a picture or a table: {known}, got {name!r}", known=", ".join((*PICTURES, *tables)), name=name
            ),
            hint=phrase("other formats hold the map without what was measured"),
        )


def measured_rendering(workspace: Workspace, asked: AskedMap, *, dark: bool) -> Rendering:
    """A map with what was measured over all of the data, for somebody without an account."""
    found = measures_of(workspace, asked, Chosen(), fewest=fewest_shown(workspace, None))
    return Rendering(asked.subject, asked.document, measured=found.measured(), dark=dark)
