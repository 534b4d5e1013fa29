"""Service contacts: what customers turned to the company for, as columns, by customer and time.

A *contact* is a case in one channel, or an interaction without a case (docs/measures.md). Here it is seen from one customer: the
interactions of a case that several customers share are a contact of each. It begins at its first interaction that is not internal;
one that has internal interactions only is none. A *service contact* is one that

- the customer began: at its begin ``direction`` is inbound or not given, and ``actor`` is not system;
- is in one of :data:`LIVE_CHANNELS`, or names a team or an agent on any of its interactions, so that a newsletter that was opened,
  a visit to the web site and a purchase at the till are none; or, where channels are named, is in one of those, whatever else.

An analysis may count visits to *self-service* beside them: those that are about a need, see :mod:`desireline.journeys.analyses.needs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.interactions import Condition
from desireline.journeys.analyses.needs import need_marks
from desireline.journeys.fields import NO_CASE, NO_VALUE, type_of
from desireline.journeys.model import Names, Part, Spans
from desireline.journeys.spans import rows_of
from desireline.kernels.arrays import read_only
from desireline.kernels.contacts import ANSWER, CUSTOMER, first_rows, largest_sums, last_rows, number_contacts
from desireline.kernels.selecting import marks_of_codes

LIVE_CHANNELS = ("phone", "chat", "messaging", "video")
"""Where whoever turns to the company wants something of it; in a store or a branch most people come to buy."""
SELF_SERVICE_CHANNELS = ("web", "app", "ivr", "bot")
CONTACT_FIELDS = ("actor", "agent", "case", "direction", "duration", "hold", "source", "team")
"""What contacts are made of and measured by."""
DEFAULT_ABANDONED = ("abandoned",)
"""How outcomes and touchpoints end that say that the customer gave up."""
_LONGEST_SECONDS = 1e11


@dataclass(frozen=True, slots=True)
class ContactRules:
    """What makes a service contact, by code.

    Attributes
    ----------
    counted
        bool[touchpoints, channels]: whether interactions make a contact without a team and an agent.
    self_service
        bool[channels]: where customers help themselves.
    only_channels
        Whether no other contact counts.
    internal, inbound, outbound
        bool[directions + 1]: of a direction; the last entry is of none.
    customer, agent, bot, system
        bool[actors + 1]: likewise, of an actor.
    texts
        The fields of which some interaction has a text.
    """

    counted: NDArray[np.bool_]
    self_service: NDArray[np.bool_]
    only_channels: bool
    internal: NDArray[np.bool_]
    inbound: NDArray[np.bool_]
    outbound: NDArray[np.bool_]
    customer: NDArray[np.bool_]
    agent: NDArray[np.bool_]
    bot: NDArray[np.bool_]
    system: NDArray[np.bool_]
    texts: frozenset[str]

    @classmethod
    def of(
        cls,
        names: Names,
        channels: Sequence[str] | None,
        self_service: Sequence[str] | None = (),
        *,
        needs: Condition | None = None,
    ) -> ContactRules:
        """The rules for named channels, or the usual ones.

        Parameters
        ----------
        channels
            Where contacts count, and nowhere else; ``None``: the usual rule.
        self_service
            Where contacts about a need count beside these; ``None``: in :data:`SELF_SERVICE_CHANNELS`.
        needs
            Which of those are about a need, see :func:`~desireline.journeys.analyses.needs.need_marks`.

        Raises
        ------
        UnknownNameError
            The index has no such channel.
        """
        alone = _channels(names, self_service, SELF_SERVICE_CHANNELS)
        live = _channels(names, channels, LIVE_CHANNELS)

        def are(field: str, value: str) -> NDArray[np.bool_]:
            return read_only(np.array([*(each == value for each in names.values.get(field, ())), False]))

        return cls(
            counted=read_only(np.where(alone, need_marks(names, needs), live)),
            self_service=read_only(alone),
            only_channels=channels is not None,
            internal=are("direction", "internal"),
            inbound=are("direction", "inbound"),
            outbound=are("direction", "outbound"),
            customer=are("actor", "customer"),
            agent=are("actor", "agent"),
            bot=are("actor", "bot"),
            system=are("actor", "system"),
            texts=frozenset(name for name, texts in names.values.items() if texts),
        )


@dataclass(frozen=True, slots=True)
class GaveUp:
    """What says that the customer gave up: bool[outcomes], bool[touchpoints]."""

    outcomes: NDArray[np.bool_]
    touchpoints: NDArray[np.bool_]

    @classmethod
    def of(cls, names: Names, ends: Sequence[str]) -> GaveUp:
        """Texts that are one of the ends, or have it as their last words; capitals do not count."""
        return cls(_ending_in(names.values.get("outcome", ()), ends), _ending_in(names.touchpoints, ends))


def _ending_in(texts: Sequence[str], ends: Sequence[str]) -> NDArray[np.bool_]:
    wanted = tuple(f" {end.casefold()}" for end in ends)
    return read_only(np.array([f" {text.casefold()}".endswith(wanted) for text in texts], np.bool_))


@dataclass(frozen=True, slots=True)
class Interactions:
    """The interactions of a part that may belong to a service contact, n of them, by customer, time and arrival.

    Attributes
    ----------
    part, rules
        Where they come from.
    places
        int64[n]: where they stand in the part, ascending.
    contacts
        int64[n]: the service contact that each belongs to; -1: none.
    """

    part: Part
    rules: ContactRules
    places: NDArray[np.int64]
    contacts: NDArray[np.int64]
    _known: dict[str, NDArray[Any]] = field(default_factory=dict)

    def field(self, name: str) -> NDArray[Any]:
        """The values of a field, [n]; looked up once."""
        if name not in self._known:
            self._known[name] = _field(self.part, self.rules, name, self.places)
        return self._known[name]

    def directions(self) -> NDArray[np.int32]:
        """Codes of directions, int32[n]."""
        return self.field("direction")

    def turned(self) -> NDArray[np.bool_]:
        """Those that are not internal, bool[n]."""
        turned: NDArray[np.bool_] = ~self.rules.internal[self.directions()]
        return turned

    def microseconds(self, name: str) -> NDArray[np.int64]:
        """The seconds of a field as int64[n] microseconds; -1 where there is none."""
        return _microseconds(self.field(name))

    def message_kinds(self) -> NDArray[np.int8]:
        """Which are messages of the customer, and which are answers of a person of the company: int8[n].

        An interaction of the customer that has a duration is a conversation and waits for no answer.
        """
        rules, directions, actors = self.rules, self.directions(), self.field("actor")
        unsaid = actors == NO_VALUE
        customers = rules.customer[actors] & ~rules.outbound[directions] | unsaid & rules.inbound[directions]
        customers &= self.microseconds("duration") <= 0
        answering = rules.agent[actors] | unsaid & rules.outbound[directions]
        kinds = np.where(customers, CUSTOMER, np.where(answering, ANSWER, 0)).astype(np.int8)
        kinds[rules.internal[directions]] = 0
        return kinds


@dataclass(frozen=True, slots=True)
class ServiceContacts:
    """The service contacts of a part, m of them, by customer and begin.

    Attributes
    ----------
    interactions
        Theirs, and others around them.
    begins
        int64[m]: the place among ``interactions`` at which each begins.
    owners
        int64[m]: position in ``part.customers``; never decreases.
    times
        int64[m]: when each begins, microseconds since 1970 UTC.
    channels
        int64[m]: codes into ``Names.channels``.
    has_case
        bool[m].
    """

    interactions: Interactions
    begins: NDArray[np.int64]
    owners: NDArray[np.int64]
    times: NDArray[np.int64]
    channels: NDArray[np.int64]
    has_case: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many."""
        return len(self.begins)

    def places(self) -> NDArray[np.int64]:
        """Where in the part each begins, int64[m]."""
        found: NDArray[np.int64] = self.interactions.places[self.begins]
        return found

    def only(self, chosen: NDArray[np.bool_]) -> ServiceContacts:
        """Some of them: bool[m]. The interactions of the others stay, in no contact."""
        numbers = np.append(np.where(chosen, np.cumsum(chosen) - 1, -1), -1)
        return ServiceContacts(
            interactions=replace(self.interactions, contacts=numbers[self.interactions.contacts]),
            begins=self.begins[chosen],
            owners=self.owners[chosen],
            times=self.times[chosen],
            channels=self.channels[chosen],
            has_case=self.has_case[chosen],
        )

    def are_abandoned(self, gave_up: GaveUp) -> NDArray[np.bool_]:
        """Those that nobody answered: bool[m].

        Their last outcome, or the touchpoint of an interaction, says that the customer gave up, and nobody talked: no duration is above 0.
        """
        outcomes, touchpoints = gave_up.outcomes, gave_up.touchpoints
        if not outcomes.any() and not touchpoints.any():
            return np.zeros(len(self), np.bool_)
        rows = self.interactions
        last = last_rows(rows.contacts, rows.field("outcome") != NO_VALUE, len(self))
        ended = last >= 0
        ended[ended] = np.append(outcomes, False)[rows.field("outcome")[last[ended]]]
        left = touchpoints[rows.part.touchpoints[rows.places]]
        ended |= first_rows(rows.contacts, left, len(self)) >= 0
        return ended & (first_rows(rows.contacts, rows.microseconds("duration") > 0, len(self)) < 0)

    def are_self_service(self) -> NDArray[np.bool_]:
        """Those in a self-service channel, and those that a bot handled and no team or agent: bool[m]."""
        rows = self.interactions
        rules, actors = rows.rules, rows.field("actor")
        people = rules.agent[actors] | (rows.field("team") != NO_VALUE) | (rows.field("agent") != NO_VALUE)
        by_bot = first_rows(rows.contacts, rules.bot[actors], len(self)) >= 0
        by_people = first_rows(rows.contacts, people, len(self)) >= 0
        return rules.self_service[self.channels] | by_bot & ~by_people

    def last_times(self) -> NDArray[np.int64]:
        """When the last interaction of each was that is not internal, int64[m] microseconds since 1970 UTC."""
        rows = last_rows(self.interactions.contacts, self.interactions.turned(), len(self))
        found: NDArray[np.int64] = self.interactions.part.times[self.interactions.places[rows]]
        return found

    def codes(self, name: str) -> NDArray[np.int64]:
        """Of each contact the first code of a field that its interactions have, internal ones aside; int64[m], -1 of none.

        Parameters
        ----------
        name
            A text field, "channel" or "touchpoint"; these two are those of the begin.
        """
        part = self.interactions.part
        if name == "channel":
            return self.channels
        if name == "touchpoint":
            found: NDArray[np.int64] = part.touchpoints[self.interactions.places[self.begins]].astype(np.int64)
            return found
        values = self.interactions.field(name)
        rows = first_rows(self.interactions.contacts, self.interactions.turned() & (values != NO_VALUE), len(self))
        return np.where(rows < 0, NO_VALUE, values[rows] if len(values) else NO_VALUE).astype(np.int64)

    def sums(self, *fields: str) -> NDArray[np.int64]:
        """Microseconds of each contact, of one or several fields together; int64[m], -1 where nothing is said.

        Of a contact that several sources tell of, those of the source that has most.
        """
        columns = [self.interactions.microseconds(name) for name in fields]
        known = np.any([column >= 0 for column in columns], axis=0)
        values = np.where(known, np.sum([np.maximum(column, 0) for column in columns], axis=0), -1)
        return largest_sums(self.interactions.contacts, self.interactions.field("source"), values, len(self))


def service_contacts(spans: Spans, rules: ContactRules) -> ServiceContacts:
    """The service contacts of the interactions that lie in spans; how they are cut does not matter. O(n)."""
    part = spans.part
    rows = rows_of(spans)
    places = np.arange(len(part.times), dtype=np.int64)[rows]
    owners = np.repeat(spans.owners, spans.ends - spans.starts)
    alone = marks_of_codes(part.touchpoints, part.channels, rules.counted)[places]
    chosen = alone.copy()
    if not rules.only_channels:
        others = places[~chosen]
        handled = np.zeros(len(others), np.bool_)
        if rules.texts & {"team", "agent"}:
            for name in ("team", "agent", "case"):
                handled |= _field(part, rules, name, others) >= 0
        chosen[~chosen] = handled
    places, owners, alone = places[chosen], owners[chosen], alone[chosen]
    found = Interactions(part, rules, places, np.zeros(0, np.int64))
    contacts, count = number_contacts(owners, found.field("case"))
    begins = first_rows(contacts, found.turned(), count)
    kept = np.flatnonzero(_counts(found, contacts, begins, alone))
    kept = kept[np.argsort(begins[kept], kind="stable")]
    numbers = np.full(count + 1, -1, np.int64)
    numbers[kept] = np.arange(len(kept))
    begins = begins[kept]
    return ServiceContacts(
        interactions=replace(found, contacts=numbers[contacts]),
        begins=begins,
        owners=owners[begins],
        times=part.times[places[begins]],
        channels=part.channels[places[begins]].astype(np.int64),
        has_case=found.field("case")[begins] != NO_CASE,
    )


def _counts(
    found: Interactions, contacts: NDArray[np.int64], begins: NDArray[np.int64], alone: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which contacts are service contacts, bool[count]; ``alone``: the interactions that make one without a team and an agent."""
    if len(contacts) == 0:
        return np.zeros(len(begins), np.bool_)
    rules = found.rules
    counts = begins >= 0
    counts &= ~rules.outbound[found.directions()[begins]]
    counts &= ~rules.system[found.field("actor")[begins]]
    if not rules.only_channels:
        counting = alone | (found.field("team") != NO_VALUE) | (found.field("agent") != NO_VALUE)
        counts &= first_rows(contacts, counting, len(begins)) >= 0
    return counts


def _channels(names: Names, said: Sequence[str] | None, usual: Sequence[str]) -> NDArray[np.bool_]:
    """Which channels are named, bool[channels]; of the usual ones, which need not be there, capitals do not count."""
    if said is None:
        return np.array([name.casefold() in usual for name in names.channels], np.bool_)
    for name in said:
        if name not in names.channels:
            close = closest_names(name, names.channels)
            hint = (
                phrase("did you mean {close}?", close=repr(close[0]))
                if close
                else phrase("channels: {channels}", channels=", ".join(names.channels))
            )
            raise UnknownNameError(phrase("expected names of channels, got {name!r}", name=name), hint=hint)
    return np.array([name in said for name in names.channels], np.bool_)


def _field(part: Part, rules: ContactRules, name: str, places: NDArray[np.int64]) -> NDArray[Any]:
    """The values of a field at some places; nothing is looked up of a text that no interaction has."""
    kind = type_of(name)
    if kind is np.int32 and name not in rules.texts:
        return np.full(len(places), NO_VALUE, np.int32)
    if part.source is None:
        if len(places):
            raise KeyError(name)
        return np.empty(0, kind)
    return part.source.of(name, part.arrivals[places])


def _microseconds(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    known = ~np.isnan(seconds)
    return np.where(known, np.rint(np.clip(np.where(known, seconds, 0), 0, _LONGEST_SECONDS) * 1e6), -1).astype(
        np.int64
    )
