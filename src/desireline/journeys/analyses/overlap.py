"""How many customers are in each of two groups, and in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.selection import Cutter, Selection, make_cutter
from desireline.store import Workspace


class Overlap(NamedTuple):
    """Customers of the first group, of the second, and those in both."""

    first: int
    second: int
    in_both: int


@dataclass(frozen=True, slots=True)
class OverlapAnalysis:
    """Counts the customers that two selections have spans of. To be asked of everything.

    Parameters
    ----------
    workspace
        What the selections are read for.
    """

    workspace: Workspace
    first: Selection
    second: Selection

    def begin(self, names: Names) -> OverlapPass:
        """One pass counts everything.

        Raises
        ------
        InputError
            A selection cannot be read.
        """
        first, second = (make_cutter(self.workspace, each, names) for each in (self.first, self.second))
        return OverlapPass(first, second)


@dataclass(frozen=True, slots=True)
class OverlapPass(Pass[Overlap, Overlap]):
    """Counts customers."""

    first: Cutter
    second: Cutter

    def partial(self, spans: Spans) -> Overlap:
        """The counts of one part."""
        part = spans.part
        first, second = (np.unique(cut(part).owners) for cut in (self.first, self.second))
        in_both = np.intersect1d(first, second, assume_unique=True)
        return Overlap(len(first), len(second), len(in_both))

    def combine(self, first: Overlap, second: Overlap) -> Overlap:
        """The sums."""
        return Overlap(*(one + other for one, other in zip(first, second, strict=True)))

    def conclude(self, state: Overlap) -> Answer[Overlap]:
        """The counts."""
        return Answer(state)
