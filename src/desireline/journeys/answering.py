"""Answers of a workspace for a server: worked out once, kept while nothing changes, watched and cancelled while they are worked out."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from desireline.base import DesirelineError, Progress, WorkspaceError, phrase
from desireline.journeys.addresses import Question, question_named
from desireline.journeys.definitions import DEFINITIONS_FILE
from desireline.journeys.index.manifest import revision_of
from desireline.journeys.model import Result
from desireline.store import Workspace
from desireline.store.workspace import SETTINGS_FILE

R = TypeVar("R")
MOST_KEPT = 192
"""So many answers are kept, the latest that were asked for."""
MOST_AT_ONCE = max(2, os.cpu_count() or 1)
"""So many questions are worked out at the same time; others wait."""
WAITING = "waiting"
"""What is done until there is room."""
_LOOK_UP_SECONDS = 0.1
_stopping = threading.Event()


class QuestionCancelledError(DesirelineError):
    """Whoever asked does not want the answer any more."""

    code = "question.cancelled"


@dataclass(frozen=True, slots=True)
class Kept(Generic[R]):
    """An answer, and what was to be noted about the question: names in it that no interaction has."""

    answer: R
    notes: tuple[str, ...]


@dataclass(slots=True)
class Run:
    """A question that is being worked out.

    Attributes
    ----------
    what
        What is being done.
    done, total
        How far that is; ``None`` where it is not known.
    """

    what: str = WAITING
    done: int | None = None
    total: int | None = None
    notes: list[str] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        """See :class:`~desireline.base.Progress`.

        Raises
        ------
        QuestionCancelledError
            It was cancelled.
        """
        self.check()
        self.what, self.done, self.total = what, done, total

    def check(self) -> None:
        """See :class:`~desireline.base.Cancellable`.

        Raises
        ------
        QuestionCancelledError
            It was cancelled.
        WorkspaceError
            See :func:`stop_answering`.
        """
        check_answering()
        if self.cancelled.is_set():
            raise QuestionCancelledError(phrase("the question was cancelled"), hint=phrase("ask it again"))

    def note(self, what: str) -> None:
        """See :class:`~desireline.base.Progress`."""
        self.notes.append(what)


@dataclass(slots=True)
class _Shared:
    """What is kept of one folder, whoever has it open: answers, the keys that are worked on, the questions that run."""

    kept: OrderedDict[Hashable, Kept[Any]] = field(default_factory=OrderedDict)
    busy: dict[Hashable, threading.Lock] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    room: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(MOST_AT_ONCE))


class Answers:
    """The answers of one workspace.

    Questions that are equal are worked out once, also when they are asked at the same time.
    """

    def __init__(self, workspace: Workspace, shared: _Shared) -> None:
        self._workspace = workspace
        self._shared = shared

    def ask(self, question: Question, *, ticket: str | None = None) -> Kept[Result]:
        """The answer to a question.

        Parameters
        ----------
        ticket
            Under which it can be watched and cancelled.

        Raises
        ------
        QuestionCancelledError
            It was cancelled.
        InputError
            It cannot be asked so.
        """

        def work(progress: Progress) -> Result:
            return question_named(question.name)(self._workspace, **question.keywords(), progress=progress)

        return self.keep(question, work, ticket=ticket)

    def keep(self, key: Hashable, work: Callable[[Progress], R], *, ticket: str | None = None) -> Kept[R]:
        """What ``work`` gives, or gave for this key as long as log, customers, definitions and settings are the same."""
        whole = (state_of(self._workspace), key)
        found = self._find(whole)
        if found is not None:
            return found
        with self._running(ticket) as run, self._alone(whole, run):
            found = self._find(whole)
            if found is None:
                with self._among_few(run):
                    found = Kept(work(run), tuple(dict.fromkeys(run.notes)))
                self._add(whole, found)
            return found

    def progress(self, ticket: str) -> Run | None:
        """The question that is worked out under a ticket."""
        return self._shared.runs.get(ticket)

    def cancel(self, ticket: str) -> bool:
        """Stop working out a question; whether there was one."""
        run = self._shared.runs.get(ticket)
        if run is not None:
            run.cancelled.set()
        return run is not None

    def _find(self, key: Hashable) -> Kept[Any] | None:
        with self._shared.lock:
            found = self._shared.kept.get(key)
            if found is not None:
                self._shared.kept.move_to_end(key)
            return found

    def _add(self, key: Hashable, kept: Kept[Any]) -> None:
        with self._shared.lock:
            self._shared.kept[key] = kept
            while len(self._shared.kept) > MOST_KEPT:
                self._shared.kept.popitem(last=False)

    @contextmanager
    def _running(self, ticket: str | None) -> Iterator[Run]:
        run = Run()
        if ticket is not None:
            self._shared.runs[ticket] = run
        try:
            yield run
        finally:
            if ticket is not None and self._shared.runs.get(ticket) is run:
                del self._shared.runs[ticket]

    @contextmanager
    def _alone(self, key: Hashable, run: Run) -> Iterator[None]:
        """Hold a key, so that equal questions wait for the first of them."""
        with self._shared.lock:
            busy = self._shared.busy.setdefault(key, threading.Lock())
        while not busy.acquire(timeout=_LOOK_UP_SECONDS):
            run.step(WAITING)
        try:
            yield
        finally:
            with self._shared.lock:
                self._shared.busy.pop(key, None)
            busy.release()

    @contextmanager
    def _among_few(self, run: Run) -> Iterator[None]:
        while not self._shared.room.acquire(timeout=_LOOK_UP_SECONDS):
            run.step(WAITING)
        try:
            run.step("beginning")
            yield
        finally:
            self._shared.room.release()


def stop_answering() -> None:
    """From now on nothing is worked out any more in this process, because it is to end: what is under way ends with an error."""
    _stopping.set()


def check_answering() -> None:
    """Go on unless the process is to end.

    Raises
    ------
    WorkspaceError
        See :func:`stop_answering`.
    """
    if _stopping.is_set():
        raise WorkspaceError(phrase("the server is being stopped"), hint=phrase("ask again once it runs again"))


def state_of(workspace: Workspace) -> Hashable:
    """What every answer depends on: log, customers, taxonomy, journey definitions, settings."""
    files = (workspace.folder / name for name in (DEFINITIONS_FILE, SETTINGS_FILE))
    return revision_of(workspace), tuple(_stamp(path) for path in files)


def answers_of(workspace: Workspace) -> Answers:
    """The answers of an open workspace: kept for everybody in this process, asked with the settings that this one has."""
    return Answers(workspace, _shared(workspace.folder.resolve()))


@lru_cache(maxsize=4)
def _shared(folder: Path) -> _Shared:
    return _Shared()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
