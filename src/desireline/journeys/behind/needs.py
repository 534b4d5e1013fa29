"""Numbers of needs: contacts of a customer without a longer pause between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.chains import ChainsAnalysis, ChainsPass, CutChains
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_among, code_of, spans_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.spans import end_of
from desireline.kernels.contacts import chain_keys, channels_of_key
from desireline.store import Workspace

_MICROSECOND = timedelta(microseconds=1)
NeedsThat = Literal["all", "resolved", "settled", "contained", "begun alone"]


@dataclass(frozen=True, slots=True)
class NeedsNumber(AnalysisNumber[ChainsAnalysis]):
    """Spans with a need: contacts of a customer without a longer pause, see :class:`ChainsAnalysis`.

    Attributes
    ----------
    that
        What is true of the need; "settled": it is known whether it was resolved; "contained": it began in self-service and stayed there.
    path
        Only needs that went through these channels; none: all.
    goes_on
        Whether the path had more channels than are named.
    begins
        Only needs that began in this channel; ``None``: all.
    priced
        Only needs of which it is known what they cost.
    """

    that: NeedsThat
    path: tuple[str, ...] = ()
    goes_on: bool = False
    begins: str | None = None
    priced: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ChainsPass, names)
        path = tuple(code_among(each, names.channels, what=phrase("channel")) for each in self.path)
        begins = None if self.begins is None else code_of(self.begins, names, "channel")

        def find(spans: Spans) -> FoundSpans:
            chains = counting.cut(spans)
            contacts, firsts = chains.contacts, chains.offsets[:-1]
            chosen = self._those(chains, counting, end_of(spans, self.analysis.record_end))
            if path:
                keys = chain_keys(contacts.channels, chains.offsets)
                kinds = [key for key in np.unique(keys).tolist() if channels_of_key(key) == (path, self.goes_on)]
                chosen &= np.isin(keys, kinds)
            if begins is not None:
                chosen &= contacts.channels[firsts] == begins
            if self.priced:
                chosen &= counting.are_priced(chains, counting.costs(contacts)[1])
            return spans_of(spans, np.sort(contacts.places()[firsts[chosen]]))

        return find

    def _those(self, chains: CutChains, counting: ChainsPass, last_us: int) -> NDArray[np.bool_]:
        """Of which needs it is true: bool[c]."""
        if self.that == "all":
            return np.ones(len(chains.ends), np.bool_)
        contacts, offsets = chains.contacts, chains.offsets
        if self.that in ("contained", "begun alone"):
            alone = contacts.are_self_service()
            chosen = alone[offsets[:-1]]
            if self.that == "contained":
                chosen &= np.diff(np.concatenate([[0], np.cumsum(~alone)])[offsets]) == 0
            return chosen
        window = self.analysis.within // _MICROSECOND
        settled = (chains.ends <= last_us - window) & ~contacts.are_abandoned(counting.abandoned)[offsets[1:] - 1]
        return settled & ~self._is_followed(chains, window) if self.that == "resolved" else settled

    def _is_followed(self, chains: CutChains, window: int) -> NDArray[np.bool_]:
        """Which needs another one of the same customer follows within the window: bool[c]."""
        firsts = chains.offsets[:-1]
        owners, begins = chains.contacts.owners[firsts], chains.contacts.times[firsts]
        followed = np.zeros(len(owners), np.bool_)
        followed[:-1] = (owners[1:] == owners[:-1]) & (begins[1:] - chains.ends[:-1] <= window)
        return followed


@dataclass(frozen=True, slots=True)
class NeedContactsNumber(AnalysisNumber[ChainsAnalysis]):
    """Spans with a contact of a need.

    Attributes
    ----------
    channel
        The channel of the contact; ``None``: any.
    after
        The other channel in which the contact directly before it in the same need was; ``None``: any, or none.
    priced
        Only those of which somebody says what they cost, or nobody does; ``None``: all.
    """

    channel: str | None = None
    after: str | None = None
    priced: bool | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ChainsPass, names)
        channel = None if self.channel is None else code_of(self.channel, names, "channel")
        after = None if self.after is None else code_of(self.after, names, "channel")

        def find(spans: Spans) -> FoundSpans:
            contacts, offsets, _ = counting.cut(spans)
            chosen = np.ones(len(contacts), np.bool_) if channel is None else contacts.channels == channel
            if after is not None:
                moved = counting.moves(contacts, offsets)
                pushed = np.zeros(len(contacts), np.bool_)
                pushed[moved] = contacts.channels[moved - 1] == after
                chosen &= pushed
            if self.priced is not None:
                chosen &= counting.costs(contacts)[1] == self.priced
            return spans_of(spans, np.sort(contacts.places()[chosen]))

        return find
