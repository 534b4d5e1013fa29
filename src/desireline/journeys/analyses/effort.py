"""Customer effort: an index from contacts, repeats, switches, transfers, waiting and identifying again."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError
from desireline.interactions import Condition, condition_test, fields_of
from desireline.journeys.analyses.effort_fit import FittedWeights, fit_weights
from desireline.journeys.analyses.service_contacts import CONTACT_FIELDS, ContactRules, service_contacts
from desireline.journeys.analyses.surveys import code_of, find_scores
from desireline.journeys.effort_settings import COMPONENTS, EffortWeights
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, mean, share
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.effort import (
    Effort,
    EffortBy,
    EffortComponent,
    EffortFit,
    EffortGroup,
    EffortWeight,
)
from desireline.journeys.scoring import HighMeans, ScoreScale, clipped, score_scale
from desireline.journeys.spans import rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.contacts import changed
from desireline.kernels.effort import last_before, soon_after_the_one_before, sums_before
from desireline.kernels.sessions import count_customers
from desireline.kernels.values import NOTHING, Summary, ValueCounts, add_values, count_values, summaries

DEFAULT_EFFORT_WITHIN = timedelta(days=7)
DEFAULT_LOOK_BACK = timedelta(days=30)
DEFAULT_THRESHOLD = 5.0
LONGEST_WAIT_US = 86_400_000_000
"""What is longer than a day is no wait of a person: it counts as a day."""
_CONTACT, _REPEAT, _SWITCH, _TRANSFER, _WAITING, _IDENTIFICATION = range(len(COMPONENTS))
_MINUTE_US = 60_000_000
_THOUSANDTHS = 1_000
_ASKED_OF_TOUCHPOINTS = frozenset({"touchpoint", "channel", "stage"})


@dataclass(frozen=True, slots=True)
class EffortAnalysis:
    """Points of effort: the sum over what happened to a customer of how many there are, times what one weighs.

    - contact: a service contact, see :mod:`desireline.journeys.analyses.service_contacts`; it counts where it begins.
    - repeat: one that begins at most ``within`` after the customer's service contact before.
    - switch: one in another channel than what the customer did last, at most ``within`` before it: an interaction that is neither
      internal, nor outbound, nor of a system or an agent, and no answer to a survey; or one of another service contact.
    - transfer: a change of team within a contact.
    - waiting_minute: minutes of wait and hold of a contact, a day at most.
    - identification: an interaction that meets a condition, at most ``within`` after the customer's one before.

    What is added where is thereby known, and adds up. Points are taken to thousandths. Definitions and an example: docs/effort.md.

    Parameters
    ----------
    weights
        Points for one of each.
    within
        Not negative.
    by
        Where effort is added: channel, touchpoint or stage of what begins a contact (or of the identification), or team.
    channels
        Contacts in these channels and no others are service contacts.
    identification
        Which interactions are identifications, by touchpoint, channel and stage; ``None``: it is not known.
    threshold
        Points above which the share of spans is given.
    fit
        Whether to fit the weights to the answers to CES; they need 100 of these.
    look_back
        How long before an answer effort counts for it.
    scale, high_means
        Of CES, see :func:`desireline.journeys.scoring.score_scale`.
    """

    weights: EffortWeights = field(default_factory=EffortWeights)
    within: timedelta = DEFAULT_EFFORT_WITHIN
    by: EffortBy = "channel"
    channels: tuple[str, ...] | None = None
    identification: Condition | None = None
    threshold: float = DEFAULT_THRESHOLD
    fit: bool = False
    look_back: timedelta = DEFAULT_LOOK_BACK
    scale: tuple[int, int] | None = None
    high_means: HighMeans | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What the passes ask parts for."""
        return (*CONTACT_FIELDS, "score", "wait", *(("score_kind",) if self.fit else ()))

    def begin(self, names: Names) -> Pass[Any, Effort]:
        """The answers to CES first, where weights are to be fitted; then the effort.

        Raises
        ------
        InputError
            A setting has no such value, or stages are asked for and the taxonomy names none.
        UnknownNameError
            The index has no such channel.
        """
        if self.by not in get_args(EffortBy):
            raise InputError(f"by: expected one of {', '.join(get_args(EffortBy))}, got {self.by!r}")
        if self.by == "stage" and not names.stages:
            raise InputError(
                "expected a taxonomy with stages, to say in which of them effort is added",
                hint="say in taxonomy.yaml of the workspace which touchpoint belongs to which stage",
            )
        for name, duration in (("within", self.within), ("look_back", self.look_back)):
            if duration < timedelta():
                raise InputError(f"{name}: expected a duration that is not negative, got {duration}")
        if not 0 <= self.threshold < math.inf:
            raise InputError(f"threshold: expected a number from 0, got {self.threshold}")
        finder = EventFinder(
            ContactRules.of(names, self.channels),
            _identifications(self.identification, names),
            self.within // timedelta(microseconds=1),
        )
        reading = EffortPass(self, names, finder, _given(self.weights), None)
        if not self.fit:
            return reading
        scale = score_scale("CES", self.scale, self.high_means)
        return AnswersPass(reading, scale, code_of(names, "score_kind", "CES"))


@dataclass(frozen=True, slots=True)
class Events:
    """What makes effort in a part: contacts and identifications, e of them, by customer and time.

    Attributes
    ----------
    places, owners, times
        int64[e] each: where in the part each is, whose, when in microseconds.
    amounts
        int64[e, 6], in the order of :data:`COMPONENTS`; waiting in microseconds.
    teams
        int64[e]: codes, -1 for none.
    """

    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    times: NDArray[np.int64]
    amounts: NDArray[np.int64]
    teams: NDArray[np.int64]

    def points(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64[e], or by component float64[e, 6] summed up."""
        found: NDArray[np.float64] = _in_units(self.amounts) @ weights
        return found


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Finds the events of parts.

    ``identifications``: bool[touchpoints, channels]; ``None``: not known. ``within``: microseconds.
    """

    rules: ContactRules
    identifications: NDArray[np.bool_] | None
    within: int

    def __call__(self, spans: Spans) -> Events:
        """The events that lie in the spans."""
        contacts = self._contacts(spans)
        if self.identifications is None:
            return contacts
        repeated = self._identifications(spans)
        places = np.concatenate([contacts.places, repeated.places])
        order = np.argsort(places, kind="stable")
        return Events(
            places[order],
            np.concatenate([contacts.owners, repeated.owners])[order],
            np.concatenate([contacts.times, repeated.times])[order],
            np.concatenate([contacts.amounts, repeated.amounts])[order],
            np.concatenate([contacts.teams, repeated.teams])[order],
        )

    def _contacts(self, spans: Spans) -> Events:
        part = spans.part
        found = service_contacts(spans, self.rules)
        rows = found.interactions
        places = rows.places[found.begins]
        amounts = np.zeros((len(found), len(COMPONENTS)), np.int64)
        amounts[:, _CONTACT] = 1
        owners, times = read_only(found.owners), read_only(found.times)
        amounts[:, _REPEAT] = soon_after_the_one_before(owners, times, self.within)
        is_own = self._own(spans)
        is_own[rows.places[rows.contacts >= 0]] = True
        before = last_before(
            part.times, read_only(is_own), read_only(part.offsets[found.owners]), read_only(places), self.within
        )
        amounts[:, _SWITCH] = (before >= 0) & (part.channels[before] != found.channels)
        teams = rows.field("team")
        moves = changed(rows.contacts, teams, len(found))
        named = np.bincount(rows.contacts[moves], minlength=len(found))
        amounts[:, _TRANSFER] = np.maximum(named - 1, 0)
        amounts[:, _WAITING] = np.clip(found.sums("wait", "hold"), 0, LONGEST_WAIT_US)
        return Events(places, found.owners, found.times, amounts, found.codes("team"))

    def _own(self, spans: Spans) -> NDArray[np.bool_]:
        """bool[n]: what the customer did, answers to surveys aside; of what lies in spans."""
        part = spans.part
        found = np.zeros(len(part.times), np.bool_)
        found[rows_of(spans)] = True
        rules = self.rules
        scores = part.field("score")
        found &= scores != scores
        if "direction" in rules.texts:
            directions = part.field("direction")
            found &= ~(rules.internal | rules.outbound)[directions]
        if "actor" in rules.texts:
            found &= ~(rules.system | rules.agent)[part.field("actor")]
        return found

    def _identifications(self, spans: Spans) -> Events:
        part = spans.part
        assert self.identifications is not None
        rows = np.arange(len(part.times), dtype=np.int64)[rows_of(spans)]
        owners = np.repeat(spans.owners, spans.ends - spans.starts)
        met = self.identifications[part.touchpoints[rows], part.channels[rows]]
        rows, owners = rows[met], owners[met]
        repeated = soon_after_the_one_before(read_only(owners), read_only(part.times[rows]), self.within)
        rows, owners = rows[repeated], owners[repeated]
        amounts = np.zeros((len(rows), len(COMPONENTS)), np.int64)
        amounts[:, _IDENTIFICATION] = 1
        teams = np.full(len(rows), NO_VALUE, np.int64)
        if "team" in self.rules.texts:
            teams = part.field("team")[rows].astype(np.int64)
        return Events(rows, owners, part.times[rows], amounts, teams)


@dataclass(frozen=True, slots=True)
class EffortCounts:
    """The state, in whole numbers.

    Attributes
    ----------
    customers, spans
        All that were looked at.
    of_spans
        Thousandths of a point of the spans with effort, in group 0.
    of_contacts
        Thousandths of a point of contacts, by group; group 0 is of none.
    amounts
        int64[groups, 6]: sums of the amounts of events.
    """

    customers: int
    spans: int
    of_spans: ValueCounts
    of_contacts: ValueCounts
    amounts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EffortPass(Pass[EffortCounts, Effort]):
    """Adds up effort with known weights."""

    asked: EffortAnalysis
    names: Names
    finder: EventFinder
    weights: FittedWeights
    fit: EffortFit | None

    def partial(self, spans: Spans) -> EffortCounts:
        """The sums of one part."""
        events = self.finder(spans)
        points = events.points(np.array(self.weights.values))
        numbers = np.searchsorted(spans.starts, events.places, side="right") - 1
        has_effort = np.bincount(numbers, minlength=len(spans.starts)) > 0
        totals: Any = np.bincount(numbers, weights=points, minlength=len(spans.starts))[has_effort]
        groups = self._groups(spans, events)
        is_contact = events.amounts[:, _CONTACT] > 0
        amounts = np.zeros((len(self._group_names()) + 1, len(COMPONENTS)), np.int64)
        np.add.at(amounts, groups, events.amounts)
        return EffortCounts(
            customers=count_customers(spans.owners),
            spans=len(spans.starts),
            of_spans=count_values(np.zeros(len(totals), np.int64), _thousandths(totals)),
            of_contacts=count_values(groups[is_contact], _thousandths(points[is_contact])),
            amounts=amounts,
        )

    def combine(self, first: EffortCounts, second: EffortCounts) -> EffortCounts:
        """The sums."""
        return EffortCounts(
            first.customers + second.customers,
            first.spans + second.spans,
            add_values(first.of_spans, second.of_spans),
            add_values(first.of_contacts, second.of_contacts),
            first.amounts + second.amounts,
        )

    def conclude(self, state: EffortCounts) -> Answer[Effort]:
        """The answer."""
        weights = self.weights
        values, counts = state.of_spans.values, state.of_spans.counts
        summary = summaries(state.of_spans).get(0, NOTHING)
        n = summary.n
        above = int(counts[values > self.asked.threshold * _THOUSANDTHS].sum())
        points = _in_units(state.amounts) * np.array(weights.values)
        everything = float(points.sum())
        amounts = _in_units(state.amounts).sum(axis=0)
        quartiles = [_quantile(values, counts, fraction) / _THOUSANDTHS for fraction in (0.25, 0.5, 0.75)]
        return Answer(
            Effort(
                weights=tuple(
                    EffortWeight(*row)
                    for row in zip(COMPONENTS, weights.values, weights.lows, weights.highs, strict=True)
                ),
                fit=self.fit,
                customers=state.customers,
                spans=state.spans,
                with_effort=share("with effort", n, state.spans),
                mean=_mean_points("points of those with effort", summary),
                lower_quartile=quartiles[0],
                median=quartiles[1],
                upper_quartile=quartiles[2],
                p90=summary.p90 / _THOUSANDTHS,
                threshold=self.asked.threshold,
                above=share(f"more than {self.asked.threshold:g} points", above, n),
                components=tuple(
                    EffortComponent(name, amount, made, made / everything if everything else math.nan)
                    for name, amount, made in zip(
                        COMPONENTS, amounts.tolist(), points.sum(axis=0).tolist(), strict=True
                    )
                ),
                by=self.asked.by,
                groups=self._sorted_groups(state, points, everything),
            )
        )

    def _group_names(self) -> tuple[str, ...]:
        names = self.names
        known = {"channel": names.channels, "touchpoint": names.touchpoints, "stage": names.stages}
        return known.get(self.asked.by, names.values.get("team", ()))

    def _groups(self, spans: Spans, events: Events) -> NDArray[np.int64]:
        """Where each event adds its points: int64[e], 0 for none, else one more than the code."""
        part, by = spans.part, self.asked.by
        if by == "team":
            return events.teams + 1
        if by == "channel":
            return part.channels[events.places].astype(np.int64) + 1
        touchpoints = part.touchpoints[events.places].astype(np.int64)
        if by == "touchpoint":
            return touchpoints + 1
        return np.array([*self.names.stage_of, -1], np.int64)[touchpoints] + 1

    def _sorted_groups(
        self, state: EffortCounts, points: NDArray[np.float64], everything: float
    ) -> tuple[EffortGroup, ...]:
        of_contacts = summaries(state.of_contacts)
        found = []
        for place, name in enumerate((None, *self._group_names())):
            if not state.amounts[place].any():
                continue
            total = float(points[place].sum())
            summary = of_contacts.get(place, NOTHING)
            per_contact = _mean_points(f"points of a contact, {self.asked.by} {name}", summary)
            components = dict(zip(COMPONENTS, points[place].tolist(), strict=True))
            part = total / everything if everything else math.nan
            found.append((place, EffortGroup(name, summary.n, total, part, per_contact, components)))
        if self.asked.by == "stage":
            found.sort(key=lambda each: (each[1].name is None, each[0]))
        else:
            found.sort(key=lambda each: (each[1].name is None, -each[1].points, each[1].label))
        return tuple(group for _, group in found)


@dataclass(frozen=True, slots=True)
class AnswersPass(Pass[NDArray[np.int64], Effort]):
    """Collects the answers to CES with the effort before them; ``kind``: the code of CES."""

    reading: EffortPass
    scale: ScoreScale
    kind: int

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """int64[answers, 7]: the amounts before each, and how much effort it tells of, from 0."""
        part = spans.part
        events = self.reading.finder(spans)
        found = find_scores(spans, self.scale, self.kind)
        rows = np.arange(len(part.times), dtype=np.int64)[rows_of(spans)]
        owners = np.repeat(spans.owners, spans.ends - spans.starts)
        is_answer = found.valid[rows]
        rows, owners = rows[is_answer], owners[is_answer]
        look_back = self.reading.asked.look_back // timedelta(microseconds=1)
        amounts = sums_before(
            read_only(events.owners),
            read_only(events.times),
            read_only(events.amounts),
            np.searchsorted(events.places, rows, side="right"),
            read_only(owners),
            part.times[rows] - look_back,
        )
        levels = found.levels[rows]
        told = levels if self.scale.high_means == "effort" else self.scale.levels - 1 - levels
        return np.column_stack([amounts, told])

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """Both."""
        return np.concatenate([first, second])

    def conclude(self, state: NDArray[np.int64]) -> Pass[Any, Effort]:
        """Go on with fitted weights, or with those that were given where there are too few answers."""
        ordered = state[np.lexsort(state.T)]
        weights, fit = fit_weights(_in_units(ordered[:, :-1]), ordered[:, -1].astype(np.float64))
        reading = self.reading
        used = reading.weights if weights is None else weights
        return EffortPass(reading.asked, reading.names, reading.finder, used, fit)


def _given(weights: EffortWeights) -> FittedWeights:
    unknown = (math.nan,) * len(COMPONENTS)
    return FittedWeights(weights.values, unknown, unknown)


def _identifications(condition: Condition | None, names: Names) -> NDArray[np.bool_] | None:
    """By touchpoint and channel, bool[touchpoints, channels]."""
    if condition is None:
        return None
    if not fields_of(condition) <= _ASKED_OF_TOUCHPOINTS:
        asked = ", ".join(sorted(fields_of(condition) - _ASKED_OF_TOUCHPOINTS))
        raise InputError(f"identification: expected a condition on touchpoint, channel and stage, got {asked}")
    test = condition_test(condition)
    stages = [None if place < 0 else names.stages[place] for place in names.stage_of] or [None] * len(names.touchpoints)
    met = [
        [bool(test({"touchpoint": touchpoint, "channel": channel, "stage": stage})) for channel in names.channels]
        for touchpoint, stage in zip(names.touchpoints, stages, strict=True)
    ]
    return read_only(np.array(met, np.bool_).reshape(len(names.touchpoints), len(names.channels)))


def _in_units(amounts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Amounts as numbers that weights are for: waiting in minutes."""
    found = amounts.astype(np.float64)
    found[:, _WAITING] /= _MINUTE_US
    return found


def _thousandths(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(points * _THOUSANDTHS).astype(np.int64)


def _mean_points(name: str, summary: Summary) -> Estimate:
    """The mean of thousandths of a point, in points; its interval ends at zero."""
    found = mean(name, summary.n, summary.total / _THOUSANDTHS, summary.squares / _THOUSANDTHS**2, unit="points")
    return clipped(found, 0, math.inf)


def _quantile(values: NDArray[np.int64], counts: NDArray[np.int64], fraction: float) -> float:
    """Type 7 of Hyndman and Fan (1996), between the two values next to it; NaN of none. Values ascend."""
    if len(values) == 0:
        return math.nan
    up_to = np.cumsum(counts)
    rank = (int(up_to[-1]) - 1) * fraction
    low, high = values[np.searchsorted(up_to, [math.floor(rank), math.ceil(rank)], side="right")].tolist()
    return float(low + (high - low) * (rank - math.floor(rank)))
