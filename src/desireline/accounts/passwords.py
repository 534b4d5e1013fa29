"""Passwords: which are taken, and how they are kept."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desireline.base import InputError, phrase

SHORTEST, LONGEST = 12, 200
_FEWEST_DIFFERENT = 5
_AT_ONCE = 4
"""A check takes 64 MiB; further ones wait."""


class Passwords:
    """Hashes and checks passwords with argon2id.

    Parameters
    ----------
    time_cost, memory_kib, lanes
        Of argon2; by default the second choice that RFC 9106 recommends. Smaller ones are for tests.
    """

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65_536, lanes: int = 4) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=lanes)
        self._free = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._free:
            return self._hasher.hash(_normal(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; takes as long where there is none to compare with."""
        with self._free:
            try:
                self._hasher.verify(kept or self._nobodys, _normal(password)[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters and should be made again."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, *, name: str, email: str) -> None:
    """Refuse a password that is easily guessed.

    Raises
    ------
    InputError
        It is too short or too long, is name or e-mail address, or is made of very few characters.
    """
    normal = _normal(password)
    hint = phrase("a few words that do not belong together are easily remembered")
    if not SHORTEST <= len(normal) <= LONGEST:
        raise InputError(
            phrase(
                "expected a password of {shortest} to {longest} characters, got one of {count}",
                shortest=SHORTEST,
                longest=LONGEST,
                count=len(normal),
            ),
            hint=hint,
        )
    if normal.casefold() in {name.casefold(), email.casefold()}:
        raise InputError(phrase("expected a password that is not the name or the e-mail address"), hint=hint)
    if len(set(normal.casefold())) < _FEWEST_DIFFERENT:
        raise InputError(
            phrase(
                "expected a password of at least {fewest_different} different characters",
                fewest_different=_FEWEST_DIFFERENT,
            ),
            hint=hint,
        )


def _normal(password: str) -> str:
    """The same whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password)
