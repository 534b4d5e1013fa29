"""A map drawn with what was measured along it."""

from __future__ import annotations

from litestar import Response, get

from desireline.accounts import SignedIn
from desireline.base import InputError, phrase
from desireline.evidence.pictures import PICTURES
from desireline.evidence.routes.asking import AskedMap, Chosen, Ticket, ask_map
from desireline.evidence.routes.checks import ByPersona, Emotion, TimeOut, measures_of
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.smallest_group import fewest_shown
from desireline.maps.formats import Rendering
from desireline.maps.routes.exports import (
    LaneNames,
    OnePhase,
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
    ticket: Ticket = None,
) -> Response[bytes]:
    """The map with what customers did as a file to download: svg, png, pdf, html, pptx."""
    asked = ask_map(workspace, ident, version)
    check_measured_ending(name)
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
    rendering = Rendering(
        asked.subject,
        asked.document,
        measured=found.measured(),
        paper=paper or ("a4" if tiled else "a3"),
        tiled=tiled,
        dark=theme == "dark",
        lanes=lane_names(lanes),
    )
    return file_response(rendering, name)


def check_measured_ending(name: str) -> None:
    """Refuse a format that cannot show what was measured.

    Raises
    ------
    InputError
        It is none of :data:`PICTURES`.
    """
    if ending_of(name) not in PICTURES:
        raise InputError(
            phrase("expected a picture: {known}, got {name!r}", known=", ".join(PICTURES), name=name),
            hint=phrase("other formats hold the map without what was measured"),
        )


def measured_rendering(workspace: Workspace, asked: AskedMap, *, dark: bool) -> Rendering:
    """A map with what was measured over all of the data, for somebody without an account."""
    found = measures_of(workspace, asked, Chosen(), fewest=fewest_shown(workspace, None))
    return Rendering(asked.subject, asked.document, measured=found.measured(), dark=dark)
