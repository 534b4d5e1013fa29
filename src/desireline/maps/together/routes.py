"""Editing a map together: the socket of its room, and what is asked beside it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from litestar import Request, Router, WebSocket, get, post, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import WebSocketDisconnect
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import (
    AccessError,
    DesirelineError,
    InputError,
    NotSignedInError,
    Problem,
    UnknownNameError,
    WorkspaceError,
    reading_language,
    tell,
)
from desireline.maps.document import fresh_id
from desireline.maps.storing import WorkspaceLibrary
from desireline.maps.together.keeping import newest_number, open_kept, save_copy
from desireline.maps.together.room import Member, Room
from desireline.maps.together.rooms import Rooms
from desireline.store import Workspace

FORBIDDEN = 4403
UNREADABLE = 4400
MISSING = 4404
"""Codes with which a socket is closed: HTTP's, with 4000 before them."""
GONE = 1001
TRY_AGAIN = 1013
"""Codes after which an editor comes back: it said nothing any more, the workspace cannot be used now."""

MapId = Annotated[str, PathParameter(description="The id of the map.")]


class TogetherAnswer(Struct, frozen=True):
    """How a map can be edited.

    Attributes
    ----------
    room
        Names the shared document for ever; what a browser kept of another one does not belong to it.
    may_write
        Whether what this person changes is taken.
    name
        What the others see.
    people
        Names of who is there now.
    """

    room: str
    may_write: bool
    name: str
    people: tuple[str, ...]


class ProblemAnswer(Struct, frozen=True):
    """Something that keeps a document from being a version, and where."""

    where: str
    message: str


class VersionAnswer(Struct, frozen=True):
    """The newest version of a map, and why what is written now is none, if it is none."""

    version: int
    problems: tuple[ProblemAnswer, ...]


class CopyWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """The id of the new map; made of the old one where it is not given."""

    id: Annotated[str, Meta(max_length=63)] | None = None


class CopyAnswer(Struct, frozen=True):
    """The id of the map that was made."""

    id: str


@get("/map/{ident:str}/together", guards=[needs(Right.LOOK)])
async def show_together(ident: MapId, rooms: NamedDependency[Rooms], user: NamedDependency[SignedIn]) -> TogetherAnswer:
    """How a map can be edited, and who is at it now."""
    room = rooms.room(ident)
    name = room.name if room else (await asyncio.to_thread(open_kept, rooms.workspace, ident)).kept.room
    people = sorted({each.user.name for each in room.members}) if room else ()
    return TogetherAnswer(name, user.may(Right.DRAW), user.name, tuple(people))


@post("/map/{ident:str}/together/version", guards=[needs(Right.DRAW)], status_code=200)
async def save_now(ident: MapId, rooms: NamedDependency[Rooms]) -> VersionAnswer:
    """Make what was changed together a version now."""
    async with rooms.borrowed(ident) as room:
        problems = await room.save()
    number = await asyncio.to_thread(newest_number, rooms.workspace, ident)
    return VersionAnswer(number, _answered(problems))


@post("/map/{ident:str}/together/copy", guards=[needs(Right.DRAW)])
async def copy_map(
    ident: MapId, rooms: NamedDependency[Rooms], user: NamedDependency[SignedIn], data: JSONBody[CopyWanted]
) -> CopyAnswer:
    """Save what was written together as another map, such as after its own was deleted."""
    async with rooms.borrowed(ident) as room:
        new = data.id or fresh_id(ident, await asyncio.to_thread(_taken, rooms.workspace, ident))
        await asyncio.to_thread(save_copy, rooms.workspace, room.copy(), ident=new, author=user.name)
    return CopyAnswer(new)


@websocket("/map/{ident:str}/together", guards=[needs(Right.LOOK)])
async def edit_together(
    socket: WebSocket[SignedIn, object, State], ident: MapId, rooms: NamedDependency[Rooms]
) -> None:
    """The room of a map: the sync and awareness protocols of y-websocket, and what the room tells."""
    await socket.accept()
    member = Member(socket.user, reading_language())
    try:
        async with rooms.inside(ident, member) as room:
            await _talk(socket, room, member)
    except UnknownNameError as error:
        await socket.close(MISSING, _reason(error))
    except AccessError as error:
        await socket.close(FORBIDDEN, _reason(error))
    except InputError as error:
        await socket.close(UNREADABLE, _reason(error))
    except DesirelineError as error:
        await socket.close(TRY_AGAIN, _reason(error))


def _reason(error: DesirelineError) -> str:
    """As much of a message as fits into the end of a connection: 123 bytes."""
    return tell(error.message).encode()[:120].decode(errors="ignore")


async def _talk(socket: WebSocket[SignedIn, object, State], room: Room, member: Member) -> None:
    """Carry messages both ways until the editor is gone."""

    async def send() -> None:
        while True:
            await socket.send_bytes(await member.outgoing.get())

    sending = asyncio.create_task(send())
    watching = asyncio.create_task(_watch(socket, member, every=room.timing.known))
    try:
        while True:
            message = await asyncio.wait_for(socket.receive_bytes(), room.timing.silence)
            await room.receive(member, message)
    except WebSocketDisconnect:
        return
    except TimeoutError:
        await socket.close(GONE, "expected a word of the editor")
    finally:
        sending.cancel()
        watching.cancel()
        await asyncio.gather(sending, watching, return_exceptions=True)


async def _watch(socket: WebSocket[SignedIn, object, State], member: Member, *, every: float) -> None:
    """Close the socket as soon as who opened it is signed out, is removed, or has another role."""
    while await _is_still(socket, member):
        await asyncio.sleep(every)
    await socket.close(FORBIDDEN, "expected somebody who is signed in, with the role of the beginning")


async def _is_still(socket: WebSocket[SignedIn, object, State], member: Member) -> bool:
    try:
        known = await socket.scope["known_again"]()  # type: ignore[typeddict-item]
    except NotSignedInError:
        return False
    except WorkspaceError:
        return True  # asked again after a while
    return known is not None and (known.user.person, known.user.role) == (member.user.person, member.user.role)


async def wait_for_rooms(request: Request[Any, Any, State]) -> None:
    """Before an answer: what an editor changed that was left a moment ago is a version then."""
    rooms: Rooms | None = request.app.state.get("rooms")
    if rooms is not None:
        await rooms.settled()


async def save_written(request: Request[Any, Any, State]) -> None:
    """Before a map is copied: what is written of it now is a version then."""
    rooms: Rooms | None = request.app.state.get("rooms")
    if rooms is not None:
        await rooms.save(request.path_params["ident"])


def _taken(workspace: Workspace, ident: str) -> list[str]:
    return [ident, *WorkspaceLibrary(workspace).idents("map")]


def _answered(problems: tuple[Problem, ...]) -> tuple[ProblemAnswer, ...]:
    return tuple(ProblemAnswer(each.where, each.message) for each in problems)


def _provide_rooms(state: State, workspace: NamedDependency[Workspace]) -> Rooms:
    if "rooms" not in state:
        state["rooms"] = Rooms(workspace)
    found: Rooms = state["rooms"]
    return found


router = Router(
    path="/maps",
    route_handlers=[show_together, save_now, copy_map, edit_together],
    dependencies={"rooms": Provide(_provide_rooms, sync_to_thread=False)},
    tags=["maps"],
)
"""Under ``/api/maps/map/{id}/together``."""
