"""Which interactions of a part meet a condition.

What only asks for touchpoints, channels and stages is answered from the codes of the index. Anything else is looked up in the
log once, and remembered as one bit for each interaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desireline.interactions import (
    All,
    Any_,
    Comparison,
    Condition,
    Not,
    condition_test,
    fields_of,
    matching_arrivals,
    read_taxonomy,
)
from desireline.journeys.model import Names
from desireline.kernels.arrays import read_only
from desireline.kernels.selecting import marks_of_arrivals, marks_of_codes, pack_mask
from desireline.store import Workspace

_CODED = frozenset({"touchpoint", "channel", "stage"})
_REMEMBERED = 8


class Marks(Protocol):
    """Says of interactions whether each meets a condition. Can be pickled."""

    def of(
        self, touchpoints: NDArray[np.uint16], channels: NDArray[np.uint8], arrivals: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Codes and arrival numbers of n interactions -> bool[n]."""


@dataclass(frozen=True, slots=True, eq=False)
class CodeMarks:
    """``met``: bool[touchpoints, channels]."""

    met: NDArray[np.bool_]

    def of(
        self, touchpoints: NDArray[np.uint16], channels: NDArray[np.uint8], arrivals: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """See :meth:`Marks.of`."""
        return marks_of_codes(read_only(touchpoints), read_only(channels), read_only(self.met))


@dataclass(frozen=True, slots=True, eq=False)
class ArrivalMarks:
    """``bitmap``: see :func:`desireline.kernels.selecting.pack_mask`."""

    bitmap: NDArray[np.uint8]

    def of(
        self, touchpoints: NDArray[np.uint16], channels: NDArray[np.uint8], arrivals: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """See :meth:`Marks.of`."""
        return marks_of_arrivals(read_only(arrivals), read_only(self.bitmap))


def make_marks(workspace: Workspace, condition: Condition, names: Names) -> Marks:
    """The marks of a condition.

    Parameters
    ----------
    names
        What the codes mean that the marks will be asked about.
    """
    if fields_of(condition) <= _CODED:
        shape = (len(names.touchpoints), len(names.channels))
        return CodeMarks(np.ascontiguousarray(np.broadcast_to(_met(condition, names), shape)))
    return _looked_up(
        _Asked(
            workspace.folder.resolve(),
            workspace.log.version(),
            read_taxonomy(workspace).revision(),
            condition,
            workspace,
        )
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an answer from the log depends on; and whose log it is."""

    folder: Path
    version: int
    taxonomy: str
    condition: Condition
    workspace: Workspace = field(compare=False)


@lru_cache(maxsize=_REMEMBERED)
def _looked_up(asked: _Asked) -> ArrivalMarks:
    return ArrivalMarks(pack_mask(matching_arrivals(asked.workspace, asked.condition)))


def _met(condition: Condition, names: Names) -> NDArray[np.bool_]:
    """By touchpoint and channel, as an array that can be broadcast to that."""
    match condition:
        case Comparison(field=name):
            test = condition_test(condition)
            if name == "channel":
                return np.array([[test({name: channel}) for channel in names.channels]], np.bool_)
            values = names.touchpoints if name == "touchpoint" else _stages(names)
            return np.array([[test({name: value})] for value in values], np.bool_).reshape(-1, 1)
        case Not(part):
            return ~_met(part, names)
        case All(parts):
            met = np.ones((1, 1), np.bool_)
            for each in parts:
                met = met & _met(each, names)
            return met
        case Any_(parts):
            met = np.zeros((1, 1), np.bool_)
            for each in parts:
                met = met | _met(each, names)
            return met


def _stages(names: Names) -> list[str | None]:
    if not names.stage_of:
        return [None] * len(names.touchpoints)
    return [names.stages[stage] if stage >= 0 else None for stage in names.stage_of]
