"""Touchpoints that a question names, or that meet a condition, among those of the index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.interactions import Condition, condition_test
from desireline.journeys.model import Names
from desireline.kernels.arrays import read_only

_SHOWN_NAMES = 12


def marks_of_touchpoints(wanted: Sequence[str], known: tuple[str, ...], *, role: str) -> NDArray[np.bool_]:
    """Which codes are those of some touchpoints.

    Parameters
    ----------
    wanted, known
        Names that are asked for, and those of the index by code.
    role
        What they are to the question, for the message: "outcomes".

    Returns
    -------
    bool[codes], read-only.

    Raises
    ------
    UnknownNameError
        Names that are no touchpoints; all of them are listed, with the nearest known ones.
    """
    unknown = sorted(set(wanted).difference(known))
    if unknown:
        listed = ", ".join(repr(name) for name in unknown)
        raise UnknownNameError(
            phrase("expected names of touchpoints as {role}, got {listed}", role=role, listed=listed),
            hint=_hint(unknown, known),
        )
    return read_only(np.array([name in wanted for name in known], np.bool_))


def _hint(unknown: Sequence[str], known: tuple[str, ...]) -> str:
    close = list(dict.fromkeys(match for name in unknown for match in closest_names(name, known)))
    if close:
        return phrase("did you mean {close}?", close=", ".join(map(repr, close)))
    if not known:
        return phrase("there are no interactions yet")
    shown = ", ".join(repr(name) for name in known[:_SHOWN_NAMES])
    return phrase("touchpoints: {known}", known=shown + (" …" if len(known) > _SHOWN_NAMES else ""))


def marks_of_condition(condition: Condition, names: Names) -> NDArray[np.bool_]:
    """Which touchpoints in which channels meet a condition on touchpoint, channel and stage: bool[touchpoints, channels], read-only."""
    stages = [None if place < 0 else names.stages[place] for place in names.stage_of] or [None] * len(names.touchpoints)
    return _marks(condition, names.touchpoints, names.channels, tuple(stages))


@lru_cache(maxsize=64)
def _marks(
    condition: Condition, touchpoints: tuple[str, ...], channels: tuple[str, ...], stages: tuple[str | None, ...]
) -> NDArray[np.bool_]:
    """Kept: a page of figures asks for the same ones dozens of times."""
    test = condition_test(condition)
    met = [
        [bool(test({"touchpoint": touchpoint, "channel": channel, "stage": stage})) for channel in channels]
        for touchpoint, stage in zip(touchpoints, stages, strict=True)
    ]
    return read_only(np.array(met, np.bool_).reshape(len(touchpoints), len(channels)))
