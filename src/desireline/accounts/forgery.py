"""Refuses requests that another site makes in the name of who is signed in."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.middleware.csrf import CSRF_SECRET_LENGTH, generate_csrf_hash, generate_csrf_token
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from desireline.accounts.cookies import CSRF_COOKIE, csrf_cookie, is_secure
from desireline.accounts.model import Proof, Site, Way
from desireline.base import ForgeryError, phrase
from desireline.store import Workspace

CSRF_HEADER = "x-csrftoken"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]


class SameSite(ASGIMiddleware):
    """Asks of what changes something, and of what stays open, that it comes from a page of ours and sends the token of the cookie back.

    The token is made as Litestar's own CSRF protection makes it: random and signed. One that another workspace on the same
    host has signed is replaced with the next answer. A key needs none, since no browser sends it by itself.
    """

    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)
    exclude_opt_key = "tokenless"

    def __init__(self, workspace: Workspace, site: Site) -> None:
        self._secret = hmac.new(workspace.key, b"csrf", hashlib.sha256).hexdigest()
        self._site = site

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Check, and go on."""
        connection: _Connection = ASGIConnection(scope)
        proof = scope.get("auth")
        if isinstance(proof, Proof) and proof.way is Way.KEY:
            return await next_app(scope, receive, send)
        if scope["type"] == ScopeType.WEBSOCKET:
            self._check_origin(connection)
        elif scope.get("method") in _SAFE:
            send = self._with_cookie(connection, send)
        else:
            self._check_origin(connection)
            self._check_token(connection)
        return await next_app(scope, receive, send)

    def _check_origin(self, connection: _Connection) -> None:
        """Browsers name the page that asks; other programs name none, and have no cookies of somebody else."""
        origin = connection.headers.get("origin")
        if origin is None:
            return
        ours = {connection.headers.get("host", ""), urlsplit(self._site.address or "").netloc}
        if urlsplit(origin).netloc not in ours - {""}:
            raise ForgeryError(
                phrase("expected a request from a page of this server, got one from {origin}", origin=origin),
                hint=phrase("behind a reverse proxy: let it pass the header Host on, or start with --address"),
            )

    def _check_token(self, connection: _Connection) -> None:
        cookie, header = connection.cookies.get(CSRF_COOKIE), connection.headers.get(CSRF_HEADER)
        if cookie is None or header is None or not hmac.compare_digest(cookie, header) or not self._is_ours(cookie):
            raise ForgeryError(
                phrase(
                    "expected the header {csrf_header} with the value of the cookie {csrf_cookie}",
                    csrf_header=CSRF_HEADER,
                    csrf_cookie=CSRF_COOKIE,
                ),
                hint=phrase("load the page again; programs send a key instead: Authorization: Bearer …"),
            )

    def _is_ours(self, token: str) -> bool:
        random, signature = token[:CSRF_SECRET_LENGTH], token[CSRF_SECRET_LENGTH:]
        return hmac.compare_digest(signature, generate_csrf_hash(random, self._secret))

    def _with_cookie(self, connection: _Connection, send: Send) -> Send:
        """Sends the cookie along where the browser has none of ours."""
        if self._is_ours(connection.cookies.get(CSRF_COOKIE, "")):
            return send
        cookie = csrf_cookie(generate_csrf_token(self._secret), secure=is_secure(connection, self._site)).to_header(
            header=""
        )

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                MutableScopeHeaders.from_message(message).add("set-cookie", cookie)
            await send(message)

        return sending
