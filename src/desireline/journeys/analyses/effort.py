"""Customer effort: an index from contacts, repeats, switches, transfers, waiting and identifying again."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.interactions import Condition, fields_of
from desireline.journeys.analyses.about import codes_of
from desireline.journeys.analyses.effort_fit import FittedWeights, fit_weights
from desireline.journeys.analyses.effort_known import TRANSFER, WAITING, Missing, Recorded, Signatures
from desireline.journeys.analyses.service_contacts import CONTACT_FIELDS, ContactRules, service_contacts
from desireline.journeys.analyses.surveys import code_of, find_scores
from desireline.journeys.analyses.touchpoints import marks_of_condition
from desireline.journeys.analyses.transfers import TransferRules
from desireline.journeys.contact_settings import read_transferred_to
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
from desireline.journeys.wording import field_text
from desireline.kernels.arrays import read_only
from desireline.kernels.effort import any_bits, last_before, soon_after_the_one_before, sum_rows, sums_before
from desireline.kernels.selecting import marks_of_codes
from desireline.kernels.sessions import count_customers
from desireline.kernels.values import NOTHING, Summary, ValueCounts, add_values, count_values, in_groups, summaries

DEFAULT_EFFORT_WITHIN = timedelta(days=7)
DEFAULT_LOOK_BACK = timedelta(days=30)
DEFAULT_THRESHOLD = 5.0
LONGEST_WAIT_US = 86_400_000_000
"""What is longer than a day is no wait of a person: it counts as a day."""
_CONTACT, _REPEAT, _SWITCH, _TRANSFER, _WAITING, _IDENTIFICATION = range(len(COMPONENTS))
_PARTS = {_TRANSFER: TRANSFER, _WAITING: WAITING}
_FLAGS = 4
_NORMAL = 1.959963984540054
_MINUTE_US = 60_000_000
_THOUSANDTHS = 1_000
_ASKED_OF_TOUCHPOINTS = frozenset({"touchpoint", "channel", "stage"})


@dataclass(frozen=True, slots=True)
class EffortAnalysis:
    """Points of effort: the sum over what happened to a customer of how many there are, times what one weighs.

    - contact: a service contact, see :mod:`desireline.journeys.analyses.service_contacts`; it counts where it begins.
    - repeat: one that begins at most ``within`` after the customer's service contact before.
    - switch: one in another channel than where the customer last sought help, at most ``within`` before it: in another service contact,
      in one of :data:`~desireline.journeys.analyses.service_contacts.LIVE_CHANNELS`, or in self-service about a need. What is internal,
      outbound, of a system or an agent, or an answer to a survey is nothing that the customer sought.
    - transfer: of a contact from a team to another, see :mod:`desireline.journeys.analyses.transfers`.
    - waiting_minute: minutes of wait and hold of a contact, a day at most.
    - identification: an interaction that meets a condition, at most ``within`` after the customer's one before.

    What is added where is thereby known, and adds up. What is not known is not counted as 0: see
    :mod:`desireline.journeys.analyses.effort_known`. Points are taken to thousandths. Definitions and an example: docs/effort.md.

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
    needs
        Which visits to self-service are about a need, see :mod:`desireline.journeys.analyses.needs`; ``None``: the usual rule.
    transferred_to
        The field that names the team to which an interaction was transferred; ``None``: transfers are changes of team within a case.
    teams
        Only effort that is added with these teams is told of, chosen after all is measured: a contact with another team makes a repeat, too.
        ``None``: all.
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
    needs: Condition | None = None
    transferred_to: str | None = None
    teams: tuple[str, ...] | None = None
    threshold: float = DEFAULT_THRESHOLD
    fit: bool = False
    look_back: timedelta = DEFAULT_LOOK_BACK
    scale: tuple[int, int] | None = None
    high_means: HighMeans | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What the passes ask parts for."""
        told = () if self.transferred_to is None else (self.transferred_to,)
        return (*CONTACT_FIELDS, "score", "wait", *(("score_kind",) if self.fit else ()), *told)

    def begin(self, names: Names) -> Pass[Any, Effort]:
        """The answers to CES first, where weights are to be fitted; then the effort.

        Raises
        ------
        InputError
            A setting has no such value, or stages are asked for and the taxonomy names none.
        UnknownNameError
            The index has no such channel or team.
        """
        if self.by not in get_args(EffortBy):
            raise InputError(
                phrase("by: expected one of {known}, got {by!r}", known=", ".join(get_args(EffortBy)), by=self.by)
            )
        if self.by == "stage" and not names.stages:
            raise InputError(
                phrase("expected a taxonomy with stages, to say in which of them effort is added"),
                hint=phrase("say in taxonomy.yaml of the workspace which touchpoint belongs to which stage"),
            )
        for name, duration in (("within", self.within), ("look_back", self.look_back)):
            if duration < timedelta():
                raise InputError(
                    phrase(
                        "{name}: expected a duration that is not negative, got {duration}", name=name, duration=duration
                    )
                )
        if not 0 <= self.threshold < math.inf:
            raise InputError(phrase("threshold: expected a number from 0, got {threshold}", threshold=self.threshold))
        finder = EventFinder(
            ContactRules.of(names, self.channels),
            TransferRules.of(names, read_transferred_to(self.transferred_to)),
            _identifications(self.identification, names),
            ContactRules.of(names, None, None, needs=self.needs).counted,
            self.within // timedelta(microseconds=1),
        )
        teams = None if self.teams is None else codes_of("teams", self.teams, names.values.get("team", ()))
        reading = EffortPass(self, names, finder, _given(self.weights), None, teams)
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
    teams, origins
        int64[e] each: codes of teams, -1 for none; source and channel.
    unknown
        bool[e, 2]: whether transfers, and waiting, are not known of each by itself.
    tells
        bool[origins]: which tell of transfers.
    """

    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    times: NDArray[np.int64]
    amounts: NDArray[np.int64]
    teams: NDArray[np.int64]
    origins: NDArray[np.int64]
    unknown: NDArray[np.bool_]
    tells: NDArray[np.bool_]

    @property
    def missing(self) -> Missing:
        """What is not known."""
        return Missing.of(self.origins, self.unknown.T, len(self.tells))

    @property
    def recorded(self) -> Recorded:
        """What origins record."""
        is_contact = self.amounts[:, _CONTACT] > 0
        return Recorded.of(self.origins[is_contact], self.unknown[is_contact].T, self.tells)

    def of_teams(self, codes: NDArray[np.int64] | None) -> Events:
        """Those with teams of these codes, int64[t]; all where there are none."""
        if codes is None:
            return self
        chosen = np.isin(self.teams, codes)
        names = ("places", "owners", "times", "amounts", "teams", "origins", "unknown")
        return Events(**{name: getattr(self, name)[chosen] for name in names}, tells=self.tells)

    def points(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64[e], or by component float64[e, 6] summed up."""
        found: NDArray[np.float64] = _in_units(self.amounts) @ weights
        return found


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Finds the events of parts.

    ``identifications``: bool[touchpoints, channels]; ``None``: not known. ``sought``: bool[touchpoints, channels], where customers seek
    help without a team and an agent. ``within``: microseconds.
    """

    rules: ContactRules
    transfers: TransferRules
    identifications: NDArray[np.bool_] | None
    sought: NDArray[np.bool_]
    within: int

    def __call__(self, spans: Spans) -> Events:
        """The events that lie in the spans."""
        contacts = self._contacts(spans)
        if self.identifications is None:
            return contacts
        repeated = self._identifications(spans)
        order = np.argsort(np.concatenate([contacts.places, repeated.places]), kind="stable")
        names = ("places", "owners", "times", "amounts", "teams", "origins", "unknown")
        columns = {name: np.concatenate([getattr(contacts, name), getattr(repeated, name)])[order] for name in names}
        return Events(**columns, tells=contacts.tells)

    def _contacts(self, spans: Spans) -> Events:
        part = spans.part
        found = service_contacts(spans, self.rules)
        rows = found.interactions
        places = rows.places[found.begins]
        amounts = np.zeros((len(found), len(COMPONENTS)), np.int64)
        amounts[:, _CONTACT] = 1
        owners, times = read_only(found.owners), read_only(found.times)
        amounts[:, _REPEAT] = soon_after_the_one_before(owners, times, self.within)
        is_help = self._sought(spans)
        is_help[rows.places[rows.contacts >= 0]] = True
        before = last_before(
            part.times, read_only(is_help), read_only(part.offsets[found.owners]), read_only(places), self.within
        )
        amounts[:, _SWITCH] = (before >= 0) & (part.channels[before] != found.channels)
        steps = self.transfers.steps(found)
        amounts[:, _TRANSFER] = steps.transfers
        waiting = found.sums("wait", "hold")
        amounts[:, _WAITING] = np.clip(waiting, 0, LONGEST_WAIT_US)
        unknown = np.stack([~steps.known, waiting < 0], axis=1)
        return Events(
            places, found.owners, found.times, amounts, found.codes("team"), steps.origins, unknown, steps.tells
        )

    def _sought(self, spans: Spans) -> NDArray[np.bool_]:
        """bool[n]: where the customer sought help, answers to surveys aside; of what lies in spans."""
        part = spans.part
        found = np.zeros(len(part.times), np.bool_)
        found[rows_of(spans)] = True
        found &= marks_of_codes(part.touchpoints, part.channels, self.sought)
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
        origins, unknown = np.zeros(len(rows), np.int64), np.zeros((len(rows), 2), np.bool_)
        tells = np.zeros(self.transfers.origins, np.bool_)
        return Events(rows, owners, part.times[rows], amounts, teams, origins, unknown, tells)


class SpansWithEffort(NamedTuple):
    """The spans that events lie in, and what is not known of their contacts.

    Attributes
    ----------
    spans
        int64[k] ascending.
    whose
        int64[e]: the place of the span of each event among them.
    marks, signatures
        int64[k]: the signature of each span, and what it means.
    """

    spans: NDArray[np.int64]
    whose: NDArray[np.int64]
    marks: NDArray[np.int64]
    signatures: Signatures


@dataclass(frozen=True, slots=True)
class KeyedAmounts:
    """Sums of amounts by key: int64[k] ascending, each once; int64[k, 6]."""

    keys: NDArray[np.int64]
    sums: NDArray[np.int64]

    @classmethod
    def of(cls, keys: NDArray[np.int64], amounts: NDArray[np.int64]) -> KeyedAmounts:
        """Add up rows, in any order."""
        kinds, numbers = np.unique(keys, return_inverse=True)
        return cls(kinds, sum_rows(numbers.astype(np.int64), amounts, len(kinds)))

    def __add__(self, other: KeyedAmounts) -> KeyedAmounts:
        """The sums of both."""
        return KeyedAmounts.of(np.concatenate([self.keys, other.keys]), np.concatenate([self.sums, other.sums]))


@dataclass(frozen=True, slots=True)
class EffortCounts:
    """The state, in whole numbers.

    Attributes
    ----------
    customers, spans
        All that were looked at.
    of_spans, span_amounts
        Thousandths of a point, and amounts, of the spans with effort, by the signature of what is not known of their contacts.
    signatures
        What these mean.
    of_contacts, contact_amounts
        The same of contacts, by :meth:`EffortPass.contact_keys`.
    amounts
        int64[groups, 6]: sums of the amounts of all events.
    recorded
        What origins record.
    """

    customers: int
    spans: int
    of_spans: ValueCounts
    span_amounts: KeyedAmounts
    signatures: Signatures
    of_contacts: ValueCounts
    contact_amounts: KeyedAmounts
    amounts: NDArray[np.int64]
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class EffortPass(Pass[EffortCounts, Effort]):
    """Adds up effort with known weights; ``teams``: codes of those that are told of, ``None``: all."""

    asked: EffortAnalysis
    names: Names
    finder: EventFinder
    weights: FittedWeights
    fit: EffortFit | None
    teams: NDArray[np.int64] | None = None

    def partial(self, spans: Spans) -> EffortCounts:
        """The sums of one part."""
        everything = self.finder(spans)
        events = everything.of_teams(self.teams)
        points = events.points(np.array(self.weights.values))
        kept, numbers, marks, signatures = self.spans_with_effort(spans, events)
        totals: Any = np.bincount(numbers, weights=points, minlength=len(kept))
        groups = self.groups(spans, events)
        is_contact = events.amounts[:, _CONTACT] > 0
        keys = self.contact_keys(groups, events)[is_contact]
        return EffortCounts(
            customers=count_customers(spans.owners),
            spans=len(spans.starts),
            of_spans=_count_by_signature(marks, _thousandths(totals)),
            span_amounts=KeyedAmounts.of(marks, sum_rows(numbers, events.amounts, len(kept))),
            signatures=signatures,
            of_contacts=count_values(keys, _thousandths(points[is_contact])),
            contact_amounts=KeyedAmounts.of(keys, events.amounts[is_contact]),
            amounts=sum_rows(groups, events.amounts, len(self.group_names) + 1),
            recorded=everything.recorded,
        )

    def spans_with_effort(self, spans: Spans, events: Events) -> SpansWithEffort:
        """The spans that events lie in, with what is not known of the contacts there."""
        numbers = np.searchsorted(spans.starts, events.places, side="right") - 1
        kept, numbers = np.unique(numbers, return_inverse=True)
        missing = events.missing
        marks, signatures = Signatures.of(any_bits(numbers, missing.bits, len(kept)), missing.codes)
        return SpansWithEffort(kept, numbers, marks, signatures)

    def combine(self, first: EffortCounts, second: EffortCounts) -> EffortCounts:
        """The sums."""
        return EffortCounts(
            first.customers + second.customers,
            first.spans + second.spans,
            add_values(first.of_spans, second.of_spans),
            first.span_amounts + second.span_amounts,
            first.signatures + second.signatures,
            add_values(first.of_contacts, second.of_contacts),
            first.contact_amounts + second.contact_amounts,
            first.amounts + second.amounts,
            first.recorded + second.recorded,
        )

    def conclude(self, state: EffortCounts) -> Answer[Effort]:
        """The answer."""
        weights, recorded = self.weights, state.recorded
        with_effort = int(state.of_spans.counts.sum())
        spans = _only(state.of_spans, state.signatures.complete(state.of_spans.groups, recorded))
        summary = summaries(in_groups(spans, np.zeros_like(spans.groups))).get(0, NOTHING)
        values, counts = _in_order(spans)
        above = int(counts[values > self.asked.threshold * _THOUSANDTHS].sum())
        points = _in_units(state.amounts) * np.array(weights.values)
        components = self._components(state, points.sum(axis=0), with_effort)
        everything = float(np.nansum([each.points for each in components]))
        complete = state.signatures.complete(state.span_amounts.keys, recorded)
        average = _in_units(state.span_amounts.sums[complete].sum(axis=0, keepdims=True))[0] / max(summary.n, 1)
        quartiles = [_quantile(values, counts, fraction) / _THOUSANDTHS for fraction in (0.25, 0.5, 0.75)]
        return Answer(
            Effort(
                weights=tuple(
                    EffortWeight(*row)
                    for row in zip(COMPONENTS, weights.values, weights.lows, weights.highs, strict=True)
                ),
                fit=self.fit,
                transferred_to=self.asked.transferred_to,
                teams=self.asked.teams,
                customers=state.customers,
                spans=state.spans,
                contacts=int(state.of_contacts.counts.sum()),
                with_effort=share(phrase("with effort"), with_effort, state.spans),
                incomplete=with_effort - summary.n,
                mean=_mean_points(phrase("points of those with effort"), summary, average, weights),
                lower_quartile=quartiles[0],
                median=quartiles[1],
                upper_quartile=quartiles[2],
                p90=summary.p90 / _THOUSANDTHS,
                threshold=self.asked.threshold,
                above=share(phrase("more than {threshold:g} points", threshold=self.asked.threshold), above, summary.n),
                components=tuple(
                    replace(each, share=each.points / everything if everything else math.nan) for each in components
                ),
                by=self.asked.by,
                groups=self._sorted_groups(state, points, everything),
            )
        )

    def _components(self, state: EffortCounts, points: NDArray[np.float64], with_effort: int) -> list[EffortComponent]:
        """What makes the effort; no number of what is known of no contact."""
        amounts = _in_units(state.amounts.sum(axis=0, keepdims=True))[0]
        found = []
        for place, name in enumerate(COMPONENTS):
            contacts, spans = self._known(state, place, with_effort)
            is_known = contacts > 0 or (place == _IDENTIFICATION and self.finder.identifications is not None)
            said = (float(amounts[place]), float(points[place])) if is_known else (math.nan, math.nan)
            found.append(EffortComponent(name, contacts, spans, *said, math.nan))
        return found

    def _known(self, state: EffortCounts, place: int, with_effort: int) -> tuple[int, int]:
        """Of how many contacts and spans a component is known."""
        contacts = int(state.of_contacts.counts.sum())
        if place == _IDENTIFICATION and self.finder.identifications is None:
            return 0, 0
        if place not in _PARTS:
            return contacts, with_effort
        part, of_spans = _PARTS[place], state.of_spans
        spans = int(of_spans.counts[state.signatures.known(of_spans.groups, state.recorded, part)].sum())
        unknown = self.unknown(state.recorded, state.of_contacts.groups, part)
        return int(state.of_contacts.counts[~unknown].sum()), spans

    def known_contacts(self, events: Events, recorded: Recorded, place: int | None) -> NDArray[np.bool_]:
        """Which events are contacts of which a component, by its place, is known, or all that is recorded: bool[e]."""
        is_contact: NDArray[np.bool_] = events.amounts[:, _CONTACT] > 0
        if place == _IDENTIFICATION and self.finder.identifications is None:
            return np.zeros_like(is_contact)
        keys = self.contact_keys(np.zeros(len(is_contact), np.int64), events)
        if place is None:
            return is_contact & self.complete(recorded, keys)
        if place not in _PARTS:
            return is_contact
        return is_contact & ~self.unknown(recorded, keys, _PARTS[place])

    def known_spans(self, found: SpansWithEffort, recorded: Recorded, place: int | None) -> NDArray[np.bool_]:
        """Of which spans with effort a component, by its place, is known, or all that is recorded: bool[k]."""
        if place is None:
            return found.signatures.complete(found.marks, recorded)
        if place == _IDENTIFICATION and self.finder.identifications is None:
            return np.zeros(len(found.spans), np.bool_)
        if place not in _PARTS:
            return np.ones(len(found.spans), np.bool_)
        return found.signatures.known(found.marks, recorded, _PARTS[place])

    def unknown(self, recorded: Recorded, keys: NDArray[np.int64], part: int) -> NDArray[np.bool_]:
        """Whether a part is unknown of the contacts with these keys, bool[k]."""
        origins = keys // _FLAGS % max(self.finder.transfers.origins, 1)
        found: NDArray[np.bool_] = (keys % _FLAGS >> part & 1) == 1
        return found & recorded.unknown(part)[origins]

    def complete(self, recorded: Recorded, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of which contacts all is known that their origin records, bool[k]."""
        origins = keys // _FLAGS % max(self.finder.transfers.origins, 1)
        found = np.ones(len(keys), np.bool_)
        for part in (TRANSFER, WAITING):
            found &= ~(self.unknown(recorded, keys, part) & recorded.records[part][origins])
        return found

    def contact_keys(self, groups: NDArray[np.int64], events: Events) -> NDArray[np.int64]:
        """Group, origin and what is unknown as one number, int64[e]."""
        flags = events.unknown[:, TRANSFER] + 2 * events.unknown[:, WAITING].astype(np.int64)
        return (groups * self.finder.transfers.origins + events.origins) * _FLAGS + flags

    @property
    def group_names(self) -> tuple[str, ...]:
        """Of where effort is added, by code."""
        names = self.names
        known = {"channel": names.channels, "touchpoint": names.touchpoints, "stage": names.stages}
        return known.get(self.asked.by, names.values.get("team", ()))

    def groups(self, spans: Spans, events: Events) -> NDArray[np.int64]:
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
        maker = _GroupMaker(self, state)
        found = []
        for place, name in enumerate((None, *self.group_names)):
            if state.amounts[place].any():
                found.append((place, maker.of(place, name, points[place], everything)))
        if self.asked.by == "stage":
            found.sort(key=lambda each: (each[1].name is None, each[0]))
        else:
            found.sort(key=lambda each: (each[1].name is None, -each[1].points, each[1].label))
        return tuple(group for _, group in found)


class _GroupMaker:
    """Makes the groups of an answer from the contacts by key."""

    def __init__(self, reading: EffortPass, state: EffortCounts) -> None:
        self._reading = reading
        keys, width = state.of_contacts.groups, _FLAGS * max(reading.finder.transfers.origins, 1)
        groups = keys // width
        self._contacts = np.bincount(groups, state.of_contacts.counts, minlength=len(state.amounts))
        complete = _only(state.of_contacts, reading.complete(state.recorded, keys))
        self._summaries = summaries(in_groups(complete, complete.groups // width))
        chosen = reading.complete(state.recorded, state.contact_amounts.keys)
        own = (state.contact_amounts.keys[chosen] // width, state.contact_amounts.sums[chosen], len(state.amounts))
        self._averages = _in_units(sum_rows(*own))
        self._has_part = [
            np.bincount(groups[~reading.unknown(state.recorded, keys, part)], minlength=len(state.amounts)) > 0
            for part in (TRANSFER, WAITING)
        ]

    def of(self, place: int, name: str | None, points: NDArray[np.float64], everything: float) -> EffortGroup:
        """The group at a place."""
        summary = self._summaries.get(place, NOTHING)
        average = self._averages[place] / max(summary.n, 1)
        said = phrase("points of a contact, {field} {name}", field=field_text(self._reading.asked.by), name=name)
        total = float(points.sum())
        return EffortGroup(
            name=name,
            contacts=int(self._contacts[place]),
            points=total,
            share=total / everything if everything else math.nan,
            per_contact=_mean_points(said, summary, average, self._reading.weights),
            components={
                component: float(points[each]) if self._is_known(place, each) else math.nan
                for each, component in enumerate(COMPONENTS)
            },
        )

    def _is_known(self, place: int, component: int) -> bool:
        if component == _IDENTIFICATION:
            return self._reading.finder.identifications is not None
        return component not in _PARTS or bool(self._has_part[_PARTS[component]][place])


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to CES.

    Attributes
    ----------
    rows
        int64[answers, 7]: the amounts before each, and how much effort it tells of, from 0.
    marks
        int64[answers]: the signature of what is not known of the contacts before each.
    signatures
        What these mean.
    recorded
        What origins record.
    """

    rows: NDArray[np.int64]
    marks: NDArray[np.int64]
    signatures: Signatures
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class AnswersPass(Pass[Answers, Effort]):
    """Collects the answers to CES with the effort before them; ``kind``: the code of CES."""

    reading: EffortPass
    scale: ScoreScale
    kind: int

    def partial(self, spans: Spans) -> Answers:
        """The answers of one part."""
        part = spans.part
        events = self.reading.finder(spans)
        found = find_scores(spans, self.scale, self.kind)
        rows = np.arange(len(part.times), dtype=np.int64)[rows_of(spans)]
        owners = np.repeat(spans.owners, spans.ends - spans.starts)
        is_answer = found.valid[rows]
        rows, owners = rows[is_answer], owners[is_answer]
        look_back = self.reading.asked.look_back // timedelta(microseconds=1)
        missing = events.missing
        amounts, bits = sums_before(
            read_only(events.owners),
            read_only(events.times),
            read_only(events.amounts),
            read_only(missing.bits),
            np.searchsorted(events.places, rows, side="right"),
            read_only(owners),
            part.times[rows] - look_back,
        )
        levels = found.levels[rows]
        told = levels if self.scale.high_means == "effort" else self.scale.levels - 1 - levels
        marks, signatures = Signatures.of(bits, missing.codes)
        return Answers(np.column_stack([amounts, told]), marks, signatures, events.recorded)

    def combine(self, first: Answers, second: Answers) -> Answers:
        """Both."""
        return Answers(
            np.concatenate([first.rows, second.rows]),
            np.concatenate([first.marks, second.marks]),
            first.signatures + second.signatures,
            first.recorded + second.recorded,
        )

    def conclude(self, state: Answers) -> Pass[Any, Effort]:
        """Go on with fitted weights, or with those that were given where there are too few answers."""
        complete = state.rows[state.signatures.complete(state.marks, state.recorded)]
        ordered = complete[np.lexsort(complete.T)]
        amounts, told = _in_units(ordered[:, :-1]), ordered[:, -1].astype(np.float64)
        reading = self.reading
        weights, fit = fit_weights(
            amounts, told, np.array(reading.weights.values), left_out=len(state.rows) - len(complete)
        )
        used = reading.weights if weights is None else weights
        return replace(reading, weights=used, fit=fit)


def _given(weights: EffortWeights) -> FittedWeights:
    unknown = (math.nan,) * len(COMPONENTS)
    return FittedWeights(weights.values, unknown, unknown, np.zeros((len(COMPONENTS), len(COMPONENTS))))


def _identifications(condition: Condition | None, names: Names) -> NDArray[np.bool_] | None:
    """By touchpoint and channel, bool[touchpoints, channels]."""
    if condition is None:
        return None
    if not fields_of(condition) <= _ASKED_OF_TOUCHPOINTS:
        asked = ", ".join(sorted(fields_of(condition) - _ASKED_OF_TOUCHPOINTS))
        raise InputError(
            phrase("identification: expected a condition on touchpoint, channel and stage, got {asked}", asked=asked)
        )
    return marks_of_condition(condition, names)


def _count_by_signature(marks: NDArray[np.int64], values: NDArray[np.int64]) -> ValueCounts:
    """Values by signature; these are large numbers, and few."""
    kinds, numbers = np.unique(marks, return_inverse=True)
    counted = count_values(numbers.astype(np.int64), values)
    return counted._replace(groups=kinds[counted.groups])


def _only(counted: ValueCounts, chosen: NDArray[np.bool_]) -> ValueCounts:
    return ValueCounts(counted.groups[chosen], counted.values[chosen], counted.counts[chosen])


def _in_order(counted: ValueCounts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All values ascending, with how often each occurs."""
    whole = in_groups(counted, np.zeros_like(counted.groups))
    return whole.values, whole.counts


def _in_units(amounts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Amounts as numbers that weights are for: waiting in minutes."""
    found = amounts.astype(np.float64)
    found[:, _WAITING] /= _MINUTE_US
    return found


def _thousandths(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(points * _THOUSANDTHS).astype(np.int64)


def _mean_points(name: str, summary: Summary, average: NDArray[np.float64], weights: FittedWeights) -> Estimate:
    """The mean of thousandths of a point, in points; its interval ends at zero.

    ``average``: float64[6], the mean amounts. The mean is their product with the weights, so what fitted weights vary by is added to its
    variance.
    """
    found = mean(name, summary.n, summary.total / _THOUSANDTHS, summary.squares / _THOUSANDTHS**2, unit="points")
    of_weights = float(average @ weights.covariance @ average)
    if of_weights > 0 and summary.n > 1:
        own = 0.0 if math.isnan(found.high) else found.high - found.value
        half = math.hypot(own, _NORMAL * math.sqrt(of_weights))
        deviation = math.hypot(found.deviation, math.sqrt(summary.n * of_weights))
        found = replace(found, low=found.value - half, high=found.value + half, deviation=deviation)
    return clipped(found, 0, math.inf)


def _quantile(values: NDArray[np.int64], counts: NDArray[np.int64], fraction: float) -> float:
    """Type 7 of Hyndman and Fan (1996), between the two values next to it; NaN of none. Values ascend."""
    if len(values) == 0:
        return math.nan
    up_to = np.cumsum(counts)
    rank = (int(up_to[-1]) - 1) * fraction
    low, high = values[np.searchsorted(up_to, [math.floor(rank), math.ceil(rank)], side="right")].tolist()
    return float(low + (high - low) * (rank - math.floor(rank)))
