"""Numbers of handovers between departments, and of journeys in which departments are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desireline.journeys.analyses.handovers import (
    HandoversAnalysis,
    HandoversPass,
    first_departments,
    handovers_of,
)
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_among, nowhere_in, spans_of
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace

HandoversThat = Literal["all", "told", "seen", "again"]


@dataclass(frozen=True, slots=True)
class HandoverNumber(AnalysisNumber[HandoversAnalysis]):
    """Spans in which a customer is handed from one department to another.

    Attributes
    ----------
    source, target
        The departments; ``None``: any.
    that
        "told": the source told it, and it is not seen; "seen": the next department follows; "again": it is seen, and the customer is
        where they were before in the span.
    """

    source: str | None = None
    target: str | None = None
    that: HandoversThat = "all"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(HandoversPass, names)
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
            if self.that == "again":
                chosen &= counting.begins_again(spans, found)
            elif self.that != "all":
                chosen &= found.are_seen == (self.that == "seen")
            return spans_of(spans, np.sort(found.after[chosen]))

        return find


@dataclass(frozen=True, slots=True)
class DepartmentNumber(AnalysisNumber[HandoversAnalysis]):
    """Spans in which a department is known; ``is_untraced``: and that begin without one."""

    is_untraced: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        rule = self.counting(HandoversPass, names).rule

        def find(spans: Spans) -> FoundSpans:
            known = first_departments(spans, rule)
            least = spans.starts + 1 if self.is_untraced else 0
            return nowhere_in(np.flatnonzero((known >= 0) & (known >= least)))

        return find
