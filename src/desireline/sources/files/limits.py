"""What reading a file may take: where its temporary files lie, and how much a packed one may unpack to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from desireline.base import InputError, phrase

LARGEST_UNPACKED = 200 * 10**9
_LARGEST_WORKBOOK = 4 * 10**9
"""A workbook is read into memory as a whole; a million full rows are below it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one piece of work.

    Attributes
    ----------
    folder
        Where temporary files lie; the system's folder for them by default.
    largest_unpacked
        The most bytes that a packed file may unpack to.
    """

    folder: Path | None = None
    largest_unpacked: int = LARGEST_UNPACKED


_NONE_SAID = Limits()
_limits: ContextVar[Limits] = ContextVar("limits", default=_NONE_SAID)


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Read files within these limits."""
    before = _limits.set(limits)
    try:
        yield
    finally:
        _limits.reset(before)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for temporary files; it is gone afterwards."""
    folder = _limits.get().folder
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)


def bounded(path: Path, unpacked: BinaryIO) -> BinaryIO:
    """The unpacked content of a file, until it is more than may be.

    Reading raises :class:`desireline.base.InputError` then.
    """
    return io.BufferedReader(_Bounded(path, unpacked), 1024 * 1024)


def check_workbook(path: Path, unpacked: int) -> None:
    """Refuse a workbook that would not fit into memory.

    Parameters
    ----------
    unpacked
        The bytes of all that is in it.

    Raises
    ------
    InputError
        It is too large.
    """
    most = min(_LARGEST_WORKBOOK, _limits.get().largest_unpacked)
    if unpacked > most:
        raise InputError(
            phrase(
                "{path} unpacks to {size:,} bytes, expected a workbook of at most {most:,}",
                path=path,
                size=unpacked,
                most=most,
            ),
            hint=phrase("save its sheet as CSV"),
        )


class _Bounded(io.RawIOBase):
    """Counts what is read."""

    def __init__(self, path: Path, unpacked: BinaryIO) -> None:
        self._path, self._unpacked = path, unpacked
        self._read, self._most = 0, _limits.get().largest_unpacked

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        chunk = self._unpacked.read(len(target))
        self._read += len(chunk)
        if self._read > self._most:
            raise InputError(
                phrase("{path} unpacks to more than {most:,} bytes", path=self._path, most=self._most),
                hint=phrase("is it what it should be? If so, raise [sources] largest_unpacked in desireline.toml"),
            )
        target[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._unpacked.close()
        super().close()
