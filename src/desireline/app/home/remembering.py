"""Answers that take long are worked out once, in a thread of their own, and kept for as long as what they were made from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from desireline.journeys.answering import check_answering
from desireline.store import Workspace

T = TypeVar("T")
MOST_KEPT = 64
_AT_ONCE = threading.BoundedSemaphore(2)
"""More at once would only make each slower; the others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Working:
    """How far the work is; ``None`` where that is not known."""

    step: str
    done: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Ready(Generic[T]):
    """The answer."""

    answer: T


class _Work:
    """One answer on its way; listens to its own progress."""

    def __init__(self, compute: Callable[[_Work], Any]) -> None:
        self.state = Working("starting", None, None)
        self.answer: Any = None
        self.error: Exception | None = None
        self.over = threading.Event()
        self._compute = compute
        threading.Thread(target=self._run, daemon=True, name="home").start()

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        """Say what is being done."""
        self.check()
        self.state = Working(what, done, total)

    def check(self) -> None:
        """Go on unless the server is being stopped."""
        check_answering()

    def note(self, what: str) -> None:
        """Nothing here asks about names."""

    def _run(self) -> None:
        try:
            with _AT_ONCE:
                self.answer = self._compute(self)
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asks
            self.error = error
        finally:
            self.over.set()


class Remembered:
    """Answers by what they depend on; the least recently asked for goes first."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self._most = most
        self._works: OrderedDict[Hashable, _Work] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, key: Hashable, compute: Callable[[Any], T], *, patience_seconds: float = 0.1) -> Ready[T] | Working:
        """The answer where it is known, or comes within the patience; otherwise how far the work is.

        Parameters
        ----------
        compute
            Called with a :class:`~desireline.base.Progress` that keeps what it is told; in another thread, once for a key.

        Raises
        ------
        Exception
            What ``compute`` raised, once; who asks again has it tried again.
        """
        with self._lock:
            work = self._works.get(key)
            if work is None:
                work = self._works[key] = _Work(compute)
                self._forget_old()
            self._works.move_to_end(key)
        if not work.over.wait(patience_seconds):
            return work.state
        if work.error is not None:
            with self._lock:
                if self._works.get(key) is work:
                    del self._works[key]
            raise work.error
        return Ready(cast(T, work.answer))

    def _forget_old(self) -> None:
        over = [key for key, work in self._works.items() if work.over.is_set()]
        for key in over[: max(len(self._works) - self._most, 0)]:
            del self._works[key]


def remembered_of(workspace: Workspace) -> Remembered:
    """What is remembered of a workspace in this process."""
    return _of_folder(workspace.folder.resolve())


@lru_cache(maxsize=16)
def _of_folder(folder: Path) -> Remembered:
    return Remembered()
