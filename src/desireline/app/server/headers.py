"""What every answer carries, and under which names we answer at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from desireline.accounts import Site
from desireline.base import AccessError, phrase

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}
"""The page loads nothing from elsewhere, runs no script that is not a file of ours, is shown in no other page, and found by no search
engine: who has a link to a map was given it."""


BUILD_HEADER = "x-desireline-build"
"""With which build of the web application the server was started: a page of another one may not understand its answers."""


def adding_headers(build: str | None) -> Callable[[Message, Scope], Awaitable[None]]:
    """Adds them to every answer, and lets nobody keep answers about customers, unless the route says otherwise.

    Parameters
    ----------
    build
        Told with answers of the API; ``None``: there is none.
    """

    async def add_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        if scope["path"].startswith("/api"):
            headers.setdefault("cache-control", "no-store")
            if build is not None:
                headers.setdefault(BUILD_HEADER, build)

    return add_headers


class KnownHosts(ASGIMiddleware):
    """Refuses requests under other names than ours: a page whose name was made to lead here could ask as if it were ours."""

    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)

    def __init__(self, site: Site) -> None:
        self._hosts = site.hosts

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Check, and go on."""
        if self._hosts is not None:
            said = ASGIConnection[Any, Any, Any, Any](scope).headers.get("host", "")
            if host_name(said) not in self._hosts:
                raise AccessError(
                    phrase(
                        "expected a request to {hosts}, got one to {said}",
                        hosts=", ".join(sorted(self._hosts)),
                        said=said or phrase("no host"),
                    ),
                    hint=phrase("say under which address people reach it: desireline serve --address https://…"),
                )
        await next_app(scope, receive, send)


def host_name(host: str) -> str:
    """The name in the header Host, without the port.

    >>> host_name("[::1]:8321"), host_name("LOCALHOST:80")
    ('::1', 'localhost')
    """
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name.casefold().removesuffix(".")
