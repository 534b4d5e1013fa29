"""Chains of channels that customers go through for one need, what they cost, and how many never reach a person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, format_seconds, phrase
from desireline.interactions import Condition, CostSettings, condition_text
from desireline.journeys.analyses.service_contacts import (
    CONTACT_FIELDS,
    DEFAULT_ABANDONED,
    ContactRules,
    GaveUp,
    ServiceContacts,
    service_contacts,
)
from desireline.journeys.contact_settings import read_needs
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, compare, mean, share
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.chains import (
    Chains,
    ChannelChain,
    ChannelContacts,
    ChannelPush,
    Containment,
    Costing,
    SelfServiceTouchpoint,
)
from desireline.journeys.spans import end_of, rows_of
from desireline.kernels.contacts import chain_keys, channels_of_key, cut_chains, numbered, total_of
from desireline.kernels.sessions import count_customers
from desireline.kernels.values import NOTHING, Summary, ValueCounts, add_values, count_values, in_groups, summaries

DEFAULT_CHAIN_GAP = timedelta(days=3)
DEFAULT_CHAIN_WINDOW = timedelta(days=7)
DEFAULT_TOP_CHAINS = 20
MONTH = timedelta(days=365.25 / 12)
POINT = 0.01
_MICROSECOND = timedelta(microseconds=1)
_MICRO = 1e6
_NEVER = np.iinfo(np.int64).min
_PAIR = 256


@dataclass(frozen=True, slots=True)
class ChainsAnalysis:
    """Chains: contacts of a customer with no longer pause than ``gap`` between them, taken as one need.

    Contacts are the service contacts of :mod:`desireline.journeys.analyses.service_contacts`, and visits to self-service that are about a
    need, see :mod:`desireline.journeys.analyses.needs`.

    Parameters
    ----------
    gap
        From the end of the contacts before to the begin of the next one.
    within
        The repeat window, longer than ``gap``: a need is resolved if the customer begins no contact within it after the end of its
        chain. Chains whose window is not over at ``record_end`` are left out of this, and counted; and so are those whose last contact was
        abandoned.
    self_service
        Channels in which customers help themselves; ``None``: web, app, ivr and bot. A contact elsewhere that a bot handled, and no
        team or agent, is self-service too.
    needs
        Which visits to self-service are about a need: a condition on touchpoint, channel and stage. ``None``: on the web and in the app
        those whose touchpoint is named like help, elsewhere all.
    channels
        Of the other contacts only those in these channels count; ``None``: all service contacts.
    abandoned
        Ends of outcomes and touchpoints that say that the customer gave up, as of
        :class:`~desireline.journeys.analyses.contacts.ContactsAnalysis`. Empty: nobody did.
    prices
        The section ``[costs]``. What a source gave goes first.
    top
        So many chains and pushes, the most frequent ones.
    record_end
        Until when customers could have been seen; ``None``: the last interaction that is looked at.

    Raises
    ------
    InputError
        A duration is negative, the window is not longer than the gap, or the condition asks for more. When it begins: the index has
        none of these channels.
    """

    gap: timedelta = DEFAULT_CHAIN_GAP
    within: timedelta = DEFAULT_CHAIN_WINDOW
    self_service: tuple[str, ...] | None = None
    needs: Condition | None = None
    channels: tuple[str, ...] | None = None
    abandoned: tuple[str, ...] = DEFAULT_ABANDONED
    prices: CostSettings | None = None
    top: int = DEFAULT_TOP_CHAINS
    record_end: datetime | None = None

    def __post_init__(self) -> None:
        """Check the settings."""
        if self.gap < timedelta():
            raise InputError(phrase("gap: expected a duration from zero on, got {gap}", gap=self.gap))
        if self.within <= self.gap:
            raise InputError(
                phrase(
                    "within: expected a repeat window longer than the gap of {gap}, got {within}",
                    gap=_text(self.gap),
                    within=_text(self.within),
                ),
                hint=phrase("contacts within the gap are part of the same chain"),
            )
        if self.needs is not None:
            read_needs(self.needs)

    @property
    def fields(self) -> tuple[str, ...]:
        """What the passes ask parts for."""
        return (*CONTACT_FIELDS, "cost", "outcome")

    def begin(self, names: Names) -> Pass[Any, Chains]:
        """One reading."""
        rules = ContactRules.of(names, self.channels, self.self_service, needs=self.needs)
        prices = (self.prices or CostSettings()).channels
        known = [prices.get(name) for name in names.channels]
        return ChainsPass(
            settings=self,
            rules=rules,
            names=names.channels,
            touchpoints=names.touchpoints,
            per_contact=np.array([0.0 if each is None else each.per_contact for each in known]),
            per_second=np.array([0.0 if each is None else each.per_minute / 60 for each in known]),
            priced=np.array([each is not None for each in known], np.bool_),
            abandoned=GaveUp.of(names, self.abandoned),
        )


class CutChains(NamedTuple):
    """The contacts of a part, m of them, where each chain of them begins, int64[c + 1] with m at the end, and when it ends, int64[c]."""

    contacts: ServiceContacts
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PendingChains:
    """Chains of which it is open whether their window is over: end, key, microseconds to the next one (-1: none), cost; 1: it is known."""

    ends: NDArray[np.int64]
    keys: NDArray[np.int64]
    gaps: NDArray[np.int64]
    costs: NDArray[np.int64]
    priced: NDArray[np.int64]

    def __add__(self, other: PendingChains) -> PendingChains:
        """Both."""
        pairs = zip(self.columns(), other.columns(), strict=True)
        return PendingChains(*(np.concatenate(pair) for pair in pairs))

    def only(self, chosen: NDArray[np.bool_]) -> PendingChains:
        """Some of them."""
        return PendingChains(*(column[chosen] for column in self.columns()))

    def columns(self) -> tuple[NDArray[np.int64], ...]:
        """All of it."""
        return self.ends, self.keys, self.gaps, self.costs, self.priced


@dataclass(frozen=True, slots=True)
class ChainCounts:
    """The chains of some parts; costs are in millionths, so that sums are exact in any order. 0 stands where they are not known.

    Attributes
    ----------
    first_us, last_us
        The first interaction that was looked at, and until when customers could have been seen.
    customers
        Who have a chain.
    contacts
        int64[channels, 3]: contacts, those of which nobody says what they cost, and what they cost in sum.
    interactions
        int64[touchpoints, channels]: all that were looked at.
    chains, chain_customers
        By key, the value is 0: how many, and of how many distinct customers.
    durations
        By key: microseconds.
    settled
        By ``4 * key + 2 * (the cost is known) + resolved``: costs, of those whose window is over.
    pending
        The others.
    abandoned
        Chains whose last contact was; they are in neither of the two.
    moves, move_customers
        By ``256 * source + target``, the value is 0.
    contained
        By first channel, of chains that begin in self-service: 1 for those that stay there, 0 for the others.
    contained_costs
        The costs of the same chains as far as they are known, by 1 and 0.
    """

    first_us: int
    last_us: int
    customers: int
    contacts: NDArray[np.int64]
    interactions: NDArray[np.int64]
    chains: ValueCounts
    chain_customers: ValueCounts
    durations: ValueCounts
    settled: ValueCounts
    pending: PendingChains
    abandoned: int
    moves: ValueCounts
    move_customers: ValueCounts
    contained: ValueCounts
    contained_costs: ValueCounts


@dataclass(frozen=True, slots=True)
class ChainsPass(Pass[ChainCounts, Chains]):
    """Counts the chains of parts.

    Attributes
    ----------
    settings, rules
        What is asked, and what a contact is.
    names, touchpoints
        Of channels and of touchpoints, by code.
    per_contact, per_second, priced
        float64[channels] twice, bool[channels]: what contacts cost there, and whether that is known.
    abandoned
        What says that a customer gave up.
    """

    settings: ChainsAnalysis
    rules: ContactRules
    names: tuple[str, ...]
    touchpoints: tuple[str, ...]
    per_contact: NDArray[np.float64]
    per_second: NDArray[np.float64]
    priced: NDArray[np.bool_]
    abandoned: GaveUp

    def partial(self, spans: Spans) -> ChainCounts:
        """The chains of one part."""
        chains = self.cut(spans)
        found, offsets, ends = chains
        costs, known = self.costs(found)
        firsts = offsets[:-1]
        kinds, keys = numbered(chain_keys(found.channels, offsets))
        owners, begins = found.owners[firsts], found.times[firsts]
        priced = self.are_priced(chains, known)
        chain_costs = np.where(priced, np.diff(np.concatenate([[0], np.cumsum(costs)])[offsets]), 0)
        alone = found.are_self_service()
        assisted = np.diff(np.concatenate([[0], np.cumsum(~alone)])[offsets]) > 0
        begun_alone = alone[firsts]
        stayed = (~assisted[begun_alone]).astype(np.int64)
        priced_alone = priced[begun_alone]
        gaps = np.full(len(keys), -1, np.int64)
        same = owners[1:] == owners[:-1]
        gaps[:-1][same] = (begins[1:] - ends[:-1])[same]
        times = spans.part.times
        last_us = end_of(spans, self.settings.record_end)
        gave_up = found.are_abandoned(self.abandoned)[offsets[1:] - 1]
        pending = PendingChains(ends, keys, gaps, chain_costs, priced.astype(np.int64)).only(~gave_up)
        settled, pending = self._settle(_no_values(), pending, last_us)
        settled = settled._replace(groups=4 * kinds[settled.groups // 4] + settled.groups % 4)
        pending = replace(pending, keys=kinds[pending.keys])
        moved = self.moves(found, offsets)
        moves = _PAIR * found.channels[moved - 1] + found.channels[moved]
        return ChainCounts(
            first_us=int(times[spans.starts].min()) if len(spans.ends) else -int(_NEVER + 1),
            last_us=last_us,
            customers=count_customers(owners),
            contacts=self._contacts(found, costs, known),
            interactions=self._interactions(spans),
            chains=_of_kinds(_counted(keys), kinds),
            chain_customers=_of_kinds(_distinct(keys, owners), kinds),
            durations=_of_kinds(count_values(keys, ends - begins), kinds),
            settled=settled,
            pending=pending,
            abandoned=int(np.count_nonzero(gave_up)),
            moves=_counted(moves),
            move_customers=_distinct(moves, found.owners[moved]),
            contained=count_values(found.channels[firsts][begun_alone], stayed),
            contained_costs=count_values(stayed[priced_alone], chain_costs[begun_alone][priced_alone]),
        )

    def cut(self, spans: Spans) -> CutChains:
        """The chains of one part."""
        found = service_contacts(spans, self.rules)
        gap = self.settings.gap // _MICROSECOND
        return CutChains(found, *cut_chains(found.owners, found.times, found.last_times(), gap))

    def are_priced(self, chains: CutChains, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of which chains the costs of all contacts are known, bool[c]; ``known``: of which contacts, bool[m]."""
        found: NDArray[np.bool_] = np.diff(np.concatenate([[0], np.cumsum(~known)])[chains.offsets]) == 0
        return found

    def combine(self, first: ChainCounts, second: ChainCounts) -> ChainCounts:
        """The sums."""
        return ChainCounts(
            first_us=min(first.first_us, second.first_us),
            last_us=max(first.last_us, second.last_us),
            customers=first.customers + second.customers,
            contacts=first.contacts + second.contacts,
            interactions=first.interactions + second.interactions,
            chains=add_values(first.chains, second.chains),
            chain_customers=add_values(first.chain_customers, second.chain_customers),
            durations=add_values(first.durations, second.durations),
            settled=add_values(first.settled, second.settled),
            pending=first.pending + second.pending,
            abandoned=first.abandoned + second.abandoned,
            moves=add_values(first.moves, second.moves),
            move_customers=add_values(first.move_customers, second.move_customers),
            contained=add_values(first.contained, second.contained),
            contained_costs=add_values(first.contained_costs, second.contained_costs),
        )

    def conclude(self, state: ChainCounts) -> Answer[Chains]:
        """The answer."""
        settled, pending = self._settle(state.settled, state.pending, state.last_us)
        costing = self._costing(state)
        number = int(state.chains.counts.sum())
        whole = in_groups(settled, settled.groups % 4)
        found = _ChainMaker(self.names, state, summaries(settled), number, costing.currency)
        picked = _most(state.chains, self.settings.top)
        rows = sorted(map(found.of, picked), key=lambda chain: (-chain.chains, chain.channels, chain.goes_on))
        pushes = _pushes(self.names, state, costing) if costing.currency else ()
        total = found.resolution(summaries(whole))
        return Answer(
            Chains(
                gap_seconds=self.settings.gap.total_seconds(),
                within_seconds=self.settings.within.total_seconds(),
                total_chains=number,
                customers=state.customers,
                resolved=total[0],
                cost=total[1],
                cost_per_resolved=total[2],
                not_over=len(pending.ends),
                abandoned=state.abandoned,
                different_chains=len(state.chains.groups),
                chains=tuple(rows[: self.settings.top]),
                containment=_containment(self.names, state.contained),
                saving=None if costing.currency is None else _saving(state, costing.currency),
                pushes=pushes[: self.settings.top],
                costing=costing,
                needs=None if self.settings.needs is None else condition_text(self.settings.needs),
                self_service=self._self_service(state.interactions),
            )
        )

    def _interactions(self, spans: Spans) -> NDArray[np.int64]:
        part, rows = spans.part, rows_of(spans)
        channels = len(self.names)
        pairs = part.touchpoints[rows].astype(np.int64) * channels + part.channels[rows]
        counted = np.bincount(pairs, minlength=len(self.touchpoints) * channels).astype(np.int64)
        return counted.reshape(len(self.touchpoints), channels)

    def _self_service(self, interactions: NDArray[np.int64]) -> tuple[SelfServiceTouchpoint, ...]:
        alone, counted = self.rules.self_service, self.rules.counted
        found = []
        for is_need, chosen in ((True, counted & alone), (False, ~counted & alone)):
            numbers = np.where(chosen, interactions, 0).sum(axis=1)
            for code in np.flatnonzero(numbers).tolist():
                found.append(SelfServiceTouchpoint(self.touchpoints[code], int(numbers[code]), is_need))
        return tuple(sorted(found, key=lambda each: (not each.is_need, -each.interactions, each.touchpoint)))

    def _settle(self, settled: ValueCounts, pending: PendingChains, last_us: int) -> tuple[ValueCounts, PendingChains]:
        """With those counted whose window is over at ``last_us``."""
        window = self.settings.within // _MICROSECOND
        over = pending.ends <= last_us - window if last_us != _NEVER else np.zeros(len(pending.ends), np.bool_)
        done = pending.only(over)
        resolved = (done.gaps < 0) | (done.gaps > window)
        return add_values(settled, count_values(4 * done.keys + 2 * done.priced + resolved, done.costs)), pending.only(
            ~over
        )

    def costs(self, found: ServiceContacts) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """What each contact costs in millionths, 0 where nobody says so, and whether anybody does: int64[m], bool[m]."""
        cost = found.interactions.field("cost")
        told = ~np.isnan(cost)
        millionths = np.rint(np.where(told, cost, 0) * _MICRO).astype(np.int64)
        given, is_given = total_of(found.interactions.contacts, millionths, told, len(found))
        if not self.priced.any():
            return given, is_given
        seconds = np.maximum(found.sums("duration", "hold"), 0) / _MICRO
        computed = self.per_contact[found.channels] + self.per_second[found.channels] * seconds
        costs = np.where(is_given, given, np.rint(computed * _MICRO).astype(np.int64))
        return costs, is_given | self.priced[found.channels]

    def _contacts(
        self, found: ServiceContacts, costs: NDArray[np.int64], known: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        number = len(self.names)
        contacts = np.bincount(found.channels, minlength=number)
        unpriced = np.bincount(found.channels[~known], minlength=number)
        sums, _ = total_of(found.channels, costs, np.ones(len(costs), np.bool_), number)
        return np.stack([contacts, unpriced, sums], axis=1).astype(np.int64)

    def moves(self, found: ServiceContacts, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """The contacts in another channel than the one before them in the chain, int64[k] ascending."""
        follows = np.ones(len(found), np.bool_)
        follows[offsets[:-1]] = False
        follows[1:] &= found.channels[1:] != found.channels[:-1]
        return np.flatnonzero(follows)

    def _costing(self, state: ChainCounts) -> Costing:
        settings = self.settings.prices or CostSettings()
        rows = []
        for name, (contacts, unpriced, total) in zip(self.names, state.contacts.tolist(), strict=True):
            if contacts:
                cost = total / _MICRO / (contacts - unpriced) if contacts > unpriced else math.nan
                rows.append(ChannelContacts(name, contacts, unpriced, cost))
        rows.sort(key=lambda row: (-row.contacts, row.channel))
        is_known = any(row.contacts > row.unpriced for row in rows)
        return Costing(settings.currency if is_known else None, tuple(rows))


class _ChainMaker:
    """Makes the chains of an answer."""

    def __init__(
        self,
        names: tuple[str, ...],
        state: ChainCounts,
        settled: Mapping[int, Summary],
        number: int,
        currency: str | None,
    ) -> None:
        self._names = names
        self._counts = _as_dict(state.chains)
        self._customers = _as_dict(state.chain_customers)
        self._durations = summaries(state.durations)
        self._settled = settled
        self._number = number
        self._currency = currency

    def of(self, key: int) -> ChannelChain:
        """The chain with this key."""
        codes, goes_on = channels_of_key(key)
        own = {place: self._settled.get(4 * key + place, NOTHING) for place in range(4)}
        resolved, cost, per_resolved = self.resolution(own)
        channels = tuple(self._names[code] for code in codes)
        count = self._counts[key]
        return ChannelChain(
            channels=channels,
            goes_on=goes_on,
            chains=count,
            customers=self._customers[key],
            share=share("", count, self._number),
            resolved=resolved,
            median_seconds=self._durations[key].median / _MICRO,
            cost=cost,
            cost_per_resolved=per_resolved,
        )

    def resolution(self, own: Mapping[int, Summary]) -> tuple[Estimate, Estimate | None, Estimate | None]:
        """Resolved share, mean cost, and cost per resolved need.

        From the costs of those not resolved and resolved: 0 and 1 where the cost is not known, 2 and 3 where it is. The last one is a ratio of two sums over chains; its interval is that of the linearised ratio (Cochran 1977, 6.4).
        """
        unpriced = [own.get(place, NOTHING).n for place in (0, 1)]
        open_, done = own.get(2, NOTHING), own.get(3, NOTHING)
        n = open_.n + done.n
        resolved = share(phrase("resolved"), unpriced[1] + done.n, sum(unpriced) + n)
        if self._currency is None:
            return resolved, None, None
        unit = self._currency
        total, squares = (open_.total + done.total) / _MICRO, (open_.squares + done.squares) / _MICRO**2
        cost = mean(phrase("cost of a need"), n, total, squares, unit=unit)
        if not done.n:
            return resolved, cost, Estimate(phrase("cost per resolved need"), "mean", math.nan, n, unit=unit)
        ratio = total / done.n
        rest = max(squares - 2 * ratio * done.total / _MICRO + ratio * ratio * done.n, 0.0)
        found = mean(phrase("cost per resolved need"), n, 0.0, rest, unit=unit)
        half = found.high * n / done.n
        deviation = found.deviation * n / done.n if n > 1 else math.nan
        return resolved, cost, Estimate(found.name, "mean", ratio, n, ratio - half, ratio + half, unit, deviation)


def _most(counted: ValueCounts, top: int) -> list[int]:
    """The keys with the highest counts: ``top`` and all that tie with the last."""
    least = np.sort(counted.counts)[-top] if len(counted.counts) > top else 0
    keys: list[int] = counted.groups[counted.counts >= least].tolist()
    return keys


def _containment(names: tuple[str, ...], contained: ValueCounts) -> tuple[Containment, ...]:
    counts: dict[int, list[int]] = {}
    for channel, stayed, count in zip(*(column.tolist() for column in contained), strict=True):
        counts.setdefault(channel, [0, 0])[stayed] += count
    rows = [(names[channel], left + stayed, stayed) for channel, (left, stayed) in counts.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    every = (None, sum(row[1] for row in rows), sum(row[2] for row in rows))
    return tuple(Containment(name, n, share(phrase("contained"), stayed, n)) for name, n, stayed in (every, *rows))


def _saving(state: ChainCounts, unit: str) -> Estimate:
    """What one more point of containment would save in a month."""
    own = summaries(state.contained_costs)
    left, stayed = (own.get(place, NOTHING) for place in (0, 1))
    n = int(state.contained.counts.sum())
    months = (state.last_us - state.first_us) * _MICROSECOND / MONTH if n else 0.0
    name = "saved in a month by one more point of containment"
    if not left.n or not stayed.n or months <= 0:
        return Estimate(name, "mean", math.nan, n, unit=unit)
    means = [mean(name, each.n, each.total / _MICRO, each.squares / _MICRO**2, unit=unit) for each in (stayed, left)]
    difference = compare(means[:1], means[1:]).differences[0]
    fewer = POINT * n / months
    return Estimate(
        name, "mean", fewer * difference.difference, n, fewer * difference.low, fewer * difference.high, unit
    )


def _pushes(names: tuple[str, ...], state: ChainCounts, costing: Costing) -> tuple[ChannelPush, ...]:
    """Moves to a channel whose contacts cost more on average, in whole millionths, where the cost of both is known."""
    contacts, unpriced, totals = state.contacts.T.tolist()
    priced = [all_ - without for all_, without in zip(contacts, unpriced, strict=True)]
    costs = {row.channel: row.cost for row in costing.channels}
    customers = _as_dict(state.move_customers)
    moves = [(*divmod(pair, _PAIR), count, customers[pair]) for pair, count in _as_dict(state.moves).items()]
    leaving: dict[int, int] = {}
    for source, _, count, _ in moves:
        leaving[source] = leaving.get(source, 0) + count
    found = []
    for source, target, count, people in moves:
        is_dearer = totals[target] * priced[source] > totals[source] * priced[target]
        if is_dearer and priced[source] and priced[target]:
            more = costs[names[target]] - costs[names[source]]
            of_moves = share("", count, leaving[source])
            found.append(ChannelPush(names[source], names[target], count, people, of_moves, more, count * more))
    return tuple(sorted(found, key=lambda push: (-push.extra_cost, push.source, push.target)))


def _of_kinds(counted: ValueCounts, kinds: NDArray[np.int64]) -> ValueCounts:
    """By key instead of by number; kinds ascend."""
    return counted._replace(groups=kinds[counted.groups])


def _counted(keys: NDArray[np.int64]) -> ValueCounts:
    return count_values(keys, np.zeros_like(keys))


def _distinct(keys: NDArray[np.int64], owners: NDArray[np.int64]) -> ValueCounts:
    """How many different owners each key has."""
    return _counted(count_values(keys, owners).groups)


def _as_dict(counted: ValueCounts) -> dict[int, int]:
    return dict(zip(counted.groups.tolist(), counted.counts.tolist(), strict=True))


def _text(duration: timedelta) -> str:
    return format_seconds(duration.total_seconds())


def _no_values() -> ValueCounts:
    return count_values(np.zeros(0, np.int64), np.zeros(0, np.int64))
