"""The two cookies: the session, which scripts cannot read, and the token against forged requests, which they have to."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from desireline.accounts.model import Site
from desireline.accounts.tables import LONGEST_SESSION
from desireline.store import Workspace

CSRF_COOKIE = "csrftoken"


def session_cookie_name(workspace: Workspace, *, secure: bool) -> str:
    """One name for each workspace: browsers do not tell ports apart. ``__Host-`` binds it to the one host."""
    digest = hmac.new(workspace.key, b"session cookie", hashlib.sha256).hexdigest()[:8]
    return f"{'__Host-' if secure else ''}desireline-{digest}"


def session_cookie(workspace: Workspace, token: str | None, *, secure: bool) -> Cookie:
    """The cookie of a session that begins; ``None`` takes it away."""
    return Cookie(
        key=session_cookie_name(workspace, secure=secure),
        value=token or "",
        path="/",
        httponly=True,
        samesite="strict",
        secure=secure,
        max_age=0 if token is None else int(LONGEST_SESSION.total_seconds()),
    )


def csrf_cookie(token: str, *, secure: bool) -> Cookie:
    """The cookie whose value every request that changes something sends back in a header."""
    return Cookie(key=CSRF_COOKIE, value=token, path="/", httponly=False, samesite="strict", secure=secure)


def is_secure(connection: ASGIConnection[Any, Any, Any, Any], site: Site) -> bool:
    """Whether browsers reach us by https, be it through a reverse proxy."""
    scheme = connection.url.scheme if site.address is None else urlsplit(site.address).scheme
    return scheme in ("https", "wss")
