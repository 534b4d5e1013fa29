"""Several questions in one reading: each part of the index is taken up once, while it is in the cache of the processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress
from desireline.journeys.engine import Analysis, Answer, Pass
from desireline.journeys.engines.local import LocalEngine
from desireline.journeys.fields import FieldSource, fields_of_analysis
from desireline.journeys.index import open_index, with_fields
from desireline.journeys.model import Names, Part, Spans
from desireline.journeys.selection import Cutter, Selection, make_cutter
from desireline.journeys.spans import life
from desireline.store import Workspace

Question = tuple[Analysis[Any], Selection]


def ask_together(
    workspace: Workspace, questions: Sequence[Question], *, progress: Progress | None = None
) -> tuple[Any, ...]:
    """The results of several analyses, each of its own selection, in their order; the same as asking one after the other.

    Questions that need a further pass, for exact medians, take it together. Threads of this process do it, whatever engine
    is chosen.

    Raises
    ------
    InputError
        A selection or an analysis names something that is not there.
    """
    index = open_index(workspace, progress=progress)
    wanted = {name: None for analysis, _ in questions for name in fields_of_analysis(analysis)}
    index = with_fields(workspace, index, tuple(wanted), progress=progress)
    cutters: list[Cutter] = []
    for place, (_, selection) in enumerate(questions):
        same = [other for other, (_, known) in zip(cutters, questions[:place], strict=True) if known == selection]
        cutters.append(same[0] if same else make_cutter(workspace, selection, index.names))
    analysis = Together(tuple(analysis for analysis, _ in questions), tuple(cutters))
    lives = [partial(life, part) for part in index.parts]
    return LocalEngine().run(analysis, lives, names=index.names, progress=progress)


@dataclass(frozen=True, slots=True)
class Together:
    """Several analyses as one; each cuts its own spans out of a part."""

    analyses: tuple[Analysis[Any], ...]
    cutters: tuple[Cutter, ...]

    def begin(self, names: Names) -> TogetherPass:
        """The first pass of each."""
        return TogetherPass(tuple(analysis.begin(names) for analysis in self.analyses), self.cutters)


@dataclass(frozen=True, slots=True)
class TogetherPass:
    """One pass of each analysis that has no answer yet; the state is that of each, ``None`` where there is one."""

    outcomes: tuple[Answer[Any] | Pass[Any, Any], ...]
    cutters: tuple[Cutter, ...]

    def partial(self, spans: Spans) -> tuple[Any, ...]:
        """The states of one part. Equal selections share their spans."""
        part = _read_once(spans.part)
        cut: dict[int, Spans] = {}
        states: list[Any] = []
        for outcome, cutter in zip(self.outcomes, self.cutters, strict=True):
            if isinstance(outcome, Answer):
                states.append(None)
                continue
            first = next(place for place, other in enumerate(self.cutters) if other is cutter)
            if first not in cut:
                cut[first] = cutter(part)
            states.append(outcome.partial(cut[first]))
        return tuple(states)

    def combine(self, first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
        """Each of its own."""
        pairs = zip(self.outcomes, first, second, strict=True)
        return tuple(None if isinstance(outcome, Answer) else outcome.combine(a, b) for outcome, a, b in pairs)

    def conclude(self, state: tuple[Any, ...]) -> TogetherPass | Answer[tuple[Any, ...]]:
        """The answers, when all have one."""
        pairs = zip(self.outcomes, state, strict=True)
        outcomes = tuple(outcome if isinstance(outcome, Answer) else outcome.conclude(each) for outcome, each in pairs)
        answers = [outcome.result for outcome in outcomes if isinstance(outcome, Answer)]
        return Answer(tuple(answers)) if len(answers) == len(outcomes) else TogetherPass(outcomes, self.cutters)


@dataclass(frozen=True, slots=True, eq=False)
class _ReadOnce:
    """The fields of one part, each looked up once, however many questions ask for it."""

    source: FieldSource
    arrivals: NDArray[np.int64]
    found: dict[str, NDArray[Any]] = field(default_factory=dict)

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        """See :meth:`FieldSource.of`; of chosen interactions of the part they are looked up each time."""
        if _place(arrivals) != _place(self.arrivals):
            return self.source.of(name, arrivals)
        if name not in self.found:
            self.found[name] = self.source.of(name, arrivals)
        return self.found[name]


def _read_once(part: Part) -> Part:
    return part if part.source is None else replace(part, source=_ReadOnce(part.source, part.arrivals))


def _place(array: NDArray[np.int64]) -> tuple[int, int]:
    """Where an array is in memory, and how long it is: two of one place that exist at once are views of one array."""
    return array.ctypes.data, len(array)
