"""Containment over time: of the needs that begin in self-service in each of some stretches, how many stay there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.interactions import Condition
from desireline.journeys.analyses.chains import DEFAULT_CHAIN_GAP
from desireline.journeys.analyses.service_contacts import CONTACT_FIELDS, ContactRules, service_contacts
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Estimate, share
from desireline.journeys.model import Names, Spans
from desireline.kernels.contacts import cut_chains

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ContainmentAnalysis:
    """The containment of :class:`~desireline.journeys.analyses.chains.ChainsAnalysis`, for each stretch of time in one reading.

    A chain counts for the stretch in which it begins, and is followed beyond its end.

    Parameters
    ----------
    stretches
        Begin (included) and end (excluded) of each, in microseconds since 1970-01-01 UTC.
    gap, needs
        As there.
    """

    stretches: tuple[tuple[int, int], ...]
    gap: timedelta = DEFAULT_CHAIN_GAP
    needs: Condition | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What the pass asks parts for."""
        return CONTACT_FIELDS

    def begin(self, names: Names) -> Pass[NDArray[np.int64], tuple[Estimate, ...]]:
        """One reading."""
        return ContainmentPass(self, ContactRules.of(names, None, None, needs=self.needs))


class BegunAlone(NamedTuple):
    """Chains that begin in self-service, [c] each: place and time of the first contact, and whether all of them stay there."""

    places: NDArray[np.int64]
    times: NDArray[np.int64]
    stayed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ContainmentPass(Pass[NDArray[np.int64], tuple[Estimate, ...]]):
    """Counts chains; the state is int64[2, stretches]: those that begin in self-service, and those of them that stay."""

    settings: ContainmentAnalysis
    rules: ContactRules

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """The counts of one part."""
        needs = self.begun_alone(spans)
        counts = np.zeros((2, len(self.settings.stretches)), np.int64)
        for place in range(len(self.settings.stretches)):
            within = self.within(needs, place)
            counts[:, place] = within.sum(), (within & needs.stayed).sum()
        return counts

    def begun_alone(self, spans: Spans) -> BegunAlone:
        """The chains that begin in self-service."""
        found = service_contacts(spans, self.rules)
        offsets, _ = cut_chains(found.owners, found.times, found.last_times(), self.settings.gap // _MICROSECOND)
        alone = found.are_self_service()
        reached = np.diff(np.concatenate([[0], np.cumsum(~alone)])[offsets]) > 0
        firsts = offsets[:-1][alone[offsets[:-1]]]
        return BegunAlone(found.places()[firsts], found.times[firsts], ~reached[alone[offsets[:-1]]])

    def within(self, needs: BegunAlone, stretch: int) -> NDArray[np.bool_]:
        """Which chains begin in a stretch: bool[c]."""
        start, end = self.settings.stretches[stretch]
        found: NDArray[np.bool_] = (needs.times >= start) & (needs.times < end)
        return found

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[tuple[Estimate, ...]]:
        """The shares, in the order of the stretches; NaN of none."""
        pairs = zip(state[0].tolist(), state[1].tolist(), strict=True)
        return Answer(tuple(share(phrase("contained"), stayed, begun) for begun, stayed in pairs))
