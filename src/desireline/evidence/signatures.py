"""Which interactions of a part count for which steps of a map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from desireline.interactions import Condition, fields_of
from desireline.journeys.marks import CodeMarks, Marks, make_marks
from desireline.journeys.model import Names, Part
from desireline.kernels.alignment import Signed, look_up, refine
from desireline.kernels.arrays import read_only
from desireline.store import Workspace

MarksOf = Callable[[Names], Marks]
"""Gives the marks of a condition when the names are known that an engine has codes for."""
CODED = frozenset({"touchpoint", "channel", "stage"})
"""What the index has codes for; other fields are looked up in the log."""


def marks_in(workspace: Workspace, condition: Condition) -> MarksOf:
    """The marks of a condition; what has to be looked up in the log is looked up now, once."""
    if fields_of(condition) <= CODED:
        return partial(make_marks, workspace, condition)
    return _Known(make_marks(workspace, condition, Names((), ())))


@dataclass(frozen=True, slots=True)
class _Known:
    marks: Marks

    def __call__(self, names: Names) -> Marks:
        return self.marks


@dataclass(frozen=True, slots=True, eq=False)
class Signatures:
    """Finds for every interaction the steps whose conditions it meets. Can be pickled.

    Attributes
    ----------
    table
        int32[touchpoints, channels]: the set of steps by codes alone.
    sets
        The steps of each of these sets.
    marks
        Numbers of the steps that ask for more, and their conditions.
    """

    table: NDArray[np.int32]
    sets: tuple[tuple[int, ...], ...]
    marks: tuple[tuple[int, Marks], ...]

    def of(self, part: Part) -> Signed:
        """The sets of steps of the interactions of a part."""
        found, sets = look_up(read_only(part.touchpoints), read_only(part.channels), self.table), self.sets
        for step, marks in self.marks:
            met = marks.of(part.touchpoints, part.channels, part.arrivals)
            found, sets = _split(found, sets, met, step)
        offsets = np.cumsum([0, *(len(steps) for steps in sets)], dtype=np.int64)
        steps = np.array([step for steps in sets for step in sorted(steps)], np.int32)
        return Signed(read_only(found), read_only(offsets), read_only(steps))


def make_signatures(marks: Sequence[Marks], names: Names) -> Signatures:
    """What finds the steps of interactions.

    Parameters
    ----------
    marks
        The condition of each step.
    names
        What the codes mean that these marks are for.
    """
    flat = np.zeros(len(names.touchpoints) * len(names.channels), np.int32)
    sets: tuple[tuple[int, ...], ...] = ((),)
    others: list[tuple[int, Marks]] = []
    for step, each in enumerate(marks):
        if isinstance(each, CodeMarks):
            flat, sets = _split(flat, sets, each.met.ravel(), step)
        else:
            others.append((step, each))
    table = flat.reshape(len(names.touchpoints), len(names.channels))
    return Signatures(read_only(table), sets, tuple(others))


def _split(
    found: NDArray[np.int32], sets: tuple[tuple[int, ...], ...], met: NDArray[np.bool_], step: int
) -> tuple[NDArray[np.int32], tuple[tuple[int, ...], ...]]:
    refined, made = refine(read_only(found), read_only(met), len(sets))
    return refined, tuple((*sets[before // 2], step) if before % 2 else sets[before // 2] for before in made.tolist())
