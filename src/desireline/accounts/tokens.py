"""Secrets that are given away once and kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, as text that may stand in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so that one round of SHA-256 is enough.

    >>> token_hash("example")[:8]
    '50d858e0'
    """
    return hashlib.sha256(token.encode()).hexdigest()
