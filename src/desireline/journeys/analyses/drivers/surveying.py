"""The settings, and two readings: how much there is of what, and which spans there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.drivers.counting import CountingPass
from desireline.journeys.analyses.drivers.exposure import SCORE_FIELDS, Sought, find_exposures
from desireline.journeys.analyses.drivers.plan import (
    LEAST_STEADY,
    MOST_ADJUSTED,
    MOST_CHANNELS,
    MOST_MOVES,
    MOST_STRATA,
    MOST_TOUCHPOINTS,
    MOST_VALUES,
    AttributeValues,
    Chosen,
    Plan,
    Settings,
    most_frequent,
    numbered,
    waits_of,
)
from desireline.journeys.analyses.surveys import code_of
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Pass
from desireline.journeys.fields import values_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.drivers import Drivers
from desireline.journeys.scoring import SCORE_KINDS, ScoreKind
from desireline.kernels.arrays import read_only
from desireline.kernels.changes import steady_spans
from desireline.kernels.drivers import count_codes, count_moves, last_values
from desireline.kernels.sessions import count_customers


@dataclass(frozen=True, slots=True)
class DriversAnalysis:
    """Which touchpoints, channels, moves, repeats, waits and attributes go with an outcome, among spans that are alike otherwise.

    The outcome is that a span reaches one of ``outcomes``; or that its first answer of a kind is below ``score_below``; or,
    where neither is given, that a journey reaches its goal. What comes before it counts; of spans without it, everything.
    Compared are spans of as many interactions (in bands) that begin in the same channel: the common odds ratio of Mantel
    and Haenszel. Moments of truth: how many outcomes are at stake at a touchpoint, by difference and reach. It is
    association, not cause. The exact definition with an example: docs/drivers.md.

    Parameters
    ----------
    outcomes
        Touchpoints by name.
    score_below, kind
        A number of points, and NPS, CSAT or CES.
    negative
        Whether the outcome is one to be avoided; a low score is, if nothing else is said. It changes no number.
    attributes
        Fields with texts whose values are features, as far as customers keep theirs.
    adjust
        A further field with texts that is held fixed: compared are only spans with the same value of it.
    top
        Only so many drivers and moments of truth.
    """

    outcomes: Sequence[str] = ()
    score_below: float | None = None
    kind: ScoreKind = "NPS"
    negative: bool | None = None
    attributes: tuple[str, ...] = ()
    adjust: str | None = None
    top: int | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        adjust = () if self.adjust is None else (self.adjust,)
        return ("wait", *self.attributes, *adjust, *(() if self.score_below is None else SCORE_FIELDS))

    def begin(self, names: Names) -> Pass[Any, Drivers]:
        """See what there is first.

        Raises
        ------
        InputError
            Both touchpoints and a score are the outcome; there is no such kind of score; a field has no texts, or nothing
            has the one that is to be held fixed.
        UnknownNameError
            Outcomes that are no touchpoints; all of them are listed. A field that there is not.
        """
        if self.outcomes and self.score_below is not None:
            raise InputError(phrase("expected either touchpoints or a score as the outcome, got both"))
        if self.kind not in SCORE_KINDS:
            raise InputError(
                phrase("kind: expected one of {known}, got {kind!r}", known=", ".join(SCORE_KINDS), kind=self.kind)
            )
        if self.score_below is not None and not math.isfinite(self.score_below):
            raise InputError(
                phrase("score_below: expected a number of points, got {score_below}", score_below=self.score_below)
            )
        for name in (*self.attributes, *(() if self.adjust is None else (self.adjust,))):
            if values_of(name) != "text":
                raise InputError(
                    phrase("expected a field with texts, such as team or attributes.NAME, got {name!r}", name=name)
                )
        if self.adjust is not None and names.touchpoints and not names.values[self.adjust]:
            raise InputError(
                phrase("adjust: expected a field that interactions have, none has {adjust!r}", adjust=self.adjust)
            )
        sought, text = self._outcome(names)
        attributes = tuple(sorted(set(self.attributes) - {self.adjust}))
        is_negative = True if self.negative is None and self.score_below is not None else self.negative
        return SurveyPass(names, Settings(sought, text, is_negative, attributes, self.adjust, self.top))

    def _outcome(self, names: Names) -> tuple[Sought, str]:
        if self.outcomes:
            named = list(dict.fromkeys(self.outcomes))
            return Sought(marks_of_touchpoints(named, names.touchpoints, role=phrase("outcomes"))), " or ".join(named)
        if self.score_below is not None:
            kind = code_of(names, "score_kind", self.kind)
            return Sought(kind=kind, below=float(self.score_below)), phrase(
                "{kind} below {score:g}", kind=self.kind, score=self.score_below
            )
        return Sought(), "goal reached"


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is of what, before outcomes.

    Attributes
    ----------
    counts
        int64[5]: exposures, those with the outcome, customers, at once, left out.
    touchpoints
        int64[touchpoints]: interactions.
    channels
        int64[channels]: exposures by the channel in which they begin.
    adjusted
        int64[values]: exposures by the last known value of the field that is held fixed; empty without one.
    values
        By attribute, int64[values]: exposures by last known value.
    steady
        int64[attributes, 2]: customers with several values, and those of whom all are the same.
    """

    counts: NDArray[np.int64]
    touchpoints: NDArray[np.int64]
    channels: NDArray[np.int64]
    adjusted: NDArray[np.int64]
    values: tuple[NDArray[np.int64], ...]
    steady: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SurveyPass(Pass[Survey, Drivers]):
    """Counts what there is, and chooses what is compared."""

    names: Names
    asked: Settings

    def partial(self, spans: Spans) -> Survey:
        """The counts of one part."""
        part, names = spans.part, self.names
        found = find_exposures(spans, self.asked.sought)
        customers = count_customers(found.owners)
        counts = (len(found.starts), found.reached.sum(), customers, found.at_once, found.left_out)
        adjust, texts = self.asked.adjust, self.asked.attributes

        def by_value(name: str) -> NDArray[np.int64]:
            codes = last_values(read_only(part.field(name)), found.starts, found.ends)
            return np.bincount(codes[codes >= 0], minlength=len(names.values[name])).astype(np.int64)

        return Survey(
            np.array(counts, np.int64),
            count_codes(part.touchpoints, found.starts, found.ends, len(names.touchpoints)),
            np.bincount(part.channels[found.starts], minlength=len(names.channels)).astype(np.int64),
            np.zeros(0, np.int64) if adjust is None else by_value(adjust),
            tuple(by_value(name) for name in texts),
            np.array([self._steady(spans, name) for name in texts], np.int64).reshape(-1, 2),
        )

    def _steady(self, spans: Spans, name: str) -> tuple[int, int]:
        """Whole customers, as far as the spans reach."""
        firsts = np.flatnonzero(np.diff(spans.owners, prepend=-1))
        lasts = np.flatnonzero(np.diff(spans.owners, append=-1))
        starts, ends = read_only(spans.starts[firsts]), read_only(spans.ends[lasts])
        return steady_spans(read_only(spans.part.field(name)), starts, ends)

    def combine(self, first: Survey, second: Survey) -> Survey:
        """The sums."""
        return Survey(
            first.counts + second.counts,
            first.touchpoints + second.touchpoints,
            first.channels + second.channels,
            first.adjusted + second.adjusted,
            tuple(one + other for one, other in zip(first.values, second.values, strict=True)),
            first.steady + second.steady,
        )

    def conclude(self, state: Survey) -> Pass[Any, Drivers]:
        """Find the strata of the spans next."""
        adjust = self.asked.adjust
        kept = [] if adjust is None else most_frequent(state.adjusted, self.names.values[adjust], MOST_ADJUSTED)
        adjusted = np.full(len(state.adjusted) + 1, MOST_ADJUSTED, np.int64)
        adjusted[kept] = np.arange(len(kept))
        adjusted[-1] = MOST_ADJUSTED + 1
        channels = np.full(len(self.names.channels), MOST_CHANNELS, np.int64)
        most = most_frequent(state.channels, self.names.channels, MOST_CHANNELS)
        channels[most] = np.arange(len(most))
        touchpoints = tuple(most_frequent(state.touchpoints, self.names.touchpoints, MOST_TOUCHPOINTS))
        attributes = tuple(
            self._attribute(name, counts)
            for name, counts, (several, steady) in zip(self.asked.attributes, state.values, state.steady, strict=True)
            if steady >= LEAST_STEADY * several and 2 <= np.count_nonzero(counts) <= MOST_VALUES
        )
        return StrataPass(self.names, self.asked, Chosen(touchpoints, channels, adjusted, attributes, state.counts))

    def _attribute(self, name: str, counts: NDArray[np.int64]) -> AttributeValues:
        texts = self.names.values[name]
        codes = sorted(np.flatnonzero(counts).tolist(), key=lambda code: texts[code])
        numbers = np.full(len(texts), -1, np.int64)
        numbers[codes] = np.arange(len(codes))
        return AttributeValues(name, tuple(texts[code] for code in codes), numbers)


@dataclass(frozen=True, slots=True)
class Occurring:
    """Moves between touchpoints, int64[t + 1, t + 1], and exposures by stratum: of their length, and of their number of waits."""

    moves: NDArray[np.int64]
    strata: NDArray[np.int64]
    wait_strata: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StrataPass(Pass[Occurring, Drivers]):
    """Counts moves, and which strata there are."""

    names: Names
    asked: Settings
    chosen: Chosen

    def partial(self, spans: Spans) -> Occurring:
        """The counts of one part."""
        found, adjust = find_exposures(spans, self.asked.sought), self.asked.adjust
        waits, _ = waits_of(spans, found)
        lengths, by_waits = (
            self.chosen.strata(spans, found, numbers, adjust) for numbers in (found.ends - found.starts, waits)
        )
        touchpoints = len(self.chosen.touchpoints) + 1
        numbers = self.chosen.numbers(self.names)
        return Occurring(
            count_moves(spans.part.touchpoints, numbers, found.starts, found.ends, touchpoints),
            np.bincount(lengths, minlength=MOST_STRATA).astype(np.int64),
            np.bincount(by_waits[waits > 0], minlength=MOST_STRATA).astype(np.int64),
        )

    def combine(self, first: Occurring, second: Occurring) -> Occurring:
        """The sums."""
        return Occurring(
            first.moves + second.moves, first.strata + second.strata, first.wait_strata + second.wait_strata
        )

    def conclude(self, state: Occurring) -> Pass[Any, Drivers]:
        """Count the spans next."""
        chosen, names = self.chosen, self.names.touchpoints
        moves = [(int(one), int(other)) for one, other in np.argwhere(state.moves[:-1, :-1] > 0)]
        named = {
            (one, other): (names[chosen.touchpoints[one]], names[chosen.touchpoints[other]]) for one, other in moves
        }
        moves.sort(key=lambda move: (-int(state.moves[move]), named[move]))
        plan = Plan(chosen, tuple(moves[:MOST_MOVES]), numbered(state.strata), numbered(state.wait_strata))
        return CountingPass(self.names, self.asked, plan)
