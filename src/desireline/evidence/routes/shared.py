"""What a link to a map shows of what customers did: numbers of many, never one customer."""

from __future__ import annotations

from litestar import Response, get

from desireline.evidence.routes.asking import AskedMap, ask_map
from desireline.evidence.routes.pictures import check_measured_ending, measured_rendering
from desireline.maps.routes.exports import OnPhases, ThemeName, file_response, paged, svg_of
from desireline.maps.routes.shared import ShownMap, Ticket
from desireline.maps.share_tables import Share
from desireline.maps.sharing import check_shows, opened_share
from desireline.maps.shown import shown_map
from desireline.store import Workspace


@get("/{token:str}/measured", media_type="image/svg+xml", sync_to_thread=True)
def shared_measured(
    workspace: Workspace, token: str, map_id: ShownMap = None, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[str]:
    """A map of the link as SVG with what customers did laid over it."""
    share = opened_share(workspace, token, share_ticket)
    found = measured_rendering(workspace, _measured_map(workspace, share, map_id), dark=theme == "dark")
    picture = svg_of(found.map, theme=theme, measured=found.measured, titled=False)
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@get("/{token:str}/measured/{name:str}", sync_to_thread=True)
def shared_measured_file(
    workspace: Workspace,
    token: str,
    name: str,
    map_id: ShownMap = None,
    theme: ThemeName = "light",
    tiled: bool = False,
    phases: OnPhases = False,
    share_ticket: Ticket = None,
) -> Response[bytes]:
    """A map of the link with what customers did as a file."""
    share = opened_share(workspace, token, share_ticket)
    check_shows(share, "downloads")
    check_measured_ending(name)
    found = measured_rendering(workspace, _measured_map(workspace, share, map_id), dark=theme == "dark")
    return file_response(paged(found, tiled=tiled, phases=phases), name)


def _measured_map(workspace: Workspace, share: Share, map_id: str | None) -> AskedMap:
    check_shows(share, "measured")
    shown = shown_map(workspace, share, map_id)
    asked = ask_map(workspace, shown.subject.id)
    return AskedMap(shown.document, shown.subject, asked.library, asked.version, asked.state)
