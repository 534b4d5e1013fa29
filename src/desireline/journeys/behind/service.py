"""Numbers of service: contacts, needs, effort, handovers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.chains import ChainsAnalysis, ChainsPass
from desireline.journeys.analyses.contacts import ContactsAnalysis, ContactsPass
from desireline.journeys.analyses.effort import EffortAnalysis, EffortPass
from desireline.journeys.analyses.handovers import HandoversAnalysis, HandoversPass, handovers_of
from desireline.journeys.analyses.service_contacts import service_contacts
from desireline.journeys.behind.finding import Finder, FoundSpans, code_among, spans_of
from desireline.journeys.effort_settings import COMPONENTS
from desireline.journeys.model import Names, Spans
from desireline.kernels.contacts import chain_keys, channels_of_key, cut_chains
from desireline.store import Workspace

_MICROSECOND = timedelta(microseconds=1)
ContactsThat = Literal["all", "resolved", "repeated", "transferred", "abandoned"]
NeedsThat = Literal["all", "resolved", "contained", "begun alone"]


@dataclass(frozen=True, slots=True)
class ContactsNumber:
    """Spans with a service contact.

    Attributes
    ----------
    that
        What is true of the contact.
    last_us
        The last interaction of all that are looked at, microseconds since 1970 UTC: by then a repeat window is over, or not.
    value
        Only contacts of the group with this name; ``None``: all.
    """

    analysis: ContactsAnalysis
    that: ContactsThat
    last_us: int
    value: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, ContactsPass)
        code = None if self.value is None else code_among(self.value, counting.groups, what=self.analysis.by)

        def find(spans: Spans) -> FoundSpans:
            contacts = service_contacts(spans, counting.rules)
            topics, gaps = counting.followers(contacts)
            told = counting.told_of(contacts)
            if told is not None:
                contacts, topics, gaps = contacts.only(told), topics[told], gaps[told]
            chosen = np.ones(len(contacts), np.bool_) if code is None else contacts.codes(counting.column) == code
            gave_up = contacts.are_abandoned(counting.abandoned)
            if self.that in ("resolved", "repeated"):
                window = self.analysis.within // _MICROSECOND
                over = (contacts.times <= self.last_us - window) & (topics >= 0) & ~gave_up
                repeated = (gaps >= 0) & (gaps <= window)
                chosen &= over & (repeated if self.that == "repeated" else ~repeated)
            elif self.that == "transferred":
                chosen &= counting.transfers.steps(contacts).lengths > 1
            elif self.that == "abandoned":
                chosen &= gave_up
            return _with(spans, contacts.interactions.places[contacts.begins[chosen]])

        return find


@dataclass(frozen=True, slots=True)
class NeedsNumber:
    """Spans with a need: contacts of a customer without a longer pause, see :class:`ChainsAnalysis`.

    Attributes
    ----------
    that
        What is true of the need; "contained": it began in self-service and stayed there.
    last_us
        The last interaction of all that are looked at, microseconds since 1970 UTC.
    path
        Only needs that went through these channels; none: all.
    goes_on
        Whether the path had more channels than are named.
    begins
        Only needs that began in this channel; ``None``: all.
    """

    analysis: ChainsAnalysis
    that: NeedsThat
    last_us: int
    path: tuple[str, ...] = ()
    goes_on: bool = False
    begins: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, ChainsPass)
        path = tuple(code_among(each, names.channels, what="channel") for each in self.path)
        begins = None if self.begins is None else code_among(self.begins, names.channels, what="channel")

        def find(spans: Spans) -> FoundSpans:
            contacts = service_contacts(spans, counting.rules)
            gap = self.analysis.gap // _MICROSECOND
            offsets, ends = cut_chains(contacts.owners, contacts.times, contacts.last_times(), gap)
            firsts = offsets[:-1]
            chosen = np.ones(len(firsts), np.bool_)
            if path:
                keys = chain_keys(contacts.channels, offsets)
                kinds = [key for key in np.unique(keys).tolist() if channels_of_key(key) == (path, self.goes_on)]
                chosen &= np.isin(keys, kinds)
            if begins is not None:
                chosen &= contacts.channels[firsts] == begins
            if self.that in ("contained", "begun alone"):
                alone = contacts.are_self_service()
                chosen &= alone[firsts]
                if self.that == "contained":
                    chosen &= np.diff(np.concatenate([[0], np.cumsum(~alone)])[offsets]) == 0
            if self.that == "resolved":
                gave_up = contacts.are_abandoned(counting.abandoned)[offsets[1:] - 1]
                chosen &= ~gave_up & self._is_resolved(contacts.owners[firsts], contacts.times[firsts], ends)
            return _with(spans, contacts.interactions.places[contacts.begins[firsts[chosen]]])

        return find

    def _is_resolved(
        self, owners: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Of which the window is over, and no other need begins in it: bool[k]."""
        window = self.analysis.within // _MICROSECOND
        gaps = np.full(len(owners), -1, np.int64)
        same = owners[1:] == owners[:-1]
        gaps[:-1][same] = (begins[1:] - ends[:-1])[same]
        found: NDArray[np.bool_] = (ends <= self.last_us - window) & ((gaps < 0) | (gaps > window))
        return found


@dataclass(frozen=True, slots=True)
class EffortNumber:
    """Spans with an interaction that makes effort.

    Attributes
    ----------
    component
        One of :data:`~desireline.journeys.effort_settings.COMPONENTS`; ``None``: any.
    """

    analysis: EffortAnalysis
    component: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, EffortPass)
        component = None if self.component is None else code_among(self.component, COMPONENTS, what="component")

        def find(spans: Spans) -> FoundSpans:
            events = counting.finder(spans).of_teams(counting.teams)
            amounts = events.amounts if component is None else events.amounts[:, [component]]
            return _with(spans, events.places[(amounts > 0).any(axis=1)])

        return find


@dataclass(frozen=True, slots=True)
class HandoverNumber:
    """Spans in which a customer is handed from one department to another; ``None``: any."""

    analysis: HandoversAnalysis
    source: str | None = None
    target: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.analysis.begin(names)
        assert isinstance(counting, HandoversPass)
        source, target = (
            None if name is None else code_among(name, counting.departments, what=self.analysis.by)
            for name in (self.source, self.target)
        )

        def find(spans: Spans) -> FoundSpans:
            found = handovers_of(spans, counting.rule)
            chosen = np.ones(len(found.after), np.bool_)
            if source is not None:
                chosen &= found.sources == source
            if target is not None:
                chosen &= found.targets == target
            return _with(spans, found.after[chosen])

        return find


def _with(spans: Spans, places: NDArray[np.int64]) -> FoundSpans:
    return spans_of(spans, np.sort(places))
