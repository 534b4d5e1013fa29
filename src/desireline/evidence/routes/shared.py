"""What a link to a map shows of what customers did: numbers of many, never one customer."""

from __future__ import annotations

from litestar import Response, get

from desireline.base import AccessError
from desireline.evidence.routes.asking import ask_map
from desireline.evidence.routes.pictures import check_measured_ending, measured_rendering
from desireline.maps.routes.exports import ThemeName, file_response, svg_of
from desireline.maps.routes.shared import Ticket, check_downloads
from desireline.maps.share_tables import Share
from desireline.maps.sharing import opened_share
from desireline.store import Workspace


@get("/{token:str}/measured", media_type="image/svg+xml", sync_to_thread=True)
def shared_measured(
    workspace: Workspace, token: str, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[str]:
    """The shared map as SVG with what customers did laid over it."""
    share = _measured_share(workspace, token, share_ticket)
    found = measured_rendering(workspace, ask_map(workspace, share.map), dark=theme == "dark")
    picture = svg_of(found.map, theme=theme, measured=found.measured)
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@get("/{token:str}/measured/{name:str}", sync_to_thread=True)
def shared_measured_file(
    workspace: Workspace, token: str, name: str, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[bytes]:
    """The shared map with what customers did as a file."""
    share = _measured_share(workspace, token, share_ticket)
    check_downloads(share)
    check_measured_ending(name)
    return file_response(measured_rendering(workspace, ask_map(workspace, share.map), dark=theme == "dark"), name)


def _measured_share(workspace: Workspace, token: str, ticket: str | None) -> Share:
    share = opened_share(workspace, token, ticket)
    if not share.measured:
        raise AccessError("this link shows the map, not what was measured", hint="ask whoever gave it to you")
    return share
