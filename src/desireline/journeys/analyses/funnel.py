"""How many customers come through ordered steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names
from desireline.journeys.analyses.medians import Medians, Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Funnel, FunnelStep, Names, Spans
from desireline.kernels.funnel import MOST_STEPS, loose_waits, strict_waits
from desireline.kernels.medians import Measures

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
class FunnelCounts:
    """Customers who entered, and the waits before the later steps: the groups are steps, that of the first is empty."""

    entered: int
    waits: Values


@dataclass(frozen=True, slots=True)
class FunnelPass(Pass[FunnelCounts, Funnel]):
    """Counts waits by step, which also says how many customers reached a step.

    ``matches``: uint32[touchpoints], see the kernel. ``window``: microseconds.
    """

    names: tuple[str, ...]
    matches: NDArray[np.uint32]
    window: int
    order: FunnelOrder

    def partial(self, spans: Spans) -> FunnelCounts:
        """The counts of one part."""
        entered, waits = self._run(spans)
        return FunnelCounts(entered, Values.of(waits, len(self.names)))

    def combine(self, first: FunnelCounts, second: FunnelCounts) -> FunnelCounts:
        """The sums."""
        return FunnelCounts(first.entered + second.entered, first.waits + second.waits)

    def conclude(self, state: FunnelCounts) -> Answer[Funnel] | Pass[Any, Funnel]:
        """The answer, or a second reading for the median waits."""
        customers = state.waits.sizes()
        customers[0] = state.entered
        return state.waits.conclude(self.measure, FunnelAnswer(self.names, customers))

    def measure(self, spans: Spans) -> Measures:
        """The waits of the customers who reached a later step, in the group of that step."""
        return self._run(spans)[1]

    def _run(self, spans: Spans) -> tuple[int, Measures]:
        part = spans.part
        entered, steps, waits = _KERNELS[self.order](
            part.touchpoints,
            part.times,
            spans.starts,
            spans.ends,
            spans.owners,
            self.matches,
            len(self.names),
            self.window,
        )
        return entered, Measures(steps, waits)


@dataclass(frozen=True, slots=True)
class FunnelAnswer:
    """Makes the result when the median waits are known."""

    names: tuple[str, ...]
    customers: NDArray[np.int64]

    def __call__(self, medians: Medians) -> Funnel:
        """The result; ``medians`` are in seconds, the first step has none."""
        entered = max(int(self.customers[0]), 1)
        return Funnel(
            tuple(
                FunnelStep(name, customers, customers / entered, wait)
                for name, customers, wait in zip(self.names, self.customers.tolist(), medians.tolist(), strict=True)
            )
        )


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
