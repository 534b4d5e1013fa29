"""The numbers that journeys can lie behind: each finds its journeys among the spans of a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.interactions import Condition
from desireline.journeys.analyses.clusters import assigning
from desireline.journeys.analyses.common import TOGETHER, CommonAnalysis, Folder
from desireline.journeys.analyses.variants import PathsPass, touchpoints_of
from desireline.journeys.behind.finding import (
    AnalysisNumber,
    Finder,
    FoundSpans,
    Level,
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
    """Spans with a touchpoint, or in a channel; ``None``: with any."""

    name: str | None = None
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        if self.name is None:
            return lambda spans: spans_of(spans, np.arange(len(spans.part.times)))
        code = code_of(self.name, names, self.by)
        return lambda spans: spans_of(spans, np.flatnonzero(codes_of(spans, self.by) == code))


@dataclass(frozen=True, slots=True)
class MoveNumber:
    """Spans in which ``target`` directly follows ``source``; ``None``: any other one follows any."""

    source: str | None = None
    target: str | None = None
    by: Level = "touchpoint"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        source, target = (
            None if name is None else code_of(name, names, self.by) for name in (self.source, self.target)
        )

        def find(spans: Spans) -> FoundSpans:
            codes = codes_of(spans, self.by)
            chosen = np.ones(max(len(codes) - 1, 0), np.bool_)
            if source is None or target is None:
                chosen &= codes[1:] != codes[:-1]
            if source is not None:
                chosen &= codes[:-1] == source
            if target is not None:
                chosen &= codes[1:] == target
            return spans_of(spans, np.flatnonzero(chosen) + 1, least=1)

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
class CommonNumber(AnalysisNumber[CommonAnalysis]):
    """Spans whose folded path is one of these."""

    paths: tuple[tuple[str, ...], ...]

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(PathsPass, names)
        folder = counting.read
        assert isinstance(folder, Folder)
        wanted = [_folded(path, counting.names, folder) for path in self.paths]

        def find(spans: Spans) -> FoundSpans:
            sequences = folder(spans)
            found = [_exactly(sequences, each).spans for each in wanted]
            return nowhere_in(np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64))

        return find


@dataclass(frozen=True, slots=True, eq=False)
class ClusterNumber:
    """Spans of a cluster of an answer; ``has_outcome``: those with its outcome."""

    model: ClusterModel
    name: str
    has_outcome: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        places = {shape.name: place for place, shape in enumerate(self.model.shapes)}
        _check_names([self.name], places)
        group, counting = places[self.name], assigning(self.model, names)

        def find(spans: Spans) -> FoundSpans:
            groups, _ = counting.groups_of(spans)
            chosen = groups == group
            if self.has_outcome:
                chosen &= counting.have_outcome(spans)
            return nowhere_in(np.flatnonzero(chosen))

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


def _folded(path: Sequence[str], steps: Sequence[str], folder: Folder) -> list[int]:
    """The codes of a folded path; between those of two sessions one of its own."""
    places = {name: code for code, name in enumerate(steps)}
    sessions = folder.gap is not None
    found: list[int] = []
    for step in path:
        names = step.split(TOGETHER) if sessions else [step]
        _check_names(names, places)
        found += [folder.between] if sessions and found else []
        found += sorted(places[name] for name in names)
    return found


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
                phrase("there is no {name!r} in the answer", name=name),
                hint=phrase("did you mean {close}?", close=", ".join(close)) if close else None,
            )
