"""What somebody without an account sees of a map that was shared with them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import HeaderParameter
from msgspec import Struct

from desireline.accounts.passwords import Passwords
from desireline.base import AccessError, phrase
from desireline.maps.document import Document
from desireline.maps.formats import Loss, Rendering
from desireline.maps.one_customer import without_single_conditions
from desireline.maps.reading import read_map
from desireline.maps.routes.exports import ThemeName, file_response, svg_of
from desireline.maps.share_tables import Share
from desireline.maps.sharing import open_share, opened_share, share_of
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace

Ticket = Annotated[str | None, HeaderParameter(name="X-Share-Ticket", description="What opening the link gave.")]


class SharedLink(Struct, frozen=True):
    """What a link says before it is opened."""

    needs_password: bool
    expires_at: datetime | None


class SharePassword(Struct, frozen=True):
    """The password that a link asks for; null for one that does not."""

    password: str | None = None


class SharedMap(Struct, frozen=True):
    """A map that was opened by a link.

    Attributes
    ----------
    ticket
        Goes with every further request, in the header X-Share-Ticket.
    """

    ticket: str
    map: str
    title: str
    language: str | None
    measured: bool
    downloads: bool
    expires_at: datetime | None


@get("/{token:str}", sync_to_thread=True)
def shared_link(workspace: Workspace, token: str) -> SharedLink:
    """Whether a link leads somewhere, and whether it asks for a password."""
    share = share_of(workspace, token)
    return SharedLink(share.password is not None, share.expires_at)


@post("/{token:str}/open", status_code=200, sync_to_thread=True)
def open_link(
    workspace: Workspace,
    passwords: Passwords,
    request: Request[Any, Any, Any],
    token: str,
    data: SharePassword,
) -> SharedMap:
    """Open a link, with its password where it asks for one."""
    address = request.client.host if request.client else ""
    ticket = open_share(workspace, token, data.password, address=address, passwords=passwords)
    share, document = _opened(workspace, token, ticket)
    return SharedMap(
        ticket=ticket,
        map=share.map,
        title=str(document.tree["title"]),
        language=document.tree.get("language"),
        measured=share.measured,
        downloads=share.downloads,
        expires_at=share.expires_at,
    )


@get("/{token:str}/drawing", media_type="image/svg+xml", sync_to_thread=True)
def shared_drawing(
    workspace: Workspace, token: str, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[str]:
    """The map as SVG, without what customers did."""
    _, document = _opened(workspace, token, share_ticket)
    picture = svg_of(read_map(document, WorkspaceLibrary(workspace)), theme=theme)
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@get("/{token:str}/files/{name:str}", sync_to_thread=True)
def shared_file(
    workspace: Workspace, token: str, name: str, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[bytes]:
    """The map as a file, where the link allows that; without conditions that can pick one customer out."""
    share, found = _opened(workspace, token, share_ticket)
    check_downloads(share)
    document, left_out = without_single_conditions(found)
    rendering = Rendering(read_map(document, WorkspaceLibrary(workspace)), document, dark=theme == "dark")
    losses = (Loss("conditions that can pick one customer out", left_out),) if left_out else ()
    return file_response(rendering, name, losses=losses)


def check_downloads(share: Share) -> None:
    """Refuse a download that a link does not allow.

    Raises
    ------
    AccessError
        It does not.
    """
    if not share.downloads:
        raise AccessError(
            phrase("this link shows the map, and gives no files"), hint=phrase("ask whoever gave it to you")
        )


def _opened(workspace: Workspace, token: str, ticket: str | None) -> tuple[Share, Document]:
    share = opened_share(workspace, token, ticket)
    document = WorkspaceLibrary(workspace).find("map", share.map)
    assert document is not None
    return share, document
