"""The numbers that journeys can lie behind: each finds its journeys among the spans of a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names
from desireline.interactions import Condition
from desireline.journeys.analyses.clusters import assigning
from desireline.journeys.analyses.common import TOGETHER, CommonAnalysis, Folder
from desireline.journeys.analyses.funnel import FunnelAnalysis, FunnelPass
from desireline.journeys.analyses.paths import PathsAnalysis, Walk
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.analyses.variants import PathsPass, touchpoints_of
from desireline.journeys.behind.finding import (
    NOWHERE,
    Finder,
    FoundSpans,
    Level,
    code_among,
    code_of,
    codes_of,
    nowhere_in,
    spans_of,
)
from desireline.journeys.marks import make_marks
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.clusters import ClusterModel
from desireline.kernels.variants import Sequences
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class TouchpointNumber:
    """Spans with a touchpoint, or in a channel."""

    name: str
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        code = code_of(self.name, names, self.by)
        return lambda spans: spans_of(spans, np.flatnonzero(codes_of(spans, self.by) == code))


@dataclass(frozen=True, slots=True)
class MoveNumber:
    """Spans in which ``target`` directly follows ``source``."""

    source: str
    target: str
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        source, target = (code_of(name, names, self.by) for name in (self.source, self.target))

        def find(spans: Spans) -> FoundSpans:
            codes = codes_of(spans, self.by)
            places = np.flatnonzero((codes[1:] == target) & (codes[:-1] == source)) + 1
            return spans_of(spans, places, least=1)

        return find


@dataclass(frozen=True, slots=True)
class StartNumber:
    """Spans that begin with a touchpoint, or in a channel."""

    name: str
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        code = code_of(self.name, names, self.by)
        return lambda spans: _at(spans, spans.starts, codes_of(spans, self.by)[spans.starts] == code)


@dataclass(frozen=True, slots=True)
class EndNumber:
    """Spans that end with a touchpoint, or in a channel."""

    name: str
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        code = code_of(self.name, names, self.by)
        return lambda spans: _at(spans, spans.ends - 1, codes_of(spans, self.by)[spans.ends - 1] == code)


@dataclass(frozen=True, slots=True)
class VariantNumber:
    """Spans that take exactly this path."""

    path: tuple[str, ...]

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        wanted = [code_of(name, names, "touchpoint") for name in self.path]
        return lambda spans: _exactly(touchpoints_of(spans), wanted)


@dataclass(frozen=True, slots=True)
class CommonNumber:
    """Spans whose folded path is this one."""

    path: tuple[str, ...]
    analysis: CommonAnalysis

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, PathsPass)
        folder = counting.read
        assert isinstance(folder, Folder)
        wanted = self._codes(counting.names, folder)
        return lambda spans: _exactly(folder(spans), wanted)

    def _codes(self, steps: Sequence[str], folder: Folder) -> list[int]:
        places = {name: code for code, name in enumerate(steps)}
        sessions = folder.gap is not None
        found: list[int] = []
        for step in self.path:
            names = step.split(TOGETHER) if sessions else [step]
            _check_names(names, places)
            found += [folder.between] if sessions and found else []
            found += sorted(places[name] for name in names)
        return found


@dataclass(frozen=True, slots=True)
class FunnelNumber:
    """Customers who reach a step of a funnel; or reach it, and no further.

    Attributes
    ----------
    step
        From 1.
    dropped
        Only those who do not reach the next one.
    value
        Only those in the group with this value; ``None``: all.
    """

    analysis: FunnelAnalysis
    step: int
    dropped: bool = False
    value: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, FunnelPass)
        last = len(counting.names) - (1 if self.dropped else 0)
        if not 1 <= self.step <= last:
            raise InputError(f"step: expected 1 to {last}, got {self.step}")
        group = None if self.value is None else 1 + code_among(self.value, counting.labels, what="group")

        def find(spans: Spans) -> FoundSpans:
            attempts = counting.attempts(spans)
            chosen = attempts.levels == self.step - 1 if self.dropped else attempts.levels >= self.step - 1
            if group is not None:
                chosen &= counting.group_keys(spans, attempts) // len(counting.names) == group
            places = np.where(attempts.levels == self.step - 1, attempts.places, NOWHERE)
            return _in_order(attempts.spans[chosen], places[chosen])

        return find


@dataclass(frozen=True, slots=True)
class PathsNumber:
    """Spans with a path that is at a touchpoint after so many steps, or goes on from there to another one.

    Attributes
    ----------
    step
        How many steps from the touchpoint that was asked about, 0 for itself.
    name
        The touchpoint that is there.
    following
        That of the step after it; ``None``: any, or none.
    """

    analysis: PathsAnalysis
    step: int
    name: str
    following: str | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        self.analysis.begin(names)
        if not 0 <= self.step <= self.analysis.steps:
            raise InputError(f"step: expected 0 to {self.analysis.steps}, got {self.step}")
        marks = marks_of_touchpoints([self.analysis.touchpoint], names.touchpoints, role="the beginning of paths")
        walk = Walk(self.analysis, int(np.argmax(marks)))
        here = code_of(self.name, names, "touchpoint")
        after = None if self.following is None else code_of(self.following, names, "touchpoint")

        def find(spans: Spans) -> FoundSpans:
            places, numbers = walk.places(spans)
            met = _is_at(spans, places[:, self.step], here)
            if after is not None:
                met &= _is_at(spans, places[:, self.step + 1], after)
            found, first = np.unique(numbers[met], return_index=True)
            return FoundSpans(found, places[met, self.step][first])

        return find


@dataclass(frozen=True, slots=True, eq=False)
class ClusterNumber:
    """Spans of a cluster of an answer."""

    model: ClusterModel
    name: str

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        places = {shape.name: place for place, shape in enumerate(self.model.shapes)}
        _check_names([self.name], places)
        group, counting = places[self.name], assigning(self.model, names)

        def find(spans: Spans) -> FoundSpans:
            groups, _ = counting.groups_of(spans)
            chosen = np.flatnonzero(groups == group)
            return nowhere_in(chosen)

        return find


@dataclass(frozen=True, slots=True)
class MeetingNumber:
    """Spans with an interaction that meets a condition."""

    condition: Condition

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        marks = make_marks(workspace, self.condition, names)

        def find(spans: Spans) -> FoundSpans:
            part = spans.part
            return spans_of(spans, np.flatnonzero(marks.of(part.touchpoints, part.channels, part.arrivals)))

        return find


def _at(spans: Spans, places: NDArray[np.int64], chosen: NDArray[np.bool_]) -> FoundSpans:
    return FoundSpans(np.flatnonzero(chosen), places[chosen])


def _is_at(spans: Spans, places: NDArray[np.int64], code: int) -> NDArray[np.bool_]:
    met: NDArray[np.bool_] = (places >= 0) & (spans.part.touchpoints[np.maximum(places, 0)] == code)
    return met


def _in_order(numbers: NDArray[np.int64], places: NDArray[np.int64]) -> FoundSpans:
    order = np.argsort(numbers, kind="stable")
    return FoundSpans(numbers[order], places[order])


def _exactly(sequences: Sequences, wanted: Sequence[int]) -> FoundSpans:
    """The spans whose sequence is this one."""
    chosen = np.flatnonzero(sequences.ends - sequences.starts == len(wanted))
    for offset, code in enumerate(wanted):
        chosen = chosen[sequences.codes[sequences.starts[chosen] + offset] == code]
    return nowhere_in(chosen)


def _check_names(wanted: Sequence[str], known: dict[str, int]) -> None:
    for name in wanted:
        if name not in known:
            close = closest_names(name, list(known))
            raise UnknownNameError(
                f"there is no {name!r} in the answer", hint=f"did you mean {', '.join(close)}?" if close else None
            )
