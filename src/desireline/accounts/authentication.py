"""Finds out who makes a request: by a key, by the session in a cookie, or because it is the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from desireline.accounts.cookies import is_secure, session_cookie_name
from desireline.accounts.model import Proof, SignedIn, Site, Way
from desireline.accounts.rights import Role
from desireline.accounts.signing_in import Known, who_has_key, who_has_session
from desireline.base import NotSignedInError, phrase
from desireline.store import Workspace

DEMO = Known(SignedIn(0, "Demo", Role.ADMIN), Proof(Way.DEMO))
SERVER = Known(SignedIn(0, "Desireline", Role.ANALYST), Proof(Way.KEY))
_is_server: ContextVar[bool] = ContextVar("is_server", default=False)


@contextmanager
def asking_as_server() -> Iterator[None]:
    """Requests that this process makes to its own application in the block are those of an analyst; no request from elsewhere is."""
    before = _is_server.set(True)
    try:
        yield
    finally:
        _is_server.reset(before)


def is_server() -> bool:
    """Whether a request is one that this process makes to itself."""
    return _is_server.get()


class Authentication(ASGIMiddleware):
    """Sets ``scope["user"]`` to who is :class:`~desireline.accounts.SignedIn` and ``scope["auth"]`` to the proof, or both to ``None``.

    It lets everybody through; what a route needs, its guard says. What stays open asks again with ``scope["known_again"]()``.
    """

    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)
    exclude_opt_key = "anonymous"

    def __init__(self, workspace: Workspace, site: Site) -> None:
        self._workspace = workspace
        self._site = site

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Find out, and go on."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        known = await self._known(connection)
        scope["known_again"] = partial(self._known, connection)  # type: ignore[typeddict-unknown-key]
        scope["user"] = None if known is None else known.user
        scope["auth"] = None if known is None else known.proof
        await next_app(scope, receive, send)

    async def _known(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Known | None:
        if is_server():
            return SERVER
        said = connection.headers.get("authorization")
        if said is not None:
            return await sync_to_thread(self._by_key, said)
        token = connection.cookies.get(session_cookie_name(self._workspace, secure=is_secure(connection, self._site)))
        found = None if not token else await sync_to_thread(who_has_session, self._workspace, token)
        return DEMO if found is None and self._site.sign_in_as_demo else found

    def _by_key(self, said: str) -> Known:
        scheme, _, text = said.partition(" ")
        found = who_has_key(self._workspace, text.strip()) if scheme.casefold() == "bearer" else None
        if found is None:
            raise NotSignedInError(
                phrase("expected Authorization: Bearer and a key that is in use"),
                hint=phrase("an admin makes keys in Settings"),
            )
        return found
