"""The lists in one JSON document, entry by entry, in bounded memory: for documents too large to be read as a whole."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from desireline.base import InputError, phrase
from desireline.sources.files.loading import LONGEST_RECORD, is_reachable, open_unpacked, reading

DEPTH = 4
"""So many keys below the outermost value lists are looked for."""
_CHUNK = 1024 * 1024
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"
_CLOSING = frozenset('"]}')
_NUMBER = frozenset("0123456789.eE+-")


class Entry(NamedTuple):
    """An entry of a list: the keys that lead to the list, its text, and whether it is an object."""

    keys: tuple[str, ...]
    text: str
    is_object: bool


def list_entries(path: Path) -> Iterator[Entry]:
    """Every entry of every list that keys lead to from the outermost value, in the order of the document.

    Raises
    ------
    InputError
        It is no valid JSON, or one value of it is too large.
    """
    with reading(path), open_unpacked(path) as file:
        text = _Text(path, file)
        yield from _entries(text, ())
        if text.next_sign():
            raise text.error(phrase("something stands behind the end of the document"))


def longest_list(path: Path) -> tuple[str, ...] | None:
    """The keys to the longest list that begins with an object, to the outermost where several are as long; ``None``: there is none."""
    lengths: Counter[tuple[str, ...]] = Counter()
    of_objects: set[tuple[str, ...]] = set()
    for entry in list_entries(path):
        if entry.is_object and not lengths[entry.keys]:
            of_objects.add(entry.keys)
        lengths[entry.keys] += 1
    return min(of_objects, key=lambda keys: (-lengths[keys], len(keys)), default=None)


def write_entries(path: Path, keys: tuple[str, ...], target: Path, *, most: int | None = None) -> int:
    """Write the entries of one list as lines, at most so many; gives their number."""
    chosen = (entry.text for entry in list_entries(path) if entry.keys == keys)
    count = 0
    with target.open("w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for text in islice(chosen, most):
            file.write(text.replace("\n", " ").replace("\r", " "))  # inside of strings JSON has no ends of lines
            file.write("\n")
            count += 1
    return count


def _entries(text: _Text, keys: tuple[str, ...]) -> Iterator[Entry]:
    """The entries within the value that comes next."""
    sign = text.next_sign()
    if sign == "[":
        for _ in text.parts("[", "]"):
            value, written = text.value()
            yield Entry(keys, written, isinstance(value, dict))
    elif sign == "{" and len(keys) < DEPTH + 1:
        for _ in text.parts("{", "}"):
            key, _written = text.value()
            if not isinstance(key, str):
                raise text.error(phrase("expected a name in quotation marks"))
            text.take(":")
            if len(keys) < DEPTH and is_reachable(key):
                yield from _entries(text, (*keys, key))
            else:
                text.value()
    else:
        text.value()


class _Text:
    """The text of a document, of which only what is looked at is in memory."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
        self._held, self._place = "", 0
        self._before = 0
        self._is_over = False

    def next_sign(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            rest = self._held[self._place : self._place + 64].lstrip(_SPACE)
            if rest:
                self._place = self._held.index(rest[0], self._place)
                return rest[0]
            self._place = min(self._place + 64, len(self._held))
            if self._place == len(self._held) and not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Go behind a sign that has to come."""
        found = self.next_sign()
        if found != sign:
            raise self.error(phrase("expected {sign}, got {found}", sign=sign, found=found or phrase("its end")))
        self._place += 1

    def parts(self, begin: str, end: str) -> Iterator[None]:
        """Stand before each part of a list or an object; the caller goes behind it."""
        self.take(begin)
        if self.next_sign() != end:
            yield
            while self.next_sign() == ",":
                self._place += 1
                yield
        self.take(end)

    def value(self) -> tuple[Any, str]:
        """The value that comes next, and its text."""
        self.next_sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._place)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self.error(phrase("it is cut off, or something is wrong there"), error.pos) from error
                continue
            except RecursionError as error:
                raise self.error(phrase("it is nested too deep")) from error
            if self._is_whole(end) or not self._more():
                written = self._held[self._place : end]
                self._place = end
                return value, written

    def _is_whole(self, end: int) -> bool:
        """Whether nothing that comes can belong to a value that ends there: of a number more digits could."""
        return end < len(self._held) and (self._held[end - 1] in _CLOSING or self._held[end] not in _NUMBER)

    def error(self, what: object, place: int | None = None) -> InputError:
        """What is wrong, and where."""
        at = self._before + (self._place if place is None else place)
        return InputError(
            phrase("{path} is not valid JSON at character {at}: {what}", path=self._path, at=at + 1, what=what),
            hint=phrase("the file may be cut off or damaged"),
        )

    def _more(self) -> bool:
        """Hold more of the text, at least as much again; drops what was gone through."""
        if self._is_over:
            return False
        self._before += self._place
        left = self._held[self._place :]
        self._held, self._place = "", 0
        if len(left) > LONGEST_RECORD:
            raise InputError(
                phrase(
                    "{path}: a value at character {at} is longer than {most:,} characters",
                    path=self._path,
                    at=self._before + 1,
                    most=LONGEST_RECORD,
                ),
                hint=phrase("export a list of records, or JSON lines: one record a line"),
            )
        chunk = self._file.read(max(_CHUNK, len(left)))
        self._is_over = not chunk
        self._held = left + self._decoder.decode(chunk, final=not chunk)
        return True
