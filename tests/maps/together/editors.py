"""Editors without a screen: what a browser does over the socket of a room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import ASGIMiddleware
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from desireline.accounts import Role, SignedIn
from desireline.app.server.errors import EXCEPTION_HANDLERS
from desireline.maps.together import protocol
from desireline.maps.together.room import Timing
from desireline.maps.together.rooms import Rooms
from desireline.maps.together.routes import router
from desireline.maps.together.trees import new_doc, tree_of_doc
from desireline.store import Workspace

NEVER = Timing(pause=1000, version=1000, outside=1000, beat=1000)


class _As(ASGIMiddleware):
    """Somebody is signed in: ``x-user: Ada/editor``."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        said = dict(scope["headers"]).get(b"x-user", b"").decode()
        name, _, role = said.partition("/")
        scope["user"] = SignedIn(1, name, Role(role)) if said else None
        await next_app(scope, receive, send)


def _user(request: Request[SignedIn, object, State]) -> SignedIn:
    return request.user


@contextmanager
def served(workspace: Workspace, timing: Timing = NEVER) -> Iterator[TestClient[Litestar]]:
    """The routes over a workspace."""

    application = Litestar(
        [Router("/api", route_handlers=[router])],
        dependencies={
            "workspace": Provide(lambda: workspace, sync_to_thread=False),
            "user": Provide(_user, sync_to_thread=False),
        },
        middleware=[_As()],
        exception_handlers=EXCEPTION_HANDLERS,
    )
    application.state["rooms"] = Rooms(workspace, timing=timing)
    with TestClient(application) as client:
        yield client


_MISSING = bytes([protocol.SYNC, protocol.MISSING])
_UPDATE = bytes([protocol.SYNC, protocol.UPDATE])


class Editor:
    """One open editor."""

    def __init__(self, client: TestClient[Litestar], map_id: str, who: str, **headers: str) -> None:
        self.doc = new_doc()
        self.told: list[dict[str, Any]] = []
        self.presences: dict[int, dict[str, Any] | None] = {}
        self._sent = 0
        self._socket = client.websocket_connect(f"/api/maps/map/{map_id}/together", headers={"x-user": who, **headers})

    def __enter__(self) -> Editor:
        self._socket.__enter__()
        self._socket.send_bytes(protocol.sync(protocol.STATE, self.doc.get_state()))
        self.until(lambda: any(each["type"] == "status" for each in self.told) and self.tree.get("phases") is not None)
        return self

    def __exit__(self, *error: object) -> None:
        self._socket.__exit__(*error)

    @property
    def tree(self) -> dict[str, Any]:
        return tree_of_doc(self.doc)

    def set(self, kind: str, key: str, value: Any) -> None:
        """Change one entry and send the change."""
        before = self.doc.get_state()
        self.doc[kind][key] = value
        self.send(protocol.sync(protocol.UPDATE, self.doc.get_update(before)))

    def send(self, message: bytes) -> None:
        self._sent += message[:2] in (_MISSING, _UPDATE)
        self._socket.send_bytes(message)

    def until(self, seen: Any) -> None:
        """Read what comes until something was seen."""
        while not seen():
            self._read(self._socket.receive_bytes(timeout=10))

    def until_kept(self) -> None:
        """Read until the room has everything on disk."""
        self.until(lambda: sum(each["type"] == "kept" for each in self.told) >= self._sent)

    def until_told(self, kind: str, **said: Any) -> dict[str, Any]:
        """Read until the room has told something; gives it."""
        found: list[dict[str, Any]] = []

        def seen() -> bool:
            found[:] = [
                each
                for each in self.told
                if each["type"] == kind and all(each[name] == value for name, value in said.items())
            ]
            return bool(found)

        self.until(seen)
        return found[-1]

    def _read(self, message: bytes) -> None:
        reader = protocol.Reader(message)
        kind = reader.number()
        if kind == protocol.TOLD:
            self.told.append(json.loads(reader.content()))
        elif kind == protocol.AWARENESS:
            self.presences.update({each.client: each.state for each in protocol.read_awareness(reader.content())})
        elif reader.number() == protocol.STATE:
            self.send(protocol.sync(protocol.MISSING, self.doc.get_update(reader.content())))
        else:
            self.doc.apply_update(reader.content())
