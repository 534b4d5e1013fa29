"""Browsers in which somebody was signed in before: what others try elsewhere does not close the account for them.

As OWASP describes it (Slow Down Online Guessing Attacks with Device Cookies): the cookie proves nothing about who
somebody is, so it opens nothing; it only says where their tries are counted.
"""

from __future__ import annotations

import hashlib
import hmac

from desireline.accounts.tokens import new_token
from desireline.store import Workspace


def new_device(workspace: Workspace, person: int) -> str:
    """The value of the cookie of a browser in which somebody has signed in: a random name, signed for this person."""
    name = new_token()
    return f"{name}.{_signature(workspace, person, name)}"


def device_of(workspace: Workspace, person: int, cookie: str) -> str | None:
    """The name of the browser; ``None`` where the cookie was not made here for this person."""
    name, _, signature = cookie.rpartition(".")
    return name if hmac.compare_digest(signature.encode(), _signature(workspace, person, name).encode()) else None


def _signature(workspace: Workspace, person: int, name: str) -> str:
    return hmac.new(workspace.key, f"device:{person}:{name}".encode(), hashlib.sha256).hexdigest()
