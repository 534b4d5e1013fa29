"""Running an analysis over all parts of an index.

An analysis is one or more *passes*. A pass reads every part once: ``partial`` makes a state from the spans of
one part, ``combine`` adds two states up, ``conclude`` turns the state of everything into the answer, or into
a further pass (an exact median takes a histogram first, then the few values around the middle). States are
plain arrays and dataclasses and the passes can be pickled, so that any engine can run them: threads here,
tasks of a cluster elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any, Generic, Protocol, TypeVar

from desireline.base import Progress, SilentProgress
from desireline.journeys.model import Names, Spans
from desireline.journeys.spans import nothing

S = TypeVar("S")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

SpanSource = Callable[[], Spans]
_MOST_TASKS = 64


@dataclass(frozen=True, slots=True)
class Answer(Generic[R_co]):
    """What a last pass concludes."""

    result: R_co


class Pass(Protocol[S, R_co]):
    """One reading of all parts."""

    def partial(self, spans: Spans) -> S:
        """The state of one part. Works for a part without interactions; runs in a thread of its own."""

    def combine(self, first: S, second: S) -> S:
        """The state of two disjoint sets of parts, in any order (sums of floats: but for rounding)."""

    def conclude(self, state: S) -> Answer[R_co] | Pass[Any, R_co]:
        """The answer, or the pass that comes next."""


class Analysis(Protocol[R_co]):
    """A question about spans, with its settings."""

    def begin(self, names: Names) -> Pass[Any, R_co]:
        """The first pass.

        Raises
        ------
        UnknownNameError
            The settings name something that the index does not have.
        """


class Engine(Protocol):
    """Something that runs analyses."""

    def run(
        self,
        analysis: Analysis[R],
        parts: Sequence[SpanSource],
        *,
        names: Names,
        progress: Progress | None = None,
    ) -> R:
        """The result of an analysis over parts that share no customer.

        Parameters
        ----------
        analysis
            What to find out.
        parts
            Each gives its spans when it is called, once in every pass; none at all is allowed.
        names
            What the codes in the parts mean.
        progress
            Told after each task how many parts of the pass are done.
        """


class LocalEngine:
    """Runs analyses in threads of this process: the kernels release the interpreter lock.

    Parameters
    ----------
    threads
        How many parts to work on at once; ``None``: one for each processor.

    Each task takes some neighbouring parts; how they are grouped, and the order in which states are combined,
    depend on the number of parts alone, so that the same index gives the same digits with any number of
    threads.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        """See the class."""
        self._threads = threads or cpu_count() or 1

    def run(
        self,
        analysis: Analysis[R],
        parts: Sequence[SpanSource],
        *,
        names: Names,
        progress: Progress | None = None,
    ) -> R:
        """See :meth:`Engine.run`."""
        outcome: Answer[R] | Pass[Any, R] = analysis.begin(names)
        listener = progress or SilentProgress()
        number = 0
        with ThreadPoolExecutor(self._threads) as pool:
            while not isinstance(outcome, Answer):
                number += 1
                state = _read(outcome, parts, pool=pool, progress=_Step(listener, number, len(parts)))
                outcome = outcome.conclude(state)
        return outcome.result


@dataclass(frozen=True, slots=True)
class _Step:
    listener: Progress
    number: int
    total: int

    def __call__(self, done: int) -> None:
        self.listener.step(f"reading journeys (pass {self.number})", done=done, total=self.total)


def _read(
    reading: Pass[S, R],
    parts: Sequence[SpanSource],
    *,
    pool: ThreadPoolExecutor,
    progress: Callable[[int], None],
) -> S:
    """The state of all parts. Work that has not begun is dropped when a part fails."""
    size = -(-len(parts) // _MOST_TASKS) or 1
    tasks = [parts[start : start + size] for start in range(0, len(parts), size)] or [[nothing]]

    def work(task: Sequence[SpanSource]) -> S:
        return combined(reading, (reading.partial(part()) for part in task))

    def finished() -> Iterable[S]:
        for number, state in enumerate(pool.map(work, tasks), start=1):
            progress(min(number * size, len(parts)))
            yield state

    return combined(reading, finished())


def combined(reading: Pass[S, R], states: Iterable[S]) -> S:
    """Combine states as a balanced tree, in their order, keeping few of them at a time.

    Parameters
    ----------
    reading
        The pass whose states these are.
    states
        At least one.
    """
    tree: list[tuple[int, S]] = []
    for state in states:
        tree.append((1, state))
        while len(tree) > 1 and tree[-2][0] == tree[-1][0]:
            (size, left), (_, right) = tree[-2:]
            tree[-2:] = [(2 * size, reading.combine(left, right))]
    _, whole = tree.pop()
    while tree:
        whole = reading.combine(tree.pop()[1], whole)
    return whole
