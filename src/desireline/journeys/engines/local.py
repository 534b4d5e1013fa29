"""The engine of one machine: threads over the buckets of the journey index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any, TypeVar

from desireline.base import Cancellable, Progress, SilentProgress
from desireline.journeys.engine import Analysis, Answer, Engine, Pass, combined, told_to
from desireline.journeys.fields import fields_of_analysis
from desireline.journeys.index import open_index, with_fields
from desireline.journeys.model import Names, Spans
from desireline.journeys.selection import Selection, span_sources
from desireline.journeys.spans import nothing
from desireline.kernels.memory import keep_freed_memory
from desireline.store import Workspace

S = TypeVar("S")
R = TypeVar("R")

SpanSource = Callable[[], Spans]
_MOST_TASKS = 64


class LocalEngine(Engine):
    """Runs analyses in threads of this process: the kernels release the interpreter lock.

    Parameters
    ----------
    threads
        How many parts to work on at once; ``None``: one for each processor.

    Each task takes some neighbouring parts. How they are grouped, and the order in which states are combined,
    depend on the number of parts alone.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        """See the class."""
        self._threads = threads or cpu_count() or 1
        keep_freed_memory()

    def ask(
        self,
        workspace: Workspace,
        analysis: Analysis[R],
        selection: Selection,
        *,
        progress: Progress | None = None,
    ) -> R:
        """See :meth:`Engine.ask`. The index is built first where it is not up to date."""
        index = open_index(workspace, progress=progress)
        index = with_fields(workspace, index, fields_of_analysis(analysis), progress=progress)
        sources = span_sources(workspace, index, selection)
        return self.run(analysis, sources, names=index.names, progress=progress)

    def close(self) -> None:
        """Nothing is held."""

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
            Told after each task how many parts of the pass are done; asked before states are combined whether to go on.
        """
        outcome: Answer[R] | Pass[Any, R] = analysis.begin(names)
        listener = progress or SilentProgress()
        number = 0
        with ThreadPoolExecutor(self._threads) as pool:
            while not isinstance(outcome, Answer):
                number += 1
                step = _Step(listener, number, len(parts))
                state = _read(outcome, parts, pool=pool, progress=step)
                step.check()
                with told_to(listener):
                    outcome = outcome.conclude(state)
        return outcome.result


@dataclass(frozen=True, slots=True)
class _Step:
    listener: Progress
    number: int
    total: int

    def __call__(self, done: int) -> None:
        self.listener.step(f"reading journeys (pass {self.number})", done=done, total=self.total)

    def check(self) -> None:
        """End the work where nobody wants it any more."""
        if isinstance(self.listener, Cancellable):
            self.listener.check()


def _read(
    reading: Pass[S, R],
    parts: Sequence[SpanSource],
    *,
    pool: ThreadPoolExecutor,
    progress: _Step,
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

    return combined(reading, finished(), before_each=progress.check)
