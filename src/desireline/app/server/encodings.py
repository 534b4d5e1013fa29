"""Files of the build as they go over the line: with Brotli as the build left them, otherwise with gzip, made once."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_BROTLI_SUFFIX = ".br"
_WORTH_BYTES = 1_000
_COMPRESSED_ALREADY = frozenset({".woff2", ".png", ".jpg", ".webp", ".ico", _BROTLI_SUFFIX})
_MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Encoded:
    """The content of a file; ``encoding`` as in Content-Encoding, ``None`` where it is as it is."""

    content: bytes
    encoding: str | None


def encoded(file: Path, accepted: str) -> Encoded:
    """A file in the smallest form that a browser can read.

    Parameters
    ----------
    accepted
        Its header Accept-Encoding.
    """
    beside = file.with_name(file.name + _BROTLI_SUFFIX)
    if accepts(accepted, "br") and beside.is_file():
        return Encoded(beside.read_bytes(), "br")
    if accepts(accepted, "gzip") and file.suffix not in _COMPRESSED_ALREADY:
        state = file.stat()
        if state.st_size >= _WORTH_BYTES:
            return Encoded(_gzipped(file, state.st_mtime_ns), "gzip")
    return Encoded(file.read_bytes(), None)


def accepts(header: str, coding: str) -> bool:
    """Whether a header Accept-Encoding allows a coding (RFC 9110, 12.5.3); one that it does not name is not used.

    >>> accepts("gzip, br;q=0.9", "br"), accepts("gzip, br;q=0", "br"), accepts("*", "br")
    (True, False, False)
    """
    for each in header.split(","):
        name, *parameters = (part.strip().casefold() for part in each.split(";"))
        if name == coding:
            return not any(_is_zero(parameter) for parameter in parameters)
    return False


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name == "q" and value.strip("0.") == ""


@lru_cache(maxsize=_MOST_KEPT)
def _gzipped(file: Path, changed: int) -> bytes:
    """``changed`` tells a file from the one that had its name before."""
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
