"""Crediting conversions to the touchpoints before them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import FlowBy, Names, Spans
from desireline.journeys.results.attribution import MODELS, OTHERS, T_OF_GROUPS, Attributed, Attribution, Credit
from desireline.kernels import attribution as kernels
from desireline.kernels.arrays import read_only
from desireline.kernels.tallies import Tally, add

DEFAULT_LOOKBACK = timedelta(days=30)
DEFAULT_HALF_LIFE = timedelta(days=7)
MOST_STATES = 500
"""So many touchpoints have a row of their own; more are one row together."""


@dataclass(frozen=True, slots=True)
class AttributionAnalysis:
    """Conversions credited to what came before them in the span, by seven models side by side.

    A conversion is an interaction with one of the outcomes. Its journey are the interactions of its span after the conversion
    before it (or from the beginning) and at most ``lookback`` before it, itself excluded. What comes after the last conversion, or a
    span without one, is a journey that did not convert: its interactions at most ``lookback`` before its last one. A conversion with
    an empty journey is not attributed. Definitions of the models: docs/attribution.md.

    Parameters
    ----------
    outcomes
        Touchpoints by name, one at least; any of them is a conversion.
    by
        "touchpoint" or "channel": what gets the credit.
    lookback
        Not negative; of zero, only interactions at the same moment count.
    half_life
        Above zero; for time decay alone.
    """

    outcomes: Sequence[str]
    by: FlowBy = "touchpoint"
    lookback: timedelta = DEFAULT_LOOKBACK
    half_life: timedelta = DEFAULT_HALF_LIFE

    def begin(self, names: Names) -> Pass[Any, Attribution]:
        """One pass counts everything.

        Raises
        ------
        InputError
            There is no outcome, or a duration is out of range.
        UnknownNameError
            Outcomes that are no touchpoints; all of them are listed.
        """
        if isinstance(self.outcomes, str) or not self.outcomes:
            raise InputError(
                phrase("expected one touchpoint or more as outcomes, got {outcomes!r}", outcomes=self.outcomes)
            )
        if self.lookback < timedelta() or self.half_life <= timedelta():
            raise InputError(
                phrase(
                    "expected a lookback that is not negative and a half-life above zero, got {lookback} and {half_life}",
                    lookback=self.lookback,
                    half_life=self.half_life,
                )
            )
        outcomes = tuple(dict.fromkeys(self.outcomes))
        marked = marks_of_touchpoints(outcomes, names.touchpoints, role=phrase("outcomes"))
        known = names.touchpoints if self.by == "touchpoint" else names.channels
        return AttributionPass(outcomes, self.by, known, marked, self.lookback, self.half_life)


@dataclass(frozen=True, slots=True)
class AttributionCounts:
    """What the kernels count: credit by group, rule and code; journeys by outcome and code; transitions by group."""

    conversions: int
    unattributed: int
    journeys: int
    credits: NDArray[np.int64]
    occurring: NDArray[np.int64]
    transitions: Tally


@dataclass(frozen=True, slots=True)
class AttributionPass(Pass[AttributionCounts, Attribution]):
    """Counts credit and transitions."""

    outcomes: tuple[str, ...]
    by: FlowBy
    names: tuple[str, ...]
    is_outcome: NDArray[np.bool_]
    lookback: timedelta
    half_life: timedelta

    def partial(self, spans: Spans) -> AttributionCounts:
        """The counts of one part."""
        part, journeys = spans.part, self.journeys(spans)
        codes = codes_by(spans, self.by)
        credits, occurring = kernels.credit(
            codes,
            part.times,
            journeys.starts,
            journeys.ends,
            journeys.converted,
            journeys.groups,
            len(self.names),
            self.half_life / timedelta(microseconds=1),
        )
        lost = int(journeys.unattributed[0])
        return AttributionCounts(
            conversions=int(journeys.converted.sum()) + lost,
            unattributed=lost,
            journeys=len(journeys.starts),
            credits=credits,
            occurring=occurring,
            transitions=kernels.count_transitions(codes, journeys, vocabulary=len(self.names)),
        )

    def journeys(self, spans: Spans) -> kernels.Journeys:
        """What came before each conversion of one part, and what came to none."""
        part = spans.part
        return kernels.Journeys(
            *kernels.cut_journeys(
                part.touchpoints,
                part.times,
                spans.starts,
                spans.ends,
                spans.owners,
                part.customers,
                self.is_outcome,
                self.lookback // timedelta(microseconds=1),
            )
        )

    def combine(self, first: AttributionCounts, second: AttributionCounts) -> AttributionCounts:
        """The sums."""
        return AttributionCounts(
            first.conversions + second.conversions,
            first.unattributed + second.unattributed,
            first.journeys + second.journeys,
            first.credits + second.credits,
            first.occurring + second.occurring,
            add(first.transitions, second.transitions),
        )

    def conclude(self, state: AttributionCounts) -> Answer[Attribution]:
        """Solve the chain, and name everything."""
        rows = _rows_of(state)
        credits, occurring = rows.gathered(state.credits), rows.gathered(state.occurring)
        answers = _all_models(credits, rows.matrices(state.transitions))
        names = [*(self.names[code] for code in rows.codes.tolist()), OTHERS][: rows.count]
        touched = [
            Attributed(name, int(occurring[:, row].sum()), int(occurring[1, row]), answers.credits(row))
            for row, name in enumerate(names)
        ]
        if rows.lumped:
            touched, others = touched[:-1], touched[-1:]
        else:
            others = []
        touched.sort(key=lambda each: (-round(each.credit("markov").conversions, 6), each.name))
        return Answer(
            Attribution(
                outcomes=self.outcomes,
                by=self.by,
                lookback_seconds=self.lookback.total_seconds(),
                half_life_seconds=self.half_life.total_seconds(),
                conversions=state.conversions,
                unattributed=state.unattributed,
                journeys=state.journeys,
                touched=(*touched, *others),
                lumped=rows.lumped,
            )
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The codes with a row of their own, int64[r] ascending, and how many others share the last row."""

    codes: NDArray[np.int64]
    lumped: int
    vocabulary: int

    @property
    def count(self) -> int:
        return len(self.codes) + (self.lumped > 0)

    def gathered(self, amounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64[..., vocabulary] -> int64[..., rows]."""
        own = amounts[..., self.codes]
        if not self.lumped:
            return own
        others = amounts.sum(axis=-1, keepdims=True) - own.sum(axis=-1, keepdims=True)
        return np.concatenate([own, others], axis=-1)

    def matrices(self, transitions: Tally) -> NDArray[np.int64]:
        """int64[groups, rows + 2, rows + 2]."""
        places = np.full(self.vocabulary + 2, len(self.codes), np.int64)
        places[self.codes] = np.arange(len(self.codes))
        places[-2:] = self.count, self.count + 1
        pairs, targets = np.divmod(transitions.keys, self.vocabulary + 2)
        groups, sources = np.divmod(pairs, self.vocabulary + 2)
        found = np.zeros((kernels.GROUPS, self.count + 2, self.count + 2), np.int64)
        np.add.at(found, (groups, places[sources], places[targets]), transitions.counts)
        return found


def _rows_of(state: AttributionCounts) -> _Rows:
    """The touchpoints in most converting journeys, then in most journeys, then by code."""
    vocabulary = state.occurring.shape[1]
    occurring = np.flatnonzero(state.occurring.any(axis=0))
    order = np.lexsort((-state.occurring[0, occurring], -state.occurring[1, occurring]))
    own = np.sort(occurring[order[:MOST_STATES]])
    return _Rows(own, len(occurring) - len(own), vocabulary)


@dataclass(frozen=True, slots=True)
class _Answers:
    """float64[models, rows] each: conversions, shares, and half of the 95% intervals of the shares."""

    conversions: NDArray[np.float64]
    shares: NDArray[np.float64]
    halves: NDArray[np.float64]

    def credits(self, row: int) -> tuple[Credit, ...]:
        columns = (self.conversions[:, row], self.shares[:, row], self.halves[:, row])
        return tuple(
            Credit(model.name, conversions, share, max(share - half, 0.0), min(share + half, 1.0))
            if half == half
            else Credit(model.name, conversions, share, math.nan, math.nan)
            for model, conversions, share, half in zip(MODELS, *(column.tolist() for column in columns), strict=True)
        )


def _all_models(credits: NDArray[np.int64], transitions: NDArray[np.int64]) -> _Answers:
    """Credits by group, rule and row, and transitions by group, as answers of all models in their order.

    The intervals: every group of customers is left out once (delete-a-group jackknife, Kott 2001).
    """
    total, chain = credits.sum(axis=0), transitions.sum(axis=0)
    shares = _shares(total, chain)
    attributed = int(total[kernels.FIRST].sum()) // kernels.UNIT
    conversions = np.vstack([total[:-1] / kernels.UNIT, shares[-2] * attributed, total[-1:] / kernels.UNIT])
    if not (credits[:, kernels.FIRST].sum(axis=1) > 0).all():
        return _Answers(np.nan_to_num(conversions), shares, np.full(shares.shape, np.nan))
    without = np.stack([_shares(total - mine, chain - moves) for mine, moves in zip(credits, transitions, strict=True)])
    variance = ((without - without.mean(axis=0)) ** 2).sum(axis=0) * (kernels.GROUPS - 1) / kernels.GROUPS
    return _Answers(conversions, shares, T_OF_GROUPS * np.sqrt(variance))


def _shares(credits: NDArray[np.int64], transitions: NDArray[np.int64]) -> NDArray[np.float64]:
    """float64[models, rows]: what each model gives each row; NaN where there is nothing to give."""
    attributed = credits[kernels.FIRST].sum()
    if not attributed:
        return np.full((len(MODELS), credits.shape[1]), np.nan)
    effects = kernels.removal_effects(transitions)
    counted = credits / attributed
    return np.vstack([counted[:-1], effects / effects.sum(), counted[-1:]])


def codes_by(spans: Spans, by: FlowBy) -> NDArray[np.uint16]:
    """Codes of touchpoints or channels: uint16[n]."""
    return spans.part.touchpoints if by == "touchpoint" else read_only(spans.part.channels.astype(np.uint16))
