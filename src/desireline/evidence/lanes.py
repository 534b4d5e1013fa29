"""What was measured at the steps of a map: channels, effort, cost, scores and sentiment."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.evidence.alignment import Aligner, AlignmentAnalysis
from desireline.evidence.lane_results import ChannelCount, Lanes, StepLane
from desireline.interactions import CostSettings
from desireline.journeys.analyses.effort import EffortAnalysis, EffortPass, EventFinder
from desireline.journeys.analyses.effort_known import Recorded
from desireline.journeys.analyses.effort_known import Signatures as UnknownParts
from desireline.journeys.analyses.emotion import DEFAULT_EMOTION_WITHIN
from desireline.journeys.analyses.service_contacts import CONTACT_FIELDS, ContactRules, service_contacts
from desireline.journeys.analyses.surveys import (
    SURVEY_FIELDS,
    Surveys,
    SurveysPass,
    code_of,
    find_scores,
    surveys_among,
)
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, mean
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.emotion import EMOTION_LINES, EmotionLine
from desireline.journeys.scoring import SCORE_KINDS, HighMeans, ScoreScale, clipped, main_estimate, score_scale
from desireline.kernels import scores as kernels
from desireline.kernels.alignment import align
from desireline.kernels.arrays import read_only
from desireline.kernels.contacts import total_of
from desireline.kernels.effort import any_bits
from desireline.kernels.stays import NO_STAY, Stays, count_channels, find_stays
from desireline.kernels.values import NOTHING, Summary, ValueCounts, add_values, count_values, in_groups, summaries

_MICRO = 1_000_000
_THOUSANDTHS = 1_000
_FINEST = 10_000
DEFAULT_LONGEST_STAY = timedelta(days=30)


class Unit(NamedTuple):
    """What a value is told in, and how many whole numbers make one."""

    name: str
    parts: int


_POINTS = Unit("points", _THOUSANDTHS)


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """How answers to surveys are read; see :func:`desireline.journeys.scoring.score_scale`.

    Attributes
    ----------
    within
        What an answer is about lies at most so long before it.
    surveys
        Touchpoints that are surveys. ``None``: those of which more than nine in ten interactions have a score.
    """

    within: timedelta = DEFAULT_EMOTION_WITHIN
    csat_scale: tuple[int, int] | None = None
    ces_scale: tuple[int, int] | None = None
    ces_high_means: HighMeans | None = None
    surveys: tuple[str, ...] | None = None

    @property
    def scales(self) -> tuple[ScoreScale, ...]:
        """In the order of :data:`SCORE_KINDS`.

        Raises
        ------
        InputError
            There is no such scale.
        """
        return (
            score_scale("NPS"),
            score_scale("CSAT", self.csat_scale),
            score_scale("CES", self.ces_scale, self.ces_high_means),
        )


@dataclass(frozen=True, slots=True, eq=False)
class LanesAnalysis:
    """What was measured at the steps of a map, by stay.

    A *stay* at a step begins with an interaction that has its place there, and lasts until before the journey's next place, at most
    ``longest_stay``; see :class:`AlignmentAnalysis`. Definitions with an example: docs/measured-lanes.md.

    - channels: of the interactions that count for the step.
    - effort: points of what begins in a stay, see :class:`~desireline.journeys.EffortAnalysis`; stays of which they are not
      known in full are left out.
    - cost: of the contacts that begin in a stay.
    - NPS, CSAT, CES and sentiment: a value belongs to the stay of the interaction that it is about, see
      :class:`~desireline.journeys.EmotionAnalysis`.

    Parameters
    ----------
    prices
        Of channels.
    gives_costs
        Whether sources give costs of interactions.
    longest_stay
        Above zero.
    """

    alignment: AlignmentAnalysis
    effort: EffortAnalysis = field(default_factory=EffortAnalysis)
    prices: CostSettings = field(default_factory=CostSettings)
    gives_costs: bool = True
    scores: ScoreRules = ScoreRules()
    longest_stay: timedelta = DEFAULT_LONGEST_STAY

    @property
    def fields(self) -> tuple[str, ...]:
        """What the passes ask parts for."""
        return (*CONTACT_FIELDS, *SURVEY_FIELDS, *self.effort.fields, "cost", "sentiment")

    def begin(self, names: Names) -> Pass[Any, Lanes]:
        """Find the surveys first, unless they are named; then the lanes.

        Raises
        ------
        InputError
            A setting has no such value.
        UnknownNameError
            A survey is no touchpoint.
        """
        if self.scores.within < timedelta():
            raise InputError(
                phrase("within: expected a duration that is not negative, got {within}", within=self.scores.within)
            )
        nothing = np.zeros(len(names.touchpoints), np.bool_)
        reading = _lanes_pass(self, names, self._finder(names), surveys_among(names, nothing))
        if self.scores.surveys is None:
            return SurveysPass(names, nothing, partial(_knowing_surveys, reading))
        named = marks_of_touchpoints(self.scores.surveys, names.touchpoints, role=phrase("surveys"))
        return _knowing_surveys(reading, surveys_among(names, named))

    def _finder(self, names: Names) -> EventFinder:
        reading = replace(self.effort, fit=False).begin(names)
        assert isinstance(reading, EffortPass)
        return reading.finder


@dataclass(frozen=True, slots=True, eq=False)
class CostFinder:
    """Finds what contacts cost.

    ``rules``: which contacts; ``None``: of none anybody says what it costs. ``per_contact``, ``per_second``, float64[channels], and
    ``priced``, bool[channels]: what the settings say.
    """

    rules: ContactRules | None
    per_contact: NDArray[np.float64]
    per_second: NDArray[np.float64]
    priced: NDArray[np.bool_]

    @classmethod
    def of(cls, names: Names, prices: CostSettings, *, gives_costs: bool) -> CostFinder:
        """For these names; contacts in channels without a price are looked at only where sources give costs."""
        known = [prices.channels.get(name) for name in names.channels]
        chosen = [name for name, each in zip(names.channels, known, strict=True) if gives_costs or each is not None]
        return cls(
            _all_contacts(names, chosen) if chosen else None,
            np.array([0.0 if each is None else each.per_contact for each in known]),
            np.array([0.0 if each is None else each.per_minute / 60 for each in known]),
            np.array([each is not None for each in known], np.bool_),
        )

    def __call__(self, spans: Spans) -> Costed:
        """The contacts of known cost that begin in the spans."""
        if self.rules is None:
            return Costed(np.empty(0, np.int64), np.empty(0, np.int64))
        found = service_contacts(spans, self.rules)
        rows = found.interactions
        cost = rows.field("cost")
        told = ~np.isnan(cost)
        millionths = np.rint(np.where(told, cost, 0) * _MICRO).astype(np.int64)
        costs, is_given = total_of(rows.contacts, millionths, told, len(found))
        if self.priced.any():
            seconds = np.maximum(found.sums("duration", "hold"), 0) / _MICRO
            computed = self.per_contact[found.channels] + self.per_second[found.channels] * seconds
            costs = np.where(is_given, costs, np.rint(computed * _MICRO).astype(np.int64))
        known = is_given | self.priced[found.channels]
        return Costed(rows.places[found.begins][known], costs[known])


class Costed(NamedTuple):
    """Contacts of known cost: the places at which they begin, and millionths, int64[c] each."""

    places: NDArray[np.int64]
    costs: NDArray[np.int64]


def _all_contacts(names: Names, channels: list[str]) -> ContactRules:
    """Every contact in these channels that is not wholly internal, whoever began it (docs/measures.md, costs)."""
    rules = ContactRules.of(names, channels)
    return replace(rules, outbound=np.zeros_like(rules.outbound), system=np.zeros_like(rules.system))


@dataclass(frozen=True, slots=True, eq=False)
class EffortCounts:
    """Effort of the stays in which any begins.

    ``points``: by the signature of what is not known, ``thousandths * k + step``. ``parts``: what the signatures mean. ``recorded``: what
    origins record.
    """

    points: ValueCounts
    parts: UnknownParts
    recorded: Recorded

    def __add__(self, other: EffortCounts) -> EffortCounts:
        """The sums."""
        return EffortCounts(
            add_values(self.points, other.points), self.parts + other.parts, self.recorded + other.recorded
        )

    def by_step(self, steps: int) -> tuple[Mapping[int, Summary], NDArray[np.int64]]:
        """Thousandths of the stays of which all is known; how many others there are, int64[k]."""
        known = self.parts.complete(self.points.groups, self.recorded)
        own = self.points.values % steps
        left_out = np.zeros(steps, np.int64)
        np.add.at(left_out, own[~known], self.points.counts[~known])
        kept = ValueCounts(self.points.groups[known], self.points.values[known] // steps, self.points.counts[known])
        return summaries(in_groups(kept, own[known])), left_out


@dataclass(frozen=True, slots=True, eq=False)
class LaneCounts:
    """The state, in whole numbers; k steps.

    Attributes
    ----------
    stays
        int64[k].
    channels
        int64[k, channels]: interactions that count for each step.
    effort
        Of stays.
    costs
        Millionths by step, of the stays in which contacts of known cost begin.
    answers
        By kind of score int64[k, levels].
    sentiments
        int64[k, 3]: how many, sum, sum of squares in ten-thousandths.
    """

    stays: NDArray[np.int64]
    channels: NDArray[np.int64]
    effort: EffortCounts
    costs: ValueCounts
    answers: tuple[NDArray[np.int64], ...]
    sentiments: NDArray[np.int64]


def _knowing_surveys(reading: LanesPass, surveys: Surveys) -> LanesPass:
    return replace(reading, surveys=surveys)


def _lanes_pass(asked: LanesAnalysis, names: Names, finder: EventFinder, surveys: Surveys) -> LanesPass:
    scales = asked.scores.scales
    return LanesPass(
        aligner=asked.alignment.aligner(names),
        steps=tuple(step.id for step in asked.alignment.graph.steps),
        channels=names.channels,
        finder=finder,
        weights=np.array(asked.effort.weights.values),
        cost_finder=CostFinder.of(names, asked.prices, gives_costs=asked.gives_costs),
        currency=asked.prices.currency,
        surveys=surveys,
        scales=scales,
        kinds=tuple(code_of(names, "score_kind", kind) for kind in SCORE_KINDS),
        within=asked.scores.within // timedelta(microseconds=1),
        longest=asked.longest_stay // timedelta(microseconds=1),
    )


@dataclass(frozen=True, slots=True, eq=False)
class LanesPass(Pass[LaneCounts, Lanes]):
    """Adds up what happened in the stays at each step; ``kinds``: codes of the kinds of score, ``within``, ``longest``: microseconds."""

    aligner: Aligner
    steps: tuple[str, ...]
    channels: tuple[str, ...]
    finder: EventFinder
    weights: NDArray[np.float64]
    cost_finder: CostFinder
    currency: str
    surveys: Surveys
    scales: tuple[ScoreScale, ...]
    kinds: tuple[int, ...]
    within: int
    longest: int

    def partial(self, spans: Spans) -> LaneCounts:
        """The sums of one part."""
        signed, cut, rules = self.aligner.signed(spans), self.aligner.cut(spans), self.aligner.rules
        found = align(signed, cut, rules)
        stays = find_stays(found.placed, read_only(spans.part.times), cut.starts, cut.ends, self.longest)
        answers, sentiments = self._felt(spans, stays)
        return LaneCounts(
            stays=np.bincount(stays.steps, minlength=len(self.steps)).astype(np.int64),
            channels=count_channels(signed, cut, rules.once, found, read_only(spans.part.channels), len(self.channels)),
            effort=self._effort(spans, stays),
            costs=self._costs(spans, stays),
            answers=answers,
            sentiments=sentiments,
        )

    def combine(self, first: LaneCounts, second: LaneCounts) -> LaneCounts:
        """The sums."""
        return LaneCounts(
            first.stays + second.stays,
            first.channels + second.channels,
            first.effort + second.effort,
            add_values(first.costs, second.costs),
            tuple(a + b for a, b in zip(first.answers, second.answers, strict=True)),
            first.sentiments + second.sentiments,
        )

    def conclude(self, state: LaneCounts) -> Answer[Lanes]:
        """The answer."""
        efforts, left_out = state.effort.by_step(len(self.steps))
        has_effort = len(state.effort.points.counts) > 0
        costs = summaries(state.costs)
        found = []
        for step, ident in enumerate(self.steps):
            stays = int(state.stays[step])
            answers = [each[step].tolist() for each in state.answers]
            nps, csat, ces = (
                main_estimate(f"{ident}: {scale.kind}", scale, counts)
                for scale, counts in zip(self.scales, answers, strict=True)
            )
            sentiment = _sentiment(ident, state.sentiments[step].tolist())
            known = stays - int(left_out[step]) if has_effort else 0
            lane = StepLane(
                step=ident,
                stays=stays,
                channels=self._channels(state.channels[step]),
                effort=_of_stays(f"{ident}: effort", efforts.get(step, NOTHING), known, _POINTS),
                cost=_of_stays(f"{ident}: cost", costs.get(step, NOTHING), stays if costs else 0, self._money),
                nps=nps,
                csat=csat,
                ces=ces,
                sentiment=sentiment,
                feelings=_feelings(ident, sentiment, self.scales, answers),
            )
            found.append(lane)
        return Answer(Lanes(tuple(found), self.currency, dict(zip(SCORE_KINDS, self.scales, strict=True))))

    @property
    def _money(self) -> Unit:
        return Unit(self.currency, _MICRO)

    def _channels(self, counts: NDArray[np.int64]) -> tuple[ChannelCount, ...]:
        found = [ChannelCount(self.channels[place], int(counts[place])) for place in np.flatnonzero(counts).tolist()]
        return tuple(sorted(found, key=lambda each: (-each.interactions, each.channel)))

    def _effort(self, spans: Spans, stays: Stays) -> EffortCounts:
        events = self.finder(spans)
        own = stays.of_rows[events.places]
        inside = own != NO_STAY
        kept, numbers = np.unique(own[inside], return_inverse=True)
        points: Any = np.bincount(numbers, weights=events.points(self.weights)[inside], minlength=len(kept))
        thousandths = np.rint(points * _THOUSANDTHS).astype(np.int64)
        missing = events.missing
        marks, parts = UnknownParts.of(
            any_bits(read_only(numbers.astype(np.int64)), read_only(missing.bits[inside]), len(kept)), missing.codes
        )
        kinds, places = np.unique(marks, return_inverse=True)
        counted = count_values(places.astype(np.int64), thousandths * len(self.steps) + stays.steps[kept])
        return EffortCounts(counted._replace(groups=kinds[counted.groups]), parts, events.recorded)

    def _costs(self, spans: Spans, stays: Stays) -> ValueCounts:
        found = self.cost_finder(spans)
        own = stays.of_rows[found.places]
        inside = own != NO_STAY
        kept, numbers = np.unique(own[inside], return_inverse=True)
        sums = np.zeros(len(kept), np.int64)
        np.add.at(sums, numbers, found.costs[inside])
        return count_values(stays.steps[kept], sums)

    def _felt(self, spans: Spans, stays: Stays) -> tuple[tuple[NDArray[np.int64], ...], NDArray[np.int64]]:
        """Answers by level, and sentiments, of what lies in stays."""
        part = spans.part
        sentiments = part.field("sentiment")
        scores = [find_scores(spans, *each) for each in zip(self.scales, self.kinds, strict=True)]
        valid = [sentiments == sentiments, *(each.valid for each in scores)]
        places, _, about = kernels.find_answers(
            part.times,
            spans.starts,
            spans.ends,
            spans.owners,
            part.offsets,
            read_only(np.logical_or.reduce(valid)),
            self.surveys.candidates(spans),
            self.within,
        )
        own = np.append(stays.of_rows, NO_STAY)[about]
        places, steps = places[own != NO_STAY], stays.steps[own[own != NO_STAY]]
        answers = []
        for scale, each in zip(self.scales, scores, strict=True):
            chosen = each.valid[places]
            cells = steps[chosen] * scale.levels + each.levels[places][chosen]
            counted = np.bincount(cells, minlength=len(self.steps) * scale.levels)
            answers.append(counted.reshape(len(self.steps), scale.levels).astype(np.int64))
        sums = np.zeros((len(self.steps), 3), np.int64)
        told = valid[0][places]
        values = np.rint(sentiments[places][told] * _FINEST).astype(np.int64)
        for column, added in enumerate((np.ones_like(values), values, values**2)):
            np.add.at(sums[:, column], steps[told], added)
        return tuple(answers), sums


def _of_stays(name: str, found: Summary, n: int, unit: Unit) -> Estimate:
    """The mean of all stays: those of ``found``, and the others with nothing."""
    total, squares = found.total / unit.parts, found.squares / unit.parts**2
    return clipped(mean(name, n, total, squares, unit=unit.name), 0, math.inf)


def _sentiment(ident: str, sums: list[int]) -> Estimate:
    count, total, squares = sums
    return clipped(mean(f"{ident}: sentiment", count, total / _FINEST, squares / _FINEST**2, unit="points"), -2, 2)


def _feelings(
    ident: str, sentiment: Estimate, scales: tuple[ScoreScale, ...], answers: list[list[int]]
) -> dict[EmotionLine, Estimate]:
    """By line, those that have values: the mean from -2 to 2."""
    found: dict[EmotionLine, Estimate] = {}
    if sentiment.n:
        found["sentiment"] = replace(sentiment, name=f"{ident}: emotion by sentiment")
    for line, scale, counts in zip(EMOTION_LINES[1:], scales, answers, strict=True):
        start, slope = scale.feelings()
        moved = [start + slope * (scale.low + level) for level in range(scale.levels)]
        if any(counts):
            total = sum(value * count for value, count in zip(moved, counts, strict=True))
            squares = sum(value * value * count for value, count in zip(moved, counts, strict=True))
            named = f"{ident}: emotion by {line}"
            found[line] = clipped(mean(named, sum(counts), total, squares, unit="points"), -2, 2)
    return found
