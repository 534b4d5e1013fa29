"""What somebody without an account sees of a map that was shared with them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import HeaderParameter, QueryParameter
from msgspec import Struct

from desireline.accounts.passwords import Passwords
from desireline.maps.comment_tables import Comment, PlaceKind
from desireline.maps.commenting import Thread, threads
from desireline.maps.formats import Loss, Rendering
from desireline.maps.model import Persona
from desireline.maps.one_customer import without_single_conditions
from desireline.maps.reading import read_map
from desireline.maps.routes.exports import OnPhases, ThemeName, file_response, paged, svg_of
from desireline.maps.sharing import check_shows, open_share, opened_share, share_of, shared_map, shared_maps
from desireline.maps.shown import shown_map
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace

Ticket = Annotated[str | None, HeaderParameter(name="X-Share-Ticket", description="What opening the link gave.")]
ShownMap = Annotated[
    str | None, QueryParameter(name="map", description="A map below that of the link, where it shows those.")
]


class SharedLink(Struct, frozen=True):
    """What a link says before it is opened."""

    needs_password: bool
    expires_at: datetime | None


class SharePassword(Struct, frozen=True, forbid_unknown_fields=True):
    """The password that a link asks for; null for one that does not."""

    password: str | None = None


class SharedMapName(Struct, frozen=True):
    """A map that a link shows."""

    id: str
    title: str
    language: str | None


class SharedMap(Struct, frozen=True):
    """A map that was opened by a link.

    Attributes
    ----------
    ticket
        Goes with every further request, in the header X-Share-Ticket.
    measured, downloads, comments, personas
        What the link shows beside the drawings.
    maps
        This map first, then those below it that the link shows, too.
    """

    ticket: str
    map: str
    title: str
    language: str | None
    measured: bool
    downloads: bool
    comments: bool
    personas: bool
    maps: tuple[SharedMapName, ...]
    expires_at: datetime | None


class SharedComment(Struct, frozen=True):
    """What somebody said."""

    author: str
    text: str
    written_at: datetime


class SharedThread(Struct, frozen=True):
    """A comment with the answers to it.

    Attributes
    ----------
    place_name
        What it is about, as it is called today; ``None``: it is no longer in the map.
    """

    place_kind: PlaceKind
    place_name: str | None
    comment: SharedComment
    answers: tuple[SharedComment, ...]


class SharedThreads(Struct, frozen=True):
    """The threads of a map that are not settled."""

    threads: tuple[SharedThread, ...]


class SharedScale(Struct, frozen=True):
    """Where somebody stands between two ends: 0 is low, 1 is high."""

    low: str
    high: str
    value: float


class SharedPersona(Struct, frozen=True):
    """A kind of customer, as somebody describes it; nothing that ties it to real customers."""

    id: str
    name: str
    summary: str | None
    quote: str | None
    share: float | None
    goals: tuple[str, ...]
    needs: tuple[str, ...]
    behaviour: tuple[SharedScale, ...]


class SharedPersonas(Struct, frozen=True):
    """The personas of a map, in its order."""

    personas: tuple[SharedPersona, ...]


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
    share = opened_share(workspace, token, ticket)
    maps = tuple(
        SharedMapName(each.id, str(each.tree["title"]), each.tree.get("language"))
        for each in shared_maps(workspace, share)
    )
    return SharedMap(
        ticket=ticket,
        map=share.map,
        title=maps[0].title,
        language=maps[0].language,
        measured=share.parts.measured,
        downloads=share.parts.downloads,
        comments=share.parts.comments,
        personas=share.parts.personas,
        maps=maps,
        expires_at=share.expires_at,
    )


@get("/{token:str}/drawing", media_type="image/svg+xml", sync_to_thread=True)
def shared_drawing(
    workspace: Workspace, token: str, map_id: ShownMap = None, theme: ThemeName = "light", share_ticket: Ticket = None
) -> Response[str]:
    """A map as SVG, without what customers did."""
    shown = shown_map(workspace, opened_share(workspace, token, share_ticket), map_id)
    picture = svg_of(shown.subject, theme=theme, titled=False)
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@get("/{token:str}/files/{name:str}", sync_to_thread=True)
def shared_file(
    workspace: Workspace,
    token: str,
    name: str,
    map_id: ShownMap = None,
    theme: ThemeName = "light",
    tiled: bool = False,
    phases: OnPhases = False,
    share_ticket: Ticket = None,
) -> Response[bytes]:
    """A map as a file, where the link allows that; without conditions that can pick one customer out."""
    share = opened_share(workspace, token, share_ticket)
    check_shows(share, "downloads")
    shown = shown_map(workspace, share, map_id)
    document, conditions = without_single_conditions(shown.document)
    subject = shown.as_drawn(read_map(document, WorkspaceLibrary(workspace)))
    lost = (("conditions that can pick one customer out", conditions), ("personas", shown.left_out))
    losses = tuple(Loss(what, count) for what, count in lost if count)
    rendering = Rendering(subject, document, dark=theme == "dark")
    return file_response(paged(rendering, tiled=tiled, phases=phases), name, losses=losses)


@get("/{token:str}/comments", sync_to_thread=True)
def shared_comments(
    workspace: Workspace, token: str, map_id: ShownMap = None, share_ticket: Ticket = None
) -> SharedThreads:
    """What was said about a map and is not settled, to be read."""
    share = opened_share(workspace, token, share_ticket)
    check_shows(share, "comments")
    found = threads(workspace, shared_map(workspace, share, map_id).id)
    return SharedThreads(tuple(_thread(each) for each in found if each.comment.resolved_at is None))


@get("/{token:str}/personas", sync_to_thread=True)
def shared_personas(
    workspace: Workspace, token: str, map_id: ShownMap = None, share_ticket: Ticket = None
) -> SharedPersonas:
    """The personas of a map, without what ties them to real customers."""
    share = opened_share(workspace, token, share_ticket)
    check_shows(share, "personas")
    found = shown_map(workspace, share, map_id).subject
    return SharedPersonas(tuple(_persona(each) for each in found.personas))


def _thread(thread: Thread) -> SharedThread:
    answers = tuple(_comment(each) for each in thread.answers)
    return SharedThread(thread.comment.place_kind, thread.place_name, _comment(thread.comment), answers)


def _comment(comment: Comment) -> SharedComment:
    return SharedComment(comment.author, comment.text, comment.written_at)


def _persona(persona: Persona) -> SharedPersona:
    return SharedPersona(
        id=persona.id,
        name=persona.name,
        summary=persona.summary,
        quote=persona.quote,
        share=persona.share,
        goals=persona.goals,
        needs=persona.needs,
        behaviour=tuple(SharedScale(each.low, each.high, each.value) for each in persona.behaviour),
    )
