"""Switches of the channel after a long silence: what is counted in a part, how it adds up, how it is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.acting import Acting
from desireline.journeys.analyses.examples import (
    Candidates,
    Examples,
    by_group,
    latest_of_part,
)
from desireline.journeys.analyses.medians import Medians
from desireline.journeys.model import LeavingMoves, Names, SilentSwitch, Spans
from desireline.kernels.counting import count_rows
from desireline.kernels.gaps import moves_between_channels
from desireline.kernels.medians import Measures


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a silence is: longer than ``quiet``, at most ``within`` (microseconds)."""

    quiet: int
    within: int


@dataclass(frozen=True, slots=True)
class Contacts:
    """Numbers for a touchpoint in a channel, ``touchpoint * channels + channel``, and for switches between two."""

    touchpoints: int
    channels: int

    @property
    def count(self) -> int:
        """How many there could be."""
        return self.touchpoints * self.channels

    def at(self, spans: Spans, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the interactions at these places."""
        return spans.part.touchpoints[places].astype(np.int64) * self.channels + spans.part.channels[places]

    def ends(self, switches: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What each switch leads from and to."""
        sources, targets = np.divmod(switches, max(self.count, 1))
        return sources, targets


class Moves(NamedTuple):
    """Moves to another channel, [m] each: place before, owner, source, pause (int64), whether it is a silent switch."""

    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    sources: NDArray[np.int64]
    pauses: NDArray[np.int64]
    silent: NDArray[np.bool_]


def find_moves(spans: Spans, contacts: Contacts, silence: Silence) -> Moves:
    """The moves of one part."""
    times = spans.part.times
    places, numbers = moves_between_channels(spans.part.channels, spans.starts, spans.ends)
    pauses = times[places + 1] - times[places]
    silent = (pauses > silence.quiet) & (pauses <= silence.within)
    return Moves(places, spans.owners[numbers], contacts.at(spans, places), pauses, silent)


def _silent_switches(
    spans: Spans, moves: Moves, contacts: Contacts
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Number of the switch, place before it and owner, for every silent move."""
    places = moves.places[moves.silent]
    targets = contacts.at(spans, places + 1)
    return moves.sources[moves.silent] * contacts.count + targets, places, moves.owners[moves.silent]


@dataclass(frozen=True, slots=True)
class SwitchCounts:
    """The state.

    Attributes
    ----------
    moves
        int64[contacts]: moves from each contact to another channel, silent or not.
    switches
        int64[k], ascending: those that occur.
    counts, customers
        int64[k]: of each.
    """

    moves: NDArray[np.int64]
    switches: NDArray[np.int64]
    counts: NDArray[np.int64]
    customers: NDArray[np.int64]


def count_switches(spans: Spans, contacts: Contacts, silence: Silence) -> SwitchCounts:
    """The counts of one part."""
    moves = find_moves(spans, contacts, silence)
    found, _, owners = _silent_switches(spans, moves, contacts)
    switches, numbers = np.unique(found, return_inverse=True)
    counts, customers = count_rows(numbers.astype(np.int32), owners, len(switches))
    return SwitchCounts(
        moves=np.bincount(moves.sources, minlength=contacts.count),
        switches=switches,
        counts=counts,
        customers=customers,
    )


def add_switches(first: SwitchCounts, second: SwitchCounts) -> SwitchCounts:
    """The counts of two sets of customers."""
    switches = np.union1d(first.switches, second.switches)
    counts, customers = np.zeros((2, len(switches)), np.int64)
    for each in (first, second):
        here = np.searchsorted(switches, each.switches)
        counts[here] += each.counts
        customers[here] += each.customers
    return SwitchCounts(first.moves + second.moves, switches, counts, customers)


def expected_counts(state: SwitchCounts, contacts: Contacts) -> NDArray[np.float64]:
    """How often chance alone makes each switch: float64[k].

    As if those who fall silent at its source turned up afterwards where everybody turns up after a silence,
    in another channel than that of the source.
    """
    sources, targets = contacts.ends(state.switches)
    leaving = np.bincount(sources, state.counts, contacts.count)
    arriving = np.bincount(targets, state.counts, contacts.count)
    channels = max(contacts.channels, 1)
    by_channel = np.bincount(targets % channels, state.counts, channels)
    elsewhere = state.counts.sum() - by_channel[sources % channels]
    expected: NDArray[np.float64] = leaving[sources] * arriving[targets] / elsewhere
    return expected


def most_unusual(state: SwitchCounts, names: Names, contacts: Contacts, top: int | None) -> NDArray[np.int64]:
    """The places of the switches to keep: what is both frequent and unlikely by chance first, then by name.

    The order is by ``count * log(count / expected)``, the switch's part of the likelihood-ratio statistic G.
    """
    surprise = state.counts * np.log(state.counts / expected_counts(state, contacts))
    sources, targets = contacts.ends(state.switches)
    ranks = _name_ranks(names)
    order = np.lexsort((ranks[targets], ranks[sources], -surprise.round(6)))
    return order[:top]


def _name_ranks(names: Names) -> NDArray[np.int64]:
    """int64[contacts]: their order by touchpoint, then channel."""
    touchpoints, channels = _ranks(names.touchpoints), _ranks(names.channels)
    return (touchpoints[:, None] * len(channels) + channels[None, :]).ravel()


def _ranks(names: tuple[str, ...]) -> NDArray[np.int64]:
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


@dataclass(frozen=True, slots=True)
class KeptSwitches:
    """The switches that are looked at closer: ascending, and the place of each in the result."""

    contacts: Contacts
    silence: Silence
    acting: Acting
    switches: NDArray[np.int64]
    places: NDArray[np.int32]

    def measure(self, spans: Spans) -> Measures:
        """The silence of every switch that is kept, in the group of its place."""
        own = self.acting.spans(spans)
        rows = self._rows(own)
        return Measures(rows.groups, own.part.times[rows.places] - own.part.times[rows.places_before])

    def examples(self, spans: Spans) -> Examples:
        """The latest of every switch that is kept; groups are places in the result."""
        own = self.acting.spans(spans)
        return latest_of_part(own.part, self._rows(own), np.arange(len(self.switches)))

    def _rows(self, spans: Spans) -> Candidates:
        """Every silent move that is one of the switches."""
        moves = find_moves(spans, self.contacts, self.silence)
        found, places, owners = _silent_switches(spans, moves, self.contacts)
        here = np.searchsorted(self.switches, found)
        here[here == len(self.switches)] = 0
        kept = np.flatnonzero(self.switches[here] == found) if len(self.switches) else here[:0]
        return Candidates(self.places[here[kept]], places[kept] + 1, places[kept], owners[kept])


def name_switches(
    state: SwitchCounts,
    names: Names,
    contacts: Contacts,
    kept: NDArray[np.int64],
    examples: Examples,
    medians: Medians,
) -> tuple[SilentSwitch, ...]:
    """The switches that are kept, in their order."""
    sources, targets = contacts.ends(state.switches[kept])
    expected = expected_counts(state, contacts)[kept]
    shares = state.counts[kept] / state.moves[sources]
    latest = by_group(examples)
    columns = (
        sources,
        targets,
        state.counts[kept],
        state.customers[kept],
        expected,
        shares,
        medians,
    )
    return tuple(
        SilentSwitch(
            *_named(source, names),
            *_named(target, names),
            count=count,
            customers=customers,
            expected=chance,
            share=share,
            median_seconds=median,
            examples=latest.get(place, ()),
        )
        for place, (source, target, count, customers, chance, share, median) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        )
    )


def name_leaving(state: SwitchCounts, names: Names, contacts: Contacts) -> tuple[LeavingMoves, ...]:
    """Every touchpoint in a channel that is left for another channel, by name."""
    sources, _ = contacts.ends(state.switches)
    silent = np.zeros(contacts.count, np.int64)
    np.add.at(silent, sources, state.counts)
    left = np.flatnonzero(state.moves).tolist()
    found = [LeavingMoves(*_named(each, names), int(state.moves[each]), int(silent[each])) for each in left]
    return tuple(sorted(found, key=lambda each: (each.source, each.source_channel)))


def _named(contact: int, names: Names) -> tuple[str, str]:
    touchpoint, channel = divmod(contact, len(names.channels))
    return names.touchpoints[touchpoint], names.channels[channel]
