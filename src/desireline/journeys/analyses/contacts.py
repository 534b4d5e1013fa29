"""How well contacts are handled: first contact resolution, transfers, times, answers, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.interactions.local_time import local_days
from desireline.journeys.analyses.about import codes_of
from desireline.journeys.analyses.code_chains import CodeChains
from desireline.journeys.analyses.service_contacts import (
    CONTACT_FIELDS,
    DEFAULT_ABANDONED,
    ContactRules,
    GaveUp,
    ServiceContacts,
    service_contacts,
)
from desireline.journeys.analyses.transfers import TransferRules, TransferSteps
from desireline.journeys.analyses.weekdays import WEEKDAYS, weekdays
from desireline.journeys.calendars import Calendars, CalendarTable
from desireline.journeys.contact_settings import read_transferred_to
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import mean, share
from desireline.journeys.fields import NO_VALUE, values_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.contacts import (
    TIMES,
    ContactGroup,
    Contacts,
    ContactsBy,
    ContactTime,
    OutcomeShare,
    TransferChain,
    TransferCount,
)
from desireline.journeys.spans import end_of
from desireline.kernels.contacts import answers, changed, last_rows, time_to_next
from desireline.kernels.counting import count_rows
from desireline.kernels.sessions import count_customers
from desireline.kernels.tallies import Tally, add, tally
from desireline.kernels.values import (
    NOTHING,
    Summary,
    ValueCounts,
    add_values,
    count_values,
    in_one_group,
    summaries,
)

DEFAULT_REPEAT_WINDOW = timedelta(days=7)
DEFAULT_CHAINS = 20
MOST_OUTCOMES = 5
MOST_TRANSFERS = 5
_MICROSECOND = timedelta(microseconds=1)
_SECOND_US = 1e6
_NEVER = np.iinfo(np.int64).min
_KNOWN, _TRANSFERRED, _WITH_AGENT, _CHANGED_AGENT = range(4)


@dataclass(frozen=True, slots=True)
class ContactsAnalysis:
    """Contact quality, over the service contacts of :mod:`desireline.journeys.analyses.service_contacts`.

    Parameters
    ----------
    within
        The repeat window: a contact is resolved if the same customer begins no other one within it, included. Contacts whose
        window is not over at ``record_end`` are left out of this, and counted.
    by
        What the contacts are grouped by; of a team, an agent and a reason the first one that a contact names.
    reason
        The field that says what a contact was about: "touchpoint", or a text such as "attributes.reason". Only another contact with
        the same reason is a repeat then; a contact without one is left out of first contact resolution, and counted.
    channels
        Contacts in these channels and no others count.
    calendars
        The times to an answer are also given in the opening hours that hold for each contact; those of contacts without any are left out.
    transferred_to
        The field that names the team to which an interaction was transferred, see :mod:`desireline.journeys.analyses.transfers`;
        ``None``: transfers are seen as changes of team within a case only.
    abandoned
        Ends of outcomes and touchpoints that say that the customer gave up, such as "abandoned", which "Call abandoned" ends with; capitals
        do not count. A contact that ends so and in which nobody talked is left out of first contact resolution and of the handle time, and
        counted; it can be a repeat of one before. Empty: none is left out.
    teams
        Only the contacts that belong to these teams are told of. They are chosen after all are measured: a contact with another team is
        a repeat, too. ``None``: all.
    weekday
        Only the contacts that begin on this day of the week are told of, chosen likewise: "Monday" … "Sunday".
    timezone
        By whose clock days begin.
    top
        So many transfer chains, the most frequent ones.
    record_end
        Until when customers could have been seen; ``None``: the last interaction that is looked at.

    Raises
    ------
    InputError
        The window is negative, the contacts are to be grouped by a reason and none is named, a field is no text, or there is no such
        weekday.
    UnknownNameError
        ``reason`` or ``transferred_to`` is no field. When it begins: the index has none of these channels or teams.
    """

    within: timedelta = DEFAULT_REPEAT_WINDOW
    by: ContactsBy = "channel"
    reason: str | None = None
    channels: tuple[str, ...] | None = None
    calendars: Calendars = field(default_factory=Calendars)
    transferred_to: str | None = None
    abandoned: tuple[str, ...] = DEFAULT_ABANDONED
    teams: tuple[str, ...] | None = None
    weekday: str | None = None
    timezone: str = "UTC"
    top: int = DEFAULT_CHAINS
    record_end: datetime | None = None

    def __post_init__(self) -> None:
        """Check the settings."""
        if self.within < timedelta():
            raise InputError(phrase("within: expected a duration from zero on, got {within}", within=self.within))
        if self.by not in get_args(ContactsBy):
            raise InputError(
                phrase("by: expected one of {known}, got {by!r}", known=", ".join(get_args(ContactsBy)), by=self.by)
            )
        if self.by == "reason" and self.reason is None:
            raise InputError(
                phrase("contacts by reason: expected the field that says the reason"),
                hint=phrase("--reason touchpoint, or --reason attributes.NAME"),
            )
        if self.reason not in (None, "touchpoint") and values_of(str(self.reason)) != "text":
            raise InputError(phrase("reason: expected touchpoint or a text field, got {reason!r}", reason=self.reason))
        if self.weekday is not None and self.weekday not in WEEKDAYS:
            raise InputError(
                phrase(
                    "weekday: expected one of {known}, got {weekday!r}", known=", ".join(WEEKDAYS), weekday=self.weekday
                )
            )
        read_transferred_to(self.transferred_to)

    @property
    def fields(self) -> tuple[str, ...]:
        """What the passes ask parts for."""
        extra = [name for name in (self.reason, self.transferred_to) if name not in (None, "touchpoint")]
        return (*CONTACT_FIELDS, "outcome", "wait", *map(str, extra))

    def begin(self, names: Names) -> Pass[Any, Contacts]:
        """One reading."""
        column = str(self.reason) if self.by == "reason" else self.by
        known = {"channel": names.channels, "touchpoint": names.touchpoints}
        groups = known[column] if column in known else names.values.get(column, ())
        transfers = TransferRules.of(names, self.transferred_to)
        rules = ContactRules.of(names, self.channels)
        outcomes = names.values.get("outcome", ())
        gave_up = GaveUp.of(names, self.abandoned)
        teams = None if self.teams is None else codes_of("teams", self.teams, names.values.get("team", ()))
        calendars = CalendarTable.of(self.calendars, names.values.get("team", ()), names.channels)
        return ContactsPass(self, rules, transfers, column, groups, outcomes, gave_up, teams, calendars)


@dataclass(frozen=True, slots=True)
class Pending:
    """Contacts of which it is open whether their window is over before the record ends: begin, group and time to the next."""

    times: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    groups: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    gaps: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __add__(self, other: Pending) -> Pending:
        """Both."""
        pairs = ((self.times, other.times), (self.groups, other.groups), (self.gaps, other.gaps))
        return Pending(*(np.concatenate(pair) for pair in pairs))

    def only(self, chosen: NDArray[np.bool_]) -> Pending:
        """Some of them."""
        return Pending(self.times[chosen], self.groups[chosen], self.gaps[chosen])


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What came after contacts.

    Attributes
    ----------
    followed
        int64[g, 2]: contacts whose window is over, and those of them that another one followed within it.
    gaps
        The microseconds to it, by group.
    pending
        Those not known to be over.
    unreasoned
        Contacts without a reason, where one is asked for; abandoned ones aside.
    """

    followed: NDArray[np.int64]
    gaps: ValueCounts
    pending: Pending
    unreasoned: int

    def __add__(self, other: FollowUps) -> FollowUps:
        """The sums."""
        return FollowUps(
            self.followed + other.followed,
            add_values(self.gaps, other.gaps),
            self.pending + other.pending,
            self.unreasoned + other.unreasoned,
        )


@dataclass(frozen=True, slots=True)
class Transfers:
    """Changes of team and of agent.

    Attributes
    ----------
    counts
        int64[g, 4]: contacts of which it is known by themselves whether they were transferred, those that were; contacts with a case
        that name an agent, those that went from one to another.
    untold
        The other contacts by ``group * origins + origin``; they were not transferred if their origin tells of transfers.
    tells
        bool[origins]: which do.
    numbers
        int64[t + 1]: the contacts of which it is known by how many transfers they have; the last is for that many and more.
    chains
        The teams of each contact that was transferred.
    """

    counts: NDArray[np.int64]
    untold: Tally
    tells: NDArray[np.bool_]
    numbers: NDArray[np.int64]
    chains: CodeChains

    def __add__(self, other: Transfers) -> Transfers:
        """The sums."""
        return Transfers(
            self.counts + other.counts,
            add(self.untold, other.untold),
            self.tells | other.tells,
            self.numbers + other.numbers,
            self.chains + other.chains,
        )

    def settled(self) -> Transfers:
        """With the contacts that were not transferred, for their origin tells of transfers."""
        groups, origins = np.divmod(self.untold.keys, max(len(self.tells), 1))
        told = np.where(self.tells[origins], self.untold.counts, 0)
        counts, numbers = self.counts.copy(), self.numbers.copy()
        np.add.at(counts[:, _KNOWN], groups, told)
        numbers[0] += told.sum()
        return Transfers(counts, tally(np.zeros(0, np.int64)), self.tells, numbers, self.chains)

    def in_one_group(self) -> Transfers:
        """All contacts as those of group 0; the settled ones."""
        return replace(self, counts=self.counts.sum(axis=0, keepdims=True))


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """What the contacts of some parts say.

    Attributes
    ----------
    last_us
        Until when customers could have been seen; the smallest int64 where nothing says so.
    all_customers, with_case
        Customers with a contact; contacts with a case.
    counts
        int64[g, 4]: contacts and distinct customers of each group, contacts in which the customer waits for an answer at the end, and
        those that were abandoned.
    follow_ups, transfers
        See there.
    times
        By name of a time: microseconds by group.
    outcomes
        Codes of outcomes by group.
    """

    last_us: int
    all_customers: int
    with_case: int
    counts: NDArray[np.int64]
    follow_ups: FollowUps
    transfers: Transfers
    times: dict[str, ValueCounts]
    outcomes: ValueCounts


@dataclass(frozen=True, slots=True)
class ContactsPass(Pass[ContactCounts, Contacts]):
    """Counts the contacts of parts.

    Attributes
    ----------
    settings, rules, transfers
        What is asked, what a contact is, and how it is transferred.
    column
        What the contacts are grouped by: "channel", "touchpoint", or a field.
    groups, outcomes
        Names by code.
    abandoned
        What says that a customer gave up.
    teams
        Codes of those whose contacts are told of, int64[t]; ``None``: all.
    calendars
        Which opening hours hold.
    """

    settings: ContactsAnalysis
    rules: ContactRules
    transfers: TransferRules
    column: str
    groups: tuple[str, ...]
    outcomes: tuple[str, ...]
    abandoned: GaveUp
    teams: NDArray[np.int64] | None
    calendars: CalendarTable

    def partial(self, spans: Spans) -> ContactCounts:
        """The contacts of one part. The last group is of those that have no name."""
        contacts = everything = service_contacts(spans, self.rules)
        topics, gaps = self.followers(everything)
        chosen = self.told_of(everything)
        if chosen is not None:
            contacts, topics, gaps = everything.only(chosen), topics[chosen], gaps[chosen]
        gave_up = contacts.are_abandoned(self.abandoned)
        groups = contacts.codes(self.column)
        groups[groups < 0] = len(self.groups)
        number = len(self.groups) + 1
        last_us = end_of(spans, self.settings.record_end)
        found, customers = count_rows(groups.astype(np.int32), contacts.owners, number)
        times, waiting = self._times(contacts, groups, gave_up)
        unanswered, abandoned = (np.bincount(groups[each], minlength=number) for each in (waiting, gave_up))
        steps = self.transfers.steps(contacts)
        if chosen is not None:
            steps = replace(steps, tells=self.transfers.tells(everything))
        return ContactCounts(
            last_us=last_us,
            all_customers=count_customers(contacts.owners),
            with_case=int(contacts.has_case.sum()),
            counts=np.stack([found, customers, unanswered, abandoned], axis=1).astype(np.int64),
            follow_ups=self._follow_ups(
                contacts.times[~gave_up], groups[~gave_up], topics[~gave_up], gaps[~gave_up], last_us
            ),
            transfers=_transfers(steps, groups, number),
            times=times,
            outcomes=_outcomes(contacts, groups),
        )

    def combine(self, first: ContactCounts, second: ContactCounts) -> ContactCounts:
        """The sums."""
        return ContactCounts(
            last_us=max(first.last_us, second.last_us),
            all_customers=first.all_customers + second.all_customers,
            with_case=first.with_case + second.with_case,
            counts=first.counts + second.counts,
            follow_ups=first.follow_ups + second.follow_ups,
            transfers=first.transfers + second.transfers,
            times={name: add_values(first.times[name], second.times[name]) for name in first.times},
            outcomes=add_values(first.outcomes, second.outcomes),
        )

    def conclude(self, state: ContactCounts) -> Answer[Contacts]:
        """The answer."""
        state = replace(state, transfers=state.transfers.settled())
        settled = self._settled(state.follow_ups, state.last_us)
        makers = _Groups(self, state, settled)
        found = [makers.of(code) for code in np.flatnonzero(state.counts[:, 0]).tolist()]
        found.sort(key=lambda group: (-group.contacts, group.name is None, group.name or ""))
        total = _Groups(self, _in_one_group(state), _followed_in_one_group(settled)).of(0, total=True)
        numbers = state.transfers.numbers.tolist()
        abandoned = int(state.counts[:, 3].sum())
        return Answer(
            Contacts(
                by=self.settings.by,
                reason=self.settings.reason,
                within_seconds=self.settings.within.total_seconds(),
                transferred_to=self.settings.transferred_to,
                opening_hours=str(self.settings.calendars) if self.settings.calendars else None,
                abandoned=self.settings.abandoned,
                teams=self.settings.teams,
                weekday=self.settings.weekday,
                total=total,
                groups=tuple(found),
                without_case=total.contacts - state.with_case,
                not_over=total.contacts - total.resolved.n - settled.unreasoned - abandoned,
                without_reason=settled.unreasoned,
                transfers=tuple(TransferCount(place, count) for place, count in enumerate(numbers) if count),
                total_chains=len(state.transfers.chains.keys),
                chains=_chains(state.transfers, self.transfers.teams, self.settings.top),
            )
        )

    def told_of(self, contacts: ServiceContacts) -> NDArray[np.bool_] | None:
        """Which contacts are told of, bool[m]; ``None``: all are."""
        if self.teams is None and self.settings.weekday is None:
            return None
        chosen = np.ones(len(contacts), np.bool_)
        if self.teams is not None:
            chosen &= np.isin(contacts.codes("team"), self.teams)
        if self.settings.weekday is not None:
            days = local_days(contacts.times, self.settings.timezone)
            chosen &= weekdays(days) == WEEKDAYS.index(self.settings.weekday)
        return chosen

    def followers(self, contacts: ServiceContacts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What each contact is about, -1 where that is asked for and not known, and how long after it the next one begins."""
        reason = self.settings.reason
        topics = np.zeros(len(contacts), np.int64) if reason is None else contacts.codes(reason)
        return topics, time_to_next(contacts.owners, contacts.times, topics)

    def _follow_ups(
        self,
        times: NDArray[np.int64],
        groups: NDArray[np.int64],
        topics: NDArray[np.int64],
        gaps: NDArray[np.int64],
        last_us: int,
    ) -> FollowUps:
        told = topics >= 0
        none = FollowUps(
            np.zeros((len(self.groups) + 1, 2), np.int64),
            count_values(np.zeros(0, np.int64), np.zeros(0, np.int64)),
            Pending(times[told], groups[told], gaps[told]),
            int(np.count_nonzero(~told)),
        )
        return self._settled(none, last_us)

    def _settled(self, follow_ups: FollowUps, last_us: int) -> FollowUps:
        """With those counted whose window is over at ``last_us``."""
        window = self.settings.within // _MICROSECOND
        pending = follow_ups.pending
        over = pending.times <= last_us - window if last_us != _NEVER else np.zeros(len(pending.times), np.bool_)
        done = pending.only(over)
        repeated = (done.gaps >= 0) & (done.gaps <= window)
        number = len(follow_ups.followed)
        counted = [np.bincount(of, minlength=number) for of in (done.groups, done.groups[repeated])]
        return FollowUps(
            follow_ups.followed + np.stack(counted, axis=1),
            add_values(follow_ups.gaps, count_values(done.groups[repeated], done.gaps[repeated])),
            pending.only(~over),
            follow_ups.unreasoned,
        )

    def times_of(self, contacts: ServiceContacts, name: str, abandoned: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The wait, hold or handle time of contacts, int64[m] microseconds, -1 of none; ``abandoned``: which were, bool[m]."""
        if name == "handle":
            return np.where(abandoned, -1, contacts.sums("duration", "hold"))
        return contacts.sums(name)

    def _times(
        self, contacts: ServiceContacts, groups: NDArray[np.int64], abandoned: NDArray[np.bool_]
    ) -> tuple[dict[str, ValueCounts], NDArray[np.bool_]]:
        """The times of contacts by group, and in which the customer still waits for an answer."""
        found = {}
        for name in ("wait", "hold", "handle"):
            values = self.times_of(contacts, name, abandoned)
            found[name] = count_values(groups[values >= 0], _to_milliseconds(values[values >= 0]))
        rows = contacts.interactions
        answered = answers(rows.contacts, rows.message_kinds(), rows.part.times[rows.places], len(contacts))
        whose, asked, answered_at, waiting = answered
        found["response"] = count_values(groups[whose], answered_at - asked)
        if self.settings.calendars:
            numbers = self.calendars.numbers[contacts.codes("team")[whose], contacts.channels[whose]]
            open_for = self.calendars.open_time(numbers, asked, answered_at)
            timed = numbers >= 0
            found["response_open"] = count_values(groups[whose][timed], open_for[timed])
        return found, waiting & contacts.has_case


def _transfers(steps: TransferSteps, groups: NDArray[np.int64], number: int) -> Transfers:
    contacts = steps.contacts
    numbers = np.bincount(np.minimum(steps.transfers[steps.known], MOST_TRANSFERS), minlength=MOST_TRANSFERS + 1)
    agents = np.where(contacts.interactions.turned(), contacts.interactions.field("agent"), NO_VALUE).astype(np.int32)
    changes = changed(contacts.interactions.contacts, agents, len(contacts))
    agents_of = np.bincount(contacts.interactions.contacts[changes], minlength=len(contacts)) * contacts.has_case
    chosen = (steps.known, steps.lengths > 1, agents_of > 0, agents_of > 1)
    return Transfers(
        counts=np.stack([np.bincount(groups[each], minlength=number) for each in chosen], axis=1).astype(np.int64),
        untold=tally((groups * len(steps.tells) + steps.origins)[~steps.known]),
        tells=steps.tells,
        numbers=numbers.astype(np.int64),
        chains=_chains_of(steps),
    )


def _chains_of(steps: TransferSteps) -> CodeChains:
    """The steps of all contacts that have two or more."""
    long = steps.lengths > 1
    chosen = np.flatnonzero(long[steps.whose])
    chosen = chosen[np.argsort(steps.whose[chosen], kind="stable")]
    return CodeChains.of(steps.codes[chosen], steps.lengths[long], steps.contacts.owners[long])


def _to_milliseconds(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Microseconds to the next millisecond, so that many contacts have few different times."""
    return (values + 500) // 1000 * 1000


def _outcomes(contacts: ServiceContacts, groups: NDArray[np.int64]) -> ValueCounts:
    """The last outcome that each contact names."""
    codes = contacts.interactions.field("outcome")
    rows = last_rows(contacts.interactions.contacts, codes != NO_VALUE, len(contacts))
    known = rows >= 0
    return count_values(groups[known], codes[rows[known]].astype(np.int64))


def _chains(transfers: Transfers, teams: tuple[str, ...], top: int) -> tuple[TransferChain, ...]:
    transferred = int(transfers.counts[:, _TRANSFERRED].sum())
    found = [
        TransferChain(tuple(teams[code] for code in codes), times, owners, share("", times, transferred))
        for codes, times, owners in transfers.chains.most(top)
    ]
    return tuple(sorted(found, key=lambda chain: (-chain.contacts, chain.teams))[:top])


def _in_one_group(state: ContactCounts) -> ContactCounts:
    """All contacts as those of group 0."""
    sums = state.counts.sum(axis=0, keepdims=True)
    sums[0, 1] = state.all_customers
    return ContactCounts(
        state.last_us,
        state.all_customers,
        state.with_case,
        sums,
        state.follow_ups,
        state.transfers.in_one_group(),
        {name: in_one_group(counted) for name, counted in state.times.items()},
        in_one_group(state.outcomes),
    )


def _followed_in_one_group(follow_ups: FollowUps) -> FollowUps:
    followed = follow_ups.followed.sum(axis=0, keepdims=True)
    return FollowUps(followed, in_one_group(follow_ups.gaps), follow_ups.pending, follow_ups.unreasoned)


class _Groups:
    """Makes the groups of an answer."""

    def __init__(self, reading: ContactsPass, state: ContactCounts, settled: FollowUps) -> None:
        self._reading = reading
        self._state = state
        self._followed = settled.followed
        self._gaps = summaries(settled.gaps)
        self._times = {name: summaries(state.times[name]) for name in TIMES if name in state.times}
        self._outcome_edges = np.searchsorted(state.outcomes.groups, np.arange(len(state.counts) + 1))

    def of(self, code: int, *, total: bool = False) -> ContactGroup:
        """The group with this code."""
        named = not total and code < len(self._reading.groups)
        contacts, customers, unanswered, abandoned = self._state.counts[code].tolist()
        over, repeated = self._followed[code].tolist()
        transfers = self._state.transfers.counts[code].tolist()
        return ContactGroup(
            name=self._reading.groups[code] if named else None,
            contacts=contacts,
            customers=customers,
            abandoned=share(phrase("abandoned"), abandoned, contacts),
            resolved=share(phrase("resolved at first contact"), over - repeated, over),
            repeats=repeated,
            median_repeat_seconds=self._gaps.get(code, NOTHING).median / _SECOND_US,
            transferred=share(phrase("transferred"), transfers[_TRANSFERRED], transfers[_KNOWN]),
            changed_agent=share(phrase("changed agent"), transfers[_CHANGED_AGENT], transfers[_WITH_AGENT]),
            times=tuple(_time(name, found.get(code, NOTHING)) for name, found in self._times.items()),
            unanswered=unanswered,
            outcomes=self._outcomes(code),
        )

    def _outcomes(self, code: int) -> tuple[OutcomeShare, ...]:
        start, end = self._outcome_edges[code : code + 2].tolist()
        codes, counts = (column[start:end].tolist() for column in self._state.outcomes[1:])
        n = sum(counts)
        told = sorted(zip((self._reading.outcomes[each] for each in codes), counts, strict=True), key=_most_first)
        return tuple(
            OutcomeShare(name, share(phrase("outcome {name}", name=name), count, n), count)
            for name, count in told[:MOST_OUTCOMES]
        )


def _most_first(told: tuple[str, int]) -> tuple[int, str]:
    return -told[1], told[0]


def _time(name: str, summary: Summary) -> ContactTime:
    total, squares = summary.total / _SECOND_US, summary.squares / _SECOND_US**2
    average = mean(TIMES[name], summary.n, total, squares, unit="seconds")
    return ContactTime(
        name=name,
        mean=replace(average, low=max(average.low, 0.0)),
        median_seconds=summary.median / _SECOND_US,
        p90_seconds=summary.p90 / _SECOND_US,
    )


def read_channels(channels: Sequence[str] | str | None) -> tuple[str, ...] | None:
    """Names of channels; see :func:`read_names`."""
    return read_names("channels", channels, example="phone,chat")


def read_names(role: str, said: Sequence[str] | str | None, *, example: str) -> tuple[str, ...] | None:
    """Names; as text with commas between them. ``None``: none are said.

    Raises
    ------
    InputError
        None is named.
    """
    if said is None:
        return None
    each = said.split(",") if isinstance(said, str) else said
    names = tuple(dict.fromkeys(name.strip() for name in each if name.strip()))
    if not names:
        raise InputError(phrase("{role}: expected names such as {example}, got none", role=role, example=example))
    return names
