"""Handovers between departments, and what is lost there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.analyses.transfers import TransferRules
from desireline.journeys.contact_settings import read_transferred_to
from desireline.journeys.engine import Pass
from desireline.journeys.estimates import mean, share
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.handovers import Handover, Handovers
from desireline.kernels.arrays import read_only
from desireline.kernels.counting import count_rows
from desireline.kernels.handovers import came_before, find_handovers
from desireline.kernels.medians import Measures
from desireline.kernels.tallies import Tally, add, sum_by_key

DEFAULT_HANDOVER_WINDOW = timedelta(days=7)
_TENTHS = 10
"""Waits are summed in tenths of a second, so that sums are exact in any order."""


@dataclass(frozen=True, slots=True)
class HandoversAnalysis:
    """How customers are handed from one department to another within a span.

    A handover: the next interaction of which the department is known, after one of another department, at most ``within`` later;
    interactions without a department may lie between. One is also where an interaction *tells* that it was transferred to another
    department than the latest known one; told and then seen, next, it is one. Only told it does not make the customer be there: what
    follows comes from the department before. Of those that are seen: dark time, from the one to the other; a customer *begins again* where
    the touchpoint after the handover came earlier in the span; waits are those that the source gave for the interaction after the
    handover, beside all other waits. A span is *untraced* where its first interaction has no department and a later one has.

    Parameters
    ----------
    by
        The field that names the department: ``team`` or ``source``, or an attribute.
    within
        What comes later is another need, no handover.
    transferred_to
        The field in which an interaction tells the department to which it was transferred; ``None``: none does.
    top
        Only so many pairs. ``None``: all.

    Raises
    ------
    InputError
        The field is no text.
    UnknownNameError
        It is no field.
    """

    by: str = "team"
    within: timedelta = DEFAULT_HANDOVER_WINDOW
    transferred_to: str | None = None
    top: int | None = None

    def __post_init__(self) -> None:
        """Check the settings."""
        read_transferred_to(self.transferred_to)

    @property
    def fields(self) -> tuple[str, ...]:
        """The department, the one it is transferred to, and the wait."""
        return (self.by, "wait", *([] if self.transferred_to is None else [self.transferred_to]))

    def begin(self, names: Names) -> Pass[Any, Handovers]:
        """Count first; the dark times follow."""
        told = TransferRules.of(names, self.transferred_to, teams=self.by)
        rule = HandoverRule(self.by, self.within // timedelta(microseconds=1), told)
        return HandoversPass(rule, told.teams[:-1], len(names.touchpoints), self.top)


@dataclass(frozen=True, slots=True)
class HandoverRule:
    """The field that names the department, how soon the other one has to follow, in microseconds, and how transfers are told."""

    by: str
    within: int
    transfers: TransferRules


@dataclass(frozen=True, slots=True)
class HandoverCounts:
    """The state.

    ``known``, ``handed``, ``untraced``: spans with a department, with a handover, without one at the beginning. ``counts``,
    ``customers``, ``told``, ``repeats``: by pair. ``waits``, ``sums``, ``squares``: number, sum and sum of squares of the waits by pair, in
    tenths of a second; the last key is of all other interactions.
    """

    known: int
    handed: int
    untraced: int
    counts: Tally
    customers: Tally
    told: Tally
    repeats: Tally
    waits: Tally
    sums: Tally
    squares: Tally


@dataclass(frozen=True, slots=True)
class HandoversPass(Pass[HandoverCounts, Handovers]):
    """Counts handovers. ``departments``: names by code; ``touchpoints``: how many there are."""

    rule: HandoverRule
    departments: tuple[str, ...]
    touchpoints: int
    top: int | None

    def partial(self, spans: Spans) -> HandoverCounts:
        """The counts of one part."""
        part, places = spans.part, handovers_of(spans, self.rule)
        size = len(self.departments)
        pairs = places.sources * size + places.targets
        seen = places.are_seen
        keys, numbers = np.unique(pairs, return_inverse=True)
        counts, customers = count_rows(numbers.astype(np.int32), spans.owners[places.spans], len(keys))
        again = self.begins_again(spans, places)
        repeats = np.bincount(numbers[again], minlength=len(keys))
        told_of_pair = np.bincount(numbers[~seen], minlength=len(keys))
        known = first_departments(spans, self.rule)
        waits = np.rint(part.field("wait") * _TENTHS)
        of_pair = np.full(len(waits), size * size, np.int64)
        of_pair[places.after[seen]] = pairs[seen]
        inside = np.zeros(len(waits) + 1, np.int64)
        np.add.at(inside, spans.starts, 1)
        np.add.at(inside, spans.ends, -1)
        told = ~np.isnan(waits) & (np.cumsum(inside)[:-1] > 0)
        whole, of_told = waits[told].astype(np.int64), of_pair[told]
        return HandoverCounts(
            known=int((known >= 0).sum()),
            handed=len(np.unique(places.spans)),
            untraced=int((known > spans.starts).sum()),
            counts=Tally(keys, counts),
            customers=Tally(keys, customers),
            told=Tally(keys, told_of_pair.astype(np.int64)),
            repeats=Tally(keys, repeats.astype(np.int64)),
            waits=sum_by_key(of_told, np.ones(len(whole), np.int64)),
            sums=sum_by_key(of_told, whole),
            squares=sum_by_key(of_told, whole * whole),
        )

    def begins_again(self, spans: Spans, places: HandoverPlaces) -> NDArray[np.bool_]:
        """After which handovers that are seen the customer is where they were before in the span: bool[h]."""
        before = came_before(spans.part.touchpoints, spans.starts, spans.ends, self.touchpoints)
        found: NDArray[np.bool_] = before[places.after] & places.are_seen
        return found

    def combine(self, first: HandoverCounts, second: HandoverCounts) -> HandoverCounts:
        """The sums."""
        return HandoverCounts(
            first.known + second.known,
            first.handed + second.handed,
            first.untraced + second.untraced,
            add(first.counts, second.counts),
            add(first.customers, second.customers),
            add(first.told, second.told),
            add(first.repeats, second.repeats),
            add(first.waits, second.waits),
            add(first.sums, second.sums),
            add(first.squares, second.squares),
        )

    def conclude(self, state: HandoverCounts) -> Pass[Any, Handovers]:
        """Go on to the dark times of the pairs that are kept."""
        size = max(len(self.departments), 1)
        named = [(self.departments[key // size], self.departments[key % size]) for key in state.counts.keys.tolist()]
        order = sorted(range(len(named)), key=lambda place: (-state.counts.counts[place], named[place]))[: self.top]
        kept = state.counts.keys[order]
        groups = DarkTimes(self.rule, size, np.sort(kept), np.argsort(kept, kind="stable").astype(np.int32))
        answer = partial(_handovers, self.rule, [named[place] for place in order], state, kept, size * size)
        return medians_of(Middles(groups.measure, answer, (state.counts.counts - state.told.counts)[order]))


@dataclass(frozen=True, slots=True)
class HandoverPlaces:
    """Handovers, [h] each: places before and after, the same one where it is told; spans, departments."""

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    spans: NDArray[np.int64]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]

    @property
    def are_seen(self) -> NDArray[np.bool_]:
        """Which are more than told: bool[h]."""
        return self.before < self.after


@dataclass(frozen=True, slots=True)
class DarkTimes:
    """Which pairs are kept: their keys ascending, int64[k], and the group of each, int32[k]."""

    rule: HandoverRule
    size: int
    keys: NDArray[np.int64]
    groups: NDArray[np.int32]

    def measure(self, spans: Spans) -> Measures:
        """The time between both sides of each handover of a pair that is kept, as far as it is seen."""
        places = handovers_of(spans, self.rule)
        pairs = np.where(places.are_seen, places.sources * self.size + places.targets, -1)
        found = np.searchsorted(self.keys, pairs)
        known = np.zeros(len(pairs), np.bool_)
        inside = found < len(self.keys)
        known[inside] = self.keys[found[inside]] == pairs[inside]
        times = spans.part.times
        dark = times[places.after[known]] - times[places.before[known]]
        return Measures(self.groups[found[known]], dark)


def handovers_of(spans: Spans, rule: HandoverRule) -> HandoverPlaces:
    """The handovers of one part."""
    departments, targets = _departments(spans, rule)
    found = find_handovers(departments, targets, spans.part.times, spans.starts, spans.ends, rule.within)
    before, after, own, sources, arrived = found
    return HandoverPlaces(before, after, own, sources.astype(np.int64), arrived.astype(np.int64))


def first_departments(spans: Spans, rule: HandoverRule) -> NDArray[np.int64]:
    """The first place of each span of which the department is known; -1 where there is none. int64[s]."""
    return _first_known(np.maximum(*_departments(spans, rule)), spans)


def _departments(spans: Spans, rule: HandoverRule) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The department of each interaction, and the one to which it was transferred, int32[n] each."""
    departments, transfers = spans.part.field(rule.by), rule.transfers
    if transfers.field is None:
        return read_only(departments), read_only(np.full(len(departments), NO_VALUE, np.int32))
    return read_only(departments), read_only(transfers.targets[spans.part.field(transfers.field)])


def _first_known(departments: NDArray[np.int32], spans: Spans) -> NDArray[np.int64]:
    """The first place of each span of which the department is known; -1 where there is none. int64[s]."""
    known = np.flatnonzero(departments != NO_VALUE)
    first = np.searchsorted(known, spans.starts)
    found = np.append(known, np.iinfo(np.int64).max)[first]
    return np.where(found < spans.ends, found, -1)


def _handovers(
    rule: HandoverRule,
    named: list[tuple[str, str]],
    state: HandoverCounts,
    kept: NDArray[np.int64],
    others: int,
    medians: Medians,
) -> Handovers:
    tallies = (state.counts, state.customers, state.told, state.repeats, state.waits, state.sums, state.squares)
    tables = [dict(zip(each.keys.tolist(), each.counts.tolist(), strict=True)) for each in tallies]
    counts, customers, told, repeats, waits, sums, squares = tables

    def wait(name: str, key: int) -> Any:
        total, square = sums.get(key, 0) / _TENTHS, squares.get(key, 0) / _TENTHS**2
        return mean(name, waits.get(key, 0), total, square, unit="seconds")

    found = tuple(
        Handover(
            source,
            target,
            counts[key],
            customers[key],
            told[key],
            float(median),
            share(
                phrase("{source} → {target}: begin again", source=source, target=target),
                repeats[key],
                counts[key] - told[key],
            ),
            wait(phrase("{source} → {target}: wait", source=source, target=target), key),
        )
        for (source, target), key, median in zip(named, kept.tolist(), medians.tolist(), strict=True)
    )
    return Handovers(
        rule.by,
        rule.within / 1e6,
        rule.transfers.field,
        state.known,
        share(phrase("spans with a handover"), state.handed, state.known),
        share(phrase("spans that begin without a department"), state.untraced, state.known),
        wait(phrase("wait without a handover"), others),
        found,
    )
