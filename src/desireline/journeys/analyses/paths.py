"""What follows a touchpoint, or leads to it, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.interactions.local_time import local_days
from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.analyses.weekdays import WEEKDAYS, weekdays
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import share
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.paths import (
    MainStep,
    PathAnchor,
    PathDirection,
    PathLink,
    PathNode,
    PathRepeats,
    Paths,
)
from desireline.journeys.selection import check_one_of
from desireline.kernels.medians import Measures
from desireline.kernels.paths import (
    EVERY,
    FIRST,
    LAST,
    count_links,
    count_nodes,
    count_steps,
    group_steps,
    waits_of_links,
    walk_paths,
)
from desireline.kernels.sessions import count_customers

DEFAULT_STEPS, MOST_STEPS = 5, 20
DEFAULT_TOP, MOST_TOP = 6, 100
MOST_CELLS = 1 << 17
"""So many ways on are counted in one reading when the most common path is followed."""
_OCCURRENCES = {"first": FIRST, "last": LAST, "every": EVERY}


@dataclass(frozen=True, slots=True)
class PathsAnalysis:
    """Paths from a touchpoint on, by position: who is where after one step, two steps, and how they got there.

    A path begins at an occurrence of the touchpoint in a span and follows the span to its end, or back to its start. For each
    step: the touchpoints with paths and distinct customers; between neighbouring steps: how many paths and customers lead from
    one to the other, and the exact median time between; and how many paths end. A node is a touchpoint at a position, whatever
    came before it, as in the path analysis of PostHog. The most common path is followed exactly: of those who took it so far,
    the largest group.

    Parameters
    ----------
    touchpoint
        By name.
    direction
        "after": what follows. "before": what leads to it.
    steps
        1 to 20, without the touchpoint itself.
    top
        1 to 100: only so many touchpoints of a step, those with most paths (ties by name); where two or more are left, they are
        counted as others.
    anchor
        The "first" or the "last" occurrence in a span begins a path, or "every" one.
    repeats
        "folded": directly repeated touchpoints are one step, at the time of the first of them. "kept": each is a step.
    weekday
        "Monday" to "Sunday": only the paths whose touchpoint lies on such a day by the clock of ``timezone``. ``None``: all.
    """

    touchpoint: str
    direction: PathDirection = "after"
    steps: int = DEFAULT_STEPS
    top: int = DEFAULT_TOP
    anchor: PathAnchor = "first"
    repeats: PathRepeats = "folded"
    weekday: str | None = None
    timezone: str = "UTC"

    def begin(self, names: Names) -> Pass[Any, Paths]:
        """Find the touchpoint; count by step first.

        Raises
        ------
        InputError
            There are no steps, or too many; or ``top`` is; or there is no such weekday.
        UnknownNameError
            It is no touchpoint.
        """
        for name, value, most in (("steps", self.steps, MOST_STEPS), ("top", self.top, MOST_TOP)):
            if not 1 <= value <= most:
                raise InputError(phrase("{name}: expected 1 to {most}, got {value}", name=name, most=most, value=value))
        if self.weekday is not None:
            check_one_of("weekday", self.weekday, WEEKDAYS)
        marks = marks_of_touchpoints([self.touchpoint], names.touchpoints, role=phrase("the beginning of paths"))
        return StepsPass(Walk(self, int(np.argmax(marks))), names.touchpoints)


@dataclass(frozen=True, slots=True)
class Walk:
    """How paths are taken out of spans; ``code`` is that of the touchpoint."""

    settings: PathsAnalysis
    code: int

    @property
    def width(self) -> int:
        """The touchpoint, the steps, and one step more: it tells whether the last one is an end."""
        return self.settings.steps + 2

    def places(self, spans: Spans) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See :func:`walk_paths`; of the weekday that is asked for."""
        places, numbers = walk_paths(
            spans.part.touchpoints,
            spans.starts,
            spans.ends,
            self.code,
            self.width,
            _OCCURRENCES[self.settings.anchor],
            self.settings.direction == "before",
            self.settings.repeats == "folded",
        )
        if self.settings.weekday is None:
            return places, numbers
        days = local_days(spans.part.times[places[:, 0]], self.settings.timezone)
        chosen = weekdays(days) == WEEKDAYS.index(self.settings.weekday)
        return places[chosen], numbers[chosen]


@dataclass(frozen=True, slots=True)
class StepCounts:
    """All spans and their customers; spans and customers with the touchpoint; paths by step and code, int64[w, t]."""

    totals: NDArray[np.int64]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StepsPass(Pass[StepCounts, Paths]):
    """Counts touchpoints by step, and picks those that are named."""

    walk: Walk
    names: tuple[str, ...]

    def partial(self, spans: Spans) -> StepCounts:
        """The counts of one part."""
        places, numbers = self.walk.places(spans)
        totals = [
            len(spans.starts),
            count_customers(spans.owners),
            count_customers(numbers),
            count_customers(spans.owners[numbers]),
        ]
        counts = count_steps(spans.part.touchpoints, places, len(self.names))
        return StepCounts(np.array(totals, np.int64), counts)

    def combine(self, first: StepCounts, second: StepCounts) -> StepCounts:
        """The sums."""
        return StepCounts(first.totals + second.totals, first.counts + second.counts)

    def conclude(self, state: StepCounts) -> Answer[Paths] | Pass[Any, Paths]:
        """Count links between the touchpoints that are named; an answer without paths where there is none."""
        if not state.counts.any():
            return Answer(_paths(self.walk.settings, state, nodes=(), links=(), main_path=()))
        top = self.walk.settings.top
        groups = np.full(state.counts.shape, top, np.int32)
        groups[-1] = 0
        slots = []
        for step, counts in enumerate(state.counts[:-1]):
            found = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], self.names[code]))
            named = found if len(found) <= top + 1 else found[:top]
            groups[step, named] = np.arange(len(named))
            slots.append(Slots(tuple(self.names[code] for code in named), len(found) - len(named)))
        return LinksPass(self.walk, state, tuple(slots), groups)


@dataclass(frozen=True, slots=True)
class Slots:
    """The groups of a step: the touchpoints that are named, then so many others together, unless that is 0."""

    named: tuple[str, ...]
    others: int

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each group."""
        return (*self.named, phrase("others ({count})", count=self.others)) if self.others else self.named


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """``links``: paths and customers, int64[2, w - 1, g, g]; ``customers`` by node, int64[w, g]; ``ways``: see :class:`Trail`."""

    links: NDArray[np.int64]
    customers: NDArray[np.int64]
    ways: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trail:
    """The most common path so far: the group and the paths at each step, and how many further steps are counted at once."""

    groups: tuple[int, ...]
    paths: tuple[int, ...]
    ahead: int

    def ways(self, groups: NDArray[np.int32], count: int) -> NDArray[np.int64]:
        """How many paths that took it go on in each way, int64[count ** ahead], a digit for each step."""
        done = len(self.groups)
        on = groups[(groups[:, :done] == np.array(self.groups, np.int32)).all(axis=1), done : done + self.ahead]
        digits = np.where(on < 0, count - 1, on)
        places = digits @ (count ** np.arange(self.ahead - 1, -1, -1, dtype=np.int64))
        return np.bincount(places, minlength=count**self.ahead).astype(np.int64)

    def follow(self, ways: NDArray[np.int64], count: int, allowed: list[NDArray[np.bool_]]) -> Trail:
        """Go on to the largest group of each further step, as far as that was counted.

        ``allowed``: for each step, which groups are touchpoints, or the end.
        """
        trail = self
        cells = ways.reshape((count,) * self.ahead)
        for _ in range(self.ahead):
            amounts = cells.reshape(count, -1).sum(axis=1)
            best = int(np.argmax(np.where(allowed[len(trail.groups)], amounts, -1)))
            if amounts[best] == 0:
                return replace(trail, ahead=0)
            trail = Trail((*trail.groups, best), (*trail.paths, int(amounts[best])), self.ahead)
            cells = cells[best]
            if best == count - 1:
                return replace(trail, ahead=0)
        return trail


@dataclass(frozen=True, slots=True)
class LinksPass(Pass[LinkCounts, Paths]):
    """Counts links between the named touchpoints of neighbouring steps.

    ``slots``: the groups of each step. ``groups``: int32[w, t], the group of each code; behind the last step all are one.
    """

    walk: Walk
    counted: StepCounts
    slots: tuple[Slots, ...]
    groups: NDArray[np.int32]

    @property
    def count(self) -> int:
        """How many groups a step has at most: the named touchpoints, the others, the end."""
        return self.walk.settings.top + 2

    def grouped(self, spans: Spans) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
        """Places and owners of the paths, and the group of each step."""
        places, numbers = self.walk.places(spans)
        groups = group_steps(spans.part.touchpoints, places, self.groups, self.count - 1)
        return places, spans.owners[numbers], groups

    def partial(self, spans: Spans) -> LinkCounts:
        """The counts of one part."""
        _, owners, groups = self.grouped(spans)
        links = np.stack(count_links(groups, owners, self.count))
        return LinkCounts(links, count_nodes(groups, owners, self.count), self.trail().ways(groups, self.count))

    def combine(self, first: LinkCounts, second: LinkCounts) -> LinkCounts:
        """The sums."""
        return LinkCounts(first.links + second.links, first.customers + second.customers, first.ways + second.ways)

    def conclude(self, state: LinkCounts) -> Pass[Any, Paths]:
        """Follow the most common path, then the medians."""
        return self.go_on(state, self.trail().follow(state.ways, self.count, self.allowed()))

    def trail(self) -> Trail:
        """The most common path before its first step."""
        return Trail((0,), (int(self.counted.counts[0].sum()),), self._ahead(1))

    def go_on(self, state: LinkCounts, trail: Trail) -> Pass[Any, Paths]:
        """A further reading of the most common path where it is not at its end, else the medians."""
        ahead = self._ahead(len(trail.groups)) if trail.ahead else 0
        if ahead:
            return TrailPass(self, state, replace(trail, ahead=ahead))
        sizes = state.links[0, :-1].copy()
        sizes[:, :, -1] = 0
        return medians_of(Middles(self.measure, PathsAnswer(self, state, trail), sizes.reshape(-1)))

    def allowed(self) -> list[NDArray[np.bool_]]:
        """For each step, which groups may be on the most common path: touchpoints and the end, not the others."""
        groups = np.arange(self.count)
        return [(groups < len(slots.named)) | (groups == self.count - 1) for slots in self.slots]

    def measure(self, spans: Spans) -> Measures:
        """The time between neighbouring steps, in the group of the link."""
        places, _, groups = self.grouped(spans)
        steps = np.ascontiguousarray(places[:, :-1]), np.ascontiguousarray(groups[:, :-1])
        return Measures(*waits_of_links(spans.part.times, *steps, self.count))

    def _ahead(self, done: int) -> int:
        """How many steps from here on are counted in one reading."""
        fits = int(log(MOST_CELLS) / log(self.count))
        return min(max(fits, 1), self.walk.width - 1 - done)


@dataclass(frozen=True, slots=True)
class TrailPass(Pass[NDArray[np.int64], Paths]):
    """Counts how those go on who took the most common path so far."""

    linking: LinksPass
    state: LinkCounts
    trail: Trail

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """The ways of one part."""
        return self.trail.ways(self.linking.grouped(spans)[2], self.linking.count)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Pass[Any, Paths]:
        """On to the next steps, or to the medians."""
        followed = self.trail.follow(state, self.linking.count, self.linking.allowed())
        return self.linking.go_on(self.state, followed)


@dataclass(frozen=True, slots=True)
class PathsAnswer:
    """Makes the result when the median times are known."""

    linking: LinksPass
    state: LinkCounts
    trail: Trail

    def __call__(self, medians: Medians) -> Paths:
        """The result; ``medians`` by link, in seconds."""
        linking, settings = self.linking, self.linking.walk.settings
        count, sign = linking.count, -1 if settings.direction == "before" else 1
        return _paths(
            settings,
            linking.counted,
            nodes=self._nodes(sign),
            links=self._links(sign, medians.reshape(-1, count, count)),
            main_path=tuple(
                MainStep(sign * step, None if group == count - 1 else linking.slots[step].names[group], paths)
                for step, (group, paths) in enumerate(zip(self.trail.groups, self.trail.paths, strict=True))
            ),
        )

    def _nodes(self, sign: int) -> tuple[PathNode, ...]:
        links, total = self.state.links[0], self.trail.paths[0]
        nodes = []
        for step, slots in enumerate(self.linking.slots):
            for slot, name in enumerate(slots.names):
                paths, ended = int(links[step, slot].sum()), int(links[step, slot, -1])
                customers = int(self.state.customers[step, slot])
                others = slots.others if slot == len(slots.named) else 0
                of_all = share(phrase("at {name}", name=name), paths, total)
                nodes.append(PathNode(sign * step, name, paths, customers, of_all, ended, others))
        return tuple(nodes)

    def _links(self, sign: int, medians: NDArray[np.float64]) -> tuple[PathLink, ...]:
        """The links of each step, those with most paths first; the ends of a step after its links."""
        slots, end = self.linking.slots, self.linking.count - 1
        found = []
        for step, (amounts, customers) in enumerate(zip(*self.state.links, strict=True)):
            far_names = slots[step + 1].names if step + 1 < len(slots) else ()
            pairs = [tuple(pair) for pair in np.argwhere(amounts).tolist() if far_names or pair[1] == end]
            for near, far in sorted(pairs, key=lambda pair: (pair[1] == end, -amounts[pair], pair)):
                names = slots[step].names[near], None if far == end else far_names[far]
                source, target = names if sign > 0 else names[::-1]
                paths = int(amounts[near, far])
                found.append(
                    PathLink(
                        step=sign * (step + 1),
                        source=source,
                        target=target,
                        paths=paths,
                        customers=int(customers[near, far]),
                        share=share(
                            phrase("{source} → {target}", source=source, target=target), paths, int(amounts[near].sum())
                        ),
                        median_seconds=nan if far == end else float(medians[step, near, far]),
                    )
                )
        return tuple(found)


def _paths(
    settings: PathsAnalysis,
    counted: StepCounts,
    *,
    nodes: tuple[PathNode, ...],
    links: tuple[PathLink, ...],
    main_path: tuple[MainStep, ...],
) -> Paths:
    total_spans, total_customers, spans, customers = counted.totals.tolist()
    return Paths(
        touchpoint=settings.touchpoint,
        direction=settings.direction,
        anchor=settings.anchor,
        repeats=settings.repeats,
        total_spans=total_spans,
        total_customers=total_customers,
        spans=spans,
        customers=customers,
        paths=int(counted.counts[0].sum()),
        nodes=nodes,
        links=links,
        main_path=main_path,
        weekday=settings.weekday,
    )
