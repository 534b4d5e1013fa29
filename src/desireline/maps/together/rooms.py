"""The rooms that are open, one for each map that somebody edits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desireline.maps.together.keeping import open_kept
from desireline.maps.together.room import Member, Room, Timing
from desireline.store import Workspace


class Rooms:
    """The open rooms of a workspace. They live in one event loop: of a server with several processes, one may have them."""

    def __init__(self, workspace: Workspace, *, timing: Timing | None = None) -> None:
        self.workspace = workspace
        self._timing = timing or Timing()
        self._rooms: dict[str, Room] = {}
        self._opening = asyncio.Lock()

    def room(self, ident: str) -> Room | None:
        """The room of a map; ``None`` where nobody is in it."""
        return self._rooms.get(ident)

    async def settled(self) -> None:
        """Wait for the rooms that everybody has left: what was changed in them is a version then."""
        if any(not room.members for room in self._rooms.values()):
            async with self._opening:
                return

    async def save(self, ident: str) -> None:
        """Make what is changed in the room of a map a version, where it is open."""
        async with self._opening:
            room = self._rooms.get(ident)
            if room is not None:
                await room.save()

    @asynccontextmanager
    async def inside(self, ident: str, member: Member) -> AsyncIterator[Room]:
        """Be in the room of a map; the last one who leaves closes it.

        Raises
        ------
        UnknownNameError
            There is no such map.
        """
        async with self._opening:
            room = await self._opened(ident)
            try:
                await room.join(member)
            except BaseException:
                await self._let_out(room, member)
                raise
        try:
            yield room
        finally:
            async with self._opening:
                await self._let_out(room, member)

    @asynccontextmanager
    async def borrowed(self, ident: str) -> AsyncIterator[Room]:
        """The room of a map for one thing to do, without being in it.

        Raises
        ------
        UnknownNameError
            There is no such map.
        """
        async with self._opening:
            room = await self._opened(ident)
            try:
                yield room
            finally:
                await self._close_if_empty(room)

    async def _opened(self, ident: str) -> Room:
        if ident not in self._rooms:
            opened = await asyncio.to_thread(open_kept, self.workspace, ident)
            self._rooms[ident] = Room(self.workspace, ident, opened, timing=self._timing)
        return self._rooms[ident]

    async def _let_out(self, room: Room, member: Member) -> None:
        room.leave(member)
        await self._close_if_empty(room)

    async def _close_if_empty(self, room: Room) -> None:
        if not room.members:
            await room.close()
            self._rooms.pop(room.ident, None)
