"""The cookies: the session and the known browser, which scripts cannot read, and the token against forged requests, which they have to."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from desireline.accounts.model import Site
from desireline.accounts.tables import LONGEST_SESSION
from desireline.store import Workspace

CSRF_COOKIE = "csrftoken"
DEVICE_KEPT = timedelta(days=180)
"""For so long a browser is known again in which somebody has signed in."""


def session_cookie_name(workspace: Workspace, *, secure: bool) -> str:
    """One name for each workspace: browsers do not tell ports apart. ``__Host-`` binds it to the one host."""
    digest = hmac.new(workspace.key, b"session cookie", hashlib.sha256).hexdigest()[:8]
    return f"{'__Host-' if secure else ''}desireline-{digest}"


def device_cookie_name(workspace: Workspace, *, secure: bool) -> str:
    """Beside the session's, of which it tells nothing."""
    return f"{session_cookie_name(workspace, secure=secure)}-browser"


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


def device_cookie(workspace: Workspace, value: str, *, secure: bool) -> Cookie:
    """The cookie by which a browser is known again in which somebody has signed in; it stays when they sign out."""
    return Cookie(
        key=device_cookie_name(workspace, secure=secure),
        value=value,
        path="/",
        httponly=True,
        samesite="strict",
        secure=secure,
        max_age=int(DEVICE_KEPT.total_seconds()),
    )


def csrf_cookie(token: str, *, secure: bool) -> Cookie:
    """The cookie whose value every request that changes something sends back in a header."""
    return Cookie(key=CSRF_COOKIE, value=token, path="/", httponly=False, samesite="strict", secure=secure)


def is_secure(connection: ASGIConnection[Any, Any, Any, Any], site: Site) -> bool:
    """Whether browsers reach us by https, be it through a reverse proxy."""
    scheme = connection.url.scheme if site.address is None else urlsplit(site.address).scheme
    return scheme in ("https", "wss")
