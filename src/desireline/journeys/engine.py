"""What an analysis is, and what runs it.

An analysis is one or more *passes*. A pass reads every part once: ``partial`` makes a state from the spans of
one part, ``combine`` adds two states up, ``conclude`` turns the state of everything into the answer, or into
a further pass (an exact median takes a histogram first, then the few values around the middle). States are
plain arrays and dataclasses and the passes can be pickled, so that any engine can run them: threads here,
tasks of a cluster elsewhere. The engines are in ``desireline.journeys.engines``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, runtime_checkable

from desireline.base import Progress
from desireline.journeys.model import Names, Spans

if TYPE_CHECKING:
    from desireline.journeys.selection import Selection
    from desireline.store import Workspace

S = TypeVar("S")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[R_co]):
    """What a last pass concludes."""

    result: R_co


class Pass(Protocol[S, R_co]):
    """One reading of all parts."""

    def partial(self, spans: Spans) -> S:
        """The state of one part. Works for a part without interactions; runs in a thread of its own."""

    def combine(self, first: S, second: S) -> S:
        """The state of two disjoint sets of parts; any order of combining leads to the same answer, digit by digit."""

    def conclude(self, state: S) -> Answer[R_co] | Pass[Any, R_co]:
        """The answer, or the pass that comes next."""


@runtime_checkable
class KeyedPass(Pass[S, R_co], Protocol):
    """A pass whose state grows with the data: counts by a key of which there may be millions, of which few are wanted.

    An engine may bring everything about a key to one place, and leave there what cannot matter:
    ``conclude(state)`` gives the same as ``conclude`` of the settled pieces, combined.
    """

    def split(self, state: S, pieces: int) -> Sequence[S]:
        """The state in so many pieces, by a hash of the key: a key is in the same piece of every state."""

    def settle(self, state: S) -> S:
        """Of a piece that has all of its keys: what :meth:`conclude` needs."""


class Analysis(Protocol[R_co]):
    """A question about spans, with its settings.

    One that looks at more of an interaction than touchpoint, channel and time has an attribute ``fields``: the names of
    :mod:`desireline.journeys.fields` that its passes ask parts for.
    """

    def begin(self, names: Names) -> Pass[Any, R_co]:
        """The first pass.

        Raises
        ------
        UnknownNameError
            The settings name something that the index does not have.
        """


class Engine(Protocol):
    """Something that runs analyses."""

    def ask(
        self,
        workspace: Workspace,
        analysis: Analysis[R],
        selection: Selection,
        *,
        progress: Progress | None = None,
    ) -> R:
        """The result of an analysis over the chosen interactions of a workspace: the same from every engine.

        Raises
        ------
        InputError
            The selection or the analysis names something that is not there.
        EngineError
            What the engine runs on is not there, or fails.
        """

    def close(self) -> None:
        """Give back what the engine holds."""


_LISTENER: ContextVar[Progress | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Progress) -> Iterator[None]:
    """Within the block :func:`concluding_step` tells this listener."""
    before = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(before)


def concluding_step(what: str, *, done: int, total: int) -> None:
    """Where concluding takes long, say how far it is; ends it where nobody wants the answer any more."""
    listener = _LISTENER.get()
    if listener is not None:
        listener.step(what, done=done, total=total)


def combined(reading: Pass[S, R], states: Iterable[S], *, before_each: Callable[[], None] | None = None) -> S:
    """Combine states as a balanced tree, in their order, keeping few of them at a time.

    Parameters
    ----------
    reading
        The pass whose states these are.
    states
        At least one.
    before_each
        Called before two states are combined; what it raises ends it.
    """

    def combine(first: S, second: S) -> S:
        if before_each is not None:
            before_each()
        return reading.combine(first, second)

    tree: list[tuple[int, S]] = []
    for state in states:
        tree.append((1, state))
        while len(tree) > 1 and tree[-2][0] == tree[-1][0]:
            (size, left), (_, right) = tree[-2:]
            tree[-2:] = [(2 * size, combine(left, right))]
    _, whole = tree.pop()
    while tree:
        whole = combine(tree.pop()[1], whole)
    return whole
