"""In which language a request is answered: the one that was chosen on the page, otherwise the first of the browser that we have."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from desireline.base import LANGUAGES, Language, reading_in

COOKIE = "desireline-language"
"""Written by the page when somebody chooses a language; it is of nobody and proves nothing."""


class Languages(ASGIMiddleware):
    """Lets everything that is told while a request is answered, or editors of a map are connected, be told in its language."""

    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Set the language, and go on."""
        with reading_in(language_of(ASGIConnection[Any, Any, Any, Any](scope))):
            await next_app(scope, receive, send)


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Language:
    """The language of a request."""
    return first_known(connection.cookies.get(COOKIE, ""), connection.headers.get("accept-language", ""))


def first_known(*said: str) -> Language:
    """The first language that we have, in texts such as a browser sends; English where there is none.

    >>> first_known("", "fr-CH, de;q=0.8, en;q=0.5")
    'de'
    """
    wanted = [each.strip()[:2].lower() for text in said for each in text.split(",")]
    return next((known for each in wanted for known in LANGUAGES if known == each), "en")
