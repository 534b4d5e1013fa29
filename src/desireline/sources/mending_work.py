"""What is being done with waiting rows now, so that a page can show how far it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from desireline.base import Progress
from desireline.store import Workspace


class MendingWork(Struct, frozen=True):
    """What is being done; ``done`` and ``total`` in records where they are known.

    Attributes
    ----------
    running
        Whether anything is.
    """

    running: bool = False
    what: str = ""
    done: int | None = None
    total: int | None = None


_WORK: dict[Path, MendingWork] = {}
_LOCK = threading.Lock()


class _Listener:
    """Keeps the last step where others can read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        with _LOCK:
            _WORK[self._folder] = MendingWork(True, what.rpartition(": ")[2], done, total)

    def note(self, what: str) -> None:
        """Nothing of what is done here has notes."""


@contextmanager
def at_work(workspace: Workspace) -> Iterator[Progress]:
    """A listener for work on the rows of a workspace; while it goes on, :func:`work_of` tells of it."""
    folder = workspace.folder.resolve()
    listener = _Listener(folder)
    listener.step("")
    try:
        yield listener
    finally:
        with _LOCK:
            _WORK.pop(folder, None)


def work_of(workspace: Workspace) -> MendingWork:
    """What is being done with the waiting rows of a workspace."""
    with _LOCK:
        return _WORK.get(workspace.folder.resolve(), MendingWork())
