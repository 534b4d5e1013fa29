"""How many customers come through steps, how fast, who, and what those do who do not go on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.journeys.analyses.medians import FINEST_BITS
from desireline.journeys.analyses.quantiles import Quartiles, Spread
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import compare, share, sure_ones
from desireline.journeys.fields import values_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.funnel import (
    Funnel,
    FunnelDrop,
    FunnelGroup,
    FunnelOrder,
    FunnelStep,
    FunnelTimeBin,
    FunnelTimes,
    NextTouchpoint,
)
from desireline.kernels.arrays import read_only
from desireline.kernels.funnel import (
    MOST_STEPS,
    Attempts,
    Columns,
    Cut,
    Rules,
    any_order_attempts,
    known_before,
    loose_attempts,
    strict_attempts,
    times_until_return,
)
from desireline.kernels.medians import Measures
from desireline.kernels.quantiles import count_in_bins
from desireline.kernels.tallies import Tally, add, tally

FunnelSteps = Sequence[str | Sequence[str]]
MOST_GROUPS = 20
TIME_EDGES = (
    *(0.0, 1e-6, 1.0, 10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0),
    *(259_200.0, 604_800.0, 2_592_000.0, 7_776_000.0, 31_536_000.0),
)
"""Where the bins of times begin, in seconds: none at all, up to 1 and 10 seconds, 1 and 10 minutes, 1 and 6 hours, 1,
3, 7, 30, 90 and 365 days, and more."""
_MICROSECOND_EDGES = np.array([round(edge * 1e6) for edge in TIME_EDGES], np.int64)
_SHOWN_NAMES = 12
_NO_WINDOW = np.iinfo(np.int64).max
_KERNELS: Mapping[FunnelOrder, Callable[[Columns, Cut, Rules], Attempts]] = {
    "loose": loose_attempts,
    "strict": strict_attempts,
    "any": any_order_attempts,
}
_EXCLUSION = re.compile(r"(.+) between (\d+) and (\d+)")
_OTHERS = "others"
_TEXTS = ("source", "team", "agent", "direction", "actor", "outcome")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A touchpoint that takes an attempt out where it lies between two steps.

    Attributes
    ----------
    after, before
        Numbers of the two steps, from 1; by default the first and the last.
    """

    touchpoint: str
    after: int = 1
    before: int | None = None


@dataclass(frozen=True, slots=True)
class FunnelAnalysis:
    """Customers who reach each of several touchpoints, in order or in any order.

    An attempt is a choice of interactions of one span, one for each step, each later than the one before, the last at
    most ``window`` after the first. A customer reaches a step if any attempt does that has all steps up to it. "Later"
    is later in the order of time, then arrival: equal times count, and one interaction serves one step of an attempt.
    The time of a step is that since the step before, in the attempt that reached it first (of several at the same
    interaction, the one that started last). The exact definition with examples: docs/funnel.md.

    Parameters
    ----------
    steps
        1 to 32 touchpoints by name; several names in one step mean any of them. A touchpoint may come again.
    window
        From the first step to the last, included, zero allowed; ``None``: no limit.
    order
        "loose": anything may lie between two steps. "strict": each step must directly follow the one before. "any": the
        steps may be done in any order, and a customer reaches the k-th when k different ones are done; no touchpoint in
        two steps then.
    exclude
        What takes an attempt out where it lies between two steps; no touchpoint of a step. The steps before it stay
        reached.
    same
        A field that all interactions of an attempt have the same value of: "channel", "case", a text field,
        ``attributes.NAME``. One without a value is in no attempt; an excluded one takes out those of its value, without
        a value all.
    by
        A field by whose value at the first step customers are put into groups: "channel", "touchpoint", a text field,
        ``attributes.NAME``. The attempt that came farthest counts, the first such. Where its first step has no value, the
        last one that was known of the customer before it counts; what is known later does not, for the outcome may have
        brought it.
    dropped
        Whether to look at what those did who dropped, and who came back.
    """

    steps: FunnelSteps
    window: timedelta | None = None
    order: FunnelOrder = "loose"
    exclude: Sequence[str | Exclusion] = ()
    same: str | None = None
    by: str | None = None
    dropped: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        named = (check_field("same", self.same), check_field("by", self.by))
        return tuple(name for name in named if name is not None and name not in ("touchpoint", "channel"))

    def begin(self, names: Names) -> Pass[Any, Funnel]:
        """Find the steps among the names.

        Raises
        ------
        InputError
            There are no steps, or too many, or one without a name; they cannot be had in this order; an exclusion is
            one of them, or not between two of them; a field cannot be used so.
        UnknownNameError
            Steps or exclusions that are no touchpoints, all of them are listed; a field that there is not, or without
            any value.
        """
        steps = [(step,) if isinstance(step, str) else tuple(step) for step in self.steps]
        if not 1 <= len(steps) <= MOST_STEPS or not all(steps):
            raise InputError(
                phrase(
                    "expected 1 to {most} steps of a funnel, each with a name, got {count}",
                    most=MOST_STEPS,
                    count=len(steps),
                )
            )
        exclusions = [Exclusion(each) if isinstance(each, str) else each for each in self.exclude]
        _check_names(
            [name for step in steps for name in step], names.touchpoints, what=phrase("as steps of the funnel")
        )
        _check_names([each.touchpoint for each in exclusions], names.touchpoints, what=phrase("to be excluded"))
        _check_exclusions(exclusions, steps, self.order)
        for option, name in (("same", self.same), ("by", self.by)):
            check_field(option, name)
            if name not in (None, "case") and names.values.get(str(name)) == ():
                raise UnknownNameError(
                    phrase(
                        "{option}: expected a field that has values, got {name!r}, which is always empty",
                        option=option,
                        name=name,
                    )
                )
        if self.order == "any":
            _check_different(steps)
        window = _NO_WINDOW if self.window is None else self.window // timedelta(microseconds=1)
        rules = Rules(
            _bits(names.touchpoints, [(name, 1 << number) for number, step in enumerate(steps) for name in step]),
            _bits(names.touchpoints, [(each.touchpoint, _stops(each, len(steps))) for each in exclusions]),
            len(steps),
            window,
        )
        shown = _names_in_any_order(steps) if self.order == "any" else tuple(" | ".join(step) for step in steps)
        labels = () if self.by is None else _labels(self.by, names)
        touchpoints = names.touchpoints if self.dropped else ()
        return FunnelPass(shown, rules, self.order, self.same, self.by, labels, touchpoints)


def parse_exclusion(text: str) -> Exclusion:
    """Read "Call" or "Call between 2 and 3".

    >>> parse_exclusion("Call between 2 and 3")
    Exclusion(touchpoint='Call', after=2, before=3)
    """
    read = _EXCLUSION.fullmatch(text.strip())
    return Exclusion(read[1].strip(), int(read[2]), int(read[3])) if read else Exclusion(text)


def check_field(option: str, name: str | None) -> str | None:
    """The name of a field whose values can be compared; ``option``: "same" or "by".

    Raises
    ------
    UnknownNameError
        There is no such field.
    InputError
        Its values are numbers, or keys where they are to be shown.
    """
    if name is None or name in ("touchpoint", "channel"):
        return name
    try:
        kind = values_of(name)
    except UnknownNameError as error:
        close = closest_names(name, ["channel", "touchpoint", *(["case"] if option == "same" else []), *_TEXTS])
        hint = phrase("did you mean {close}?", close=", ".join(close)) if close else error.hint
        raise UnknownNameError(phrase("{option}: {message}", option=option, message=error.message), hint=hint) from None
    if kind == "number" or (kind == "key" and option == "by"):
        raise InputError(
            phrase(
                "{option}: expected a field with texts, such as channel or attributes.NAME, got {name!r}",
                option=option,
                name=name,
            )
        )
    return name


@dataclass(frozen=True, slots=True)
class FunnelCounts:
    """What is known of some parts.

    Attributes
    ----------
    levels
        int64[k]: customers by the last step that they reached.
    times
        Times by group, see :meth:`FunnelPass.measure`.
    bins
        int64[k, b]: the same times but those of returns, by bin.
    groups
        Customers by ``(code of the value + 1) * k`` + last step; empty without groups.
    nexts
        Customers by ``last step * (touchpoints + 1)`` + touchpoint that came next; empty where it is not asked for.
    without_same
        Customers who have the first step, but never with a value of ``same``.
    """

    levels: NDArray[np.int64]
    times: Spread
    bins: NDArray[np.int64]
    groups: Tally
    nexts: Tally
    without_same: int


@dataclass(frozen=True, slots=True)
class FunnelPass(Pass[FunnelCounts, Funnel]):
    """Looks at the attempts of every customer.

    Attributes
    ----------
    names
        Of the k steps.
    labels
        The values of ``by``, by code.
    touchpoints
        Names by code; empty where those who dropped are not looked at.
    """

    names: tuple[str, ...]
    rules: Rules
    order: FunnelOrder
    same: str | None
    by: str | None
    labels: tuple[str, ...]
    touchpoints: tuple[str, ...]

    def partial(self, spans: Spans) -> FunnelCounts:
        """The counts of one part."""
        steps = len(self.names)
        attempts = self.attempts(spans)
        times = self._times(spans, attempts)
        own = times.groups < steps
        return FunnelCounts(
            levels=np.bincount(attempts.levels, minlength=steps).astype(np.int64),
            times=Spread.of(times, 2 * steps if self.touchpoints else steps),
            bins=count_in_bins(times.groups[own], times.values[own], steps, _MICROSECOND_EDGES, FINEST_BITS),
            groups=tally(self.group_keys(spans, attempts)),
            nexts=tally(self._next_keys(spans, attempts)),
            without_same=self._without_same(spans, attempts),
        )

    def combine(self, first: FunnelCounts, second: FunnelCounts) -> FunnelCounts:
        """The sums."""
        return FunnelCounts(
            first.levels + second.levels,
            first.times + second.times,
            first.bins + second.bins,
            add(first.groups, second.groups),
            add(first.nexts, second.nexts),
            first.without_same + second.without_same,
        )

    def conclude(self, state: FunnelCounts) -> Answer[Funnel] | Pass[Any, Funnel]:
        """The answer, or a second reading for the quartiles."""
        counted = replace(state, times=Spread(state.times.cells.sum(axis=1, keepdims=True), None))
        return state.times.conclude(self.measure, partial(_funnel, self, counted))

    def measure(self, spans: Spans) -> Measures:
        """Microseconds by group: 0 from first step to last, s from step s - 1 to s, k + s from step s to the return."""
        return self._times(spans, self.attempts(spans))

    def attempts(self, spans: Spans) -> Attempts:
        """Of every customer who entered the attempt that came farthest."""
        return _KERNELS[self.order](self._columns(spans), Cut(spans.starts, spans.ends, spans.owners), self.rules)

    def _columns(self, spans: Spans) -> Columns:
        keys = np.zeros(0, np.int64) if self.same is None else _codes(spans, self.same).astype(np.int64)
        return Columns(spans.part.touchpoints, spans.part.times, read_only(keys))

    def _times(self, spans: Spans, attempts: Attempts) -> Measures:
        steps, times = len(self.names), spans.part.times
        through = (attempts.levels == steps - 1) & (steps > 1)
        groups = [attempts.steps, np.zeros(through.sum(), np.int32)]
        values = [attempts.waits, times[attempts.places[through]] - times[attempts.starts[through]]]
        if self.touchpoints:
            cut = Cut(spans.starts, spans.ends, spans.owners)
            after = times_until_return(self._columns(spans), cut, self.rules, attempts)
            returned = after >= 0
            groups.append((steps + attempts.levels[returned]).astype(np.int32))
            values.append(after[returned])
        return Measures(np.concatenate(groups), np.concatenate(values))

    def group_keys(self, spans: Spans, attempts: Attempts) -> NDArray[np.int64]:
        """Of each attempt ``(code of its value + 1) * steps + level``; 0 of a value that is not known. Nothing without groups."""
        if self.by is None:
            return np.zeros(0, np.int64)
        codes = read_only(_codes(spans, self.by).astype(np.int32))
        known = known_before(codes, Cut(spans.starts, spans.ends, spans.owners), attempts).astype(np.int64)
        return (known + 1) * len(self.names) + attempts.levels

    def _without_same(self, spans: Spans, attempts: Attempts) -> int:
        """Who has the first step and does not enter: it has no value."""
        if self.same is None:
            return 0
        first = ~np.uint32(0) if self.order == "any" else np.uint32(1)
        matching = self.rules.matches[spans.part.touchpoints] & first != 0
        before = np.concatenate([[0], np.cumsum(matching)])
        having = np.unique(spans.owners[before[spans.ends] > before[spans.starts]])
        return len(having) - len(attempts.owners)

    def _next_keys(self, spans: Spans, attempts: Attempts) -> NDArray[np.int64]:
        if not self.touchpoints:
            return np.zeros(0, np.int64)
        dropped = attempts.levels < len(self.names) - 1
        places, ends = attempts.places[dropped] + 1, spans.ends[attempts.spans[dropped]]
        nothing = len(self.touchpoints)
        codes = spans.part.touchpoints[np.minimum(places, ends - 1)].astype(np.int64)
        return attempts.levels[dropped] * np.int64(nothing + 1) + np.where(places < ends, codes, nothing)


def _funnel(asked: FunnelPass, state: FunnelCounts, quartiles: Quartiles) -> Funnel:
    """The result. Of ``state.times`` only the number of times in each group is left."""
    sizes = state.times.cells[:, 0]
    customers = _at_least(state.levels)
    steps = len(asked.names)
    times = [_times(int(sizes[group]), quartiles[group], state.bins[group]) for group in range(steps)]
    return Funnel(
        steps=tuple(
            FunnelStep(
                name, customers[step], customers[0], customers[max(step - 1, 0)], times[step] if step else FunnelTimes()
            )
            for step, name in enumerate(asked.names)
        ),
        order=asked.order,
        time_to_convert=times[0],
        by=asked.by,
        groups=_groups(asked, state.groups),
        drops=_drops(asked, state, quartiles) if asked.touchpoints else (),
        same=asked.same,
        without_same=state.without_same,
    )


def _times(customers: int, quartiles: NDArray[np.float64], bins: NDArray[np.int64]) -> FunnelTimes:
    if not customers:
        return FunnelTimes()
    lower, median, upper = quartiles.tolist()
    highs = (*TIME_EDGES[1:], math.inf)
    distribution = tuple(map(FunnelTimeBin, TIME_EDGES, highs, bins.tolist()))
    return FunnelTimes(customers, median, lower, upper, distribution)


def _groups(asked: FunnelPass, counted: Tally) -> tuple[FunnelGroup, ...]:
    """The largest groups, most customers first, then by name, no value after its equals; all others at the end."""
    if asked.by is None:
        return ()
    steps = len(asked.names)
    codes, rows = np.unique(counted.keys // steps, return_inverse=True)
    levels = np.zeros((len(codes), steps), np.int64)
    levels[rows, counted.keys % steps] = counted.counts
    values = [None if code == 0 else asked.labels[code - 1] for code in codes.tolist()]
    found = sorted(
        zip(values, map(_at_least, levels), strict=True),
        key=lambda group: (-group[1][0], group[0] is None, group[0] or ""),
    )
    shown: list[tuple[str | None, int, tuple[int, ...]]] = [
        (value, 1, reached) for value, reached in found[:MOST_GROUPS]
    ]
    others = found[MOST_GROUPS:]
    if others:
        shown.append((_OTHERS, len(others), tuple(np.sum([reached for _, reached in others], axis=0).tolist())))
    return _compared(shown)


def _compared(groups: Sequence[tuple[str | None, int, tuple[int, ...]]]) -> tuple[FunnelGroup, ...]:
    """Each group beside all the rest: the share who reached the last step."""
    entered, through = (sum(reached[end] for _, _, reached in groups) for end in (0, -1))
    name = "reached the last step"
    differences = []
    for _, _, reached in groups:
        rest = share(name, through - reached[-1], entered - reached[0])
        differences.append(compare((rest,), (share(name, reached[-1], reached[0]),)).differences[0])
    sure = sure_ones([each.p for each in differences])
    return tuple(
        FunnelGroup(value, values, reached, replace(difference, is_sure=is_sure))
        for (value, values, reached), difference, is_sure in zip(groups, differences, sure, strict=True)
    )


def _drops(asked: FunnelPass, state: FunnelCounts, quartiles: Quartiles) -> tuple[FunnelDrop, ...]:
    nothing, steps = len(asked.touchpoints), len(asked.names)
    nexts: list[list[NextTouchpoint]] = [[] for _ in asked.names]
    for key, customers in zip(state.nexts.keys.tolist(), state.nexts.counts.tolist(), strict=True):
        level, code = divmod(key, nothing + 1)
        touchpoint = None if code == nothing else asked.touchpoints[code]
        name = f"after {asked.names[level]}: {'nothing more' if touchpoint is None else touchpoint}"
        nexts[level].append(NextTouchpoint(touchpoint, customers, share(name, customers, int(state.levels[level]))))
    returned = state.times.cells[steps:, 0].tolist()
    return tuple(
        FunnelDrop(
            step=asked.names[level],
            customers=int(state.levels[level]),
            next=tuple(sorted(nexts[level], key=lambda each: (-each.customers, each.touchpoint or ""))),
            returned_customers=returned[level],
            median_return_seconds=float(quartiles[steps + level, 1]),
        )
        for level in range(steps - 1)
    )


def _at_least(levels: NDArray[np.int64]) -> tuple[int, ...]:
    """Customers by the last step reached -> customers who reached each step."""
    return tuple(np.cumsum(levels[::-1])[::-1].tolist())


def _codes(spans: Spans, field: str) -> NDArray[Any]:
    """The values of a field as whole numbers, [n]; negative where there is none."""
    if field == "touchpoint":
        return spans.part.touchpoints
    return spans.part.channels if field == "channel" else spans.part.field(field)


def _labels(field: str, names: Names) -> tuple[str, ...]:
    if field == "touchpoint":
        return names.touchpoints
    return names.channels if field == "channel" else tuple(names.values.get(field, ()))


def _bits(touchpoints: tuple[str, ...], named: Sequence[tuple[str, int]]) -> NDArray[np.uint32]:
    bits = np.zeros(len(touchpoints), np.uint32)
    codes = {name: code for code, name in enumerate(touchpoints)}
    for name, mask in named:
        bits[codes[name]] |= np.uint32(mask)
    return bits


def _stops(exclusion: Exclusion, steps: int) -> int:
    """As bits, the steps at which an attempt stands that is taken out."""
    before = steps if exclusion.before is None else exclusion.before
    return sum(1 << (number - 1) for number in range(exclusion.after, before))


def _names_in_any_order(steps: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    if len(steps) == 1:
        return (" | ".join(steps[0]),)
    return (*(f"any {number}" for number in range(1, len(steps))), f"all {len(steps)}")


def _check_different(steps: Sequence[tuple[str, ...]]) -> None:
    names = [name for step in steps for name in set(step)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        listed = ", ".join(repr(name) for name in twice)
        raise InputError(
            phrase(
                "expected steps that have no touchpoint in common, for they come in any order, got {listed} twice",
                listed=listed,
            )
        )


def _check_exclusions(exclusions: Sequence[Exclusion], steps: Sequence[tuple[str, ...]], order: FunnelOrder) -> None:
    served = {name for step in steps for name in step}
    for each in exclusions:
        if each.touchpoint in served:
            raise InputError(
                phrase(
                    "expected an exclusion that is no step of the funnel, got {touchpoint!r}",
                    touchpoint=each.touchpoint,
                )
            )
        before = len(steps) if each.before is None else each.before
        if not 1 <= each.after < before <= len(steps):
            raise InputError(
                phrase(
                    "expected an exclusion between two of the {count} steps, got {after} and {before}",
                    count=len(steps),
                    after=each.after,
                    before=before,
                ),
                hint=phrase("steps are numbered from 1, the first number is the smaller one"),
            )
        if order == "any" and (each.after, before) != (1, len(steps)):
            raise InputError(
                phrase("expected an exclusion between the first step and the last, for they come in any order")
            )


def _check_names(wanted: Sequence[str], known: tuple[str, ...], *, what: str) -> None:
    unknown = sorted(set(wanted).difference(known))
    if not unknown:
        return
    close = list(dict.fromkeys(match for name in unknown for match in closest_names(name, known)))
    hint = phrase("did you mean {close}?", close=", ".join(map(repr, close))) if close else None
    if hint is None:
        shown = ", ".join(repr(name) for name in list(known)[:_SHOWN_NAMES])
        hint = (
            phrase("touchpoints: {known}", known=shown + (" …" if len(known) > _SHOWN_NAMES else ""))
            if shown
            else phrase("there are no interactions yet")
        )
    listed = ", ".join(repr(name) for name in unknown)
    raise UnknownNameError(
        phrase("expected names of touchpoints {what}, got {listed}", what=what, listed=listed), hint=hint
    )
