"""The paths that many take: variants without direct repeats, by touchpoint, channel or stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.analyses.variants import KeptPaths, PathsPass
from desireline.journeys.engine import Pass
from desireline.journeys.estimates import Estimate
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.common import CommonJourney, CommonJourneys
from desireline.kernels.arrays import read_only
from desireline.kernels.folding import fold_repeats, fold_sessions
from desireline.kernels.proportions import wilson_intervals
from desireline.kernels.variants import Sequences

CommonBy = Literal["touchpoint", "channel", "stage"]
CommonOrder = Literal["kept", "ignored"]
TOGETHER = " + "
_BETWEEN = ""


@dataclass(frozen=True, slots=True)
class CommonAnalysis:
    """The folded paths of spans: direct repeats count once, so that Visit, Visit, Order is Visit → Order.

    For each: distinct customers, spans, the share of all customers with its Wilson interval, how many customers this path and
    those before it cover together, and the exact median of the seconds from first to last interaction. Most customers first,
    then most spans, then by the names along the path.

    Parameters
    ----------
    by
        What a step is. Interactions whose touchpoint has no stage are left out before repeats are folded.
    session_gap
        Ignores the order within a session: a step is then the set of all touchpoints (channels, stages) between two pauses longer
        than this. ``None``: the order counts.
    top
        Only so many. ``None``: all.
    """

    by: CommonBy = "touchpoint"
    session_gap: timedelta | None = None
    top: int | None = None

    def begin(self, names: Names) -> Pass[Any, CommonJourneys]:
        """Count the paths first; what they cover and medians follow for those that are kept.

        Raises
        ------
        InputError
            Stages are asked for, and the taxonomy names none.
        """
        if self.by == "stage" and not names.stages:
            raise InputError(
                phrase("expected a taxonomy with stages, to fold paths by stage"),
                hint=phrase("say in taxonomy.yaml of the workspace which touchpoint belongs to which stage"),
            )
        steps, recode = _steps(names, self.by)
        gap = None if self.session_gap is None else self.session_gap // timedelta(microseconds=1)
        if gap is not None:
            steps = (*steps, _BETWEEN)
        return PathsPass(steps, self.top, Folder(self.by, recode, len(steps) - 1, gap), _after_counting)


@dataclass(frozen=True, slots=True)
class Folder:
    """Reads folded paths.

    Attributes
    ----------
    by
        Which codes are read.
    recode
        int32: the step that each of these codes is; -1 for none. Steps are in the order of their names, stages in their own.
    between
        The code between two sessions.
    gap
        The longest pause within a session, in microseconds; ``None``: the order counts.
    """

    by: CommonBy
    recode: NDArray[np.int32]
    between: int
    gap: int | None

    def __call__(self, spans: Spans) -> Sequences:
        """The folded path of each span."""
        part = spans.part
        codes = read_only(part.channels.astype(np.uint16)) if self.by == "channel" else part.touchpoints
        if self.gap is None:
            folded = fold_repeats(codes, spans.starts, spans.ends, self.recode)
        else:
            folded = fold_sessions(
                codes, part.times, spans.starts, spans.ends, self.recode, gap=self.gap, between=self.between
            )
        return Sequences(read_only(folded.codes), read_only(folded.starts), read_only(folded.ends))


@dataclass(frozen=True, slots=True)
class CoveragePass(Pass[NDArray[np.int64], CommonJourneys]):
    """Counts customers by the first path in the list that they took, where a customer may have several spans."""

    kept: KeptPaths

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """int64[paths]."""
        places, paths = self.kept.finder.find(spans)
        owners = spans.owners[places]
        order = np.lexsort((paths, owners))
        first = np.diff(owners[order], prepend=-1) != 0
        return np.bincount(paths[order][first], minlength=len(self.kept.paths.spans)).astype(np.int64)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Pass[Any, CommonJourneys]:
        """Go on to the median durations."""
        return _medians(self.kept, state)


def _after_counting(kept: KeptPaths) -> Pass[Any, CommonJourneys]:
    """A customer with one span takes one path: where all are so, nobody is counted again."""
    return _medians(kept, kept.paths.customers) if kept.totals.spans == kept.totals.customers else CoveragePass(kept)


def _medians(kept: KeptPaths, newly_covered: NDArray[np.int64]) -> Pass[Any, CommonJourneys]:
    return medians_of(Middles(kept.finder.measure, CommonAnswer(kept, newly_covered), kept.paths.spans))


@dataclass(frozen=True, slots=True)
class CommonAnswer:
    """Makes the result when the median durations are known.

    ``newly_covered``, int64[paths]: customers who took this path and none before it in the list.
    """

    kept: KeptPaths
    newly_covered: NDArray[np.int64]

    def __call__(self, medians: Medians) -> CommonJourneys:
        """The result; ``medians`` are in seconds."""
        totals, paths = self.kept.totals, self.kept.paths
        everybody = max(totals.customers, 1)
        lows, highs = wilson_intervals(paths.customers, np.full(len(paths.customers), totals.customers))
        covered = np.cumsum(self.newly_covered)
        columns = (paths.customers, paths.spans, lows, highs, covered, medians)
        journeys = []
        for place, row in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
            customers, spans, low, high, reached, median = row
            path = self._path(place)
            share = Estimate(" → ".join(path), "share", customers / everybody, totals.customers, low, high)
            journeys.append(CommonJourney(path, customers, spans, share, reached, reached / everybody, median))
        return CommonJourneys(totals.customers, totals.spans, totals.variants, tuple(journeys))

    def _path(self, place: int) -> tuple[str, ...]:
        """The steps of a path; sessions with their touchpoints together."""
        sequences, names = self.kept.paths.sequences, self.kept.names
        codes = sequences.codes[sequences.starts[place] : sequences.ends[place]].tolist()
        if not codes or names[-1] != _BETWEEN:
            return tuple(names[code] for code in codes)
        sets: list[list[str]] = [[]]
        for code in codes:
            if code == len(names) - 1:
                sets.append([])
            else:
                sets[-1].append(names[code])
        return tuple(TOGETHER.join(each) for each in sets)


def _steps(names: Names, by: CommonBy) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The names of the steps by their code, and the step of each code of the index."""
    if by == "stage":
        recode = np.full(len(names.touchpoints), -1, np.int32)
        recode[: len(names.stage_of)] = names.stage_of
        return names.stages, read_only(recode)
    own = names.touchpoints if by == "touchpoint" else names.channels
    order = sorted(range(len(own)), key=own.__getitem__)
    recode = np.empty(len(own), np.int32)
    recode[order] = np.arange(len(own), dtype=np.int32)
    return tuple(own[code] for code in order), read_only(recode)
