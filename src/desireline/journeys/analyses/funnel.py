"""How many customers come through ordered steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names
from desireline.journeys.analyses.medians import FINEST_BITS, Medians, Middles, MiddlesPass
from desireline.journeys.engine import Pass
from desireline.journeys.model import Funnel, FunnelStep, Names, Spans
from desireline.kernels.funnel import MOST_STEPS, loose_waits, strict_waits
from desireline.kernels.medians import Measures, bracket_middles, histogram

FunnelOrder = Literal["loose", "strict"]
FunnelSteps = Sequence[str | Sequence[str]]
_SHOWN_NAMES = 12
_NO_WINDOW = np.iinfo(np.int64).max
_KERNELS = {"loose": loose_waits, "strict": strict_waits}


@dataclass(frozen=True, slots=True)
class FunnelAnalysis:
    """Customers who reach each of several touchpoints in order.

    An attempt starts at an interaction of step 1, in any span of a customer, and takes the earliest later
    interaction of the same span that matches each next step. It reaches a step if that lies at most
    ``window`` after its start. A customer counts at a step if any attempt reaches it. "Later" is later in the
    order of time, then arrival: equal times count, and one interaction serves one step of an attempt. The
    median wait of a step is over the customers who reached it: the time from the step before, in the attempt
    that reached it first (of several at the same interaction, the one that started last).

    Parameters
    ----------
    steps
        1 to 32 touchpoints by name; several names in one step mean any of them. A touchpoint may come again.
    window
        From the first step to the last, included; ``None``: no limit.
    order
        "loose": anything may lie between two steps. "strict": each step must directly follow the one before.
    """

    steps: FunnelSteps
    window: timedelta | None = None
    order: FunnelOrder = "loose"

    def begin(self, names: Names) -> Pass[Any, Funnel]:
        """Find the steps among the names.

        Raises
        ------
        InputError
            There are no steps, or too many, or one without a name.
        UnknownNameError
            Steps that are no touchpoints; all of them are listed.
        """
        steps = [(step,) if isinstance(step, str) else tuple(step) for step in self.steps]
        if not 1 <= len(steps) <= MOST_STEPS or not all(steps):
            raise InputError(f"expected 1 to {MOST_STEPS} steps of a funnel, each with a name, got {len(steps)}")
        _check_names([name for step in steps for name in step], names.touchpoints)
        window = _NO_WINDOW if self.window is None else self.window // timedelta(microseconds=1)
        matches = _matches(steps, names.touchpoints)
        return FunnelPass(tuple(" | ".join(step) for step in steps), matches, window, self.order)


@dataclass(frozen=True, slots=True)
class FunnelPass(Pass[NDArray[np.int64], Funnel]):
    """Counts waits by step; the state, int64[steps, bins], also says how many customers reached a step.

    ``matches``: uint32[touchpoints], see the kernel. ``window``: microseconds.
    """

    names: tuple[str, ...]
    matches: NDArray[np.uint32]
    window: int
    order: FunnelOrder

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """The histograms of one part."""
        groups, values = self.measure(spans)
        steps = len(self.names)
        return histogram(groups, values, _each(steps), steps, FINEST_BITS).astype(np.int64)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of two histograms."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Pass[Any, Funnel]:
        """Go on to the median waits."""
        sizes = state.sum(axis=1)
        brackets = bracket_middles(state, _each(len(self.names)), sizes, bits=FINEST_BITS)
        return MiddlesPass(Middles(self.measure, FunnelAnswer(self.names, sizes), sizes), brackets)

    def measure(self, spans: Spans) -> Measures:
        """The waits of the customers who reached a step, in the group of that step."""
        waits = self.waits(spans)
        customers, steps = np.nonzero(waits >= 0)
        return Measures(steps.astype(np.int32), waits[customers, steps])

    def waits(self, spans: Spans) -> NDArray[np.int64]:
        """Microseconds before each step, int64[customers of the part, steps]; -1 where it was not reached."""
        part = spans.part
        return _KERNELS[self.order](
            part.touchpoints,
            part.times,
            spans.offsets,
            spans.owners,
            self.matches,
            len(part.customers),
            len(self.names),
            self.window,
        )


@dataclass(frozen=True, slots=True)
class FunnelAnswer:
    """Makes the result when the median waits are known."""

    names: tuple[str, ...]
    customers: NDArray[np.int64]

    def __call__(self, medians: Medians) -> Funnel:
        """The result; ``medians`` are in seconds, that of the first step means nothing."""
        entered = max(int(self.customers[0]), 1)
        waits = [np.nan, *medians[1:].tolist()]
        return Funnel(
            tuple(
                FunnelStep(name, customers, customers / entered, wait)
                for name, customers, wait in zip(self.names, self.customers.tolist(), waits, strict=True)
            )
        )


def _each(steps: int) -> NDArray[np.int32]:
    return np.arange(steps + 1, dtype=np.int32)


def _matches(steps: Sequence[tuple[str, ...]], touchpoints: tuple[str, ...]) -> NDArray[np.uint32]:
    matches = np.zeros(len(touchpoints), np.uint32)
    codes = {name: code for code, name in enumerate(touchpoints)}
    for number, step in enumerate(steps):
        for name in step:
            matches[codes[name]] |= np.uint32(1 << number)
    return matches


def _check_names(wanted: Sequence[str], known: tuple[str, ...]) -> None:
    unknown = sorted(set(wanted).difference(known))
    if not unknown:
        return
    close = list(dict.fromkeys(match for name in unknown for match in closest_names(name, known)))
    hint = "did you mean " + ", ".join(repr(name) for name in close) + "?" if close else None
    if hint is None:
        shown = ", ".join(repr(name) for name in list(known)[:_SHOWN_NAMES])
        hint = (
            f"touchpoints: {shown}{' …' if len(known) > _SHOWN_NAMES else ''}"
            if shown
            else "there are no interactions yet"
        )
    listed = ", ".join(repr(name) for name in unknown)
    raise UnknownNameError(f"expected names of touchpoints as steps of the funnel, got {listed}", hint=hint)
