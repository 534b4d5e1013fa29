"""Numbers of service contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.contacts import ContactsAnalysis, ContactsPass
from desireline.journeys.analyses.service_contacts import ServiceContacts, service_contacts
from desireline.journeys.analyses.transfers import TransferSteps
from desireline.journeys.behind.finding import (
    AnalysisNumber,
    Finder,
    FoundSpans,
    GatheringPass,
    code_among,
    group_among,
    spans_of,
)
from desireline.journeys.engine import Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.spans import end_of
from desireline.store import Workspace

_MICROSECOND = timedelta(microseconds=1)
ContactsThat = Literal[
    "all", "resolved", "repeated", "followed", "transferred", "traced", "abandoned", "waited", "handled"
]


@dataclass(frozen=True, slots=True, eq=False)
class ContactsNumber(AnalysisNumber[ContactsAnalysis]):
    """Spans with a service contact.

    Attributes
    ----------
    that
        What is true of the contact; "followed": it is known whether another one came within the window, so that it was resolved or
        repeated; "traced": it is known whether it was transferred; "waited", "handled": it is known how long.
    tells
        Which origins tell of transfers, bool[origins], over all that is looked at: see :class:`TellingOrigins`. Asked of "traced" alone.
    value
        Only contacts of the group with this name, empty for that without one; ``None``: all.
    path
        Only contacts that were transferred from team to team like this; none: all.
    """

    that: ContactsThat
    tells: NDArray[np.bool_] | None = None
    value: str | None = None
    path: tuple[str, ...] = ()

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(ContactsPass, names)
        code = group_among(self.value, counting.groups, what=self.analysis.by)
        path = [code_among(name, counting.transfers.teams, what=phrase("team")) for name in self.path]

        def find(spans: Spans) -> FoundSpans:
            contacts = service_contacts(spans, counting.rules)
            topics, gaps = counting.followers(contacts)
            last_us = end_of(spans, self.analysis.record_end)
            told = counting.told_of(contacts)
            if told is not None:
                contacts, topics, gaps = contacts.only(told), topics[told], gaps[told]
            chosen = np.ones(len(contacts), np.bool_) if code is None else contacts.codes(counting.column) == code
            if self.that in ("resolved", "repeated", "followed"):
                chosen &= self._followed(contacts, topics, gaps, counting, last_us)
            elif self.that in ("transferred", "traced") or path:
                chosen &= self._transferred(path, counting.transfers.steps(contacts))
            elif self.that != "all":
                chosen &= self._timed(contacts, counting)
            return spans_of(spans, contacts.places()[chosen])

        return find

    def _transferred(self, path: list[int], steps: TransferSteps) -> NDArray[np.bool_]:
        """Which contacts were transferred, or are known to have been or not, or went through these teams: bool[m]."""
        if path:
            return _took(path, steps)
        if self.that == "transferred":
            return steps.lengths > 1
        assert self.tells is not None, "which origins tell of transfers"
        return steps.known | self.tells[steps.origins]

    def _timed(self, contacts: ServiceContacts, counting: ContactsPass) -> NDArray[np.bool_]:
        """Which contacts were abandoned, or have a time: bool[m]."""
        gave_up = contacts.are_abandoned(counting.abandoned)
        if self.that == "abandoned":
            return gave_up
        name = "wait" if self.that == "waited" else "handle"
        return counting.times_of(contacts, name, gave_up) >= 0

    def _followed(
        self,
        contacts: ServiceContacts,
        topics: NDArray[np.int64],
        gaps: NDArray[np.int64],
        counting: ContactsPass,
        last_us: int,
    ) -> NDArray[np.bool_]:
        """Which contacts have a window that is over, and then those that another one followed in it, or none: bool[m]."""
        window = self.analysis.within // _MICROSECOND
        is_over = (contacts.times <= last_us - window) & (topics >= 0)
        is_over &= ~contacts.are_abandoned(counting.abandoned)
        if self.that == "followed":
            return is_over
        repeated = (gaps >= 0) & (gaps <= window)
        return is_over & (repeated if self.that == "repeated" else ~repeated)


def _took(path: list[int], steps: TransferSteps) -> NDArray[np.bool_]:
    """Which contacts went through exactly these teams: bool[m]."""
    codes = steps.codes[np.argsort(steps.whose, kind="stable")]
    begins = np.cumsum(steps.lengths) - steps.lengths
    chosen = np.flatnonzero(steps.lengths == len(path))
    for place, code in enumerate(path):
        chosen = chosen[codes[begins[chosen] + place] == code]
    took = np.zeros(len(steps.lengths), np.bool_)
    took[chosen] = True
    return took


@dataclass(frozen=True, slots=True)
class TellingOrigins(AnalysisNumber[ContactsAnalysis]):
    """Which sources and channels tell of transfers, bool[origins], over all spans."""

    def begin(self, names: Names) -> Pass[Any, NDArray[np.bool_]]:
        """One reading."""
        counting = self.counting(ContactsPass, names)
        return GatheringPass(
            lambda spans: counting.transfers.tells(service_contacts(spans, counting.rules)), np.logical_or
        )
