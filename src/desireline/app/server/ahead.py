"""Answers that pages ask for first are worked out before anybody asks: after the start, and whenever the data has changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from desireline.accounts.authentication import SERVER, asking_as_server, is_server
from desireline.app.server.opened import OpenWorkspace
from desireline.base import DesirelineError, Language, reading_language
from desireline.journeys.answering import answers_of, state_of
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace

TICKET = "ahead"
FIRST_ASKED = (
    "/api/home/figures?period=28d",
    "/api/home/findings",
    "/api/home/maps",
    "/api/home/sources",
    "/api/journeys/names",
    f"/api/journeys/questions/flow?ticket={TICKET}",
    f"/api/journeys/pictures/flow?ticket={TICKET}",
    "/api/evidence/staleness",
    "/api/journeys/fields",
    f"/api/journeys/questions/overview?ticket={TICKET}",
    f"/api/journeys/questions/variants?top=50&ticket={TICKET}",
    f"/api/journeys/questions/channels?ticket={TICKET}",
    f"/api/journeys/questions/contacts?ticket={TICKET}",
    f"/api/journeys/questions/contacts.json?ticket={TICKET}",
    f"/api/journeys/questions/effort?ticket={TICKET}",
    f"/api/journeys/questions/effort.json?ticket={TICKET}",
    f"/api/journeys/questions/scores?ticket={TICKET}",
    f"/api/journeys/questions/scores.json?ticket={TICKET}",
    "/api/journeys/values?field=team&containing=",
    f"/api/journeys/questions/retention?ticket={TICKET}",
    f"/api/journeys/questions/retention.json?ticket={TICKET}",
    f"/api/journeys/questions/gaps?top=50&ticket={TICKET}",
    f"/api/journeys/questions/gaps.json?top=50&ticket={TICKET}",
    "/api/home/figures?period=7d",
    "/api/home/figures?period=91d",
    "/api/journeys/definitions",
    "/api/improve/opportunities",
    "/api/sources",
    "/api/interactions/taxonomy/proposals",
    f"/api/journeys/questions/common?top=50&ticket={TICKET}",
    f"/api/journeys/questions/chains?ticket={TICKET}",
    f"/api/journeys/questions/chains.json?ticket={TICKET}",
    f"/api/journeys/questions/emotion?ticket={TICKET}",
    f"/api/journeys/questions/emotion.json?ticket={TICKET}",
    f"/api/journeys/questions/handovers?top=50&ticket={TICKET}",
    f"/api/journeys/questions/handovers.json?top=50&ticket={TICKET}",
    f"/api/journeys/questions/loops?top=50&ticket={TICKET}",
    f"/api/journeys/questions/loops.json?top=50&ticket={TICKET}",
    f"/api/journeys/questions/insights?ticket={TICKET}",
    f"/api/journeys/questions/insights.json?ticket={TICKET}",
    f"/api/journeys/questions/sessions?ticket={TICKET}",
    f"/api/journeys/questions/sessions.json?ticket={TICKET}",
    f"/api/journeys/questions/clusters?ticket={TICKET}",
    f"/api/journeys/questions/clusters.json?ticket={TICKET}",
)
"""What the pages ask when they are opened by the navigation, those that people open most first."""
ASKED_OF_A_MAP = (
    "/api/maps/map/{ident}/thumbnail?theme=light",
    "/api/maps/map/{ident}/drawing?theme=light",
    f"/api/evidence/maps/{{ident}}/check?ticket={TICKET}",
    f"/api/evidence/maps/{{ident}}/drawing?theme=light&ticket={TICKET}",
    f"/api/evidence/maps/{{ident}}/proposals?ticket={TICKET}",
)
"""What the page of a map and its panels ask."""
MOST_MAPS = 12
"""Of so many maps, the ones saved last, it is worked out ahead."""
_POLL_SECONDS = 0.05
_UNFINISHED = b'"working":{'
_CANCELLED = b'"question.cancelled"'
_BEGINNING = 200
"""So many bytes of an answer tell whether it is one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When the server works for itself.

    Attributes
    ----------
    quiet_seconds
        So long nobody has asked anything.
    look_seconds
        After so long it looks again whether something has changed.
    interest_seconds
        Where nobody has asked anything for so long, it looks no more until somebody does.
    """

    quiet_seconds: float = 0.3
    look_seconds: float = 2
    interest_seconds: float = 900


class AnsweringAhead(ASGIMiddleware):
    """While nobody waits for the application, it asks itself :data:`FIRST_ASKED`, one after the other.

    It is a middleware, which sees when people ask, and has the :meth:`lifespan` in which the application works for itself.
    The application keeps its answers for as long as the data stays as it is.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(
        self,
        workspace: Workspace,
        *,
        addresses: tuple[str, ...] = FIRST_ASKED,
        map_addresses: tuple[str, ...] = ASKED_OF_A_MAP,
        pace: Pace | None = None,
        after: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """See the class; ``after``: what is waited for before the first one."""
        self._answers = answers_of(workspace)
        self._opened = OpenWorkspace(workspace)
        self._addresses = addresses
        self._map_addresses = map_addresses
        self._pace = pace or Pace()
        self._after = after
        self._under_way = 0
        self._asked_at = time.monotonic()
        self._language: Language = "en"

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer; a request of somebody else stops what is worked out ahead."""
        if is_server() or not scope["path"].startswith("/api"):
            await next_app(scope, receive, send)
            return
        self._under_way += 1
        self._language = reading_language()
        self._yield()
        try:
            await next_app(scope, receive, send)
        finally:
            self._under_way -= 1
            self._asked_at = time.monotonic()

    @asynccontextmanager
    async def lifespan(self, application: Litestar) -> AsyncIterator[None]:
        """From the start of the application to its end; at its end it stops at once."""
        working = asyncio.create_task(self._stay_ahead(application))
        try:
            yield
        finally:
            working.cancel()
            self._yield()

    def _yield(self) -> None:
        """What is asked under the ticket is taken up again later; what Home asks is short, and wanted first."""
        self._answers.cancel(f"{SERVER.user.person}:{SERVER.user.name}:{TICKET}")

    async def _stay_ahead(self, application: Litestar) -> None:
        known: dict[Language, Hashable] = {}
        if self._after is not None:
            await self._after()
        while True:
            language, state = self._language, await asyncio.to_thread(self._state)
            if state is not None and state != known.get(language):
                for address in (*self._addresses, *await asyncio.to_thread(self._of_maps)):
                    await self._ask_until_answered(application, address, language)
                known[language] = state
            await asyncio.sleep(self._pace.look_seconds)
            while time.monotonic() - self._asked_at > self._pace.interest_seconds:
                await asyncio.sleep(self._pace.look_seconds)

    def _state(self) -> Hashable:
        """What the answers depend on; ``None`` where it cannot be told, or somebody is writing to the log."""
        try:
            workspace = self._opened.current()
            with workspace.exclusive_if_free("log") as is_free:
                if not is_free:
                    return None
            return state_of(workspace), datetime.now(UTC).astimezone(workspace.zone).date()
        except (DesirelineError, OSError):
            return None

    def _of_maps(self) -> list[str]:
        """What is asked of the maps that were saved last."""
        if not self._map_addresses:
            return []
        try:
            maps = WorkspaceLibrary(self._opened.current()).newest("map")
        except (DesirelineError, OSError):
            return []
        latest = sorted(maps, key=lambda each: each.saved_at, reverse=True)[:MOST_MAPS]
        return [address.format(ident=each.ident) for each in latest for address in self._map_addresses]

    async def _ask_until_answered(self, application: Litestar, address: str, language: Language) -> None:
        found = _CANCELLED
        while _CANCELLED in found or _UNFINISHED in found:
            await self._quiet()
            found = await _ask(application, address, language)

    async def _quiet(self) -> None:
        """Wait until nobody is waiting for the server."""
        await asyncio.sleep(_POLL_SECONDS)
        while self._under_way or time.monotonic() - self._asked_at < self._pace.quiet_seconds:
            await asyncio.sleep(_POLL_SECONDS)


async def _ask(application: Litestar, address: str, language: Language) -> bytes:
    """The beginning of an answer of the application to this process itself."""
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": None,
        "client": None,
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"accept-language", language.encode())],
        "state": {},
    }
    found = bytearray()

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            found.extend(message["body"][:_BEGINNING])

    with asking_as_server():
        await application(cast(HTTPScope, scope), receive, send)
    return bytes(found[:_BEGINNING])
