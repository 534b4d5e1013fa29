"""HEAD: what GET answers, without the body (RFC 9110, 9.3.2)."""

from __future__ import annotations

from typing import cast

from litestar import Litestar
from litestar.types import HTTPScope, LifeSpanReceive, LifeSpanScope, LifeSpanSend, Message, Receive, Scope, Send


class Application(Litestar):
    """An application whose routes for GET answer HEAD, too."""

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        """Answer; HEAD as if it were GET."""
        if scope.get("method") == "HEAD":
            scope = cast(HTTPScope, {**scope, "method": "GET"})
            send = _without_body(cast(Send, send))
        await super().__call__(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
