"""How many customers come to a map and to each of its steps: which of its numbers are about too few to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress
from desireline.evidence.signatures import MarksOf, Signatures, make_signatures, marks_in
from desireline.journeys import Selection, ask
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.kernels.sessions import count_customers
from desireline.maps import JourneyMap
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class MapCustomers:
    """How many customers a map's numbers are of.

    Attributes
    ----------
    on_map
        Those who come to a step.
    at_steps
        By step that is bound: those with an interaction that meets its condition.
    """

    on_map: int
    at_steps: Mapping[str, int]


NOBODY = MapCustomers(0, {})


def customers_on_map(
    workspace: Workspace, journey_map: JourneyMap, selection: Selection, *, progress: Progress | None = None
) -> MapCustomers:
    """How many customers of a selection come to a map, and to each of its steps.

    Raises
    ------
    InputError
        The selection cannot be read.
    """
    bound = [(step.id, step.binding.where) for step in journey_map.steps if step.binding is not None]
    if not bound:
        return NOBODY
    steps = StepCustomersAnalysis(tuple(marks_in(workspace, where) for _, where in bound))
    on_map, *at_steps = ask(workspace, steps, selection, engine="local", progress=progress)
    return MapCustomers(on_map, {ident: count for (ident, _), count in zip(bound, at_steps, strict=True)})


@dataclass(frozen=True, slots=True, eq=False)
class StepCustomersAnalysis:
    """Counts the customers who come to any step, then those of each; ``marks``: the conditions, at least one."""

    marks: Sequence[MarksOf]

    def begin(self, names: Names) -> StepCustomersPass:
        """One reading."""
        return StepCustomersPass(make_signatures([each(names) for each in self.marks], names), len(self.marks))


@dataclass(frozen=True, slots=True, eq=False)
class StepCustomersPass(Pass[NDArray[np.int64], tuple[int, ...]]):
    """Each customer is in one part only: int64[1 + steps]."""

    signatures: Signatures
    steps: int

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """Of one part. O(steps · n)."""
        signed = self.signatures.of(spans.part)
        sets = len(signed.offsets) - 1
        has = np.zeros((1 + self.steps, sets), np.bool_)
        has[1 + signed.steps, np.repeat(np.arange(sets), np.diff(signed.offsets))] = True
        has[0] = has.any(axis=0)
        return np.array([_customers(spans, each[signed.signatures]) for each in has], np.int64)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[tuple[int, ...]]:
        """All, then in the order of the steps."""
        return Answer(tuple(state.tolist()))


def _customers(spans: Spans, met: NDArray[np.bool_]) -> int:
    hits = np.concatenate([[0], np.cumsum(met)])
    return int(count_customers(spans.owners[hits[spans.ends] > hits[spans.starts]]))
