"""The messages between an editor and its room: those of y-websocket for the document and for who is there, and one kind of our own.

A message is a number of its kind, then what it says; numbers and texts are written as lib0 writes them: seven bits in a byte, the
length of a text in bytes before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desireline.base import InputError, phrase

SYNC = 0
AWARENESS = 1
ASK_AWARENESS = 3
TOLD = 100
"""Our own: JSON from the room."""
STATE = 0
MISSING = 1
UPDATE = 2
"""Kinds of sync messages: which state somebody has, what they miss, a change."""
NOTHING = b"\x00\x00"
"""An update that changes nothing."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What one editor says about itself; ``None``: it has left. A higher ``clock`` is newer."""

    client: int
    clock: int
    state: dict[str, Any] | None


class Reader:
    """Reads one message.

    Raises
    ------
    InputError
        It ends too early.
    """

    def __init__(self, message: bytes) -> None:
        self._message = message
        self._at = 0

    def number(self) -> int:
        """A whole number."""
        found = shift = 0
        while True:
            if self._at >= len(self._message) or shift > 56:
                raise InputError(phrase("expected a message of the editor, got one that ends too early"))
            byte = self._message[self._at]
            self._at += 1
            found |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return found

    def content(self) -> bytes:
        """Bytes with their length before them."""
        length = self.number()
        found = self._message[self._at : self._at + length]
        if len(found) < length:
            raise InputError(phrase("expected a message of the editor, got one that ends too early"))
        self._at += length
        return found


def written(number: int) -> bytes:
    """A whole number.

    >>> written(300)
    b'\\xac\\x02'
    """
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def with_length(content: bytes) -> bytes:
    """Bytes with their length before them."""
    return written(len(content)) + content


def sync(kind: int, content: bytes) -> bytes:
    """A message about the document."""
    return bytes([SYNC, kind]) + with_length(content)


def told(kind: str, said: dict[str, Any]) -> bytes:
    """A message of our own."""
    return written(TOLD) + with_length(json.dumps({"type": kind, **said}, ensure_ascii=False).encode())


def awareness(presences: Iterable[Presence]) -> bytes:
    """A message about who is there."""
    entries = [
        written(each.client) + written(each.clock) + with_length(json.dumps(each.state, ensure_ascii=False).encode())
        for each in presences
    ]
    return bytes([AWARENESS]) + with_length(written(len(entries)) + b"".join(entries))


def read_awareness(content: bytes) -> list[Presence]:
    """Who is there, as an editor says.

    Raises
    ------
    InputError
        It cannot be read.
    """
    reader = Reader(content)
    found = []
    for _ in range(reader.number()):
        client, clock, text = reader.number(), reader.number(), reader.content()
        try:
            state = json.loads(text)
        except ValueError as error:
            raise InputError(phrase("expected a message of the editor, got one that is no JSON")) from error
        found.append(Presence(client, clock, state if isinstance(state, dict) else None))
    return found
